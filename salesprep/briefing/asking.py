"""What to ask which source next: find, then fetch; and at most once more with what others told.

Plans only; ``scan`` makes the calls. A source waits for nobody but its own ``find``, and what one
source answered reaches another only as a look-up key that its manifest asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from salesprep.adapter import Kind, Person, Query, Window
from salesprep.adapter.manifest import Lookup
from salesprep.adapter.names import fold, fold_organisation
from salesprep.briefing.gathered import Gathered, Slot
from salesprep.briefing.recognition.customer import Grown
from salesprep.briefing.recognition.ours import organisation_domain
from salesprep.briefing.recognition.titles import contains_words
from salesprep.sources.answers import Ask

PAGES = 10
"""So many pages of a kind are read at most."""


@dataclass(frozen=True, slots=True)
class Call:
    """One question to one source. ``more``: a further page."""

    source: str
    ask: Ask
    more: bool = False


def slot_of(source: Gathered, call: Call) -> Slot:
    """Where the answer to ``call`` belongs."""
    slot = {"find": source.find, "upcoming": source.upcoming}.get(call.ask.method)
    return slot if slot is not None else source.kinds[call.ask.kind or Kind.ACCOUNT]


def tells_keys(call: Call) -> bool:
    """Whether the answer may tell more of the customer: accounts do, and addresses of persons."""
    return call.ask.method == "find" or call.ask.kind in (Kind.ACCOUNT, Kind.PERSON)


def query_for(source: Gathered, grown: Grown) -> Query:
    """What is known of the customer, as far as the manifest asks for it."""
    manifest = source.info.manifest
    wanted: frozenset[Lookup] = manifest.lookups if manifest is not None else frozenset()
    customer = grown.customer
    return Query(
        names=grown.spellings if "name" in wanted else (),
        domains=tuple(dict.fromkeys(customer.domains)) if "domain" in wanted else (),
        emails=tuple(dict.fromkeys(customer.emails)) if "email" in wanted else (),
        ids=tuple(dict.fromkeys(grown.ids_in(source.name))) if "id" in wanted else (),
    )


def _news(query: Query, source: Gathered) -> frozenset[Literal["ids", "others"]]:
    """What ``query`` holds that the source was not asked with before, and did not tell itself.

    An account is found by what ``find`` was asked with, its ids are fetched by. Names compare folded,
    without legal form.
    """
    told = _told_by(source)
    asked = source.found_with if source.find is not None else source.fetched_with
    names = _folded(query.names) - _folded(asked.names) - _folded(told.names)
    domains = set(query.domains) - set(asked.domains) - set(told.domains)
    # An address at a domain that was asked for brings nothing that the domain did not.
    at_domains = tuple("@" + d for d in (*asked.domains, *told.domains))
    emails = {e for e in query.emails if not at_domains or not e.endswith(at_domains)}
    found: set[Literal["ids", "others"]] = set()
    if set(query.ids) - set(source.fetched_with.ids):
        found.add("ids")
    if names or domains or emails - set(asked.emails) - set(told.emails):
        found.add("others")
    return frozenset(found)


def _told_by(source: Gathered) -> Query:
    """The keys that the source gave itself."""
    accounts = source.accounts()
    addresses = [a for r in accounts for a in (*r.keys.domains, *r.keys.emails, r.website or "")]
    people = source.kinds.get(Kind.PERSON)
    persons = [r for r in people.records.values() if isinstance(r, Person)] if people is not None else []
    return Query(
        names=tuple(name for r in accounts for name in (r.title, *r.aliases)),
        domains=tuple(d for a in addresses if (d := organisation_domain(a)) is not None),
        emails=tuple(a.casefold() for r in persons for a in (*r.emails, *r.keys.emails)),
    )


def _folded(names: tuple[str, ...]) -> set[str]:
    return {fold_organisation(n) or fold(n) for n in names}


def finding(sources: Iterable[Gathered]) -> bool:
    """Whether a first ``find`` is under way, so that other sources may soon get a new key."""
    return any(s.wave == 1 and s.find is not None and s.find.under_way for s in sources)


def next_calls(source: Gathered, grown: Grown, *, settled: bool) -> Iterator[Call]:
    """The calls that are due now; marks them as asked.

    ``settled``: no first ``find`` is under way any more, or half of the time is over. Until then no
    source is asked a second time, and what only may be the customer is not fetched.
    """
    query = query_for(source, grown)
    if source.wave == 0:
        if query or not _narrows(source):
            yield from _wave(source, query, find=True)
        return
    if not source.fetched and not _find_under_way(source):
        yield from _after_find(source, query, grown, settled=settled)
        return
    if source.wave == 1 and settled and not source.busy and _answered(source):
        news = _news(query, source)
        if news:
            yield from _wave(source, query, find="others" in news)
        elif source.find is not None and not _looked_around(source, query):
            yield _neighbours(source, source.find, query)


def _narrows(source: Gathered) -> bool:
    """Whether it looks anything up; one that cannot narrow its answers is asked all the same."""
    return source.info.manifest is None or bool(source.info.manifest.lookups)


def _find_under_way(source: Gathered) -> bool:
    return source.find is not None and source.find.under_way > 0


def _answered(source: Gathered) -> bool:
    """Something came; a source that only fails is not asked again in the same breath."""
    slots = [*source.kinds.values(), *([source.find] if source.find else [])]
    return any(slot.heard for slot in slots)


def _wave(source: Gathered, query: Query, *, find: bool) -> Iterator[Call]:
    source.wave += 1
    source.fetched = False
    if source.find is not None and find:
        source.found_with = query
        source.sought |= frozenset(query.ids)
        yield _made(source.find, Call(source.name, Ask("find", query)))
    if source.find is None or not find or query.ids:
        # Its own ids are known: there is nothing to wait for.
        yield from _fetch(source, query)


def _looked_around(source: Gathered, query: Query) -> bool:
    """It was asked for all accounts of the customer's names and domains, not only for one by its id."""
    asked = [words.split() for words in _folded(source.found_with.names)]
    names = all(any(contains_words(name, words) for words in asked) for name in _folded(query.names))
    return names and set(query.domains) <= set(source.found_with.domains)


def _neighbours(source: Gathered, find: Slot, query: Query) -> Call:
    """The second question to a source that told the customer's name and domain itself: who else has them
    there? What two accounts share tells neither."""
    source.wave += 1
    source.found_with = query
    return _made(find, Call(source.name, Ask("find", Query(names=query.names, domains=query.domains))))


def _after_find(source: Gathered, query: Query, grown: Grown, *, settled: bool) -> Iterator[Call]:
    found = source.find
    if found is not None and not found.heard and found.trouble is not None:
        source.fetched = True
        for slot in source.kinds.values():
            slot.take(found.trouble)
        return
    if not settled and not grown.ids_in(source.name) and _may_be(source, grown):
        return
    if source.wave > 1 and query == source.fetched_with:
        source.fetched = True
        return
    yield from _fetch(source, query)


def _may_be(source: Gathered, grown: Grown) -> bool:
    """An account of the source may be the customer."""
    matches = (grown.matches.get((source.name, account.id)) for account in source.accounts())
    return any(match is not None and match.outcome == "maybe" for match in matches)


def _fetch(source: Gathered, query: Query) -> Iterator[Call]:
    source.fetched = True
    source.fetched_with = query
    for kind, slot in source.kinds.items():
        yield _made(slot, Call(source.name, Ask("fetch", query, kind)))


def _made(slot: Slot, call: Call) -> Call:
    slot.asked = True
    slot.under_way += 1
    return call


def upcoming_calls(source: Gathered, window: Window) -> Iterator[Call]:
    """The question for all coming meetings, or for their next page, if the source can answer it."""
    slot = source.upcoming
    if slot is None or slot.under_way:
        return
    if not slot.asked:
        yield _made(slot, Call(source.name, Ask("upcoming", window=window)))
    elif slot.cursor is not None and slot.trouble is None and slot.pages < PAGES:
        ask = Ask("upcoming", window=window, cursor=slot.cursor)
        yield _made(slot, Call(source.name, ask, more=True))


def more_calls(source: Gathered, kinds: Iterable[Kind]) -> Iterator[Call]:
    """The next page of each of ``kinds`` that has one, until :data:`PAGES`."""
    if source.busy:
        return
    for kind in kinds:
        slot = source.kinds.get(kind)
        if slot is not None and slot.cursor is not None and slot.trouble is None and slot.pages < PAGES:
            yield page_call(source, kind, slot)


def page_call(source: Gathered, kind: Kind, slot: Slot) -> Call:
    """The question for the next page of ``kind``, of which there is one; marked as asked."""
    ask = Ask("fetch", source.fetched_with, kind, slot.cursor)
    return _made(slot, Call(source.name, ask, more=True))
