"""What the pages of the sample's customer hold, and those of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from salesprep.adapter import Failure, Record
from salesprep.kit.bench import NOBODY, Bench, Told
from salesprep.kit.verdict import Fault, NotTried
from salesprep.sources import links

_NO_ID = frozenset(("None", "null", "nan", "NaN"))
_NOT_OPENED = frozenset(
    (
        str(links.refusal("javascript:alert(1)", lambda _: False)),
        str(links.refusal("file:///etc/passwd", lambda _: False)),
    )
)
"""What the host gives as a reason in place of a link that does not open."""


def belongs_to(failure: Failure) -> str:
    """The check that a failure of a happy answer is the business of."""
    if failure.code == "adapter_bug" and failure.field is not None:
        if failure.field.endswith("cursor"):
            return "paging-ends"
        if failure.field.endswith(("url", "no_url_reason")):
            return "links-or-reason"
        if "time zone" in failure.what:
            return "times-aware"
    return "kinds-declared"


async def kinds_declared(bench: Bench) -> str:
    """Of each kind at least one record, on pages that lack nothing."""
    fetched = [told for told in await bench.happy() if told.ask.method == "fetch"]
    for told in fetched:
        if told.failure is not None and belongs_to(told.failure) == "kinds-declared":
            raise Fault(f"{told.words} gives {told.failure.code}: {told.failure.what}{_unknown(bench)}")
    well = [told for told in fetched if told.failure is None]
    for told in well:
        if not told.records:
            mend = f"Put a {told.ask.kind} of the customer that kit.toml names into the sample."
            raise Fault(f"{told.words} finds nothing for the sample's customer{_unknown(bench)}", mend)
    if not fetched:
        raise Fault("the sample's source is set up to tell no kind at all")
    return ", ".join(f"{len(told.records)} {told.ask.kind}" for told in well)


def _unknown(bench: Bench) -> str:
    return bench.server.unknown() if bench.server is not None else ""


async def ids_unique(bench: Bench) -> str:
    """Within each page; across pages it is ``paging-repeats-nothing``."""
    number = 0
    for told in await bench.happy():
        for page in told.pages:
            ids = Counter(record.id for record in page.records)
            twice = [each for each, times in ids.items() if times > 1]
            if twice:
                raise Fault(f"{told.words}: {len(twice)} ids on one page are those of several records")
            if ids.keys() & _NO_ID:
                raise Fault(f"{told.words}: a record's id is the word {next(iter(ids.keys() & _NO_ID))}")
            number += len(ids)
    if not number:
        raise NotTried("no record came; see kinds-declared")
    return f"{number} records"


async def links_or_reason(bench: Bench) -> str:
    """The host has looked at each already: what does not open has its reason in place of the link."""
    linked = without = 0
    for told in await bench.happy():
        if told.failure is not None and belongs_to(told.failure) == "links-or-reason":
            raise Fault(f"{told.words}: {told.failure.what}")
        for record in told.records:
            if record.no_url_reason in _NOT_OPENED:
                raise Fault(f"{told.words}: {record.no_url_reason}")
            linked += record.url is not None
            without += record.url is None
    if not linked + without:
        raise NotTried("no record came; see kinds-declared")
    return f"{linked} links, {without} reasons"


async def empty_is_no_error(bench: Bench) -> str:
    """Of a customer whom no sample knows."""
    await bench.well()
    if bench.server is not None:
        bench.server.asked.clear()
    asks = bench.asks(NOBODY)
    async with bench.hosting(home=bench.warm) as hosted:
        for told in await hosted.tell_all(asks):
            failure = told.failure
            if failure is None or belongs_to(failure) != "kinds-declared":
                continue
            if bench.server is not None and any(asked.found == "none" for asked in bench.server.asked):
                raise NotTried(f"the sample has no answer for an unknown customer{bench.server.unknown()}")
            raise Fault(f"{told.words} of an unknown customer gives {failure.code}: {failure.what}")
    return f"{len(asks)} empty answers"


async def other_customer_apart(bench: Bench) -> str:
    """One customer, the other, the first again, on one source."""
    if not bench.sample.other:
        raise NotTried("kit.toml names no other customer ([other])")
    await bench.well()
    async with bench.hosting(home=bench.warm) as hosted:
        ones = await hosted.tell_all(bench.asks())
        others = await hosted.tell_all(bench.asks(bench.sample.other))
        again = await hosted.tell_all(bench.asks())
    if not any(told.records for told in others):
        mend = "Name a customer under [other] in kit.toml whom the sample knows."
        raise Fault(f"nothing is found for the other customer that kit.toml names{_unknown(bench)}", mend)
    for one, other, once_more in zip(ones, others, again, strict=True):
        both = {record.id for record in one.records} & {record.id for record in other.records}
        if both:
            raise Fault(f"{one.words}: {len(both)} records come for both customers")
        if one.records != once_more.records:
            raise Fault(f"{one.words}: after a question about another customer the answer is another")
    return f"{_number(ones)} records of one, {_number(others)} of the other"


def _number(tolds: Sequence[Told]) -> int:
    return sum(len(told.records) for told in tolds)


async def deterministic(bench: Bench) -> str:
    """Three times on one source, and once on a new one with other hash seeds in mind."""
    first = await bench.well()
    async with bench.hosting(home=bench.warm) as hosted:
        for _ in range(3):
            for told in first:
                again = await hosted.tell(told.ask)
                if differs(told.records, again.records):
                    raise Fault(f"{told.words}: {differs(told.records, again.records)}")
    return f"{len(first)} questions, asked four times"


def differs(one: tuple[Record, ...], other: tuple[Record, ...]) -> str:
    """In which way two answers differ; nothing if they do not."""
    if one == other:
        return ""
    if len(one) != len(other):
        return f"{len(one)} records, then {len(other)}"
    if {record.id for record in one} == {record.id for record in other}:
        return "the same records in another order, or with other fields"
    return "other records than before"
