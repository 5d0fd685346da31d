"""One look at the calendars of a source: read what has changed, lay out what the question needs.

All of it happens on the source's own loop, whose CPU time others feel: whatever takes long is done in
small pieces with ``sleep(0)`` between, where a deadline or a cancellation gets through, and what was
worked out until then is in the index for the next look.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from adapters.ics.blocks import BETWEEN, PIECE
from adapters.ics.build import build
from adapters.ics.expand import Expansion, expand
from adapters.ics.index import File, Index, IndexLost, Row
from adapters.ics.looking import Wanted
from adapters.ics.reading import Same, Text, Trouble, read
from adapters.ics.settings import CalendarSettings
from adapters.ics.zones import Zones
from salesprep.adapter import BadData, Failure, Refusal, Request
from salesprep.adapter.words import _, _n

AHEAD = 7
"""Days laid out beyond what is asked, so that tomorrow's look finds them."""
MOST_SERIES = 1_000
"""Of one file, for one customer: a name that is an everyday word must not take minutes."""
_SAVE_EVERY = 0.05
"""Seconds of work between two writes to the index."""


@dataclass(frozen=True, slots=True)
class Item:
    """An instance in one calendar."""

    row: Row
    calendar: CalendarSettings
    zone: tzinfo
    hit: str | None = None

    @property
    def id(self) -> str:
        """Of the record: stable as long as the event is."""
        uid = self.row.uid or f"no-uid-{self.row.series & 0xFFFFFFFFFFFFFFFF:x}"
        return f"{uid}{'/' if self.row.slot else ''}{self.row.slot}@{self.calendar.key}"


@dataclass(slots=True)
class _Open:
    """A calendar whose text is in the index."""

    settings: CalendarSettings
    zone: tzinfo
    files: list[File] = field(default_factory=list)


class Look:
    """See the module. Call :meth:`refresh` first."""

    def __init__(self, index: Index, calendars: Iterable[CalendarSettings], request: Request) -> None:
        self.index = index
        self.troubles: list[tuple[CalendarSettings, Trouble]] = []
        self._request = request
        home = request.now().tzinfo
        self._open = [
            _Open(one, ZoneInfo(one.zone) if one.zone else home or ZoneInfo("UTC")) for one in calendars
        ]
        self._changed = False
        self._kept: dict[str, set[str]] = {one.key: set() for one in calendars}
        self._seen: dict[int, set[int]] = {}
        """Series that this look was about, by file."""
        self._crowded: list[str] = []

    # -- reading --

    def recall(self, troubles: list[tuple[CalendarSettings, Trouble]]) -> None:
        """Take what the index has and the troubles that are known, without looking at the calendars."""
        self.troubles = troubles
        for one in self._open:
            failed = [trouble.name for of, trouble in troubles if of is one.settings]
            known = self.index.files(one.settings.key).values()
            one.files = sorted((file for file in known if not _is_beneath(file.name, failed)), key=_age)

    async def refresh(self) -> None:
        """Bring the index to the state of the files and addresses."""
        work = (self._refresh(one) for one in self._open)
        # All are waited for, whatever befalls one: none may go on with a closed index.
        for outcome in await asyncio.gather(*work, return_exceptions=True):
            if outcome is not None:
                raise outcome
        if self._changed:
            self.index.keep_only(self._kept)

    async def _refresh(self, one: _Open) -> None:
        known = self.index.files(one.settings.key)
        state = f"|{one.zone}"
        kept = self._kept[one.settings.key]
        async for found in read(one.settings, known, state, self._request):
            if isinstance(found, Text):
                self._changed = True
                try:
                    file, pieces = await build(found, str(one.zone))
                except BadData as error:
                    self.troubles.append((one.settings, Trouble(found.name, found.shown, error)))
                    continue
                self.index.put_file(one.settings.key, file, pieces)
                one.files.append(file)
                kept.add(found.name)
            elif isinstance(found, Same):
                file = known[found.name]
                if found.head is not None:
                    file.head.update(found.head)
                    self.index.put_head(file)
                one.files.append(file)
                kept.add(found.name)
            else:
                self.troubles.append((one.settings, found))
                if found.error.may_show_old:
                    kept.update(name for name in known if _is_beneath(name, [found.name]))
        one.files.sort(key=_age)
        self._changed = self._changed or not kept >= known.keys()

    def events(self, calendar: CalendarSettings) -> tuple[int, int]:
        """How many events a calendar has, and how many of them can never be read."""
        files = [file for one in self._open if one.settings is calendar for file in one.files]
        lost = sum(count for file in files for count, _ in file.head["problems"].values())
        return sum(len(file.lines) for file in files), lost

    # -- questions --

    async def by_keys(self, wanted: Wanted, start: datetime, end: datetime) -> list[Item]:
        """All instances between ``start`` and ``end`` that are with a customer."""
        answers = self.index.answers(wanted.digest)
        for one in self._open:
            for file in one.files:
                series = answers.get(file.id)
                if series is None:
                    series = await self._search(file, wanted)
                    self.index.put_answer(file, wanted.digest, series)
                await self._lay_out(one, file, self._recent(one, file, series, start, end), start, end)
        rows = self.index.of_series(set().union(*self._seen.values()), _seconds(start), _seconds(end))
        hits: dict[int, tuple[bool, str | None]] = {}
        chosen = []
        for row in rows:
            if row.detail not in hits:
                hits[row.detail] = wanted.hit(self.index.detail(row.detail))
            found, words = hits[row.detail]
            if found:
                chosen.append((row, words))
        return self._items(chosen)

    async def by_window(self, start: datetime, end: datetime) -> list[Item]:
        """All instances that touch ``start`` .. ``end``."""
        for one in self._open:
            first, last = _days(start, end, one.zone)
            for file in one.files:
                series = {
                    series
                    for series, begins, ends in zip(file.series, file.firsts, file.lasts, strict=True)
                    if series and begins <= last and ends >= first
                }
                if file.agenda is not None and file.agenda[0] <= first and file.agenda[1] >= last:
                    self._seen[file.id] = series
                    continue
                await self._lay_out(one, file, series, start, end)
                self.index.put_agenda(file, first, last + AHEAD)
        return self._items((row, None) for row in self.index.between(_seconds(start), _seconds(end)))

    def _items(self, rows: Iterable[tuple[Row, str | None]]) -> list[Item]:
        homes: dict[int, list[_Open]] = {}
        for one in self._open:
            for file in one.files:
                for series in self._seen.get(file.id, ()):
                    at = homes.setdefault(series, [])
                    if one not in at:
                        at.append(one)
        # The same event in two files of one folder is one; the newer file is looked at first.
        found: dict[str, Item] = {}
        for row, words in rows:
            for one in homes.get(row.series, ()):
                item = Item(row, one.settings, one.zone, words)
                found.setdefault(item.id, item)
        return list(found.values())

    # -- work --

    async def _search(self, file: File, wanted: Wanted) -> set[int]:
        hidden = set(file.head["private"])
        series: set[int] = set()
        for number, piece in self.index.pieces(file):
            for place in wanted.places(piece.decode("utf-8")):
                event = number * PIECE + place
                if event not in hidden and file.series[event]:
                    series.add(file.series[event])
            await asyncio.sleep(0)
        return series

    def _recent(self, one: _Open, file: File, wanted: set[int], start: datetime, end: datetime) -> set[int]:
        """Those of ``wanted`` that may touch the days asked for; the latest begun, if they are too many."""
        first, last = _days(start, end, one.zone)
        begins = {
            series: begin
            for series, begin, stop in zip(file.series, file.firsts, file.lasts, strict=True)
            if series in wanted and begin <= last and stop >= first
        }
        if len(begins) <= MOST_SERIES:
            return set(begins)
        self._crowded.append(
            _(
                "more than {n} events of {shown} fit; the oldest are left out",
                n=MOST_SERIES,
                shown=file.head["shown"],
            )
        )
        return set(sorted(begins, key=lambda series: begins[series], reverse=True)[:MOST_SERIES])

    async def _lay_out(
        self, one: _Open, file: File, wanted: set[int], start: datetime, end: datetime
    ) -> None:
        self._seen[file.id] = wanted
        first, last = _days(start, end, one.zone)
        known = self.index.coverage() if wanted else {}
        todo = [
            id_
            for id_ in wanted
            if not ((days := known.get(id_)) is not None and days[0] <= first and days[1] >= last)
        ]
        if not todo:
            return
        numbers = _numbers(file, set(todo))
        texts = _Texts(self.index, file)
        zones = Zones(file.head["zones"])
        done: list[tuple[int, int, int, Expansion]] = []
        saved = time.monotonic()
        # In the order of the file, so that each piece of text is read once.
        for id_ in sorted(todo, key=lambda id_: numbers[id_][0]):
            old = known.get(id_, (first, last))
            begin, stop = min(first, old[0]), max(last + AHEAD, old[1])
            result = expand(
                [texts[number] for number in numbers[id_]],
                *(zones, one.zone, date.fromordinal(begin), date.fromordinal(stop)),
                cancelled=file.head["cancelled"],
            )
            done.append((id_, begin, stop, result))
            if time.monotonic() - saved > _SAVE_EVERY:
                self.index.put_series(done)
                done.clear()
                saved = time.monotonic()
            await asyncio.sleep(0)
        self.index.put_series(done)
        strange = sorted(zones.unknown | set(file.head.get("strange", ())))
        if strange != file.head.get("strange", []):
            file.head["strange"] = strange
            self.index.put_head(file)

    # -- what was left out --

    def refused(self) -> tuple[Refusal, ...]:
        """Events that could not be read, each reason once."""
        counted: dict[str, list[tuple[int, str]]] = {}
        unusable = self.index.refusals()
        for one in self._open:
            for file in one.files:
                shown = file.head["shown"]
                for why, (count, line) in file.head["problems"].items():
                    counted.setdefault(why, []).append(
                        (count, _("{shown} line {line}", shown=shown, line=str(line)))
                    )
                bad = unusable.keys() & self._seen.get(file.id, set())
                numbers = _numbers(file, bad) if bad else {}
                for id_ in bad:
                    for number, why in unusable[id_]:
                        line = file.lines[numbers[id_][number]]
                        counted.setdefault(why, []).append(
                            (1, _("{shown} line {line}", shown=shown, line=str(line)))
                        )
        return tuple(
            Refusal(sum(count for count, _ in places), why, min(places, key=_natural)[1])
            for why, places in counted.items()
        )

    def failure(self) -> Failure | None:
        """The calendars and files that could not be read, told as the first of them."""
        failed = [(calendar, trouble) for calendar, trouble in self.troubles if not trouble.limit]
        if not failed:
            return None
        names = list(
            dict.fromkeys(one.label if self.failed(one) else trouble.shown for one, trouble in failed)
        )
        error = failed[0][1].error
        what = _("{name} could not be read: {what}", name=names[0], what=error.what)
        if len(names) > 1:
            what = _("{n} calendars could not be read: {names}", n=len(names), names=", ".join(names))
        told = type(error)(what, mend=error.mend, field=error.field, retry_at=error.retry_at)
        return told.failure()

    def notices(self) -> list[str]:
        """What the reader must know of these calendars as a whole."""
        limits = [trouble for _calendar, trouble in self.troubles if trouble.limit]
        said = [_("{shown}: {what}", shown=one.shown, what=one.error.what) for one in limits]
        said.extend(self._crowded)
        for one in self._open:
            for file in one.files:
                shown = file.head["shown"]
                if file.head["recoded"]:
                    said.append(
                        _n(
                            "{n} event of {shown} is not in UTF-8, read as Latin-1",
                            "{n} events of {shown} are not in UTF-8, read as Latin-1",
                        ).of(file.head["recoded"], shown=shown)
                    )
                if strange := file.head.get("strange"):
                    zones = ", ".join(strange[:3])
                    said.append(
                        _(
                            "{shown} names time zones that nobody knows ({zones}): taken as {zone}",
                            shown=shown,
                            zones=zones,
                            zone=one.zone,
                        )
                    )
        return said

    @property
    def is_empty(self) -> bool:
        """Whether there is no calendar at all to answer from."""
        return not any(one.files for one in self._open)

    def failed(self, calendar: CalendarSettings) -> bool:
        """Whether nothing of a calendar could be read."""
        return not any(one.files for one in self._open if one.settings is calendar)


class _Texts:
    """The text of single events; holds the last few pieces it had to read."""

    _HELD = 4

    def __init__(self, index: Index, file: File) -> None:
        self._index = index
        self._file = file
        self._pieces: dict[int, list[bytes]] = {}

    def __getitem__(self, number: int) -> bytes:
        piece, place = divmod(number, PIECE)
        if piece not in self._pieces:
            body = self._index.piece(self._file, piece)
            if body is None:
                raise IndexLost
            if len(self._pieces) >= self._HELD:
                del self._pieces[next(iter(self._pieces))]
            self._pieces[piece] = body.split(BETWEEN)
        return self._pieces[piece][place]


def _numbers(file: File, wanted: set[int] | frozenset[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for number, series in enumerate(file.series):
        if series in wanted:
            found.setdefault(series, []).append(number)
    return found


def _is_beneath(name: str, places: Iterable[str]) -> bool:
    """Whether a file is one of ``places``, or in a folder among them."""
    return any(name == place or name.startswith(place + os.sep) for place in places)


def _days(start: datetime, end: datetime, zone: tzinfo) -> tuple[int, int]:
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    return (first - timedelta(days=1)).toordinal(), (last + timedelta(days=1)).toordinal()


def _seconds(when: datetime) -> int:
    return int(when.timestamp())


def _age(file: File) -> tuple[int, str]:
    """Newest file first; addresses have no age."""
    changed = file.state.partition("|")[0].split(".")
    return (-int(changed[1]) if len(changed) == 3 else 0, file.name)


def _natural(place: tuple[int, str]) -> tuple[str, int]:
    name, _, line = place[1].rpartition(" line ")
    return (name, int(line)) if name and line.isdigit() else (place[1], 0)
