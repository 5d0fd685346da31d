"""What a source answered, read value by value: each knows its place, so that an error names it.

What is not as the adapter expects is :class:`BadData` with the path (``tickets[2].opened``, counted from
one), never with the value. Times are aware or refused; nothing is guessed. For JSON over HTTP there is
:func:`get_json`, for JSON from elsewhere :func:`read_json`; a row of a database is ``Raw(dict(row), …)``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from typing import NoReturn, Protocol, TypeVar, overload
from urllib.parse import urlsplit

from salesprep.adapter.contract import PAGE_SIZE, Page, Refusal, Request
from salesprep.adapter.errors import BadData
from salesprep.adapter.records import Money, Record, When
from salesprep.adapter.words import Message, _

MOST_JSON = 2 * 1024 * 1024
"""Bytes that :func:`get_json` reads unless told otherwise: 30 ms of parsing, in which nothing else runs."""
_FARTHEST = 20
"""Digits before or behind the point of an amount that somebody may mean."""
_MEND = _("see whether there is a newer version of the adapter")
_NEEDED = object()

T = TypeVar("T")
D = TypeVar("D")
RecordT = TypeVar("RecordT", bound=Record)


class Hidden(Protocol):
    """A :data:`salesprep.adapter.config.Secret`."""

    def get_secret_value(self) -> str:
        """The secret."""
        ...


@dataclass(frozen=True, slots=True)
class Raw:
    """A value as it came, ``None`` included.

    A path leads to a value within it: ``"customer.name"``, ``"contacts.0.mail"``, ``""`` for itself. The
    readers raise :class:`BadData` where it leads to nothing or to another type; given a second
    argument, they give that instead where there is nothing or ``null``.
    """

    value: object = field(repr=False)
    read_at: datetime
    """For ``fetched_at``."""
    place: str = ""
    """Where it stands in the answer."""
    zone: tzinfo | None = None
    """Of times that are written without one; unless it is given, such a time is refused."""

    def get(self, path: str) -> Raw | None:
        """The value at ``path``, be it ``null``; ``None`` where there is none."""
        found: object = self.value
        if not path:
            return self
        if isinstance(found, Mapping) and path in found:
            return replace(self, value=found[path], place=_join(self.place, path))
        for part in path.split("."):
            if isinstance(found, Mapping) and part in found:
                found = found[part]
            elif isinstance(found, list) and part.isdecimal() and int(part[:9]) < len(found):
                found = found[int(part)]
            else:
                return None
        return replace(self, value=found, place=_join(self.place, path))

    def __getitem__(self, path: str) -> Raw:
        """The value at ``path``, which must be there.

        Raises:
            BadData: it is not.
        """
        found = self.get(path)
        if found is None:
            named = _join(self.place, path)
            raise BadData(_("{field} is missing", field=named), mend=_MEND, field=named)
        return found

    @overload
    def text(self, path: str) -> str: ...
    @overload
    def text(self, path: str, default: D) -> str | D: ...
    def text(self, path: str, default: object = _NEEDED) -> object:
        """A text, as it is."""
        return self._read(path, default, _text)

    @overload
    def id(self, path: str) -> str: ...
    @overload
    def id(self, path: str, default: D) -> str | D: ...
    def id(self, path: str, default: object = _NEEDED) -> object:
        """What stands for something: a text that is not empty, or a whole number, as text."""
        return self._read(path, default, _id)

    @overload
    def whole(self, path: str) -> int: ...
    @overload
    def whole(self, path: str, default: D) -> int | D: ...
    def whole(self, path: str, default: object = _NEEDED) -> object:
        """A whole number."""
        return self._read(path, default, _whole)

    @overload
    def flag(self, path: str) -> bool: ...
    @overload
    def flag(self, path: str, default: D) -> bool | D: ...
    def flag(self, path: str, default: object = _NEEDED) -> object:
        """``true`` or ``false``; 1 or 0, as databases write them."""
        return self._read(path, default, _flag)

    @overload
    def amount(self, path: str) -> Decimal: ...
    @overload
    def amount(self, path: str, default: D) -> Decimal | D: ...
    def amount(self, path: str, default: object = _NEEDED) -> object:
        """A number, or a text that is one with a point before its decimals: exact, as it is written."""
        return self._read(path, default, _amount)

    @overload
    def time(self, path: str) -> datetime: ...
    @overload
    def time(self, path: str, default: D) -> datetime | D: ...
    def time(self, path: str, default: object = _NEEDED) -> object:
        """A moment in ISO 8601: aware, by its own offset or :attr:`zone`. A day alone is none."""
        return self._read(path, default, _time)

    @overload
    def day(self, path: str) -> date: ...
    @overload
    def day(self, path: str, default: D) -> date | D: ...
    def day(self, path: str, default: object = _NEEDED) -> object:
        """A day in ISO 8601, without a time."""
        return self._read(path, default, _day)

    @overload
    def when(self, path: str) -> When: ...
    @overload
    def when(self, path: str, default: D) -> When | D: ...
    def when(self, path: str, default: object = _NEEDED) -> object:
        """A moment, or a day where the source writes no time."""
        return self._read(path, default, _when)

    @overload
    def texts(self, path: str) -> tuple[str, ...]: ...
    @overload
    def texts(self, path: str, default: D) -> tuple[str, ...] | D: ...
    def texts(self, path: str, default: object = _NEEDED) -> object:
        """A list of texts; a single text is a list of one."""
        return self._read(path, default, _texts)

    def money(self, amount: str, currency: str) -> Money | None:
        """The amount and its currency, by their paths; ``None`` where both or one of them is ``null``."""
        parts = self[amount].amount("", None), self[currency].text("", None)
        return Money(parts[0], parts[1]) if parts[0] is not None and parts[1] else None

    def each(self, path: str = "") -> tuple[Raw, ...]:
        """The values of a list.

        Raises:
            BadData: it is missing or no list.
        """
        found = self[path]
        if not isinstance(found.value, list | tuple):
            found.refuse(_("{field} is no list"))
        return tuple(
            replace(found, value=value, place=f"{found.place}[{number}]")
            for number, value in enumerate(found.value, 1)
        )

    def page(
        self,
        path: str,
        build: Callable[[Raw], RecordT],
        *,
        cursor: str | None = None,
        total: int | None = None,
        as_of: datetime | None = None,
    ) -> Page[RecordT]:
        """A page of what ``build`` makes of each value of the list at ``path``.

        One that cannot be read costs itself and is counted; where none can be read, the source has
        changed.

        Raises:
            BadData: there is no such list, or nothing in it can be read.
        """
        return _made(self.each(path), build, cursor=cursor, total=total, as_of=as_of)

    def refuse(self, sentence: str) -> NoReturn:
        """Say of this value why it cannot be used; ``{field}`` in ``sentence`` becomes its place.

        Raises:
            BadData: always.
        """
        what = Message((str(sentence),), {"field": self.place or _("the answer")})
        # What it was caught from shows the value, and the log shows what an error was caught from.
        raise BadData(what, mend=_MEND, field=self.place or None) from None

    def _read(self, path: str, default: object, convert: Callable[[Raw], object]) -> object:
        if default is _NEEDED:
            return convert(self[path])
        found = self.get(path)
        return default if found is None or found.value is None else convert(found)


def page_from(
    rows: Sequence[Raw],
    build: Callable[[Raw], RecordT],
    cursor: str | None,
    *,
    as_of: datetime | None = None,
) -> Page[RecordT]:
    """The page that ``cursor`` asks for, of ``rows`` that are all here already; as :meth:`Raw.page`.

    Raises:
        BadData: nothing on it can be read, or the cursor is none of ours.
    """
    start = number_of(cursor)
    end = start + PAGE_SIZE
    following = str(end) if end < len(rows) else None
    return _made(rows[start:end], build, cursor=following, total=len(rows), as_of=as_of)


def number_of(cursor: str | None, first: int = 0) -> int:
    """The number that a cursor of one's own stands for; ``first`` where there is no cursor yet.

    Raises:
        BadData: it stands for none.
    """
    if cursor is None:
        return first
    if not cursor.isascii() or not cursor.isdecimal():
        raise BadData(_("the next page is asked for by something other than a number"), mend=_MEND)
    return int(cursor[:18])


def _made(
    rows: Sequence[Raw],
    build: Callable[[Raw], RecordT],
    *,
    cursor: str | None,
    total: int | None,
    as_of: datetime | None,
) -> Page[RecordT]:
    records: list[RecordT] = []
    wrong: list[BadData] = []
    for row in rows:
        try:
            records.append(build(row))
        except BadData as error:
            wrong.append(error)
    if wrong and not records:
        raise wrong[0]
    refused = (Refusal(len(wrong), wrong[0].what, wrong[0].field),) if wrong else ()
    page: Page[RecordT] = Page(tuple(records), cursor=cursor, total=total, as_of=as_of, refused=refused)
    return page


def _join(place: str, path: str) -> str:
    """``tickets[1]`` and ``contacts.0.mail`` → ``tickets[1].contacts[1].mail``."""
    for part in filter(None, path.split(".")):
        if part.isdecimal():
            place += f"[{int(part[:9]) + 1}]"
        else:
            place += f".{part}" if place else part
    return place


# -- single values: each checks its type before anything else, since a value is never shown -----------


def _text(raw: Raw) -> str:
    return raw.value if isinstance(raw.value, str) else raw.refuse(_("{field} is no text"))


def _id(raw: Raw) -> str:
    value = raw.value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value.strip() else raw.refuse(_("{field} is no id"))


def _whole(raw: Raw) -> int:
    value = raw.value
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return raw.refuse(_("{field} is no whole number"))


def _flag(raw: Raw) -> bool:
    if isinstance(raw.value, int) and raw.value in (0, 1):
        return bool(raw.value)
    return raw.refuse(_("{field} is neither true nor false"))


def _amount(raw: Raw) -> Decimal:
    value = raw.value
    if isinstance(value, int | float | str | Decimal) and not isinstance(value, bool):
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            raw.refuse(_("{field} is no number"))
        if number.is_finite() and abs(number.adjusted()) <= _FARTHEST:
            return number
    return raw.refuse(_("{field} is no number"))


def _when(raw: Raw) -> When:
    if not isinstance(raw.value, str):
        raw.refuse(_("{field} is no time"))
    try:
        return date.fromisoformat(raw.value)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(raw.value)
    except ValueError:
        raw.refuse(_("{field} is no time"))
    if moment.tzinfo is None and raw.zone is None:
        raw.refuse(_("{field} is a time without a zone"))
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=raw.zone)


def _time(raw: Raw) -> datetime:
    when = _when(raw)
    return when if isinstance(when, datetime) else raw.refuse(_("{field} is a day without a time"))


def _day(raw: Raw) -> date:
    when = _when(raw)
    return raw.refuse(_("{field} is no day")) if isinstance(when, datetime) else when


def _texts(raw: Raw) -> tuple[str, ...]:
    if isinstance(raw.value, str):
        return (raw.value,)
    return tuple(one.text("") for one in raw.each())


# -- JSON ---------------------------------------------------------------------------------------


async def get_json(
    request: Request,
    url: str,
    params: Mapping[str, str | None] | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    bearer: Hidden | None = None,
    zone: tzinfo | None = None,
    max_bytes: int = MOST_JSON,
) -> Raw:
    """Ask ``url`` for JSON. Parameters that are ``None`` are left out; ``bearer`` is a token to log in with.

    Raises:
        BadData: something else came. Other errors as in :class:`salesprep.adapter.Http`.
    """
    sent = {"Accept": "application/json", **(headers or {})}
    if bearer is not None:
        sent["Authorization"] = f"Bearer {bearer.get_secret_value()}"
    given = {name: value for name, value in (params or {}).items() if value is not None}
    response = await request.http.get(url, params=given, headers=sent, max_bytes=max_bytes)
    return read_json(response.body, urlsplit(url).hostname or "", request, zone=zone)


def read_json(body: bytes, name: str, request: Request, *, zone: tzinfo | None = None) -> Raw:
    """What ``body`` holds. ``name`` is what people know it by: a file's name or a host's.

    Raises:
        BadData: it is not JSON, or cut off.
    """
    try:
        # Not strict: control characters in a text are the host's to clean.
        value = json.loads(body, parse_float=Decimal, parse_constant=_no_constant, strict=False)
    except (ValueError, RecursionError):
        # Its own text shows what it stumbled over.
        mend = _("see what {name} gives now: perhaps a page for people, such as one to log in", name=name)
        raise BadData(_("{name} gives something other than JSON", name=name), mend=mend) from None
    return Raw(value, request.now(), zone=zone)


def _no_constant(name: str) -> NoReturn:
    """``NaN`` and its like are not JSON."""
    raise ValueError(name)
