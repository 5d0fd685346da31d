"""What becomes of answers in JSON whose fields are others than they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from salesprep.adapter import Page, Record
from salesprep.kit import twist as twisting
from salesprep.kit import values
from salesprep.kit.bench import Bench, Hosted, Told, words
from salesprep.kit.verdict import Fault
from salesprep.sources import Ask

Changing = Callable[[object, twisting.Path], object]

_EMPTY_WORDS = frozenset(("None", "null", "nan", "NaN", "undefined"))
_MOST = 60
"""Fields that are tried, evenly chosen out of all."""


async def http_field_missing(bench: Bench) -> str:
    """Each field by itself."""
    return await _each(bench, "without", twisting.without)


async def http_nulls(bench: Bench) -> str:
    """Each field by itself, then all at once."""
    tried = await _each(bench, "with null in", lambda body, path: twisting.put(body, path, None))
    bench.replays.twist = twisting.changed(twisting.nothing_but_null)
    async with bench.hosting() as hosted:
        for ask in await bench.remote():
            await _well_or_bad_data(bench, hosted, ask, "with null everywhere")
    return f"{tried}, and all at once"


async def _each(bench: Bench, doing: str, change: Changing) -> str:
    paths = list(twisting.all_paths(bench.sample.answers).items())
    chosen = paths[:: max(1, -(-len(paths) // _MOST))]
    await bench.remote()  # before anything is spoilt
    async with bench.hosting() as hosted:
        for path, places in chosen:
            bench.replays.twist = twisting.changed(lambda body, path=path: change(body, path))  # type: ignore[misc]
            for ask in await bench.remote_on(places):
                await _well_or_bad_data(bench, hosted, ask, f"{doing} {'.'.join(path)}")
    return f"{len(chosen)} fields"


async def _well_or_bad_data(bench: Bench, hosted: Hosted, ask: Ask, doing: str) -> None:
    answer = await hosted.ask(ask)
    failure = answer.failure
    if failure is not None and failure.code != "bad_data":
        raise Fault(f"{words(ask)} {doing} gives {failure.code}: {failure.what}")
    if answer.page is not None and failure is None:
        for what in _made_up(bench, answer.page):
            raise Fault(f"{words(ask)} {doing}: {what}")


def _made_up(bench: Bench, page: Page[Record]) -> Iterator[str]:
    for record in page.records:
        for path, text in values.texts(record):
            if text in _EMPTY_WORDS:
                yield f"{path} becomes the word {text}"
        for path, when in values.moments(record):
            if when == bench.sample.now:
                yield f"{path} becomes the present time"


async def http_field_extra(bench: Bench) -> str:
    """In every table of every answer."""
    happy: dict[Ask, Told] = {told.ask: told for told in await bench.well()}
    asks = await bench.remote()
    bench.replays.twist = twisting.changed(twisting.with_extra)
    async with bench.hosting() as hosted:
        for ask in asks:
            told = await hosted.tell(ask)
            if told.failure is not None:
                raise Fault(f"{told.words} with a new field gives {told.failure.code}: {told.failure.what}")
            if told.records != happy[ask].records:
                raise Fault(f"{told.words} with a new field tells something else")
    return f"{len(asks)} questions"
