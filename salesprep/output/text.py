"""A briefing, an agenda, contacts or people as printed text: plain, or with colours for a terminal.

The only control characters that come out are line breaks and the SGR sequences in this module: a
span holds none (:class:`salesprep.view.Span`), so that a source cannot steer the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from salesprep.briefing.model import Agenda, Briefing
from salesprep.settings import Us
from salesprep.view.agenda import agenda_board
from salesprep.view.board import board
from salesprep.view.lines import Line, Style

if TYPE_CHECKING:
    from salesprep.briefing.contacts.recent import Recent
    from salesprep.briefing.roster import Roster

_SGR: dict[Style, str] = {
    "title": "1",
    "word": "1",
    "heading": "1",
    "alarm": "31",
    "source": "2",
    "dim": "2",
    "rule": "2",
}
"""Bold, faint and the terminal's own red: readable on any background. What a colour says, a word says."""


def briefing(briefing: Briefing, us: Us, width: int, colour: bool, why: bool = False) -> str:
    """The briefing in lines of ``width`` columns (at least 20), each ended by a line break.

    ``why`` tells of each record how it was matched, its address and its age.
    """
    return _print(board(briefing, us, width, why=why), colour)


def agenda(agenda: Agenda, us: Us, width: int, colour: bool, *, why: bool = False) -> str:
    """The coming visits in lines of ``width`` columns (at least 20), each ended by a line break.

    ``why``: with how the customer of each is known.
    """
    return _print(agenda_board(agenda, us, width, why=why), colour)


def contacts(recent: Recent, us: Us, width: int, colour: bool, why: bool = False) -> str:
    """The recent contacts in lines of ``width`` columns (at least 20), each ended by a line break."""
    from salesprep.view.contacts_board import contacts_board  # a briefing does not need it

    return _print(contacts_board(recent, us, width, why=why), colour)


def people(roster: Roster, us: Us, width: int, colour: bool, why: bool = False) -> str:
    """Who is there, in lines of ``width`` columns (at least 20), each ended by a line break."""
    from salesprep.view.people_board import people_board  # a briefing does not need it

    return _print(people_board(roster, us, width, why=why), colour)


def _print(lines: Iterable[Line], colour: bool) -> str:
    return "".join(f"{_coloured(line) if colour else line.text}\n" for line in lines)


def _coloured(line: Line) -> str:
    parts = []
    for span in line.spans:
        code = _SGR.get(span.style) if span.text.strip() else None
        parts.append(f"\x1b[{code}m{span.text}\x1b[0m" if code else span.text)
    return "".join(parts)
