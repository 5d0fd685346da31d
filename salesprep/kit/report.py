"""What the kit tells: one result for each check, and all of them as a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["passed", "failed", "skipped"]
Level = Literal["none", "bronze", "silver", "gold"]
"""``bronze``: nothing failed offline; ``silver``: nor against a real server; ``gold`` is more than a report
can tell, see :mod:`salesprep.kit.levels`."""

Need = Literal["async", "http", "json", "files", "secrets", "lookups", "search", "upcoming", "live"]
"""What a check cannot do without: an adapter of coroutines; answers that the loopback server replays;
such answers in JSON; files that the sample's settings name; secrets; declared look-ups; an ability; the
settings of a real source."""


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """What one check is about, in words for whoever writes an adapter."""

    name: str
    title: str
    """What is so when it passes."""
    why: str
    """What happens to a user when it is not so."""
    mend: str
    """What to do, where the check itself knows nothing better."""
    needs: frozenset[Need]
    subject: str
    """The module of ``salesprep.kit.checks`` that holds its function."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one check. ``mend`` is empty unless it failed."""

    check: str
    outcome: Outcome
    found: str
    why: str
    mend: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that was checked of one adapter; ``seconds`` is how long it took."""

    adapter: str
    version: str
    level: Level
    results: tuple[Result, ...]
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not any(self.failed)

    @property
    def failed(self) -> Iterator[Result]:
        """What has to be mended."""
        return (result for result in self.results if result.outcome == "failed")
