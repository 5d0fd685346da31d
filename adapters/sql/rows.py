"""A row of a query becomes a record; a row that cannot be read is counted instead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, tzinfo
from functools import partial
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from adapters.sql import values
from adapters.sql.columns import CONSENTS, NUMBERS, OWN_FIELD, PERSON_PARTS, ROLES, WORDS, Reader, readers
from adapters.sql.values import Cell, Unreadable
from salesprep.adapter import RECORD_TYPES, Keys, Kind, Money, Participant, Place, Record, Refusal
from salesprep.adapter.names import domain_of, is_free_mail
from salesprep.adapter.words import _

_NO_ADDRESS = _("the settings of this source name no web address for it")
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_NAMED = (Kind.ACCOUNT, Kind.PERSON)
"""Kinds whose title is a name; a note may well have none."""
_LIMITS = {"latitude": 90.0, "longitude": 180.0}
_PARTICIPANT = frozenset(field.name for field in fields(Participant))
_BUILT = frozenset({"id", "title", "url", "people", "amount", "outstanding", "next_step"})
"""Fields of records that are more than the column of the same name."""

Row = Mapping[str, Any]
"""Values by column name, as ``values`` read them."""


class _Refused(Exception):
    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column = column
        self.why = why


@dataclass(frozen=True, slots=True)
class Reading:
    """What the records of one answer have in common."""

    kind: Kind
    zone: tzinfo
    currency: str | None
    link: str | None
    """Web address of the original, with ``{id}`` and ``{account_id}``."""
    fetched_at: datetime

    def records(
        self, names: Sequence[str], rows: Iterable[Sequence[Cell]]
    ) -> tuple[tuple[Record, ...], tuple[Refusal, ...]]:
        """The records, in the order of the rows, and what had to be left out.

        ``names`` are those that :func:`adapters.sql.columns.check_columns` has accepted.
        """
        readings = self._readings(names)
        found: list[Record] = []
        refused: Counter[tuple[str, str]] = Counter()
        for cells in rows:
            try:
                found.append(self._record(_read(readings, cells)))
            except _Refused as refusal:
                refused[refusal.column, refusal.why] += 1
        return tuple(found), tuple(
            Refusal(count, why, where=_("query {kind}, column {column}", kind=self.kind, column=column))
            for (column, why), count in refused.items()
        )

    def _readings(self, names: Sequence[str]) -> list[tuple[str, Callable[[Cell], object]]]:
        functions: Mapping[Reader, Callable[[Cell], object]] = {
            "text": values.text,
            "moment": partial(values.moment, zone=self.zone),
            "day": partial(values.day, zone=self.zone),
            "amount": values.amount,
            "number": values.number,
            "whole": values.whole,
            "flag": values.flag,
            "several": values.several,
            "objects": values.objects,
        }
        known = readers(self.kind)
        return [(name, functions[known.get(name, "text")]) for name in names]

    def _record(self, row: Row) -> Record:
        for name, allowed in WORDS.items():
            kind, column = name
            if kind is self.kind and row.get(column) is not None and row[column] not in allowed:
                raise _Refused(column, _("none of {names}", names=", ".join(allowed)))
        if row["id"] is None:
            raise _Refused("id", "empty")
        if row["title"] is None and self.kind in _NAMED:
            raise _Refused("title", "empty")
        record = RECORD_TYPES[self.kind]
        plain = {f.name for f in fields(record)} - _BUILT
        given: dict[str, Any] = {
            name: value for name, value in row.items() if name in plain and value not in (None, ())
        }
        url = self._url(row)
        return record(
            id=row["id"],
            title=row["title"] or "",
            fetched_at=self.fetched_at,
            url=url,
            no_url_reason=_NO_ADDRESS if url is None else None,
            people=tuple(_people(row)),
            keys=_keys(self.kind, row),
            fields=_own_fields(row),
            **given,
            **self._built(row),
        )

    def _url(self, row: Row) -> str | None:
        given: str | None = row.get("url")
        if given is not None:
            if not re.match(r"https?://[^\s/]", given, re.IGNORECASE):
                raise _Refused("url", _("not a web address"))
            return given
        if self.link is None or ("{account_id}" in self.link and row.get("account_id") is None):
            return None
        account_id = row["id"] if self.kind is Kind.ACCOUNT else row.get("account_id")
        return self.link.format(id=quote(row["id"], safe=""), account_id=quote(account_id or "", safe=""))

    def _built(self, row: Row) -> dict[str, Any]:
        """The fields that only this kind has and that are made of several columns."""
        built: dict[str, Any] = {}
        for column in ("amount", "outstanding"):
            if row.get(column) is not None:
                built[column] = Money(row[column], self._currency_of(row))
        if self.kind is Kind.ACCOUNT:
            built["place"] = _place(row)
            built["numbers"] = tuple(f"{sort} {row[sort]}" for sort in NUMBERS if row.get(sort))
        if self.kind is Kind.PERSON:
            built["consent"] = _consent(row)
        if "next_step" in row:
            # The field is there, so nothing in it is an answer; see Opportunity.next_step.
            built["next_step"] = row["next_step"] or ""
        return built

    def _currency_of(self, row: Row) -> str:
        code = (row.get("currency") or self.currency or "").strip().upper()
        if not _CURRENCY.match(code):
            raise _Refused("currency", _("no code of three letters"))
        return code


def _read(readings: Sequence[tuple[str, Callable[[Cell], object]]], cells: Sequence[Cell]) -> Row:
    row: dict[str, Any] = {}
    for (name, read), cell in zip(readings, cells, strict=True):
        try:
            row[name] = read(cell)
        except Unreadable as error:
            raise _Refused(name, error.args[0]) from None
    return row


def _people(row: Row) -> Iterator[Participant]:
    for role in ROLES:
        parts = {part: row.get(f"{role}_{part}") for part in PERSON_PARTS}
        if any(parts.values()):
            yield Participant(role=role, **parts)
    for given in row.get("people", ()):
        if not given.keys() <= _PARTICIPANT:
            raise _Refused("people", _("a key other than {names}", names=", ".join(sorted(_PARTICIPANT))))
        if given.keys() & {"name", "email", "id"}:
            yield Participant(**given)


def _keys(kind: Kind, row: Row) -> Keys:
    emails = tuple(address.casefold() for address in row.get("emails", ()))
    domains = [domain_of(address) for address in row.get("domains", ())]
    if kind is Kind.ACCOUNT:
        domains.append(domain_of(row.get("website") or ""))
        domains.extend(domain_of(address) for address in emails)
    return Keys(
        account_id=row["id"] if kind is Kind.ACCOUNT else row.get("account_id"),
        organisation=row["title"] if kind is Kind.ACCOUNT else row.get("organisation"),
        emails=emails,
        domains=tuple(dict.fromkeys(domain for domain in domains if domain and not is_free_mail(domain))),
    )


def _place(row: Row) -> Place | None:
    for column, limit in _LIMITS.items():
        if abs(row.get(column) or 0.0) > limit:
            raise _Refused(column, _("beyond {n} degrees", n=round(limit)))
    # Half a position is none.
    located = row.get("latitude") is not None and row.get("longitude") is not None
    country = (row.get("country") or "").strip()
    is_code = re.match(r"[A-Za-z]{2}\Z", country) is not None
    words = ", ".join(part for part in (row.get("address"), None if is_code else country) if part)
    place = Place(
        text=words or None,
        city=row.get("city"),
        postcode=row.get("postcode"),
        country=country.upper() if is_code else None,
        latitude=row["latitude"] if located else None,
        longitude=row["longitude"] if located else None,
    )
    return None if place == Place() else place


def _consent(row: Row) -> Mapping[str, str]:
    words = {True: "ok", False: "no", None: "unknown"}
    return MappingProxyType({CONSENTS[column]: words[row[column]] for column in CONSENTS if column in row})


def _own_fields(row: Row) -> Mapping[str, str]:
    return MappingProxyType(
        {
            name.removeprefix(OWN_FIELD).replace("_", " "): value
            for name, value in row.items()
            if name.startswith(OWN_FIELD) and value is not None
        }
    )
