"""The whole briefing as a sheet: headings, rows and sentences, without widths.

For outputs that lay out by themselves (Markdown, HTML). The same words, order and marks as on the
board; every row has its address, its age and how it was matched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from salesprep.adapter import Kind
from salesprep.briefing.model import Briefing, Found, Panel, Section
from salesprep.briefing.recognition.ours import ours
from salesprep.briefing.visits.meetings import united
from salesprep.settings import Us
from salesprep.view import around, header, panel, section, words
from salesprep.view.evidence import for_and_against
from salesprep.view.flags import flagged
from salesprep.view.lines import Span, one_line
from salesprep.view.reasons import of_section, reason, refusal_text
from salesprep.view.scan import scan_lines, sources_text
from salesprep.view.sections import DRAWINGS
from salesprep.view.table import Row
from salesprep.view.voice import Voice, voice_for
from salesprep.view.words import _


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: what the board shows of it, and where it comes from."""

    cells: tuple[Span, ...]
    """Those that say something, from left to right; the first names it."""
    notes: tuple[Span, ...]
    url: str | None
    why: str
    """How it was matched, how old it is, and why there is no link if there is none."""


@dataclass(frozen=True, slots=True)
class Part:
    """Entries under a heading. ``rest``: those beyond what a reader takes in at once."""

    heading: str
    tally: str
    entries: tuple[Entry, ...]
    rest: tuple[Entry, ...] = ()
    remarks: tuple[Span, ...] = ()
    undecided: bool = False
    """What may or may not belong to the customer: no facts."""


@dataclass(frozen=True, slots=True)
class Block:
    """One source."""

    title: str
    state: str
    """What is the matter with it as a whole; empty if nothing is."""
    age: str
    parts: tuple[Part, ...]
    remarks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the quick scan."""

    word: str
    fact: str
    sources: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A briefing."""

    customer: str
    language: str
    made: str
    """``Mon 23 Nov 13:21``."""
    head: tuple[tuple[str, str], ...]
    """Label and text: when and where, whom one meets, who comes along, whether an answer is missing."""
    scan: tuple[Told, ...]
    blocks: tuple[Block, ...]


def sheet(briefing: Briefing, us: Us, *, why: bool = False) -> Sheet:
    """The briefing as a sheet. ``why``: all records stand in front, none in ``rest``."""
    voice = voice_for(briefing, us)
    return Sheet(
        customer=one_line(briefing.customer.name),
        language=us.language,
        made=header.made(briefing, voice),
        head=tuple((one_line(label), one_line(text)) for label, text in header.facts(briefing, voice)),
        scan=tuple(
            Told(one_line(t.word), one_line(t.fact), one_line(sources_text(t, voice, short=False)))
            for t in scan_lines(briefing, voice, short=False)
        ),
        blocks=tuple(_block(given, voice, why) for given in briefing.panels),
    )


def _block(given: Panel, voice: Voice, why: bool) -> Block:
    shared = panel.shared_failure(given)
    shown = panel.shown_sections(panel.told_once(given)[0])
    parts = [] if shared is not None else [p for s in shown for p in _parts(s, voice, why)]
    parts += [
        Part(one_line(title), "", tuple(_plain(row) for row in rows))
        for title, rows in around.told(given.source, voice)
    ]
    candidates = panel.undecided(given)
    if candidates:
        entries = tuple(_candidate(found, voice, why) for found in candidates)
        parts.append(Part(voice.say(words.CHOOSE), "", entries, undecided=True))
    return Block(
        title=one_line(given.title),
        state=panel.matter(given, voice).text,
        age=panel.age(given, voice),
        parts=tuple(parts),
        remarks=tuple(_remarks(given, voice, bool(parts))),
    )


def _remarks(given: Panel, voice: Voice, has_parts: bool) -> Iterator[Span]:
    shared = panel.shared_failure(given)
    given, of_all = panel.told_once(given)
    if of_all is not None:
        yield Span(reason(of_all, voice), "alarm")
    if shared is not None:
        yield Span(reason(shared, voice), "alarm")
    elif given.state == "waiting":
        yield Span(voice.say(words.WAITING), "dim")
    elif nothing := panel.nothing(given, has_parts, voice):
        yield Span(nothing, "dim")
    for notice in dict.fromkeys(s.notice for s in given.sections if s.notice):
        yield Span(voice.say(notice), "dim")
    for flag in given.flags:
        yield Span(flagged(flag, voice), "alarm")


def _parts(given: Section, voice: Voice, why: bool) -> Iterator[Part]:
    drawing = DRAWINGS[given.kind]
    records: Sequence[Found] = given.records
    if given.kind == Kind.MEETING and not why:
        records = united(given.records, ours(voice.us))
    founds = drawing.in_order(records, voice)
    groups = drawing.groups(founds, voice) if drawing.groups is not None else ()
    remarks = tuple(_section_remarks(given, voice))
    for at, group in enumerate(groups):
        most = len(group.founds) if why else group.most
        last = remarks if at == len(groups) - 1 else ()
        yield _part(group.title, "", group.founds, most, voice, last)
    if groups:
        return
    most = len(founds) if why else drawing.most
    tally = section.tally(given, voice)
    yield _part(section.title(given, voice), tally, founds, most, voice, remarks)


def _part(
    title: str, tally: str, founds: Sequence[Found], most: int, voice: Voice, remarks: tuple[Span, ...]
) -> Part:
    entries = [_entry(found, voice) for found in founds]
    return Part(one_line(title), one_line(tally), tuple(entries[:most]), tuple(entries[most:]), remarks)


def _section_remarks(given: Section, voice: Voice) -> Iterator[Span]:
    if given.cursor is not None:
        yield Span(voice.say(_("there are more")), "dim")
    if given.failure is not None:
        yield Span(of_section(given, given.failure, voice), "alarm")
    for refusal in given.refused:
        yield Span(refusal_text(given.kind, refusal, voice), "alarm")


def _entry(found: Found, voice: Voice) -> Entry:
    row = DRAWINGS[found.record.kind].draw(found, voice)
    why = section.explained(found, voice, link=False)
    cells = _cells(row)
    # Of the company itself there is nothing but notes: its name stands above.
    return Entry(cells or row.notes, row.notes if cells else (), found.record.url, why)


def _candidate(found: Found, voice: Voice, why: bool) -> Entry:
    row = panel.candidate_row(found, voice)
    return Entry(_cells(row), (), found.record.url, for_and_against(found.match, voice, why=why))


def _plain(row: Row) -> Entry:
    return Entry(_cells(row), row.notes, None, "")


def _cells(row: Row) -> tuple[Span, ...]:
    return tuple(cell for cell in row.cells if cell.text.strip())
