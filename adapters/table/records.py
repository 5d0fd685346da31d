"""From a stored row to a record. A cell that cannot be read costs that cell, and is counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from adapters.table import dates, numbers, values
from adapters.table.build import content_id
from adapters.table.cells import BETWEEN, NO_RESULT, joined, text
from adapters.table.fields import CONSENTS, NAME_PARTS, NUMBERS, PERSON_PARTS, ROLES, Reader, readers
from adapters.table.index import Progress
from adapters.table.values import Unreadable
from salesprep.adapter import RECORD_TYPES, Keys, Kind, Money, Participant, Place, Record, Refusal
from salesprep.adapter.names import domain_of, is_free_mail
from salesprep.adapter.words import _

_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_LIMITS = {"latitude": 90, "longitude": 180}
_BUILT = frozenset(
    {
        *("id", "title", "url", "people", "emails", "amount", "outstanding", "next_step"),
        *("start", "end", "place", "status", "website", "open"),
    }
)
"""Fields of records that are more than the column of the same name."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of one table are to be read."""

    kind: Kind
    path: Path
    progress: Progress
    zone: tzinfo
    order: str | None
    """Of day and month."""
    decimal: str | None
    currency: str | None
    link: str | None
    whose: Any
    stated: Mapping[str, str]
    """What stands with each record: where it comes from, by what right."""
    fetched_at: datetime


class Records:
    """Makes the records of one answer, and counts what could not be read."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._kind = reading.kind
        self._slots = reading.progress.slots
        self._known = readers(reading.kind)
        record = RECORD_TYPES[reading.kind]
        self._record = record
        self._plain = {f.name for f in fields(record)} - _BUILT
        self._roles = [
            role
            for role in ROLES
            if role in self._slots or any(f"{role}_{part}" in self._slots for part in PERSON_PARTS)
        ]
        self._file = reading.path.absolute().as_uri()
        self._refused: dict[tuple[str, str, bool], list[int]] = {}
        self._readers: Mapping[Reader, Callable[[str], Any]] = {
            "text": text,
            "moment": partial(dates.moment, order=reading.order, zone=reading.zone),
            "day": partial(dates.day, order=reading.order, zone=reading.zone),
            "amount": partial(numbers.amount, decimal=reading.decimal),
            "number": partial(numbers.number, decimal=reading.decimal),
            "whole": self._whole,
            "flag": values.flag,
            "state": values.is_done if reading.kind is Kind.TASK else values.is_open,
            "emails": values.emails,
            "domains": values.domains,
            "several": values.several,
            "people": values.people,
        }

    def of(self, number: int, own: str | None, cells: str) -> Record | None:
        """The record of one row; ``None`` if it cannot be one."""
        row = _Row(number, cells.split(BETWEEN))
        for name in self._slots:
            row.values[name] = self._value(row, name)
        made: Record | None = None
        try:
            made = self._made(row, own)
        except Unreadable as error:
            row.refused.append(("", error.args[0]))
        for label, why in row.refused:
            self._refused.setdefault((label, why, made is not None), [0, number])[0] += 1
        return made

    def refused(self) -> tuple[Refusal, ...]:
        """What could not be read so far, and where it was met first."""
        return tuple(
            Refusal(count, why, where=self._where(number, label), shown=shown)
            for (label, why, shown), (count, number) in self._refused.items()
        )

    def _where(self, number: int, label: str) -> str:
        row = where(self._reading.path, self._reading.progress, number)
        return _("{row}, column {label}", row=row, label=label) if label else row

    # -- cells --

    def _value(self, row: _Row, name: str) -> Any:
        slots, sort = self._slots[name], self._known[name]
        read = self._readers[sort]
        try:
            if sort in ("emails", "domains", "several", "people"):
                return tuple(one for slot in slots for one in read(row.cells[slot]))
            cell = joined([row.cells[slot] for slot in slots])
            if cell == NO_RESULT:
                raise Unreadable(_("a formula without a stored result"))
            if sort == "text" and values.has_words(self._kind, name):
                return self._word(row, name, cell)
            return read(cell)
        except Unreadable as error:
            label = self._reading.progress.labels[slots[0]]
            row.refused.append((label, error.args[0]))
            # As the source writes it, for whoever reads it to judge.
            if (left := text(row.cells[slots[0]])) is not None:
                row.left[label] = left
            return None

    def _word(self, row: _Row, name: str, cell: str) -> str | None:
        try:
            return values.word(self._kind, name, cell)
        except Unreadable:
            if self._kind is not Kind.OPPORTUNITY:
                raise
            row.values["stage"] = row.values.get("stage") or text(cell)
            return None

    def _whole(self, cell: str) -> int | None:
        found = numbers.number(cell, self._reading.decimal)
        if found is None:
            return None
        if found != found.to_integral_value() or abs(found) >= 2**53:
            raise Unreadable(_("not a whole number"))
        return int(found)

    # -- records --

    def _made(self, row: _Row, own: str | None) -> Record:
        reading, given = self._reading, row.values
        native_id = own or given.get("id") or content_id(row.cells, self._slots, self._kind)
        account_id = native_id if self._kind is Kind.ACCOUNT else given.get("account_id")
        plain = {
            name: value for name, value in given.items() if name in self._plain and value not in (None, ())
        }
        return self._record(
            id=native_id,
            title=self._title(row),
            fetched_at=reading.fetched_at,
            url=self._url(row, native_id, account_id),
            people=tuple(self._people(row)),
            keys=self._keys(row, account_id),
            origin=reading.whose,
            fields=self._fields(row),
            **{**plain, **self._built(row)},
        )

    def _title(self, row: _Row) -> str:
        given = row.values
        title: str | None = given.get("title")
        if title is None and self._kind is Kind.PERSON:
            title = " ".join(part for name in NAME_PARTS if (part := given.get(name)))
        if not title and self._kind in (Kind.ACCOUNT, Kind.PERSON):
            raise Unreadable(_("no name"))
        return title or ""

    def _url(self, row: _Row, native_id: str, account_id: str | None) -> str:
        """The original's address; where the settings have none, the file that it stands in."""
        given: str | None = row.values.get("url")
        if given is not None and _WEB.match(given):
            return given
        link = self._reading.link
        if link is None or ("{account_id}" in link and account_id is None):
            return self._file
        return link.format(id=quote(native_id, safe=""), account_id=quote(account_id or "", safe=""))

    def _people(self, row: _Row) -> Iterator[Participant]:
        given = row.values
        for role in self._roles:
            parts = {part: given.get(f"{role}_{part}") for part in PERSON_PARTS}
            named = given.get(role)
            if isinstance(named, tuple) and len(named) == 1:
                parts["name"] = parts["name"] or named[0][0]
                parts["email"] = parts["email"] or named[0][1]
            elif isinstance(named, tuple):
                yield from (Participant(name=name, email=email, role=role) for name, email in named)
            if any(parts.values()):
                yield Participant(role=role, **parts)

    def _keys(self, row: _Row, account_id: str | None) -> Keys:
        given = row.values
        is_account = self._kind is Kind.ACCOUNT
        emails: tuple[str, ...] = given.get("emails") or ()
        found = [domain_of(address) for address in given.get("domains") or ()]
        if is_account:
            found.append(domain_of(given.get("website") or ""))
            found.extend(domain_of(address) for address in emails)
        return Keys(
            account_id=account_id,
            organisation=given.get("title" if is_account else "organisation"),
            emails=tuple(dict.fromkeys(address.casefold() for address in emails)),
            domains=tuple(dict.fromkeys(domain for domain in found if domain and not is_free_mail(domain))),
        )

    def _fields(self, row: _Row) -> Mapping[str, str]:
        labels = self._reading.progress.labels
        found = dict(row.left)
        for slot in self._reading.progress.shown:
            if (value := text(row.cells[slot])) is not None:
                found[labels[slot]] = value
        found.update(self._reading.stated)
        return MappingProxyType(found)

    def _built(self, row: _Row) -> dict[str, Any]:
        """The fields that only this kind has and that are made of several columns."""
        given, kind = row.values, self._kind
        built: dict[str, Any] = {}
        for name in ("amount", "outstanding"):
            if given.get(name) is not None:
                built[name] = self._money(row, name)
        if "status" in given and given["status"] is not None:
            built["status"] = given["status"]
        if "next_step" in given:
            # The field is there, so nothing in it is an answer; see Opportunity.next_step.
            built["next_step"] = given["next_step"] or ""
        if kind is Kind.ACCOUNT:
            owner = given.get("owner") or given.get("owner_name") or given.get("owner_email")
            registered = tuple(f"{sort} {given[sort]}" for sort in NUMBERS if given.get(sort))
            built.update(
                place=self._place(row), website=given.get("website"), owner=owner, numbers=registered
            )
        elif kind is Kind.PERSON:
            built.update(consent=_consent(given), emails=given.get("emails") or ())
        elif kind is Kind.TICKET:
            status = text(row.cells[self._slots["status"][0]]) if "status" in self._slots else None
            built["open"] = given["open"] if "open" in given else values.is_open(status or "")
        elif kind is Kind.MEETING:
            start, end = _times(given.get("start"), given.get("end"))
            place = Place(text=given.get("place"), city=given.get("city"))
            built.update(start=start, end=end, place=None if place == Place() else place)
        return built

    def _money(self, row: _Row, name: str) -> Money | None:
        value: Decimal
        value, beside = row.values[name]
        code = (beside or row.values.get("currency") or self._reading.currency or "").strip()
        code = numbers.SYMBOLS.get(code, code.upper())
        if not _CURRENCY.match(code):
            label = self._reading.progress.labels[self._slots[name][0]]
            row.refused.append((label, _("an amount without a currency")))
            row.left[label] = text(row.cells[self._slots[name][0]]) or ""
            return None
        return Money(value, code)

    def _place(self, row: _Row) -> Place | None:
        given = row.values
        degrees: dict[str, float | None] = {}
        for name, limit in _LIMITS.items():
            found = given.get(name)
            degrees[name] = float(found) if found is not None and abs(found) <= limit else None
        if None in degrees.values():  # half a position is none
            degrees = {}
        country = (given.get("country") or "").strip()
        is_code = re.match(r"[A-Za-z]{2}\Z", country) is not None
        words = ", ".join(part for part in (given.get("address"), None if is_code else country) if part)
        place = Place(
            text=words or None,
            city=given.get("city"),
            postcode=given.get("postcode"),
            country=country.upper() if is_code else None,
            latitude=degrees.get("latitude"),
            longitude=degrees.get("longitude"),
        )
        return None if place == Place() else place


@dataclass(slots=True)
class _Row:
    number: int
    cells: list[str]
    values: dict[str, Any] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
    """Header → what stands in a cell that could not be read."""
    refused: list[tuple[str, str]] = field(default_factory=list)
    """Header of what could not be read, and why."""


def where(path: Path, progress: Progress, number: int) -> str:
    """A row in words."""
    if progress.sheet is None:
        return _("{name} line {number}", name=path.name, number=str(number))
    return _("{name}, sheet {sheet}, row {number}", name=path.name, sheet=progress.sheet, number=str(number))


def _consent(given: Mapping[str, Any]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for channel in CONSENTS:
        asked = [name for name in (f"{channel}_ok", f"no_{channel}") if name in given]
        if asked:
            allowed = [given[name] if name.endswith("_ok") else _not(given[name]) for name in asked]
            said = [one for one in allowed if one is not None]
            # One "no" counts, whatever else is said.
            found[channel] = "unknown" if not said else "ok" if all(said) else "no"
    return MappingProxyType(found)


def _not(flag: bool | None) -> bool | None:
    return None if flag is None else not flag


def _times(start: Any, end: Any) -> tuple[date, date]:
    """Both moments, or both days with the last one not included."""
    if start is None:
        raise Unreadable(_("no start"))
    if isinstance(start, datetime) and (end is None or isinstance(end, datetime)):
        if end is not None and end < start:
            raise Unreadable(_("ends before it starts"))
        return start, end or start
    first = start.date() if isinstance(start, datetime) else start
    last = end.date() if isinstance(end, datetime) else end or first
    if last < first:
        raise Unreadable(_("ends before it starts"))
    return first, last + timedelta(days=1)
