"""What a command works with: the settings in force, the adapters there are, the clock and the host.
The only place where the real clock is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

import salesprep
from salesprep import machine
from salesprep.adapter.words import _
from salesprep.settings import Settings, SettingsError, Us, check_secrets, load, near, person_file
from salesprep.settings.model import NAME

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


def company_file() -> Path:
    """Where the company's settings lie, if there are any."""
    return machine.company_folder() / NAME


def read_settings(
    explicit: Path | None, environ: Mapping[str, str], *, quiet: bool = False
) -> tuple[Settings, machine.Dirs, Catalog]:
    """The settings in force, checked against the adapters that there are.

    Raises:
        SettingsError: wrong settings, an adapter that is not there, a secret written out.
    """
    settings, dirs, catalogue = read_unchecked(explicit, environ, quiet=quiet)
    _check_adapters(settings, catalogue)
    check_secrets(settings, {name: one.manifest for name, one in catalogue.installed.items()})
    return settings, dirs, catalogue


def read_unchecked(
    explicit: Path | None, environ: Mapping[str, str], *, quiet: bool = False
) -> tuple[Settings, machine.Dirs, Catalog]:
    """The settings in force, whatever adapters they name, and all adapters; none is imported.

    What the user should know of how the settings came is said on standard error, unless ``quiet``.
    """
    from salesprep.sources import find_adapters

    settings, dirs = read_layers(explicit, environ, quiet=quiet)
    return settings, dirs, find_adapters(settings.adapter_folders)


def read_layers(
    explicit: Path | None, environ: Mapping[str, str], *, quiet: bool = False
) -> tuple[Settings, machine.Dirs]:
    """The settings in force; which adapters there are is not looked at.

    Raises:
        SettingsError: wrong settings.
    """
    dirs = machine.dirs(environ)
    settings = load(
        environ,
        explicit=explicit,
        person=person_file(dirs),
        company=company_file(),
        state=dirs.state,
        sample=sample_settings(),
    )
    if not quiet and (settings.untrusted is not None or settings.team_as_of is not None):
        from salesprep.cli import came

        came.tell(settings, real_now())
    return settings, dirs


def real_now() -> datetime:
    """The time, never the sample's (UTC)."""
    return datetime.now(UTC)


def read_elsewhere(explicit: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings in force without those of the current folder, for the command that decides on these;
    where they are wrong, none."""
    person = person_file(machine.dirs(environ))
    try:
        return load(environ, explicit=explicit, person=person, company=company_file())
    except SettingsError:
        return Settings(Us(), MappingProxyType({}))


def open_workspace(explicit: Path | None, environ: Mapping[str, str], *, quiet: bool = False) -> Workspace:
    """As :func:`read_settings`, with the clock, and the sample laid out where a source reads it."""
    settings, dirs, _catalogue = read_settings(explicit, environ, quiet=quiet)
    zone = settings.us.zone

    def real() -> datetime:
        return datetime.now(zone)

    if not any(_reads_sample(source.config) for source in settings.sources.values()):
        return Workspace(settings, dirs, real, real)
    from salesprep.sample import lay_out

    try:
        laid = lay_out(dirs.cache, real(), clock=real)
    except OSError as error:
        what = _(
            "the sample cannot be laid out in {cache} ({error})", cache=dirs.cache, error=type(error).__name__
        )
        raise click.ClickException(
            _("{what}; make that folder writable, or set SALESPREP_HOME", what=what)
        ) from None

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
    mend = (
        _('did you mean "{hint}"?', hint=hint)
        if hint
        else _("there are {names}", names=", ".join(settings.sources))
    )
    from salesprep.view.words import say  # late: settings are read for the shell's completion too

    line = _('there is no source "{name}"; {mend}')
    raise click.UsageError(say(settings.us, line, name=name, mend=mend))


def _check_adapters(settings: Settings, catalogue: Catalog) -> None:
    absent = [one for one in catalogue.broken if one.where and not Path(one.where).is_dir()]
    known = {*catalogue.installed, *(one.name for one in catalogue.broken if one not in absent)}
    for source in settings.sources.values():
        if source.adapter not in known:
            key = f"sources.{source.name}.adapter"
            mend = _("installed: {names}", names=", ".join(sorted(known)) or _("none"))
            if hint := near(source.adapter, known):
                mend = _('did you mean "{hint}"? {mend}', hint=hint, mend=mend)
            for folder in absent:
                gone = _("adapters.folders names {folder}, which is not there", folder=folder.where)
                mend = _("{mend}; {more}", mend=mend, more=gone)
            raise SettingsError(
                settings.origins.get(key, source.file), key, _("no adapter of that name is installed"), mend
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
