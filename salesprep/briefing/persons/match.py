"""Whether two sources' persons are one: ``same``, ``maybe`` or ``other``, and why. Pure, symmetric.

Two people alone are looked at here. Whether a name can mean somebody else at that customer is
:mod:`salesprep.briefing.persons.together`'s affair.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from salesprep.adapter.names import domain_of, is_free_mail
from salesprep.briefing.persons import traces
from salesprep.briefing.persons.fit import NO_FIT, Fit, fit

Outcome = Literal["same", "maybe", "other"]
By = Literal["profile", "mail", "phone", "name"]
Reason = Literal[
    "profile", "mail", "phone", "name",
    "spelling", "alphabet", "order", "nickname", "married", "particle", "initials", "part",
    "address_name", "other_name", "other_given", "other_generation", "other_profile", "other_mail",
    "one_source", "somebody_else",
]  # fmt: skip
"""``profile`` to ``name``: equal; ``spelling`` to ``part``: in which way names are one though they differ;
``address_name``: the address of one is the name of the other; the rest speak against it. ``somebody_else``:
the name can be another person's who is there too."""

AGAINST: frozenset[Reason] = frozenset(
    (
        "other_name",
        "other_given",
        "other_generation",
        "other_profile",
        "other_mail",
        "one_source",
        "somebody_else",
    )
)


@dataclass(frozen=True, slots=True)
class Known:
    """What one record of one source tells of a person, as far as it says who they are."""

    source: str
    name: str
    mails: frozenset[str] = frozenset()
    """As :func:`traces.mailbox` gives them, those of a desk left out."""
    phones: frozenset[str] = frozenset()
    """As :func:`traces.number` gives them."""
    profiles: frozenset[str] = frozenset()
    """As :func:`traces.profile` gives them."""


@dataclass(frozen=True, slots=True)
class Because:
    """One reason; ``text`` is what both tell, where that is more than a kind (an address)."""

    what: Reason
    text: str = ""

    @property
    def against(self) -> bool:
        """It speaks against one person."""
        return self.what in AGAINST


@dataclass(frozen=True, slots=True)
class Verdict:
    """What two records are to each other, and why; ``by`` is the strongest of it."""

    outcome: Outcome
    why: tuple[Because, ...] = ()
    by: By | None = None
    fit: Fit = NO_FIT

    @property
    def cannot_be(self) -> bool:
        """Something that is nobody's mistake speaks against it: given names, a generation, two profiles."""
        return any(
            b.what in ("other_given", "other_generation", "other_profile", "one_source") for b in self.why
        )


def known(
    source: str,
    name: str,
    *,
    mails: tuple[str, ...] = (),
    phones: tuple[str, ...] = (),
    handles: tuple[str, ...] = (),
) -> Known:
    """What is told of somebody, made comparable."""
    return Known(
        source,
        " ".join(name.split()),
        frozenset(traces.mailbox(m) for m in mails if "@" in m and not traces.is_role(m)),
        frozenset(n for p in phones if (n := traces.number(p)) is not None),
        frozenset(p for h in handles if (p := traces.profile(h)) is not None),
    )


def match(one: Known, other: Known, shared: frozenset[str] = frozenset()) -> Verdict:
    """What two records are to each other, nobody else considered.

    ``shared``: addresses, numbers and profiles that several people have, so that they tell of nobody.
    """
    names = fit(one.name, other.name) if one.name and other.name else Fit("unknown")
    why = [*_traces(one, other, shared), *_names(names)]
    for_it = {b.what for b in why if not b.against}
    against = {b.what for b in why if b.against}
    contradicted = "other_given" in against or "other_generation" in against
    by: By | None = None
    if "profile" in for_it:
        by = "profile"
    elif "mail" in for_it:
        by = "mail"
    elif "phone" in for_it and names.rank > 0:
        by = "phone"
    if by is not None:
        # A profile of one's own outweighs other addresses; two profiles outweigh a shared address.
        doubt = contradicted or "other_profile" in against or (by == "phone" and "other_mail" in against)
        return _verdict("maybe" if doubt else "same", why, by, names)
    if one.source == other.source:
        return _verdict("other", [*why, Because("one_source")], None, names)
    if names.rank <= 0 or "other_profile" in against:
        return _verdict("other", why, None, names)
    sure = names.rank > 1
    if (
        names.level == "part"
        and names.ways == {"initials"}
        and (told := _written_out(one, other)) is not None
    ):
        # "R. Smit" with the address rob.smit@ is called as Rob Smit is.
        sure, why = True, [*why, Because("address_name", told)]
    sure = sure and "other_mail" not in against
    return _verdict("same" if sure else "maybe", why, "name", names)


def _verdict(outcome: Outcome, why: list[Because], by: By | None, names: Fit) -> Verdict:
    return Verdict(outcome, tuple(why), by, names)


def _traces(one: Known, other: Known, shared: frozenset[str]) -> list[Because]:
    found = [Because("profile", p) for p in sorted((one.profiles & other.profiles) - shared)]
    found += [Because("mail", m) for m in sorted((one.mails & other.mails) - shared)]
    numbers = {
        max(a, b, key=lambda n: (len(n), n))
        for a in one.phones
        for b in other.phones
        if traces.one_number(a, b)
    }
    found += [Because("phone", n) for n in sorted(numbers - shared)]
    ours, theirs = one.profiles - shared, other.profiles - shared
    if not ours & theirs and {traces.site(p) for p in ours} & {traces.site(p) for p in theirs}:
        found.append(Because("other_profile"))
    ours, theirs = one.mails - shared, other.mails - shared
    if (
        ours
        and theirs
        and not ours & theirs
        and not any(_may_have_both(one, other, a, b) for a in ours for b in theirs)
    ):
        found.append(Because("other_mail"))
    return found


def _written_out(one: Known, other: Known) -> str | None:
    """The address of one that is the whole name of the other."""
    pairs = ((m, b.name) for a, b in ((one, other), (other, one)) for m in sorted(a.mails))
    return next((mail for mail, name in pairs if traces.writes_out(mail, name)), None)


def _may_have_both(one: Known, other: Known, mine: str, yours: str) -> bool:
    """Whether somebody may well have these two addresses: each at another place, and neither made of
    somebody else's name."""
    if domain_of(mine) == domain_of(yours):
        return False
    crossed = (traces.spells(mine, other.name), traces.spells(yours, one.name))
    if False in crossed:
        return False
    return True in crossed or any(is_free_mail(domain_of(a) or "") for a in (mine, yours))


def _names(names: Fit) -> list[Because]:
    if names.level == "unknown":
        return []
    if names.rank <= 0:
        if "generation" in names.ways:
            return [Because("other_generation")]
        return [Because("other_given" if "given" in names.ways else "other_name")]
    ways = sorted(way for way in names.ways if way not in ("given", "generation"))
    return (
        [Because("name")]
        if names.level == "equal" or not ways
        else [Because(cast("Reason", way)) for way in ways]
    )
