"""The adapters, the sources that they read, and the libraries that all of it needs."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata

from salesprep.adapter.manifest import CONTRACT
from salesprep.adapter.words import _, _n
from salesprep.cli.doctor.examined import Examined, Patient
from salesprep.output.doctor import Finding, Outcome
from salesprep.settings.requires import fits
from salesprep.view.figures import error, in_figures

_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)\s*(?P<versions>[^;\[]*)(?P<rest>.*)\Z")
_OLDEST = (3, 11)


def adapters(examined: Examined) -> Iterator[Finding]:
    """Each that is installed, and each that cannot be used; none is imported."""
    ours = ".".join(map(str, CONTRACT))
    yield Finding(
        "adapters", "contract", "ok", _("adapters are made for contract {version} here", version=ours)
    )
    for name, installed in sorted(examined.catalogue.installed.items()):
        manifest = installed.manifest
        theirs = ".".join(map(str, manifest.contract))
        missing = [one for one in manifest.requires if not _there(one)]
        if missing:
            what = _(
                "{name} needs {libraries}, which is not installed", name=name, libraries=", ".join(missing)
            )
            mend = _("install it beside salesprep: {names}", names=" ".join(f'"{one}"' for one in missing))
            outcome: Outcome = "fail" if examined.used(name) else "warn"
            yield Finding("adapters", "library", outcome, what, mend, name)
            continue
        what = _(
            "{name} {version}, for contract {theirs}", name=name, version=manifest.version, theirs=theirs
        )
        yield Finding("adapters", "installed", "ok", what, about=name)
    for lost in examined.catalogue.broken:
        what = _("{name} is not loaded: {why}", name=lost.name, why=lost.failure.what)
        grave: Outcome = "fail" if examined.used(lost.name) else "warn"
        yield Finding("adapters", "not-loaded", grave, what, lost.failure.mend or "", lost.name)


def sources(examined: Examined) -> Iterator[Finding]:
    """Whether each could be asked, and how it answered of late."""
    for patient in examined.patients:
        name, failure = patient.source.name, patient.tried.failure
        if failure is not None:
            what = _("{source} cannot be asked: {why}", source=patient.source.title, why=failure.what)
            yield Finding("sources", "not-usable", "fail", what, failure.mend or "", name)
            continue
        yield _of_late(patient, examined)


def _of_late(patient: Patient, examined: Examined) -> Finding:
    source, figures = patient.source, patient.standing.figures
    if not figures.calls:
        return Finding(
            "sources", "not-asked", "ok", _("{source} can be asked", source=source.title), about=source.name
        )
    told = in_figures(patient.standing, examined.now, examined.us)
    what = _("{source} can be asked; {figures}", source=source.title, figures=told)
    if figures.last_code is None:
        return Finding("sources", "answers", "ok", what, about=source.name)
    what = _(
        "{source} failed when it was last asked ({error}); {figures}",
        source=source.title,
        error=error(figures.last_code, examined.us),
        figures=told,
    )
    mend = _("salesprep sources check {name} asks it for real", name=source.name)
    return Finding("sources", "failed-last", "warn", what, mend, source.name)


def dependencies(examined: Examined) -> Iterator[Finding]:  # noqa: ARG001  as all that look at something
    """Python, salesprep itself, and each library that it needs."""
    running = platform.python_version()
    if sys.version_info < _OLDEST:
        what = _("Python {version} is too old", version=running)
        yield Finding("dependencies", "python", "fail", what, _("install Python 3.11 or newer"))
    else:
        yield Finding("dependencies", "python", "ok", _("Python {version}", version=running))
    try:
        wanted, version = metadata.requires("salesprep") or [], metadata.version("salesprep")
    except metadata.PackageNotFoundError:
        what = _("salesprep runs without being installed, so what it needs is not known")
        yield Finding("dependencies", "salesprep", "warn", what, _("install it"))
        return
    yield Finding("dependencies", "salesprep", "ok", _("salesprep {version}", version=version))
    well = 0
    for requirement, name, versions in needed(wanted):
        found = version_of(name)
        mend = _("install it beside salesprep: {names}", names=f'"{requirement}"')
        if found is None:
            what = _("the library {name} is not installed", name=name)
            yield Finding("dependencies", "missing", "fail", what, mend)
        elif not fits(versions, found):
            what = _(
                "the library {name} is {found}, and {wanted} is needed",
                name=name,
                found=found,
                wanted=versions,
            )
            yield Finding("dependencies", "other-version", "warn", what, mend)
        else:
            well += 1
    yield Finding(
        "dependencies",
        "libraries",
        "ok",
        _n("{n} library is there and fits", "{n} libraries are there and fit").of(well),
    )


def needed(requirements: list[str]) -> Iterator[tuple[str, str, str]]:
    """Each requirement that always holds, with the name of its library and its versions."""
    for requirement in requirements:
        found = _REQUIREMENT.match(requirement)
        if found is not None and ";" not in found["rest"]:
            yield requirement, found["name"], found["versions"].strip()


def version_of(library: str) -> str | None:
    """The installed version; ``None`` if it is not there."""
    try:
        return metadata.version(library)
    except (metadata.PackageNotFoundError, ValueError):
        return None


def _there(requirement: str) -> bool:
    return all(version_of(name) is not None for _requirement, name, _versions in needed([requirement]))
