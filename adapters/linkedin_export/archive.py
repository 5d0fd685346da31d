"""One export opened: the files in it, from a zip, a folder or a single CSV file, read with care.

An export comes by mail or download and may be anything: what is read is capped while it is read,
whatever it says of its own size, and nothing is ever written out of it.
"""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import IO

from adapters.linkedin_export import dates
from adapters.linkedin_export.columns import CONNECTIONS
from adapters.linkedin_export.sheets import is_of
from salesprep.adapter import BadData, SourceError
from salesprep.adapter.words import _

LARGEST: Mapping[str, int] = MappingProxyType({"messages": 64 * 1024 * 1024})
"""Bytes of one file in an export, unpacked."""
LARGEST_OTHER = 32 * 1024 * 1024
"""30,000 connections, which is all that LinkedIn lets one have, are 5 MB."""

NAMES = ("connections", "messages", "invitations", "profile", "emailaddresses", "positions")
"""The files that are read, as they are called without ending, blanks and underscores."""

_RATIO = 200
"""So many times its packed size may a file become; text as LinkedIn's becomes ten times as large."""
_SMALL = 1024 * 1024
"""Below that the ratio says nothing."""
_LONGEST_READ = 1024 * 1024
"""Bytes that the zip library may ask for at once: it reads the whole table of contents in one go."""
_MOST_FILES = 5_000
_LOOKED_INTO = 50
"""Files whose beginning is read if none is called Connections."""
_HEAD = 64 * 1024
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_COPY = re.compile(r"\(\d+\)|\bcopy\b")

AGAIN = _("download it again from LinkedIn")


class NoExport(Exception):
    """Whatever it is, it is no data export of LinkedIn's."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an export."""

    shown: str
    open: Callable[[], io.RawIOBase]


@dataclass(frozen=True, slots=True)
class Opened:
    """An export whose files can be read until it is closed."""

    parts: Mapping[str, Part]
    """By :data:`NAMES`; those that are there."""
    days: tuple[date, ...] = ()
    """When its files were made, as the archive or the folder says."""
    folder: str = ""
    """The name of the folder within the zip in which the files lie, or ``""``."""


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """The export at ``path``: a zip, a folder or a CSV file.

    Raises:
        NoExport: it has no file that belongs to one.
        BadData: it is a zip and damaged, encrypted or unreasonable; also while a part is read.
        OSError: it is not there, or may not be read.
    """
    if path.is_dir():
        yield _folder(path)
        return
    with path.open("rb", buffering=0) as raw:
        start = raw.read(4)
    if not start.startswith(b"PK"):
        if path.suffix.lower() == ".zip":
            raise BadData(_("{name} is no zip file, or damaged", name=path.name), mend=AGAIN)
        yield _file(path)
        return
    with _CarefulFile(io.FileIO(path)) as file:
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
            if isinstance(error, _TooMuch):
                raise _unreasonable(path.name) from None
            raise _damaged(path.name) from None
        with archive:
            yield _zip(path, archive)


def key(name: str) -> str:
    """``"Email Addresses (1).csv"`` → ``"emailaddresses"``; ``""`` for what is no CSV file."""
    base = PurePosixPath(name.replace("\\", "/")).name.lower()
    if not base.endswith(".csv") or base.startswith("."):
        return ""
    return re.sub(r"[\s_-]+", "", _COPY.sub("", base.removesuffix(".csv")))


# -- zips ---------------------------------------------------------------------------------------


class _TooMuch(zipfile.BadZipFile):
    """More was asked for at once than an honest file has."""


class _CarefulFile(io.BufferedReader):
    """Refuses to read a table of contents that would take hundreds of megabytes as objects."""

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = size if size is not None and size >= 0 else _LONGEST_READ + 1
        if wanted > _LONGEST_READ + 1:
            raise _TooMuch
        data = super().read(wanted)
        if len(data) > _LONGEST_READ:
            raise _TooMuch
        return data


def _zip(path: Path, archive: zipfile.ZipFile) -> Opened:
    entries = [entry for entry in archive.infolist() if _is_plain(entry)]
    if len(archive.infolist()) > _MOST_FILES:
        raise _unreasonable(path.name)
    found: dict[str, zipfile.ZipInfo] = {}
    # The file that lies highest counts; of two in one place the last, which would replace the first.
    for entry in sorted(entries, key=lambda entry: -entry.filename.count("/")):
        found[key(entry.filename)] = entry
    if "connections" not in found:
        other = _shaped(path, archive, [entry for name, entry in found.items() if name not in ("", *NAMES)])
        if other is not None:
            found["connections"] = other
    parts = {name: _zip_part(path, archive, found[name]) for name in NAMES if name in found}
    if not parts:
        raise NoExport
    top = PurePosixPath(next(found[name] for name in NAMES if name in found).filename).parent.name
    days = tuple(day for entry in entries if (day := _entry_day(entry)) is not None)
    return Opened(MappingProxyType(parts), days, top)


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    """A file beneath the archive's own root; no folder, no link."""
    name = entry.filename.replace("\\", "/")
    mode = entry.external_attr >> 16
    if entry.is_dir() or (mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG)):
        return False
    return not (name.startswith(("/", "__MACOSX/")) or ":" in name or ".." in name.split("/"))


def _shaped(path: Path, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> zipfile.ZipInfo | None:
    for entry in entries[:_LOOKED_INTO]:
        try:
            with _zip_part(path, archive, entry).open() as stream:
                head = stream.read(_HEAD)
        except SourceError:
            continue  # it is not known to be the one that is looked for
        if is_of(head or b"", CONNECTIONS):
            return entry
    return None


def _zip_part(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Part:
    shown = _in(PurePosixPath(entry.filename).name, path)

    def open_() -> io.RawIOBase:
        if entry.flag_bits & 1:
            raise BadData(
                _("{name} is locked with a password", name=shown),
                mend=_("unpack it, and give the folder instead"),
            )
        if entry.compress_type not in _READABLE:
            raise BadData(_("{name} is packed in a way that LinkedIn does not use", name=shown), mend=AGAIN)
        try:
            stream = archive.open(entry)
        except (*_DAMAGE, OSError) as error:
            raise _told(error, shown) from None
        most = max(_SMALL, entry.compress_size * _RATIO)
        return _Capped(stream, shown, min(_largest(entry.filename), most))

    return Part(shown, open_)


def _entry_day(entry: zipfile.ZipInfo) -> date | None:
    try:
        return date(*entry.date_time[:3])
    except ValueError:
        return None


# -- folders and files --------------------------------------------------------------------------


def _folder(path: Path) -> Opened:
    found: dict[str, Path] = {}
    others: list[Path] = []
    for one in csv_files(path):
        if key(one.name) in NAMES:
            found[key(one.name)] = one
        else:
            others.append(one)
    if "connections" not in found:
        for one in others[:_LOOKED_INTO]:
            if _is_connections(one):
                found["connections"] = one
                break
    if not found:
        raise NoExport
    parts = {name: _file_part(one, _in(one.name, path)) for name, one in found.items()}
    return Opened(MappingProxyType(parts), _file_days(*found.values()), path.name)


def csv_files(folder: Path) -> list[Path]:
    """The CSV files that lie in a folder itself, in the order of their names; links are left out."""
    with os.scandir(folder) as entries:
        names = [one.name for one in entries if key(one.name) and one.is_file(follow_symlinks=False)]
    return [folder / name for name in sorted(names)[:_MOST_FILES]]


def _file(path: Path) -> Opened:
    """A CSV file on its own is taken for the connections, if that is what it holds."""
    if not _is_connections(path):
        raise NoExport
    part = _file_part(path, path.name)
    return Opened(MappingProxyType({"connections": part}), _file_days(path), path.parent.name)


def _is_connections(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return is_of(file.read(_HEAD), CONNECTIONS)
    except OSError:
        return False


def _file_part(path: Path, shown: str) -> Part:
    def open_() -> io.RawIOBase:
        return _Capped(path.open("rb", buffering=0), shown, _largest(path.name))

    return Part(shown, open_)


def _file_days(*paths: Path) -> tuple[date, ...]:
    days = (dates.of_timestamp(path.stat().st_mtime) for path in paths)
    return tuple(day for day in days if day is not None)


# -- reading ------------------------------------------------------------------------------------

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError)
"""What the zip library raises over a damaged file; and ``OSError``, if it went to a place that cannot be."""


class _Capped(io.RawIOBase):
    """A part's bytes, until they are more than can be right."""

    def __init__(self, stream: IO[bytes], shown: str, most: int) -> None:
        self._stream = stream
        self._shown = shown
        self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer)) or b""
        except (*_DAMAGE, OSError) as error:
            raise _told(error, self._shown) from None
        self._left -= len(data)
        if self._left < 0:
            raise BadData(_("{name} is far larger than such a file can be", name=self._shown), mend=AGAIN)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _in(name: str, path: Path) -> str:
    return _("{file} in {export}", file=name, export=path.name)


def _largest(name: str) -> int:
    return LARGEST.get(key(name), LARGEST_OTHER)


def _damaged(shown: str) -> BadData:
    return BadData(_("{name} is cut off or damaged", name=shown), mend=AGAIN)


def _told(error: Exception, shown: str) -> Exception:
    """The damage that an error means; what the disk or the network did stays what it is."""
    return error if isinstance(error, OSError) and error.errno != errno.EINVAL else _damaged(shown)


def _unreasonable(shown: str) -> BadData:
    return BadData(_("{name} holds far more files than an export has", name=shown), mend=AGAIN)
