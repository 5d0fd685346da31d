"""Checks and cleans the contract's values, field by field, from their annotations.

One walk does both, since 500 records have some 10,000 fields: it gives back the very same object if
nothing had to be cleaned. What does not have the form that the contract says is named by its path
(``people[0].email``), never by its value.
"""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, Literal, TypeVar

from salesprep.sources.clean import clean_body, clean_line, clean_sentence

T = TypeVar("T")
Shape = Callable[[Any], Any]
"""Takes a value, gives it back clean, or raises :class:`Misshapen` or :class:`OutOfReckoning`."""

_FIRST_YEAR, _LAST_YEAR = 2, 9998
"""One year from the ends of the calendar: another zone must not lead beyond them."""
_LARGEST_INT = 2**63


class Misshapen(Exception):
    """A value that is not as the contract says; ``path`` leads to it from the outermost one."""

    def __init__(self, path: str, expected: str) -> None:
        super().__init__(path)
        self.path = path
        self.expected = expected

    def within(self, outer: str) -> Misshapen:
        """The same, seen from one level further out."""
        if not self.path or self.path.startswith("["):
            return Misshapen(outer + self.path, self.expected)
        return Misshapen(f"{outer}.{self.path}", self.expected)


class OutOfReckoning(Exception):
    """A date so near the ends of the calendar that nobody can reckon with it."""


def shaped(value: T, cls: type[T]) -> T:
    """``value`` checked to be exactly a ``cls`` (a dataclass of the contract), its texts cleaned."""
    check: Callable[[T], T] = _dataclass(cls)
    return check(value)


def shaped_fields(value: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Some fields of a dataclass of the contract, each checked and cleaned."""
    clean = {}
    for name, shape in _some(type(value), names):
        try:
            clean[name] = shape(getattr(value, name))
        except Misshapen as wrong:
            raise wrong.within(name) from None
    return clean


_Plan = tuple[tuple[str, Shape], ...]
_partly: dict[tuple[type[Any], tuple[str, ...]], _Plan] = {}


def _some(cls: type[Any], names: tuple[str, ...]) -> _Plan:
    if (cls, names) not in _partly:
        hints = typing.get_type_hints(cls)
        _partly[cls, names] = tuple((name, _of(hints[name])) for name in names)
    return _partly[cls, names]


# -- plain values -------------------------------------------------------------------------------


def _line(value: Any) -> Any:
    if type(value) is str:
        return value if value.isprintable() else clean_line(value)
    if isinstance(value, str):
        return clean_sentence(value)
    raise Misshapen("", "a text")


def _body(value: Any) -> Any:
    if type(value) is str:
        return value if value.isprintable() else clean_body(value)
    if isinstance(value, str):
        return clean_body(str.__str__(value))
    raise Misshapen("", "a text")


def _aware(value: Any) -> Any:
    if not isinstance(value, datetime):
        raise Misshapen("", "a datetime")
    if value.tzinfo is None or value.utcoffset() is None:
        raise Misshapen("", "a datetime with a time zone")
    return _reckonable(value)


def _day(value: Any) -> Any:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Misshapen("", "a date")
    return _reckonable(value)


def _when(value: Any) -> Any:
    return _aware(value) if isinstance(value, datetime) else _day(value)


def _reckonable(value: date) -> date:
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise OutOfReckoning
    return value


def _boolean(value: Any) -> Any:
    if value is True or value is False:
        return value
    raise Misshapen("", "True or False")


def _integer(value: Any) -> Any:
    if type(value) is int and -_LARGEST_INT < value < _LARGEST_INT:
        return value
    raise Misshapen("", "a whole number")


def _float(value: Any) -> Any:
    if type(value) in (int, float) and math.isfinite(value):
        return value
    raise Misshapen("", "a number")


def _decimal(value: Any) -> Any:
    if isinstance(value, Decimal) and value.is_finite():
        return value
    raise Misshapen("", "a finite Decimal")


_PLAIN: dict[object, Shape] = {
    str: _line,
    datetime: _aware,
    date: _day,
    bool: _boolean,
    int: _integer,
    float: _float,
    Decimal: _decimal,
}


# -- values made of others ----------------------------------------------------------------------


def _of(hint: Any) -> Shape:
    """The shape that an annotation of the contract stands for."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        inner = [one for one in arguments if one is not type(None)]
        shape = _when if set(inner) == {date, datetime} else _of(*inner)
        return _optional(shape) if len(inner) < len(arguments) else shape
    if origin is Literal:
        return _one_of(frozenset(arguments))
    if origin is tuple:
        return _tuple_of(_of(arguments[0]))
    if origin is Mapping:
        return _mapping_of(_of(arguments[0]), _of(arguments[1]))
    return _dataclass(hint)


def _optional(shape: Shape) -> Shape:
    return lambda value: None if value is None else shape(value)


def _one_of(words: frozenset[str]) -> Shape:
    def check(value: Any) -> Any:
        if type(value) is str and value in words:
            return value
        raise Misshapen("", "one of " + ", ".join(sorted(words)))

    return check


def _tuple_of(shape: Shape) -> Shape:
    def check(value: Any) -> Any:
        if type(value) is not tuple:
            raise Misshapen("", "a tuple")
        clean = []
        for index, item in enumerate(value):
            try:
                clean.append(shape(item))
            except Misshapen as wrong:
                raise wrong.within(f"[{index}]") from None
        same = all(new is old for new, old in zip(clean, value, strict=True))
        return value if same else tuple(clean)

    return check


def _mapping_of(key_shape: Shape, value_shape: Shape) -> Shape:
    def check(value: Any) -> Any:
        # A dict, or a view of one: another mapping may do anything when it is read.
        if type(value) not in (dict, types.MappingProxyType):
            raise Misshapen("", "a dict")
        if not value:
            return value
        return {key_shape(key): value_shape(inner) for key, inner in value.items()}

    return check


_planned: dict[type[Any], Shape] = {}


def _dataclass(cls: type[Any]) -> Shape:
    # Two threads may plan the same class at once; one of two equal plans stays.
    if cls not in _planned:
        _planned[cls] = _plan(cls)
    return _planned[cls]


def _plan(cls: type[Any]) -> Shape:
    hints = typing.get_type_hints(cls)
    fields = dataclasses.fields(cls)
    names = tuple(field.name for field in fields)
    defaults = tuple(_default(field) for field in fields)
    bodies: frozenset[str] = getattr(cls, "BODY", frozenset())
    shapes = tuple(
        _field(hints[name], default, name in bodies) for name, default in zip(names, defaults, strict=True)
    )
    texts = tuple(shape is _line or shape is _body for shape in shapes)
    plan = tuple(zip(names, defaults, shapes, texts, strict=True))
    values = attrgetter(*names)

    def check(value: Any) -> Any:
        if type(value) is not cls:
            raise Misshapen("", f"a {cls.__name__}")
        changes: dict[str, Any] = {}
        try:
            held = values(value)
        except AttributeError:
            raise Misshapen("", f"a {cls.__name__} with all its fields") from None
        for (name, default, shape, text), old in zip(plan, held, strict=True):
            # Nine of ten end here: never given, or a text with nothing to clean.
            if old is default or (text and type(old) is str and old.isprintable()):
                continue
            try:
                new = shape(old)
            except Misshapen as wrong:
                raise wrong.within(name) from None
            if new is not old:
                changes[name] = new
        return dataclasses.replace(value, **changes) if changes else value

    return check


def _field(hint: Any, default: object, body: bool) -> Shape:
    if default is None:
        # None was told by identity already: what is left is the other one of the union.
        inner = [one for one in typing.get_args(hint) if one is not type(None)]
        hint = typing.Union[tuple(inner)]  # noqa: UP007 - of a list that is only known here
    return _body if body else _of(hint)


def _default(field: dataclasses.Field[Any]) -> object:
    """What a field holds unless it is given, to be told by identity; never a value that was given."""
    if field.default is not dataclasses.MISSING:
        return field.default
    return dataclasses.MISSING if field.default_factory is dataclasses.MISSING else field.default_factory()
