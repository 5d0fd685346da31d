"""One source as it lives on its own thread: loads its adapter when first asked and runs single calls.

Everything that an adapter could do wrong ends here, as data; only an :class:`Outcome` leaves.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from salesprep.adapter import Adapter, BlockingAdapter, Check, Page, Record, Request
from salesprep.adapter.errors import ConfigInvalid, Failure
from salesprep.adapter.words import _
from salesprep.settings import Source, Us
from salesprep.sources.answers import Ask, NotLoaded
from salesprep.sources.clean import clean_line
from salesprep.sources.configure import configure, table_of
from salesprep.sources.discover import Installed
from salesprep.sources.failures import failure_of, where
from salesprep.sources.file_links import beneath, paths_in
from salesprep.sources.identity import identity, store_folder
from salesprep.sources.lazy_http import LazyHttp, no_http
from salesprep.sources.load import AnyAdapter, bring_pydantic, load_class
from salesprep.sources.pages import Pager, checked_checks, checked_page, is_old, read_at
from salesprep.sources.threads import DaemonPool, on_thread


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one call. Either a page, checks, or a failure."""

    page: Page[Record] | None = None
    checks: tuple[Check, ...] = ()
    failure: Failure | None = None
    fetched_at: datetime | None = None
    size: int = 0
    elapsed_ms: float = 0.0
    not_loaded: NotLoaded | None = None
    """The source cannot be used at all, as it is installed or configured."""
    is_old: bool = False
    """The page is what the adapter kept of an earlier look, for want of a newer one."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all sources of a host share."""

    us: Us
    now: Callable[[], datetime]
    cache: Path
    roots: Mapping[str, Path]
    environ: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Loaded:
    adapter: AnyAdapter
    http: LazyHttp | None
    pool: DaemonPool | None
    store: Path | None
    files: tuple[Path, ...]
    may_open: Callable[[str], bool]


class _NotUsable(Exception):
    def __init__(self, failure: Failure, where: str | None) -> None:
        super().__init__(failure.what)
        self.failure = failure
        self.where = where


class Runner:
    """All methods run on the source's thread, except ``__init__`` and :attr:`files`."""

    def __init__(
        self, source: Source, installed: Installed, around: Surroundings, log: logging.Logger
    ) -> None:
        self._source = source
        self._manifest = installed.manifest
        self._installed = installed
        self._around = around
        self._log = log
        self._identity = identity(self._manifest.asks_as, around.us)
        self._class: type[AnyAdapter] | None = None
        self._loaded: _Loaded | None = None
        self._broken: _NotUsable | None = None
        self._pager = Pager()

    @property
    def files(self) -> tuple[Path, ...]:
        """The files and folders that the settings name; from any thread, none before the first call."""
        return self._loaded.files if self._loaded is not None else ()

    @property
    def clocks(self) -> Sequence[int]:
        """Of the processor time of threads that blocking calls run on; from any thread."""
        pool = self._loaded.pool if self._loaded is not None else None
        return pool.clocks if pool is not None else ()

    async def run(self, ask: Ask, deadline: float) -> Outcome:
        """Make one call. Raises nothing but ``CancelledError``, and that only if it was cancelled."""
        began = time.perf_counter()
        at = self._now()
        try:
            outcome = await self._answer(ask, deadline, at)
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            outcome = self._failed(error, ask)
        except _NotUsable as error:
            line = NotLoaded(self._source.name, error.failure, error.where)
            outcome = Outcome(failure=error.failure, not_loaded=line)
        except BaseException as error:
            # SystemExit, MemoryError, endless recursion: whatever it is, it costs this answer only.
            outcome = self._failed(error, ask)
        return replace(outcome, elapsed_ms=(time.perf_counter() - began) * 1000)

    async def aclose(self) -> None:
        """Let go of what the adapter and its connections hold."""
        if self._loaded is None:
            return
        adapter, pool, http = self._loaded.adapter, self._loaded.pool, self._loaded.http
        try:
            if pool is not None:
                await on_thread(pool, cast("BlockingAdapter[Any]", adapter).close)
            else:
                await cast("Adapter[Any]", adapter).aclose()
        except BaseException as error:
            # An adapter's farewell is its own trouble.
            self._log.debug("close stopped with %s", type(error).__name__, exc_info=error)
        finally:
            if pool is not None:
                pool.shutdown()
            if http is not None:
                await http.close()

    # -- one call -------------------------------------------------------------------------------

    async def _answer(self, ask: Ask, deadline: float, at: datetime) -> Outcome:
        loaded = self._load()
        request = Request(
            now=self._now,
            deadline=deadline,
            http=loaded.http.bound(deadline) if loaded.http is not None else no_http(),
            log=self._log,
            identity=self._identity,
            store=loaded.store,
        )
        if loaded.pool is not None:
            return await self._on_thread(loaded, loaded.pool, ask, request, at)
        returned = call(loaded.adapter, ask, request)
        if inspect.isawaitable(returned):
            returned = await returned
        return self._outcome(returned, ask, loaded, at)

    async def _on_thread(
        self, loaded: _Loaded, pool: DaemonPool, ask: Ask, request: Request, at: datetime
    ) -> Outcome:
        def work() -> Outcome:
            try:
                returned = call(loaded.adapter, ask, request)
                return self._outcome(returned, ask, loaded, at)
            except BaseException as error:
                # As in run: nothing leaves this thread but an outcome.
                return self._failed(error, ask)

        return await on_thread(pool, work)

    def _outcome(self, returned: object, ask: Ask, loaded: _Loaded, at: datetime) -> Outcome:
        if inspect.iscoroutine(returned):
            returned.close()  # a coroutine where a plain function was promised: nobody awaits it
        if ask.method == "check":
            return Outcome(checks=checked_checks(returned, ask))
        sized = checked_page(returned, ask, self._manifest, loaded.may_open)
        self._pager.turn(ask, sized.page)
        if any("more than" in refusal.why for refusal in sized.page.refused):
            self._log.warning("%s returned more than one page holds", ask.method)
        read = min(read_at(sized.page, at), self._now())
        page = sized.page
        if page.failure is not None:
            page = replace(page, failure=self._placed(page.failure))
        return Outcome(page=page, size=sized.size, fetched_at=read, is_old=is_old(page, at))

    def _failed(self, error: BaseException, ask: Ask) -> Outcome:
        if isinstance(error, NotImplementedError) and ask.method == "check":
            what = _("this adapter has no check of its own")
            return Outcome(checks=(Check("check", "skipped", what),))
        self._log.debug("%s stopped with %s", ask.method, type(error).__name__, exc_info=error)
        return Outcome(failure=self._placed(failure_of(error, self._manifest.folder, ask.method)))

    def _placed(self, failure: Failure) -> Failure:
        """What an adapter says of a wrong key, with the file and table where it stands."""
        table = clean_line(table_of(self._source))
        if failure.code != ConfigInvalid.code or failure.field is None or failure.what.startswith(table):
            return failure
        return replace(failure, what=_("{table}: {what}", table=table, what=failure.what))

    def _now(self) -> datetime:
        return self._around.now().astimezone(self._around.us.zone)

    # -- loading --------------------------------------------------------------------------------

    def _load(self) -> _Loaded:
        """The adapter, made when first asked.

        What its import did wrong stays; settings and secrets are looked at again the next time, for
        the admin may have mended a file meanwhile.
        """
        if self._loaded is not None:
            return self._loaded
        if self._broken is not None:
            raise self._broken
        if self._class is None:
            try:
                self._class = load_class(self._installed)
            except BaseException as error:
                # load_class wraps all; what is left is the host's own, and costs this source only.
                self._broken = self._not_usable(error, _("its import"))
                raise self._broken from None
        try:
            self._loaded = self._make(self._class)
        except BaseException as error:
            # The adapter's validators and its __init__ run here.
            raise self._not_usable(error, _("the check of its settings")) from None
        return self._loaded

    def _not_usable(self, error: BaseException, doing: str) -> _NotUsable:
        self._log.debug("%s stopped with %s", doing, type(error).__name__, exc_info=error)
        folder = self._manifest.folder
        failure = failure_of(error, folder, doing)
        place = where(error.__cause__ or error, folder)
        if isinstance(error, ConfigInvalid) and place is None:
            place = str(self._source.file)
        return _NotUsable(failure, place)

    def _make(self, cls: type[AnyAdapter]) -> _Loaded:
        manifest = self._manifest
        bring_pydantic()
        config, table = configure(
            self._source,
            getattr(cls, "Config", None),
            adapter=manifest.name,
            secrets=manifest.secrets,
            environ=self._around.environ,
            roots=self._around.roots,
        )
        adapter = cls(config)
        threaded = manifest.runs == "thread"
        files = paths_in(config)
        return _Loaded(
            adapter=adapter,
            http=None if threaded else LazyHttp(self._source.name, manifest, table, self._now, self._log),
            pool=DaemonPool(f"{self._source.name} calls", manifest.calls_at_once) if threaded else None,
            store=self._store(),
            files=files,
            may_open=beneath(files),
        )

    def _store(self) -> Path | None:
        if self._source.keep == "nothing":
            return None
        try:
            return store_folder(self._around.cache, self._source, self._identity)
        except OSError as error:
            self._log.warning("no folder for an index: %s", type(error).__name__)
            return None


def call(adapter: AnyAdapter, ask: Ask, request: Request) -> object:
    """The adapter's method for ``ask``; a coroutine if that is how it runs."""
    method = getattr(adapter, ask.method)
    if ask.method == "find":
        return method(ask.query, request)
    if ask.method == "fetch":
        return method(ask.query, ask.kind, ask.cursor, request)
    if ask.method == "search":
        return method(ask.text, ask.cursor, request)
    if ask.method == "upcoming":
        return method(ask.window, ask.cursor, request)
    return method(request)
