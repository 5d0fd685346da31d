"""Where and when the sample is laid out: one folder per day and first visit, made atomically."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from salesprep.machine import private_folder

ZONE = ZoneInfo("Europe/Amsterdam")

VERSION = "2"
"""Raise it whenever the story or its files change, so that nobody keeps an old one."""

_STANDING = time(13, 21)
_LAST_START = time(16, 0)
_LEAD = timedelta(minutes=40)
_HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Laid:
    """A sample that lies ready."""

    folder: Path
    """Holds ``crm.sqlite``, ``linkedin/``, ``calendars/`` and ``wiki/``."""
    now: Callable[[], datetime]
    """The clock to use with it: the real one, or one that stands."""
    standing: bool
    """The clock stands still; the screen says so."""


def lay_out(cache: Path, now: datetime, clock: Callable[[], datetime] | None = None) -> Laid:
    """Make sure that the sample for ``now`` lies beneath ``cache`` and tell where.

    Args:
        cache: salesprep's cache folder; ``sample/`` is made in it.
        now: the real time, aware.
        clock: the real clock, for as long as the sample's time is the real one.

    A sample of the same day whose first visit is still ahead is used again, so that the visit does
    not move on while somebody looks at it; folders of earlier days are removed.
    """
    local = now.astimezone(ZONE)
    first = first_visit(local)
    standing = first.date() != local.date() or local.time() >= _LAST_START
    home = private_folder(cache / "sample")
    folder = None if standing else _lying_ready(home, local)
    if folder is None:
        folder = home / f"{VERSION}-{first:%Y%m%dT%H%M}"
        if not folder.is_dir():
            _write(home, folder, first)
    _sweep(home, keep=folder)
    if standing:
        stands = datetime.combine(first.date(), _STANDING, ZONE)
        return Laid(folder, lambda: stands, standing=True)
    return Laid(folder, clock or partial(datetime.now, ZONE), standing=False)


def first_visit(local: datetime) -> datetime:
    """When the sample's first visit begins, for a moment in the sample's zone."""
    if _is_working(local.date()) and local.time() < _LAST_START:
        earliest = local + _LEAD
        floor = earliest.replace(minute=earliest.minute // 30 * 30, second=0, microsecond=0)
        return floor if floor == earliest else floor + _HALF_HOUR
    day = local.date() + timedelta(days=1)
    while not _is_working(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(14, 0), ZONE)


def _is_working(day: date) -> bool:
    return day.weekday() < 5


def _lying_ready(home: Path, local: datetime) -> Path | None:
    for folder in sorted(home.glob(f"{VERSION}-{local:%Y%m%d}T*")):
        try:
            first = datetime.strptime(folder.name, f"{VERSION}-%Y%m%dT%H%M").replace(tzinfo=ZONE)
        except ValueError:
            continue
        if first > local:
            return folder
    return None


def _write(home: Path, folder: Path, first: datetime) -> None:
    # Only here, because the story and its writers are needed once a day.
    from salesprep.sample.calendars import write_calendars
    from salesprep.sample.crm import write_crm
    from salesprep.sample.days import Days
    from salesprep.sample.linkedin import write_linkedin
    from salesprep.sample.wiki import write_wiki

    work = Path(tempfile.mkdtemp(prefix=".making-", dir=home))
    try:
        days = Days(first)
        write_crm(work / "crm.sqlite", days)
        write_linkedin(work / "linkedin", days)
        write_calendars(work / "calendars", days)
        write_wiki(work / "wiki", days)
        try:
            work.rename(folder)
        except OSError:
            # Another salesprep was first; its sample is the same.
            if not folder.is_dir():
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _sweep(home: Path, keep: Path) -> None:
    for old in home.iterdir():
        if old != keep and not old.name.startswith(".making-"):
            shutil.rmtree(old, ignore_errors=True)
