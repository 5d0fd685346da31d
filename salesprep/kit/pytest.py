"""The kit in an adapter's own tests::

    from pathlib import Path
    from salesprep.kit.pytest import conforms

    test_desk = conforms(Path(__file__).parents[1] / "desk")

Each check is a test of its own; all of them come of one run in each process.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from salesprep.kit import CHECKS, Report, Result, check


def conforms(folder: Path | str) -> Callable[[str], None]:
    """A test for each check on the adapter in ``folder``; what cannot be tried there is skipped.

    Assign it to a name that begins with ``test_``. A file (``__file__``) stands for the folder it is in.
    """
    where = Path(folder) if Path(folder).is_dir() else Path(folder).parent
    names = [info.name for info in CHECKS.values() if "live" not in info.needs]

    @pytest.mark.parametrize("check", names)
    def test_conforms(check: str) -> None:
        result = _result(where, check)
        if result.outcome == "skipped":
            pytest.skip(result.found)
        if result.outcome == "failed":
            pytest.fail(told(result), pytrace=False)

    return test_conforms


def told(result: Result) -> str:
    """What a failed check says."""
    lines = (
        f"{result.check}: not so: {CHECKS[result.check].title}",
        f"found: {result.found}",
        f"why it matters: {result.why}",
        f"mend: {result.mend}",
    )
    return "\n  ".join(lines)


@cache
def _report(folder: Path) -> Report:
    return check(folder)


def _result(folder: Path, name: str) -> Result:
    return next(result for result in _report(folder.resolve()).results if result.check == name)
