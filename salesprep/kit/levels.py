"""How far an adapter of this distribution has been proved, from what its tests found.

``levels.toml`` holds the evidence; ``make levels`` writes it and tests keep it true. The level follows
from it here, so that nobody can claim one. Of other adapters nothing is known but what ``adapter check``
finds where it runs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from salesprep.adapter.manifest import Manifest
from salesprep.kit.report import Level
from salesprep.sources import Installed

FILE = Path(__file__).with_name("levels.toml")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the tests found of one adapter."""

    version: str
    """The adapter's, that they tried."""
    offline: bool
    """No check of the kit failed on its sample."""
    live: str | None = None
    """The real server that it passed ``check --live`` against."""
    benchmark: str | None = None
    """The row of the benchmarks that measures it."""


@lru_cache(maxsize=1)
def read_levels(file: Path = FILE) -> Mapping[str, Evidence]:
    """The evidence, by adapter."""
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return MappingProxyType({name: Evidence(**table) for name, table in tables.items()})


def level_of(one: Installed, evidence: Mapping[str, Evidence]) -> Level:
    """The level of an installed adapter; ``none`` where there is no evidence on this very one."""
    found = evidence.get(one.manifest.name)
    if found is None or one.package != f"adapters.{one.manifest.name}":
        return "none"
    return level(one.manifest, found)


def level(manifest: Manifest, evidence: Evidence) -> Level:
    """What ``evidence`` comes to."""
    lacking = lacks(manifest, evidence)
    steps: tuple[tuple[Level, frozenset[str]], ...] = (
        ("gold", frozenset()),
        ("silver", frozenset({"domain", "search", "benchmark"})),
        ("bronze", frozenset({"live", "domain", "search", "benchmark"})),
    )
    return next((name for name, spared in steps if not lacking - spared), "none")


def lacks(manifest: Manifest, evidence: Evidence) -> frozenset[str]:
    """What is missing for gold."""
    has = {
        "offline": evidence.offline and evidence.version == manifest.version,
        "live": evidence.live is not None,
        "domain": "domain" in manifest.lookups,
        "search": "search" in manifest.abilities,
        "benchmark": evidence.benchmark is not None,
    }
    return frozenset(name for name, there in has.items() if not there)
