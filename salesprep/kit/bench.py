"""Where an adapter is tried: its sample laid out anew, a host around it, questions, what it told.

A check asks through :meth:`Bench.hosting`; each block has a copy of the sample, caches and a host of its
own, so that no check sees what another one left.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from salesprep.adapter import Failure, Kind, Page, Query, Record, Window
from salesprep.adapter.manifest import Lookup, Manifest
from salesprep.kit.heard import Heard
from salesprep.kit.probe import Probed
from salesprep.kit.sample import Sample, lay_out, source_in
from salesprep.kit.server import Server
from salesprep.kit.verdict import NotTried
from salesprep.machine import Dirs
from salesprep.settings import Settings, Source, Us
from salesprep.sources import Answer, Ask, Catalog, Host, Installed
from salesprep.sources.breaker import Breaker

PATIENCE = 5.0
"""Seconds for one call. An adapter that reads a sample needs a few hundredths; on a busy machine more."""
MOST_PAGES = 40
NOBODY = Query(
    names=("Nobody Knows Them 7F3A B.V.", "Nobody Knows Them 7F3A"),
    domains=("nobody-7f3a.example",),
    emails=("nobody@nobody-7f3a.example",),
    handles=("nobody-7f3a",),
    ids=("7093719",),
)
"""A customer whom no sample knows."""
US = Us(name="Anna de Boer", emails=("anna@ons.example",), domains=("ons.example",))
LOOKUPS: Mapping[Lookup, str] = {
    "id": "ids",
    "domain": "domains",
    "name": "names",
    "email": "emails",
    "handle": "handles",
}
"""The field of a query for each look-up."""
_HANGING = frozenset({"deadline_exceeded", "stuck"})


@dataclass(frozen=True, slots=True)
class Told:
    """All pages that came of one question."""

    ask: Ask
    pages: tuple[Page[Record], ...]
    answer: Answer
    """The last one."""
    endless: bool = False
    """There was still a cursor on the last page that the kit asked for."""

    @property
    def records(self) -> tuple[Record, ...]:
        """Of all pages."""
        return tuple(record for page in self.pages for record in page.records)

    @property
    def failure(self) -> Failure | None:
        """Why a page did not come, or lacks a part."""
        if self.answer.failure is not None:
            return self.answer.failure
        return next((page.failure for page in self.pages if page.failure is not None), None)

    @property
    def words(self) -> str:
        """The question, as it is named to people."""
        return words(self.ask)


def words(ask: Ask) -> str:
    """``fetch of tickets``, ``find``."""
    return f"{ask.method} of {ask.kind}" if ask.kind is not None else ask.method


@dataclass(slots=True)
class Hosted:
    """A source of the adapter in a host, and its files."""

    host: Host
    source: Source
    folder: Path
    """The sample's copy."""
    cache: Path

    async def ask(self, ask: Ask, *, seconds: float | None = None) -> Answer:
        """Ask for real, never out of what is kept."""
        deadline = time.monotonic() + (PATIENCE if seconds is None else seconds)
        return await self.host.ask(self.source.name, ask, deadline=deadline, fresh=True)

    async def tell(self, ask: Ask) -> Told:
        """Ask for all pages."""
        pages: list[Page[Record]] = []
        step = ask
        for _ in range(MOST_PAGES):
            answer = await self.ask(step)
            if answer.page is None or answer.state == "stale":
                return Told(ask, tuple(pages), answer)  # what is old was told before
            pages.append(answer.page)
            if answer.failure is not None or answer.page.cursor is None:
                return Told(ask, tuple(pages), answer)
            step = replace(ask, cursor=answer.page.cursor)
        return Told(ask, tuple(pages), answer, endless=True)

    def written(self) -> Iterator[Path]:
        """All files in the source's private folders."""
        return (path for path in self.cache.rglob("*") if path.is_file())

    async def check(self) -> Answer:
        """Ask for the source's own checks."""
        return await self.ask(Ask("check"))

    async def tell_all(self, asks: Sequence[Ask]) -> tuple[Told, ...]:
        """One question after the other."""
        return tuple([await self.tell(ask) for ask in asks])


@dataclass(slots=True)
class Bench:
    """What a check tries an adapter with; belongs to one run of the kit."""

    installed: Installed
    sample: Sample
    folder: Path
    """For what is laid out; removed when the kit is done."""
    heard: Heard
    server: Server | None
    elsewhere: Server
    """A server that the adapter has no business with."""
    source: Source
    """As the sample has it."""
    probed: Probed
    """What its import did in a process of its own."""
    live: Settings | None = None
    began: float = field(default_factory=time.monotonic)
    touched: bool = False
    """A check has changed, or may change, the copy of the sample: the next one needs another."""
    hangs: str | None = None
    """What did not come back: nothing else can be tried."""
    _homes: int = 0
    _happy: tuple[Told, ...] | None = None
    _remote: dict[Ask, frozenset[str]] = field(default_factory=dict)
    """Which paths of the server each question leads to."""

    @property
    def manifest(self) -> Manifest:
        """What ``adapter.toml`` says."""
        return self.installed.manifest

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that the sample's source is set up to tell."""
        return self.manifest.kinds_of(self.source.config)

    # -- questions ------------------------------------------------------------------------------

    def asks(self, query: Query | None = None) -> tuple[Ask, ...]:
        """All that can be asked about one customer, by default the sample's."""
        whom = self.sample.customer if query is None else query
        asks = []
        if "find" in self.manifest.abilities:
            asks.append(Ask("find", whom))
        if "fetch" in self.manifest.abilities:
            asks.extend(Ask("fetch", whom, kind) for kind in self.kinds)
        return tuple(asks)

    def single_lookups(self) -> tuple[tuple[Ask, ...], ...]:
        """All that can be asked with one look-up alone, for each that is declared."""
        whom = self.sample.customer
        alone = [
            Query(**{field: getattr(whom, field)})
            for lookup, field in LOOKUPS.items()
            if lookup in self.manifest.lookups and getattr(whom, field)
        ]
        return tuple(self.asks(query) for query in alone)

    def all_asks(self) -> tuple[Ask, ...]:
        """These, and what is asked about nobody in particular."""
        return (*self.asks(), *self.general_asks())

    def general_asks(self) -> tuple[Ask, ...]:
        """What is asked about nobody in particular."""
        asks = []
        if "search" in self.manifest.abilities and self.sample.search is not None:
            asks.append(Ask("search", text=self.sample.search))
        return (*asks, *self.upcoming(self.sample.now))

    def upcoming(self, start: datetime, number: int = 14) -> tuple[Ask, ...]:
        """What is asked about the days from ``start`` on; nothing if there is no such ability."""
        if "upcoming" not in self.manifest.abilities:
            return ()
        return (Ask("upcoming", window=Window(start, start + timedelta(days=number))),)

    async def happy(self) -> tuple[Told, ...]:
        """What the sample tells when nothing is wrong; asked once.

        Raises:
            NotTried: a call does not come back.
        """
        if self._happy is None and self.hangs is None:
            told: list[Told] = []
            async with self.hosting(home=self.warm, hanging_too=True) as hosted:
                for ask in self.all_asks():
                    before = len(self.server.asked) if self.server else 0
                    told.append(await hosted.tell(ask))
                    if self.server and len(self.server.asked) > before:
                        self._remote[ask] = frozenset(asked.path for asked in self.server.asked[before:])
                    failure = told[-1].answer.failure
                    if failure is not None and failure.code in _HANGING:
                        self.hangs = told[-1].words
                        break
            self._happy = tuple(told)
        if self.hangs is not None:
            raise NotTried(f"{self.hangs} does not come back in time; see deadline-kept")
        return self._happy or ()

    async def well(self) -> tuple[Told, ...]:
        """Those questions that are answered when nothing is wrong.

        Raises:
            NotTried: none is.
        """
        well = tuple(told for told in await self.happy() if told.answer.failure is None)
        if not well:
            raise NotTried("nothing is answered even when nothing is wrong; see kinds-declared")
        return well

    async def remote(self) -> tuple[Ask, ...]:
        """Those questions of :meth:`well` that the server is asked for.

        Raises:
            NotTried: none is.
        """
        remote = tuple(told.ask for told in await self.well() if told.ask in self._remote)
        if not remote:
            raise NotTried("nothing is asked of the server; see kinds-declared")
        return remote

    async def remote_on(self, places: Collection[str]) -> tuple[Ask, ...]:
        """Those of :meth:`remote` that lead to one of these paths of the server."""
        return tuple(ask for ask in await self.remote() if not self._remote[ask].isdisjoint(places))

    @property
    def replays(self) -> Server:
        """The server, for checks that need one."""
        assert self.server is not None  # noqa: S101 - the engine looks at what a check needs
        return self.server

    # -- places to ask --------------------------------------------------------------------------

    @property
    def laid(self) -> Path:
        """Where copies of the sample lie, one at a time: an adapter may make ids of paths."""
        return self.folder / "sample"

    def lay_out(self, server: str | None = None) -> Path:
        """A new copy of the sample in place of the one before; it asks ``server`` if that is given."""
        self.touched = True
        if self.laid.is_symlink():
            self.laid.unlink()
        shutil.rmtree(self.laid, ignore_errors=True)
        replays = self.server.address if self.server else ""
        lay_out(self.sample, self.laid, server=replays if server is None else server)
        return self.laid

    def _untouched(self) -> Path:
        if self.touched:
            self.lay_out()
            self.touched = False
        return self.laid

    @property
    def warm(self) -> Path:
        """A place for caches in which the sample has been asked before; an index need not be made again."""
        return self.folder / "warm"

    def home(self) -> Path:
        """A place for caches that nobody has used."""
        self._homes += 1
        return self.folder / f"home-{self._homes}"

    @asynccontextmanager
    async def hosting(
        self,
        *,
        laid: Path | None = None,
        now: datetime | None = None,
        zone: ZoneInfo | None = None,
        emails: tuple[str, ...] = US.emails,
        secrets: Mapping[str, str] | None = None,
        manifest: Manifest | None = None,
        home: Path | None = None,
        change: Callable[[Source], Source] = lambda source: source,
        hanging_too: bool = False,
    ) -> AsyncIterator[Hosted]:
        """A host with the sample as its one source, closed at the end.

        ``laid`` is a copy of the sample to be used, ``home`` a place for caches that another host may have
        used before, ``manifest`` takes the place of the adapter's own, ``change`` may alter the source.

        Raises:
            NotTried: this adapter's calls do not come back.
        """
        if self.hangs is not None and not hanging_too:
            raise NotTried(f"{self.hangs} does not come back in time; see deadline-kept")
        laid = self._untouched() if laid is None else laid
        source = change(source_in(laid, self.manifest.name))
        clock = _standing_at(now or self.sample.now)
        home = self.home() if home is None else home
        host = Host(
            Settings(replace(US, emails=emails, zone=zone or self.sample.zone), {source.name: source}),
            now=clock,
            dirs=Dirs(home / "cache", home / "state", home / "config"),
            environ=self.sample.secrets if secrets is None else secrets,
            breaker=lambda: Breaker(limit=1_000_000),
            catalog=self.catalog(manifest),
        )
        try:
            yield Hosted(host, source, laid, home / "cache")
        finally:
            await host.close()

    def catalog(self, manifest: Manifest | None = None) -> Catalog:
        """The adapter alone, so that one of the same name elsewhere is not taken for it."""
        installed = self.installed if manifest is None else replace(self.installed, manifest=manifest)
        return Catalog(MappingProxyType({self.manifest.name: installed}), ())


def _standing_at(now: datetime) -> Callable[[], datetime]:
    return lambda: now
