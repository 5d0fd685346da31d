"""One series of events, parsed and laid out into its instances within a stretch of days.

Everything that comes from the outside is met here: each event is parsed by itself, so that garbage in
one costs that one, and rules that would never come to an end are refused before they are followed.
"""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from adapters.ics.events import Detail, describe
from adapters.ics.mend import clean, mend
from adapters.ics.plain import plain_starts
from adapters.ics.zones import Zones
from salesprep.adapter.words import _

if TYPE_CHECKING:
    from icalendar import Event

MOST_INSTANCES = 5_000
"""Of one series in one look; no meeting takes place that often."""
MOST_STEPS = 50_000
"""Repetitions to walk through from a series' start to the window: daily since 1890."""
LARGEST_EVENT = 1_000_000
"""Bytes of one event; attachments are cut out before."""

_UNREADABLE = {
    "DTSTART": _("DTSTART cannot be read"),
    "DTEND": _("DTEND cannot be read"),
    "DURATION": _("DURATION cannot be read"),
    "RRULE": _("RRULE cannot be read"),
    "RDATE": _("RDATE cannot be read"),
    "EXDATE": _("EXDATE cannot be read"),
    "RECURRENCE-ID": _("RECURRENCE-ID cannot be read"),
    "STATUS": _("STATUS cannot be read"),
    "CLASS": _("CLASS cannot be read"),
}
"""Without these an event cannot be told. Why is kept in the index, so each is a sentence of its own."""
_SECONDS = {
    "SECONDLY": 1,
    "MINUTELY": 60,
    "HOURLY": 3_600,
    "DAILY": 86_400,
    "WEEKLY": 604_800,
    "MONTHLY": 2_629_746,
    "YEARLY": 31_556_952,
}
_RULE = re.compile(r"^RRULE[^\n]*$", re.IGNORECASE | re.MULTILINE)
_NUMBER = "X-SALESPREP-NUMBER"
_NEVER = 2**40
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_When = tuple[int, int, bool, str]
"""Start, end, all day, slot, as in :class:`Instance`."""


class Unreadable(Exception):
    """An event that cannot be used; the text is shown as the reason."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One time that an event takes place; seconds since 1970 UTC."""

    detail: int
    """Index into the series' details."""
    start: int
    end: int
    all_day: bool
    slot: str
    """Which instance of its series: the start it had before it was moved; empty for a single event."""


@dataclass(slots=True)
class Expansion:
    """What became of one series."""

    details: list[Detail] = field(default_factory=list)
    instances: list[Instance] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    """Number of the event within the series, and why."""


def expand(
    events: Sequence[bytes], zones: Zones, zone: tzinfo, first: date, last: date, *, cancelled: bool = False
) -> Expansion:
    """All instances that touch ``first`` .. ``last`` (both included), days in ``zone``.

    ``events`` are the unfolded events of one UID: a series with its overrides. ``zone`` is what times
    without a zone mean. ``cancelled``: the file as a whole calls its events off.
    """
    done = Expansion()
    start = datetime.combine(first, time.min, zone)
    end = datetime.combine(last, time.min, zone) + timedelta(days=1)
    components: dict[int, Event] = {}
    for number, block in enumerate(events):
        try:
            components[number] = _readable(block, zones, (start, end))
        except Unreadable as error:
            done.refused.append((number, str(error)))
    private = any(is_private(event) for event in components.values() if "RECURRENCE-ID" not in event)
    if not components:
        return done
    try:
        found = _instances(components, zone, start, end)
    except Unreadable as error:
        done.refused.extend((number, str(error)) for number in components)
        return done
    places: dict[int, int] = {}
    for number in sorted({number for number, _shape in found}):
        event = components[number]
        try:
            detail = describe(event, busy=private or is_private(event), cancelled=cancelled)
        except Exception:  # the library's objects on unchecked text, as in _parse
            done.refused.append((number, _("cannot be read")))
        else:
            places[number] = len(done.details)
            done.details.append(detail)
    done.instances = [Instance(places[number], *when) for number, when in found if number in places]
    return done


def is_private(event: Event) -> bool:
    """``CLASS`` other than ``PUBLIC``; an unknown word counts as private (RFC 5545, 3.8.1.3)."""
    return str(event.get("CLASS", "PUBLIC")).strip().upper() not in ("PUBLIC", "")


def _readable(block: bytes, zones: Zones, window: tuple[datetime, datetime]) -> Event:
    event = _parse(block, zones)
    for name, _why in event.errors:
        if name in _UNREADABLE:
            raise Unreadable(_UNREADABLE[name])
        if name is not None:
            _drop_broken(event, name)
    if "DTSTART" not in event:
        raise Unreadable(_("no start that is a date"))
    start = _dt(event, "DTSTART")
    end = _dt(event, "DTEND") if "DTEND" in event else None
    if end is not None:
        if isinstance(start, datetime) != isinstance(end, datetime):
            raise Unreadable(_("start and end are not of one kind"))
        if _instant(end, UTC) < _instant(start, UTC):
            raise Unreadable(_("end before start"))
        if end == start and not isinstance(start, datetime):
            del event["DTEND"]  # written by some for a single day; without it, it is one
    elif "DURATION" in event:
        length = getattr(event["DURATION"], "dt", None)
        if not isinstance(length, timedelta):
            raise Unreadable(_UNREADABLE["DURATION"])
        if length < timedelta():
            raise Unreadable(_("end before start"))
        if not isinstance(start, datetime) and length % timedelta(days=1):
            raise Unreadable(_("start and end are not of one kind"))
    for rule in _listed(event.get("RRULE")):
        _check_rule(rule, start, *window)
    return event


def _parse(block: bytes, zones: Zones) -> Event:
    from icalendar import Event

    if len(block) > LARGEST_EVENT:
        raise Unreadable(_("larger than an event can be"))
    text = zones.rewrite(clean(block.decode("utf-8", "replace")))
    text = _RULE.sub(lambda line: line[0].replace(" ", ""), text)  # "BYDAY=MO, TU", as some write it
    try:
        event = Event.from_ical(text)
        if any(name is None for name, _ in event.errors):
            text = mend(text)
            event = Event.from_ical(text)
    except Exception as error:  # a parser on unchecked text: whatever it raises costs this event only
        raise Unreadable(_("is not iCalendar")) from error
    if not isinstance(event, Event) or event.name != "VEVENT":
        raise Unreadable(_("is not iCalendar"))
    # Lines that could not even be taken apart are passed over by the parser; a lost EXDATE would
    # bring back a meeting that was called off.
    if any(name is None for name, _ in event.errors):
        for line in text.split("\n"):
            name = line.strip().upper()
            if name.startswith(tuple(_UNREADABLE)) and not any(name.startswith(key) for key in event):
                raise Unreadable(_("a line about its time cannot be read"))
    return event


def _drop_broken(event: Event, name: str) -> None:
    """A position or an address that cannot be read costs itself, not the event."""
    from icalendar.prop import vBroken

    sound = [value for value in _listed(event.get(name)) if not isinstance(value, vBroken)]
    if sound:
        event[name] = sound
    else:
        event.pop(name, None)


def _dt(event: Event, name: str) -> date:
    value = getattr(event[name], "dt", None)
    if not isinstance(value, date):
        raise Unreadable(_UNREADABLE[name])
    return value


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


# -- rules --------------------------------------------------------------------------------------


def _check_rule(rule: Any, start: date, window_start: datetime, window_end: datetime) -> None:
    """Refuse a rule that takes unbounded time to follow: they are followed in this thread."""
    frequency = next(iter(rule.get("FREQ", ())), None)
    interval = next(iter(rule.get("INTERVAL", ())), 1)
    if frequency not in _SECONDS or interval < 1:
        raise Unreadable(_UNREADABLE["RRULE"])
    begin = _instant(start, UTC)
    stop = min(_instant(window_end, UTC), *(_instant(end, UTC) for end in rule.get("UNTIL", ())), _NEVER)
    a_day = 1
    for part in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        a_day *= max(1, len(rule.get(part, ())))
    rate = a_day / (_SECONDS[frequency] * interval)
    limits = any(part.startswith("BY") for part in rule)
    most = rule["COUNT"][0] if "COUNT" in rule and not limits else stop - begin
    shown = 0 if limits else (stop - max(begin, _instant(window_start, UTC))) * rate
    if min(most, (stop - begin) * rate) > MOST_STEPS or min(most, shown) > MOST_INSTANCES:
        raise Unreadable(_("repeats too often to be a meeting"))
    if limits and not _happens(rule, start):
        raise Unreadable(_("a rule that never comes true"))


def _happens(rule: Any, start: date) -> bool:
    """Whether the rule gives any day at all ("30 February" would be looked for until the year 9999).

    Tried in the last decades that there are, which end by themselves, from a year that has the same
    calendar as the series' own.
    """
    year = next(
        year
        for year in range(9960, 9988)
        if date(year, 1, 1).weekday() == date(start.year, 1, 1).weekday()
        and months.isleap(year) == months.isleap(start.year)
    )
    plain = ";".join(
        part
        for part in rule.to_ical().decode().split(";")
        if not part.upper().startswith(("UNTIL=", "COUNT="))
    )
    return _comes_true(plain, datetime.combine(start, time.min).replace(year=year))


@lru_cache(maxsize=1024)
def _comes_true(rule: str, start: datetime) -> bool:
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    try:
        return next(iter(rrulestr(rule, dtstart=start)), None) is not None
    except (ValueError, TypeError, KeyError):
        raise Unreadable(_UNREADABLE["RRULE"]) from None


# -- instances ----------------------------------------------------------------------------------


def _instances(
    components: dict[int, Event], zone: tzinfo, start: datetime, end: datetime
) -> list[tuple[int, _When]]:
    """Each time that an event takes place, with the number of the event that describes it."""
    if len(components) == 1:
        ((number, event),) = components.items()
        try:
            times = _by_itself(event, zone, start, end)
        except (OverflowError, ValueError) as error:
            raise Unreadable(_("cannot be laid out in time")) from error
        if times is not None:
            return [(number, when) for when in times]
    import recurring_ical_events
    from icalendar import Calendar

    calendar = Calendar()
    for number, event in components.items():
        event[_NUMBER] = str(number)
        calendar.add_component(event)
    try:
        found = recurring_ical_events.of(calendar).between(start, end)
        return _dated(found, zone)
    except Unreadable:
        raise
    except Exception as error:  # recurrence libraries on unchecked dates: costs this series only
        raise Unreadable(_("cannot be laid out in time")) from error


def _by_itself(event: Event, zone: tzinfo, start: datetime, end: datetime) -> list[_When] | None:
    """The times of an event that takes place once or is a plain series; ``None``: it is neither."""
    begin = _dt(event, "DTSTART")
    stop = _dt(event, "DTEND") if "DTEND" in event else begin + _length(event, begin)
    if not any(name in event for name in ("RRULE", "RDATE", "RECURRENCE-ID")):
        times = [(_instant(begin, zone), _instant(stop, zone), "")]
    else:
        # The clock of one zone counts: a meeting from nine to ten is so on the day of a clock change.
        if getattr(begin, "tzinfo", None) is not getattr(stop, "tzinfo", None):
            return None
        length = stop - begin
        starts = plain_starts(event, length, start, end)
        if starts is None:
            return None
        times = [(_instant(day, zone), _instant(day + length, zone), _slot(day)) for day in starts]
    first, last, all_day = _instant(start, zone), _instant(end, zone), not isinstance(begin, datetime)
    found = [
        (at, until, all_day, slot) for at, until, slot in times if at < last and max(until, at + 1) > first
    ]
    if len(found) > MOST_INSTANCES:
        raise Unreadable(_("repeats too often to be a meeting"))
    return found


def _length(event: Event, begin: date) -> timedelta:
    if "DURATION" in event:
        length: Any = event["DURATION"]
        return cast("timedelta", length.dt)
    return timedelta() if isinstance(begin, datetime) else timedelta(days=1)


def _dated(found: Iterable[Any], zone: tzinfo) -> list[tuple[int, _When]]:
    instances: dict[str, tuple[int, _When]] = {}
    for event in found:
        begin, end, moved = event["DTSTART"].dt, event["DTEND"].dt, event.get("RECURRENCE-ID")
        # With RANGE=THISANDFUTURE all later instances carry the same RECURRENCE-ID.
        slot = _slot(begin if moved is None or "RANGE" in moved.params else moved.dt)
        all_day = not isinstance(begin, datetime)
        when = (_instant(begin, zone), _instant(end, zone), all_day, slot)
        instances[slot] = (int(event[_NUMBER]), when)
        if len(instances) > MOST_INSTANCES:
            raise Unreadable(_("repeats too often to be a meeting"))
    return list(instances.values())


def _slot(value: date) -> str:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return value.strftime("%Y%m%dT%H%M%S" if isinstance(value, datetime) else "%Y%m%d")


def _instant(when: date, zone: tzinfo) -> int:
    if not isinstance(when, datetime):
        when = datetime.combine(when, time.min, zone)
    elif when.tzinfo is None:
        when = when.replace(tzinfo=zone)
    return int((when - _EPOCH).total_seconds())
