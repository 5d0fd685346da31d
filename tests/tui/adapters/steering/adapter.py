"""A source whose every field holds what its settings say: texts that try to steer whoever shows them."""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal, TypeVar

from salesprep.adapter import (
    RECORD_TYPES,
    Account,
    Adapter,
    Check,
    Keys,
    Kind,
    Meeting,
    Page,
    Query,
    Record,
    Request,
    Window,
)
from salesprep.adapter.config import Config

RecordT = TypeVar("RecordT", bound=Record)


class SteeringConfig(Config):
    """What it says."""

    texts: list[str]
    """One record of each kind for each."""
    urls: list[str]
    """Where they lead, in turn."""
    domain: str
    """Of the customer that all of it is told of."""
    name: str
    """That it knows companies by, in small letters."""


class Steering(Adapter[SteeringConfig]):
    """Tells the same in all kinds of records."""

    Config = SteeringConfig

    async def find(self, query: Query, request: Request) -> Page[Account]:
        """Companies of the one name that it knows, with more than that in their names."""
        name = next((name for name in query.names if self.config.name in name.casefold()), None)
        texts = self.config.texts if name is not None else []
        return Page(
            tuple(
                self._record(Account, number, request.now(), title=f"{name} {text}")
                for number, text in enumerate(texts)
            )
        )

    async def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """A record for each text; every third one is found in running text only."""
        texts = range(len(self.config.texts))
        return Page(tuple(self._record(RECORD_TYPES[kind], number, request.now()) for number in texts))

    async def upcoming(self, window: Window, cursor: str | None, request: Request) -> Page[Meeting]:
        """A visit for each text, an hour after the other."""
        hour = timedelta(hours=1)
        starts = [request.now() + hour * number for number in range(1, len(self.config.texts) + 1)]
        return Page(
            tuple(
                self._record(Meeting, number, request.now(), start=start, end=start + hour, visibility="open")
                for number, start in enumerate(starts)
            )
        )

    async def check(self, request: Request) -> tuple[Check, ...]:
        """A finding for each text."""
        return tuple(Check(text, "failed", text, mend=text) for text in self.config.texts)

    def _record(self, cls: type[RecordT], number: int, now: datetime, **known: Any) -> RecordT:
        text = self.config.texts[number]
        owner = {"calendar_owner": "anna@ons.example"} if cls is Meeting else {}
        domain = Keys(domains=(self.config.domain,), organisation=text, hit=text)
        record: RecordT = filled(
            cls,
            text,
            now,
            id=f"{number} {text[:200]}",
            url=self.config.urls[number % len(self.config.urls)],
            no_url_reason=None,
            keys=Keys(hit=text) if number % 3 == 2 else domain,
            **{**owner, **known},
        )
        return record


def filled(cls: Any, text: str, now: datetime, **known: Any) -> Any:
    """A dataclass of the contract with ``text`` wherever there can be one."""
    hints = _hints(cls)
    told = {each.name: _value(hints[each.name], text, now) for each in fields(cls)}
    return cls(**{**told, **known})


@functools.cache
def _hints(cls: Any) -> Mapping[str, Any]:
    return typing.get_type_hints(cls)


def _value(hint: Any, text: str, now: datetime) -> Any:
    plain: dict[Any, Any] = {
        str: text,
        bool: True,
        int: 3,
        float: 52.1,
        Decimal: Decimal("12.50"),
        date: now.date(),
        datetime: now,
    }
    if hint in plain:
        return plain[hint]
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _value(inner[-2] if inner[-1] is type(None) else inner[-1], text, now)
    if origin is Literal:
        return inner[0]
    if origin is tuple:
        return (_value(inner[0], text, now),)
    if origin is Mapping:
        return {_value(inner[0], text, now): _value(inner[1], text, now)}
    return filled(hint, text, now)
