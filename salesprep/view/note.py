"""The user's own note at the end of a briefing."""

from __future__ import annotations

import re

from salesprep.adapter.names import fold_organisation
from salesprep.briefing.model import Note
from salesprep.view.lines import Line, Span, inset, line, spread, width, wrap
from salesprep.view.voice import Voice
from salesprep.view.words import _

_MARK = re.compile(r"\s*(?:[-*+]|\d{1,2}[.)]|#{1,6})\s+")
"""How a point or a heading begins in Markdown; here they stand in one line with dots between."""
_MOST = 6
"""Lines of a note that a briefing has room for; the rest is in the file."""


def note_lines(note: Note, voice: Voice, room: int, column: int) -> list[Line]:
    """The word, the note's lines with dots between, and that nobody else sees it.

    ``column``: where the text begins; 0 lets it follow the word.
    """
    word = voice.say(_("MY NOTE"))
    start = max(column, width(word) + 1)
    beneath = column or 2
    own = line(Span(_whose(note, voice), "source"))
    words = " · ".join(_MARK.sub("", part, count=1).strip() for part in note.text.split("\n") if part.strip())
    rows = wrap(words, room - start)
    if column and len(rows) == 1 and start + width(rows[0]) + 2 + own.width <= room:
        return [spread(line(Span(word.ljust(start), "word"), Span(rows[0])), own, room)]
    first, *rest = rows
    rest = wrap(" ".join(rest), room - beneath) if rest else []
    lines = [line(Span(word.ljust(start), "word"), Span(first))]
    lines += [inset(line(Span(part)), beneath) for part in rest[: _MOST - 1]]
    how = voice.how("note", "salesprep note --show")
    if len(rest) >= _MOST or note.cut:
        lines.append(inset(line(Span(voice.say(_("more: {command}"), command=how), "dim")), beneath))
    if lines[-1].width + 2 + own.width <= room:
        return [*lines[:-1], spread(lines[-1], own, room)]
    return [*lines, spread(Line(), own, room)]


def _whose(note: Note, voice: Voice) -> str:
    """Whose words these are; for whom, if the file names somebody else than the customer on the screen."""
    own = voice.say(_("your own file, only here"))
    if note.customer and fold_organisation(note.customer) != fold_organisation(voice.customer):
        return voice.say(_("written for {name} · {own}"), name=note.customer, own=own)
    return own
