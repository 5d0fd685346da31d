"""The briefing on a phone or in a narrow window: one column of short lines, no margin."""

from __future__ import annotations

from datetime import timedelta

from salesprep.adapter import Activity, Ticket, moment
from salesprep.briefing.model import Briefing, Contact
from salesprep.view import header
from salesprep.view.dates import clock, short_day
from salesprep.view.lines import Line, Span, line, spread, width, wrap
from salesprep.view.panel import panel
from salesprep.view.scan import ScanLine, scan_lines, sources_text
from salesprep.view.sections.contacts import one_to_other
from salesprep.view.sections.drawing import quoted
from salesprep.view.voice import Voice
from salesprep.view.words import _

_CONTACTS = 6
_RECENT = timedelta(days=90)
_INDENT = "  "


def phone(briefing: Briefing, voice: Voice, columns: int, *, why: bool) -> list[Line]:
    """Head, quick scan, last contacts, the panels one under another, then what is missing and the time."""
    scan = scan_lines(briefing, voice, short=True)
    lines = [*header.tiny(briefing, voice, columns), *([Line()] if scan else [])]
    for each in scan:
        lines += _scan(each, voice, columns)
    lines += _last_contacts(briefing, voice, columns)
    for given in briefing.panels:
        lines += [Line(), *panel(given, voice, columns, ruled=True, airy=False, why=why)]
    missing = header.answered_line(briefing, voice)
    now = line(Span(clock(voice.now, voice.us), "dim"))
    *rest, last = wrap(missing, columns - now.width - 2)
    lines += [Line(), *(line(Span(part, "alarm")) for part in rest)]
    return [*lines, spread(line(Span(last, "alarm")), now, columns)]


def _scan(given: ScanLine, voice: Voice, columns: int) -> list[Line]:
    first, *further = given.clauses
    room = columns - len(_INDENT)
    if width(f"{given.word} {given.fact}") <= room * 2:
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
    shown = briefing.contacts[:_CONTACTS]
    days = [short_day(each.when, voice.now, voice.us) for each in shown]
    day_column, type_column = max(map(width, days)), max(width(each.type) for each in shown)
    for day, contact in zip(days, shown, strict=True):
        spaces = " " * (day_column - width(day)), " " * (type_column - width(contact.type))
        start = f"{day}{spaces[0]} {contact.type}{spaces[1]} "
        source = line(Span(voice.source(contact.found.source), "source"))
        silent = f"  {voice.say(_('NO ANSWER'))}" if _unanswered(contact) else ""
        who, *more = wrap(_who(contact, voice), columns - width(start) - width(silent) - source.width - 1)
        lines.append(spread(line(Span(f"{start}{who}"), Span(silent, "alarm")), source, columns, 1))
        lines += [line(Span(f"{' ' * width(start)}{part}")) for part in more]
        lines += [line(Span(f"{_INDENT}{said}")) for said in _said(contact, columns)]
    return lines


def _who(contact: Contact, voice: Voice) -> str:
    """Whom with, and who of them began where the source tells; of a ticket whose the last word is."""
    record = contact.found.record
    if isinstance(record, Activity) and record.direction:
        return one_to_other(record.direction, contact.ours, contact.theirs, voice)
    if isinstance(record, Ticket) and record.last_message_by == "us" and contact.theirs:
        return one_to_other("out", contact.ours, contact.theirs, voice)
    return voice.people((*contact.ours, *contact.theirs))


def _unanswered(contact: Contact) -> bool:
    record = contact.found.record
    if isinstance(record, Ticket):
        return bool(record.open) and record.last_message_by == "them"
    return isinstance(record, Activity) and record.answered is False


def _said(contact: Contact, columns: int) -> list[str]:
    record = contact.found.record
    body = record.body if isinstance(record, Activity) else None
    return wrap(quoted(body), columns - len(_INDENT), 2) if body and body.strip() else []
