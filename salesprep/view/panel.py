"""One source's panel: its title with state and age, its sections, its candidates, what went wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Literal

from salesprep.adapter import Failure, Kind
from salesprep.briefing.choices import Choice, choices
from salesprep.briefing.model import Found, Panel, Section
from salesprep.view import around, words
from salesprep.view.choices import KINDS
from salesprep.view.dates import as_day, clock
from salesprep.view.evidence import for_and_against
from salesprep.view.flags import flagged
from salesprep.view.lines import Line, Span, inset, line, pad, spread, width, wrap
from salesprep.view.reasons import INDENT, REFUSED, paragraph, reason, refusal_text, withheld
from salesprep.view.section import blocks, explained, shown_of_total
from salesprep.view.sections import DRAWINGS
from salesprep.view.table import Column, Row, table
from salesprep.view.voice import Voice, tells_changes
from salesprep.view.words import _, _n

_MISSING = frozenset({"failed", "withheld", "stuck"})
_CHOICES = 5
_NOTICE = 6
"""Lines of what a source says of itself."""


def panel(
    given: Panel,
    voice: Voice,
    columns: int,
    *,
    ruled: bool,
    airy: bool,
    why: bool = False,
    every: bool = False,
) -> list[Line]:
    """The panel in lines of exactly ``columns``.

    ``ruled``: a line runs through the title, for panels one under another. ``airy``: blank lines
    between sections. ``why``: all records, each with how it was matched, its address and its age.
    ``every``: all records, as they are.
    """
    body: list[Line] = []
    for part in _parts(given, voice, columns, why, every):
        if body and airy:
            body.append(Line())
        body += part
    return [pad(each, columns) for each in (*_title(given, voice, columns, ruled), *body)]


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
        f"{name}: {reason(failure, voice, reader)}"
        for failure in (given.failure, *(section.failure for section in given.sections))
        if failure is not None
    )
    refused = [
        f"{name}: {refusal_text(section.kind, refusal, voice)}"
        for section in given.sections
        for refusal in section.refused
    ]
    lines = [each for text in reasons for each in paragraph(text, columns, "alarm", indent=0)]
    return lines + [each for text in refused for each in paragraph(text, columns, "alarm", REFUSED, indent=0)]


# -- the title ----------------------------------------------------------------------------------


def _title(given: Panel, voice: Voice, columns: int, ruled: bool) -> list[Line]:
    heading = [Span(given.title.upper(), "title")]
    note = matter(given, voice)
    only = _only(given)
    tally = shown_of_total(only, voice, alone=True) if only and only.kind != Kind.MEETING else ""
    right = " · ".join(filter(None, (tally, age(given, voice))))
    left = [*heading, Span("  "), note] if note.text else heading
    if note.style == "dim" and line(*left).width + width(right) + 2 > columns:
        # What it holds can do without the title line; what is the matter with it cannot.
        below = [line(Span(part, "dim")) for part in wrap(note.text, columns)]
        return [_title_line(heading, right, columns, ruled), *below]
    return [_title_line(left, right, columns, ruled)]


def _title_line(left: list[Span], right: str, columns: int, ruled: bool) -> Line:
    if not ruled:
        return spread(line(*left), line(Span(right, "source")), columns)
    tail = [Span(f" {right}", "source")] if right else []
    dashes = columns - line(*left, *tail).width - 1
    if dashes < 1:
        return spread(line(*left), line(*tail), columns, 0)
    return line(*left, Span(" " + "─" * dashes, "rule"), *tail)


def matter(given: Panel, voice: Voice) -> Span:
    """What is the matter with the panel as a whole; of a panel of one section, what it holds."""
    match given.state:
        case "stale" | "failed":
            failure = _failure(given)
            return Span(
                words.missing(failure, voice.us) if failure else voice.say(words.DID_NOT_ANSWER), "alarm"
            )
        case "stuck":
            failure = _failure(given)
            return Span(voice.say(failure.what if failure else words.STUCK), "alarm")
        case "withheld":
            return Span(withheld(_failure(given), voice), "alarm")
        case "choose":
            return Span(voice.say(words.CHOOSE), "alarm")
        case "partial":
            return Span(voice.say(words.IN_PART), "alarm") if _failure(given) else Span("")
    told = _only(given) or given.section(Kind.PERSON)
    # Persons are counted in the title where the headings beneath it tell of changes.
    if told is None or not told.records or (told is not _only(given) and not tells_changes(told)):
        return Span("")
    return Span(DRAWINGS[told.kind].counted(told, voice) or "", "dim")


def age(given: Panel, voice: Voice) -> str:
    """``just now``, ``2 d``, ``file of 21 Nov``; nothing where there is no answer."""
    if given.state == "waiting":
        return voice.say(words.WAITING)
    if given.state == "stale" or any(section.as_of is not None for section in given.sections):
        oldest = as_of(given)
        return _as_of(oldest, voice, file=_is_a_file(given)) if oldest else ""
    if given.fetched_at is None or given.state in _MISSING:
        return ""
    return voice.age(given.fetched_at)


def as_of(given: Panel) -> datetime | None:
    """What time it tells of: the day of its oldest file, else when it was read."""
    return min((s.as_of for s in given.sections if s.as_of is not None), default=given.fetched_at)


def _as_of(when: datetime, voice: Voice, *, file: bool) -> str:
    today = as_day(when, voice.us) == as_day(voice.now, voice.us)
    if file:
        return voice.say(_("file of {day}"), day=voice.say(_("today")) if today else voice.day(when))
    return voice.say(_("as of {when}"), when=clock(when, voice.us) if today else voice.day(when))


def _is_a_file(given: Panel) -> bool:
    """It has answered, and what it told was true on some day: an export, not a service."""
    return given.state in ANSWERED and any(section.as_of is not None for section in given.sections)


def _only(given: Panel) -> Section | None:
    return given.sections[0] if len(given.sections) == 1 else None


def _failure(given: Panel) -> Failure | None:
    return given.failure or next((s.failure for s in given.sections if s.failure is not None), None)


# -- the body -----------------------------------------------------------------------------------


def _parts(given: Panel, voice: Voice, columns: int, why: bool, every: bool) -> Iterable[list[Line]]:
    shared = shared_failure(given)
    candidates = undecided(given)
    given, of_all = told_once(given)
    shown = shown_sections(given)
    if shared is None:
        for section in shown:
            alone = _only(given) is section and section.kind != Kind.MEETING
            yield from blocks(section, voice, columns, why=why, alone=alone, every=every)
    yield from around.blocks(given.source, voice, columns)
    if shared is not None:
        yield paragraph(reason(shared, voice), columns, "alarm")
    elif (given.state != "waiting" or shown) and (told := nothing(given, bool(shown or candidates), voice)):
        yield paragraph(told, columns, "dim", 4, indent=0 if shown or candidates else INDENT)
    if of_all is not None:
        yield paragraph(reason(of_all, voice), columns, "alarm")
    # Told once, whichever of the sections it came with.
    for notice in dict.fromkeys(section.notice for section in given.sections if section.notice):
        yield paragraph(voice.say(notice), columns, "dim", _NOTICE, indent=0)
    for flag in given.flags:
        yield paragraph(flagged(flag, voice), columns, "alarm", indent=0)
    if candidates:
        told_above = given.state == "choose"
        yield _candidates(candidates, voice, columns, why, told=told_above, every=every)


def undecided(given: Panel) -> tuple[Found, ...]:
    """All of the source that may belong to the customer, accounts first, each once."""
    every = (*given.candidates, *(found for section in given.sections for found in section.candidates))
    return tuple({(found.record.kind, found.record.id): found for found in every}.values())


def shared_failure(given: Panel) -> Failure | None:
    """The one failure that took the whole panel, so that it is told once."""
    if any(section.records or section.candidates for section in given.sections):
        return None
    failures = {section.failure for section in given.sections}
    if len(failures) == 1 and None not in failures:
        return failures.pop()
    return given.failure if not given.sections else None


def told_once(given: Panel) -> tuple[Panel, Failure | None]:
    """Of a panel of old answers: the panel without the one failure for which they are old, and that failure.
    What there is nothing old of is left out with it."""
    failure = given.failure
    if given.state != "stale" or failure is None or shared_failure(given) is not None or _only(given):
        return given, None
    others = (s for s in given.sections if s.failure != failure or s.records or s.refused)
    sections = tuple(replace(s, failure=None) if s.failure == failure else s for s in others)
    return replace(given, sections=sections), failure


def shown_sections(given: Panel) -> list[Section]:
    """Those that have something to show, in the order of a panel."""
    return [s for kind in DRAWINGS if (s := given.section(kind)) and not _is_empty(s)]


def _is_empty(section: Section) -> bool:
    """Nothing to show and nothing to say but that; what is undecided stands at the end of the panel."""
    return (
        section.state in ("empty", "choose")
        and not section.records
        and not (section.failure or section.refused)
    )


def nothing(given: Panel, has_more: bool, voice: Voice) -> str:
    """That nothing is found; with more on the panel, of which kinds."""
    sections = [section for kind in DRAWINGS if (section := given.section(kind)) and _is_empty(section)]
    empty = [section.kind for section in sections if section.state == "empty"]
    found = voice.say(words.EMPTY)
    if not has_more:
        return found if empty or given.state == "empty" else ""
    named = ", ".join(words.heading(kind, voice.us).lower() for kind in empty)
    return f"{found}: {named}" if named else ""


# -- candidates -------------------------------------------------------------------------------


def _candidates(
    founds: tuple[Found, ...], voice: Voice, columns: int, why: bool, *, told: bool, every: bool
) -> list[Line]:
    """What may belong to the customer: apart from the facts, with what speaks for and against it."""
    open_ = choices(founds)
    rows = [_choice_row(choice, voice) for choice in (open_ if every else open_[:_CHOICES])]
    hidden = len(open_) - len(rows)
    if why:
        rows, hidden = [candidate_row(found, voice, why=True) for found in founds], 0
    head = [] if told else [line(Span(voice.say(words.CHOOSE), "alarm"))]
    shape = (Column(least=8, gives=2, most=2), Column(least=6, gives=1, most=2))
    drawn = table(rows, shape, max(1, columns - INDENT), 0)
    lines = head + [inset(each, INDENT) for each in drawn]
    if hidden:
        lines += paragraph(voice.count(*_n("{n} more", "{n} more"), hidden), columns, "dim", 1)
    return lines


def _choice_row(choice: Choice, voice: Voice) -> Row:
    """What the user decides on: of what hangs under an account only how much there is."""
    row = candidate_row(choice.found, voice)
    hanging = [voice.count(*KINDS[kind][1:], n) for kind, n in choice.under.items()]
    told = voice.say(_("with {what}"), what=voice.together(hanging))
    return replace(row, notes=(*row.notes, Span(told, "dim"))) if hanging else row


def candidate_row(found: Found, voice: Voice, *, why: bool = False) -> Row:
    """Name, place or day, and beneath it what would decide; ``why``: also its id, age and address."""
    record = found.record
    place = getattr(record, "place", None)
    where = (place.city or place.text or "") if place is not None else ""
    start = getattr(record, "start", None) or record.at
    second = where or (voice.day(start) if start is not None else "")
    title = record.title or words.heading(record.kind, voice.us)
    notes = (Span(for_and_against(found.match, voice, why=why), "dim"),)
    return Row((Span(title), Span(second)), notes, explained(found, voice) if why else "", found)
