"""Which layers there are, first to last: company, team, person, the file that was named or else the
trusted folder's, variables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from salesprep.adapter.words import _
from salesprep.machine import Dirs, others_may_write
from salesprep.settings.model import NAME, Layer, SettingsError
from salesprep.settings.reading import read_environment, read_file


@dataclass(frozen=True, slots=True)
class Places:
    """Where layers are looked for."""

    person: Path
    """The user's own file; need not exist."""
    here: Path
    """The current folder."""
    company: Path | None = None
    """The company's file; need not exist. No variable may choose it: its locks would go with it."""
    state: Path | None = None
    """The state folder: the trusted folders and the copy of the team's file. Without it neither the
    current folder's ``settings.toml`` is considered nor a copy made."""
    sample: Path | None = None
    """Taken if no layer names a source."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The layers, and what is to be said about how they came."""

    layers: tuple[Layer, ...]
    example: bool = False
    untrusted: Path | None = None
    team_as_of: datetime | None = None


def person_file(dirs: Dirs) -> Path:
    """Where the user's own settings lie; the only layer that salesprep writes."""
    return dirs.config / NAME


def gather(
    environ: Mapping[str, str], explicit: Path | None, places: Places, *, version: str | None = None
) -> Gathered:
    """Every layer, read and checked by itself.

    ``explicit`` (from ``--settings``) or else ``SALESPREP_SETTINGS`` must exist.

    Raises:
        SettingsError: one of them is wrong, or must be there and is not.
    """
    layers: list[Layer] = []
    team_as_of = None
    if places.company is not None and _exists(places.company):
        _refuse_foreign(places.company)
        company = read_file(places.company, "company", version=version)
        layers.append(company)
        if company.team is not None:
            from salesprep.settings.team import read_team  # late: most have none

            team, team_as_of = read_team(company.team, places.company, places.state, version=version)
            layers.append(team)
    if _exists(places.person):
        layers.append(read_file(places.person, "person", version=version))
    untrusted = None
    named = _named(environ, explicit, places.here)
    if named is not None:
        if not any(layer.file == named for layer in layers):
            layers.append(read_file(named, "named", version=version))
    elif places.state is not None and _is_new(places.here / NAME, layers, places.sample):
        from salesprep.settings.trust import read_trusted  # late: few folders have such a file

        of_folder = read_trusted(places.here, places.state, version=version)
        if of_folder is None:
            untrusted = places.here / NAME
        else:
            layers.append(of_folder)
    variables = read_environment(environ)
    example = places.sample is not None and not any(
        layer.table.get("sources") for layer in (*layers, *variables)
    )
    if example and places.sample is not None:
        layers.append(read_file(places.sample, "sample"))
    return Gathered((*layers, *variables), example, untrusted, team_as_of)


def _named(environ: Mapping[str, str], explicit: Path | None, here: Path) -> Path | None:
    named = explicit
    if named is None and environ.get("SALESPREP_SETTINGS"):
        named = Path(environ["SALESPREP_SETTINGS"])
    if named is None:
        return None
    try:
        return here / named.expanduser()
    except RuntimeError:
        what = _("names a home folder that is not known")
        raise SettingsError(named, None, what, _("write the path in full")) from None


def _exists(file: Path) -> bool:
    """Whether there is such a file. One that cannot be looked for is refused: what it says is not known."""
    try:
        file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        what = _("cannot be looked for ({error})", error=type(error).__name__)
        raise SettingsError(file, None, what, _("make its folder readable for yourself")) from None
    return True


def _refuse_foreign(company: Path) -> None:
    if others_may_write(company):
        what = _("could be changed by others than an administrator, and would hold for everybody here")
        raise SettingsError(company, None, what, _('make it an administrator\'s: "chown root", "chmod go-w"'))


def _is_new(file: Path, layers: list[Layer], sample: Path | None) -> bool:
    """Whether there is such a file, and it is none that is read anyway."""
    files = (sample, *(layer.file for layer in layers))
    try:
        return file.is_file() and not any(
            isinstance(one, Path) and one.exists() and file.samefile(one) for one in files
        )
    except OSError:  # in a folder that may not be looked into
        return False
