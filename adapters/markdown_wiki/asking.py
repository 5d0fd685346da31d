"""A customer's keys, or a topic, as a question to the full-text search; and which accounts fit the keys.

What people type is never the search's own syntax: every word goes in as a quoted phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from adapters.markdown_wiki.index import storable
from adapters.markdown_wiki.organisations import Organisation
from salesprep.adapter import Query
from salesprep.adapter.names import fold, fold_organisation, is_free_mail

_MOST_PHRASES = 200
_MOST_WORDS = 30
_SHORTEST = 2
"""Letters of a name that is looked for in texts: one alone stands everywhere."""
_SHORTEST_BEGINNING = 3
"""Letters of a word from which on it also finds longer ones."""
_PART = 4
"""How near an account is of which only a part of the name fits; see :func:`_near`."""
_AND = ("en", "und", "et", "and")


def about(query: Query) -> str | None:
    """The question for pages that hold any of a customer's names, domains or addresses."""
    phrases: list[str] = []
    for name in query.names:
        folded = fold_organisation(name)
        if len(folded.replace(" ", "")) < _SHORTEST:
            continue
        phrases += (name, folded)
        words = folded.split()
        if "and" in words[1:-1]:  # "&" is no word to the search, "en" is
            phrases += (" ".join(other if word == "and" else word for word in words) for other in _AND)
            phrases.append(" ".join(word for word in words if word != "and"))
    phrases += (*query.domains, *query.emails)
    quoted = dict.fromkeys(phrase for text in phrases if (phrase := _quoted(text)))
    return " OR ".join(list(quoted)[:_MOST_PHRASES]) or None


def topic(text: str) -> str | None:
    """The question for pages that hold all words of ``text``, or longer ones that begin so."""
    words = [word for word in text.split()[:_MOST_WORDS] if re.search(r"\w", word)]
    return " ".join(
        f"{_quoted(word)} *" if len(fold(word)) >= _SHORTEST_BEGINNING else _quoted(word) for word in words
    ) or None  # fmt: skip


def _quoted(text: str) -> str:
    if not re.search(r"\w", text):
        return ""
    return '"' + storable(text).replace('"', '""').replace("\0", " ") + '"'


def fitting(accounts: Iterable[Organisation], query: Query) -> list[Organisation]:
    """Accounts that may be the customer, best first."""
    domains, names = _domains(query), _folded(query)
    near = ((_near(one, query, domains, names), one) for one in accounts)
    ranked = [(nearness, one.title, one) for nearness, one in near if nearness]
    return [one for _, _, one in sorted(ranked, key=lambda entry: entry[:2])]


def belonging(accounts: Iterable[Organisation], query: Query) -> list[str]:
    """Ids of the accounts that the keys name exactly."""
    domains, names = _domains(query), _folded(query)
    return [one.id for one in accounts if 0 < _near(one, query, domains, names) < _PART]


def _near(one: Organisation, query: Query, domains: set[str], names: Sequence[str]) -> int:
    """1 by its id, 2 by a domain, 3 by its name, 4 by a part of it; 0 if not at all."""
    if one.id in query.ids:
        return 1
    if domains.intersection(one.domains):
        return 2
    if not names:
        return 0
    spellings = [fold_organisation(title) for title in (one.title, *one.aliases)]
    if any(spelling in names for spelling in spellings):
        return 3
    padded = [(f" {spelling} ", f" {name} ") for spelling in spellings for name in names]
    return _PART if any(a in b or b in a for a, b in padded) else 0


def _folded(query: Query) -> list[str]:
    return [folded for name in query.names if (folded := fold_organisation(name))]


def _domains(query: Query) -> set[str]:
    """Domains of the customer, and each that a mail address may hang under."""
    found = set(query.domains)
    for email in query.emails:
        parts = email.rpartition("@")[2].casefold().split(".")
        found.update(".".join(parts[at:]) for at in range(len(parts) - 1))
    return {domain for domain in found if not is_free_mail(domain)}
