"""What an export tells of the member themself: name, mail addresses, and where they worked."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from adapters.linkedin_export.archive import Opened
from adapters.linkedin_export.columns import EMAILS, POSITIONS, PROFILE, Form
from adapters.linkedin_export.sheets import Sheet, read
from salesprep.adapter import DeadlineExceeded, SourceError

_T = TypeVar("_T")

_YES = frozenset(["yes", "true", "ja", "oui", "si", "sí", "1"])
_MOST = 500
"""Own positions or addresses."""


@dataclass(frozen=True, slots=True)
class Job:
    """One position that the member holds or held, in their own words."""

    company: str
    title: str
    started: str
    finished: str
    """``""``: they hold it still."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The member whose export it is."""

    name: str = ""
    emails: tuple[str, ...] = ()
    """The main one first; those that LinkedIn has confirmed."""
    jobs: tuple[Job, ...] = ()

    def plain(self) -> dict[str, Any]:
        """To be kept."""
        return asdict(self)

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Owner:
        """As :meth:`plain` gave it."""
        jobs = tuple(Job(**job) for job in kept["jobs"])
        return cls(kept["name"], tuple(kept["emails"]), jobs)


def read_owner(export: Opened, deadline: float) -> tuple[Owner, list[SourceError]]:
    """All of it that is there, and what is wrong with the files that cannot be read.

    Raises:
        DeadlineExceeded: there is no time left.
    """
    wrong: list[SourceError] = []

    def rows(name: str, form: Form, use: Callable[[Sheet], list[_T]]) -> list[_T]:
        part = export.parts.get(name)
        if part is None:
            return []
        try:
            return read(part.open, form, part.shown, deadline, use)[:_MOST]
        except DeadlineExceeded:
            raise
        except SourceError as error:
            wrong.append(error)
            return []

    name = next(iter(rows("profile", PROFILE, _name)), "")
    emails = tuple(dict.fromkeys(rows("emailaddresses", EMAILS, _emails)))
    return Owner(name, emails, tuple(rows("positions", POSITIONS, _jobs))), wrong


def _name(sheet: Sheet) -> list[str]:
    first, last = sheet.cell("first"), sheet.cell("last")
    names = (html.unescape(f"{first(row).strip()} {last(row).strip()}").strip() for row in sheet.rows())
    return [name for name in names if name][:1]


def _emails(sheet: Sheet) -> list[str]:
    email, confirmed, primary = sheet.cell("email"), sheet.cell("confirmed"), sheet.cell("primary")
    rows = [
        row
        for row in sheet.rows()
        if "@" in email(row) and ("confirmed" not in sheet.columns or confirmed(row).strip().lower() in _YES)
    ]
    rows.sort(key=lambda row: primary(row).strip().lower() not in _YES)
    return [email(row).strip().lower() for row in rows]


def _jobs(sheet: Sheet) -> list[Job]:
    cells = [sheet.cell(name) for name in ("company", "title", "started", "finished")]
    jobs = (Job(*(html.unescape(" ".join(cell(row).split())) for cell in cells)) for row in sheet.rows())
    return [job for job in jobs if job.company]
