"""Pages after the first."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from salesprep.kit.bench import MOST_PAGES, Bench, Told
from salesprep.kit.checks.answers import belongs_to
from salesprep.kit.verdict import Fault, NotTried

_STRANGE = ("strange-7f3a-☃", "-1", "999999999", '{"after": null}', "0" * 300)


async def paging_ends(bench: Bench) -> str:
    """The host notices a circle; a cursor that is new each time, only who follows it."""
    most = 0
    for told in await bench.happy():
        failure = told.failure
        if failure is not None and belongs_to(failure) == "paging-ends":
            raise Fault(f"{told.words}: {failure.what}")
        if told.endless:
            raise Fault(f"{told.words}: after {MOST_PAGES} pages there is still a next one")
        most = max(most, len(told.pages))
    return f"at most {most} pages"


async def paging_loses_nothing(bench: Bench) -> str:
    """Against what the source counts, and against the answers that the sample has ready."""
    for told in await bench.well():
        _adds_up(told)
    await _all_asked_for(bench)
    if not any(len(told.pages) > 1 for told in await bench.well()):
        raise NotTried("the sample has nothing on a second page")
    return "all pages hold what the source counts"


def _adds_up(told: Told) -> None:
    for page in told.pages:
        refused = sum(refusal.count for each in told.pages for refusal in each.refused if not refusal.shown)
        if page.total is not None and page.total != len(told.records) + refused:
            raise Fault(
                f"{told.words}: total is {page.total}, and all pages hold {len(told.records)} records"
            )


async def _all_asked_for(bench: Bench) -> None:
    if bench.server is None:
        return
    async with bench.hosting(home=bench.warm) as hosted:
        if bench.sample.other:
            await hosted.tell_all(bench.asks(bench.sample.other))
        for ask in bench.single_lookups():
            await hosted.tell_all(ask)
        await hosted.check()
    left = [played.file for played in bench.sample.answers if played.file not in bench.server.served]
    if left:
        mend = "Ask for the next page while the server has one; or remove the answer from kit.toml."
        raise Fault(f"nobody asked for {', '.join(left[:3])}, which kit.toml has ready", mend)


async def paging_repeats_nothing(bench: Bench) -> str:
    """Ids over all pages; within one page it is ``ids-unique``."""
    turned = 0
    for told in await bench.well():
        pages = Counter(each for page in told.pages for each in {record.id for record in page.records})
        again = [each for each, times in pages.items() if times > 1]
        if again:
            raise Fault(f"{told.words}: {len(again)} records come on more than one page")
        turned += len(told.pages) > 1
    if not turned:
        raise NotTried("the sample has nothing on a second page")
    return f"{turned} questions with several pages"


async def strange_cursor(bench: Bench) -> str:
    """Cursors that the adapter never gave; a server may refuse them as it likes."""
    asks = [told.ask for told in await bench.well() if told.ask.method != "find"]
    async with bench.hosting(home=bench.warm) as hosted:
        for ask in asks:
            for cursor in _STRANGE:
                failure = (await hosted.ask(replace(ask, cursor=cursor))).failure
                if failure is not None and failure.code == "adapter_bug":
                    raise Fault(f"{ask.method} with a cursor that it never gave: {failure.what}")
    return f"{len(_STRANGE)} cursors"
