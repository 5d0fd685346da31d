"""From a source's table in the settings to the adapter's checked config, on the source's thread.

Secrets are looked up first, then the adapter's own model checks the table. Messages name file, table,
key and mend; a value is never repeated, and neither is a text of pydantic's, which would.
"""

from __future__ import annotations

import difflib
import re
import stat
import typing
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesprep import machine
from salesprep.adapter.errors import ConfigInvalid
from salesprep.adapter.words import _
from salesprep.settings import Source

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_LARGEST_SECRET = 64 * 1024
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*\Z")
"""What is surely the name of a variable, not a secret put in its place: only that is repeated."""

_EXPECTED = {
    "missing": _("is missing"),
    "string_type": _("must be a text"),
    "string_too_short": _("is too short"),
    "string_too_long": _("is too long"),
    "string_pattern_mismatch": _("does not have the form that is asked for"),
    "int_type": _("must be a whole number"),
    "int_from_float": _("must be a whole number"),
    "float_type": _("must be a number"),
    "bool_type": _("must be true or false"),
    "list_type": _("must be a list"),
    "tuple_type": _("must be a list"),
    "set_type": _("must be a list"),
    "dict_type": _("must be a table"),
    "model_type": _("must be a table"),
    "model_attributes_type": _("must be a table"),
    "mapping_type": _("must be a table"),
    "path_type": _("must be a path"),
    "path_not_file": _("must be a file that is there"),
    "path_not_directory": _("must be a folder that is there"),
    "is_instance_of": _("must be a path"),
    "greater_than": _("is too small"),
    "greater_than_equal": _("is too small"),
    "less_than": _("is too large"),
    "less_than_equal": _("is too large"),
    "too_short": _("has too few entries"),
    "too_long": _("has too many entries"),
}


def configure(
    source: Source,
    model: object,
    *,
    adapter: str,
    secrets: Sequence[str],
    environ: Mapping[str, str],
    roots: Mapping[str, Path],
) -> tuple[Any, Mapping[str, object]]:
    """The adapter's config, and the table it was made of with its secrets in place.

    ``model`` is the adapter's ``Config``. ``roots`` are named starts of paths (``sample:``).

    Raises:
        ConfigInvalid: names file, table, key and mend.
    """
    from pydantic import BaseModel, ValidationError

    report = _Report(source, adapter)
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        raise ConfigInvalid(
            _("the adapter {adapter} has no Config", adapter=adapter),
            mend=_("tell whoever wrote the adapter"),
        )
    context = {**roots, "settings": source.file.parent}
    table: dict[str, object] = {key: _copy(value) for key, value in source.config.items()}
    for dotted in secrets:
        _fill(table, dotted.split("."), "", _Lookup(report, environ, context))
    try:
        return model.model_validate(table, context=context), table
    except ValidationError as error:
        raise report.rejected(error, model) from None
    except ConfigInvalid as error:
        # A validator of the adapter's own may word its refusal; where it is about is added here.
        raise report.placed(error) from None


def table_of(source: Source) -> str:
    """Where a source's keys stand: what every message about one of them begins with."""
    return f"{source.file}: [sources.{source.name}]"


def _copy(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _copy(inner) for key, inner in value.items()}
    return [_copy(inner) for inner in value] if isinstance(value, list) else value


class _Report:
    """Words a refusal of one source's table."""

    def __init__(self, source: Source, adapter: str) -> None:
        self._table = table_of(source)
        self._adapter = adapter

    def wrong(self, key: str, what: str, mend: str) -> ConfigInvalid:
        return ConfigInvalid(
            _('{table} key "{key}" {what}', table=self._table, key=key, what=what), mend=mend, field=key
        )

    def placed(self, error: ConfigInvalid) -> ConfigInvalid:
        mend = error.mend or _("compare it with the README of the adapter {adapter}", adapter=self._adapter)
        return ConfigInvalid(
            _("{table}: {what}", table=self._table, what=error.what), mend=mend, field=error.field
        )

    def rejected(self, error: ValidationError, model: type[Any]) -> ConfigInvalid:
        found = error.errors(include_input=False, include_context=False, include_url=False)
        # A misspelt key is also a missing one: the misspelling is the cause.
        first = next((one for one in found if one["type"] == "extra_forbidden"), found[0])
        refusal = (
            self._unknown(first, model) if first["type"] == "extra_forbidden" else self._bad(first, model)
        )
        if first["type"] != "extra_forbidden" and len(found) > 1:
            refusal.what = _("{what} (and {n} more)", what=refusal.what, n=len(found) - 1)
        return refusal

    def _unknown(self, one: ErrorDetails, model: type[Any]) -> ConfigInvalid:
        *path, key = one["loc"]
        owner = _owner(model, path)
        keys = _keys(owner) if owner else []
        near = difflib.get_close_matches(str(key), keys, n=1)
        named = _dotted(one["loc"])
        if near:
            mend = _('write "{near}"', near=near[0])
        else:
            mend = _("remove it; there are {names}", names=", ".join(keys)) if keys else _("remove it")
        return ConfigInvalid(
            _('{table} has an unknown key "{named}"', table=self._table, named=named), mend=mend, field=named
        )

    def _bad(self, one: ErrorDetails, model: type[Any]) -> ConfigInvalid:
        named = _dotted(one["loc"])
        what = _EXPECTED.get(one["type"], _("is not accepted"))
        allowed = _choices(model, one["loc"]) if one["type"] == "literal_error" else ""
        if allowed:
            what = _("must be one of {allowed}", allowed=allowed)
        if not named:
            what = _("{table} is not accepted as a whole", table=self._table)
            return ConfigInvalid(
                what, mend=_("compare it with the README of the adapter {adapter}", adapter=self._adapter)
            )
        mend = _("add it") if one["type"] == "missing" else _("correct it")
        return self.wrong(
            named,
            what,
            _("{mend}; the README of the adapter {adapter} has all keys", mend=mend, adapter=self._adapter),
        )


# -- secrets ------------------------------------------------------------------------------------


def _fill(table: object, parts: Sequence[str], path: str, lookup: _Lookup) -> None:
    """Put the secret in place of each reference at ``parts``; lists on the way are walked. Messages
    count from 1, as people do."""
    if isinstance(table, list):
        for index, item in enumerate(table):
            if parts:
                _fill(item, parts, f"{path}[{index + 1}]", lookup)
            else:
                table[index] = lookup(item, f"{path}[{index + 1}]")
        return
    head, *rest = parts
    if not isinstance(table, dict) or head not in table:
        return
    named = f"{path}.{head}" if path else head
    if rest or isinstance(table[head], list):
        _fill(table[head], rest, named, lookup)
    else:
        table[head] = lookup(table[head], named)


class _Lookup:
    """Turns ``env:NAME`` and ``file:PATH`` into the secret."""

    def __init__(self, report: _Report, environ: Mapping[str, str], roots: Mapping[str, Path]) -> None:
        self._report = report
        self._environ = environ
        self._roots = roots

    def __call__(self, value: object, key: str) -> str:
        scheme, colon, rest = value.partition(":") if isinstance(value, str) else ("", "", "")
        if colon and scheme == "env" and rest:
            return self._from_variable(rest, key)
        if colon and scheme == "file" and rest:
            return self._from_file(rest, key)
        mend = _('write "env:NAME" or "file:PATH"; a secret itself does not belong in settings')
        raise self._report.wrong(key, _("must be a reference"), mend)

    def _from_variable(self, name: str, key: str) -> str:
        value = self._environ.get(name)
        if value:
            return value
        what = _("refers to an environment variable that is not set")
        if _VARIABLE.match(name):
            what = _("refers to the environment variable {name}, which is not set", name=name)
        raise self._report.wrong(key, what, _("set it, or correct the name"))

    def _from_file(self, text: str, key: str) -> str:
        root, colon, rest = text.partition(":")
        path = self._roots[root] / rest if colon and root in self._roots else Path(text).expanduser()
        path = path if path.is_absolute() else self._roots["settings"] / path
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise self._report.wrong(key, _("refers to something that is no file"), _("correct the path"))
            if not machine.is_private(path):
                what = _("refers to a file that others can read")
                raise self._report.wrong(key, what, _("make it private: chmod 600"))
            with path.open(encoding="utf-8") as file:
                secret = file.read(_LARGEST_SECRET).strip("\r\n")
        except OSError as error:
            what = _("refers to a file that cannot be read ({error})", error=type(error).__name__)
            raise self._report.wrong(key, what, _("correct the path, or create the file")) from None
        except UnicodeDecodeError:
            raise self._report.wrong(
                key, _("refers to a file that is no text"), _("save it as UTF-8")
            ) from None
        if not secret:
            raise self._report.wrong(key, _("refers to a file that is empty"), _("put the secret into it"))
        return secret


# -- what the adapter's model says of itself ----------------------------------------------------


def _dotted(loc: Sequence[int | str]) -> str:
    """``calendars[1].path`` for the first. What pydantic calls a union's members is left out."""
    text = ""
    for part in loc:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        elif re.fullmatch(r"[\w-]+", part):
            text += f".{part}" if text else part
    return text


def _keys(model: type[Any]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _owner(model: type[Any], loc: Sequence[int | str]) -> type[Any] | None:
    """The model that checks the table at ``loc``."""
    from pydantic import BaseModel

    hint: object = model
    for part in loc:
        if isinstance(part, str):
            owner = _first_model(hint)
            if owner is None:
                return None
            if part in owner.model_fields:
                hint = owner.model_fields[part].annotation
    owner = _first_model(hint)
    return owner if owner is not None and issubclass(owner, BaseModel) else None


def _first_model(hint: object) -> type[Any] | None:
    """The first model in an annotation such as ``list[Calendar] | None``."""
    from pydantic import BaseModel

    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint
    return next((found for arg in typing.get_args(hint) if (found := _first_model(arg)) is not None), None)


def _choices(model: type[Any], loc: Sequence[int | str]) -> str:
    """The words that a field takes, from its annotation: ``"a", "b"``."""
    *path, key = loc
    owner = _owner(model, path)
    if owner is None or key not in owner.model_fields:
        return ""
    words = _literals(owner.model_fields[str(key)].annotation)
    return ", ".join(f'"{word}"' for word in words)


def _literals(hint: object) -> list[str]:
    if typing.get_origin(hint) is typing.Literal:
        return [str(word) for word in typing.get_args(hint)]
    return [word for arg in typing.get_args(hint) for word in _literals(arg)]
