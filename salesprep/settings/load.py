"""From the layers to :class:`Settings`: what is taken if nobody says anything, and what only shows when
all layers are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import cast
from zoneinfo import ZoneInfo

from salesprep import machine
from salesprep.adapter.words import _
from salesprep.settings.gather import Gathered, Places, gather
from salesprep.settings.keys import read_keys
from salesprep.settings.layers import Merged, merge
from salesprep.settings.model import Colleague, Home, Keep, Settings, SettingsError, Source, Theme, Us
from salesprep.settings.shape import SOURCE, dotted, near
from salesprep.words import spoken_here

Keys = Mapping[str, object]


def load(
    environ: Mapping[str, str],
    *,
    explicit: Path | None,
    person: Path,
    company: Path | None = None,
    state: Path | None = None,
    sample: Path | None = None,
    folder: Path | None = None,
    version: str | None = None,
) -> Settings:
    """What is in force: all layers, each over those before it.

    They are ``company`` and the team's file that it names; ``person``; the file that ``explicit`` (from
    ``--settings``) or else ``SALESPREP_SETTINGS`` names, which must exist, or if none is named the
    ``settings.toml`` of a trusted ``folder`` (by default the current one; ``state`` knows which are
    trusted); and the variables. If no layer names a source, ``sample`` is laid over the files.
    Relative paths start at the folder of the file that gives them; in a variable at ``folder``.
    ``version`` is held against ``requires``; by default the running one.

    Raises:
        SettingsError: with file, key and mend; never with a value.
    """
    here = folder or Path.cwd()
    gathered = gather(environ, explicit, Places(person, here, company, state, sample), version=version)
    return _Builder(gathered, merge(gathered.layers), person, here, environ).settings()


class _Builder:
    """Reads the merged table; its shape has been checked layer by layer."""

    def __init__(
        self, gathered: Gathered, merged: Merged, person: Path, here: Path, environ: Mapping[str, str]
    ) -> None:
        self.gathered = gathered
        self.merged = merged
        self.files = tuple(layer.file for layer in gathered.layers if isinstance(layer.file, Path))
        self.last = self.files[-1] if self.files else person
        self.here = here
        self.environ = environ

    def settings(self) -> Settings:
        """All of it."""
        briefing, links, adapters = (self.table(name) for name in ("briefing", "links", "adapters"))
        screen, keys = self.table("screen"), self.table("keys")
        settings = Settings(
            us=self.us(self.table("us")),
            sources=self.sources(),
            files=self.files,
            origins=MappingProxyType({dotted(p): str(file) for p, file in self.merged.origins.items()}),
            example=self.gathered.example,
            layers=self.gathered.layers,
            locks=MappingProxyType({key: str(file) for key, file in self.merged.locks.files.items()}),
            untrusted=self.gathered.untrusted,
            team_as_of=self.gathered.team_as_of,
        )
        if "deadline" in briefing:
            settings = replace(settings, deadline=float(cast("float", briefing["deadline"])))
        if "theme" in screen:
            settings = replace(settings, theme=cast("Theme", screen["theme"]))
        if keys:
            given = {action: read_keys(written) or () for action, written in keys.items()}
            settings = replace(settings, keys=MappingProxyType(given))
        if "file" in links:
            settings = replace(settings, links_file=self.path(str(links["file"]), "links", "file"))
        if "team" in links:
            settings = replace(settings, links_team=self.path(str(links["team"]), "links", "team"))
        if "folders" in adapters:
            folders = cast("list[str]", adapters["folders"])
            paths = tuple(self.path(item, "adapters", "folders") for item in folders)
            settings = replace(settings, adapter_folders=paths)
        return settings

    def table(self, *path: str) -> Keys:
        """The table at ``path``; empty if nobody gave it."""
        table: object = self.merged.table
        for key in path:
            table = table.get(key, {}) if isinstance(table, dict) else {}
        return cast("Keys", table)

    def wrong(self, path: tuple[str, ...], what: str, mend: str) -> SettingsError:
        """A message for a key, with who gave it."""
        return SettingsError(self.merged.origin(*path) or self.last, dotted(path), what, mend)

    def path(self, value: str, *key: str) -> Path:
        """A path, relative to the file that gave it."""
        file = self.merged.origin(*key)
        folder = file.parent if isinstance(file, Path) else self.here
        try:
            return folder / Path(value).expanduser()
        except RuntimeError:
            raise self.wrong(
                key, _("names a home folder that is not known"), _("write the path in full")
            ) from None

    def us(self, table: Keys) -> Us:
        """``[us]``."""
        us = Us(
            name=cast("str | None", table.get("name")),
            emails=_lower(table.get("emails")),
            domains=_lower(table.get("domains")),
            colleagues=tuple(
                Colleague(item["name"], item["email"].lower())
                for item in cast("list[dict[str, str]]", table.get("colleagues", []))
            ),
            home=self.home(self.table("us", "home")) if "home" in table else None,
            zone=ZoneInfo(cast("str", table.get("zone") or machine.zone_name(self.environ))),
            language=cast("str", table.get("language") or spoken_here(self.environ)),
        )
        if "locale" in table:
            us = replace(us, locale=cast("str", table["locale"]))
        return us

    def home(self, table: Keys) -> Home:
        """``us.home``."""
        if "city" not in table:
            raise self.wrong(("us", "home"), _("has no city"), _('add city = "…"'))
        degrees = [cast("float | None", table.get(key)) for key in ("latitude", "longitude")]
        if degrees.count(None) == 1:
            raise self.wrong(
                ("us", "home"), _("has only one of latitude and longitude"), _("give both or none")
            )
        return Home(cast("str", table["city"]), *degrees)

    def sources(self) -> Mapping[str, Source]:
        """``[sources.NAME]``, in the order of the screen; those that it does not name come last."""
        tables = self.table("sources")
        order: list[str] = []
        for name in cast("list[str]", self.table("screen").get("order", [])):
            if name not in tables:
                hint = near(name, tables)
                known = (
                    _("known are {names}", names=", ".join(tables)) if tables else _("there are no sources")
                )
                raise self.wrong(
                    ("screen", "order"),
                    _("names no source"),
                    _('did you mean "{hint}"?', hint=hint) if hint else known,
                )
            order.append(name)
        names = dict.fromkeys([*order, *tables])
        return MappingProxyType({name: self.source(name) for name in names})

    def source(self, name: str) -> Source:
        """One source."""
        table = self.table("sources", name)
        if "adapter" not in table:
            written = near("adapter", [key for key in table if key not in SOURCE.keys])
            mend = _('rename "{written}"', written=written) if written else _('add adapter = "…"')
            raise self.wrong(("sources", name), _("has no adapter"), mend)
        return Source(
            name=name,
            adapter=cast("str", table["adapter"]),
            title=cast("str", table.get("title", name.upper())),
            config=MappingProxyType({key: value for key, value in table.items() if key not in SOURCE.keys}),
            file=self.merged.source_files.get(name, self.last),
            keep=cast("Keep", table.get("keep", "disk")),
        )


def _lower(texts: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.lower() for text in cast("list[str] | None", texts) or ()))
