"""From raw answers to panels: each record recognised, each section and panel with its state. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from salesprep.adapter import Kind, Meeting, Record
from salesprep.adapter.words import _
from salesprep.briefing.gathered import Gathered, Slot
from salesprep.briefing.links.standing import confirmed, flag
from salesprep.briefing.model import Customer, Flag, Found, Panel, Section, State
from salesprep.briefing.recognition.recognise import Recogniser
from salesprep.briefing.visits.meetings import is_on
from salesprep.sources.answers import Answer

NO_KEY = _("cannot look a customer up by what is known of this one")
"""Said of a source whose manifest asks for look-ups that nobody has told yet."""

_WORST_FIRST: tuple[State, ...] = ("stuck", "failed", "withheld", "waiting", "choose", "stale", "empty")


def panel(source: Gathered, recogniser: Recogniser, *, over: bool) -> Panel:
    """What one source shows for the customer. ``over``: nothing more is asked of it."""
    info = source.info
    if info.manifest is None or info.problem is not None:
        return Panel(info.name, info.title, info.adapter, "failed", failure=info.problem)
    sections: list[Section] = []
    account_candidates: tuple[Found, ...] = ()
    for kind in info.kinds:
        if kind is Kind.ACCOUNT and source.find is not None:
            sections.append(_section(kind, source.find, info.name, recogniser, over=over))
        else:
            hinted = _hinted(source, recogniser) if kind is Kind.MEETING else ()
            slot = source.kinds[kind]
            sections.append(_section(kind, slot, info.name, recogniser, hinted, over=over))
        if kind is Kind.ACCOUNT:
            account_candidates = sections[-1].candidates
    if source.find is not None and Kind.ACCOUNT not in info.kinds:
        found = _recognised(source.find.records.values(), info.name, recogniser)
        account_candidates = strongest_first(f for f in found if f.match.outcome == "maybe")
    made = framed(source, tuple(sections), account_candidates)
    flags = tuple(_flags(source, recogniser.customer))
    return replace(made, flags=flags) if flags else made


def _flags(source: Gathered, customer: Customer) -> Iterator[Flag]:
    find = source.find
    for link in confirmed(customer, source.name):
        gone = source.lacks(link.native_id) and find is not None and find.whole and not find.refused
        found = flag(customer, link, source.accounts(), gone=gone)
        if found is not None:
            yield found


def strongest_first(found: Iterable[Found]) -> tuple[Found, ...]:
    """Candidates, the one that the user most likely means first; else as the source tells them."""
    return tuple(sorted(found, key=lambda each: -each.match.strength))


def framed(source: Gathered, sections: tuple[Section, ...], candidates: tuple[Found, ...] = ()) -> Panel:
    """The panel around ``sections``: its state, reason, age and time taken."""
    shown = any(s.records for s in sections)
    some = shown or bool(candidates) or any(s.candidates for s in sections)
    state, blamed = _state(sections, some=some, shown=shown)
    times = [s.fetched_at for s in sections if s.fetched_at is not None and (s.records or not shown)]
    took = max((s.elapsed_ms for s in sections if s.kind is not Kind.ACCOUNT), default=0.0)
    find = source.find
    took += (
        _elapsed(find) if find is not None else sum(s.elapsed_ms for s in sections if s.kind is Kind.ACCOUNT)
    )
    return Panel(
        source=source.name,
        title=source.info.title,
        adapter=source.info.adapter,
        state=state,
        sections=sections,
        candidates=candidates,
        failure=blamed.failure if blamed is not None else None,
        fetched_at=min(times, default=None),
        elapsed_ms=took,
    )


def _state(sections: Sequence[Section], *, some: bool, shown: bool) -> tuple[State, Section | None]:
    """The panel's state, and the section whose failure is its reason."""
    old = next((s for s in sections if s.state == "stale"), None)
    # One trouble of which some is shown as it was before is no other where nothing was before.
    failed = [s for s in sections if s.failure not in (None, old and old.failure) and s.state != "stale"]
    worst = min(failed, key=lambda s: _rank(s.state), default=None)
    if some and worst is not None:
        return "partial", worst
    if not shown:
        if not sections:
            return ("choose" if some else "empty"), None
        if some and not any(s.state == "waiting" for s in sections):
            return ("stale", old) if old is not None else ("choose", None)
        least = min(sections, key=lambda s: _rank(s.state))
        return least.state, worst or (least if least.failure is not None else None)
    if any(s.state in ("waiting", "partial") for s in sections):
        return "partial", None
    if old is not None:
        return "stale", old
    return ("cached" if any(s.state == "cached" for s in sections) else "fresh"), None


def _rank(state: State) -> int:
    return _WORST_FIRST.index(state) if state in _WORST_FIRST else len(_WORST_FIRST)


def _recognised(records: Iterable[Record], source: str, recogniser: Recogniser) -> list[Found]:
    return [Found(source, record, recogniser.match(record, source)) for record in records]


def _hinted(source: Gathered, recogniser: Recogniser) -> tuple[Found, ...]:
    """Coming meetings that may be with the customer and did not come when they were looked up: a title
    that gives a part of the name is found by no key."""
    if source.upcoming is None:
        return ()
    fetched = source.kinds[Kind.MEETING].records
    coming = (r for r in source.upcoming.records.values() if r.id not in fetched)
    on = (r for r in coming if isinstance(r, Meeting) and is_on(r))
    found = _recognised(on, source.name, recogniser)
    return tuple(f for f in found if f.match.outcome == "maybe" and f.match.how == "text")


def _section(
    kind: Kind,
    slot: Slot,
    source: str,
    recogniser: Recogniser,
    hinted: tuple[Found, ...] = (),
    *,
    over: bool,
) -> Section:
    found = _recognised(slot.records.values(), source, recogniser)
    records = tuple(f for f in found if f.match.outcome == "same")
    candidates = (*strongest_first(f for f in found if f.match.outcome == "maybe"), *hinted)
    # The source counts all that it found by our keys; a part of that is not this customer's.
    total = slot.total if len(records) == len(found) else None
    return section(kind, slot, records, candidates, total=total, over=over)


def section(
    kind: Kind,
    slot: Slot,
    records: tuple[Found, ...] = (),
    candidates: tuple[Found, ...] = (),
    *,
    total: int | None = None,
    over: bool,
) -> Section:
    """One kind of a source, with its state."""
    answer, trouble = slot.answer, slot.trouble
    if answer is None:
        if trouble is not None:
            return Section(kind, trouble.state, failure=trouble.failure, elapsed_ms=trouble.elapsed_ms)
        if over and not slot.asked:
            return Section(kind, "choose" if candidates else "empty", candidates=candidates, notice=NO_KEY)
        return Section(kind, "waiting")
    page = answer.page
    return Section(
        kind=kind,
        state=_section_state(slot, answer, records, candidates),
        records=records,
        candidates=candidates,
        total=total,
        cursor=slot.cursor,
        failure=trouble.failure if trouble is not None else slot.part,
        fetched_at=_fetched_at(answer, records),
        as_of=page.as_of if page is not None else None,
        elapsed_ms=_elapsed(slot),
        refused=slot.refused,
        notice=page.notice if page is not None else None,
    )


def _section_state(
    slot: Slot, answer: Answer, records: Sequence[Found], candidates: Sequence[Found]
) -> State:
    trouble = slot.trouble
    if trouble is not None and trouble is not answer:
        return "partial" if records or candidates else trouble.state
    if answer.state == "stale":
        return "stale"
    if slot.part is not None:
        return "partial" if records or candidates else "failed"
    if not records:
        return "choose" if candidates else "empty"
    return answer.state


def _fetched_at(answer: Answer, records: Sequence[Found]) -> datetime | None:
    return min((f.record.fetched_at for f in records), default=answer.fetched_at)


def _elapsed(slot: Slot) -> float:
    return slot.answer.elapsed_ms if slot.answer is not None else 0.0


def accounts_of(panels: Iterable[Panel]) -> tuple[Found, ...]:
    """The accounts that are the customer, in the order of the screen."""
    return tuple(f for p in panels for s in p.sections if s.kind is Kind.ACCOUNT for f in s.records)
