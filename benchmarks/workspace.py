"""Workspaces of simulated sources, and one look at a customer through the real host."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.simulated import DOMAIN
from salesprep.briefing.links import Links
from salesprep.briefing.model import Customer
from salesprep.briefing.scan import scan
from salesprep.machine import Dirs
from salesprep.settings import Settings, Source, Us
from salesprep.sources import Host

OWN = Path(__file__).parent / "adapters"
CUSTOMER = "Van Dijk Machinebouw"
LINKS = Links((Customer(id="van-dijk", name=CUSTOMER, domains=(DOMAIN,)),))
"""Its domain is known from the start, as for a customer that one has been to before."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one scan took; seconds since it began."""

    total: float
    answered: Mapping[str, float]
    """When each source's panel was there, whatever it says."""
    states: Mapping[str, str]
    """How each panel ended."""


def delays(count: int, least_ms: float, most_ms: float) -> list[float]:
    """Milliseconds for ``count`` sources, the same in every run; one of them takes ``most_ms``."""
    chance = random.Random(count)
    found = [most_ms, *(chance.uniform(least_ms, most_ms) for _ in range(count - 1))]
    chance.shuffle(found)  # the slowest is not always asked first
    return found


def simulated(delays_ms: Iterable[float], adapter: str = "simulated") -> dict[str, Source]:
    """One source for each delay."""
    return {
        f"s{number}": source(f"s{number}", adapter, {"delay_ms": delay})
        for number, delay in enumerate(delays_ms)
    }


def source(name: str, adapter: str, config: Mapping[str, object]) -> Source:
    """A ``[sources.NAME]`` table."""
    return Source(name, adapter, name.upper(), config, file=Path(__file__), keep="nothing")


def open_host(sources: Mapping[str, Source], home: Path, *folders: Path) -> tuple[Host, Settings]:
    """A host that has asked nobody yet."""
    us = Us(name="Anna de Boer", emails=("anna@ons.example",), domains=("ons.example",), zone=ZoneInfo("UTC"))
    settings = Settings(us=us, sources=sources, adapter_folders=(OWN, *folders))
    dirs = Dirs(home / "cache", home / "state", home / "config")
    return Host(settings, now=_now, dirs=dirs), settings


async def look(host: Host, settings: Settings, *, deadline_s: float, only: tuple[str, ...] = ()) -> Look:
    """Scan for the customer, as ``salesprep brief`` does, and note when each source was there."""
    answered: dict[str, float] = {}
    states: dict[str, str] = {}
    began = time.perf_counter()
    async for update in scan(
        CUSTOMER,
        host,
        settings,
        now=_now,
        links=LINKS,
        deadline_s=deadline_s,
        only=only,
        fresh=True,
    ):
        moment = time.perf_counter() - began
        for panel in update.briefing.panels:
            if panel.state != "waiting" and all(s.state != "waiting" for s in panel.sections):
                answered.setdefault(panel.source, moment)
            states[panel.source] = panel.state
    return Look(time.perf_counter() - began, answered, states)


def _now() -> datetime:
    return datetime.now(UTC)
