"""The conformance kit: every adapter's free tests, run through the real host against its own sample.

``check`` imports what runs the checks when it is called; to list them needs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from salesprep.kit.catalog import CHECKS
from salesprep.kit.report import CheckInfo, Level, Need, Outcome, Report, Result

if TYPE_CHECKING:
    from salesprep.settings import Settings

__all__ = ["CHECKS", "CheckInfo", "Level", "Need", "Outcome", "Report", "Result", "check"]


def check(
    folder: Path,
    *,
    live: Settings | None = None,
    only: Collection[str] = (),
    tell: Callable[[CheckInfo], None] | None = None,
) -> Report:
    """Try the adapter in ``folder`` on its sample: all checks, or ``only`` those named.

    With ``live`` the sources of that adapter in these settings are asked for real, too. ``tell`` is called
    with each check as its turn comes. Runs on an event loop of its own, so not from within a running one.
    Raises nothing for what is wrong with the adapter: that stands in the report.

    Raises:
        ValueError: ``only`` names a check that there is not.
    """
    from salesprep.kit.engine import run

    return run(folder, live=live, only=only, tell=tell)
