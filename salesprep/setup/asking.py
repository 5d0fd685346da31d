"""Asks adapters what they recognise, each on a daemon thread of its own and until a deadline.

An adapter that hangs, raises or exits costs itself: it is named once and asked nothing more if it did
not come back.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from typing import Any, TypeVar

from salesprep.adapter import Kind
from salesprep.adapter.errors import Failure
from salesprep.adapter.manifest import Manifest
from salesprep.adapter.proposal import Given, Proposal
from salesprep.adapter.words import _
from salesprep.settings import Source
from salesprep.setup.proposals import checked
from salesprep.sources import Catalog, Installed
from salesprep.sources.configure import configure
from salesprep.sources.failures import bug, failure_of
from salesprep.sources.load import bring_pydantic, load_class
from salesprep.sources.threads import DaemonPool

GRACE = 0.25
"""Seconds after the deadline in which an answer still counts."""

ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class Said:
    """What one adapter says of one place."""

    adapter: str
    proposals: tuple[Proposal, ...] = ()
    failure: Failure | None = None
    own: bool = False
    """The failure is the adapter's own, not that of what it was to read."""


@dataclass(slots=True)
class _Asked:
    installed: Installed
    pool: DaemonPool
    lost: bool = False
    """It cannot be asked (any more)."""


@dataclass(slots=True)
class Adapters:
    """The adapters of ``catalog`` that can recognise, or of these the one called ``only``."""

    catalog: Catalog
    only: str | None = None
    _asked: dict[str, _Asked] = field(init=False)

    def __post_init__(self) -> None:
        self._asked = {
            name: _Asked(one, DaemonPool(f"{name} recognises", 1))
            for name, one in self.catalog.installed.items()
            if "recognise" in one.manifest.abilities and self.only in (None, name)
        }

    @property
    def names(self) -> tuple[str, ...]:
        """Who can be asked, in the order that decides between equals."""
        return tuple(self._asked)

    def manifest(self, name: str) -> Manifest:
        """Of an adapter among :attr:`names`."""
        return self._asked[name].installed.manifest

    def rank(self, name: str, proposal: Proposal) -> int:
        """Where a source of this sort stands on a screen: customers first, then people, …, pages."""
        kinds = self.manifest(name).kinds_of(proposal.config)
        return min((list(Kind).index(kind) for kind in kinds), default=len(Kind))

    def ask(self, given: Given) -> tuple[Said, ...]:
        """What each says of ``given``; of an address only those are asked that speak to hosts."""
        waiting: dict[Future[tuple[Proposal, ...]], tuple[str, _Asked]] = {}
        for name, one in self._asked.items():
            if not one.lost and (given.url is None or one.installed.manifest.hosts):
                waiting[one.pool.submit(_recognise, one.installed, given)] = (name, one)
        wait(waiting, timeout=max(0.0, given.left()) + GRACE)
        return tuple(self._said(name, one, future) for future, (name, one) in waiting.items())

    def check(self, source: Source, environ: Mapping[str, str], seconds: float) -> Failure | None:
        """Whether the adapter takes these settings: its own model checks them."""
        one = self._asked[source.adapter]

        def work() -> None:
            manifest = one.installed.manifest
            model = getattr(load_class(one.installed), "Config", None)
            bring_pydantic()
            configure(
                source, model, adapter=manifest.name, secrets=manifest.secrets, environ=environ, roots={}
            )

        done = one.pool.submit(work)
        wait([done], timeout=seconds)
        return self._failure(source.adapter, one, done, _("the check of its settings"))

    def close(self) -> None:
        """End the threads, each after what it is at; waits for none."""
        for one in self._asked.values():
            one.pool.shutdown()

    def _said(self, name: str, one: _Asked, future: Future[tuple[Proposal, ...]]) -> Said:
        failure = self._failure(name, one, future, "recognise")
        if failure is not None:
            return Said(name, failure=failure, own=one.lost or failure.code == "adapter_bug")
        return Said(name, future.result())

    def _failure(self, name: str, one: _Asked, future: Future[Any], doing: str) -> Failure | None:
        if not future.done():
            one.lost = True
            return bug(_("{name} did not come back in time and is left out", name=name))
        error = future.exception()
        if error is None:
            return None
        if isinstance(error, _NotLoaded):
            one.lost = True
            error = error.why
        _log.debug("%s: %s stopped with %s", name, doing, type(error).__name__, exc_info=error)
        return failure_of(error, one.installed.manifest.folder, doing)


_log = logging.getLogger("salesprep.setup")


class _NotLoaded(Exception):
    def __init__(self, why: BaseException) -> None:
        super().__init__()
        self.why = why


def _recognise(installed: Installed, given: Given) -> tuple[Proposal, ...]:
    adapter = _loaded(lambda: load_class(installed))
    return checked(adapter.recognise(given))


def _loaded(load: Callable[[], ResultT]) -> ResultT:
    try:
        bring_pydantic()
        return load()
    except BaseException as error:  # as in sources.load: an import may do anything
        raise _NotLoaded(error) from error


def seconds_from_now(seconds: float) -> float:
    """A deadline on :func:`time.monotonic`."""
    return time.monotonic() + seconds
