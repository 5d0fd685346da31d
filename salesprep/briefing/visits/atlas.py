"""The accounts that sources know by links to their records, by guests' domains and addresses, and by titles
and places, for many meetings at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from salesprep.adapter import Account, Kind, Meeting, Person, Query
from salesprep.briefing.events.given import guest_domains
from salesprep.briefing.events.places import named_places
from salesprep.briefing.events.record_links import Patterns, account_ids, links_in, patterns_of
from salesprep.briefing.gathered import Gathered
from salesprep.briefing.links import Links
from salesprep.briefing.people import addresses
from salesprep.briefing.recognition.accounts import Accounts, Key
from salesprep.briefing.recognition.ours import Ours, domains_of, mail_addresses
from salesprep.briefing.recognition.titles import possible_names
from salesprep.sources.answers import Answer, Ask

AT_ONCE = 8
"""So many look-ups run at a time."""
DOMAINS_AT_ONCE = 20

AskSource = Callable[[str, Ask], Awaitable[Answer]]


@dataclass(slots=True)
class Atlas:
    """Fills itself by :meth:`look_up`; what was looked up once is not asked again."""

    sources: Mapping[str, Gathered]
    links: Links
    us: Ours
    _found: dict[str, dict[str, Account]] = field(default_factory=dict)
    _persons: dict[str, set[Key]] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)
    _asked_ids: set[Key] = field(default_factory=set)

    @property
    def accounts(self) -> Accounts:
        """All accounts found so far, by source, in the order of the screen."""
        return {n: tuple(self._found[n].values()) for n in self.sources if n in self._found}

    @property
    def patterns(self) -> Mapping[str, Patterns]:
        """What the addresses of each source's records look like: by its settings, and by its accounts."""
        return {
            name: (*source.info.record_links, *patterns_of(self._found.get(name, {}).values()))
            for name, source in self.sources.items()
        }

    @property
    def persons(self) -> Mapping[str, Collection[Key]]:
        """By mail address the accounts under which sources keep a person who has it."""
        return self._persons

    async def look_up(self, meetings: Sequence[Meeting], ask: AskSource) -> None:
        """First by all links to records and all guests' domains; then by title and place where that found
        nobody, and by the guests' addresses where it found several or where they tell no organisation."""
        gate = asyncio.Semaphore(AT_ONCE)
        domains = [d for m in meetings for d in guest_domains(m, self.us)]
        new = self._new(d for d in domains if self.links.at_domain(d) is None)
        chunks = [new[n : n + DOMAINS_AT_ONCE] for n in range(0, len(new), DOMAINS_AT_ONCE)]
        await asyncio.gather(
            self._find([Query(domains=tuple(chunk)) for chunk in chunks], ask, gate),
            self._find_linked(meetings, ask, gate),
        )
        # What the accounts' own addresses look like is known only now.
        await self._find_linked(meetings, ask, gate)
        open_ = [m for m in meetings if not self._at(m) and not self._is_linked(m)]
        names = {" ".join(n): n for m in open_ if (n := (*possible_names(m.title), *named_places(m)))}
        emails = {e for m in meetings if self._tells_who(m) for e in mail_addresses(m, self.us)}
        await asyncio.gather(
            self._find([Query(names=names[n]) for n in self._new(names)], ask, gate),
            self._find_persons(self._new(emails), ask, gate),
        )

    def _new(self, words: Iterable[str]) -> list[str]:
        fresh = [w for w in dict.fromkeys(words) if w not in self._asked]
        self._asked.update(fresh)
        return sorted(fresh)

    def _is_linked(self, meeting: Meeting) -> bool:
        return any(self.links.at_domain(d) is not None for d in guest_domains(meeting, self.us))

    def _at(self, meeting: Meeting) -> list[Key]:
        """The accounts at the guests' domains."""
        domains = set(guest_domains(meeting, self.us))
        return [
            (source, a.id)
            for source, seen in self._found.items()
            for a in seen.values()
            if domains & domains_of(a, self.us)
        ]

    def _tells_who(self, meeting: Meeting) -> bool:
        """Whether the guests' addresses may tell more than their domains."""
        sources = [source for source, _ in self._at(meeting)]
        return len(sources) > len(set(sources)) or not guest_domains(meeting, self.us)

    async def _find_linked(
        self, meetings: Sequence[Meeting], ask: AskSource, gate: asyncio.Semaphore
    ) -> None:
        """The accounts for which the links in the events stand."""
        links = [link for m in meetings for link in links_in(m)]
        if links:
            patterns = self.patterns.items()
            await self._find_ids({n: account_ids(links, known) for n, known in patterns if known}, ask, gate)

    async def _find_ids(
        self, wanted: Mapping[str, Iterable[str]], ask: AskSource, gate: asyncio.Semaphore
    ) -> None:
        calls = []
        for name, ids in wanted.items():
            known = self._found.get(name, {})
            new = [i for i in dict.fromkeys(ids) if i not in known and (name, i) not in self._asked_ids]
            self._asked_ids.update((name, i) for i in new)
            if new and self.sources[name].find is not None:
                calls.append(self._find_in(self.sources[name], Query(ids=tuple(new)), ask, gate))
        await asyncio.gather(*calls)

    async def _find(self, queries: Sequence[Query], ask: AskSource, gate: asyncio.Semaphore) -> None:
        calls = [self._find_in(s, q, ask, gate) for q in queries for s in self.sources.values() if s.find]
        await asyncio.gather(*calls)

    async def _find_in(self, source: Gathered, query: Query, ask: AskSource, gate: asyncio.Semaphore) -> None:
        manifest, slot = source.info.manifest, source.find
        if manifest is None or slot is None:
            return
        query = Query(
            names=query.names if "name" in manifest.lookups else (),
            domains=query.domains if "domain" in manifest.lookups else (),
            ids=query.ids if "id" in manifest.lookups else (),
        )
        if not query and manifest.lookups:
            return
        async with gate:
            answer = await ask(source.name, Ask("find", query))
        slot.take(answer)
        for record in answer.page.records if answer.page is not None else ():
            if isinstance(record, Account):
                self._found.setdefault(source.name, {})[record.id] = record

    async def _find_persons(self, emails: Sequence[str], ask: AskSource, gate: asyncio.Semaphore) -> None:
        if emails:
            query = Query(emails=tuple(emails))
            await asyncio.gather(*(self._persons_in(s, query, ask, gate) for s in self.sources.values()))
            kept: dict[str, list[str]] = {}
            for source, native_id in sorted({key for e in emails for key in self._persons.get(e, ())}):
                kept.setdefault(source, []).append(native_id)
            await self._find_ids(kept, ask, gate)

    async def _persons_in(
        self, source: Gathered, query: Query, ask: AskSource, gate: asyncio.Semaphore
    ) -> None:
        manifest = source.info.manifest
        if manifest is None or "email" not in manifest.lookups or Kind.PERSON not in source.kinds:
            return
        async with gate:
            answer = await ask(source.name, Ask("fetch", query, Kind.PERSON))
        for record in answer.page.records if answer.page is not None else ():
            if isinstance(record, Person) and record.keys.account_id is not None:
                for address in addresses(record):
                    self._persons.setdefault(address, set()).add((source.name, record.keys.account_id))
