"""What a database cell may hold, read strictly: a value that is not clear is refused, never guessed."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Any

from salesprep.adapter import When
from salesprep.adapter.words import _

Cell = int | float | bytes | None
"""As SQLite gives it; text comes as bytes, so that a badly encoded one costs its row alone."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", re.ASCII)
_UNIX = re.compile(r"\d{9,13}\Z", re.ASCII)
_AMOUNT = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?\Z", re.ASCII)

# From 1973 on. A smaller number is a day written as 20261123, a year or a Julian day.
_FIRST_UNIX_SECOND = 100_000_000
_FIRST_UNIX_MILLISECOND = 100_000_000_000

_YES = frozenset({"1", "true", "t", "yes", "y"})
_NO = frozenset({"0", "false", "f", "no", "n"})


class Unreadable(Exception):
    """A cell that cannot be read. The text says why, without the value."""


def text(cell: Cell) -> str | None:
    """Words; ``None`` for NULL and for nothing but white space."""
    if cell is None:
        return None
    if isinstance(cell, bytes):
        try:
            written = cell.decode()
        except UnicodeDecodeError:
            raise Unreadable(_("text that is not UTF-8")) from None
        return written if written and not written.isspace() else None
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def moment(cell: Cell, zone: tzinfo) -> When | None:
    """A moment in ``zone``, or a plain day where no time of day is written."""
    if isinstance(cell, bytes):
        written = (text(cell) or "").strip()
        if not written:
            return None
        try:
            if _DAY.match(written):
                return date.fromisoformat(written)
            if _MOMENT.match(written):
                found = datetime.fromisoformat(written)
                # Over UTC and back, so that a time within the hour skipped in spring exists.
                return (
                    (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC).astimezone(zone)
                )
        except (ValueError, OverflowError):
            raise Unreadable(_("not a date")) from None
        if not _UNIX.match(written):
            raise Unreadable(_("not a date"))
        cell = int(written)
    if cell is None:
        return None
    if cell < _FIRST_UNIX_SECOND:
        raise Unreadable(_("a number that is no Unix time"))
    try:
        seconds = cell if cell < _FIRST_UNIX_MILLISECOND else cell / 1000
        return datetime.fromtimestamp(seconds, UTC).astimezone(zone)
    except (ValueError, OverflowError, OSError):
        raise Unreadable(_("a number that is no Unix time")) from None


def day(cell: Cell, zone: tzinfo) -> date | None:
    """A calendar day; of a moment the day that it falls on in ``zone``."""
    found = moment(cell, zone)
    return found.date() if isinstance(found, datetime) else found


def amount(cell: Cell) -> Decimal | None:
    """An exact number. A float becomes the shortest decimal that stands for it: 0.1 is 0.1."""
    written = (repr(cell) if isinstance(cell, float) else text(cell) or "").strip()
    if not written:
        return None
    if not _AMOUNT.match(written):
        raise Unreadable(_("not a number"))
    return Decimal(written)


def number(cell: Cell) -> float | None:
    """A number for what is not counted in money, such as degrees."""
    found = amount(cell)
    return None if found is None else float(found)


def whole(cell: Cell) -> int | None:
    """A whole number."""
    found = amount(cell)
    if found is None:
        return None
    if found != found.to_integral_value():
        raise Unreadable(_("not a whole number"))
    return int(found)


def flag(cell: Cell) -> bool | None:
    """Yes or no."""
    word = (text(cell) or "").strip().casefold()
    if not word:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable(_("neither yes nor no"))


def several(cell: Cell) -> tuple[str, ...]:
    """A JSON list of texts, or texts with ``;`` between them; a single one is a list of one."""
    written = (text(cell) or "").strip()
    parts: list[Any] = written.split(";")
    if written.startswith("["):
        with suppress(Unreadable):  # then it is text: "[switchboard] 040 555 0100"
            parts = _json(written, _("a list that is not JSON"))
        if not all(isinstance(part, str | int | None) for part in parts):
            raise Unreadable(_("a list of something other than texts"))
    return tuple(part for part in (str(part or "").strip() for part in parts) if part)


def objects(cell: Cell) -> tuple[dict[str, str], ...]:
    """A JSON list of objects whose values are texts; empty and null values are left out."""
    written = (text(cell) or "").strip()
    if not written:
        return ()
    items = _json(written, _("not a JSON list"))
    if not all(isinstance(item, dict) for item in items):
        raise Unreadable(_("a list of something other than objects"))
    if not all(isinstance(value, str | int | None) for item in items for value in item.values()):
        raise Unreadable(_("an object with values other than texts"))
    return tuple(
        {key: str(value) for key, value in item.items() if value not in (None, "")} for item in items
    )


def _json(written: str, why: str) -> list[Any]:
    try:
        found = json.loads(written)
    except (ValueError, RecursionError):
        raise Unreadable(why) from None
    if not isinstance(found, list):
        raise Unreadable(why)
    return found
