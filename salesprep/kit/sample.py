"""An adapter's sample: what ``sample/kit.toml`` says of it, and a copy of it to be asked.

Strict as the manifest is: an unknown key in ``kit.toml`` is refused with the nearest right one, since a
look-up that is misspelt would quietly not be tried.
"""

from __future__ import annotations

import difflib
import os
import shutil
import tomllib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import cast
from zoneinfo import ZoneInfo

from salesprep.adapter import Query
from salesprep.settings import SettingsError, Source, load

KIT = "kit.toml"
SERVER = "{server}"
"""Stands for the address of the loopback server in the sample's settings and answers."""
_KEYS = ("now", "zone", "secrets", "customer", "other", "search", "make", "answers")
_ANSWER = ("path", "query", "file", "status", "headers", "requires")
_LOOKUPS = ("names", "domains", "emails", "handles", "ids")
_ZONE = ZoneInfo("Europe/Amsterdam")
_AGE = timedelta(days=3)


class SampleError(Exception):
    """A sample that cannot be used; the text names file, key and mend."""


@dataclass(frozen=True, slots=True)
class Played:
    """One answer that the loopback server replays."""

    path: str
    query: Mapping[str, str]
    body: bytes
    """As the file holds it, ``{server}`` in place."""
    file: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    requires: Mapping[str, str] = field(default_factory=dict)
    """Headers without which it is 401."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What there is to try an adapter with."""

    folder: Path
    now: datetime
    """Aware, in ``zone``."""
    zone: ZoneInfo
    secrets: Mapping[str, str]
    """Environment variables that the settings refer to."""
    customer: Query
    other: Query
    """Somebody else whom the sample knows, too; empty if nobody is named."""
    search: str | None
    make: Mapping[str, str]
    answers: tuple[Played, ...]


def read_sample(folder: Path) -> Sample:
    """Read ``kit.toml`` and the answers that it names.

    Raises:
        SampleError: not there, no TOML, a key unknown or of the wrong form, a file missing.
    """
    file = folder / KIT
    table = _table(file)
    _known(table, _KEYS, file, "")
    now, zone = table.get("now"), table.get("zone", _ZONE.key)
    if not isinstance(now, datetime) or now.tzinfo is None:
        raise SampleError(f"{file}: now must be a time with its offset, such as 2026-11-23T13:21:00+01:00")
    try:
        whose = ZoneInfo(str(zone))
    except (KeyError, ValueError, OSError):
        raise SampleError(f"{file}: zone is not the name of a time zone") from None
    search = _inner(table, "search", file)
    _known(search, ("text",), file, "search.")
    return Sample(
        folder=folder,
        now=now.astimezone(whose),
        zone=whose,
        secrets=_texts(table, "secrets", file),
        customer=_whom(table, "customer", file),
        other=_whom(table, "other", file),
        search=cast("str | None", search.get("text")),
        make=_texts(table, "make", file),
        answers=_answers(table, folder, file),
    )


def at_server(sample: Sample, address: str) -> Sample:
    """With the address of the server in secrets that are addresses themselves."""
    secrets = {name: value.replace(SERVER, address) for name, value in sample.secrets.items()}
    return replace(sample, secrets=MappingProxyType(secrets))


def lay_out(sample: Sample, folder: Path, *, server: str = "") -> None:
    """Copy the sample into ``folder``, which is made, with ``server`` in place of ``{server}``.

    Raises:
        SampleError: something that is to be made cannot be made.
    """
    # Plain copies: what the check then changes must not be refused for the original's mode.
    shutil.copytree(
        sample.folder,
        folder,
        ignore=shutil.ignore_patterns(KIT, "__pycache__"),
        copy_function=shutil.copyfile,
    )
    settings = folder / "settings.toml"
    if not settings.is_file():
        raise SampleError(f"{sample.folder / 'settings.toml'}: not found; it holds the sample's source")
    text = settings.read_text(encoding="utf-8")
    if SERVER in text:
        settings.write_text(text.replace(SERVER, server), encoding="utf-8")
    make(sample, folder)
    # As if written long before: what an adapter takes from a file's time is not taken for the clock.
    then = (sample.now - _AGE).timestamp()
    for path in folder.rglob("*"):
        os.utime(path, (then, then))


def make(sample: Sample, folder: Path) -> None:
    """Make, or make anew, the files that ``[make]`` names."""
    import sqlite3

    for target, script in sample.make.items():
        (folder / target).unlink(missing_ok=True)
        try:
            text = (folder / script).read_text(encoding="utf-8")
            with closing(sqlite3.connect(folder / target)) as database:
                database.execute("PRAGMA synchronous = OFF")  # it need not outlive a power cut
                database.executescript(text)
        except (OSError, ValueError, sqlite3.Error) as error:
            what = f"{sample.folder / KIT}: {target} cannot be made of {script} ({error})"
            raise SampleError(what) from None


def source_in(folder: Path, adapter: str) -> Source:
    """The source that the laid out settings have for ``adapter``.

    Raises:
        SampleError: there is none, or the settings are not in order.
    """
    file = folder / "settings.toml"
    try:
        settings = load({}, explicit=file, person=folder / "nobody.toml", folder=folder)
    except SettingsError as error:
        raise SampleError(str(error)) from None
    found = [source for source in settings.sources.values() if source.adapter == adapter]
    if not found:
        raise SampleError(f'sample/settings.toml: no source has adapter = "{adapter}"')
    return replace(found[0], file=file)


# -- kit.toml -----------------------------------------------------------------------------------


def _table(file: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SampleError(f"{file}: not found; it says whom the sample knows") from None
    except (OSError, ValueError) as error:
        # Of TOML the error is about line and column, of a file's bytes about their place.
        raise SampleError(f"{file}: cannot be read: {error}") from None


def _known(table: Mapping[str, object], keys: tuple[str, ...], file: Path, path: str) -> None:
    for key in table:
        if key not in keys:
            near = difflib.get_close_matches(key, keys, n=1)
            hint = f'; did you mean "{path}{near[0]}"?' if near else f"; there are {', '.join(keys)}"
            raise SampleError(f'{file}: unknown key "{path}{key}"{hint}')


def _inner(table: Mapping[str, object], key: str, file: Path) -> Mapping[str, object]:
    inner = table.get(key, {})
    if not isinstance(inner, dict):
        raise SampleError(f'{file}: "{key}" must be a table')
    return inner


def _texts(table: Mapping[str, object], key: str, file: Path) -> Mapping[str, str]:
    inner = _inner(table, key, file)
    if not all(isinstance(value, str) for value in inner.values()):
        raise SampleError(f'{file}: the values of "{key}" must be texts')
    return MappingProxyType(cast("dict[str, str]", dict(inner)))


def _whom(table: Mapping[str, object], key: str, file: Path) -> Query:
    inner = _inner(table, key, file)
    _known(inner, _LOOKUPS, file, f"{key}.")
    for lookup, values in inner.items():
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise SampleError(f'{file}: "{key}.{lookup}" must be a list of texts')
    return Query(**{lookup: tuple(cast("list[str]", values)) for lookup, values in inner.items()})


def _answers(table: Mapping[str, object], folder: Path, file: Path) -> tuple[Played, ...]:
    answers = table.get("answers", [])
    if not isinstance(answers, list) or not all(isinstance(one, dict) for one in answers):
        raise SampleError(f"{file}: write each answer as a table of its own, [[answers]]")
    return tuple(_answer(one, folder, file) for one in answers)


def _answer(table: Mapping[str, object], folder: Path, file: Path) -> Played:
    _known(table, _ANSWER, file, "answers.")
    path, name, status = table.get("path"), table.get("file"), table.get("status", 200)
    if not isinstance(path, str) or not path.startswith("/"):
        raise SampleError(f'{file}: "answers.path" must be a text that begins with /')
    if not isinstance(name, str) or not isinstance(status, int):
        raise SampleError(f'{file}: the answer to {path} must name its "file"')
    try:
        body = (folder / name).read_bytes()
    except OSError:
        raise SampleError(f"{file}: {name}, the answer to {path}, cannot be read") from None
    return Played(
        path,
        _texts(table, "query", file),
        body,
        name,
        status,
        _texts(table, "headers", file),
        _texts(table, "requires", file),
    )
