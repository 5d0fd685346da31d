"""The settings of one database: where it lies and which query tells what."""

from __future__ import annotations

import re
from string import Formatter
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationInfo, field_validator

from salesprep.adapter import ConfigInvalid, Kind
from salesprep.adapter.config import Config, LocalPath
from salesprep.adapter.words import _

LINK_PLACES = ("id", "account_id")
"""What may stand in braces in a link."""


class _ByKind(Config):
    account: str | None = None
    person: str | None = None
    activity: str | None = None
    task: str | None = None
    opportunity: str | None = None
    contract: str | None = None
    order: str | None = None
    invoice: str | None = None
    ticket: str | None = None

    def of(self, kind: Kind) -> str | None:
        """What is set for ``kind``; ``None`` also for a kind that no database is asked for."""
        value = getattr(self, kind.value, None)
        return value if isinstance(value, str) else None


class Queries(_ByKind):
    """One ``SELECT`` by kind; checked when it is used, so that a wrong one costs its own kind only."""


QUERIED = tuple(Kind(name) for name in Queries.model_fields)
"""Kinds that there can be a query for, as the manifest names them."""


class Links(_ByKind):
    """Web address of the original by kind, with ``{id}`` and ``{account_id}``."""

    @field_validator("*")
    @classmethod
    def _is_address(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None:
            return None
        key = f"links.{info.field_name}"
        if not re.match(r"https?://[^\s{}/]+", value):
            raise _invalid(key, _("is no web address"), _("begin it with http:// or https:// and a host"))
        try:
            places = [place for _, place, _, _ in Formatter().parse(value) if place is not None]
        except ValueError:
            raise _invalid(key, _("has a brace without its other half"), _("complete it")) from None
        if any(place not in LINK_PLACES for place in places):
            raise _invalid(key, _("has an unknown word in braces"), _("write {id} or {account_id}"))
        return value


class SqlConfig(Config):
    """One ``[sources.NAME]`` table with ``adapter = "sql"``."""

    database: LocalPath
    """The SQLite file; relative to the settings file."""
    zone: str | None = None
    """Zone of times that are written without one (``Europe/Amsterdam``); by default the user's own."""
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    """ISO 4217 code of amounts whose row names none."""
    count: bool = True
    """Whether the database counts all rows where there is more than one page."""
    is_export: bool = False
    """The file is a copy made now and then: its facts are as old as its last change."""
    queries: Queries
    """One query by kind; a kind without one is not asked."""
    links: Links = Links()
    """Web address of the original by kind."""

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


def _invalid(key: str, what: str, mend: str) -> ConfigInvalid:
    return ConfigInvalid(_('key "{key}" {what}', key=key, what=what), mend=mend, field=key)
