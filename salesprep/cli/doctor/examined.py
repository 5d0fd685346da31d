"""What the doctor looks at, gathered as far as it can be: settings that are wrong keep nothing else from
being looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

import click

from salesprep import machine
from salesprep.adapter.errors import Failure
from salesprep.adapter.manifest import Manifest
from salesprep.adapter.words import _
from salesprep.cli.workspace import Workspace, open_workspace, read_layers, read_settings, real_now
from salesprep.settings import Settings, SettingsError, Source, Us
from salesprep.sources import Catalog, Host, Installed, find_adapters
from salesprep.sources.standing import Standing
from salesprep.sources.trying import Tried, try_source
from salesprep.words import spoken_here


@dataclass(frozen=True, slots=True)
class Patient:
    """One source, what is known of it and what trying it came to."""

    number: int
    """In the order of the screen, from 1."""
    source: Source
    manifest: Manifest | None
    remote: bool
    standing: Standing
    tried: Tried
    """Without a failure it could be asked."""


class Examined:
    """One machine, one user, one set of settings."""

    def __init__(self, explicit: Path | None, environ: Mapping[str, str]) -> None:
        self.explicit = explicit
        self.environ = environ
        self.dirs = machine.dirs(environ)
        self.error: SettingsError | None = None
        """Why the settings cannot be used."""
        self.unlaid: str | None = None
        """Why the sample workspace cannot be laid out."""
        self.settings = self._settings()
        self.space = self._space()

    def _settings(self) -> Settings:
        """Those in force; where they cannot even be read, none."""
        try:
            settings, _dirs = read_layers(self.explicit, self.environ, quiet=True)
        except (SettingsError, OSError) as error:
            if isinstance(error, OSError):  # no layer's: the folder that one stands in is gone, say
                what = _("cannot be looked for ({error})", error=type(error).__name__)
                mend = _("go to a folder that is there, and that you may read")
                error = SettingsError(".", None, what, mend)
            self.error = error
            zone = ZoneInfo(machine.zone_name(self.environ))
            return Settings(Us(zone=zone, language=spoken_here(self.environ)), MappingProxyType({}))
        try:
            read_settings(self.explicit, self.environ, quiet=True)
        except SettingsError as error:  # an adapter that is not there, a secret written out
            self.error = error
        return settings

    def _space(self) -> Workspace | None:
        if self.error is not None:
            return None
        try:
            return open_workspace(self.explicit, self.environ, quiet=True)
        except click.ClickException as error:
            self.unlaid = error.message
            return None

    @property
    def us(self) -> Us:
        """Who is spoken to."""
        return self.settings.us

    @property
    def now(self) -> datetime:
        """By the clock of the sources: the sample's may stand still."""
        return self.space.now() if self.space is not None else self.real

    @cached_property
    def real(self) -> datetime:
        """By this machine's clock."""
        return real_now().astimezone(self.us.zone)

    @cached_property
    def catalogue(self) -> Catalog:
        """All adapters, none imported."""
        return find_adapters(self.settings.adapter_folders)

    def used(self, adapter: str) -> bool:
        """Whether some source is read by it."""
        return any(source.adapter == adapter for source in self.settings.sources.values())

    @cached_property
    def patients(self) -> tuple[Patient, ...]:
        """Every source; those whose adapter there is have been tried."""
        host = Host(self.settings, now=lambda: self.now, dirs=self.dirs, environ=self.environ)
        host.recall()
        roots = self.space.roots if self.space is not None else MappingProxyType({})
        return tuple(
            Patient(
                number,
                source,
                host.infos[source.name].manifest,
                host.infos[source.name].remote,
                host.standing(source.name),
                self._tried(source, host.infos[source.name].problem, roots),
            )
            for number, source in enumerate(self.settings.sources.values(), 1)
        )

    def _tried(self, source: Source, problem: Failure | None, roots: Mapping[str, Path]) -> Tried:
        installed = self.catalogue.installed.get(source.adapter)
        if problem is not None or installed is None:
            return Tried(problem)
        if self.unlaid is not None and _reads_sample(source):
            return Tried()
        return try_source(source, installed, environ=self.environ, roots=roots)

    def shipped(self, adapter: str) -> bool:
        """Whether it was installed as a package, and is no folder of somebody's own."""
        installed: Installed | None = self.catalogue.installed.get(adapter)
        return installed is not None and installed.package is not None


def _reads_sample(source: Source) -> bool:
    return "sample:" in repr(source.config)
