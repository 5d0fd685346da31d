"""What a command works with: the settings in force, the adapters there are, the clock and the host.
The only place where the real clock is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

import salesprep
from salesprep import machine
from salesprep.settings import Settings, SettingsError, check_secrets, load, near

if TYPE_CHECKING:
    from salesprep.sources import Catalog, Host

SAMPLE = "sample:"
"""Paths in settings that begin so lie in the sample workspace."""

NO_ROOTS: Mapping[str, Path] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything about this run that is known before a source is asked."""

    settings: Settings
    dirs: machine.Dirs
    now: Callable[[], datetime]
    """Aware, in the user's zone. The sample's clock may stand still."""
    real: Callable[[], datetime]
    """The same, but never the sample's."""
    roots: Mapping[str, Path] = field(default_factory=lambda: NO_ROOTS)
    example: bool = False
    """Some source reads the sample."""

    def host(self, *, offline: bool = False) -> Host:
        """A host for these sources; close it."""
        from salesprep.sources import Host

        return Host(self.settings, now=self.now, dirs=self.dirs, roots=self.roots, offline=offline)

    @property
    def links_file(self) -> Path:
        """Where the user's decisions lie."""
        return self.settings.links_file or self.dirs.state / "links.toml"

    @property
    def titles(self) -> dict[str, str]:
        """What each source is called on the screen."""
        return {source.name: source.title for source in self.settings.sources.values()}


def sample_settings() -> Path:
    """The sample's own settings file: in the package, or in a checkout beside it."""
    package = Path(salesprep.__file__).parent
    packed = package / "sample" / "settings.toml"
    return packed if packed.exists() else package.parent / "settings.toml"


def read_settings(
    explicit: Path | None, environ: Mapping[str, str]
) -> tuple[Settings, machine.Dirs, Catalog]:
    """The settings in force, checked against the adapters that there are.

    Raises:
        SettingsError: wrong settings, an adapter that is not there, a secret written out.
    """
    settings, dirs, catalogue = read_unchecked(explicit, environ)
    _check_adapters(settings, catalogue)
    check_secrets(settings, {name: one.manifest for name, one in catalogue.installed.items()})
    return settings, dirs, catalogue


def read_unchecked(
    explicit: Path | None, environ: Mapping[str, str]
) -> tuple[Settings, machine.Dirs, Catalog]:
    """The settings in force, whatever adapters they name, and all adapters; none is imported."""
    from salesprep.sources import find_adapters

    dirs = machine.dirs(environ)
    person = dirs.config / "settings.toml"
    settings = load(environ, explicit=explicit, person=person, sample=sample_settings())
    return settings, dirs, find_adapters(settings.adapter_folders)


def open_workspace(explicit: Path | None, environ: Mapping[str, str]) -> Workspace:
    """As :func:`read_settings`, with the clock, and the sample laid out where a source reads it."""
    settings, dirs, _ = read_settings(explicit, environ)
    zone = settings.us.zone

    def real() -> datetime:
        return datetime.now(zone)

    if not any(_reads_sample(source.config) for source in settings.sources.values()):
        return Workspace(settings, dirs, real, real)
    from salesprep.sample import lay_out

    try:
        laid = lay_out(dirs.cache, real(), clock=real)
    except OSError as error:
        what = f"the sample cannot be laid out in {dirs.cache} ({type(error).__name__})"
        raise click.ClickException(f"{what}; make that folder writable, or set SALESPREP_HOME") from None

    def sample_now() -> datetime:
        return laid.now().astimezone(zone)

    return Workspace(
        settings, dirs, sample_now, real, MappingProxyType({"sample": laid.folder}), example=True
    )


def known_source(name: str, settings: Settings) -> None:
    """Refuse a name on the command line that is no source's.

    Raises:
        click.UsageError: with the nearest right one.
    """
    if name in settings.sources:
        return
    hint = near(name, settings.sources)
    mend = f'did you mean "{hint}"?' if hint else f"there are {', '.join(settings.sources)}"
    raise click.UsageError(f'there is no source "{name}"; {mend}')


def _check_adapters(settings: Settings, catalogue: Catalog) -> None:
    absent = [one for one in catalogue.broken if one.where and not Path(one.where).is_dir()]
    known = {*catalogue.installed, *(one.name for one in catalogue.broken if one not in absent)}
    for source in settings.sources.values():
        if source.adapter not in known:
            key = f"sources.{source.name}.adapter"
            installed = ", ".join(sorted(known)) or "none"
            hint = near(source.adapter, known)
            mend = (f'did you mean "{hint}"? ' if hint else "") + f"installed: {installed}"
            for folder in absent:
                mend += f"; adapters.folders names {folder.where}, which is not there"
            raise SettingsError(
                settings.origins.get(key, source.file), key, "no adapter of that name is installed", mend
            )


def _reads_sample(value: object) -> bool:
    return any(text.startswith(SAMPLE) for text in _texts(value))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
