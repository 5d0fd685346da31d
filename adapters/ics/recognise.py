"""Tells whether a file, a folder or an address is a calendar, whose it is, and how it would be set up.

Nothing is kept. A file is read once in pieces for its counts; what comes is worked out by the adapter's
own look, if that is quick.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from adapters.ics.blocks import unfold
from adapters.ics.events import Detail
from adapters.ics.index import Index
from adapters.ics.look import Look
from adapters.ics.reading import LARGEST
from adapters.ics.settings import CalendarSettings, is_file
from salesprep.adapter import BadData, Request, SourceError, Unavailable
from salesprep.adapter.names import domain_of, is_free_mail
from salesprep.adapter.proposal import Given, Me, Proposal, Sureness
from salesprep.adapter.words import _, _n, joined

_LOOKED_THROUGH = 16 * 1024 * 1024
"""Bytes of a file in which its owner is looked for."""
_QUICK = 20 * 1024 * 1024
"""Bytes of a file of which it is worked out what comes."""
_FOR_THE_COMING = 3.0
"""Seconds that this may take."""
_NEAR, _FAR = timedelta(days=7), timedelta(days=90)
"""In which the visits are counted; in which the next one is looked for."""
_FILES = 50
"""Of a folder, to see of what sort they are."""
_PIECE = 1024 * 1024
_MOST_OFTEN = 0.6
"""Part of the events with people that an owner takes part in."""
_CIRCLES = 2
"""Other domains that an owner meets: who is only ever met by one company may be its customer."""

_START = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR[ \t]*[\r\n]", re.IGNORECASE)
_EVENT = b"BEGIN:VEVENT"
_END = b"END:VCALENDAR"
_SOMEBODY = re.compile(r"^(?:ORGANIZER|ATTENDEE)[;:](.*)$", re.IGNORECASE | re.MULTILINE)
_MAIL = re.compile(r"mailto:([^\s\"'<>;:,?]+@[^\s\"'<>;:,?]+)", re.IGNORECASE)
_ROOM = re.compile(r"CUTYPE=(?:ROOM|RESOURCE)", re.IGNORECASE)
_HEAD = re.compile(r"^(METHOD|X-WR-CALNAME)(?:;[^:\n]*)?:(.*)$", re.IGNORECASE | re.MULTILINE)
_IS_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_RANDOM = re.compile(r"(?=[A-Za-z0-9_-]*[0-9])(?=[A-Za-z0-9_-]*[A-Za-z])[A-Za-z0-9_-]{12,}")
_SECRET_WORD = re.compile(r"(?:private|secret|token|key|auth|sig)", re.IGNORECASE)


def recognise(given: Given) -> tuple[Proposal, ...]:
    """The calendar that ``given`` is.

    Raises:
        BadData: it is one, and too large to be read.
        Unavailable: it cannot be read now.
    """
    if given.url is not None:
        return _address(given, given.url)
    if given.path is None:
        return ()
    if given.path.is_dir():
        return _folder(given, given.path)
    return _file(given, given.path)


@dataclass(slots=True)
class _Survey:
    """What shows without understanding a single event."""

    events: int = 0
    name: str | None = None
    invitation: bool = False
    """It carries a message about events rather than a calendar of them."""
    whole: bool = True
    with_people: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    """In how many events each mail address takes part."""
    met: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The domains of those whom each meets there."""

    @property
    def owner(self) -> str | None:
        """Whom the calendar is named after, or who is in nearly all of it and meets several companies."""
        if self.name and _IS_MAIL.match(self.name):
            return self.name.lower()
        first, second, *_ = [*self.seen.most_common(2), ("", 0), ("", 0)]
        often = first[1] >= _MOST_OFTEN * self.with_people and first[1] > second[1]
        own = first[0].rpartition("@")[2]
        return first[0] if often and len(self.met[first[0]] - {own}) >= _CIRCLES else None

    @property
    def called(self) -> str | None:
        """Its name, if that is more than a mail address."""
        return self.name if self.name and not _IS_MAIL.match(self.name) else None


def _file(given: Given, path: Path) -> tuple[Proposal, ...]:
    if not _START.match(given.head):
        return ()
    survey = _survey(path, given)
    calendar: dict[str, Any] = {"path": str(path)}
    if survey.invitation:
        return (
            _proposal(
                calendar, survey, "possible", _("an invitation: {events}", events=_events(survey.events))
            ),
        )
    coming = _coming(CalendarSettings(path=path), survey.owner, given)
    what = _("a calendar: {events}", events=_events(survey.events))
    if coming:
        what = joined((what, coming), ", ")
    return (_proposal(calendar, survey, "certain", what),)


def _folder(given: Given, folder: Path) -> tuple[Proposal, ...]:
    """A folder with a file for each event, as calendar servers and some programs keep one; files of
    whole calendars are one calendar each."""
    try:
        files = sorted(one for one in folder.iterdir() if not one.name.startswith(".") and one.is_file())
    except OSError:
        return ()
    if len(files) < 2 or not all(map(is_file, files)):
        return ()
    survey = _Survey()
    single = 0
    for path in files[:_FILES]:
        try:
            one = _survey(path, given)
        except SourceError:
            continue
        single += one.events == 1
        survey.name = survey.name or one.name
        survey.with_people += one.with_people
        survey.seen.update(one.seen)
        for mail, domains in one.met.items():
            survey.met[mail] |= domains
    if single * 2 <= len(files[:_FILES]):
        return ()
    coming = _coming(CalendarSettings(path=folder), survey.owner, given) if len(files) <= _FILES else None
    what = _("a calendar: {n} files of one event each", n=len(files))
    if coming:
        what = joined((what, coming), ", ")
    return (_proposal({"path": str(folder)}, survey, "likely", what),)


def _address(given: Given, url: str) -> tuple[Proposal, ...]:
    if not _START.match(given.head):
        return ()
    survey = _Survey()
    _look_through(given.head, survey)
    what = _("a calendar at {hostname}", hostname=urlsplit(url).hostname)
    if _END in given.head:  # else it goes on, and nobody knows for how long
        what = joined((what, _events(given.head.count(_EVENT))), ": ")
    key = "secret_url" if is_secret(url) else "url"
    return (_proposal({key: url}, survey, "certain", what, secret=key == "secret_url"),)


def _proposal(
    calendar: dict[str, Any], survey: _Survey, sure: Sureness, what: str, *, secret: bool = False
) -> Proposal:
    owner = survey.owner
    if owner:
        calendar["owner"] = owner
    if survey.called:
        calendar["name"] = survey.called
    notices = []
    if secret:
        notices.append(_("whoever knows this address can read the calendar: it is kept in a file of its own"))
    if not survey.whole:
        notices.append(_("the file ends in the middle: export it again if events are missing"))
    return Proposal(
        name="calendar",
        title="Calendar",
        what=what,
        sure=sure,
        config={"calendars": [calendar]},
        unites="calendars",
        me=Me(emails=(owner,) if owner else ()),
        notice=joined(notices) or None,
    )


def _events(count: int) -> str:
    return _n("{n} event", "{n} events").of(count)


def is_secret(url: str) -> bool:
    """Whether an address looks as if knowing it were enough: it holds a long random word.

    Rather once too often: such an address is only kept in another place.
    """
    parts = urlsplit(url)
    words = [unquote(parts.path), unquote(parts.query)]
    return any(_RANDOM.search(word) or _SECRET_WORD.search(word) for word in words)


# -- what shows at once -------------------------------------------------------------------------


def _survey(path: Path, given: Given) -> _Survey:
    survey = _Survey()
    begin = bytearray()
    tail = b""
    try:
        with path.open("rb") as file:
            for piece in _pieces(file.read):
                if file.tell() > LARGEST:
                    size = LARGEST // 1024 // 1024
                    what = _("{name} is larger than {n} MB", name=path.name, n=size)
                    raise BadData(what, mend=_("export a shorter time"))
                if given.left() <= 0:
                    break
                text = tail + piece
                survey.events += text.count(_EVENT)
                # Shorter than the word, so that none is counted twice.
                tail = text[-len(_EVENT) + 1 :]
                last = text[-200:]
                if len(begin) < _LOOKED_THROUGH:
                    begin += piece
            else:
                survey.whole = bool(begin) and _END in last.upper()
    except OSError as error:
        what = _("{name} cannot be read ({error})", name=path.name, error=type(error).__name__)
        raise Unavailable(what, mend=_("see whether its disk is there")) from None
    _look_through(bytes(begin), survey)
    return survey


def _pieces(read: Callable[[int], bytes]) -> Iterator[bytes]:
    while piece := read(_PIECE):
        yield piece


def _look_through(raw: bytes, survey: _Survey) -> None:
    head, *events = unfold(raw).decode("utf-8", "replace").split(_EVENT.decode())
    for name, value in _HEAD.findall(head):
        if name.upper() == "METHOD":
            survey.invitation = value.strip().upper() not in ("PUBLISH", "")
        else:
            survey.name = _unescaped(value) or None
    for event in events:
        lines = (line for line in _SOMEBODY.findall(event) if not _ROOM.search(line))
        people = {mail[1].lower() for line in lines if (mail := _MAIL.search(line))}
        survey.with_people += bool(people)
        survey.seen.update(people)
        domains = {one.rpartition("@")[2] for one in people}
        for one in people:
            survey.met[one] |= domains


def _unescaped(value: str) -> str:
    """A text as it was before it was written (RFC 5545, 3.3.11), on one line."""
    return " ".join(re.sub(r"\\([,;\\])", r"\1", value.replace("\\n", " ").replace("\\N", " ")).split())


# -- what comes ---------------------------------------------------------------------------------


def _coming(calendar: CalendarSettings, owner: str | None, given: Given) -> str | None:
    """``9 visits in the next 7 days``, or when the next one is: meetings with somebody from elsewhere.
    Where nobody knows whose calendar it is, all that are with people. Nothing if that takes long."""
    seconds = min(_FOR_THE_COMING, given.left() / 2)
    path = calendar.path
    if seconds <= 0 or path is None or (path.is_file() and path.stat().st_size > _QUICK):
        return None
    try:
        near, next_ = asyncio.run(_visits(calendar, owner, given, seconds))
    except (SourceError, TimeoutError):
        return None
    if owner is None:
        return _("{n} with other people in the next 7 days", n=near) if near else None
    if near:
        return _n("{n} visit in the next 7 days", "{n} visits in the next 7 days").of(near)
    if next_ is not None:
        return _("the next visit is on {day}", day=next_.date())
    return _("no visit in the next {n} days", n=_FAR.days)


async def _visits(
    calendar: CalendarSettings, owner: str | None, given: Given, seconds: float
) -> tuple[int, datetime | None]:
    """How many there are within a week, and if there are none, when the next one begins."""
    zone = given.now.tzinfo or ZoneInfo("UTC")
    request = Request(
        now=lambda: given.now.astimezone(zone),
        deadline=time.monotonic() + seconds,
        http=_NO_HTTP,
        log=logging.getLogger("salesprep.setup.ics"),
        identity="none",
        store=None,
    )
    index = Index(None)
    try:
        async with asyncio.timeout(seconds):
            look = Look(index, [calendar], request)
            await look.refresh()

            async def starts(first: datetime, last: datetime) -> list[datetime]:
                items = await look.by_window(first, last)
                return [
                    datetime.fromtimestamp(item.row.start, zone)
                    for item in items
                    if not item.row.all_day and _is_visit(look.index.detail(item.row.detail), owner)
                ]

            near = await starts(given.now, given.now + _NEAR)
            if near or owner is None:
                return len(near), None
            far = await starts(given.now + _NEAR, given.now + _FAR)
            return 0, min(far, default=None)
    finally:
        index.close()


def _is_visit(one: Detail, owner: str | None) -> bool:
    if one["busy"] or one["status"] == "cancelled" or not one["people"]:
        return False
    return owner is None or any(_is_elsewhere(mail, owner) for mail in one["emails"])


_NO_HTTP: Any = None
"""A file needs none."""


def _is_elsewhere(mail: str, owner: str) -> bool:
    """Whether an address is not that of the owner's company."""
    own = domain_of(owner)
    if own is None or is_free_mail(own):
        return mail != owner
    return domain_of(mail) != own
