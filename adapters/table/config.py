"""The settings of a source: one table for each kind of record, with the columns that tell it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from string import Formatter
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationInfo, field_validator, model_validator

from adapters.table.fields import BELONGS, INSTEAD_OF_TITLE, NEEDED, readers
from salesprep.adapter import ConfigInvalid, Kind
from salesprep.adapter.config import Config, LocalPath
from salesprep.adapter.words import _

Column = str | int
"""A column by its header, or by its number (the first is 1)."""

LINK_PLACES = ("id", "account_id")


class _Common(Config):
    """What can be said for all tables of a source, or for one of them."""

    dates: Literal["D-M-Y", "M-D-Y", "Y-M-D", "serial"] | None = None
    """How 03/04/2026 is meant; without it what the table's other dates show, and nothing is guessed.
    ``serial``: a number is a day, counted as spreadsheets do."""
    decimal: Literal[",", "."] | None = None
    """The decimal sign, where "1.234" could be two numbers; without it what the other numbers show."""
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    """ISO 4217 code of amounts that name none."""
    zone: str | None = None
    """Zone of times that name none (``Europe/Amsterdam``); by default the user's own."""
    origin: str | None = Field(default=None, min_length=1)
    """Where the table comes from, in words; needed for persons."""
    legal_basis: str | None = Field(default=None, min_length=1)
    """By what right persons are kept in it, in words; needed for persons."""

    @field_validator("zone")
    @classmethod
    def _is_zone(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                ZoneInfo(value)
            except (ZoneInfoNotFoundError, ValueError, OSError):
                mend = _("write a name of the IANA list, such as Europe/Amsterdam")
                raise _invalid("zone", _("is no zone that is known"), mend) from None
        return value


class TableConfig(_Common):
    """One file, or one sheet of a workbook, whose rows are records of one kind."""

    path: LocalPath
    """The file: CSV in any form, or XLSX; relative to the settings file."""
    columns: dict[str, Column | list[Column]]
    """Which column tells which field: ``title = "Account"``; several columns become one value."""
    show: tuple[Column, ...] = ()
    """Further columns to be shown as they are."""
    sheet: str | None = None
    """The sheet of a workbook; without it the first visible one that has the columns."""
    header_row: int | None = Field(default=None, ge=0, le=1000)
    """The line with the headers, from 1; 0: there is none. Without it, it is found by the columns."""
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    """What stands between columns, if it is not found by itself."""
    encoding: str | None = None
    """Of a text file that is neither Unicode nor Windows-1252: ``cp1250``."""
    link: str | None = None
    """Web address of the original, with ``{id}`` and ``{account_id}``; without it the file itself."""
    whose: Literal["own", "shared", "outside"] = "own"
    """Whose words these are: our own company's, a shared place's, or the outside world's."""

    @field_validator("show", mode="before")
    @classmethod
    def _as_tuple(cls, value: object) -> object:
        return tuple(value) if isinstance(value, list) else value

    @field_validator("encoding")
    @classmethod
    def _is_encoding(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                "a".encode(value)
            except (LookupError, ValueError):
                raise _invalid(
                    "encoding", _("is not known"), _("write a name such as utf-8 or cp1252")
                ) from None
        return value

    @field_validator("link")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if not re.match(r"https?://[^\s{}/]+", value):
            raise _invalid("link", _("is no web address"), _("begin it with http:// or https:// and a host"))
        try:
            places = [place for _, place, _, _ in Formatter().parse(value) if place is not None]
        except ValueError:
            raise _invalid("link", _("has a brace without its other half"), _("complete it")) from None
        if any(place not in LINK_PLACES for place in places):
            raise _invalid("link", _("has an unknown word in braces"), _("write {id} or {account_id}"))
        return value


class TablesByKind(Config):
    """One table for each kind that this source tells."""

    account: TableConfig | None = None
    person: TableConfig | None = None
    activity: TableConfig | None = None
    task: TableConfig | None = None
    opportunity: TableConfig | None = None
    contract: TableConfig | None = None
    order: TableConfig | None = None
    invoice: TableConfig | None = None
    ticket: TableConfig | None = None
    meeting: TableConfig | None = None
    document: TableConfig | None = None
    post: TableConfig | None = None

    @field_validator("*")
    @classmethod
    def _columns_fit(cls, table: TableConfig | None, info: ValidationInfo) -> TableConfig | None:
        if table is not None:
            _check_columns(Kind(str(info.field_name)), table)
        return table

    def of(self, kind: Kind) -> TableConfig | None:
        """The table of ``kind``."""
        table: TableConfig | None = getattr(self, kind.value)
        return table

    def all(self) -> Iterator[tuple[Kind, TableConfig]]:
        """Every table that there is, in the order of the kinds."""
        for kind in Kind:
            table = self.of(kind)
            if table is not None:
                yield kind, table


class TablesConfig(_Common):
    """One ``[sources.NAME]`` table with ``adapter = "table"``."""

    tables: TablesByKind
    """``[sources.NAME.tables.account]``, ``[sources.NAME.tables.person]`` …"""

    @model_validator(mode="after")
    def _is_stated(self) -> TablesConfig:
        kinds = [kind for kind, _ in self.tables.all()]
        if not kinds:
            raise _invalid("tables", _("has no table"), _("add one: [sources.NAME.tables.account]"))
        person = self.tables.person
        if person is not None:
            for key, why in (
                ("origin", _("where the persons in it come from")),
                ("legal_basis", _("by what right they are kept")),
            ):
                if getattr(person, key) is None and getattr(self, key) is None:
                    raise _invalid(
                        f"tables.person.{key}", _("is missing"), _("add it: {why}, in words", why=why)
                    )
        return self

    def common(self, table: TableConfig, key: str) -> str | None:
        """A setting that a table may have of its own, and the source for all of them."""
        own: str | None = getattr(table, key)
        general: str | None = getattr(self, key)
        return own if own is not None else general


def _check_columns(kind: Kind, table: TableConfig) -> None:
    known = readers(kind)
    where = f"tables.{kind}.columns"
    for field in table.columns:
        if field not in known:
            near = difflib.get_close_matches(field, known, n=1)
            hint = (
                _('write "{near}"', near=near[0])
                if near
                else _("there are {names} and others", names=", ".join(list(known)[:8]))
            )
            mend = _('{hint}; to show a column as it is, put its header into "show"', hint=hint)
            raise _invalid(f"{where}.{field}", _("is no field of a record of kind {kind}", kind=kind), mend)
        columns = listed(table.columns[field])
        if not columns:
            raise _invalid(f"{where}.{field}", _("is empty"), _("write the column's header, or its number"))
        for column in columns:
            _check_column(f"{where}.{field}", column)
    for column in table.show:
        _check_column(f"tables.{kind}.show", column)
    for field in NEEDED.get(kind, ()):
        if field not in table.columns:
            raise _invalid(f"{where}.{field}", _("is missing"), _("name the column that holds it"))
    if not any(field in table.columns for field in ("title", *INSTEAD_OF_TITLE.get(kind, ()))):
        raise _invalid(f"{where}.title", _("is missing"), _("name the column to be shown as the title"))
    if kind is not Kind.ACCOUNT and not any(field in table.columns for field in BELONGS):
        mend = _('name the column with the organisation\'s name: organisation = "…"')
        raise _invalid(where, _("has no column that says whose a row is"), mend)


def listed(columns: Column | list[Column]) -> list[Column]:
    """The columns of one field."""
    return columns if isinstance(columns, list) else [columns]


def _check_column(key: str, column: Column) -> None:
    if isinstance(column, int) and not 1 <= column <= 16_384:
        raise _invalid(key, _("is no number of a column"), _("count from 1"))
    if isinstance(column, str) and not column.strip():
        raise _invalid(key, _("is empty"), _("write the column's header, or its number"))


def _invalid(key: str, what: str, mend: str) -> ConfigInvalid:
    return ConfigInvalid(_('key "{key}" {what}', key=key, what=what), mend=mend, field=key)
