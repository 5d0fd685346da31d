"""Every confirmed account looked up at its source by its id: is it still there, and still the same?"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from salesprep.adapter import Account, Failure, Query
from salesprep.adapter.manifest import Lookup
from salesprep.briefing.calls import Asked
from salesprep.briefing.links.pieces import values
from salesprep.briefing.links.standing import confirmed, flag
from salesprep.briefing.model import Customer, Flag, Link
from salesprep.sources.answers import Answer, Ask

AT_ONCE = 4
"""So many questions a source gets at a time."""

State = Literal["there", "gone", "moved", "unknown", "no_source", "not_asked"]
"""``unknown``: its source did not answer, or not all of it; ``no_source``: there is no source of that name
any more; ``not_asked``: the source looks nothing up by id."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of looking one link up."""

    customer: Customer
    link: Link
    state: State
    flag: Flag | None = None
    failure: Failure | None = None


async def check(host: Asked, customers: Iterable[Customer], *, deadline: float) -> tuple[Checked, ...]:
    """Each confirmed account of ``customers``, in their order. ``deadline``: on the monotonic clock.

    Records of other kinds are not looked up: no source is asked for one of them by its id.
    """
    turns: dict[str, asyncio.Semaphore] = {}

    async def one(customer: Customer, link: Link) -> Checked:
        info = host.infos.get(link.source)
        if info is None:
            return Checked(customer, link, "no_source")
        if info.manifest is None or info.problem is not None:
            return Checked(customer, link, "unknown", failure=info.problem)
        if "id" not in info.manifest.lookups or "find" not in info.manifest.abilities:
            return Checked(customer, link, "not_asked")
        async with turns.setdefault(link.source, asyncio.Semaphore(AT_ONCE)):
            ask = Ask("find", Query(ids=(link.native_id,)))
            answer = await host.ask(link.source, ask, deadline=deadline)
            checked = _checked(customer, link, answer)
            like = _like(link, info.manifest.lookups)
            if checked.state == "gone" and like:
                # It may be another account there by now.
                answer = await host.ask(link.source, Ask("find", like), deadline=deadline)
                return replace(checked, flag=flag(customer, link, _accounts(answer), gone=True))
            return checked

    wanted = [(c, k) for c in customers for k in confirmed(c)]
    return tuple(await asyncio.gather(*(one(customer, link) for customer, link in wanted)))


def _like(link: Link, lookups: Collection[Lookup]) -> Query:
    """What was known of the account when it was confirmed, as far as its source looks things up by it."""
    return Query(
        names=values(link.on, "name") if "name" in lookups else (),
        domains=values(link.on, "domain") if "domain" in lookups else (),
    )


def _accounts(answer: Answer) -> list[Account]:
    records = answer.page.records if answer.page is not None else ()
    return [record for record in records if isinstance(record, Account)]


def _checked(customer: Customer, link: Link, answer: Answer) -> Checked:
    page = answer.page
    failure = answer.failure or (page.failure if page is not None else None)
    accounts = _accounts(answer)
    there = any(a.id == link.native_id for a in accounts)
    sound = page is not None and failure is None and page.cursor is None and not page.refused
    if not there and not sound:
        return Checked(customer, link, "unknown", failure=failure)
    found = flag(customer, link, accounts, gone=not there)
    return Checked(customer, link, found.what if found is not None else "there", found, failure)
