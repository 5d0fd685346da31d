"""Opening a file by what is in it, whatever it is called: CSV in any form, or a sheet of a workbook."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from adapters.table.delimited import HEAD, Delimited, form_of
from adapters.table.package import Package, Sheet
from adapters.table.sheet import SheetRows
from salesprep.adapter import BadData, ConfigInvalid, SourceError, Unavailable
from salesprep.adapter.words import _

LARGEST_TEXT = 1024 * 1024 * 1024
LARGEST_WORKBOOK = 256 * 1024 * 1024
"""Bytes of a file."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = (b"<!doctype html", b"<html", b"<table", b"<?xml")


class Rows(Protocol):
    """What both sorts of files have in common."""

    only: frozenset[int] | None
    """Places (from 0) of the columns that are wanted; others may come empty."""

    position: int
    """Where the row told last ends."""

    def rows(self, begin: int = 0) -> Iterator[tuple[int, list[str]]]:
        """Number (from 1) and cells of each row; see :mod:`adapters.table.cells`."""
        ...


class OpenFile:
    """An open file and its tables."""

    def __init__(self, path: Path, file: BinaryIO, alive: Callable[[], None]) -> None:
        self.path = path
        self._file = file
        self._alive = alive
        self.head = file.read(HEAD)
        _check_sort(self.head)
        size = os.fstat(file.fileno()).st_size
        self.is_workbook = self.head.startswith(_ZIP)
        if size > (LARGEST_WORKBOOK if self.is_workbook else LARGEST_TEXT):
            raise BadData(_("larger than is read"), mend=_("export fewer columns or rows"))
        self._package = Package(file, alive) if self.is_workbook else None

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of a workbook; none of a text file."""
        return self._package.sheets if self._package is not None else ()

    @property
    def state(self) -> str:
        """What tells this state of the file from another one."""
        return state_of(os.fstat(self._file.fileno()))

    @property
    def changed_at(self) -> float:
        """When it was last changed, in seconds since 1970."""
        return os.fstat(self._file.fileno()).st_mtime

    def text_rows(
        self, *, delimiter: str | None, encoding: str | None, refuse: Callable[[int, str], None]
    ) -> Rows:
        """The rows of a text file, from its beginning."""
        form = form_of(self.head, delimiter=delimiter, encoding=encoding)
        return Delimited(self._file, form, refuse, self._alive)

    def sheet_rows(self, sheet: Sheet, *, merged: bool = True) -> Rows:
        """The rows of a sheet, from its beginning. ``merged``: a value of cells that were merged
        downwards holds for each of their rows, for which the sheet is looked through once more."""
        if self._package is None:
            raise TypeError(_("a text file has no sheets"))
        return SheetRows(self._package, sheet, merged=merged)

    def close(self) -> None:
        """Let go of the workbook."""
        if self._package is not None:
            self._package.close()


@contextmanager
def opened(path: Path, alive: Callable[[], None]) -> Iterator[OpenFile]:
    """The file, open for reading; ``alive`` is called now and then and may raise what ends it.

    Raises:
        ConfigInvalid: it is not there, or may not be read.
        BadData: it is no table, or one that cannot be read; the file's name stands in front.
        Unavailable: its disk does not answer.
    """
    try:
        # Before it is opened: a pipe would be waited for.
        if not stat.S_ISREG(path.stat().st_mode):
            raise ConfigInvalid(_("{path} is no file", path=path), mend=_("correct the path"))
        with path.open("rb") as file:
            try:
                one = OpenFile(path, file, alive)
            except BadData as error:
                raise _named(path, error) from None
            try:
                yield one
            except BadData as error:
                raise _named(path, error) from None
            finally:
                one.close()
    except OSError as error:
        raise unreadable(path, error) from None


def state(path: Path) -> str:
    """The state of the file at ``path``, without opening it.

    Raises:
        ConfigInvalid: it is not there, or may not be read. Unavailable: its disk does not answer.
    """
    try:
        return state_of(path.stat())
    except OSError as error:
        raise unreadable(path, error) from None


def state_of(status: os.stat_result) -> str:
    """Size, time of change and number in the file system."""
    return f"{status.st_size}.{status.st_mtime_ns}.{status.st_ino}"


def unreadable(path: Path, error: OSError) -> SourceError:
    """The system's error in words."""
    if isinstance(error, FileNotFoundError):
        return ConfigInvalid(
            _("{path} is not there", path=path), mend=_("put the file back, or correct the path")
        )
    if isinstance(error, IsADirectoryError):
        return ConfigInvalid(_("{path} is no file", path=path), mend=_("correct the path"))
    if isinstance(error, PermissionError):
        return ConfigInvalid(
            _("{path} may not be read", path=path), mend=_("give yourself the right to read it")
        )
    return Unavailable(
        _("{path} cannot be read ({error})", path=path, error=type(error).__name__),
        mend=_("see whether its disk is there"),
    )


def _check_sort(head: bytes) -> None:
    if head.startswith(_OLE):
        raise BadData(
            _("an old Excel file, or one with a password"), mend=_("save it as XLSX, without a password")
        )
    start = head[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_MARKUP):
        raise BadData(_("a web page or XML under another name"), mend=_("save it as XLSX or CSV"))
    if start.startswith((b"%pdf", b"{\\rtf")):
        raise BadData(_("a document, no table"), mend=_("export it as XLSX or CSV"))


def _named(path: Path, error: BadData) -> BadData:
    return BadData(
        _("{name} cannot be read: {what}", name=path.name, what=error.what),
        mend=error.mend,
        field=error.field,
    )
