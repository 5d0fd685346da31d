"""What is printed, looked at as lines and columns; and a briefing in which a source has failed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import wcwidth

from salesprep.adapter import Failure
from salesprep.briefing.model import Briefing, Panel, Section

LOCKED = Failure("unavailable", "the database is locked", None, "nobody", retry=True, may_show_old=True)
GONE = Failure(
    "config_invalid",
    "crm.db does not exist",
    "put the file back or change sources.crm.database",
    "admin",
    retry=False,
    may_show_old=False,
)


def lines(printed: str) -> list[str]:
    """Of all that was printed, the last one ended too."""
    assert printed.endswith("\n")
    return printed[:-1].split("\n")


def columns_of(line: str) -> int:
    """How wide a terminal shows it."""
    graphemes = wcwidth.iter_graphemes(line)
    return sum(max(0, wcwidth.width(grapheme, control_codes="ignore")) for grapheme in graphemes)


def widths(printed: str) -> set[int]:
    """Of all lines; a page that fills its window has one."""
    return {len(line) if line.isascii() else columns_of(line) for line in lines(printed)}


def with_panel(briefing: Briefing, **changes: Any) -> Briefing:
    """The briefing with its first panel changed."""
    first, *rest = briefing.panels
    return replace(briefing, panels=(replace(first, **changes), *rest))


def all_in_state(panel: Panel, state: Any, failure: Failure | None) -> dict[str, Any]:
    """What changes of a panel all of whose kinds came to this."""
    sections = tuple(
        Section(section.kind, state, failure=failure, fetched_at=section.fetched_at)
        for section in panel.sections
    )
    return {"sections": sections, "state": state, "failure": failure}
