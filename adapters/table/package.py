"""The parts of an XLSX file: a zip whose members are XML. What a bomb would need is refused first.

Read with zipfile and expat, in pieces, since the libraries for workbooks do not hold memory down: one
lays a sheet out by its outermost cells (a file of 5 kB took 2 GB), the other needs 11 s for 50,000 rows and
does not tell a formula without a result from an empty cell.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from adapters.table.cells import written
from adapters.table.markup import bomb, broken, local, parse
from adapters.table.texts import SharedStrings, Texts
from salesprep.adapter import BadData
from salesprep.adapter.words import _

PIECE = 64 * 1024
_MOST_MEMBERS = 5_000
_MOST_AT_ONCE = 1024 * 1024
_LARGEST_MEMBER = 1024 * 1024 * 1024
_LARGEST_PART = 16 * 1024 * 1024
"""Of the parts that say what is where."""
_MOST_TIMES = 200
"""How many times its size a member may unpack to."""
_SMALL = 16 * 1024 * 1024
"""Members that unpack to less may do so from nothing."""

Alive = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, as its list of sheets names it."""

    name: str
    visible: bool
    member: str


class _Careful:
    """A file that hands out only so much at a time: a zip's directory is read in one go, and a small file
    may say that it is huge."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek = file.seek
        self.tell = file.tell
        self.seekable = file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > _MOST_AT_ONCE:
            raise bomb()
        return self._file.read(_MOST_AT_ONCE if size < 0 else size)


def open_zip(file: BinaryIO) -> zipfile.ZipFile:
    """The zip, if nothing in it is beyond what a workbook may be.

    Raises:
        BadData: cut off, protected, or a bomb.
    """
    try:
        package = zipfile.ZipFile(_Careful(file))
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError):
        raise broken() from None
    members = package.infolist()
    if len(members) > _MOST_MEMBERS:
        raise bomb()
    for info in members:
        if info.file_size > _LARGEST_MEMBER:
            raise bomb()
        if info.file_size > _SMALL and info.file_size > _MOST_TIMES * max(1, info.compress_size):
            raise bomb()
        if info.flag_bits & 1:
            raise BadData(_("protected by a password"), mend=_("save it without one"))
    return package


class Package:
    """An open workbook: its sheets, the texts they share, and which number formats mean what."""

    def __init__(self, file: BinaryIO, alive: Alive) -> None:
        """Read all but the sheets and the texts.

        Raises:
            BadData: no workbook, damaged, or a bomb.
        """
        self._zip = open_zip(file)
        self._alive = alive
        self._names = {name.lower().lstrip("/"): name for name in self._zip.namelist()}
        main = self._target_of("", "/officeDocument") or "xl/workbook.xml"
        if main.lower() not in self._names:
            what = _("no workbook: a zip of another sort")
            if "mimetype" in self._names or "content.xml" in self._names:
                what = _("an OpenDocument file, which is not read")
            raise BadData(what, mend=_("save it as XLSX or CSV"))
        self._main = main
        self.since_1904 = False
        self.sheets = self._sheets()
        self.formats = self._formats()
        self._texts: Texts | None = None

    def pieces(self, member: str) -> Iterator[bytes]:
        """A member's bytes, unpacked.

        Raises:
            BadData: damaged.
        """
        name = self._names.get(member.lower())
        if name is None:
            raise broken()
        try:
            with self._zip.open(name) as part:
                while piece := part.read(PIECE):
                    self._alive()
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise broken() from None

    @property
    def texts(self) -> Texts:
        """The texts that cells refer to by number; read when they are first needed."""
        if self._texts is None:
            self._texts = Texts()
            member = self._target_of(self._main, "/sharedStrings")
            if member is not None:
                SharedStrings(self._texts).read(self.pieces(member))
        return self._texts

    def close(self) -> None:
        """Let go of the zip; the file itself is its opener's."""
        self._zip.close()

    def _part(self, member: str) -> Iterator[bytes]:
        size = 0
        for piece in self.pieces(member):
            size += len(piece)
            if size > _LARGEST_PART:
                raise bomb()
            yield piece

    def _target_of(self, member: str, kind: str) -> str | None:
        """The part that ``member`` refers to as ``kind`` (the end of the relation's type)."""
        return next(
            (target for sort, target in self._relations(member).values() if sort.endswith(kind)), None
        )

    def _relations(self, member: str) -> dict[str, tuple[str, str]]:
        base = PurePosixPath(member)
        path = str(base.parent / "_rels" / f"{base.name}.rels") if member else "_rels/.rels"
        if path.lower() not in self._names:
            return {}
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, given: dict[str, str]) -> None:
            if local(tag) == "Relationship" and given.get("TargetMode") != "External":
                target = given.get("Target", "")
                whole = target.lstrip("/") if target.startswith("/") else str(base.parent / target)
                found[given.get("Id", "")] = (given.get("Type", ""), _plain(whole))

        parse(self._part(path), start)
        return found

    def _sheets(self) -> tuple[Sheet, ...]:
        relations = self._relations(self._main)
        found: list[Sheet] = []

        def start(tag: str, given: dict[str, str]) -> None:
            name = local(tag)
            if name == "workbookPr":
                self.since_1904 = given.get("date1904", "0").lower() in ("1", "true", "on")
            elif name == "sheet":
                id_ = next(
                    (value for key, value in given.items() if key.rpartition(":")[2] == "id" and ":" in key),
                    "",
                )
                sort, target = relations.get(id_, ("", ""))
                if sort.endswith("/worksheet"):
                    visible = given.get("state", "visible") == "visible"
                    found.append(Sheet(written(given.get("name", "")), visible, target))

        parse(self._part(self._main), start)
        return tuple(found)

    def _formats(self) -> list[str]:
        """For each cell style: ``d`` a day, ``t`` a moment, ``c`` a time of day, ``%``, or nothing."""
        member = self._target_of(self._main, "/styles")
        if member is None:
            return []
        custom: dict[str, str] = {}
        found: list[str] = []
        inside: list[str] = []

        def start(tag: str, given: dict[str, str]) -> None:
            name = local(tag)
            if name == "cellXfs":
                inside.append(name)
            elif name == "numFmt" and len(custom) < 10_000:
                custom[given.get("numFmtId", "")] = given.get("formatCode", "")
            elif name == "xf" and inside:
                number = given.get("numFmtId", "0")
                found.append(_meaning(custom[number]) if number in custom else _BUILT_IN.get(number, ""))

        def end(tag: str) -> None:
            if local(tag) == "cellXfs":
                inside.clear()

        parse(self._part(member), start, end)
        return found


_DAYS = (*range(14, 18), *range(27, 32), 34, 35, 36, *range(50, 59))
_CLOCKS = (18, 19, 20, 21, 32, 33, 45, 47)
_BUILT_IN = {
    **dict.fromkeys(map(str, _DAYS), "d"),
    **dict.fromkeys(map(str, _CLOCKS), "c"),
    "22": "t",
    "9": "%",
    "10": "%",
}
"""ECMA-376, part 1, 18.8.30."""
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)


def _meaning(code: str) -> str:
    """What a number format of the file's own makes of a number."""
    bare = _LITERAL.sub("", code.split(";")[0]).lower().replace("general", "")
    if _ELAPSED.search(bare):
        return ""  # a duration: how long, not when
    clock = "h" in bare or "s" in bare
    if "y" in bare or "d" in bare or ("m" in bare and not clock):
        return "t" if clock else "d"
    if clock:
        return "c"
    return "%" if "%" in bare else ""


def _plain(path: str) -> str:
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
