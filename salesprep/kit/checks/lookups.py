"""By what a customer is found, and whether each ability does what its name says."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args

from salesprep.adapter import Meeting, Query, Record
from salesprep.adapter.manifest import Lookup
from salesprep.adapter.proposal import Given, Proposal
from salesprep.adapter.records import moment
from salesprep.kit.bench import LOOKUPS, NOBODY, Bench, Hosted
from salesprep.kit.verdict import Fault, NotTried
from salesprep.sources import Ask
from salesprep.sources.load import load_class
from salesprep.sources.threads import DaemonPool, on_thread

_HEAD = 65_536


async def lookups_obeyed(bench: Bench) -> str:
    """Each by itself, as far as kit.toml gives one."""
    await bench.well()
    given = {lookup: _alone(bench.sample.customer, lookup) for lookup in sorted(bench.manifest.lookups)}
    missing = [LOOKUPS[lookup] for lookup, query in given.items() if not query]
    if len(missing) == len(given):
        raise Fault(
            "kit.toml gives no key of the customer that the adapter can look for",
            f"Write {', '.join(missing)} under [customer].",
        )
    async with bench.hosting(home=bench.warm) as hosted:
        for lookup, query in given.items():
            if query and not await _finds(bench, hosted, query):
                unknown = bench.server.unknown() if bench.server is not None else ""
                raise Fault(f"nothing is found by {lookup} alone{unknown}")
    left = f"; not tried, as kit.toml gives none: {', '.join(missing)}" if missing else ""
    return f"found by {', '.join(lookup for lookup, query in given.items() if query)}{left}"


def _alone(query: Query, lookup: Lookup) -> Query:
    return Query(**{LOOKUPS[lookup]: getattr(query, LOOKUPS[lookup])})


async def _finds(bench: Bench, hosted: Hosted, query: Query) -> bool:
    for ask in bench.asks(query):
        if (await hosted.tell(ask)).records:
            return True
    return False


async def undeclared_lookups_refused(bench: Bench) -> str:
    """With a manifest that lists all look-ups, so that the host passes on all."""
    await bench.well()
    everything = replace(bench.manifest, lookups=frozenset(get_args(Lookup)))
    undeclared = sorted(frozenset(get_args(Lookup)) - bench.manifest.lookups)
    tried = [lookup for lookup in undeclared if _alone(bench.sample.customer, lookup)]
    async with bench.hosting(manifest=everything, home=bench.warm) as hosted:
        for lookup in tried:
            for ask, nothing in zip(
                bench.asks(_alone(bench.sample.customer, lookup)),
                bench.asks(_alone(NOBODY, lookup)),
                strict=True,
            ):
                found = {record.id for record in (await hosted.tell(ask)).records}
                if found - {record.id for record in (await hosted.tell(nothing)).records}:
                    raise Fault(f"{ask.method} finds by {lookup}, which lookups does not list")
    if not tried:
        raise NotTried("kit.toml gives the customer no key beyond the declared ones")
    return f"nothing is found by {', '.join(tried)}"


async def abilities_kept(bench: Bench) -> str:
    """What is offered beside ``fetch``, each for real."""
    told_by = {told.ask.method: told for told in await bench.happy()}
    for ability in ("find", "search", "upcoming"):
        told = told_by.get(ability)
        if told is not None and told.failure is not None:
            raise Fault(f"{ability} gives {told.failure.code}: {told.failure.what}")
    found = told_by.get("find")
    if found is not None and not found.records:
        unknown = bench.server.unknown() if bench.server is not None else ""
        raise Fault(f"find does not find the sample's customer{unknown}")
    if "search" in bench.manifest.abilities and "search" not in told_by:
        raise Fault("kit.toml has no text to search for", 'Write text = "…" under [search] in kit.toml.')
    if "recognise" in bench.manifest.abilities:
        await _recognises(bench)
    return ", ".join(sorted(bench.manifest.abilities))


async def _recognises(bench: Bench) -> None:
    """Something in the sample, and nothing in what nobody could know."""
    cls, laid = load_class(bench.installed), bench.lay_out()
    nonsense = bench.folder / "nonsense.bin"
    nonsense.write_bytes(bytes(range(256)) * 8)

    def look() -> tuple[list[Proposal], tuple[Proposal, ...]] | BaseException:
        try:
            known = [proposal for given in _givens(bench, laid) for proposal in cls.recognise(given)]
            return known, cls.recognise(_given(bench, nonsense))
        except BaseException as error:
            return error  # any method of an adapter may do anything

    pool = DaemonPool("recognise", 1)  # on a thread, as the host does it
    came = await on_thread(pool, look)
    pool.shutdown()
    if isinstance(came, BaseException):
        raise Fault(f"recognise stops with {type(came).__name__}")
    known, unknown = came
    if not all(isinstance(proposal, Proposal) for proposal in known):
        raise Fault("recognise does not return a tuple of Proposal")
    if unknown:
        raise Fault("recognise takes a file of nonsense for its own")
    if not known and bench.probed.paths:
        raise Fault("recognise knows nothing in the sample")


def _givens(bench: Bench, laid: Path) -> Iterator[Given]:
    for path in (laid, *sorted(laid.rglob("*"))[:100]):
        yield _given(bench, path)


def _given(bench: Bench, path: Path) -> Given:
    head = path.read_bytes()[:_HEAD] if path.is_file() else b""
    return Given(path=path, head=head, now=bench.sample.now, deadline=time.monotonic() + 2)


async def search_finds(bench: Bench) -> str:
    """The sample's text, also in the other case, and words that stand nowhere."""
    happy = [told for told in await bench.well() if told.ask.method == "search"]
    if not happy:
        raise NotTried("search is not answered, or kit.toml has no text to search for; see abilities-kept")
    found = happy[0].records
    if not found:
        raise Fault(f'nothing is found for "{bench.sample.search}"')
    async with bench.hosting(home=bench.warm) as hosted:
        if bench.server is None:  # which replays one text alone
            await _in_the_other_case(bench, hosted, found)
        nonsense = await hosted.tell(Ask("search", text="qxzzyv 7f3a wvutq"))
    if nonsense.failure is not None:
        raise Fault(f"words that stand nowhere give {nonsense.failure.code}: {nonsense.failure.what}")
    if nonsense.records:
        raise Fault(f"{len(nonsense.records)} records are found for words that stand nowhere")
    return f"{len(found)} records"


async def _in_the_other_case(bench: Bench, hosted: Hosted, found: tuple[Record, ...]) -> None:
    text = (bench.sample.search or "").swapcase()
    number = len((await hosted.tell(Ask("search", text=text))).records)
    if number < len(found):
        raise Fault(f'{"less" if number else "nothing"} is found for "{text}"')


async def upcoming_in_window(bench: Bench) -> str:
    """A fortnight; where nothing is replayed, a year and the days at its edges, too."""
    if bench.server is not None:
        return await _fortnight(bench)
    year = bench.upcoming(bench.sample.now, 365)
    async with bench.hosting(home=bench.warm) as hosted:
        whole = await hosted.tell(year[0])
        meetings = _in_order(bench, whole.ask, whole.records)
        if not meetings:
            mend = "Put a meeting of the days after now (kit.toml) into the sample."
            raise Fault("no meeting is found in the year after the sample's now", mend)
        for one in (meetings[0], meetings[-1]):
            start = moment(one.start, bench.sample.zone)
            day = await hosted.tell(bench.upcoming(start - timedelta(hours=1), 1)[0])
            if one.id not in {record.id for record in _in_order(bench, day.ask, day.records)}:
                raise Fault("a meeting that the year holds is missing on its own day")
    return f"{len(meetings)} meetings in a year"


async def _fortnight(bench: Bench) -> str:
    told = [told for told in await bench.well() if told.ask.method == "upcoming"]
    meetings = [meeting for each in told for meeting in _in_order(bench, each.ask, each.records)]
    if not meetings:
        mend = "Put a meeting of the fortnight after now (kit.toml) into the sample's answers."
        raise Fault(f"no meeting is found in it{bench.replays.unknown()}", mend)
    return f"{len(meetings)} meetings in a fortnight"


def _in_order(bench: Bench, ask: Ask, records: tuple[object, ...]) -> list[Meeting]:
    zone, window = bench.sample.zone, ask.window
    meetings = [record for record in records if isinstance(record, Meeting)]
    if window is None:
        return meetings
    before: datetime | None = None
    for meeting in meetings:
        start, end = moment(meeting.start, zone), moment(meeting.end, zone)
        is_point = start == end
        if start >= window.end or (end <= window.start and not (is_point and end == window.start)):
            raise Fault("a meeting lies outside of the window")
        if before is not None and start < before:
            raise Fault("the meetings are not sorted by their start")
        before = start
    return meetings
