"""All configured sources behind one question: :meth:`Host.ask`. The only place that puts the parts
together; it imports no adapter and starts no thread before it is asked."""

from __future__ import annotations

import asyncio
import difflib
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType

from salesprep.adapter import Page, Query
from salesprep.adapter.errors import Failure
from salesprep.adapter.manifest import Lookup, Manifest
from salesprep.adapter.words import _
from salesprep.machine import Dirs
from salesprep.settings import Settings, Source, which_layer
from salesprep.sources import failures, tuning
from salesprep.sources.answers import Answer, Ask, NotLoaded, SourceInfo
from salesprep.sources.books import Account, Books
from salesprep.sources.breaker import Breaker
from salesprep.sources.desk import Desk
from salesprep.sources.discover import Catalog, Installed, find_adapters
from salesprep.sources.identity import config_hash, file_name, identity
from salesprep.sources.lag import Lag, LagMonitor
from salesprep.sources.runner import Runner, Surroundings
from salesprep.sources.standing import NOT_ASKED, Standing
from salesprep.sources.starting import Starter

CACHE_BYTES = 64 * 1024 * 1024
"""For all sources together; each has its share, at least :data:`SMALLEST_SHARE`."""
SMALLEST_SHARE = 2 * 1024 * 1024
_CLOSING = 0.6
"""Seconds that sources get to end."""

_LOOKUPS: Mapping[Lookup, str] = {
    "id": "ids",
    "domain": "domains",
    "name": "names",
    "email": "emails",
    "handle": "handles",
}


class Host:
    """Runs the adapters of all configured sources; belongs to the loop that calls :meth:`ask`."""

    def __init__(
        self,
        settings: Settings,
        *,
        now: Callable[[], datetime],
        dirs: Dirs,
        roots: Mapping[str, Path] = MappingProxyType({}),
        offline: bool = False,
        environ: Mapping[str, str] = os.environ,
        cache_bytes: int = CACHE_BYTES,
        breaker: Callable[[], Breaker] = Breaker,
        catalog: Catalog | None = None,
    ) -> None:
        """``now`` is aware; ``roots`` are named starts of paths (``{"sample": folder}``). ``catalog`` serves
        in place of what is installed and in the settings' folders."""
        self._now = now
        self._catalog = find_adapters(settings.adapter_folders) if catalog is None else catalog
        self._later: dict[str, NotLoaded] = {}
        self._desks: dict[str, Desk] = {}
        self._runners: dict[str, Runner] = {}
        self._infos: dict[str, SourceInfo] = {}
        self._tuned = False
        self._starter = Starter()
        self._monitor = LagMonitor(self._clocks)
        self._books = Books(dirs.state / "figures")
        around = Surroundings(settings.us, now, dirs.cache, roots, environ)
        self._own = frozenset(name for name in settings.sources if _is_users_own(name, settings))
        share = max(SMALLEST_SHARE, cache_bytes // max(1, len(settings.sources)))
        for source in settings.sources.values():
            installed = self._catalog.installed.get(source.adapter)
            self._infos[source.name] = self._as_told(_info(source, installed, self._catalog))
            if installed is not None:
                log = logging.getLogger(f"salesprep.source.{source.name}")
                runner = self._runners[source.name] = Runner(source, installed, around, log)
                desk = self._desks[source.name] = Desk(
                    source,
                    installed.manifest,
                    runner,
                    identity=identity(installed.manifest.asks_as, settings.us),
                    now=lambda: now().astimezone(settings.us.zone),
                    cache_bytes=share,
                    breaker=breaker(),
                    offline=offline and self._infos[source.name].remote,
                    log=log,
                    starter=self._starter,
                    not_loaded=partial(self._note, source.name),
                    counted=self._books.counted,
                )
                account = Account(
                    file_name(source.name), config_hash(source), desk.tally, source.keep != "nothing"
                )
                self._books.open(source.name, account)

    @property
    def infos(self) -> Mapping[str, SourceInfo]:
        """Every configured source, in the order of the screen."""
        return MappingProxyType(self._infos)

    @property
    def not_loaded(self) -> tuple[NotLoaded, ...]:
        """What cannot be used; sources that turn out so when they are asked come later."""
        unknown = (
            NotLoaded(info.name, info.problem) for info in self._infos.values() if info.problem is not None
        )
        return (*self._catalog.broken, *self._lacking(), *unknown, *self._later.values())

    @property
    def adapters_not_loaded(self) -> tuple[NotLoaded, ...]:
        """Of :attr:`not_loaded` the adapters, but for those of which a source tells by itself: it has none,
        or was asked in vain."""
        told = {(info.adapter, info.problem.what) for info in self._infos.values() if info.problem}
        broken = (one for one in self._catalog.broken if (one.name, one.failure.what) not in told)
        return (*broken, *self._lacking())

    @property
    def stuck(self) -> tuple[str, ...]:
        """Sources with calls that have not come back."""
        return tuple(name for name, desk in self._desks.items() if desk.stuck)

    def standing(self, source: str) -> Standing:
        """How ``source`` is, as far as that is known without asking it."""
        desk = self._desks.get(source)
        if desk is None:
            return NOT_ASKED
        standing = replace(desk.standing, figures=self._books.figures(source))
        if source in self._own:
            own = tuple(map(failures.for_its_user, standing.failures))
            standing = replace(standing, failures=own)
        return standing

    def files(self, source: str) -> tuple[Path, ...]:
        """The files and folders that a source's settings name: its records may link to what lies beneath.
        None before it has been asked."""
        runner = self._runners.get(source)
        return runner.files if runner is not None else ()

    async def ask(self, source: str, ask: Ask, *, deadline: float, fresh: bool = False) -> Answer:
        """One question to one source, answered by ``deadline`` on :func:`time.monotonic`.

        ``fresh`` asks the source even if an answer is kept. Raises nothing but ``CancelledError``.
        """
        info, desk = self._infos.get(source), self._desks.get(source)
        if info is None:
            what = _('there is no source "{source}" in the settings', source=source)
            return Answer("failed", failure=failures.not_usable(what, _("name one that is there")))
        if desk is None or info.manifest is None:
            return Answer("failed", failure=info.problem)
        missing = _not_offered(ask, info.manifest)
        if missing is not None:
            return Answer("withheld", failure=missing)
        narrowed = _narrowed(ask, info.manifest)
        if narrowed is None:
            return Answer("fresh", page=Page(), fetched_at=self._now())
        if not self._tuned:
            self._tuned = True
            tuning.tune()
        self._monitor.begin()
        try:
            answer = await desk.ask(narrowed, deadline=deadline, fresh=fresh)
        finally:
            self._monitor.end()
        return _for_its_user(answer) if source in self._own else answer

    @property
    def lag(self) -> Lag:
        """How late the loop that asks came to its turns while it waited for answers, and because of whom."""
        return self._monitor.lag

    def recall(self) -> None:
        """Read what other runs saw of each source into its figures. Waits for the disk; from any thread."""
        self._books.recall(self._now())

    async def close(self) -> None:
        """End all sources; over in less than a second, whatever hangs."""
        desks = (desk.close(_CLOSING) for desk in self._desks.values())
        await asyncio.gather(self._books.close(_CLOSING), *desks)
        if self._tuned:
            self._tuned = False
            tuning.restore()

    def _lacking(self) -> Iterator[NotLoaded]:
        found = {self._infos[source].adapter for source in self._later}
        return (one for one in self._catalog.lacking if one.name not in found)

    def _as_told(self, info: SourceInfo) -> SourceInfo:
        if info.problem is None or info.name not in self._own:
            return info
        return replace(info, problem=failures.for_its_user(info.problem))

    def _clocks(self) -> Iterator[tuple[str, int]]:
        return ((name, clock) for name, desk in self._desks.items() for clock in desk.clocks)

    def _note(self, source: str, line: NotLoaded | None) -> None:
        if line is not None:
            own = source in self._own
            self._later[source] = replace(line, failure=failures.for_its_user(line.failure)) if own else line
        else:
            self._later.pop(source, None)


def _is_users_own(name: str, settings: Settings) -> bool:
    """Whether the source stands in the user's own settings, so that nobody else looks after it."""
    layer = which_layer(settings, "sources", name, "adapter")
    return layer is not None and layer.kind == "person"


def _for_its_user(answer: Answer) -> Answer:
    page, failure = answer.page, answer.failure
    if page is not None and page.failure is not None:
        page = replace(page, failure=failures.for_its_user(page.failure))
    return replace(answer, page=page, failure=failures.for_its_user(failure) if failure else None)


def _info(source: Source, installed: Installed | None, catalog: Catalog) -> SourceInfo:
    if installed is not None:
        manifest = installed.manifest
        remote = manifest.is_remote(source.config)
        kinds = manifest.kinds_of(source.config)
        links = manifest.record_links_of(source.config)
        return SourceInfo(
            source.name, source.title, source.adapter, manifest, remote, kinds=kinds, record_links=links
        )
    broken = next((line.failure for line in catalog.broken if line.name == source.adapter), None)
    problem = broken or _unknown(source, catalog)
    return SourceInfo(source.name, source.title, source.adapter, None, problem=problem)


def _unknown(source: Source, catalog: Catalog) -> Failure:
    near = difflib.get_close_matches(source.adapter, catalog.installed, n=1)
    names = ", ".join(sorted(catalog.installed)) or _("none")
    mend = (
        _('write "{near}"', near=near[0])
        if near
        else _("install it, or name one of those installed: {names}", names=names)
    )
    return failures.not_usable(
        _("{file}: [sources.{name}] names an unknown adapter", file=source.file, name=source.name), mend
    )


def _not_offered(ask: Ask, manifest: Manifest) -> Failure | None:
    if ask.method != "check" and ask.method not in manifest.abilities:
        return failures.not_offered(_("{title} offers no {method}", title=manifest.title, method=ask.method))
    if ask.method == "fetch" and ask.kind not in manifest.kinds:
        return failures.not_offered(_("{title} has no {kind}", title=manifest.title, kind=ask.kind))
    return None


def _narrowed(ask: Ask, manifest: Manifest) -> Ask | None:
    """With those look-ups only that the manifest asks for; ``None`` if none of them is left.

    An adapter that asks for none gets every question: it cannot narrow.
    """
    if ask.method not in ("find", "fetch"):
        return ask
    wanted = {_LOOKUPS[lookup]: getattr(ask.query, _LOOKUPS[lookup]) for lookup in manifest.lookups}
    query = Query(**wanted)
    return replace(ask, query=query) if query or not manifest.lookups else None
