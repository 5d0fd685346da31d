"""What is remembered of a record beside a decision on it: pieces such as ``domain acme.example``.
They stand in ``links.toml`` as they are, so that everybody can see what is kept. Pure.

Of one that *is* the customer it is what it was called, so that it shows when its id means somebody else one
day; of one that *is not* it is what spoke for it, so that it comes back when something new does. A mail
address or a phone number is a person's: of those only a mark is kept, by which the same one is known again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from salesprep.adapter import Account, Record
from salesprep.adapter.names import domain_of, fold, fold_organisation
from salesprep.briefing.model import Found
from salesprep.briefing.recognition.evidence import Evidence, What

MOST = 12
"""So many pieces are kept of one record."""
LONGEST = 80
"""Characters of one piece."""
_OF_PERSONS: frozenset[What] = frozenset({"email", "phone"})
_OF_THE_DECISION: frozenset[What] = frozenset({"link", "picked", "id", "only_one"})
"""Tell nothing that could be another way tomorrow."""


def pieces(found: Found, verdict: Literal["is", "is_not"]) -> tuple[str, ...]:
    """What is remembered beside ``verdict`` on ``found``."""
    told = [f"name {name}" for name in names(found.record)]
    if verdict == "is":
        told += [f"domain {domain}" for domain in domains(found.record)]
    else:
        told += [piece(each) for each in speaking(found.match.evidence)]
    return tuple(dict.fromkeys(_short(each) for each in told))[:MOST]


def speaking(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Those that speak for it and have something to tell."""
    return [e for e in evidence if e.speaks_for and e.told and e.what not in _OF_THE_DECISION]


def piece(evidence: Evidence) -> str:
    """``domain acme.example``; ``email #5f0a1c22`` of what is a person's."""
    told = evidence.told
    if evidence.what in _OF_PERSONS or "@" in told:
        import hashlib  # late: few pieces need it

        told = f"#{hashlib.sha256(fold(told).encode()).hexdigest()[:8]}"
    return f"{evidence.what} {told}"


def news(evidence: Iterable[Evidence], on: Iterable[str]) -> list[Evidence]:
    """What of ``evidence`` speaks for it and was not known (``on``) when somebody decided."""
    known = {_folded(each) for each in on}
    return [each for each in speaking(evidence) if not known & set(_likes(each))]


def names(record: Record) -> tuple[str, ...]:
    """What an organisation is called there; of anything else but an account, whose it says that it is."""
    called = (record.title, *record.aliases) if isinstance(record, Account) else ()
    return tuple(dict.fromkeys(n for n in (*called, record.keys.organisation) if n and n.strip()))


def domains(record: Record) -> tuple[str, ...]:
    """Its domains, as the source tells them."""
    website = record.website if isinstance(record, Account) else None
    known = (*record.keys.domains, *([domain_of(website)] if website else []))
    return tuple(dict.fromkeys(d for d in known if d))


def values(on: Iterable[str], what: str) -> tuple[str, ...]:
    """The values of the pieces of one sort: ``values(on, "domain")``."""
    return tuple(rest for each in on if (rest := each.removeprefix(f"{what} ")) != each)


def _likes(evidence: Evidence) -> list[str]:
    """All spellings of a piece that count as known: a name is a name, however it was found equal."""
    own = _folded(_short(piece(evidence)))
    if evidence.what in ("name", "variant", "short_name", "words", "hit"):
        return [own, *(_folded(f"{sort} {evidence.told}") for sort in ("name", "variant", "short_name"))]
    if evidence.what == "mail_domain":
        return [own, _folded(f"domain {evidence.told}")]
    return [own]


def _folded(piece: str) -> str:
    what, _space, told = piece.partition(" ")
    if what in ("name", "variant", "short_name", "words", "hit"):
        return f"{what} {fold_organisation(told) or fold(told)}"
    return f"{what} {fold(told)}"


def _short(piece: str) -> str:
    return " ".join(piece.split())[:LONGEST].rstrip()
