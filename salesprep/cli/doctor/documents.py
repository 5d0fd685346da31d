"""The documents of a bundle: dataclasses whose every field is a number, a yes or no, or a word that may
leave.
"""

from __future__ import annotations

import codecs
import os
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import get_args

from salesprep import machine
from salesprep.adapter.manifest import CONTRACT
from salesprep.cli.doctor.adapters import needed, version_of
from salesprep.cli.doctor.admitted import OTHER, Word, moment, one_of, sentence, version
from salesprep.cli.doctor.examined import Examined, Patient
from salesprep.cli.doctor.keys import core_keys, known_core_keys, source_keys
from salesprep.cli.doctor.lists import ENCODINGS, MACHINES, PLATFORMS, PROGRAMS, PYTHONS, TERMS
from salesprep.cli.doctor.machine import Folder, references
from salesprep.cli.doctor.terminal import Inside, terminal_of
from salesprep.cli.workspace import real_now
from salesprep.output.doctor import Area, Finding, Name, Outcome
from salesprep.settings import Keep, LayerKind, Settings
from salesprep.sources.breaker import BreakerState
from salesprep.sources.failures import CODES


@dataclass(frozen=True, slots=True)
class Found:
    """A finding; ``what`` and ``mend`` without what was filled into them."""

    area: Word
    name: Word
    outcome: Word
    what: Word | None
    mend: Word | None
    source: int | None
    adapter: Word | None
    folder: Word | None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All that was looked at."""

    salesprep: Word | None
    at: Word | None
    findings: tuple[Found, ...]


def diagnosis(examined: Examined, findings: Sequence[Finding], running: str) -> Diagnosis:
    """``doctor.json``."""
    return Diagnosis(
        version(running), moment(examined.real), tuple(_found(one, examined) for one in findings)
    )


def _found(one: Finding, examined: Examined) -> Found:
    names = list(examined.settings.sources)
    return Found(
        area=one_of(one.area, get_args(Area)),
        name=one_of(one.name, get_args(Name)),
        outcome=one_of(one.outcome, get_args(Outcome)),
        what=sentence(one.what),
        mend=sentence(one.mend),
        source=names.index(one.about) + 1 if one.area == "sources" and one.about in names else None,
        adapter=_adapter(one.about, examined) if one.area == "adapters" and one.about else None,
        folder=one_of(one.about, get_args(Folder)) if one.area == "folders" and one.about else None,
    )


def _adapter(name: str | None, examined: Examined) -> Word:
    """Adapters that were installed as packages, by name; a folder of somebody's own is ``other``."""
    return one_of(name, [each for each in examined.catalogue.installed if examined.shipped(each)])


@dataclass(frozen=True, slots=True)
class Library:
    """One that salesprep itself needs."""

    name: Word
    version: Word | None


@dataclass(frozen=True, slots=True)
class Screen:
    """The terminal."""

    term: Word
    program: Word | None
    colours: int
    columns: int
    rows: int
    encoding: Word
    reads: bool
    shows: bool
    inside: Word | None
    ssh: bool
    wsl: bool
    no_color: bool


@dataclass(frozen=True, slots=True)
class System:
    """What salesprep runs on."""

    python: Word | None
    implementation: Word
    platform: Word
    release: Word | None
    machine: Word
    contract: Word | None
    libraries: tuple[Library, ...]
    screen: Screen
    language: Word
    utc_offset_minutes: int
    zone_known: bool
    is_root: bool
    processors: int | None


def system(examined: Examined) -> System:
    """``system.json``."""
    offset = real_now().astimezone().utcoffset()  # this machine's, not that of the settings
    return System(
        python=version(platform.python_version()),
        implementation=one_of(platform.python_implementation(), PYTHONS),
        platform=one_of(sys.platform, PLATFORMS),
        release=version(platform.release()),
        machine=one_of(platform.machine(), MACHINES),
        contract=version(".".join(map(str, CONTRACT))),
        libraries=tuple(_libraries()),
        screen=_screen(examined.environ),
        language=one_of(examined.us.language.partition("_")[0], ("en", "nl")),
        utc_offset_minutes=round(offset.total_seconds() / 60) if offset is not None else 0,
        zone_known=machine.zone_name(examined.environ) != "UTC",
        is_root=hasattr(os, "geteuid") and os.geteuid() == 0,
        processors=os.cpu_count(),
    )


def _libraries() -> Iterator[Library]:
    try:
        requirements = metadata.requires("salesprep") or []
    except metadata.PackageNotFoundError:
        return
    names = [name for _requirement, name, _versions in needed(requirements)]
    for name in names:
        yield Library(one_of(name, names), version(version_of(name)))


def _screen(environ: Mapping[str, str]) -> Screen:
    here = terminal_of(environ)
    program = environ.get("TERM_PROGRAM")
    return Screen(
        term=one_of(here.term, TERMS),
        program=one_of(program, PROGRAMS) if program else None,
        colours=here.colours,
        columns=here.columns,
        rows=here.rows,
        encoding=_encoding(here.encoding),
        reads=here.reads,
        shows=here.shows,
        inside=one_of(here.inside, get_args(Inside)) if here.inside else None,
        ssh=here.far,
        wsl=machine.is_wsl(environ),
        no_color=bool(environ.get("NO_COLOR")),
    )


def _encoding(name: str) -> Word:
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return OTHER
    return one_of(known, ENCODINGS)


# -- settings -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OneLayer:
    """What one layer gives: its keys, no value."""

    kind: Word
    keys: tuple[Word, ...]
    locks: int


@dataclass(frozen=True, slots=True)
class OneSource:
    """One source's settings: the keys that its adapter knows, no value."""

    number: int
    adapter: Word
    remote: bool
    keep: Word
    keys: tuple[Word, ...]
    other_keys: int
    secrets_in_variables: int
    secrets_in_files: int


@dataclass(frozen=True, slots=True)
class InForce:
    """The settings in figures."""

    usable: bool
    wrong_key: Word | None
    example: bool
    deadline_s: float
    layers: tuple[OneLayer, ...]
    sources: tuple[OneSource, ...]
    emails: int
    domains: int
    colleagues: int
    adapter_folders: int
    customers_linked: int
    links: int
    notes: int


def settings(examined: Examined) -> InForce:
    """``settings.json``."""
    found, error = examined.settings, examined.error
    customers, links = _links(examined)
    return InForce(
        usable=error is None,
        wrong_key=one_of(error.key, known_core_keys()) if error is not None and error.key else None,
        example=found.example,
        deadline_s=found.deadline,
        layers=tuple(_layers(found)),
        sources=tuple(_source(patient, examined) for patient in examined.patients),
        emails=len(found.us.emails),
        domains=len(found.us.domains),
        colleagues=len(found.us.colleagues),
        adapter_folders=len(found.adapter_folders),
        customers_linked=customers,
        links=links,
        notes=_count(examined.dirs.state / "notes"),
    )


def _layers(found: Settings) -> Iterator[OneLayer]:
    known = known_core_keys()
    for layer in found.layers:
        keys = tuple(one_of(key, known) for key in core_keys(layer.table))
        yield OneLayer(one_of(layer.kind, get_args(LayerKind)), keys, len(layer.locks))


def _source(patient: Patient, examined: Examined) -> OneSource:
    source, kinds = patient.source, references(patient)
    model = patient.tried.config if examined.shipped(source.adapter) else None
    known, given = source_keys(source.config, model)
    keys = tuple(one_of(key, known) for key in given if key in known)
    return OneSource(
        number=patient.number,
        adapter=_adapter(source.adapter, examined),
        remote=patient.remote,
        keep=one_of(source.keep, get_args(Keep)),
        keys=keys,
        other_keys=len(given) - len(keys),
        secrets_in_variables=kinds.count("env"),
        secrets_in_files=kinds.count("file"),
    )


def _links(examined: Examined) -> tuple[int, int]:
    from salesprep.briefing.links import read_links
    from salesprep.settings import SettingsError

    try:
        found = read_links(examined.settings.links_file or examined.dirs.state / "links.toml")
    except SettingsError:
        return 0, 0
    return len(found.customers), sum(len(customer.links) for customer in found.customers)


def _count(folder: Path) -> int:
    try:
        return sum(1 for _file in folder.iterdir())
    except OSError:
        return 0


# -- sources ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answering:
    """How one source answered: durations in milliseconds, times in UTC."""

    number: int
    adapter: Word
    version: Word | None
    contract: Word | None
    failure: Word | None
    breaker: Word
    calls: int
    answers: int
    p50_ms: float | None
    p95_ms: float | None
    errors: Mapping[Word, int]
    hits: int
    misses: int
    since: Word | None
    last_call: Word | None
    last_success: Word | None
    last_error: Word | None


def sources(examined: Examined) -> tuple[Answering, ...]:
    """``sources.json``."""
    return tuple(_answering(patient, examined) for patient in examined.patients)


def _answering(patient: Patient, examined: Examined) -> Answering:
    manifest, failure, figures = patient.manifest, patient.tried.failure, patient.standing.figures
    shipped = examined.shipped(patient.source.adapter)
    return Answering(
        number=patient.number,
        adapter=_adapter(patient.source.adapter, examined),
        version=version(manifest.version) if manifest is not None and shipped else None,
        contract=version(".".join(map(str, manifest.contract))) if manifest is not None else None,
        failure=one_of(failure.code, CODES) if failure is not None else None,
        breaker=one_of(patient.standing.breaker, get_args(BreakerState)),
        calls=figures.calls,
        answers=figures.answers,
        p50_ms=figures.p50_ms,
        p95_ms=figures.p95_ms,
        errors={one_of(code, CODES): times for code, times in figures.errors},
        hits=figures.hits,
        misses=figures.misses,
        since=moment(figures.since),
        last_call=moment(figures.last_call),
        last_success=moment(figures.last_success),
        last_error=one_of(figures.last_code, CODES) if figures.last_code else None,
    )
