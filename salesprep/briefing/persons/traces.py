"""What leads to one person: profiles, mail addresses, phone numbers, in the form to compare. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from salesprep.adapter.names import fold
from salesprep.briefing.persons.parts import read
from salesprep.briefing.persons.spelling import latin, spellings

# RFC 2142 and what it is called in Dutch, German and French.
_ROLES_WORDS = """
    abuse accounting accounts administratie administration admin algemeen anfrage backoffice balie
    bestellung bestellungen bestuur billing boekhouding boutique buchhaltung bureau chauffage club
    commande commandes commercial commercieel compta comptabilite contact crediteuren customerservice
    debiteuren direction directie einkauf empfang facturatie factuur facturen facture factures finance
    finanzen ftp general geschaftsfuhrung geschaeftsfuehrung helpdesk hello hostmaster hr info
    information infos inkoop invoice invoices it jobs kantoor kontakt klantenservice klantcontact
    kundenservice logistics logistiek magazijn mail mailbox marketing news noc noreply office onthaal
    order orders payroll personal personeelszaken planning post postmaster presse procurement
    produktie purchase purchasing receptie reception rechnung rechnungen recrutement rh sales
    secretariaat secretariat secretaris security sekretariat service services support team technik
    test usenet uucp verkauf verkoop vente ventes versand vertrieb webmaster welcome werkplaats winkel
    www zentrale
"""
_ROLES = frozenset(_ROLES_WORDS.split())
"""Mailboxes that belong to a desk: whoever sits there has them."""
_NOT_WORD = re.compile(r"[^\w]+|_|\d+")
_DIGITS = re.compile(r"\D+")
_EXTENSION = re.compile(r"\s*(?:ext|tst|toestel|doorkies|poste|durchwahl|x)\b.*$", re.I)
_SHORTEST = 8
"""Digits of a number that one can be rung up at from elsewhere."""


def profile(handle: str) -> str | None:
    """The address of a profile, comparable; ``None`` for a bare user name: it may be anybody's elsewhere."""
    bare = handle.strip().casefold().partition("?")[0].partition("#")[0].partition("://")
    address = (bare[2] or bare[0]).removeprefix("www.").rstrip("/")
    host, _, path = address.partition("/")
    if "." not in host or not path:
        return address if "." in address else None
    # "nl.linkedin.com/in/rsmit/en": the country and the language are the reader's.
    parts = host.split(".")
    if len(parts) > 2 and len(parts[0]) == 2:
        host = ".".join(parts[1:])
    pieces = path.split("/")
    return "/".join((host, *pieces[:2]))


def site(profile: str) -> str:
    """Where a profile is: one person has one there."""
    return "/".join(profile.split("/")[:-1]) or profile


def is_role(address: str) -> bool:
    """Whether an address belongs to a desk, not to a person: ``info@``, ``verkoop@``."""
    local = address.casefold().partition("@")[0].partition("+")[0]
    words = [fold(word) for word in _NOT_WORD.split(local) if word]
    return not words or all(word.replace(" ", "") in _ROLES for word in words[:1])


def mailbox(address: str) -> str:
    """A mail address, comparable: without what somebody adds to sort by."""
    local, _, domain = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" if local else address.strip().casefold()


@lru_cache(maxsize=16384)
def spells(address: str, name: str) -> bool | None:
    """Whether an address is made of a name: ``r.smit@`` of ``Rob Smit``. ``None``: it tells no name at all.

    ``False`` is said where it holds the family name with another given name or initial, or the first name
    of somebody else in the usual form of first and last name.
    """
    parts = read(name)
    words = [latin(w) for w in _NOT_WORD.split(address.casefold().partition("@")[0]) if w]
    families = {s.replace(" ", "") for f in parts.families for s in (*spellings(f.text), f.together)}
    if not words or not families:
        return None
    together = "".join(words)
    family = max((f for f in families if len(f) > 1 and together.endswith(f)), key=len, default=None)
    firsts = [latin(g.text) for g in parts.given]
    if family is None:
        return True if len(words) == 1 and any(len(f) > 1 and f == words[0] for f in firsts) else None
    before = together.removesuffix(family)
    for f in families:
        before = before.removesuffix(f)
    if not before or not firsts:
        return None
    initials = "".join(f[:1] for f in firsts)
    fits = before.startswith(firsts[0]) or (firsts[0].startswith(before) or initials.startswith(before))
    return fits or (None if before[:1] == initials[:1] else False)


def writes_out(address: str, name: str) -> bool:
    """Whether an address is the whole of a name, the given name with it: ``rob.smit@`` of ``Rob Smit``."""
    parts = read(name)
    if not parts.given or parts.given[0].is_initial:
        return False
    local = "".join(latin(w) for w in _NOT_WORD.split(address.casefold().partition("@")[0]) if w)
    families = {s.replace(" ", "") for f in parts.families for s in (*spellings(f.text), f.together)}
    firsts = spellings(parts.given[0].text)
    return any(local in (first + family, family + first) for first in firsts for family in families)


@lru_cache(maxsize=16384)
def number(phone: str) -> str | None:
    """A phone number's digits from behind, without what stands for the country: comparable, not to ring up.

    ``+31 (0)6 1234 5678``, ``0031612345678`` and ``06-12345678`` end alike; see :func:`one_number`.
    """
    text = _EXTENSION.sub("", phone.strip()).replace("(0)", "")
    digits = _DIGITS.sub("", text)
    if text.startswith("+"):
        digits = f"+{digits}"
    elif digits.startswith("00"):
        digits = f"+{digits[2:]}"
    return digits if len(digits.lstrip("+0")) >= _SHORTEST else None


def one_number(one: str, other: str) -> bool:
    """Whether two :func:`number` are one: alike, or one with and one without the country."""
    if one.startswith("+") == other.startswith("+"):
        return one == other
    long, short = (one, other) if one.startswith("+") else (other, one)
    rest = long[1:].removesuffix(short.lstrip("0"))
    return short.startswith("0") and rest != long[1:] and 0 < len(rest) <= 3


def ending(number: str) -> str:
    """By what numbers that may be one are found."""
    return number[-_SHORTEST:]
