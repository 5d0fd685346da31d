"""Many sources at once, some of them hostile: which ones, and how, by a seed.

For tests and measurements alike. The healthy ones wait, as for a network, and answer.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import workspace
from salesprep.settings import Source
from tests.chaos.offences import OFFENCES, SYNC, calm

__all__ = ["ENDS", "FOLDER", "Hostile", "Storm", "calm", "storm"]

FOLDER = Path(__file__).parent / "adapters"
"""Where the hostile adapters lie."""
HEALTHY = ("simulated", "simulated_account")


@dataclass(frozen=True, slots=True)
class Ends:
    """What an offence may cost its own panel."""

    states: frozenset[str]
    code: str | None = None
    """Of the failure that stands in the panel; ``None``: it needs none."""
    records: int | None = None
    """How many are shown where it answers."""


_WELL = frozenset({"fresh"})
_FAILED = frozenset({"failed"})
ENDS: Mapping[str, Ends] = {
    "blocks": Ends(_FAILED, "deadline_exceeded"),
    "spins": Ends(_FAILED, "deadline_exceeded"),
    "slow": Ends(_FAILED, "deadline_exceeded"),
    "hangs": Ends(_FAILED, "deadline_exceeded"),
    "raises": Ends(_FAILED, "adapter_bug"),
    "lies_about_form": Ends(_FAILED, "adapter_bug"),
    "lies_about_whom": Ends(frozenset({"empty"}), records=0),
    "leaks_threads": Ends(_WELL, records=10),
    "leaks_tasks": Ends(_WELL, records=10),
    "kills_its_loop": Ends(_WELL, records=10),
    "floods": Ends(frozenset({"empty"}), records=0),
    "flaps": Ends(frozenset({"fresh", "failed"})),
}
"""How each offence ends, the first time that it is committed."""
COMPUTING = frozenset({"spins", "floods"})
"""Offences that take the interpreter's time."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """A source that misbehaves."""

    offence: str
    variant: int
    adapter: str


@dataclass(frozen=True, slots=True)
class Storm:
    """The sources of one scan."""

    seed: int
    sources: Mapping[str, Source]
    """In the order in which they are asked."""
    healthy: Mapping[str, float]
    """Milliseconds that each takes by itself."""
    hostile: Mapping[str, Hostile]

    @property
    def alone(self) -> Mapping[str, Source]:
        """The healthy ones without the others."""
        return {name: source for name, source in self.sources.items() if name in self.healthy}

    @property
    def waiting(self) -> Mapping[str, Source]:
        """Those that would compute block instead: nobody takes the interpreter from the others."""
        computing = {name: one for name, one in self.hostile.items() if one.offence in COMPUTING}
        instead = {
            name: workspace.source(name, one.adapter, {"offence": "blocks"})
            for name, one in computing.items()
        }
        return {name: instead.get(name, source) for name, source in self.sources.items()}

    @property
    def without_offences(self) -> Mapping[str, Source]:
        """As many, all of them healthy."""
        chance = random.Random(self.seed)
        return {
            name: source
            if name in self.healthy
            else workspace.source(name, chance.choice(HEALTHY), {"delay_ms": chance.uniform(20, 300)})
            for name, source in self.sources.items()
        }


def storm(
    seed: int, sources: int = 50, share: float = 0.4, *, least_ms: float = 20.0, most_ms: float = 300.0
) -> Storm:
    """``sources`` of which ``share`` are hostile: each offence once before any comes twice."""
    chance = random.Random(seed)
    count = round(sources * share)
    offences = list(OFFENCES)
    chance.shuffle(offences)
    offences += [chance.choice(OFFENCES) for _ in range(count - len(offences))]
    made: list[tuple[str, Source]] = []
    hostile: dict[str, Hostile] = {}
    healthy: dict[str, float] = {}
    for number, offence in enumerate(offences[:count]):
        adapters = ["chaotic", "chaotic_account", *(["chaotic_thread"] if offence in SYNC else [])]
        one = Hostile(offence, chance.randrange(1000), chance.choice(adapters))
        name = f"bad{number}"
        hostile[name] = one
        config = {"offence": one.offence, "variant": one.variant}
        made.append((name, workspace.source(name, one.adapter, config)))
    for number in range(sources - count):
        name, delay = f"good{number}", chance.uniform(least_ms, most_ms)
        healthy[name] = delay
        made.append((name, workspace.source(name, chance.choice(HEALTHY), {"delay_ms": delay})))
    chance.shuffle(made)
    return Storm(seed, dict(made), healthy, hostile)
