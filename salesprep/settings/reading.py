"""One layer: a settings file or an environment variable, read and checked by itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from salesprep.adapter.words import _
from salesprep.settings.locks import read_locks
from salesprep.settings.model import Layer, LayerKind, SettingsError
from salesprep.settings.requires import check_version, is_requirement
from salesprep.settings.shape import NOT_LOCKED, SETTINGS, At, check_table

PREFIX = "SALESPREP_"
_POSITION = re.compile(r"\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)\Z")


def read_file(file: Path, kind: LayerKind = "named", *, version: str | None = None) -> Layer:
    """The layer in ``file``.

    Raises:
        SettingsError: not there, not readable, no TOML, or not of the shape of settings.
    """
    return read_bytes(bytes_of(file), file, kind, version=version)


def bytes_of(file: Path) -> bytes:
    """What ``file`` holds.

    Raises:
        SettingsError: it is not there or cannot be read.
    """
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise SettingsError(
            file, None, _("there is no such file"), _("give the path of a settings file")
        ) from None
    except IsADirectoryError:
        raise SettingsError(file, None, _("is a folder"), _("name the settings file in it")) from None
    except (OSError, ValueError) as error:
        why = _("cannot be read ({error})", error=type(error).__name__)
        raise SettingsError(file, None, why, _("make it readable for yourself")) from None


def read_bytes(content: bytes, file: Path, kind: LayerKind, *, version: str | None = None) -> Layer:
    """The layer that ``content`` is, found in ``file``.

    Raises:
        SettingsError: no TOML, made for another version, or not of the shape of settings.
    """
    text = _text(content, file)
    table = toml_table(text, file)
    # Before the shape: a file for a newer salesprep holds keys that this one does not know.
    wanted = table.get("requires")
    if isinstance(wanted, str) and is_requirement(wanted):
        check_version(wanted, file, version)
    checked = check_table(SETTINGS, table, At(file))
    if kind != "company" and "team" in checked:
        mend = _("take it out; --settings names a file over your own")
        raise SettingsError(file, "team", _("only the company's settings name the team's"), mend)
    return Layer(
        file,
        {key: value for key, value in checked.items() if key not in NOT_LOCKED},
        kind,
        read_locks(cast("list[str]", checked.get("locked", [])), file),
        cast("str | None", checked.get("team")),
        text,
    )


def _text(content: bytes, file: Path) -> str:
    try:
        # utf-8-sig: editors on Windows put a mark in front that TOML does not know.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsError(file, None, _("is not UTF-8 text"), _("save it as UTF-8")) from None


def toml_table(text: str, file: Path) -> dict[str, object]:
    """``text`` read as TOML.

    Raises:
        SettingsError: it is none; the line is told, and nothing of what stands there.
    """
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise SettingsError(
            file, None, _("is nested too deeply"), _("use fewer brackets in brackets")
        ) from None
    except ValueError as error:
        # ValueError: tomllib's own error is one, and so is a number of more than 4,300 digits.
        found = _POSITION.search(str(error))
        what = _("is not valid TOML")
        if found and found["line"]:
            place = {"line": found["line"], "column": found["column"]}
            what = _("is not valid TOML at line {line}, column {column}", **place)
        elif found:
            what = _("is not valid TOML at end of document")
        raise SettingsError(file, None, what, _('a line is KEY = VALUE; texts stand in "quotes"')) from None


def read_environment(environ: Mapping[str, str]) -> tuple[Layer, ...]:
    """One layer per variable ``SALESPREP_TABLE__KEY``; two underscores go one table down.

    Variables without two underscores (``SALESPREP_HOME``, a token that a secret refers to) are not
    settings. A value is read as TOML where it is such, else as a text.
    """
    return tuple(
        _variable(name, environ[name]) for name in sorted(environ) if name.startswith(PREFIX) and "__" in name
    )


def _variable(name: str, raw: str) -> Layer:
    path = name.removeprefix(PREFIX).lower().split("__")
    if not all(path):
        mend = _("write it as SALESPREP_TABLE__KEY")
        raise SettingsError(name, None, _("is no name of a setting"), mend)
    table = {path[-1]: _parsed(raw)}
    for key in reversed(path[:-1]):
        table = {key: table}
    return Layer(name, check_table(SETTINGS, table, At(name, (), raw)), "variable")


def _parsed(raw: str) -> object:
    try:
        table = tomllib.loads(f"value = {raw}")
    except (ValueError, RecursionError):
        return raw
    # A line break in the variable could have begun a second key.
    return table["value"] if table.keys() == {"value"} else raw
