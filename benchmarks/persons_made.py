"""Makes invented persons of one language, with the addresses, numbers and profiles that people have."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from benchmarks.persons_names import Tongue, greek, russian, without_points
from salesprep.briefing.persons.match import Known, known


@dataclass(frozen=True, slots=True)
class Told:
    """What one source has of somebody, and who that is."""

    person: str
    source: str
    name: str
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()

    @property
    def is_bystander(self) -> bool:
        """Nobody whom the case is about."""
        return self.person.startswith("by ")

    def known(self) -> Known:
        """As the matching takes it."""
        return known(self.source, self.name, mails=self.mails, phones=self.phones, handles=self.handles)


@dataclass(frozen=True, slots=True)
class Case:
    """One customer's persons. The first two records are the pair that this is about."""

    phenomenon: str
    language: str
    told: tuple[Told, ...]

    @property
    def one_person(self) -> bool:
        """Whether the pair is one person."""
        return self.told[0].person == self.told[1].person


class Maker:
    """Makes persons of one language."""

    def __init__(self, tongue: Tongue, rng: random.Random) -> None:
        self.tongue, self.rng = tongue, rng
        self.domain = f"klant{rng.randrange(10_000)}.example"

    def family(self, *but: str) -> str:
        return self.rng.choice([f for f in self.tongue.families if f not in but])

    def given(self, *but: str) -> str:
        return self.rng.choice([g for g in self.tongue.given if g not in but])

    def latin(self, name: str) -> str:
        """As an address or a profile has it."""
        return "".join(c for c in self.romanised(name, "en").casefold() if c.isalpha())

    def romanised(self, name: str, country: str, *, by_ear: bool = False) -> str:
        """Each word as somebody in a country writes it."""
        if self.tongue.code == "ru":
            return " ".join(russian(word, country) for word in name.split())
        if self.tongue.code == "el":
            return " ".join(greek(word, by_ear=by_ear) for word in name.split())
        return without_points(name, german=self.tongue.code == "de" and not by_ear)

    def mail(self, name: str) -> str:
        first, _, last = name.partition(" ")
        form = self.rng.choice(("{f}.{l}", "{i}.{l}", "{f}{l}", "{i}{l}"))
        f = self.latin(first)
        return f"{form.format(f=f, i=f[:1], l=self.latin(last))}@{self.domain}"

    def phone(self) -> tuple[str, str]:
        """One number in two ways of writing."""
        digits = f"6{self.rng.randrange(10**7, 10**8)}"
        code = self.tongue.country
        return (
            self.rng.choice((f"+{code} {digits[0]} {digits[1:5]} {digits[5:]}", f"00{code}{digits}")),
            self.rng.choice((f"0{digits}", f"0{digits[0]}-{digits[1:]}", f"+{code}(0){digits}")),
        )

    def bystanders(self, *but: str) -> list[Told]:
        """Others who are there: in one source, or in two under one name."""
        found = []
        for _ in range(self.rng.randrange(2, 6)):
            name = f"{self.given(*but)} {self.family(*but)}"
            sources = self.rng.choice((("crm",), ("linkedin",), ("crm", "linkedin")))
            # Two of one name by chance: nobody could tell, so they are one.
            found += [Told(f"by {name}", source, name) for source in sources]
        return found


def swapped(rng: random.Random, told: list[Told]) -> list[Told]:
    """Which source tells what is chance."""
    if rng.random() < 0.5:
        return told
    turn = {"crm": "linkedin", "linkedin": "crm"}
    return [replace(t, source=turn.get(t.source, t.source)) for t in told]


def initialled(name: str) -> str:
    """``R. Smit``."""
    first, _, last = name.partition(" ")
    return f"{first[0]}. {last}"
