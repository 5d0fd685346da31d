"""From an instance in the index to the record that is shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal, cast
from urllib.parse import quote

from adapters.ics.events import Detail
from adapters.ics.look import Item
from adapters.ics.series import series_of
from salesprep.adapter import Keys, Meeting, Participant, Place
from salesprep.adapter.words import _

NO_ADDRESS = _("a calendar has no web address for this event")
PRIVATE = _("a private event")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = (datetime(1, 1, 2, tzinfo=UTC) - _EPOCH).total_seconds()
_LATEST = (datetime(9999, 12, 30, tzinfo=UTC) - _EPOCH).total_seconds()
_Status = Literal["confirmed", "tentative", "cancelled"]


def meeting(item: Item, detail: Detail, now: datetime) -> Meeting:
    """The record of one instance; times of day are in the zone of ``now``."""
    start, end = _span(item, now)
    status = cast("_Status", detail["status"])
    owner, series = item.calendar.owner, series_of(detail["uid"]) or None
    if detail["busy"]:
        return Meeting(
            id=item.id,
            title="",
            fetched_at=now,
            no_url_reason=PRIVATE,
            at=start,
            visibility="busy",
            start=start,
            end=end,
            status=status,
            series_id=series,
            calendar_owner=owner,
        )
    url = _url(item, detail)
    updated = detail["updated"]
    fields = dict(detail["fields"])
    if item.calendar.name:
        fields["calendar"] = item.calendar.name
    return Meeting(
        id=item.id,
        title=detail["title"],
        fetched_at=now,
        url=url,
        no_url_reason=None if url else NO_ADDRESS,
        at=start,
        updated_at=None if updated is None else _moment(updated, now.tzinfo),
        people=tuple(Participant(**human) for human in detail["people"]),
        keys=Keys(emails=tuple(detail["emails"]), domains=tuple(detail["domains"]), hit=item.hit),
        language=detail["language"],
        fields=fields,
        start=start,
        end=end,
        status=status,
        place=_place(detail),
        series_id=series,
        calendar_owner=owner,
        body=detail["body"],
    )


def _span(item: Item, now: datetime) -> tuple[datetime, datetime] | tuple[date, date]:
    row = item.row
    if row.all_day:
        return _moment(row.start, item.zone).date(), _moment(row.end, item.zone).date()
    return _moment(row.start, now.tzinfo), _moment(row.end, now.tzinfo)


def _moment(seconds: int, zone: tzinfo | None) -> datetime:
    # Not fromtimestamp: on Windows it refuses what was before 1970. "Until further notice" is often
    # written as the last second that there is, which has no counterpart in zones east of it.
    inside = min(max(seconds, _EARLIEST), _LATEST)
    return (_EPOCH + timedelta(seconds=inside)).astimezone(zone or UTC)


def _url(item: Item, detail: Detail) -> str | None:
    url, secret = detail["url"], item.calendar.secret_url
    if url and not (secret and secret.get_secret_value().partition("://")[2].strip() in url):
        return url
    if item.calendar.link and detail["uid"]:
        return item.calendar.link.replace("{uid}", quote(detail["uid"], safe=""))
    return None


def _place(detail: Detail) -> Place | None:
    text, latitude, longitude = detail["place"], detail["latitude"], detail["longitude"]
    if text is None and latitude is None:
        return None
    return Place(text=text, latitude=latitude, longitude=longitude)
