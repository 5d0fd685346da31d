"""The recent contacts as lines: who is at the table and when they were last spoken with, then everybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from salesprep.adapter import Participant
from salesprep.briefing.contacts.recent import LastWith, Recent
from salesprep.briefing.model import Briefing, Contact, Panel
from salesprep.settings import Us
from salesprep.view import contacts_rows as rows
from salesprep.view import words
from salesprep.view.header import now_and_visit
from salesprep.view.lines import Line, Span, cut, inset, line, pad, spread, telling, width, wrap, wrap_parts
from salesprep.view.panel import fails, has_answered, trouble
from salesprep.view.phone import contact_rows
from salesprep.view.replies import unanswered
from salesprep.view.same_person import tied
from salesprep.view.voice import NO_KEYS, Voice, voice_for
from salesprep.view.widths import PHONE, SMALLEST
from salesprep.view.words import _, _n

_MARGIN = 1
_INDENT = 2
_WHO_AT_80 = 21
_DOT = " · "


def contacts_board(
    recent: Recent, us: Us, columns: int, *, why: bool = False, keys: Mapping[str, str] = NO_KEYS
) -> list[Line]:
    """The contacts in lines of exactly ``columns`` (at least 20), as high as they need to be.

    ``why`` adds to each line how its records were matched, their addresses and ages. ``keys`` as in
    :attr:`salesprep.view.voice.Voice.keys`.
    """
    columns = max(SMALLEST, columns)
    voice = voice_for(recent.briefing, us, narrow=columns < PHONE, keys=keys)
    margin = 0 if columns < PHONE else _MARGIN
    room = columns - 2 * margin
    lines = [
        *heading(voice.say(_("RECENT CONTACTS")), recent.briefing, voice, room),
        *_at_table(recent, voice, room, why),
        *_everybody(recent, voice, room, why),
        Line(),
        *_foot(recent, voice, room),
    ]
    return [pad(inset(each, margin), columns) for each in lines]


def heading(title: str, briefing: Briefing, voice: Voice, room: int) -> list[Line]:
    """``RECENT CONTACTS   Van Dijk Machinebouw B.V.      13:57 · today 14:00, in 3 min``."""
    name = briefing.customer.name
    right = line(Span(now_and_visit(briefing, voice)))
    left = line(Span(title, "title"), Span("   "), Span(name))
    if left.width + 2 + right.width <= room:
        return [spread(left, right, room)]
    whole = [left]
    if left.width > room:
        whole = [line(Span(title, "title")), *(line(Span(part)) for part in wrap(name, room))]
    return [*whole, *(line(Span(part)) for part in wrap(right.text, room))]


# -- at the table -------------------------------------------------------------------------------


def _at_table(recent: Recent, voice: Voice, room: int, why: bool) -> list[Line]:
    if not recent.at_table:
        return []
    title = wrap(voice.say(_("At the table, last contact with any of us")), room)
    lines = [Line(), *(line(Span(part, "heading")) for part in title)]
    names = [each.attendee.name.strip() for each in recent.at_table]
    column = min(max(map(width, names)), max(8, room // 4)) + 2 if room >= PHONE else 2
    for name, each in zip(names, recent.at_table, strict=True):
        lines += _last(name, each, recent, voice, room, column, why)
        if why:
            told = tied(each.attendee.ties, voice)
            lines += [inset(line(Span(p, "dim")), column) for text in told for p in wrap(text, room - column)]
    return lines


def _last(
    name: str, each: LastWith, recent: Recent, voice: Voice, room: int, column: int, why: bool
) -> Iterator[Line]:
    beside = room >= PHONE and width(name) + 2 <= column
    if not beside:
        yield from (line(Span(part, "word")) for part in wrap(name, room))
    label = name.ljust(column - (width(name) - len(name))) if beside else " " * column
    if not each.last:
        none = Span(f"{label}{voice.say(_('none found'))}")
        yield from edge(line(none), asked(recent, voice), room)
        return
    them = Participant(name=each.attendee.name, email=each.attendee.email)
    for contact in each.last:
        source = rows.sources(contact, voice, room // 4)
        mark = unanswered(contact, voice)
        text = rows.last_words(contact, them, voice)
        if not each.sure:
            called = ", ".join(dict.fromkeys(p.name for p in contact.theirs if p.name))
            text = voice.say(_("perhaps ({names}): {text}"), names=called, text=text)
        left = room - column - width(source) - 2 - (width(mark) + 3 if mark else 0)
        first, *rest = wrap(text, max(left, 10), 3)
        spans = [Span(label, "word"), Span(first), *([Span("   "), Span(mark, "alarm")] if mark else [])]
        lines = edge(line(*spans), source, room)
        lines += [inset(line(Span(part)), column) for part in rest]
        yield from telling(lines + (_whys(contact, voice, room, column) if why else []), contact)
        label = " " * column


def asked(recent: Recent, voice: Voice) -> str:
    """``4 sources asked``; where some did not answer ``3 of 4 sources answered``."""
    total, silent = len(recent.keepers), sum(not has_answered(p) or fails(p) for p in recent.keepers)
    if silent:
        return voice.say(_("{n} of {total} sources answered"), n=total - silent, total=total)
    if recent.unread:
        return voice.say(_("in what was read of {n} sources"), n=total)
    return voice.count(*_n("{n} source asked", "{n} sources asked"), total)


def edge(left: Line, right: str, room: int) -> list[Line]:
    """``left``, and ``right`` at the right edge; on a line of its own where it does not fit."""
    last = line(Span(right, "source"))
    if not right or left.width + 2 + last.width <= room:
        return [spread(left, last, room)]
    return [left, spread(Line(), last, room)]


# -- everybody ----------------------------------------------------------------------------------


def _everybody(recent: Recent, voice: Voice, room: int, why: bool) -> list[Line]:
    title = voice.say(_("Everybody, newest first"))
    if recent.person is not None:
        title = voice.say(_("With {name}, newest first"), name=recent.person)
    lines = [Line(), *edge(line(Span(title, "heading")), counts(recent, voice), room)]
    if not recent.line:
        return [*lines, inset(line(Span(voice.say(words.EMPTY), "dim")), _INDENT)]
    if room < PHONE:
        beneath = partial(_beneath, voice=voice, room=room, left=_INDENT, why=why)
        return lines + contact_rows(recent.line, voice, room, beneath=beneath)
    return lines + [inset(each, _INDENT) for each in _table(recent, voice, room - _INDENT, why)]


def counts(recent: Recent, voice: Voice) -> str:
    """``11 in 90 days · 290 in all``; only what is certain."""
    within = _("{n} in {days} days") if recent.days_whole else _("at least {n} in {days} days")
    parts = [voice.say(within, n=recent.in_days, days=recent.days)]
    if recent.in_all is not None:
        parts.append(voice.say(_("{n} in all"), n=recent.in_all))
    return _DOT.join(parts)


def _table(recent: Recent, voice: Voice, room: int, why: bool) -> Iterator[Line]:
    shown = recent.line
    moments = [rows.when(contact, voice) for contact in shown]
    kinds = [rows.kind(contact, voice) for contact in shown]
    day, clock, kind = (_widest(c) for c in ((m[0] for m in moments), (m[1] for m in moments), kinds))
    kind = min(kind, 10)
    source = min(_widest(rows.sources(c, voice, room) for c in shown), max(10, room // 8))
    start = day + 1 + (clock + 1 if clock else 0) + kind + 1
    new = voice.say(_("new face"))
    most = _WHO_AT_80 if room < 90 else (room - start - source) * 2 // 5
    news = [(c.found.source, c.found.record.id) in recent.new_faces for c in shown]
    persons = [rows.who(contact, voice, most) for contact in shown]
    # Beside the names if there is room, else before what it was about.
    named = [is_new and width(f"{who}, {new}") <= most for is_new, who in zip(news, persons, strict=True)]
    persons = [f"{who}, {new}" if fits else who for fits, who in zip(named, persons, strict=True)]
    who = min(_widest(persons), most)
    for number, contact in enumerate(shown):
        (on, at), called, with_whom = moments[number], kinds[number], persons[number]
        told = rows.sources(contact, voice, source)
        time = f"{_right(on, day)} {_right(at, clock)} " if clock else f"{_right(on, day)} "
        left = f"{time}{_left(called, kind)} {_left(with_whom, who)}  "
        mark = unanswered(contact, voice)
        space = room - width(left) - width(told) - 2 - (width(mark) + 2 if mark else 0)
        about = f"{new}: " * (news[number] and not named[number]) + rows.about(contact)
        spans = [Span(left), Span(cut(about, space))]
        spans += [Span("  "), Span(mark, "alarm")] if mark else []
        first = spread(line(*spans), line(Span(told, "source")), room)
        yield from telling([first, *_beneath(contact, voice, room, start, why)], contact)


def _beneath(contact: Contact, voice: Voice, room: int, left: int, why: bool) -> list[Line]:
    """Where the sources of a line differ; and how each record was matched."""
    told = [part for each in rows.differences(contact, voice) for part in wrap(each, room - left, 2)]
    lines = [inset(line(Span(part, "alarm")), left) for part in told]
    return lines + (_whys(contact, voice, room, left) if why else [])


def _widest(texts: Iterator[str] | Sequence[str]) -> int:
    return max(map(width, texts), default=0)


def _left(text: str, columns: int) -> str:
    shown = cut(text, columns)
    return shown + " " * (columns - width(shown))


def _right(text: str, columns: int) -> str:
    return " " * (columns - width(text)) + text


def _whys(contact: Contact, voice: Voice, room: int, left: int) -> list[Line]:
    told = (
        part for found in contact.evidence for part in wrap_parts(rows.matched(found, voice), room - left)
    )
    return [inset(line(Span(part, "dim")), left) for part in told]


# -- the foot -----------------------------------------------------------------------------------


def _foot(recent: Recent, voice: Voice, room: int) -> list[Line]:
    legend = []
    if any(contact.cc for contact in recent.line):
        legend.append(voice.say(_("cc: you were copied")))
    if any(contact.also for contact in recent.line):
        legend.append(voice.say(_("two sources on a line: each saw the same thing")))
    lines = [line(Span(part, "dim")) for part in wrap(_DOT.join(legend), room)] if legend else []
    for part in _not_shown(recent, voice):
        lines += [line(Span(row, "dim")) for row in wrap(part, room)]
    names = ", ".join(voice.source(p.source) for p in recent.keepers)
    if not names:
        return [*lines, line(Span(voice.say(_("no source keeps contacts")), "dim"))]
    answered = [p for p in recent.keepers if p.fetched_at is not None and has_answered(p)]
    oldest = min((p.fetched_at for p in answered if p.fetched_at is not None), default=None)
    age = voice.age(oldest) if oldest is not None else ""
    *first, last = wrap(voice.say(_("Asked {names}"), names=names), max(10, room - width(age) - 2))
    lines += [line(Span(part, "dim")) for part in first]
    lines += edge(line(Span(last, "dim")), age, room)
    return lines + missing(recent.keepers, voice, room)


def missing(panels: Sequence[Panel], voice: Voice, room: int) -> list[Line]:
    """Every source that did not answer, or in part, and why."""
    return [each for panel in panels if fails(panel) for each in trouble(panel, voice, room)]


def _not_shown(recent: Recent, voice: Voice) -> Iterator[str]:
    if recent.left_out:
        yield voice.count(
            *_n(
                "{n} older contact is not shown; {command} shows it",
                "{n} older contacts are not shown; {command} shows them",
            ),
            recent.left_out,
            command=voice.how("older", "--all"),
        )
    if recent.unread:
        names = ", ".join(map(voice.source, recent.unread))
        if recent.in_all is not None and recent.person is None:
            unread = recent.in_all - len(recent.briefing.contacts)
            yield voice.say(_("{n} more in {names} were not read"), n=unread, names=names)
        else:
            yield voice.say(_("{names} has more that were not read"), names=names)
