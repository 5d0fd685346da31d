"""Which adapters there are, without importing any of them.

Installed ones are entry points of the group ``salesprep.adapters``, an admin's own are folders in the
directories that settings list. Only ``adapter.toml`` is read; whatever cannot be used becomes one line.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import MappingProxyType

from salesprep.adapter.errors import Failure
from salesprep.adapter.manifest import CONTRACT, Manifest, ManifestError, read_manifest
from salesprep.adapter.words import _
from salesprep.sources.answers import NotLoaded
from salesprep.sources.failures import not_usable

GROUP = "salesprep.adapters"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_BETWEEN = re.compile(r"[-_.]+")


@dataclass(frozen=True, slots=True)
class Installed:
    """An adapter that can be loaded: its manifest, and how it is imported."""

    manifest: Manifest
    package: str | None
    """The dotted package of an entry point; ``None`` for a folder of the admin's own."""

    @property
    def where(self) -> str:
        """The folder that holds it."""
        return str(self.manifest.folder)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All that was found: adapters by name, and those that cannot be used."""

    installed: Mapping[str, Installed]
    broken: tuple[NotLoaded, ...]
    lacking: tuple[NotLoaded, ...] = ()
    """Of the installed ones those that need a library that does not seem to be there. Their import tells for
    sure, when they are asked."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an adapter is said to be, not yet looked at."""

    name: str
    package: str | None
    folder: Path | None


def find_adapters(folders: Iterable[Path]) -> Catalog:
    """All adapters of this installation and of ``folders``, none imported.

    The first of two with one name counts, installed ones before folders, folders in their order.
    """
    installed: dict[str, Installed] = {}
    broken: list[NotLoaded] = []
    libraries: set[str] = set()
    for place in (*_entry_points(libraries), *_own(folders, broken)):
        found = _look(place)
        if isinstance(found, NotLoaded):
            broken.append(found)
            continue
        first = installed.setdefault(found.manifest.name, found)
        if first.manifest.folder != found.manifest.folder:
            what = _(
                'there is already an adapter named "{name}" in {where}',
                name=found.manifest.name,
                where=first.where,
            )
            mend = _("give the one in {where} another name, or remove it", where=found.where)
            broken.append(NotLoaded(found.manifest.name, not_usable(what, mend), found.where))
    lacking = tuple(_lacking(installed.values(), libraries))
    return Catalog(MappingProxyType(installed), tuple(broken), lacking)


def _look(place: _Place) -> Installed | NotLoaded:
    if place.folder is None:
        what = _(
            'the entry point "{name}" names the package {package}, which is not there',
            name=place.name,
            package=place.package,
        )
        return NotLoaded(place.name, not_usable(what, _("install its distribution again")))
    where = str(place.folder)
    try:
        manifest = read_manifest(place.folder / "adapter.toml")
    except ManifestError as error:
        return NotLoaded(place.name, not_usable(str(error), _("correct adapter.toml")), where)
    wrong = wrong_contract(manifest)
    if wrong is not None:
        return NotLoaded(manifest.name, wrong, where)
    if place.package is not None and manifest.name != place.name:
        what = _(
            'the entry point is named "{name}" and its manifest "{other}"',
            name=place.name,
            other=manifest.name,
        )
        return NotLoaded(place.name, not_usable(what, _("give both the same name")), where)
    return Installed(manifest, place.package)


def wrong_contract(manifest: Manifest) -> Failure | None:
    """Why an adapter of this contract cannot be used, if so. An older minor version is understood; a newer
    one may rely on what is not here yet."""
    if manifest.contract[0] == CONTRACT[0] and manifest.contract <= CONTRACT:
        return None
    theirs, ours = (".".join(map(str, version)) for version in (manifest.contract, CONTRACT))
    newer = manifest.contract > CONTRACT
    return not_usable(
        _(
            "{name} is made for contract {theirs}, this salesprep has {ours}",
            name=manifest.name,
            theirs=theirs,
            ours=ours,
        ),
        _("update salesprep") if newer else _("update the adapter"),
    )


def _lacking(installed: Iterable[Installed], libraries: Collection[str]) -> Iterator[NotLoaded]:
    for one in installed:
        missing = [each for each in one.manifest.requires if _lacks(each, libraries)]
        if missing:
            yield NotLoaded(one.manifest.name, _without(one.manifest.name, missing), one.where)


def _without(adapter: str, requirements: Sequence[str]) -> Failure:
    names = [_library(one) for one in requirements]
    what = _("{name} needs the library {library}, which is not installed", name=adapter, library=names[0])
    if len(names) > 1:
        libraries = ", ".join(names)
        what = _(
            "{name} needs the libraries {libraries}, which are not installed",
            name=adapter,
            libraries=libraries,
        )
    wanted = " ".join(f'"{one}"' for one in requirements)
    return not_usable(what, _("install it beside salesprep: {names}", names=wanted))


def _lacks(requirement: str, libraries: Collection[str]) -> bool:
    """One that is wanted on some systems only is left to the import."""
    return ";" not in requirement and _folded(_library(requirement)) not in libraries


def _library(requirement: str) -> str:
    found = _NAME.match(requirement)
    return found[0] if found else requirement


def _folded(distribution: str) -> str:
    return _BETWEEN.sub("-", distribution).lower()


# -- folders of one's own -----------------------------------------------------------------------


def _own(folders: Iterable[Path], broken: list[NotLoaded]) -> Iterator[_Place]:
    for folder in folders:
        try:
            inside = sorted(path for path in folder.iterdir() if path.is_dir())
        except OSError as error:
            what = _(
                "the adapter folder {folder} cannot be read ({error})",
                folder=folder,
                error=type(error).__name__,
            )
            failure = not_usable(what, _("correct folders under [adapters] in the settings"))
            broken.append(NotLoaded(folder.name, failure, str(folder)))
            continue
        for path in inside:
            if not path.name.startswith((".", "_")):
                yield _Place(path.name, None, path)


# -- entry points -------------------------------------------------------------------------------


def _entry_points(seen: set[str]) -> Iterator[_Place]:
    """Read from ``entry_points.txt`` of each distribution on the path, the first of a name; ``seen`` are the
    names of all.

    importlib.metadata does the same, but brings email, csv and zipfile along: 30 ms, a third of the
    whole start.
    """
    for entry in sys.path:
        folder = Path(entry or ".")
        try:
            names = sorted(path.name for path in folder.iterdir())
        except OSError:
            continue
        for name in names:
            if not name.endswith((".dist-info", ".egg-info")):
                continue
            distribution = _folded(name.partition("-")[0].removesuffix(".egg"))
            if distribution in seen:
                continue
            seen.add(distribution)
            for point, package in _group(folder / name / "entry_points.txt"):
                yield _Place(point, package, _folder_of(package))


def _group(path: Path) -> Iterator[tuple[str, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return
    if GROUP not in text:
        return
    section = ""
    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith("["):
            section = line.strip("[] ")
        elif section == GROUP and line and not line.startswith(("#", ";")):
            name, _, value = line.partition("=")
            yield name.strip(), value.partition(":")[0].partition("[")[0].strip()


def _folder_of(package: str) -> Path | None:
    """The folder of a dotted package, asked of the finders part by part.

    ``importlib.util.find_spec`` would import the parents, and editable installs list no files.
    """
    path: list[str] | None = None
    name = ""
    for part in package.split("."):
        name = f"{name}.{part}" if name else part
        path = _search(name, part, path)
        if path is None:
            return None
    return next((Path(folder) for folder in path or ()), None)


def _search(name: str, part: str, path: list[str] | None) -> list[str] | None:
    for finder in sys.meta_path:
        try:
            spec: ModuleSpec | None = finder.find_spec(name, path)
        except Exception:  # noqa: S112 - anybody can put a finder there: one that fails finds nothing
            continue
        if spec is not None:
            locations = spec.submodule_search_locations
            return None if locations is None else list(locations)
    # PathFinder cannot look into a namespace package whose parent was not imported.
    found = [str(Path(folder, part)) for folder in path or () if Path(folder, part).is_dir()]
    return found or None
