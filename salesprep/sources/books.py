"""The figures of all sources: counted in this run, written down now and then, and read of earlier runs.

Writing is done on a thread of its own, that nobody waits for longer than sources get to end.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from salesprep.sources.figures import Call, Figures, Tally
from salesprep.sources.ledger import Ledger
from salesprep.sources.threads import DaemonPool

_PAUSE = 5.0
"""Seconds after which what was counted is written down, all at once."""

_log = logging.getLogger("salesprep.sources")


@dataclass(frozen=True, slots=True)
class Account:
    """One source's."""

    file: str
    """What its file is called."""
    of: str
    """Its settings, as a hash."""
    tally: Tally
    kept: bool
    """Whether anything of it may be kept at all."""


class Books:
    """Belongs to the loop that asks, but for :meth:`recall`."""

    def __init__(self, folder: Path) -> None:
        self._accounts: dict[str, Account] = {}
        self._ledger = Ledger(folder)
        self._past: Mapping[str, tuple[Call, ...]] = {}
        self._written: Future[None] | None = None
        self._soon: asyncio.TimerHandle | None = None

    def open(self, source: str, account: Account) -> None:
        """A source whose calls will be counted."""
        self._accounts[source] = account

    def figures(self, source: str) -> Figures:
        """Of this run, and of those before once they have been recalled."""
        return self._accounts[source].tally.figures(self._past.get(source, ()))

    def recall(self, now: datetime) -> None:
        """Read what other runs saw. Waits for the disk; from any thread."""
        self._past = {
            source: self._ledger.read(account.file, account.of, now)
            for source, account in self._accounts.items()
            if account.kept
        }

    def counted(self) -> None:
        """There is something new."""
        if self._soon is None:
            self._soon = asyncio.get_running_loop().call_later(_PAUSE, self._write)

    async def close(self, seconds: float) -> None:
        """Write down what is left, for as long as ``seconds``."""
        until = time.monotonic() + seconds
        await self._until_written(until)
        self._write()
        await self._until_written(until)

    async def _until_written(self, until: float) -> None:
        if self._written is not None:
            left = max(0.0, until - time.monotonic())
            await asyncio.wait((asyncio.wrap_future(self._written),), timeout=left)

    def _write(self) -> None:
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
        if self._written is not None and not self._written.done():
            return  # a disk that does not come back gets no second thread; what is new waits
        new = [(one, one.tally.take()) for one in self._accounts.values()]
        if not any(calls and one.kept for one, calls in new):
            return

        def write() -> None:
            for one, calls in new:
                try:
                    if one.kept:
                        self._ledger.write(one.file, one.of, calls)
                except OSError as error:
                    _log.debug("no figures: %s", type(error).__name__)

        pool = DaemonPool("figures", 1)
        try:
            self._written = pool.submit(write)
        except RuntimeError as error:  # this machine gives no more threads
            _log.debug("no figures: %s", type(error).__name__)
        finally:
            pool.shutdown()
