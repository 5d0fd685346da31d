"""Markdown as a person reads it: the few lines that are shown around a hit, without their marks.

Only what is shown is stripped, a few thousand characters at a time: parsing whole pages would cost seconds.
What surrounds a hit (:data:`OPEN`, :data:`CLOSE`) is let through.
"""

from __future__ import annotations

import html
import re

OPEN, CLOSE = "\x02", "\x03"
"""Stand around the words that were found; no page holds them, as controls are taken out on the way in."""

_BEFORE = 1_000
_AFTER = 1_500
"""Characters around a hit that are looked at: whole lines, so that marks are seen with their other half."""
_LEAD = 30
_LENGTH = 240
"""Characters of a snippet before the hit, and in all."""
_MOST_HITS = 20

_SUBSTITUTIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<!--.{0,2000}?-->", re.S), " "),
    (re.compile(r"^ {0,3}(?:```|~~~)[^\n]*$", re.M), ""),  # fences; the code stays
    (re.compile(r"^ {0,3}(?:[-*_][ \t]*){3,}$", re.M), ""),  # lines across
    (re.compile(r"^ {0,3}(?:=+|-{2,})[ \t]*$", re.M), ""),  # underlines of headings
    (re.compile(r"^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t:-]*$", re.M), ""),  # between head and table
    (re.compile(r"^(?:[ \t]{0,3}>[ \t]?)+", re.M), ""),
    (re.compile(r"^ {0,3}#{1,6}[ \t]+", re.M), ""),
    (re.compile(r"[ \t]+#+[ \t]*$", re.M), ""),
    (re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?", re.M), ""),
    (re.compile(r"^[ \t]*\|[ \t]*|[ \t]*\|[ \t]*$", re.M), ""),
    (re.compile(r"!?\[\[[^\[\]\n|]{0,300}\|([^\[\]\n]{1,300})\]\]"), r"\1"),
    (re.compile(r"!?\[\[([^\[\]\n]{1,300})\]\]"), r"\1"),
    (re.compile(r"\[\^[^\]\n]{1,60}\]:?"), ""),
    (re.compile(r"<((?:https?://|mailto:)?[^\s<>]{1,500}[@:.][^\s<>]{1,300})>"), r"\1"),
)
_LINK = re.compile(
    r"!?\[([^\[\]\n]{0,500})\](?:\(([^()\n]{0,500}(?:\([^()\n]{0,200}\))?[^()\n]{0,200})\)|\[[^\]\n]{0,200}\])"
)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*(\S[^\n]*)$", re.M)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_BREAK = re.compile(r"<br[ \t]*/?>", re.I)
_EMPHASIS = re.compile(
    rf"\*{{1,3}}(?=[^\s*])|(?<=[^\s*])\*{{1,3}}|~~|==(?=\S)|(?<=\S)==|`+"
    rf"|(?<![\w{CLOSE}])_{{1,3}}(?=[\w{OPEN}])|(?<=[\w.,;!?){CLOSE}])_{{1,3}}(?![\w{OPEN}])"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_CELLS = re.compile(r"[ \t]+\|[ \t]+")
_SPACES = re.compile(r"[ \t\u00a0]+")
_HIT = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")


def plain(text: str) -> str:
    """``text`` without the marks of Markdown and HTML, empty lines left out."""
    for pattern, put in _SUBSTITUTIONS:
        text = pattern.sub(put, text)
    text = _LINK.sub(_linked, text)
    text = _DEFINITION.sub(lambda found: found[1] if OPEN in found[1] else "", text)
    text = _TAG.sub(lambda found: "" if OPEN not in found[0] else found[0], _BREAK.sub(" ", text))
    text = html.unescape(_ESCAPED.sub(r"\1", _EMPHASIS.sub("", text)))
    text = _CELLS.sub(" · ", text)
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _linked(found: re.Match[str]) -> str:
    """A link is its words; its address too if that is what was found."""
    words, address = found[1], found[2]
    if address and OPEN in address:
        return f"{words} ({address})" if words else address
    return words


def snippet(marked: str) -> tuple[str | None, str | None]:
    """The lines around the best hit of a page whose hits are marked, and that hit; each may be missing."""
    hits = [found for _, found in zip(range(_MOST_HITS), _HIT.finditer(marked), strict=False)]
    if not hits:
        return _cut(plain(marked[: _BEFORE + _AFTER])), None
    best = max(hits, key=lambda found: len(found[1]))  # the full name rather than a part of it
    # Of all marks this one's are kept, so that it is found again when the text around it has shrunk.
    before, after = _bare(marked[: best.start()][-_BEFORE:]), _bare(marked[best.end() :][:_AFTER])
    if best.start() > _BEFORE and "\n" in before:
        before = before.partition("\n")[2]
    text = plain(f"{before}{best[0]}{after}")
    return _cut(text), " ".join(best[1].split())


def _bare(text: str) -> str:
    return text.replace(OPEN, "").replace(CLOSE, "")


def _cut(text: str) -> str | None:
    """At most :data:`_LENGTH` characters, the hit near their beginning, no word cut in two."""
    at = max(text.find(OPEN), 0)
    text = _bare(text)
    start = 0
    if at > _LEAD:
        edges = [m.end() for m in re.finditer(r"\s", text[at - _LEAD : at])]
        start = at - _LEAD + edges[0] if edges else at
    end = len(text)
    if end - start > _LENGTH:
        space = max(text.rfind(" ", start, start + _LENGTH), text.rfind("\n", start, start + _LENGTH))
        end = space if space > start else start + _LENGTH
    shown = text[start:end].strip(" \n·")
    if not shown:
        return None
    return f"{'… ' if start else ''}{shown}{' …' if end < len(text) else ''}"
