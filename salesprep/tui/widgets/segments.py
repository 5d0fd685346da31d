"""A line's segments with the mark of the cursor, or with what the mouse has marked. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment

if TYPE_CHECKING:
    from rich.style import Style

MARK = "›"
_GAP = 2
"""Columns from the mark to the text."""


def marked(segments: Sequence[Segment]) -> list[Segment]:
    """With a ``›`` two columns before the text; as they are where there is no room for it."""
    text = "".join(segment.text for segment in segments)
    at = len(text) - len(text.lstrip(" ")) - _GAP
    return list(_marked(segments, at)) if at >= 0 else list(segments)


def _marked(segments: Sequence[Segment], at: int) -> Iterator[Segment]:
    for text, look, control in segments:
        if 0 <= at < len(text):
            yield Segment(f"{text[:at]}{MARK}{text[at + 1 :]}", look, control)
        else:
            yield Segment(text, look, control)
        at -= len(text)


def selected(segments: Sequence[Segment], start: int, end: int, chosen: Style) -> list[Segment]:
    """With the letters from ``start`` to ``end`` (``-1``: all that follow) in ``chosen``."""
    painted: list[Segment] = []
    at = 0
    for text, look, _control in segments:
        size = len(text)
        low = max(0, min(size, start - at))
        high = size if end == -1 else max(low, min(size, end - at))
        parts = ((text[:low], False), (text[low:high], True), (text[high:], False))
        painted += [
            Segment(part, look + chosen if look and inside else chosen if inside else look)
            for part, inside in parts
            if part
        ]
        at += size
    return painted
