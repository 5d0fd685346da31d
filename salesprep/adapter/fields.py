"""Which field of ours is which of theirs: a record made of a source's row by one declaration.

``Fields(Ticket, id="nr", title="subject", at="opened", domains="customer.website")`` is a function from
a :class:`~salesprep.adapter.raw.Raw` row to a ``Ticket``. How a value is read follows from the type of
the record's field; what fits no type is given as a function of the row.
"""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar

from salesprep.adapter.names import domain_of
from salesprep.adapter.raw import Raw
from salesprep.adapter.records import Keys, Money, Place, Record
from salesprep.adapter.words import _

RecordT_co = TypeVar("RecordT_co", bound=Record, covariant=True)

Told = str | tuple[str, str] | Callable[[Raw], object] | Mapping[str, str]
"""A path; two of an amount and its currency; a function; for ``fields`` labels and their paths."""
_Read = Callable[[Raw], object]

_WORDS = frozenset({"no_url_reason", "origin", "visibility"})
"""Said once for all records, not read."""
_OURS = frozenset({"fetched_at", "keys"})
"""Filled in here."""


class Fields(Generic[RecordT_co]):
    """How to make a ``record`` of a row; call it with one.

    Each name is a field of the record, or one of its keys (``account_id``, ``organisation``, ``emails``,
    ``domains``, ``hit``), and what it gets is a path. The value may be ``null`` but must be there, so
    that a source that changed is noticed; a path that ends in ``?`` may lead to nothing.

    Raises:
        TypeError: the record has no such field, or one that it needs is not named.
    """

    def __init__(self, record: type[RecordT_co], **named: Told) -> None:
        self._record = record
        own = {one.name: one for one in fields(record) if one.name not in _OURS}
        hints = typing.get_type_hints(record)
        self._words = {name: named.pop(name) for name in _WORDS & named.keys()}
        needed = frozenset(n for n, one in own.items() if one.default is one.default_factory is MISSING)
        for name in sorted(needed - named.keys()):
            raise TypeError(f"{record.__name__} needs {name}")
        if "url" not in named and "no_url_reason" not in self._words:
            raise TypeError(f"{record.__name__} needs url or no_url_reason")
        self._own: dict[str, _Read] = {}
        self._keys: dict[str, _Read] = {}
        for name, told in named.items():
            if name in own:
                self._own[name] = _reader(told, hints[name], name, needed=name in needed)
            if name in _KEYS:
                self._keys[name] = _reading(told, _KEYS[name])
            elif name not in own:
                near = difflib.get_close_matches(name, [*own, *_KEYS], n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                raise TypeError(f"{record.__name__} has no field {name}{hint}")

    def __call__(self, row: Raw) -> RecordT_co:
        """The record.

        Raises:
            BadData: a value is missing or of another type.
        """
        values: dict[str, Any] = dict(self._words)
        for name, read in self._own.items():
            value = read(row)
            if value is not None:
                values[name] = value
        keys: dict[str, Any] = {name: read(row) for name, read in self._keys.items()}
        if "url" in values:
            values.pop("no_url_reason", None)
        else:
            values.setdefault("no_url_reason", _("the source tells no address of it"))
        known = {name: value for name, value in keys.items() if value is not None}
        return self._record(**values, fetched_at=row.read_at, keys=Keys(**known))


# -- how a value is read ------------------------------------------------------------------------


def _reader(told: Told, hint: object, name: str, *, needed: bool) -> _Read:
    """From the annotation of the record's field."""
    if isinstance(told, Mapping):
        return _labelled(told)
    united = typing.get_origin(hint) in (types.UnionType, typing.Union)
    sorts = frozenset(typing.get_args(hint) if united else (hint,)) - {type(None)}
    if isinstance(told, tuple):
        if sorts != {Money}:
            raise TypeError(f"{name} is no amount: one path is enough")
        return lambda row: row.money(*told)
    read = _id if name == "id" else _BY_TYPE.get(sorts)
    if read is None and len(sorts) == 1 and typing.get_origin(choices := next(iter(sorts))) is Literal:
        read = _one_of(typing.get_args(choices))
    if read is None and isinstance(told, str):
        raise TypeError(f"{name} cannot be read by a path alone: give a function of the row")
    return _reading(told, read or _as_it_is, needed=needed)


def _reading(told: Told, read: _Read, *, needed: bool = False) -> _Read:
    """What ``told`` leads to, read by ``read``; ``None`` where it is ``null``."""
    if callable(told):
        return told
    if not isinstance(told, str):
        raise TypeError("a path, or a function of the row")
    path = told.removesuffix("?")
    if needed:
        return lambda row: read(row[path])
    may_lack = path != told

    def value(row: Raw) -> object:
        found = row.get(path) if may_lack else row[path]
        return None if found is None or found.value is None else read(found)

    return value


def _labelled(told: Mapping[str, str]) -> _Read:
    read = {label: _reading(path, _shown) for label, path in told.items()}

    def value(row: Raw) -> object:
        found = {label: one(row) for label, one in read.items()}
        return {label: text for label, text in found.items() if text is not None}

    return value


def _one_of(choices: tuple[str, ...]) -> _Read:
    def value(found: Raw) -> object:
        text = found.text("")
        # The words are ours, not the source's: a source that has others needs a function.
        return text if text in choices else found.refuse(_("{field} is none of the words that are known"))

    return value


def _id(found: Raw) -> object:
    return found.id("")


def _text(found: Raw) -> object:
    return found.text("")


def _shown(found: Raw) -> object:
    """A text, or what can be written as one."""
    return found.value if isinstance(found.value, str) else str(found.amount(""))


def _domains(found: Raw) -> object:
    """Of domains, web or mail addresses."""
    return tuple(dict.fromkeys(filter(None, map(domain_of, found.texts("")))))


def _as_it_is(found: Raw) -> object:
    return found.value


_BY_TYPE: Mapping[frozenset[object], _Read] = {
    frozenset({str}): _text,
    frozenset({bool}): lambda found: found.flag(""),
    frozenset({int}): lambda found: found.whole(""),
    frozenset({date}): lambda found: found.day(""),
    frozenset({date, datetime}): lambda found: found.when(""),
    frozenset({tuple[str, ...]}): lambda found: found.texts(""),
    frozenset({Place}): lambda found: Place(text=found.text("")),
}
_KEYS: Mapping[str, _Read] = {
    "account_id": _id,
    "organisation": _text,
    "emails": lambda found: found.texts(""),
    "domains": _domains,
    "hit": _text,
}
