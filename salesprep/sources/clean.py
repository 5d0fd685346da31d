"""Text from a source is text: what could steer a terminal or turn the reading direction is taken out.

Each string is cleaned once, on its source's thread; each output later escapes its own syntax only.
"""

from __future__ import annotations

import re

from salesprep.adapter.words import Message

REPLACEMENT = "�"

# C0, DEL, C1; line and paragraph separator (next to them U+202A-E); U+2066-9; lone surrogates.
# ZWNJ, ZWJ, LRM and RLM (U+200C-F) stay: names and words are written with them.
_STEERING = "\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_IN_LINE = re.compile(f"[\x00-\x1f{_STEERING}]")
_IN_BODY = re.compile(f"[\x00-\x09\x0b-\x1f{_STEERING}]")


def clean_line(text: str) -> str:
    """``text`` on one line: breaks and tabs become a space, other controls U+FFFD."""
    # 40 ns for most strings: nothing that is taken out is printable.
    if text.isprintable():
        return text
    if _IN_LINE.search(text) is None:
        return text
    return _IN_LINE.sub(_in_line, text.replace("\r\n", "\n"))


def clean_body(text: str) -> str:
    """``text`` with its line breaks (as ``\\n``); tabs become a space, other controls U+FFFD."""
    if text.isprintable():
        return text
    if _IN_BODY.search(text) is None:
        return text
    return _IN_BODY.sub(_in_body, text.replace("\r\n", "\n"))


def clean_sentence(text: str, longest: int | None = None) -> str:
    """As :func:`clean_line`, cut after ``longest`` letters; a marked sentence that is not too long stays
    one that can be said in other languages."""
    if type(text) is Message:
        clean = text.changed(clean_line)
        if clean.isprintable() and (longest is None or len(clean) <= longest):
            return clean
    return clean_line(str.__str__(text))[:longest]


def _in_line(found: re.Match[str]) -> str:
    return " " if found[0] in "\n\t\u2028\u2029" else REPLACEMENT


def _in_body(found: re.Match[str]) -> str:
    if found[0] == "\t":
        return " "
    return "\n" if found[0] in "\u2028\u2029" else REPLACEMENT
