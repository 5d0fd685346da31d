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
from salesprep.view.sections.drawing import quoted
from salesprep.view.voice import Voice
from salesprep.view.words import _

_CONTACTS = 6
_RECENT = timedelta(days=90)
_INDENT = "  "


def phone(briefing: Briefing, voice: Voice, columns: int, *, why: bool) -> list[Line]:
    """Head, quick scan, last contacts, what is missing, then the panels one under another."""
    lines = [*header.tiny(briefing, voice, columns), Line()]
    for each in scan_lines(briefing, voice, short=True):
        lines += _scan(each, voice, columns)
    lines += _last_contacts(briefing, voice, columns)
    missing = header.answered_line(briefing, voice)
    now = line(Span(clock(voice.now, voice.us), "dim"))
    first, *rest = wrap(missing, columns - now.width - 2)
    lines.append(spread(line(Span(first, "alarm")), now, columns))
    lines += [line(Span(part, "alarm")) for part in rest]
    for given in briefing.panels:
        lines += [Line(), *panel(given, voice, columns, ruled=True, airy=False, why=why)]
    return lines


def _scan(given: ScanLine, voice: Voice, columns: int) -> list[Line]:
    first, *rest = wrap(f"{given.word} {given.fact}", columns - len(_INDENT), 4)
    lines = [line(Span(first[: len(given.word)], "word"), Span(first[len(given.word) :], "fact"))]
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
        spans = [Span(f"{day}{spaces[0]} {contact.type}{spaces[1]} {_who(contact, voice)}")]
        if _unanswered(contact):
            spans.append(Span(f"  {voice.say(_('NO ANSWER'))}", "alarm"))
        source = line(Span(voice.source(contact.found.source), "source"))
        lines.append(spread(line(*spans), source, columns, 1))
        lines += [line(Span(f"{_INDENT}{said}")) for said in _said(contact, columns)]
    return lines


def _who(contact: Contact, voice: Voice) -> str:
    people = map(voice.surname, (*contact.ours, *contact.theirs))
    return ", ".join(dict.fromkeys(filter(None, people)))


def _unanswered(contact: Contact) -> bool:
    record = contact.found.record
    if isinstance(record, Ticket):
        return bool(record.open) and record.last_message_by == "them"
    return isinstance(record, Activity) and record.answered is False


def _said(contact: Contact, columns: int) -> list[str]:
    record = contact.found.record
    body = record.body if isinstance(record, Activity) else None
    return wrap(quoted(body), columns - len(_INDENT), 2) if body and body.strip() else []
