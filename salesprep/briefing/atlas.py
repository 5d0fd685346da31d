"""The accounts that sources know by guests' domains and by titles, for many meetings at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from salesprep.adapter import Account, Kind, Meeting, Person, Query
from salesprep.briefing.accounts import Accounts, Key
from salesprep.briefing.gathered import Gathered
from salesprep.briefing.links import Links
from salesprep.briefing.ours import Ours, domains_of, mail_addresses
from salesprep.briefing.people import addresses
from salesprep.briefing.titles import possible_names
from salesprep.briefing.whose import guest_domains
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

    @property
    def accounts(self) -> Accounts:
        """All accounts found so far, by source, in the order of the screen."""
        return {n: tuple(self._found[n].values()) for n in self.sources if n in self._found}

    def known_ids(self, meeting: Meeting) -> frozenset[Key]:
        """The accounts under which sources keep the guests of ``meeting``."""
        emails = mail_addresses(meeting, self.us)
        return frozenset(key for e in emails for key in self._persons.get(e, ()))

    async def look_up(self, meetings: Sequence[Meeting], ask: AskSource) -> None:
        """First by all guests' domains; then by title where that found nobody, and by the guests'
        addresses where it found several."""
        gate = asyncio.Semaphore(AT_ONCE)
        domains = [d for m in meetings for d in guest_domains(m, self.us)]
        new = self._new(d for d in domains if self.links.at_domain(d) is None)
        chunks = [new[n : n + DOMAINS_AT_ONCE] for n in range(0, len(new), DOMAINS_AT_ONCE)]
        await self._find([Query(domains=tuple(chunk)) for chunk in chunks], ask, gate)
        titles = self._new(m.title for m in meetings if not self._at(m) and not self._is_linked(m))
        names = [possible_names(title) for title in titles]
        emails = {e for m in meetings if self._has_several(m) for e in mail_addresses(m, self.us)}
        await asyncio.gather(
            self._find([Query(names=n) for n in names if n], ask, gate),
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

    def _has_several(self, meeting: Meeting) -> bool:
        sources = [source for source, _ in self._at(meeting)]
        return len(sources) > len(set(sources))

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
