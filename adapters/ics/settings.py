"""What the settings of a calendar source may hold, and how a calendar is named in messages."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from salesprep.adapter import ConfigInvalid
from salesprep.adapter.config import Config, LocalPath, Secret
from salesprep.adapter.words import _

_SCHEMES = {"http": "http", "https": "https", "webcal": "https", "webcals": "https"}
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme.lower() not in _SCHEMES or not parts.hostname:
        raise ConfigInvalid(
            _("the address of a calendar is none that can be read"),
            mend=_("write one that begins with https://, http:// or webcal://"),
            field="calendars",
        )
    return value


def _secret_address(value: Secret) -> Secret:
    _address(value.get_secret_value().strip())
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ConfigInvalid(
            _("the zone of a calendar is not known"),
            mend=_('write a time zone such as "Europe/Amsterdam"'),
            field="calendars.zone",
        ) from None
    return value


def _mail(value: str) -> str:
    local, at, domain = value.strip().rpartition("@")
    if not at or not local or not domain or " " in value.strip():
        raise ConfigInvalid(
            _("the owner of a calendar is not a mail address"),
            mend=_('write one such as "anna@ours.example"'),
            field="calendars.owner",
        )
    return value.strip().lower()


def _template(value: str) -> str:
    if urlsplit(value).scheme not in ("http", "https") or "{uid}" not in value:
        raise ConfigInvalid(
            _("the link of a calendar is not usable"),
            mend=_('write an http(s) address that holds "{uid}"'),
            field="calendars.link",
        )
    return value


class CalendarSettings(Config):
    """One calendar; exactly one of ``path``, ``url`` and ``secret_url`` says where it is."""

    path: LocalPath | None = None
    """A calendar file, or a folder with `*.ics` files (folders in it are looked into as well)."""
    url: Annotated[str, AfterValidator(_address)] | None = None
    """An address (http, https, webcal, webcals) that anybody may know."""
    secret_url: Annotated[Secret, AfterValidator(_secret_address)] | None = None
    """An address that lets in whoever knows it ("private address"): as `env:NAME` or `file:PATH`."""
    owner: Annotated[str, AfterValidator(_mail)] | None = None
    """Mail address of whose calendar this is."""
    name: str | None = None
    """What the calendar is called."""
    zone: Annotated[str, AfterValidator(_zone)] | None = None
    """The time zone of times that name none; by default the user's."""
    link: Annotated[str, AfterValidator(_template)] | None = None
    """Where an event opens in the browser: `https://calendar.example/event/{uid}`."""

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if sum(place is not None for place in (self.path, self.url, self.secret_url)) != 1:
            raise ConfigInvalid(
                _("a calendar does not say where it is, or says it twice"),
                mend=_("give it exactly one of path, url and secret_url"),
                field="calendars",
            )
        return self

    @property
    def address(self) -> str | None:
        """The web address to ask. ``webcal`` goes over https, except to this machine itself."""
        given = self.secret_url.get_secret_value().strip() if self.secret_url else self.url
        if given is None:
            return None
        parts = urlsplit(given)
        scheme = _SCHEMES[parts.scheme.lower()]
        if parts.scheme.lower() == "webcal" and parts.hostname in _LOOPBACK:
            scheme = "http"
        return parts._replace(scheme=scheme).geturl()

    @property
    def key(self) -> str:
        """Short and stable: which calendar this is, telling nothing of where it lies."""
        place = str(self.path) if self.path is not None else self.address or ""
        return hashlib.sha256(place.encode()).hexdigest()[:12]

    @property
    def label(self) -> str:
        """What to call it in a message; never a secret address."""
        if self.name or self.owner:
            return self.name or self.owner or ""
        if self.path is not None:
            return self.path.name or str(self.path)
        if self.url is not None:
            return urlsplit(self.url).hostname or _("a calendar")
        return _("a calendar with a secret address")


class CalendarsConfig(Config):
    """The calendars of one source."""

    calendars: Annotated[list[CalendarSettings], Field(min_length=1)]
    """One `[[sources.NAME.calendars]]` table each."""


def is_file(path: Path) -> bool:
    """Whether the name says that it is a calendar file."""
    return path.suffix.lower() == ".ics"
