"""One source's panel: its title with state and age, its sections, its candidates, what went wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from salesprep.adapter import Failure, Kind, Refusal
from salesprep.adapter.names import variants
from salesprep.briefing.model import Found, Near, Panel, Section
from salesprep.briefing.ours import ours
from salesprep.briefing.visits import united
from salesprep.view import words
from salesprep.view.dates import as_day, clock
from salesprep.view.evidence import for_and_against, plain
from salesprep.view.lines import Line, Span, Style, inset, line, pad, spread, wrap
from salesprep.view.sections import DRAWINGS
from salesprep.view.sections.drawing import joined
from salesprep.view.table import Column, Row, table
from salesprep.view.voice import Voice
from salesprep.view.words import _

_INDENT = 2
_MISSING = frozenset({"failed", "withheld", "stuck"})


def panel(
    given: Panel, voice: Voice, columns: int, *, ruled: bool, airy: bool, why: bool = False
) -> list[Line]:
    """The panel in lines of exactly ``columns``.

    ``ruled``: a line runs through the title, for panels one under another. ``airy``: blank lines
    between sections. ``why``: all records, each with how it was matched, its address and its age.
    """
    body: list[Line] = []
    for part in _parts(given, voice, columns, why):
        if body and airy:
            body.append(Line())
        body += part
    return [pad(each, columns) for each in (_title(given, voice, columns, ruled), *body)]


ANSWERED = frozenset({"fresh", "cached", "empty", "choose", "partial"})


def has_answered(given: Panel) -> bool:
    """Whether what the panel shows is an answer of now."""
    return given.state in ANSWERED


def fails(given: Panel) -> bool:
    """Whether something of the source failed, be it a part."""
    return _failure(given) is not None


def trouble(
    given: Panel, voice: Voice, columns: int, *, reader: Literal["user", "admin"] = "user"
) -> list[Line]:
    """Why a source did not answer, or what of it could not be read; empty if nothing is wrong.

    ``reader="admin"``: it is said to the one who mends it.
    """
    name = voice.source(given.source)
    reasons = dict.fromkeys(
        f"{name}: {_reason(failure, voice, reader)}"
        for failure in (given.failure, *(section.failure for section in given.sections))
        if failure is not None
    )
    refused = [
        f"{name}: {refusal_text(section.kind, refusal, voice)}"
        for section in given.sections
        for refusal in section.refused
    ]
    return [each for text in (*reasons, *refused) for each in _paragraph(text, columns, "alarm", 4, indent=0)]


# -- the title ----------------------------------------------------------------------------------


def _title(given: Panel, voice: Voice, columns: int, ruled: bool) -> Line:
    heading = given.title.upper()
    note = _note(given, voice)
    left = [Span(heading, "title"), *([Span("  "), note] if note.text else [])]
    only = _only(given)
    tally = _shown_of_total(only, voice) if only and only.kind != Kind.MEETING else ""
    right = " · ".join(filter(None, (tally, _when(given, voice))))
    if not ruled:
        return spread(line(*left), line(Span(right, "source")), columns)
    tail = [Span(f" {right}", "source")] if right else []
    dashes = columns - line(*left, *tail).width - 1
    if dashes < 1:
        return spread(line(*left), line(*tail), columns, 0)
    return line(*left, Span(" " + "─" * dashes, "rule"), *tail)


def _note(given: Panel, voice: Voice) -> Span:
    """What is the matter with the panel as a whole; of a panel of one section, what it holds."""
    match given.state:
        case "stale":
            return Span(voice.say(words.DID_NOT_ANSWER), "alarm")
        case "failed":
            failure = _failure(given)
            return Span(
                words.missing(failure, voice.us) if failure else voice.say(words.DID_NOT_ANSWER), "alarm"
            )
        case "stuck":
            failure = _failure(given)
            return Span(failure.what if failure else voice.say(words.STUCK), "alarm")
        case "withheld":
            return Span(_withheld(_failure(given), voice), "alarm")
        case "choose":
            return Span(voice.say(words.CHOOSE), "alarm")
        case "partial":
            return Span(voice.say(words.IN_PART), "alarm") if _failure(given) else Span("")
    only = _only(given)
    if only is None or not only.records:
        return Span("")
    return Span(DRAWINGS[only.kind].counted(only, voice) or "", "dim")


def _when(given: Panel, voice: Voice) -> str:
    if given.state == "waiting":
        return voice.say(words.WAITING)
    dates = [section.as_of for section in given.sections if section.as_of is not None]
    if given.state == "stale" or dates:
        oldest = min([*dates, *([given.fetched_at] if given.fetched_at and not dates else [])], default=None)
        return _as_of(oldest, voice) if oldest else ""
    if given.fetched_at is None or given.state in _MISSING:
        return ""
    return voice.age(given.fetched_at)


def _as_of(when: datetime, voice: Voice) -> str:
    today = as_day(when, voice.us) == as_day(voice.now, voice.us)
    return voice.say(_("as of {when}"), when=clock(when, voice.us) if today else voice.day(when))


def _only(given: Panel) -> Section | None:
    return given.sections[0] if len(given.sections) == 1 else None


def _failure(given: Panel) -> Failure | None:
    return given.failure or next((s.failure for s in given.sections if s.failure is not None), None)


def _withheld(failure: Failure | None, voice: Voice) -> str:
    return voice.say(words.OFFLINE if failure is not None and failure.code == "offline" else words.WITHHELD)


# -- the body -----------------------------------------------------------------------------------


def _parts(given: Panel, voice: Voice, columns: int, why: bool) -> Iterable[list[Line]]:
    shared = _shared_failure(given)
    candidates = _undecided(given)
    shown = [s for kind in DRAWINGS if (s := given.section(kind)) and not _is_empty(s)]
    if shared is None:
        for section in shown:
            if lines := _section(given, section, voice, columns, why):
                yield lines
    near = [signal for signal in voice.near if any(f.source == given.source for f in signal.evidence)]
    if near:
        yield _near(near, voice, columns)
    if shared is not None:
        yield _paragraph(_reason(shared, voice), columns, "alarm", 4)
    elif given.state != "waiting" or shown:
        yield from _empty(given, bool(shown or candidates), voice, columns)
    # Told once, whichever of the sections it came with.
    for notice in dict.fromkeys(section.notice for section in given.sections if section.notice):
        yield _paragraph(notice, columns, "dim", 3)
    if candidates:
        yield _candidates(candidates, voice, columns, why, told=given.state == "choose")


def _undecided(given: Panel) -> tuple[Found, ...]:
    """All of the source that may belong to the customer, accounts first, each once."""
    every = (*given.candidates, *(found for section in given.sections for found in section.candidates))
    return tuple({(found.record.kind, found.record.id): found for found in every}.values())


def _shared_failure(given: Panel) -> Failure | None:
    """The one failure that took the whole panel, so that it is told once."""
    if any(section.records or section.candidates for section in given.sections):
        return None
    failures = {section.failure for section in given.sections}
    if len(failures) == 1 and None not in failures:
        return failures.pop()
    return given.failure if not given.sections else None


def _is_empty(section: Section) -> bool:
    """Nothing to show and nothing to say but that; what is undecided stands at the end of the panel."""
    return (
        section.state in ("empty", "choose")
        and not section.records
        and not (section.failure or section.refused)
    )


def _empty(given: Panel, has_more: bool, voice: Voice, columns: int) -> Iterable[list[Line]]:
    sections = [section for kind in DRAWINGS if (section := given.section(kind)) and _is_empty(section)]
    empty = [section.kind for section in sections if section.state == "empty"]
    nothing = voice.say(words.EMPTY)
    if not has_more and (empty or given.state == "empty"):
        yield _paragraph(nothing, columns, "dim", 1)
    elif empty:
        named = ", ".join(words.heading(kind, voice.us).lower() for kind in empty)
        yield _paragraph(f"{nothing}: {named}", columns, "dim", 4, indent=0)


def _section(given: Panel, section: Section, voice: Voice, columns: int, why: bool) -> list[Line]:
    drawing = DRAWINGS[section.kind]
    records = section.records
    if section.kind == Kind.MEETING and not why:
        records = united(records, ours(voice.us))  # one visit in several calendars is one line
    founds = drawing.in_order(records, voice)
    most = len(founds) if why else drawing.most
    rows = [drawing.draw(found, voice) for found in founds[:most]]
    if why:
        rows = [_explained(found, row, voice) for found, row in zip(founds, rows, strict=True)]
    lines = _heading(given, section, voice, columns)
    drawn = table(rows, drawing.columns, max(1, columns - _INDENT), drawing.note_at)
    lines += [inset(each, _INDENT) for each in drawn]
    lines += _more(section, len(founds) - len(rows), voice, columns)
    if section.failure is not None:
        told = _section_failure(section, section.failure, voice)
        lines += _paragraph(told, columns, "alarm", 4)
    for refusal in section.refused:
        lines += _paragraph(refusal_text(section.kind, refusal, voice), columns, "alarm", 3)
    return lines


def _heading(given: Panel, section: Section, voice: Voice, columns: int) -> list[Line]:
    if section.kind == Kind.ACCOUNT and section.records:
        return []
    if _only(given) is section and section.kind != Kind.MEETING and section.state != "waiting":
        return []
    name = words.heading(section.kind, voice.us)
    if section.kind == Kind.MEETING and voice.customer:
        name = variants(voice.customer)[-1] if variants(voice.customer) else voice.customer
    if section.state == "waiting":
        right = voice.say(words.WAITING)
    elif not section.records:
        right = ""
    else:
        right = DRAWINGS[section.kind].counted(section, voice) or _shown_of_total(section, voice)
    return [spread(line(Span(name, "heading")), line(Span(right, "dim")), columns)]


def _shown_of_total(section: Section, voice: Voice) -> str:
    """``3 of 14``; nothing where the source gives no total or all of it is here."""
    most = min(len(section.records), DRAWINGS[section.kind].most)
    if section.total is None or section.total <= most or not section.records:
        return ""
    return voice.say(_("{n} of {total}"), n=most, total=section.total)


def _more(section: Section, hidden: int, voice: Voice, columns: int) -> list[Line]:
    if section.total is not None:
        return []
    if section.cursor is not None:
        return _paragraph(voice.say(_("there are more")), columns, "dim", 1)
    if hidden > 0:
        return _paragraph(voice.count(_("{n} more"), _("{n} more"), hidden), columns, "dim", 1)
    return []


def _near(signals: list[Near], voice: Voice, columns: int) -> list[Line]:
    rows = []
    for signal in signals:
        meeting = signal.meeting
        city = (meeting.place.city or meeting.place.text) if meeting.place else None
        where = joined(signal.colleague, meeting.keys.organisation or meeting.title, city)
        km = Span(voice.say(_("{km} as the crow flies"), km=f"{signal.km:.0f} km"), "dim")
        rows.append(Row((Span(voice.slot(meeting.start)), Span(where)), (km,)))
    head = [line(Span(voice.say(_("Colleagues near here")), "heading"))]
    shape = (Column(), Column(least=8, gives=1, most=3))
    drawn = table(rows, shape, max(1, columns - _INDENT), 1, beside=False)
    return head + [inset(each, _INDENT) for each in drawn]


# -- candidates and reasons ---------------------------------------------------------------------


def _candidates(
    founds: tuple[Found, ...], voice: Voice, columns: int, why: bool, *, told: bool
) -> list[Line]:
    """What may belong to the customer: apart from the facts, with what speaks for and against it."""
    rows = [candidate_row(found, voice) for found in founds[: len(founds) if why else 5]]
    head = [] if told else [line(Span(voice.say(words.CHOOSE), "alarm"))]
    shape = (Column(least=8, gives=2, most=2), Column(least=6, gives=1, most=2))
    drawn = table(rows, shape, max(1, columns - _INDENT), 0)
    lines = head + [inset(each, _INDENT) for each in drawn]
    hidden = len(founds) - len(rows)
    if hidden:
        lines += _paragraph(voice.count(_("{n} more"), _("{n} more"), hidden), columns, "dim", 1)
    return lines


def candidate_row(found: Found, voice: Voice) -> Row:
    """Name, place or day, and beneath it what would decide."""
    record = found.record
    place = getattr(record, "place", None)
    where = (place.city or place.text or "") if place is not None else ""
    start = getattr(record, "start", None) or record.at
    second = where or (voice.day(start) if start is not None else "")
    title = record.title or words.heading(record.kind, voice.us)
    return Row((Span(title), Span(second)), (Span(for_and_against(found.match, voice), "dim"),))


def _explained(found: Found, row: Row, voice: Voice) -> Row:
    record = found.record
    by = plain(found.match.evidence, voice) or words.how(found.match.how, voice.us)
    link = record.url or voice.say(_("no link: {reason}"), reason=record.no_url_reason or "")
    why = " · ".join((voice.say(_("matched by {what}"), what=by), voice.age(record.fetched_at), link))
    return Row(row.cells, row.notes, why)


def _section_failure(section: Section, failure: Failure, voice: Voice) -> str:
    if section.state == "withheld":
        return f"{_withheld(failure, voice)}; {_reason(failure, voice)}"
    if section.state in ("stuck", "stale"):
        return _reason(failure, voice)
    if section.records:
        return f"{voice.say(words.IN_PART)}: {_reason(failure, voice)}"
    return f"{words.missing(failure, voice.us)}: {_reason(failure, voice)}"


def _reason(failure: Failure, voice: Voice, reader: Literal["user", "admin"] = "user") -> str:
    """What happened, who mends it and how, and when it is asked again."""
    # The seconds of a deadline tell a reader nothing.
    late = failure.code == "deadline_exceeded"
    parts = [voice.say(_("no answer in time")) if late else failure.what]
    if failure.actor != "nobody" or failure.mend or failure.retry_at is None:
        parts.append(words.mends(failure, voice.us, reader=reader))
    if failure.retry_at is not None:
        parts.append(voice.say(_("asks again at {time}"), time=clock(failure.retry_at, voice.us)))
    return "; ".join(filter(None, parts))


def refusal_text(kind: Kind, refusal: Refusal, voice: Voice) -> str:
    """``2 events could not be read: end before start (agenda.ics line 1204)``."""
    text = f"{words.refused(kind, refusal.count, voice.us)}: {refusal.why}"
    return f"{text} ({refusal.where})" if refusal.where else text


def _paragraph(text: str, columns: int, style: Style, most: int, indent: int = _INDENT) -> list[Line]:
    room = max(1, columns - indent)
    return [inset(line(Span(part, style)), indent) for part in wrap(text, room, most)]
