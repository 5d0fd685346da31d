"""Sentences for people: English in the code, said in the reader's language where a catalogue has them.

``_`` marks a sentence and fills in its values. What it gives is a plain English text, good for logs,
JSON and tests, that remembers what it was made of, so that whoever shows it can say it in another
language. A sentence that is not marked is shown as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

_AS_THEY_ARE = (str, int, float, date)
NOTHING: Mapping[str, object] = MappingProxyType({})


class Message(str):
    """An English text and what it was made of. Made by ``_`` and ``_n``."""

    __slots__ = ("forms", "values")

    forms: tuple[str, ...]
    """The sentence with ``{names}`` for its values; a second one where ``{n}`` decides between them."""
    values: Mapping[str, object]
    """Texts, numbers and further messages, by name."""

    def __new__(cls, forms: tuple[str, ...], values: Mapping[str, object] = NOTHING) -> Message:
        form = forms[0] if len(forms) == 1 or values.get("n") == 1 else forms[1]
        filled = {name: in_english(value) for name, value in values.items()}
        self = super().__new__(cls, form.format_map(filled) if values else form)
        self.forms = forms
        self.values = values
        return self

    def __reduce__(self) -> Any:  # as copies are made
        return Message, (self.forms, dict(self.values))

    def changed(self, change: Callable[[str], str]) -> Message:
        """The same sentence with ``change`` made to each text that was filled in."""
        return Message(self.forms, {name: _changed(value, change) for name, value in self.values.items()})


class Forms(NamedTuple):
    """A sentence for one and for many. Made by ``_n``."""

    one: str
    many: str

    def of(self, n: int, /, **values: object) -> str:
        """The sentence for ``n``, which stands in it as ``{n}``."""
        return Message((self.one, self.many), _plain({"n": n, **values}))


def _(sentence: str, /, **values: object) -> str:
    """``sentence``, to be said in the reader's language; its ``{names}`` are filled in from ``values``.

    The sentence is written out where it is marked, never put together: a catalogue is made of what
    stands between the quotes. A number and a day are written as the reader's locale does (``1.480``),
    of a moment its time of day; a number that is a name, such as that of a line, is given as text.
    """
    return Message((sentence,), _plain(values) if values else NOTHING)


def _n(one: str, many: str, /) -> Forms:
    """A sentence with ``{n}`` for one and for many: ``_n("{n} row", "{n} rows").of(rows)``."""
    return Forms(one, many)


def joined(parts: Iterable[str], between: str = "; ") -> str:
    """Sentences one after the other, each of which can still be said in another language."""
    values = {f"part{number}": part for number, part in enumerate(parts)}
    return Message((between.join(f"{{{name}}}" for name in values),), values)


def _plain(values: Mapping[str, object]) -> Mapping[str, object]:
    return {name: one if isinstance(one, _AS_THEY_ARE) else str(one) for name, one in values.items()}


def in_english(value: object) -> object:
    """How a value that is no text stands in the English sentence."""
    if isinstance(value, datetime):
        return f"{value:%H:%M}"
    return f"{value:,}" if isinstance(value, int) else value


def _changed(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, Message):
        return value.changed(change)
    return change(value) if isinstance(value, str) else value
