"""One record kind of one source in a panel: its heading, its rows or groups of rows, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from salesprep.adapter import Kind, Meeting
from salesprep.adapter.names import variants
from salesprep.briefing.links import target_of
from salesprep.briefing.model import Found, Section
from salesprep.briefing.recognition.ours import ours
from salesprep.briefing.visits.meetings import united
from salesprep.view import words
from salesprep.view.evidence import matched_by
from salesprep.view.lines import Line, Span, inset, line, spread, telling
from salesprep.view.reasons import INDENT, REFUSED, of_section, paragraph, refusal_text
from salesprep.view.sections import DRAWINGS, Drawing
from salesprep.view.sections.contacts import calendar_owner
from salesprep.view.sections.drawing import Group
from salesprep.view.table import by_row
from salesprep.view.voice import Voice, tells_changes
from salesprep.view.words import _, _n


def blocks(
    section: Section, voice: Voice, columns: int, *, why: bool, alone: bool, every: bool = False
) -> Iterator[list[Line]]:
    """The section in blocks between which a blank line may stand.

    ``why``: all records, each with how it was matched. ``every``: all records, as they are. ``alone``: the
    panel's title is heading enough.
    """
    every = every or why
    drawing = DRAWINGS[section.kind]
    records = section.records
    if section.kind == Kind.MEETING and not why:
        records = united(records, ours(voice.us))  # one visit in several calendars is one line
    founds = drawing.in_order(records, voice)
    groups = drawing.groups(founds, voice) if drawing.groups is not None else ()
    if groups:
        yield from _grouped(groups, drawing, voice, columns, why=why, every=every)
        lines: list[Line] = []
    else:
        lines = [] if alone and section.state != "waiting" else _heading(section, voice, columns)
        shown = founds if every else founds[: drawing.rows(alone=alone)]
        lines += [each for drawn in _rows(shown, drawing, voice, columns, why=why) for each in drawn]
        lines += _more(section, len(founds) - len(shown), voice, columns)
    if section.failure is not None:
        told = of_section(section, section.failure, voice)
        lines += paragraph(told, columns, "alarm")
    for refusal in section.refused:
        lines += paragraph(refusal_text(section.kind, refusal, voice), columns, "alarm", REFUSED)
    if lines:
        yield lines


def shown_of_total(section: Section, voice: Voice, *, alone: bool = False) -> str:
    """``3 of 14``; nothing where the source gives no total or all of it is here."""
    drawing = DRAWINGS[section.kind]
    # Sorted into groups, those that are not named are counted there.
    most = len(section.records)
    if not tells_changes(section):
        most = min(most, drawing.rows(alone=alone))
    if section.total is None or section.total <= most or not section.records:
        return ""
    return voice.say(drawing.of_total, n=most, total=section.total)


def _grouped(
    groups: Sequence[Group], drawing: Drawing[Any], voice: Voice, columns: int, *, why: bool, every: bool
) -> Iterator[list[Line]]:
    """Each group under its title; all of them share their columns."""
    shown = [group.founds if every else group.founds[: group.most] for group in groups]
    drawn = _rows([found for founds in shown for found in founds], drawing, voice, columns, why=why)
    for group, founds in zip(groups, shown, strict=True):
        lines = [line(Span(group.title, "heading"))]
        lines += [each for _found in founds for each in next(drawn)]
        yield lines + _and_more(len(group.founds) - len(founds), voice, columns)


def _rows(
    founds: Sequence[Found], drawing: Drawing[Any], voice: Voice, columns: int, *, why: bool
) -> Iterator[list[Line]]:
    rows = [drawing.draw(found, voice) for found in founds]
    if why:
        rows = [replace(row, why=explained(found, voice)) for found, row in zip(founds, rows, strict=True)]
    every = by_row(rows, drawing.columns, max(1, columns - INDENT), drawing.note_at)
    for found, drawn in zip(founds, every, strict=True):
        yield telling((inset(each, INDENT) for each in drawn), found)


def title(section: Section, voice: Voice) -> str:
    """What stands over the rows; nothing where they need none."""
    if section.kind == Kind.ACCOUNT and section.records:
        return ""
    if section.kind == Kind.MEETING and voice.customer:
        return variants(voice.customer)[-1] if variants(voice.customer) else voice.customer
    return words.heading(section.kind, voice.us)


def tally(section: Section, voice: Voice) -> str:
    """``2 open``, ``3 of 14``; that it is being asked."""
    if section.state == "waiting":
        return voice.say(words.WAITING)
    if not section.records:
        return ""
    return DRAWINGS[section.kind].counted(section, voice) or shown_of_total(section, voice)


def _heading(section: Section, voice: Voice, columns: int) -> list[Line]:
    left, right = title(section, voice), tally(section, voice)
    return [spread(line(Span(left, "heading")), line(Span(right, "dim")), columns)] if left else []


def _more(section: Section, hidden: int, voice: Voice, columns: int) -> list[Line]:
    if section.total is not None:
        return []
    if section.cursor is not None:
        return paragraph(voice.say(_("there are more")), columns, "dim", 1)
    return _and_more(hidden, voice, columns)


def _and_more(hidden: int, voice: Voice, columns: int) -> list[Line]:
    if hidden < 1:
        return []
    return paragraph(voice.count(*_n("{n} more", "{n} more"), hidden), columns, "dim", 1)


def explained(found: Found, voice: Voice, *, link: bool = True) -> str:
    """By what it was matched, the id to decide on, whose calendar it lies in if not in the user's, how old it
    is, its address or why it has none.

    ``link=False``: no address.
    """
    record = found.record
    where = record.url if link else ""
    if not record.url:
        where = voice.say(_("no link: {reason}"), reason=record.no_url_reason or "")
    by = voice.say(_("matched by {what}"), what=", ".join(matched_by(found.match, voice)))
    if found.match.outcome == "maybe":
        by = ""  # what speaks for it and against it stands with it already
    whose = calendar_owner(record, voice) if isinstance(record, Meeting) else None
    held = voice.say(_("calendar of {name}"), name=whose) if whose is not None else ""
    told = (by, str(target_of(found.source, record)), held, voice.age(record.fetched_at), where)
    return " · ".join(filter(None, told))
