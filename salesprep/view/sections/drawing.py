"""What the drawing of one record kind consists of, and the pieces that several kinds share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar, cast

from salesprep.adapter import Record, When, moment
from salesprep.adapter.names import fold
from salesprep.briefing.model import Differs, Found, Said, Section
from salesprep.view.lines import Span, one_line
from salesprep.view.table import Column, Row
from salesprep.view.voice import Voice
from salesprep.view.words import _

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True, slots=True)
class Group:
    """Records under a title of their own; of more than ``most`` the rest is counted."""

    title: str
    founds: tuple[Found, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Drawing(Generic[RecordT]):
    """How records of one kind stand in a panel."""

    columns: tuple[Column, ...]
    row: Callable[[RecordT, str, Voice], Row]
    """A record of the source of that name."""
    note_at: int = 1
    """The column under which a row's notes begin."""
    rank: Callable[[RecordT, Voice], Any] | None = None
    """Sorts the rows; without it they stand as the source gave them."""
    tally: Callable[[Sequence[RecordT], Voice], str | None] | None = None
    """``2 open, 2 closed``: what the heading tells of all there is, where all of it is here."""
    most: int = 5
    """Rows that a reader takes in; the rest is said to be there."""
    most_alone: int | None = None
    """As ``most``, where the panel has nothing else."""
    groups: Callable[[Sequence[Found], Voice], Sequence[Group]] | None = None
    """Sorts the rows under titles of their own, where there is reason to; else gives nothing."""
    of_total: str = _("{n} of {total}")
    """How it is told that not all are shown."""

    def in_order(self, founds: Sequence[Found], voice: Voice) -> list[Found]:
        """The records as they stand on the screen."""
        rank = self.rank
        if rank is None:
            return list(founds)
        return sorted(founds, key=lambda found: rank(cast("RecordT", found.record), voice))

    def rows(self, *, alone: bool) -> int:
        """How many a reader takes in."""
        return self.most_alone if alone and self.most_alone is not None else self.most

    def draw(self, found: Found, voice: Voice) -> Row:
        """One record's row."""
        return self.row(cast("RecordT", found.record), found.source, voice)

    def counted(self, section: Section, voice: Voice) -> str | None:
        """What the heading tells in place of ``3 of 14``; never a count of a part."""
        if self.tally is None or section.cursor is not None:
            return None
        if section.total not in (None, len(section.records)):
            return None
        return self.tally([cast("RecordT", found.record) for found in section.records], voice)


def quoted(text: str, most: int = 120) -> str:
    """The first line of what somebody wrote, in quotation marks, cut after ``most`` characters."""
    first = next((part for part in map(str.strip, text.splitlines()) if part), "")
    first = one_line(first)
    return f'"{first[: most - 1].rstrip()}…"' if len(first) > most else f'"{first}"'


def day_of(record: Record, voice: Voice) -> str:
    """When it happened, if the source has that."""
    return voice.day(record.at) if record.at is not None else ""


def newest(when: When | None, voice: Voice) -> datetime:
    """For sorting: a record without a date comes last among the newest first."""
    return _LONG_AGO if when is None else moment(when, voice.us.zone)


def joined(*parts: str | None) -> str:
    """The parts that are there, in one sentence."""
    return ", ".join(part for part in parts if part)


SAID_OF_LEAVING = {"left": _("left"), "not left": _("still there"), "invited": _("invited")}


def said_value(signal: Differs, said: Said, voice: Voice) -> str:
    """What a source said, as it wrote it; whether somebody left is told in our own words."""
    if signal.what == "left" and said.value in SAID_OF_LEAVING:
        return voice.say(SAID_OF_LEAVING[said.value])
    return said.value


def differs_notes(
    source: str, name: str, about: frozenset[str], voice: Voice, *, but: str | None = None
) -> tuple[Span, ...]:
    """``LinkedIn says: COO``: what other sources say otherwise about ``name``.

    ``but``: what is told beside it anyway.
    """
    notes = dict.fromkeys(
        voice.say(
            _("{source} says: {value}"),
            source=voice.source(said.source),
            value=said_value(signal, said, voice),
        )
        for signal in voice.differs.get(fold(name), ())
        if signal.what in about
        for said in signal.said
        if said.source != source and fold(said.value) not in _own_words(signal, source, but)
    )
    return tuple(Span(note, "alarm") for note in notes)


def _own_words(signal: Differs, source: str, but: str | None) -> set[str]:
    """What ``source`` says too, or told beside it: another one that agrees contradicts nothing."""
    return {fold(said.value) for said in signal.said if said.source == source} | (
        {fold(but)} if but else set()
    )
