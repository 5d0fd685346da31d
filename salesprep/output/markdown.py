"""A briefing as Markdown (CommonMark): to paste into a note, a ticket or a mail.

Whatever came from a source is text: every character that Markdown could take for a mark is escaped
here, so that no heading, link, picture or HTML comes out of it. Links are those of the records alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from salesprep.briefing.model import Briefing
from salesprep.settings import Us
from salesprep.view.lines import Span
from salesprep.view.sheet import Block, Entry, Part, Sheet, sheet
from salesprep.view.words import _n, count

_MARK = re.compile(
    r"""
      [\\`*_\[\]<>|~$@]                    # code, emphasis, links, HTML, tables, formulas, mail addresses
    | &(?=[\w#])                           # a character by its name or number
    | :(?=//) | (?<=\bwww)\. | \b(?<=mailto):  # addresses that some readers turn into links
    | ^\s*(?:[-+=\#]|\d{1,9}[.)])           # lists, headings and rules, where a line begins
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NOT_IN_URL = re.compile(r"[\s<>\\]")


def briefing(briefing: Briefing, us: Us, *, why: bool = False) -> str:
    """The briefing as one Markdown document, ended by a line break.

    ``why`` tells of each record how it was matched and how old it is, and leaves none out.
    """
    return document(sheet(briefing, us, why=why), us, why=why)


def document(given: Sheet, us: Us, *, why: bool = False) -> str:
    """A sheet as Markdown."""
    return "\n".join(_lines(given, us, why)) + "\n"


def _lines(given: Sheet, us: Us, why: bool) -> Iterator[str]:
    yield f"# {text(given.customer)}"
    yield ""
    for label, said in given.head:
        yield f"- **{text(label)}:** {text(said)}" if label else f"- {text(said)}"
    if given.scan:
        yield ""
        for told in given.scan:
            sources = f" ({text(told.sources)})" if told.sources else ""
            yield (
                f"- **{text(told.word)}** {text(told.fact)}{sources}" if told.word else f"- {text(told.fact)}"
            )
    for block in given.blocks:
        yield ""
        yield from _block(block, us, why)
    yield ""
    yield text(given.made)


def _block(given: Block, us: Us, why: bool) -> Iterator[str]:
    about = " · ".join(filter(None, (given.state, given.age)))
    yield f"## {text(given.title)}"
    if about:
        yield ""
        yield text(about)
    for part in given.parts:
        yield ""
        yield from _part(part, us, why)
    for remark in given.remarks:
        yield ""
        yield _remark(remark)


def _part(given: Part, us: Us, why: bool) -> Iterator[str]:
    tally = f" ({text(given.tally)})" if given.tally else ""
    if given.heading:
        yield f"### {text(given.heading)}{tally}"
        yield ""
    for entry in given.entries:
        yield from _entry(entry, why or given.undecided)
    if given.rest:
        yield f"- {text(count(us, *_n('{n} more', '{n} more'), len(given.rest)))}"
    for remark in given.remarks:
        yield ""
        yield _remark(remark)


def _entry(given: Entry, why: bool) -> Iterator[str]:
    first, *others = [text(cell.text.strip()) for cell in given.cells] or [""]
    named = f"[{first}](<{_address(given.url)}>)" if given.url and first else first
    yield f"- {' · '.join([named, *others])}"
    for note in given.notes:
        yield f"  - {_remark(note)}"
    if why and given.why:
        yield f"  - {text(given.why)}"


def _remark(given: Span) -> str:
    said = text(given.text.strip())
    return f"**{said}**" if given.style == "alarm" and said else said


def text(plain: str) -> str:
    """``plain`` so that Markdown reads it as nothing but text; one line."""
    return _MARK.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", plain.strip())


def _address(url: str) -> str:
    """An address as it may stand between ``<`` and ``>``."""
    return _NOT_IN_URL.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)
