"""Who is there at a customer, as lines: a column for each source where they fit, else one under another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salesprep.adapter import Change, Kind, When
from salesprep.briefing.contacts.time_line import KINDS as CONTACT_KINDS
from salesprep.briefing.model import Panel
from salesprep.briefing.people import person_of
from salesprep.briefing.roster import Entry, News, Roster
from salesprep.briefing.told import silent
from salesprep.settings import Us
from salesprep.view import people_cells as cells
from salesprep.view import words
from salesprep.view.contacts_board import edge, heading, missing
from salesprep.view.contacts_rows import matched
from salesprep.view.dates import as_day
from salesprep.view.lines import Line, Span, beside, inset, line, pad, telling, width, wrap, wrap_parts
from salesprep.view.same_person import tied
from salesprep.view.voice import Voice, voice_for
from salesprep.view.widths import PHONE, SIDE_BY_SIDE, SMALLEST
from salesprep.view.words import _

_NAME = 18
_LEAST = 24
"""Columns that a source needs beside the others."""
_GAP = 2
_LABEL = 10
_SORTS: tuple[News | None, ...] = ("new", "position", "left", None)
_TITLES: dict[News, tuple[str, str]] = {
    "new": (_("New here"), _("New here since your file of {day}")),
    "position": (_("Changed job"), _("Changed job since your file of {day}")),
    "left": (_("Left"), _("Left since your file of {day}")),
}


def people_board(roster: Roster, us: Us, columns: int, *, why: bool = False) -> list[Line]:
    """The persons in lines of exactly ``columns`` (at least 20), as high as they need to be.

    ``why`` adds to each person how the records were matched, their addresses and ages.
    """
    columns = max(SMALLEST, columns)
    voice = voice_for(roster.briefing, us, narrow=columns < PHONE)
    margin = 0 if columns < PHONE else 1
    room = columns - 2 * margin
    lines = heading(voice.say(_("PEOPLE")), roster.briefing, voice, room)
    drawn = _Drawing(roster, voice, room, why)
    lines += drawn.columns()
    for sort in _SORTS:
        for entries in _by_what_tells(sort, roster.having(sort)):
            lines += [Line(), *edge(line(Span(_title(sort, entries, roster, voice), "heading")), "", room)]
            lines += drawn.of(entries)
    if not roster.entries:
        lines += [Line(), line(Span(voice.say(words.EMPTY), "dim"))]
    lines += [Line(), *_foot(roster, voice, room)]
    return [pad(inset(each, margin), columns) for each in lines]


def _by_what_tells(sort: News | None, entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Those of whom a source that compares two states tells it, and those of whom a source just says so:
    since when stands over the first alone."""
    compared = [e for e in entries if sort is not None and _changes(sort, e)]
    yield from filter(None, (compared, [e for e in entries if e not in compared]))


def _changes(sort: News, entry: Entry) -> list[Change]:
    changes = (person_of(found).change for found in entry.found)
    return [change for change in changes if change is not None and change.what == sort]


def _title(sort: News | None, entries: Sequence[Entry], roster: Roster, voice: Voice) -> str:
    if sort is None:
        others = any(entry.news is not None for entry in roster.entries)
        return voice.say(_("Everybody else") if others else _("Everybody"))
    plain, dated = _TITLES[sort]
    since = {as_day(change.since, voice.us) for entry in entries for change in _changes(sort, entry)}
    # Two files of different days: each person would need a title of their own.
    return voice.say(dated, day=voice.day(since.pop())) if len(since) == 1 else voice.say(plain)


class _Drawing:
    """How a person stands on this screen."""

    def __init__(self, roster: Roster, voice: Voice, room: int, why: bool) -> None:
        self.voice, self.room, self.why = voice, room, why
        self.sources = [p.source for p in roster.keepers if any(e.of(p.source) for e in roster.entries)]
        self.ages: dict[str, When | None] = {p.source: _age(p) for p in roster.keepers}
        across = len(self.sources) + 1
        each = (room - _NAME - _GAP * across) // across if across else 0
        self.widths = [_NAME, *[each] * across] if room >= SIDE_BY_SIDE and each >= _LEAST else []
        told = roster.briefing.panels
        self.told_all = any(p.section(k) for p in told for k in CONTACT_KINDS) and not silent(
            told, CONTACT_KINDS
        )

    def of(self, entries: Sequence[Entry]) -> Iterator[Line]:
        """The lines of some persons."""
        for entry in entries:
            drawn = [*(self._across(entry) if self.widths else self._stacked(entry))]
            if self.why:
                drawn += [
                    inset(line(Span(part, "dim")), _GAP)
                    for found in entry.found
                    for part in wrap_parts(matched(found, self.voice), self.room - _GAP)
                ]
                told = (*tied(entry.ties, self.voice), *tied(entry.doubts, self.voice, perhaps=True))
                drawn += [
                    inset(line(Span(part, "dim")), _GAP)
                    for each in told
                    for part in wrap(each, self.room - _GAP)
                ]
            yield from telling(drawn, entry)

    def columns(self) -> list[Line]:
        """What stands over the columns, once."""
        if not self.widths or not self.sources:
            return []
        names = [line(Span(self._source(source), "source")) for source in self.sources]
        last = line(Span(self.voice.say(_("last contact")), "source"))
        return [Line(), *beside([[Line()], *([n] for n in names), [last]], self.widths, _GAP)]

    def _source(self, source: str) -> str:
        age = self.ages[source]
        name = self.voice.source(source)
        return f"{name} · {self.voice.age(age)}" if age is not None else name

    def _across(self, entry: Entry) -> list[Line]:
        name = [line(Span(part, "word")) for part in wrap(entry.name, _NAME)]
        remarks = cells.remarks(entry, self.voice)
        name += [line(Span(part, "dim")) for part in (wrap(remarks, _NAME) if remarks else [])]
        told = [
            self._cell(entry, source, size)
            for source, size in zip(self.sources, self.widths[1:], strict=False)
        ]
        rows = beside([name, *told, self._last(entry, self.widths[-1], label="")], self.widths, _GAP)
        return [*rows, *self._notes(entry, _NAME + _GAP)]

    def _cell(self, entry: Entry, source: str, room: int, first: int | None = None) -> list[Line]:
        """What one source tells; ``first``: the room of the first line, if that is another."""
        drawn: list[Line] = []
        for found in entry.of(source):
            for span in cells.told_by(found, self.voice):
                size = room if drawn or first is None else min(first, room)
                drawn += [line(Span(part, span.style)) for part in wrap(span.text, max(4, size))]
        return drawn

    def _last(self, entry: Entry, room: int, label: str) -> list[Line]:
        text, mark = cells.last_contact(entry, self.voice, told_all=self.told_all)
        if not text:
            return []
        lines = [line(Span(part)) for part in wrap(f"{label}{text}", room, 3)]
        if not mark:
            return lines
        if lines[-1].width + 2 + width(mark) <= room:
            return [*lines[:-1], line(*lines[-1].spans, Span("  "), Span(mark, "alarm"))]
        return [*lines, line(Span(mark, "alarm"))]

    def _notes(self, entry: Entry, left: int) -> Iterator[Line]:
        for span in cells.notes(entry, self.ages, self.voice):
            yield from (inset(line(Span(p, span.style)), left) for p in wrap(span.text, self.room - left))

    def _stacked(self, entry: Entry) -> Iterator[Line]:
        yield from edge(line(Span(entry.name, "word")), cells.remarks(entry, self.voice), self.room)
        labels = [self.voice.source(source) for source in self.sources]
        beside = self.room >= PHONE
        column = min(max(map(width, labels), default=0), _LABEL) + _GAP
        left = _GAP + column if beside else 2 * _GAP
        for source, label in zip(self.sources, labels, strict=True):
            name = label + " " * (column - width(label)) if beside else f"{label}: "
            room = self.room - _GAP - width(name)
            drawn = self._cell(entry, source, room if beside else self.room - left, first=room)
            if drawn:
                yield inset(line(Span(name, "source"), *drawn[0].spans), _GAP)
                yield from (inset(each, left) for each in drawn[1:])
        label = self.voice.say(_("last contact: "))
        yield from (inset(each, _GAP) for each in self._last(entry, self.room - _GAP, label))
        yield from self._notes(entry, _GAP)


def _age(panel: Panel) -> When | None:
    """From when what a source tells of persons is: a file's own day, not when the file was read."""
    section = panel.section(Kind.PERSON)
    return (section.as_of or section.fetched_at) if section is not None else None


def _foot(roster: Roster, voice: Voice, room: int) -> list[Line]:
    if not roster.keepers:
        return [line(Span(voice.say(_("no source keeps persons")), "dim"))]
    parts = []
    for panel in roster.keepers:
        age = _age(panel)
        name = voice.source(panel.source)
        parts.append(voice.say(_("{name} {age}"), name=name, age=voice.age(age)) if age is not None else name)
    lines = [line(Span(p, "dim")) for p in wrap(voice.say(_("Asked {names}"), names=", ".join(parts)), room)]
    notices = dict.fromkeys(
        s.notice for p in roster.keepers if (s := p.section(Kind.PERSON)) and s.notice is not None
    )
    lines += [line(Span(part, "dim")) for notice in notices for part in wrap(voice.say(notice), room, 3)]
    if roster.unread:
        names = ", ".join(map(voice.source, roster.unread))
        text = voice.say(_("{names} has more that were not read"), names=names)
        lines += [line(Span(part, "dim")) for part in wrap(text, room)]
    return lines + missing(roster.keepers, voice, room)
