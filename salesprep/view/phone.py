"""The briefing on a phone or in a narrow window: one column of short lines, no margin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from salesprep.adapter import Activity, Ticket, moment
from salesprep.briefing.contacts.time_line import KINDS
from salesprep.briefing.model import Briefing, Contact, LastTalk
from salesprep.view import header
from salesprep.view.choices import hint
from salesprep.view.dates import clock, short_day
from salesprep.view.lines import Line, Span, line, spread, telling, width, wrap
from salesprep.view.note import note_lines
from salesprep.view.panel import panel
from salesprep.view.replies import unanswered
from salesprep.view.scan import ScanLine, scan_lines, sources_text
from salesprep.view.sections.contacts import SPOKEN, one_to_other
from salesprep.view.sections.drawing import quoted
from salesprep.view.voice import Voice
from salesprep.view.words import _, contact_type

_CONTACTS = 6
_RECENT = timedelta(days=90)
_INDENT = "  "


def phone(briefing: Briefing, voice: Voice, columns: int, *, why: bool) -> list[Line]:
    """Head, quick scan, last contacts, the panels one under another, then what is missing and the time."""
    scan = scan_lines(_without_first_contacts(briefing), voice, short=True)
    lines = [*header.tiny(briefing, voice, columns), *([Line()] if scan else [])]
    for each in scan:
        lines += telling(_scan(each, voice, columns), each)
    lines += _last_contacts(briefing, voice, columns)
    for given in briefing.panels:
        title, *body = panel(given, voice, columns, ruled=True, airy=False, why=why)
        lines += [Line(), *telling([title], given), *body]
    lines += [Line(), *how] if (how := hint(briefing, voice, columns)) else []
    missing = header.answered_line(briefing, voice)
    if briefing.note is not None:
        lines += [Line(), *note_lines(briefing.note, voice, columns, 0)]
    now = line(Span(clock(voice.now, voice.us), "dim"))
    *rest, last = wrap(missing, columns - now.width - 2)
    lines += [Line(), *(line(Span(part, "alarm")) for part in rest)]
    return [*lines, spread(line(Span(last, "alarm")), now, columns)]


def _without_first_contacts(briefing: Briefing) -> Briefing:
    """The last talk stands among the last contacts, a few lines below."""
    shown = [found for contact in briefing.contacts[:_CONTACTS] for found in contact.evidence]
    kept = (
        signal
        for signal in briefing.signals
        if not isinstance(signal, LastTalk) or signal.not_heard or signal.evidence[0] not in shown
    )
    return replace(briefing, signals=tuple(kept))


def _scan(given: ScanLine, voice: Voice, columns: int) -> list[Line]:
    first, *further = given.clauses
    room = columns - len(_INDENT)
    if width(f"{given.word} {given.fact}") <= room:
        first, further = given.fact, []
    first, *rest = wrap(f"{given.word} {first}".strip(), room, 4)
    lines = [line(Span(first[: len(given.word)], "word"), Span(first[len(given.word) :], "fact"))]
    rest += [row for clause in further for row in wrap(clause, room, 3)]
    lines += [line(Span(f"{_INDENT}{row}", "fact")) for row in rest]
    right = line(Span(sources_text(given, voice, short=True), "source"))
    if right.text and lines[-1].width + 2 + right.width <= columns:
        return [*lines[:-1], spread(lines[-1], right, columns)]
    return [*lines, spread(Line(), right, columns)] if right.text else lines


def _last_contacts(briefing: Briefing, voice: Voice, columns: int) -> list[Line]:
    if not briefing.contacts:
        return []
    recent = sum(voice.now - moment(each.when, voice.us.zone) <= _RECENT for each in briefing.contacts)
    # With pages still unread the number would be too small.
    whole = all(section.cursor is None for panel in briefing.panels for section in panel.sections)
    count = voice.say(_("{n} in 90 days"), n=recent) if recent and whole else ""
    title = line(Span(voice.say(_("LAST CONTACTS")), "heading"))
    lines = [Line(), spread(title, line(Span(count, "dim")), columns)]
    return [
        *lines,
        *contact_rows(briefing.contacts[:_CONTACTS], voice, columns),
        *_none_found(briefing, voice, columns),
    ]


def _none_found(briefing: Briefing, voice: Voice, columns: int) -> list[Line]:
    """Who of those at the table is not among the contacts at all, and how many sources were asked."""
    asked = sum(any(section.kind in KINDS for section in panel.sections) for panel in briefing.panels)
    told = line(Span(voice.say(_("{n} asked"), n=asked), "source"))
    lines: list[Line] = []
    for name in (each.name for each in briefing.attendees if each.first_time):
        none = voice.say(_("{name}  none found"), name=name.strip())
        *rest, last = wrap(none, columns - told.width - 2)
        lines += [*(line(Span(part)) for part in rest), spread(line(Span(last)), told, columns)]
    return lines


def contact_rows(
    shown: Sequence[Contact],
    voice: Voice,
    columns: int,
    *,
    beneath: Callable[[Contact], Sequence[Line]] = lambda _contact: (),
) -> list[Line]:
    """A line or two for each: ``Thu 19 ticket Smit  NO ANSWER    Tickets``, and what was said.

    ``beneath``: what else is told of a contact, under it.
    """
    lines: list[Line] = []
    days = [short_day(each.when, voice.now, voice.us) for each in shown]
    types = [contact_type(each.type, voice.us) for each in shown]
    day_column, type_column = max(map(width, days), default=0), max(map(width, types), default=0)
    for day, kind, contact in zip(days, types, shown, strict=True):
        spaces = " " * (day_column - width(day)), " " * (type_column - width(kind))
        start = f"{day}{spaces[0]} {kind}{spaces[1]} "
        silent = f"  {mark}" if (mark := unanswered(contact, voice)) else ""
        whole = _who(contact, voice)
        source = _sources(contact, voice, columns - width(start) - width(silent) - width(whole) - 1)
        who, *more = wrap(whole, columns - width(start) - width(silent) - source.width - 1)
        rows = [spread(line(Span(f"{start}{who}"), Span(silent, "alarm")), source, columns, 1)]
        rows += [line(Span(f"{' ' * width(start)}{part}")) for part in more]
        rows += [line(Span(f"{_INDENT}{said}")) for said in _said(contact, columns)]
        lines += telling([*rows, *beneath(contact)], contact)
    return lines


def _sources(contact: Contact, voice: Voice, room: int) -> Line:
    """All that tell of it where they fit, else the one that comes first."""
    named = [voice.source(found.source) for found in contact.evidence]
    every = line(Span(", ".join(named), "source"))
    return every if every.width <= room else line(Span(named[0], "source"))


def _who(contact: Contact, voice: Voice) -> str:
    """Whom with, and who of them began where the source tells; of a ticket whose the last word is."""
    record = contact.found.record
    if isinstance(record, Activity) and record.direction and record.type not in SPOKEN:
        return one_to_other(record.direction, contact.ours, contact.theirs, voice)
    if isinstance(record, Ticket) and record.last_message_by == "us" and contact.theirs:
        return one_to_other("out", contact.ours, contact.theirs, voice)
    return voice.people((*contact.ours, *contact.theirs))


def _said(contact: Contact, columns: int) -> list[str]:
    record = contact.found.record
    body = record.body if isinstance(record, Activity) else None
    return wrap(quoted(body), columns - len(_INDENT), 2) if body and body.strip() else []
