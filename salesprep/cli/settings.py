"""``settings``: what is in force and who decided it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from salesprep import machine
from salesprep.cli.exits import Exit
from salesprep.cli.terminal import show, standard_output
from salesprep.cli.workspace import company_file, read_settings
from salesprep.output import settings as listing
from salesprep.settings import (
    Key,
    Said,
    Settings,
    Us,
    dotted,
    history,
    locked_by,
    near,
    person_file,
    shown_keys,
)
from salesprep.view.words import _, say

if TYPE_CHECKING:
    from salesprep.cli.commands import Common
    from salesprep.sources import Catalog


def settings(common: Common, why: str | None) -> Exit:
    """All that is in force, or ``why`` and what is beneath it."""
    found, _dirs, catalogue = read_settings(common.settings, os.environ)
    every = tuple(_InForce(found, catalogue).all())
    if why is not None:
        every = _beneath(why.strip(), every, found.us)
    if common.format == "json":
        show(listing.settings_json(every, _places(found)))
    elif why is not None:
        show(listing.why_text(every, found.us))
    else:
        columns = standard_output(os.environ).width
        show(listing.settings_text(every, found.us, _places(found), columns))
    return Exit.DONE


def _beneath(key: str, every: tuple[listing.InForce, ...], us: Us) -> tuple[listing.InForce, ...]:
    chosen = tuple(one for one in every if one.key == key or one.key.startswith(f"{key}."))
    if not chosen:
        hint = near(key, [one.key for one in every])
        mend = _('did you mean "{hint}"?', hint=hint) if hint else _("salesprep settings lists them all")
        raise click.UsageError(say(us, _('there is no setting "{key}"; {mend}', key=key, mend=mend)))
    return chosen


def _places(found: Settings) -> tuple[listing.Place, ...]:
    """Where layers lie: those that were read, and those that could be."""
    own = str(person_file(machine.dirs(os.environ)))
    read = [listing.Place(one.kind, str(one.file)) for one in found.layers if one.kind != "variable"]
    shared = [place for place in read if place.layer in ("company", "team")]
    mine = [place for place in read if place not in shared]
    if found.team_as_of is not None:
        shared[-1] = replace(shared[-1], state="copy")
    if not shared:
        shared.append(listing.Place("company", str(company_file()), "absent"))
    if not any(place.file == own for place in mine):
        mine.insert(0, listing.Place("person", own, "absent"))
    if found.untrusted is not None:
        mine.append(listing.Place("folder", str(found.untrusted), "untrusted"))
    return (*shared, *mine)


class _InForce:
    """Every setting with its history."""

    def __init__(self, found: Settings, catalogue: Catalog) -> None:
        self.found = found
        self.catalogue = catalogue
        self.said = history(found)

    def all(self) -> Iterator[listing.InForce]:
        """Those of the core, then source by source."""
        found, us = self.found, self.found.us
        core: dict[Key, object] = {
            ("us", "name"): us.name,
            ("us", "emails"): list(us.emails),
            ("us", "domains"): list(us.domains),
            ("us", "colleagues"): [{"name": one.name, "email": one.email} for one in us.colleagues],
            ("us", "home", "city"): us.home.city if us.home else None,
            ("us", "home", "latitude"): us.home.latitude if us.home else None,
            ("us", "home", "longitude"): us.home.longitude if us.home else None,
            ("us", "zone"): us.zone.key,
            ("us", "locale"): us.locale,
            ("us", "language"): us.language,
            ("screen", "order"): list(found.sources),
            ("screen", "theme"): found.theme,
            **{("keys", action): list(keys) for action, keys in found.keys.items()},
            ("briefing", "deadline"): found.deadline,
            ("links", "file"): str(found.links_file) if found.links_file else None,
            ("links", "team"): str(found.links_team) if found.links_team else None,
            ("adapters", "folders"): [str(folder) for folder in found.adapter_folders],
        }
        for key, value in core.items():
            if value is not None:
                yield self.one(key, value)
        for name, source in found.sources.items():
            installed = self.catalogue.installed.get(source.adapter)
            shown = shown_keys(source.config, installed.manifest if installed else None)
            own = {"adapter": source.adapter, "title": source.title, "keep": source.keep}
            for path, value in _ends({**own, **shown}, ()):
                yield self.one(("sources", name, *path), value)

    def one(self, key: Key, value: object) -> listing.InForce:
        """One setting, ``value`` as it may be shown."""
        origin = self.found.origins.get(dotted(key))
        said = [self.source_of(key, one) for one in self.said.get(key, ())]
        decided = next((one for one in reversed(said) if one.origin == origin), None)
        others = tuple(one for one in reversed(said) if one is not decided)
        return listing.InForce(dotted(key), value, decided, others, locked_by(self.found, *key))

    def source_of(self, key: Key, said: Said) -> listing.From:
        """What a layer said, its value as it may be shown."""
        value = said.value
        if key[0] == "sources" and key[2:3] not in (("adapter",), ("title",), ("keep",)):
            installed = self.catalogue.installed.get(said.adapter or "")
            config: dict[str, object] = {key[-1]: value}
            for name in reversed(key[2:-1]):
                config = {name: config}
            shown = shown_keys(config, installed.manifest if installed else None)
            # A table of which nothing is known is hidden as a whole.
            value = next(value for _key, value in _ends(shown, ()))
        return listing.From(said.origin, said.layer, said.line, value)


def _ends(table: Mapping[str, object], path: Key) -> Iterator[tuple[Key, object]]:
    """Each key that holds no further keys, as layers give them."""
    for name, value in table.items():
        if isinstance(value, Mapping) and value:
            yield from _ends(value, (*path, name))
        else:
            yield (*path, name), value
