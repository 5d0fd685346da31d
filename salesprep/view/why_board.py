"""Why a line is on the screen: of each record behind it how it was matched, how old it is, where it comes
from, and all that it holds. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from salesprep.briefing.links import target_of
from salesprep.briefing.model import Found, Panel
from salesprep.view.ages import ago
from salesprep.view.choices import KINDS
from salesprep.view.evidence import in_its_group, matched_by, sides
from salesprep.view.fields import fields
from salesprep.view.lines import (
    Line,
    Span,
    Style,
    cut,
    inset,
    line,
    one_line,
    pad,
    spread,
    telling,
    width,
    wrap,
)
from salesprep.view.panel import age
from salesprep.view.voice import Voice
from salesprep.view.widths import SMALLEST
from salesprep.view.words import _, _n

_MARGIN = 3
"""The cursor's mark stands in it."""
_LABEL = 18
_LONGEST = 60
"""Lines of one field; the rest is at the source."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of it: what a cursor is on."""

    word: str
    """What it is called; empty: it is the record's title."""
    text: str
    evidence: tuple[Found, ...]
    """The record that it is of."""
    style: Style = "plain"


def why_board(
    founds: Sequence[Found], voice: Voice, columns: int, panels: Sequence[Panel] = ()
) -> list[Line]:
    """The records in lines of exactly ``columns`` (at least 20). ``panels``: those of the briefing, which
    know of which day a source's file is."""
    columns = max(SMALLEST, columns)
    head = line(Span(f" {voice.say(_('WHY IS THIS HERE'))}", "title"))
    told = voice.count(*_n("{n} record tells it", "{n} records tell it"), len(founds))
    right = line(Span(told, "dim"), Span(" "))
    lines = [spread(head, right, columns) if head.width + 2 + right.width <= columns else head]
    known = {panel.source: panel for panel in panels}
    for found in founds:
        lines += [Line(), *_block(found, known.get(found.source), voice, columns)]
    return [pad(each, columns) for each in lines]


def _block(found: Found, panel: Panel | None, voice: Voice, columns: int) -> Iterator[Line]:
    name = voice.source(found.source)
    left = line(Span(" "), Span(name, "heading"), Span(f" · {voice.say(KINDS[found.record.kind][0])}", "dim"))
    yield spread(left, line(Span(_age(found, panel, voice), "source"), Span(" ")), columns)
    facts = list(_facts(found, panel, voice))
    column = min(max(width(one_line(fact.word)) for fact in facts), _LABEL, (columns - _MARGIN) // 3)
    for fact in facts:
        yield from telling(_lines(fact, column, columns), fact)


def _lines(fact: Fact, column: int, columns: int) -> Iterator[Line]:
    if not fact.word:
        for part in wrap(fact.text, columns - _MARGIN - 1):
            yield inset(line(Span(part, fact.style)), _MARGIN)
        return
    left = _MARGIN + column + 2
    label = cut(one_line(fact.word), column)
    for number, part in enumerate(_parts(fact.text, columns - left - 1)):
        start = label if not number else ""
        gap = " " * (column - width(start) + 2)
        yield inset(line(Span(start, "dim"), Span(gap), Span(part, fact.style)), _MARGIN)


def _parts(text: str, columns: int) -> list[str]:
    """``text`` in lines, its own line breaks kept."""
    rows: list[str] = []
    for paragraph in text.splitlines():
        if paragraph.strip():
            rows += wrap(paragraph, columns, _LONGEST)
        if len(rows) >= _LONGEST:
            return [*rows[: _LONGEST - 1], cut(f"{rows[_LONGEST - 1]} …", columns)]
    return rows or [""]


# -- what is told -------------------------------------------------------------------------------


def _facts(found: Found, panel: Panel | None, voice: Voice) -> Iterator[Fact]:
    record, match = found.record, found.match
    here = (found,)
    yield Fact("", record.title.strip() or voice.say(KINDS[record.kind][0]), here, "title")
    if match.outcome == "same":
        yield Fact(voice.say(_("Matched by")), "\n".join(matched_by(match, voice)), here)
    else:
        speaks_for, against = sides(match, voice, why=True)
        if speaks_for:
            yield Fact(voice.say(_("For it")), "\n".join(speaks_for), here)
        if against:
            yield Fact(voice.say(_("Against it")), "\n".join(against), here, "alarm")
    if group := in_its_group(match, voice):
        yield Fact(voice.say(_("Group")), group, here)
    if record.url:
        yield Fact(voice.say(_("Address")), record.url, here, "source")
    else:
        no_url = voice.say(_("no link: {reason}"), reason=record.no_url_reason or "")
        yield Fact(voice.say(_("Address")), no_url, here, "dim")
    yield Fact(voice.say(_("Id")), str(target_of(found.source, record)), here)
    yield Fact(voice.say(_("Read")), _read(found, panel, voice), here)
    for label, text in fields(record, voice):
        yield Fact(label, text, here)


def _age(found: Found, panel: Panel | None, voice: Voice) -> str:
    """As its panel says."""
    told = age(panel, voice) if panel is not None else ""
    return told or voice.age(found.record.fetched_at)


def _read(found: Found, panel: Panel | None, voice: Voice) -> str:
    """When it was read; of a file also which day it is of."""
    when = voice.slot(found.record.fetched_at)
    read = f"{when}, {ago(found.record.fetched_at, voice.now, voice.us)}"
    section = panel.section(found.record.kind) if panel is not None else None
    if section is None or section.as_of is None:
        return read
    return voice.say(_("{read}, from a file of {day}"), read=read, day=voice.day(section.as_of))
