"""What a bad adapter does, by name: one adapter that commits whichever offence its settings name.

What would go on for ever (a loop that is blocked, a thread that spins or was left behind) ends at
:func:`calm`, so that one storm does not blow into the next.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, cast

from salesprep.adapter import (
    Account,
    Activity,
    Adapter,
    BlockingAdapter,
    Keys,
    Kind,
    Page,
    Query,
    Record,
    Request,
    Task,
    Unavailable,
)
from salesprep.adapter.config import Config

RECORDS = 10
SECRET = "canary-4711"
"""Stands in every exception that is raised: nobody may read it."""
_LONGEST = 30.0
"""Seconds after which even the worst ends by itself."""
_OTHER = "kaas.example"
"""The domain of somebody else than whoever is asked for."""
_calm = threading.Event()


def calm() -> None:
    """End whatever the offences of this process left running; those that follow begin anew."""
    global _calm  # noqa: PLW0603 - what runs keeps the old one, which stays set
    _calm.set()
    _calm = threading.Event()


class ChaoticConfig(Config):
    """How it behaves."""

    offence: str
    """One of :data:`OFFENCES`."""
    variant: int = 0
    """Which sort of it, where there are several."""


class UnprintableError(Exception):
    """Not even its text can be had."""

    def __str__(self) -> str:
        raise RuntimeError(SECRET)

    __repr__ = __str__


_RAISED: tuple[Callable[[], BaseException], ...] = (
    lambda: ValueError(SECRET),
    lambda: SystemExit(SECRET),
    lambda: KeyboardInterrupt(SECRET),
    lambda: MemoryError(SECRET),
    lambda: GeneratorExit(SECRET),
    lambda: asyncio.CancelledError(SECRET),
    lambda: BaseExceptionGroup(SECRET, [SystemExit(SECRET)]),
    UnprintableError,
)
RAISED = len(_RAISED)


# -- offences, each for one call ------------------------------------------------------------------


def blocks(request: Request, variant: int) -> Page[Record]:
    """Waits without letting its loop go, as ``time.sleep`` does."""
    _calm.wait(_LONGEST)
    return healthy(request)


def spins(request: Request, variant: int) -> Page[Record]:
    """Computes in plain Python."""
    stop, end = _calm, time.monotonic() + _LONGEST
    while not stop.is_set() and time.monotonic() < end:
        sum(number * number for number in range(1000))
    return healthy(request)


def raises(request: Request, variant: int) -> Page[Record]:
    """Anything that can be raised."""
    raise _RAISED[variant % RAISED]()


def lies_about_form(request: Request, variant: int) -> Page[Record]:
    """What is no page, is of another kind, or lacks what every record has."""
    now = request.now()
    naive = _activities(1, fetched_at=now.replace(tzinfo=None), no_url_reason="chaos")
    of_another_kind = Page((Task(id="1", title="t", fetched_at=now, no_url_reason="chaos"),))
    without_link = Page(_activities(1, fetched_at=now))
    wrong: tuple[object, ...] = ([], None, of_another_kind, Page(naive), without_link, "page")
    return cast("Page[Record]", wrong[variant % len(wrong)])


def lies_about_whom(request: Request, variant: int) -> Page[Record]:
    """Somebody else's records, under ids that others have, too."""
    keys = Keys(account_id="1042") if variant % 2 else Keys(domains=(_OTHER,))
    return Page(_activities(RECORDS, fetched_at=request.now(), no_url_reason="chaos", keys=keys))


def leaks_threads(request: Request, variant: int) -> Page[Record]:
    """Leaves a thread behind with every call."""
    threading.Thread(target=_calm.wait, args=(_LONGEST,), name="leaked", daemon=True).start()
    return healthy(request)


def floods(request: Request, variant: int) -> Page[Record]:
    """A page of four times what a page holds."""
    body = "all of it, and once more\n" * 20
    return Page(_activities(2000, fetched_at=request.now(), no_url_reason="chaos", body=body), cursor="on")


def healthy(request: Request, count: int = RECORDS) -> Page[Record]:
    """A page as it should be."""
    keys = Keys(domains=("vandijk.example",))
    return Page(_activities(count, fetched_at=request.now(), no_url_reason="chaos", keys=keys))


def _activities(count: int, **fields: Any) -> tuple[Record, ...]:
    return tuple(Activity(id=str(number), title=f"call {number}", **fields) for number in range(count))


async def _sleeps() -> None:
    await asyncio.sleep(_LONGEST)


async def _hangs() -> None:
    """No cancelling ends it."""
    end = time.monotonic() + _LONGEST
    while (left := end - time.monotonic()) > 0:
        try:
            await asyncio.sleep(left)
        except asyncio.CancelledError:
            continue


async def _leaves_tasks() -> None:
    loop = asyncio.get_running_loop()
    for _ in range(5):
        loop.create_task(_sleeps())  # noqa: RUF006 - nobody keeps them: that is the offence
    await asyncio.sleep(0)


async def _kills_its_loop(variant: int) -> None:
    """The program is ended from where no call is made."""
    loop = asyncio.get_running_loop()
    if variant % 2:
        loop.call_soon(sys.exit, SECRET)
    else:
        loop.create_task(_exits())  # noqa: RUF006 - as above
    await asyncio.sleep(0.005)


async def _exits() -> None:
    raise KeyboardInterrupt(SECRET)


SYNC: Mapping[str, Callable[[Request, int], Page[Record]]] = {
    "blocks": blocks,
    "spins": spins,
    "raises": raises,
    "lies_about_form": lies_about_form,
    "lies_about_whom": lies_about_whom,
    "leaks_threads": leaks_threads,
    "floods": floods,
}
"""What coroutines and plain functions can do alike."""
OFFENCES = (*SYNC, "slow", "hangs", "leaks_tasks", "kills_its_loop", "flaps")


class Chaotic(Adapter[ChaoticConfig]):
    """Commits its offence with every call."""

    Config = ChaoticConfig

    def __init__(self, config: ChaoticConfig) -> None:
        super().__init__(config)
        self._calls = config.variant

    async def find(self, query: Query, request: Request) -> Page[Account]:
        """As :meth:`fetch`; where that is a page, the account that is asked for, or somebody else's."""
        page: object = await self._offend(request)
        if self.config.offence == "lies_about_form" or not isinstance(page, Page):
            return cast("Page[Account]", page)
        name, keys, now = query.names[0] if query.names else "Kaas & Co", Keys(), request.now()
        if self.config.offence == "lies_about_whom":
            name, keys = "Kaas & Co", Keys(domains=(_OTHER,))
        return Page((Account(id="1", title=name, fetched_at=now, no_url_reason="chaos", keys=keys),))

    async def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """What the offence leaves of it."""
        return await self._offend(request)

    async def _offend(self, request: Request) -> Page[Record]:
        variant = self.config.variant
        match self.config.offence:
            case "slow":
                await _sleeps()
            case "hangs":
                await _hangs()
            case "leaks_tasks":
                await _leaves_tasks()
            case "kills_its_loop":
                await _kills_its_loop(variant)
            case "flaps":
                self._calls += 1
                if self._calls % 2:
                    raise Unavailable("the server is restarting")
            case offence:
                return SYNC[offence](request, variant)
        return healthy(request)


class ChaoticOnThread(BlockingAdapter[ChaoticConfig]):
    """The same in plain functions."""

    Config = ChaoticConfig

    def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """What the offence leaves of it."""
        return SYNC[self.config.offence](request, self.config.variant)
