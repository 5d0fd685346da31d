"""What the settings of a wiki may hold."""

from __future__ import annotations

import hashlib
import json
import re
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, field_validator

from salesprep.adapter import ConfigInvalid
from salesprep.adapter.config import Config, LocalPath
from salesprep.adapter.words import _

EXTENSIONS = (".md", ".markdown")
CUSTOMER_KEYS = ("customer", "klant", "account", "kunde", "client")
LINK_PLACES = ("path", "page")
"""What may stand in braces in a link."""


def _invalid(key: str, what: str, mend: str) -> ConfigInvalid:
    return ConfigInvalid(_('key "{key}" {what}', key=key, what=what), mend=mend, field=key)


def _template(value: str) -> str:
    if not re.match(r"https?://[^\s{}/@]+/", value):
        raise _invalid("link", _("is no web address"), _("begin it with http:// or https:// and a host"))
    try:
        places = [place for _, place, _, _ in Formatter().parse(value) if place is not None]
    except ValueError:
        raise _invalid("link", _("has a brace without its other half"), _("complete it")) from None
    if not places or any(place not in LINK_PLACES for place in places):
        mend = _("write {path}, or {page} for the path without its extension")
        raise _invalid("link", _("does not say where the page's path belongs"), mend)
    return value


class WikiConfig(Config):
    """One `[sources.NAME]` table with `adapter = "markdown_wiki"`."""

    folder: LocalPath
    """The folder of pages; folders in it are read as well. Relative to the settings file."""
    link: Annotated[str, AfterValidator(_template)] | None = None
    """Web address of a page: `https://wiki.ons.example/{path}`. Without it a page opens as a file."""
    customer_folders: tuple[str, ...] = ()
    """Folders (as seen from `folder`) in which every folder is named for a customer: `["klanten"]`."""
    customer_keys: tuple[str, ...] = CUSTOMER_KEYS
    """Keys of the front matter that name the customer."""
    exclude: tuple[str, ...] = ()
    """Globs of what is left out, by path or by bare name: `["archief", "*.draft.md"]`."""
    extensions: tuple[str, ...] = EXTENSIONS
    """Endings of pages."""

    @field_validator("customer_folders", "customer_keys", "exclude", "extensions", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        """A list, as TOML has no other; held as one that nobody changes."""
        return tuple(value) if isinstance(value, list) else value

    @field_validator("customer_folders")
    @classmethod
    def _are_within(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        folders = []
        for one in value:
            parts = [part for part in one.replace("\\", "/").split("/") if part not in ("", ".")]
            if one.startswith(("/", "~")) or ".." in parts or not parts:
                mend = _('write it as seen from folder: "klanten"')
                raise _invalid("customer_folders", _("names a folder outside of the wiki"), mend)
            folders.append("/".join(parts))
        return tuple(folders)

    @field_validator("customer_keys")
    @classmethod
    def _are_keys(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(key.strip().casefold() for key in value)

    @field_validator("extensions")
    @classmethod
    def _are_endings(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value or not all(re.fullmatch(r"\.[\w.-]+", one) for one in value):
            raise _invalid("extensions", _("is no list of endings"), _('write them with the point: [".md"]'))
        return tuple(one.lower() for one in value)

    @property
    def reading(self) -> str:
        """A digest of all that decides what stands in an index of these pages."""
        facts = [
            str(self.folder),
            *(self.customer_folders, self.customer_keys, self.exclude, self.extensions),
        ]
        return hashlib.sha256(json.dumps(facts).encode("utf-8", "backslashreplace")).hexdigest()
