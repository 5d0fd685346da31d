"""Reading XML in pieces, with expat. Shared by all parts of a workbook."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.parsers import expat

from salesprep.adapter import BadData
from salesprep.adapter.words import _

_LONGEST_TOKEN = 4 * 1024 * 1024
"""Bytes of one tag: expat holds it until it ends."""

Start = Callable[[str, dict[str, str]], None]


def parse(
    pieces: Iterator[bytes],
    start: Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read XML in pieces, to its end.

    Raises:
        BadData: as :func:`parsing`.
    """
    for _piece in parsing(expat.ParserCreate(), pieces, start, end, text):
        pass


def parsing(
    parser: expat.XMLParserType,
    pieces: Iterator[bytes],
    start: Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    *,
    begin: int = 0,
) -> Iterator[None]:
    """Read XML in pieces, with a stop after each; up to byte ``begin`` nobody is told what is there.

    A document type is refused: it is where entities grow from.

    Raises:
        BadData: no XML, or one element larger than may be held.
    """

    def tell() -> None:
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text

    parser.StartDoctypeDeclHandler = _no_document_type
    given = 0
    try:
        if begin == 0:
            tell()
        for piece in pieces:
            rest = piece
            if given < begin:
                rest = piece[begin - given :]
                parser.Parse(piece[: begin - given], False)
                if given + len(piece) >= begin:
                    tell()
            parser.Parse(rest, False)
            given += len(piece)
            if given - max(0, parser.CurrentByteIndex) > _LONGEST_TOKEN:
                raise bomb()
            yield
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise broken() from None
    finally:
        # They hold the caller, which holds the parser.
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
    yield


def local(tag: str) -> str:
    """A name without its prefix: some programs write ``x:sheet``."""
    return tag.rpartition(":")[2]


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """A text with ``_x000D_`` and the like turned into the characters they stand for."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: _character(int(found[1], 16)), text)


def _character(code: int) -> str:
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)  # half of a character is none


def _no_document_type(*_given: object) -> None:
    raise BadData(
        _("a workbook with a document type in it, as only an attack has"), mend=_("save it anew as XLSX")
    )


def broken() -> BadData:
    """What is said of a file that is no whole workbook."""
    return BadData(_("a damaged workbook, perhaps cut off"), mend=_("export or copy it again"))


def bomb() -> BadData:
    """What is said of a file that would take too much room."""
    return BadData(
        _("unpacks to more than is read at once"), mend=_("save it as CSV, with the needed columns only")
    )
