"""A clock, records to build with, and a stage: a stand-in for the host on which sources are scripted.

The stage stands for :class:`salesprep.sources.Host` where a test needs to hold an answer back or to
look at every question. It is strict: a question that the manifest does not offer fails the test. The
same ways are tried over the real host in ``test_over_the_real_host.py``.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest

from salesprep.adapter import (
    Account,
    Activity,
    DeadlineExceeded,
    Keys,
    Kind,
    Meeting,
    Money,
    Opportunity,
    Page,
    Participant,
    Person,
    Place,
    Record,
    Task,
    Ticket,
    Unavailable,
    When,
)
from salesprep.adapter.manifest import Ability, Lookup, Manifest
from salesprep.adapter.names import fold
from salesprep.briefing.model import Briefing, Panel, Update
from salesprep.briefing.recognition.ours import organisation_domain
from salesprep.briefing.scan import scan
from salesprep.settings import Colleague, Settings, Us
from salesprep.sources.answers import Answer, AnswerState, Ask, SourceInfo

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 23, 13, 21, tzinfo=ZONE)
US = Us(
    name="Anna de Boer",
    emails=("anna@ons.example",),
    domains=("ons.example",),
    colleagues=(
        Colleague("M. Bakker", "m.bakker@ons.example"),
        Colleague("J. Jansen", "j.jansen@ons.example"),
    ),
    zone=ZONE,
)
LOOKUPS: frozenset[Lookup] = frozenset({"id", "domain", "name", "email"})


_ONE = Keys(account_id="1")


class Make:
    """Records with what a test says of them; the rest is plausible."""

    now = NOW
    zone = ZONE
    us = US

    def at(self, days: float = 0, hour: int | None = None) -> datetime:
        """A moment so many calendar days from now."""
        moment = NOW + timedelta(days=days)
        return moment if hour is None else moment.replace(hour=hour, minute=0)

    def day(self, days: int) -> date:
        """A calendar day so many days from now."""
        return NOW.date() + timedelta(days=days)

    def who(self, text: str, **more: Any) -> Participant:
        """``R. Smit <r.smit@vandijk.example>``, a bare address, or a bare name."""
        name, bracket, rest = text.partition("<")
        if bracket:
            return Participant(name=name.strip(), email=rest.strip("> "), **more)
        return Participant(email=text, **more) if "@" in text else Participant(name=text, **more)

    def account(
        self,
        id: str,
        name: str,
        *domains: str,
        parent: str | None = None,
        city: str | None = None,
        country: str | None = None,
        point: tuple[float, float] | None = None,
        aliases: tuple[str, ...] = (),
    ) -> Account:
        latitude, longitude = point or (None, None)
        return Account(
            id=id,
            title=name,
            keys=Keys(account_id=id, organisation=name, domains=domains),
            parent_id=parent,
            aliases=aliases,
            place=Place(city=city, country=country, latitude=latitude, longitude=longitude),
            **_AROUND,
        )

    def person(self, id: str, name: str, account: str | None = "1", *emails: str, **more: Any) -> Person:
        keys = more.pop("keys", Keys(account_id=account, emails=emails))
        return Person(id=id, title=name, keys=keys, emails=emails, **_AROUND, **more)

    def activity(self, id: str, account: str | None = "1", *, days: float = -10, **more: Any) -> Activity:
        people = tuple(self.who(p) if isinstance(p, str) else p for p in more.pop("people", ()))
        keys = more.pop("keys", Keys(account_id=account))
        more = {"title": id, "type": "phone", **more}
        return Activity(id=id, at=self.at(days), keys=keys, people=people, **_AROUND, **more)

    def task(
        self,
        id: str,
        *,
        done: bool | None = False,
        due: When | None = None,
        by: str | None = "anna@ons.example",
    ) -> Task:
        people = (self.who(by, role="owner"),) if by else ()
        return Task(id=id, title=id, done=done, due=due, people=people, keys=_ONE, **_AROUND)

    def deal(
        self,
        id: str,
        *,
        status: Literal["open", "won", "lost"] | None = "open",
        closes: date | None = None,
        next_step: str | None = None,
    ) -> Opportunity:
        return Opportunity(
            id=id,
            title=id,
            stage="negotiation",
            status=status,
            amount=Money(Decimal(180000), "EUR"),
            closes=closes,
            next_step=next_step,
            keys=_ONE,
            **_AROUND,
        )

    def ticket(self, id: str, title: str = "storing", *, days: float = -4, **more: Any) -> Ticket:
        more = {"open": True, "last_message_by": "them", "last_message_at": self.at(days), **more}
        return Ticket(id=id, title=title, at=self.at(days), keys=_ONE, **_AROUND, **more)

    def meeting(
        self,
        id: str,
        title: str = "Kwartaalbezoek",
        *people: str | Participant,
        start: When | None = None,
        minutes: int = 60,
        owner: str | None = "anna@ons.example",
        uid: str | None = None,
        **more: Any,
    ) -> Meeting:
        start = start if start is not None else self.at(0, 14)
        end = start + (timedelta(minutes=minutes) if isinstance(start, datetime) else timedelta(days=1))
        place = more.pop("place", None)
        return Meeting(
            id=id,
            title=title,
            people=tuple(self.who(p) if isinstance(p, str) else p for p in people),
            start=start,
            end=end,
            calendar_owner=owner,
            series_id=uid or id,
            place=Place(**place) if isinstance(place, dict) else place,
            **_AROUND,
            **more,
        )


_AROUND: dict[str, Any] = {"fetched_at": NOW, "no_url_reason": "a test"}


@dataclass
class Source:
    """A scripted source. ``holds`` are gates by method or kind: the answer waits until one is set."""

    name: str
    info: SourceInfo
    accounts: list[Account] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    coming: list[Meeting] = field(default_factory=list)
    narrow: bool = False
    """Answer only records that fit the keys; else all of them, as an adapter may."""
    hides_names: bool = False
    """``find`` knows ids and domains only."""
    page_size: int = 500
    state: AnswerState = "fresh"
    fails: set[str] = field(default_factory=set)
    """Methods or kinds that fail; ``*``: all."""
    holds: dict[str, asyncio.Event] = field(default_factory=dict)
    asked: list[Ask] = field(default_factory=list)

    def hold(self, what: str) -> asyncio.Event:
        """Keep answers of this method or kind back until the event is set."""
        return self.holds.setdefault(what, asyncio.Event())

    def times(self, method: str, kind: Kind | None = None) -> int:
        """How often it was asked for a first page."""
        return sum(a.method == method and a.kind == kind and a.cursor is None for a in self.asked)

    def page(self, ask: Ask) -> Page[Record]:
        """What it knows about the question."""
        found: list[Record]
        if ask.method == "find":
            found = [a for a in self.accounts if self._fits_account(a, ask)]
        elif ask.method == "upcoming":
            found = list(self.coming)
        else:
            found = [
                r for r in self.records if r.kind is ask.kind and (not self.narrow or self._fits(r, ask))
            ]
        start = int(ask.cursor or 0)
        end = start + self.page_size
        cut = tuple(found[start:end])
        return Page(cut, cursor=str(end) if end < len(found) else None, total=len(found))

    def _fits_account(self, account: Account, ask: Ask) -> bool:
        names = fold(" ".join((account.title, *account.aliases)))
        return (
            account.id in ask.query.ids
            or bool(set(account.keys.domains) & set(ask.query.domains))
            or (not self.hides_names and any(fold(n) in names for n in ask.query.names))
        )

    def _fits(self, record: Record, ask: Ask) -> bool:
        emails = {*record.keys.emails, *(p.email or "" for p in record.people)}
        domains = {*record.keys.domains, *(organisation_domain(e) for e in emails)}
        text = fold(record.title)
        return (
            record.keys.account_id in ask.query.ids
            or bool(domains & set(ask.query.domains))
            or bool(emails & set(ask.query.emails))
            or any(fold(n) in text for n in ask.query.names)
        )


class Stage:
    """The stand-in for the host."""

    def __init__(self) -> None:
        self.sources: dict[str, Source] = {}
        self.under_way = 0
        self.settings = Settings(us=US, sources={}, deadline=5.0)

    def source(
        self,
        name: str,
        *kinds: Kind,
        find: bool = False,
        upcoming: bool = False,
        lookups: Iterable[Lookup] = LOOKUPS,
        **more: Any,
    ) -> Source:
        """Add a source that keeps ``kinds``."""
        abilities: set[Ability] = {"fetch"}
        abilities |= {"find"} if find else set()
        abilities |= {"upcoming"} if upcoming else set()
        manifest = Manifest(
            name="scripted",
            title="Scripted",
            version="1.0",
            contract=(1, 0),
            class_name="Scripted",
            kinds=kinds,
            lookups=frozenset(lookups),
            abilities=frozenset(abilities),
            asks_as="none",
            runs="async",
            ttl=60,
            keep_old=60,
            hosts=(),
            secrets=(),
            requires=(),
            calls_at_once=1,
            folder=Path(),
        )
        made = Source(
            name, SourceInfo(name, name.upper(), "scripted", manifest, kinds=manifest.kinds), **more
        )
        self.sources[name] = made
        return made

    def crm(self, *accounts: Account, name: str = "crm", **more: Any) -> Source:
        """A CRM that finds accounts and keeps what hangs under them."""
        kinds = (Kind.ACCOUNT, Kind.PERSON, Kind.ACTIVITY, Kind.TASK, Kind.OPPORTUNITY, Kind.TICKET)
        return self.source(name, *kinds, find=True, accounts=list(accounts), **more)

    def calendar(self, *meetings: Meeting, name: str = "calendar", **more: Any) -> Source:
        """A calendar: its meetings are told both as the customer's and as coming ones."""
        more.setdefault("lookups", ("domain", "name", "email"))
        records = list(meetings)
        return self.source(name, Kind.MEETING, upcoming=True, records=records, coming=records, **more)

    @property
    def infos(self) -> Mapping[str, SourceInfo]:
        return {name: s.info for name, s in self.sources.items()}

    async def ask(self, source: str, ask: Ask, *, deadline: float, fresh: bool = False) -> Answer:
        self.under_way += 1
        try:
            return await self._answer(self.sources[source], ask, deadline)
        finally:
            self.under_way -= 1

    async def _answer(self, source: Source, ask: Ask, deadline: float) -> Answer:
        manifest = source.info.manifest
        assert manifest is not None, "asked a source that cannot be used"
        assert ask.method in manifest.abilities
        assert (ask.kind in manifest.kinds) is (ask.method == "fetch")
        given = {"name": ask.query.names, "domain": ask.query.domains, "email": ask.query.emails}
        given |= {"id": ask.query.ids, "handle": ask.query.handles}
        assert {lookup for lookup, values in given.items() if values} <= manifest.lookups
        source.asked.append(ask)
        what = {ask.method, *([ask.kind.value] if ask.kind else [])}
        for gate in [g for w, g in source.holds.items() if w in what]:
            try:
                await asyncio.wait_for(gate.wait(), deadline - time.monotonic())
            except TimeoutError:
                return Answer("failed", failure=DeadlineExceeded("too late").failure())
        if what & source.fails or "*" in source.fails:
            return Answer("failed", failure=Unavailable("no connection").failure(), elapsed_ms=1)
        page = source.page(ask)
        failure = Unavailable("no connection").failure() if source.state == "stale" else None
        return Answer(source.state, page=page, failure=failure, fetched_at=NOW, elapsed_ms=1)

    def stream(self, name: str, **more: Any) -> AsyncGenerator[Update, None]:
        """A scan as it runs."""
        return scan(name, self, more.pop("settings", self.settings), now=lambda: NOW, **more)

    async def updates(self, name: str, **more: Any) -> list[Update]:
        """All updates of a scan."""
        made = []
        async with aclosing(self.stream(name, **more)) as stream:
            async for update in stream:
                made.append(update)
        assert self.under_way == 0
        return made

    async def briefing(self, name: str, **more: Any) -> Briefing:
        """What a scan came to in the end."""
        return (await self.updates(name, **more))[-1].briefing


class Seen:
    """Short ways to look at a briefing."""

    @staticmethod
    def panel(briefing: Briefing, source: str) -> Panel:
        return next(p for p in briefing.panels if p.source == source)

    @staticmethod
    def facts(briefing: Briefing, source: str | None = None) -> list[str]:
        """Ids of all records shown as this customer's."""
        panels = [p for p in briefing.panels if source in (None, p.source)]
        return [f.record.id for p in panels for s in p.sections for f in s.records]

    @staticmethod
    def candidates(briefing: Briefing, source: str | None = None) -> list[str]:
        """Ids of all records and accounts shown as candidates, each once."""
        panels = [p for p in briefing.panels if source in (None, p.source)]
        found = [f.record.id for p in panels for s in p.sections for f in s.candidates]
        return list(dict.fromkeys([*found, *(f.record.id for p in panels for f in p.candidates)]))

    @staticmethod
    def signals(briefing: Briefing, rule: str) -> list[Any]:
        return [s for s in briefing.signals if s.rule == rule]


@pytest.fixture
def make() -> Make:
    return Make()


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def van_dijk(stage: Stage, make: Make) -> Callable[..., tuple[Source, Source]]:
    """A CRM that knows Van Dijk as account 1, and a calendar, holding what the test adds."""

    def build(*records: Record, meetings: Iterable[Meeting] = ()) -> tuple[Source, Source]:
        account = make.account("1", "Van Dijk Machinebouw B.V.", "vandijk.example", country="NL")
        crm = stage.crm(account)
        crm.records = list(records)
        return crm, stage.calendar(*meetings)

    return build
