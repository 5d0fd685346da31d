"""One piece of what speaks for a record being the customer's or against it, and where it came from.

A piece has two sides: what told it of the customer (an account of the CRM, a person there, the user) and
what tells it of the record. Pure values; the words that a person reads are those of ``view``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Weight = Literal["proof", "strong", "some", "against", "rules_out"]
"""``proof`` and ``strong`` can make a fact, ``some`` only a candidate; ``against`` makes a fact a candidate,
``rules_out`` makes it another customer's."""

Fact = Literal["id", "name", "domain", "email", "number", "phone", "country", "postcode", "place"]
"""What is known of a customer."""

What = Literal[
    "link",
    "picked",
    "id",
    "number",
    "domain",
    "mail_domain",
    "email",
    "organiser",
    "record_link",
    "location",
    "phone",
    "postcode",
    "place",
    "country",
    "name",
    "only_one",
    "variant",
    "short_name",
    "words",
    "hit",
    "rejected",
    "rejected_before",
    "taken",
    "parent",
    "subsidiary",
    "branch",
    "other_id",
    "other_number",
    "other_form",
    "other_domain",
    "other_country",
    "other_place",
    "other_name",
    "other_guest",
    "common_name",
    "namesake",
    "shared_domain",
    "shared_number",
    "namesake_domain",
    "better_here",
    "stranger",
    "not_told_apart",
    "no_account",
    "not_looked_up",
    "not_settled",
]
"""What was found equal, then what was found otherwise."""

WEIGHTS: Mapping[What, Weight] = {
    "link": "proof",
    "picked": "proof",
    "id": "proof",
    "number": "proof",
    "domain": "strong",
    "mail_domain": "strong",
    "email": "strong",
    "organiser": "strong",
    "record_link": "proof",
    "location": "some",
    "phone": "strong",
    "name": "strong",
    "only_one": "some",
    "postcode": "some",
    "place": "some",
    "country": "some",
    "variant": "some",
    "short_name": "some",
    "words": "some",
    "hit": "some",
    "rejected": "rules_out",
    "taken": "rules_out",
    "parent": "rules_out",
    "subsidiary": "rules_out",
    "branch": "rules_out",
    "other_id": "rules_out",
}
"""How much a piece counts where nothing else is said of it; all others are ``against``."""

_TEXTS: Mapping[What, str] = {
    "link": "a user said that {told} is",
    "picked": "picked",
    "id": "account {told}",
    "other_id": "account {told}",
    "mail_domain": "domain {told}",
    "email": "address {told}",
    "organiser": "invited by {told}",
    "record_link": "link {told}",
    "location": "location {told}",
    "hit": "words {told}",
    "only_one": "the only account that fits {told}",
    "rejected": "a user said that {told} is not",
    "rejected_before": "rejected before: {told}",
    "taken": "a user linked it to another customer",
    "parent": "the parent of the customer",
    "subsidiary": "a subsidiary of the customer",
    "branch": "a branch of the customer",
    "other_form": "another legal form: {told}",
    "other_domain": "another domain: {told}",
    "other_country": "another country: {told}",
    "other_place": "another place: {told}",
    "other_number": "another number: {told}",
    "other_name": "but of {told}",
    "other_guest": "but with somebody of {told}",
    "common_name": "its words are those of many names",
    "namesake": "another account has this name too",
    "shared_domain": "another account has this domain too",
    "shared_number": "another account has this number too",
    "namesake_domain": "another account of this name has it too",
    "better_here": "another account here fits better",
    "stranger": "elsewhere this is another customer's name",
    "not_told_apart": "this source does not tell it from others of that name",
    "no_account": "no account of this name is known",
    "not_looked_up": "no account could be looked up",
    "not_settled": "whom you mean is not settled yet",
}


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that is known of the customer, and the record that told it first."""

    what: Fact
    value: str
    """Of an ``id``: ``source:id``."""
    source: str
    native_id: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece, as ``piece`` makes it."""

    what: What
    told: str
    """The value, as the source writes it; empty where ``what`` says it all."""
    weight: Weight
    source: str | None = None
    """Which source told it of the customer, …"""
    record: str | None = None
    """… and the native id of the record that did; ``None``: the user did, by typing it or by a decision."""
    here: str = ""
    """How the record itself has it, where it writes it otherwise (a mail address, of a domain)."""
    instead: str = ""
    """What is known of the customer in its place: of a piece that speaks against it, and of a name that is
    only like it."""

    @property
    def speaks_for(self) -> bool:
        """It is a reason to take the record for the customer's."""
        return self.weight in ("proof", "strong", "some")

    @property
    def text(self) -> str:
        """``domain vandijk.example``, ``another legal form: gmbh``: as JSON has it, in English for all."""
        what = self.what.replace("_", " ")
        return _TEXTS.get(self.what, f"{what} {{told}}").replace("{told}", self.told)


def piece(
    what: What,
    told: str = "",
    known: Known | None = None,
    *,
    weight: Weight | None = None,
    here: str = "",
    instead: str = "",
) -> Evidence:
    """A piece of the usual weight. ``known``: what told it of the customer; ``None``: the user did."""
    source, record = (known.source, known.native_id) if known is not None else (None, None)
    return Evidence(what, told, weight or WEIGHTS.get(what, "against"), source, record, here, instead)
