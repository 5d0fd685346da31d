"""Of lines those that a reader looks for: a filter over what is shown. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from salesprep.adapter.names import fold
from salesprep.view.lines import Line


def holding(lines: Sequence[Line], words: str) -> list[Line]:
    """The lines about something whose text holds all ``words``, wherever; of the others the first, and
    those titles beneath which something is left.

    Words compare folded, and a part of one is enough.
    """
    wanted = fold(words).split()
    if not wanted:
        return list(lines)
    kept: list[Line] = []
    titles: list[Line] = []
    at = 0
    while at < len(lines):
        about = lines[at].about
        if about is None:
            if at == 0:
                kept.append(lines[at])
            elif lines[at].text.strip():
                titles.append(lines[at])
            else:
                titles.clear()
            at += 1
            continue
        end = at
        while end < len(lines) and lines[end].about is about:
            end += 1
        block = lines[at:end]
        text = fold(" ".join(line.text for line in block))
        if all(word in text for word in wanted):
            kept += [Line(), *titles[-1:]] if titles else []
            kept += block
        titles.clear()
        at = end
    return kept
