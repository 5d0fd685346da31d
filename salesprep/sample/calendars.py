"""The sample's calendars: one iCalendar file for the rep and each of three colleagues."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from salesprep.sample import events
from salesprep.sample.customers import ANNA, US
from salesprep.sample.days import Days
from salesprep.sample.events import Event

if TYPE_CHECKING:
    import icalendar


def write_calendars(folder: Path, days: Days) -> None:
    """Write ``<name before the @>.ics`` for each of us into ``folder``."""
    folder.mkdir()
    for owner in US:
        calendar = _calendar(owner, days)
        (folder / f"{owner.partition('@')[0]}.ics").write_bytes(calendar.to_ical())


def _calendar(owner: str, days: Days) -> icalendar.Calendar:
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//salesprep//sample//EN")
    calendar.add("version", "2.0")
    second = days.first + events.SECOND_AFTER
    placed = [
        (events.FIRST_VISIT, days.first),
        (events.SECOND_VISIT, second),
        *((event, _start(event, days)) for event in events.EVENTS),
    ]
    for event, start in placed:
        if owner in event.calendars:
            calendar.add_component(_event(event, start, days))
    # Half the world's calendars bring their zones along and half do not; the sample has both.
    if owner != ANNA:
        calendar.add_missing_timezones()
    return calendar


def _start(event: Event, days: Days) -> datetime:
    start = days.at(event.days, event.clock or "00:00")
    if event.rule:
        start -= timedelta(weeks=events.SERIES_STARTED_WEEKS_AGO)
    return start


def _event(event: Event, start: datetime, days: Days) -> icalendar.Event:
    import icalendar

    item = icalendar.Event()
    item.add("uid", f"{event.uid}@ons.example")
    item.add("dtstamp", days.first - timedelta(days=60))
    item.add("summary", event.title)
    if event.minutes:
        item.add("dtstart", start)
        item.add("dtend", start + timedelta(minutes=event.minutes))
    else:
        item.add("dtstart", start.date())
        item.add("dtend", start.date() + timedelta(days=1))
    if event.rule:
        item.add("rrule", dict(event.rule))
    if event.private:
        item.add("class", "PRIVATE")
    if event.cancelled:
        item.add("status", "CANCELLED")
    if event.where:
        item.add("location", event.where)
    if event.at:
        item.add("geo", event.at)
    if len(event.calendars) > 1 or event.guests:
        item.add("organizer", _person(event.calendars[0], US[event.calendars[0]]))
        ours = [(US[email], email) for email in event.calendars]
        for name, email in [*ours, *event.guests]:
            guest = _person(email, name)
            guest.params["PARTSTAT"] = "ACCEPTED"
            item.add("attendee", guest)
    return item


def _person(email: str, name: str) -> icalendar.vCalAddress:
    import icalendar

    address = icalendar.vCalAddress(f"mailto:{email}")
    address.params["CN"] = name
    return address
