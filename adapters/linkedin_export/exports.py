"""The exports of a source, opened one after the other and put in order: what each holds, and of which day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from adapters.linkedin_export import dates
from adapters.linkedin_export.archive import AGAIN, NoExport, Opened, opened
from adapters.linkedin_export.connections import newest_day
from adapters.linkedin_export.survey import Place, Trouble, unreadable
from salesprep.adapter import BadData, ConfigInvalid, DeadlineExceeded, Request, SourceError
from salesprep.adapter.words import _

_HEAD = 64 * 1024
_TELLING = (b"Connections.csv", b"messages.csv", b"Email Addresses.csv")


@dataclass(frozen=True, slots=True)
class Export:
    """One export."""

    path: Path
    day: date
    """Of which it is."""
    parts: frozenset[str]
    """What it holds, of :data:`adapters.linkedin_export.archive.NAMES`."""
    made: date | None = None
    """When its files were made, as the archive or the folder says: tells two exports of one day apart."""

    @property
    def shown(self) -> str:
        """In messages."""
        return self.path.name or str(self.path)


def in_order(places: Iterable[Place], troubles: list[Trouble], request: Request) -> list[Export]:
    """The exports among ``places``, newest first; what cannot be read goes to ``troubles``.

    Raises:
        DeadlineExceeded: there is no time left.
    """
    found = []
    today = request.now().date()
    for place in places:
        try:
            with opened(place.path) as export:
                day = day_of(place.path, export, today, request.deadline)
                made = max(export.days, default=None)
                found.append(Export(place.path, day, frozenset(export.parts), made))
        except NoExport:
            if place.named:
                troubles.append(Trouble(place.path.name, no_export(place.path), place.path))
        except DeadlineExceeded:
            raise
        except SourceError as error:
            if place.named or is_half_export(place.path):
                troubles.append(Trouble(place.path.name, error, place.path))
        except OSError as error:
            troubles.append(Trouble(place.path.name, unreadable(place.path, error), place.path))
    found.sort(key=lambda one: (one.day, one.made or date.min, one.path.name), reverse=True)
    return found


def with_part(exports: Iterable[Export], name: str) -> Iterator[Export]:
    """Those that hold it, one of each day: two files of one day tell no difference."""
    days = set()
    for export in exports:
        if name in export.parts and export.day not in days:
            days.add(export.day)
            yield export


def day_of(path: Path, export: Opened, today: date, deadline: float) -> date:
    """The day of an export: as LinkedIn wrote it into the name, else the last day that is told in it, else
    that of its files.

    Raises:
        BadData, DeadlineExceeded: the connections cannot be read.
    """
    for name in (path.name, export.folder):
        day = dates.day_in_name(name)
        # A zone ahead of ours may be a day further.
        if day is not None and day <= today + timedelta(days=1):
            return min(day, today)
    told = newest_day(export.parts["connections"], deadline, today) if "connections" in export.parts else None
    return told or max((day for day in export.days if day <= today), default=today)


def is_half_export(path: Path) -> bool:
    """Whether a damaged file was an export of LinkedIn's: by its name, or by what begins in it."""
    if "linkedin" in path.name.lower():
        return True
    try:
        with path.open("rb") as file:
            return looks_like(file.read(_HEAD))
    except OSError:
        return False


def looks_like(head: bytes) -> bool:
    """Whether a zip begins as an export does."""
    return head.startswith(b"PK") and any(name in head for name in _TELLING)


def no_export(path: Path) -> SourceError:
    """What to say of a path that the settings call an export."""
    if path.suffix.lower() == ".zip":
        return BadData(_("{name} is no data export of LinkedIn's", name=path.name), mend=AGAIN)
    return ConfigInvalid(
        _("{name} is no data export of LinkedIn's", name=path.name), mend=_('correct the setting "exports"')
    )
