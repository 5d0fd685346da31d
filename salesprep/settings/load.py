"""From the layers to :class:`Settings`: which files there are, what is taken if nobody says anything,
and what only shows when all layers are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import cast
from zoneinfo import ZoneInfo

from salesprep import machine
from salesprep.settings.layers import Layer, Merged, merge, read_environment, read_file
from salesprep.settings.model import Colleague, Home, Keep, Settings, SettingsError, Source, Us
from salesprep.settings.shape import SOURCE, dotted, near

Keys = Mapping[str, object]


def load(
    environ: Mapping[str, str],
    *,
    explicit: Path | None,
    person: Path,
    sample: Path | None = None,
    folder: Path | None = None,
) -> Settings:
    """What is in force: the person's file, over it the file that was named, over these the variables.

    ``explicit`` (from ``--settings``) or else ``SALESPREP_SETTINGS`` must exist, ``person`` need not.
    If no layer names a source, ``sample`` is laid over the files. Relative paths start at the folder
    of the file that gives them; in a variable at ``folder`` (by default the current one).

    Raises:
        SettingsError: with file, key and mend; never with a value.
    """
    here = folder or Path.cwd()
    named = explicit
    if named is None and environ.get("SALESPREP_SETTINGS"):
        named = Path(environ["SALESPREP_SETTINGS"])
    layers: list[Layer] = [read_file(person)] if person.exists() else []
    if named is not None:
        file = here / named.expanduser()
        if not layers or file != person:
            layers.append(read_file(file))
    variables = read_environment(environ)
    example = sample is not None and not any(layer.table.get("sources") for layer in (*layers, *variables))
    if example and sample is not None:
        layers.append(read_file(sample))
    merged = merge((*layers, *variables))
    files = tuple(layer.file for layer in layers if isinstance(layer.file, Path))
    return _Builder(merged, files, files[-1] if files else person, here, environ).settings(example)


class _Builder:
    """Reads the merged table; its shape has been checked layer by layer."""

    def __init__(
        self, merged: Merged, files: tuple[Path, ...], last: Path, here: Path, environ: Mapping[str, str]
    ) -> None:
        self.merged = merged
        self.files = files
        self.last = last
        self.here = here
        self.environ = environ

    def settings(self, example: bool) -> Settings:
        """All of it."""
        briefing, links, adapters = (self.table(name) for name in ("briefing", "links", "adapters"))
        settings = Settings(
            us=self.us(self.table("us")),
            sources=self.sources(),
            files=self.files,
            origins=MappingProxyType({dotted(p): str(file) for p, file in self.merged.origins.items()}),
            example=example,
        )
        if "deadline" in briefing:
            settings = replace(settings, deadline=float(cast("float", briefing["deadline"])))
        if "file" in links:
            settings = replace(settings, links_file=self.path(str(links["file"]), "links", "file"))
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
            raise self.wrong(key, "names a home folder that is not known", "write the path in full") from None

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
        )
        if "locale" in table:
            us = replace(us, locale=cast("str", table["locale"]))
        if "language" in table:
            us = replace(us, language=cast("str", table["language"]))
        return us

    def home(self, table: Keys) -> Home:
        """``us.home``."""
        if "city" not in table:
            raise self.wrong(("us", "home"), "has no city", 'add city = "…"')
        degrees = [cast("float | None", table.get(key)) for key in ("latitude", "longitude")]
        if degrees.count(None) == 1:
            raise self.wrong(("us", "home"), "has only one of latitude and longitude", "give both or none")
        return Home(cast("str", table["city"]), *degrees)

    def sources(self) -> Mapping[str, Source]:
        """``[sources.NAME]``, in the order of the screen; those that it does not name come last."""
        tables = self.table("sources")
        order: list[str] = []
        for name in cast("list[str]", self.table("screen").get("order", [])):
            if name not in tables:
                hint = near(name, tables)
                known = f"known are {', '.join(tables)}" if tables else "there are no sources"
                raise self.wrong(
                    ("screen", "order"), "names no source", f'did you mean "{hint}"?' if hint else known
                )
            order.append(name)
        names = dict.fromkeys([*order, *tables])
        return MappingProxyType({name: self.source(name) for name in names})

    def source(self, name: str) -> Source:
        """One source."""
        table = self.table("sources", name)
        if "adapter" not in table:
            written = near("adapter", [key for key in table if key not in SOURCE.keys])
            mend = f'rename "{written}"' if written else 'add adapter = "…"'
            raise self.wrong(("sources", name), "has no adapter", mend)
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
