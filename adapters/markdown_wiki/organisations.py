"""The customers that a wiki names: which spellings are one of them, and which namesakes are not.

Pure. A wiki has no list of customers, so that one is made of what its pages say; two organisations taken
for one would show a page at the wrong customer, hence a doubt makes two of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from salesprep.adapter.names import fold, fold_organisation, legal_form


@dataclass(frozen=True, slots=True)
class Naming:
    """One page names one customer."""

    page: int
    name: str
    domains: tuple[str, ...] = ()
    """Of the customer, if the page names this one alone."""
    folder: str | None = None
    """The customer's own folder that the page lies in, by its name."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """One customer of the wiki."""

    id: str
    """The folded name; with the legal form or a domain where that tells two of one name apart."""
    title: str
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    pages: tuple[tuple[int, str], ...]
    """Which pages name it, and how."""


def organisations(namings: Iterable[Naming]) -> list[Organisation]:
    """Every customer once.

    Spellings that differ in their legal form, or whose pages give domains that no page has together,
    are customers of their own; what cannot be told apart then stays one beside them, without a domain.
    """
    by_name: dict[str, list[Naming]] = defaultdict(list)
    for one in namings:
        by_name[fold_organisation(one.name) or fold(one.name)].append(one)
    found: list[Organisation] = []
    for key, named in by_name.items():
        for id_, of_form in _by_form(key, named):
            found.extend(_organisation(part, group) for part, group in _by_domain(id_, of_form))
    return found


def _by_form(key: str, named: Sequence[Naming]) -> list[tuple[str, list[Naming]]]:
    forms: dict[str | None, list[Naming]] = defaultdict(list)
    for one in named:
        forms[legal_form(one.name)].append(one)
    if len(forms.keys() - {None}) <= 1:
        return [(key, list(named))]
    return [(f"{key} {form}" if form else key, of_form) for form, of_form in forms.items()]


def _by_domain(id_: str, named: Sequence[Naming]) -> list[tuple[str, list[Naming]]]:
    """Pages of one folder belong together, and so do those that share a domain."""
    groups: list[tuple[set[str], list[Naming]]] = []
    for one in named:
        marks = {*one.domains, *((f"{one.folder}/",) if one.folder is not None else ())}
        joined = [group for group in groups if group[0] & marks]
        together = (marks.union(*(g[0] for g in joined)), [*(n for g in joined for n in g[1]), one])
        groups = [group for group in groups if group not in joined]
        groups.append(together)
    with_domain = [group for group in groups if _domains(group[1])]
    if len(with_domain) <= 1:
        return [(id_, list(named))]
    rest = [n for group in groups if group not in with_domain for n in group[1]]
    parts = [(f"{id_} ({min(_domains(group))})", group) for _, group in with_domain]
    return [*parts, (id_, rest)] if rest else parts


def _domains(named: Iterable[Naming]) -> set[str]:
    return {domain for one in named for domain in one.domains}


def _organisation(id_: str, named: Sequence[Naming]) -> Organisation:
    said = Counter(one.name for one in named)
    own = {one.name for one in named if one.name != one.folder}
    # A folder is often named in short; what stands in a page was written to be read.
    spellings = sorted(said, key=lambda name: (name in own, said[name], len(name), name), reverse=True)
    return Organisation(
        id=id_,
        title=spellings[0],
        aliases=tuple(spellings[1:]),
        domains=tuple(sorted(_domains(named))),
        pages=tuple((one.page, one.name) for one in named),
    )
