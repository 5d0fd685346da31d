"""A coming meeting: with which customers it is, who comes, and what tells so."""

from __future__ import annotations

from dataclasses import dataclass, replace

from salesprep.adapter import Meeting
from salesprep.briefing.model.matches import Customer, Found
from salesprep.briefing.persons.match import Because
from salesprep.briefing.recognition.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Said:
    """One source's word on something."""

    source: str
    value: str
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A person's record, and why it is theirs."""

    found: Found
    why: tuple[Because, ...]
    to: Found | None = None
    """The other record that ``why`` compares it with; ``None``: the person themself, as an invitation names
    them."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody at the coming visit."""

    name: str
    email: str | None
    ours: bool
    positions: tuple[Said, ...] = ()
    """What the sources call their job; more than one value: they differ."""
    first_time: bool = False
    """No earlier contact with any of us found in the sources that answered."""
    unknown_to: tuple[str, ...] = ()
    """Sources with person records that do not know them."""
    known_as: tuple[Found, ...] = ()
    """Their records in the sources that know them."""
    ties: tuple[Tie, ...] = ()
    """The same records, with why they are theirs."""


@dataclass(frozen=True, slots=True)
class Involved:
    """A further customer of a visit, and what tells so."""

    customer: Customer
    evidence: tuple[Evidence, ...] = ()
    about: bool = False
    """None of theirs is there: the title or a link names them."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A coming meeting, and whose customer it is with."""

    source: str
    meeting: Meeting
    customer: Customer | None
    candidates: tuple[Found, ...] = ()
    how: str | None = None
    """By what the customer was recognised (``domain vandijk.example``)."""
    why: Evidence | None = None
    """The same with where it came from, if that is known."""
    reasons: tuple[Evidence, ...] = ()
    """All that tells so, the heaviest first; ``why`` is one of them."""
    also: tuple[Involved, ...] = ()
    """Further customers: at the same table, or named without being there."""
    about: bool = False
    """Nobody but us is there: it is about the customer, and no visit."""

    @property
    def each(self) -> tuple[Visit, ...]:
        """The visit as it is for each customer that it is with, the others being there too."""
        if self.customer is None or self.about:
            return (self,)
        own = Involved(self.customer, self.reasons)
        return (self, *(self._with(other, own) for other in self.also if not other.about))

    def _with(self, other: Involved, own: Involved) -> Visit:
        why = other.evidence[0] if other.evidence else None
        return replace(
            self,
            customer=other.customer,
            how=why.text if why is not None else None,
            why=why,
            reasons=other.evidence,
            also=(own, *(each for each in self.also if each is not other)),
        )

    @property
    def customers(self) -> tuple[Customer, ...]:
        """Whom it is with, the first being the one that the visit's briefing is on; without those that are
        only named."""
        first = () if self.customer is None or self.about else (self.customer,)
        return (*first, *(each.customer for each in self.also if not each.about))
