"""What a user decides about one customer, all sources on one screen: each thing with what speaks for it and
against it, what hangs under it, and what the user said of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from salesprep.briefing.choices import Choice
from salesprep.briefing.links import Target
from salesprep.view.both_sides import both_sides
from salesprep.view.choices import KINDS, sort, under, with_times
from salesprep.view.evidence import in_its_group, sides
from salesprep.view.lines import (
    Line,
    Span,
    Style,
    inset,
    line,
    one_line,
    pad,
    spread,
    telling,
    width,
    wrap,
)
from salesprep.view.voice import Voice
from salesprep.view.widths import PHONE, SMALLEST
from salesprep.view.words import _, _n

Marks = Mapping[Target, Literal["is", "is_not"]]
"""What the user said of each, so far."""

_SIDES = 90
"""So many columns are enough for both sides of the evidence."""
_MARGIN = 3
"""The cursor's mark stands in it."""
_GAP = 2
_MARKS: Mapping[str | None, tuple[str, Style]] = {
    "is": (_("yes"), "word"),
    "is_not": (_("no"), "alarm"),
    None: (_("open"), "dim"),
}


def choose_board(
    name: str, choices: Sequence[Choice], marks: Marks, voice: Voice, columns: int, *, complete: bool = True
) -> list[Line]:
    """The choices in lines of exactly ``columns`` (at least 20).

    ``complete``: all sources have answered, so that nothing left means nothing to decide.
    """
    columns = max(SMALLEST, columns)
    lines = [*_head(name, choices, marks, voice, columns)]
    if not choices:
        told = _("nothing is left to decide about {name}")
        if not complete:
            told = _("those that answered leave nothing to decide about {name}")
        lines += [Line(), *_paragraph(voice.say(told, name=name), columns)]
    names = min(max((width(_called(choice, voice)) for choice in choices), default=0), columns // 3)
    source = None
    for choice in choices:
        if choice.target.source != source:
            source = choice.target.source
            lines += [Line(), line(Span(f" {voice.source(source)}", "heading"))]
        lines += telling(_block(choice, marks.get(choice.target), names, voice, columns), choice)
    return [pad(each, columns) for each in lines]


def marked(choices: Sequence[Choice], marks: Marks, voice: Voice) -> str:
    """``2 yes, 1 no, 3 open``."""
    said = [marks.get(choice.target) for choice in choices]
    counted = (
        (_n("{n} yes", "{n} yes"), said.count("is")),
        (_n("{n} no", "{n} no"), said.count("is_not")),
        (_n("{n} open", "{n} open"), said.count(None)),
    )
    return ", ".join(voice.count(*forms, n) for forms, n in counted if n)


def _head(name: str, choices: Sequence[Choice], marks: Marks, voice: Voice, columns: int) -> Iterator[Line]:
    title = line(Span(f" {voice.say(_('TO DECIDE'))}", "title"), Span(f"   {name}"))
    right = line(Span(marked(choices, marks, voice), "dim"), Span(" "))
    if title.width + 2 + right.width <= columns:
        yield spread(title, right, columns)
    else:
        yield title
        yield from _paragraph(right.text, columns)
    if choices:
        asked = voice.say(_("Which of these are theirs? Nothing is written before you say so."))
        yield from _paragraph(asked, columns)


def _paragraph(text: str, columns: int) -> list[Line]:
    return [line(Span(f" {part}", "dim")) for part in wrap(text, columns - 2)]


def _block(choice: Choice, mark: str | None, names: int, voice: Voice, columns: int) -> Iterator[Line]:
    words = {said: voice.say(message) for said, (message, _style) in _MARKS.items()}
    column = max(map(width, words.values()))
    said = [Span(words[mark], _MARKS[mark][1]), Span(" " * (column - width(words[mark]) + _GAP))]
    left = _MARGIN + column + _GAP
    room = columns - left - 1
    first, *rows = _named(choice, names, voice, room, wide=columns >= PHONE)
    yield inset(line(*said, *first.spans), _MARGIN)
    yield from (inset(each, left) for each in (*rows, *_evidence(choice, voice, room)))


def _named(choice: Choice, names: int, voice: Voice, room: int, *, wide: bool) -> list[Line]:
    """What it is called, what sort of thing it is, and at the right edge its id; in one line if they fit."""
    *above, last = [Span(part, "fact") for part in wrap(_called(choice, voice), room)]
    about, target = Span(sort(choice.found, voice)), Span(str(choice.target), "dim")
    called = line(last, Span(" " * (max(0, names - width(last.text)) + _GAP)), about)
    if wide and not above and called.width + _GAP + width(target.text) <= room:
        return [spread(called, line(target), room)]
    title = [*map(line, above)]
    if wide and width(last.text) + _GAP + width(target.text) <= room:
        title.append(spread(line(last), line(target), room))
        below = [about]
    else:
        title.append(line(last))
        below = [about, target]
    return title + [line(Span(part, span.style)) for span in below for part in wrap(span.text, room)]


def _called(choice: Choice, voice: Voice) -> str:
    record = choice.found.record
    return with_times(one_line(record.title).strip() or voice.say(KINDS[record.kind][0]), choice, voice)


def _evidence(choice: Choice, voice: Voice, room: int) -> list[Line]:
    """What is known of the customer beside what the record tells, where there is room for both; and what
    hangs under it."""
    match = choice.found.match
    rows = both_sides(match, voice, room) if room >= _SIDES else []
    if not rows:
        told = zip((_("for it: {what}"), _("against it: {what}")), sides(match, voice, why=True), strict=True)
        said = [voice.say(message, what=", ".join(evidence)) for message, evidence in told if evidence]
        said += [group] if (group := in_its_group(match, voice)) else []
        rows = [line(Span(part)) for text in said for part in wrap(text, room)]
    hanging = under(choice, voice)
    return [*rows, *(line(Span(part, "dim")) for part in (wrap(hanging, room) if hanging else ()))]
