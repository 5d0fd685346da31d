"""Lines of styled text of an exact width: measuring, cutting, padding, wrapping, side by side.

Widths are terminal columns, counted per grapheme, so that a wide or combined character is never
halved. Nothing here knows what the text is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

Style = Literal["plain", "title", "word", "fact", "heading", "source", "dim", "alarm", "rule"]
"""What a piece of text is; how that looks is up to the output."""

ELLIPSIS = "…"

# Latin, Greek and Cyrillic letters and the signs of the drawings: one column each. They spare nearly
# every briefing the width tables, whose import costs more than drawing it. No soft hyphen, no marks.
_ONE_COLUMN = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff\u0384-\u0482\u048a-\u052f\u2010-\u2027€─›]*")
_BREAKS = re.compile(r"\s+")
_HELD = re.compile(
    r"(?<!\S)(?:(\d{1,3}) (?=\S{1,4}(?!\S))|(\w\.) (?=\w))"
    r"|(?<=\w) (?=\d{1,2}(?:[,;:](?!\S)|(?!\S)(?! \S{1,4}(?!\S))))"
)
_HOLD = "\u00a0"
_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
_NEAR = 8
"""Columns; so much of a line is given up for a whole word."""


def one_line(text: str) -> str:
    """``text`` as it may stand in a line: white space is single spaces, controls are U+FFFD.

    The host cleaned what came from sources; line breaks of bodies and whatever else came in by another
    way (a name typed, an adapter's own words) ends here.
    """
    if text.isprintable():
        return text
    return _NOT_TEXT.sub(_REPLACEMENT, _BREAKS.sub(" ", text))


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line. Its text never holds a control character or a line break."""

    text: str
    style: Style = "plain"

    def __post_init__(self) -> None:
        if not self.text.isprintable():
            object.__setattr__(self, "text", one_line(self.text))


@dataclass(frozen=True, slots=True)
class Line:
    """Spans from left to right."""

    spans: tuple[Span, ...] = ()
    about: object = field(default=None, compare=False, repr=False)
    """What the line tells of, for whoever picks it: a found record, a visit, a signal. The first line
    about something is where a cursor stops; those after it about the same belong to it."""

    @property
    def text(self) -> str:
        """All of it, without styles."""
        return "".join([span.text for span in self.spans])

    @property
    def width(self) -> int:
        """In columns."""
        return width(self.text)


def width(text: str) -> int:
    """How many columns ``text`` takes."""
    if text.isascii() or _ONE_COLUMN.fullmatch(text):
        return len(text)
    return _wide(text)


@lru_cache(maxsize=8192)
def _wide(text: str) -> int:
    # Grapheme by grapheme: taken as a whole, a joiner would swallow whatever follows it.
    return sum(map(_of_grapheme, _graphemes(text)))


@lru_cache(maxsize=4096)
def _of_grapheme(grapheme: str) -> int:
    import wcwidth

    return max(0, wcwidth.width(grapheme, control_codes="ignore"))


def _graphemes(text: str) -> Iterable[str]:
    import wcwidth

    return wcwidth.iter_graphemes(text)


def head(text: str, columns: int) -> str:
    """As many whole graphemes from the start as fit into ``columns``."""
    if text.isascii() or _ONE_COLUMN.fullmatch(text):
        return text[: max(0, columns)]
    kept: list[str] = []
    used = 0
    for grapheme in _graphemes(text):
        used += _of_grapheme(grapheme)
        if used > columns:
            break
        kept.append(grapheme)
    return "".join(kept)


def cut(text: str, columns: int) -> str:
    """``text`` if it fits, else its start and ``…``."""
    if width(text) <= columns:
        return text
    if columns < 1:
        return ""
    kept = head(text, columns - 1)
    space = kept.rfind(" ")
    # A word is not broken where the space before it is near.
    if not text.startswith(" ", len(kept)) and space > 0 and len(kept) - space <= min(_NEAR, len(kept) // 2):
        kept = kept[:space]
    return kept.rstrip(" ,;·") + ELLIPSIS


def line(*spans: Span) -> Line:
    """A line of these spans, not padded."""
    return Line(spans)


def pad(given: Line, columns: int) -> Line:
    """``given`` at exactly ``columns``: cut with ``…`` or filled with spaces."""
    missing = columns - given.width
    if missing == 0:
        return given
    if missing > 0:
        return Line((*given.spans, Span(" " * missing)), given.about)
    room = max(0, width(cut(given.text, columns)) - 1)
    spans: list[Span] = []
    used = 0
    for span in given.spans:
        size = width(span.text)
        if used + size < room:
            spans.append(span)
            used += size
            continue
        spans.append(Span(head(span.text, room - used) + ELLIPSIS, span.style))
        break
    short = columns - Line(tuple(spans)).width
    if short < 0:  # graphemes that join across spans; styles are worth less than the width
        return pad(Line((Span(cut(given.text, columns)),), given.about), columns)
    return Line((*spans, Span(" " * short)) if short else tuple(spans), given.about)


def spread(left: Line, right: Line, columns: int, gap: int = 2) -> Line:
    """``left`` at the left edge, ``right`` at the right one; what does not fit is cut from the left.

    A ``right`` of more than two thirds of the line is cut itself, so that neither vanishes.
    """
    if not right.spans or not right.text:
        return pad(left, columns)
    most = max(1, columns - gap if not left.text else columns * 2 // 3)
    if right.width > most:
        right = pad(right, most)
    fitted = pad(left, max(0, columns - right.width - gap))
    return Line((*fitted.spans, *_gap(columns, right, gap), *right.spans), left.about)


def _gap(columns: int, right: Line, gap: int) -> tuple[Span, ...]:
    room = min(gap, columns - right.width)
    return (Span(" " * room),) if room > 0 else ()


def inset(given: Line, left: int) -> Line:
    """``given`` moved ``left`` columns to the right."""
    return Line((Span(" " * left), *given.spans), given.about) if left > 0 else given


def telling(lines: Iterable[Line], about: object) -> list[Line]:
    """``lines``, all of them about one thing."""
    return [Line(each.spans, about) for each in lines]


def wrap(text: str, columns: int, most: int | None = None) -> list[str]:
    """``text`` in lines of at most ``columns``, broken between words, the last one cut after ``most``.

    A word longer than a line is broken between graphemes. What is read as one stays together: a number
    and what it counts (``4 d``, ``16 Nov``, ``lijn 4``), an initial and its name. Never empty.
    """
    columns = max(1, columns)
    if most is not None:
        text = text[: columns * most * 8]  # far beyond what can show: a long body costs no more
    rows: list[str] = []
    row = ""
    for word in _words(text, columns):
        rest = word
        while rest:
            longer = f"{row} {rest}" if row else rest
            if width(longer) <= columns:
                row, rest = longer, ""
            elif row:
                rows.append(row)
                row = ""
            else:
                first = _beginning(rest, columns)
                rows.append(first or ELLIPSIS)
                rest = rest[len(first) :] if first else ""
    if row or not rows:
        rows.append(row)
    if most is not None and len(rows) > most:
        rows[most - 1 :] = [cut(f"{rows[most - 1]} {rows[most]}", columns)]
    return rows


def wrap_parts(text: str, columns: int, most: int | None = None) -> list[str]:
    """:func:`wrap` for what stands with dots between, ``CRM · just now``: at the end of a line a dot is left
    out, since the line's end says as much."""
    rows = [row.removesuffix(" ·").removeprefix("· ") for row in wrap(text, columns, most)]
    return [row for row in rows if row != "·"] or rows


def _beginning(word: str, columns: int) -> str:
    """What of a word that is too long stands in the first line: an address is broken after a mark."""
    first = head(word, columns)
    at = max(first.rfind(mark) for mark in "@./-_") + 1
    return first[:at] if at > len(first) // 2 else first


def _words(text: str, columns: int) -> Iterable[str]:
    for held in _HELD.sub(_hold, " ".join(text.split())).split(" "):
        apart = held.replace(_HOLD, " ")
        yield from (apart,) if width(apart) <= columns else apart.split(" ")


def _hold(found: re.Match[str]) -> str:
    return f"{found[1] or found[2] or ''}{_HOLD}"


def beside(blocks: Sequence[Sequence[Line]], widths: Sequence[int], gap: int) -> list[Line]:
    """Blocks next to each other, ``gap`` columns apart, each padded to its width and the highest."""
    height = max((len(block) for block in blocks), default=0)
    rows: list[Line] = []
    for index in range(height):
        spans: list[Span] = []
        for place, (block, columns) in enumerate(zip(blocks, widths, strict=True)):
            if place:
                spans.append(Span(" " * gap))
            spans.extend(pad(block[index] if index < len(block) else Line(), columns).spans)
        rows.append(Line(tuple(spans)))
    return rows
