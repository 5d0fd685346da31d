"""Exports written to real files, read by the adapter as the host would have it. Everybody is invented."""

from __future__ import annotations

import csv
import io
import logging
import time
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from adapters.linkedin_export.adapter import LinkedInExport
from salesprep.adapter import Account, Activity, Kind, Page, Person, Query, Record, Request
from tests.adapters.no_http import NoHttp

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 23, 13, 21, tzinfo=AMSTERDAM)

HEADER = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
TALK_HEADER = (
    *("CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS"),
    *("DATE", "SUBJECT", "CONTENT", "FOLDER"),
)
PREAMBLE = 'Notes:\n"When exporting, you may notice that some of the email addresses are missing."\n\n'
OLDER = "Basic_LinkedInDataExport_10-18-2026.zip"
NEWER = "Basic_LinkedInDataExport_11-21-2026.zip"

Row = Sequence[str]


@dataclass
class Desk:
    """One source, as its user has it: exports in a folder, a clock, a folder for what is kept."""

    folder: Path
    store: Path | None
    now: datetime = NOW
    settings: dict[str, Any] = field(default_factory=dict)
    adapter: LinkedInExport | None = None

    # -- writing --

    @staticmethod
    def row(
        name: str, company: str, position: str = "Buyer", *, slug: str | None = None, **others: str
    ) -> list[str]:
        """A row of Connections.csv; the slug is made of the name."""
        first, _, last = name.partition(" ")
        made = slug if slug is not None else f"{'-'.join(name.lower().split())}-invented"
        url = f"https://www.linkedin.com/in/{made}" if made else ""
        on = others.get("on", "02 Sep 2020")
        return [first, last, others.get("url", url), others.get("email", ""), company, position, on]

    @staticmethod
    def table(header: Row, rows: Sequence[Row], **form: Any) -> str:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator=form.pop("lineterminator", "\n"), **form)
        writer.writerow(header)
        writer.writerows(rows)
        return out.getvalue()

    def connections(self, *rows: Row) -> str:
        """As LinkedIn writes it: a preamble, no last line break."""
        return PREAMBLE + self.table(HEADER, rows).removesuffix("\n")

    def zip(self, name: str, files: Mapping[str, str | bytes]) -> Path:
        path = self.folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for inner, content in files.items():
                archive.writestr(inner, content)
        return path

    def export(self, *rows: Row, name: str = NEWER, **files: str | bytes) -> Path:
        """A zip with these connections; ``messages="…"`` becomes ``messages.csv``."""
        others = {f"{key.replace('_', ' ')}.csv": content for key, content in files.items()}
        return self.zip(name, {"Connections.csv": self.connections(*rows), **others})

    def raw(self, content: str | bytes, name: str = NEWER) -> Path:
        """A zip whose Connections.csv is exactly this."""
        return self.zip(name, {"Connections.csv": content})

    # -- asking --

    def opens(self, *exports: Path, **settings: Any) -> LinkedInExport:
        """A fresh start of the program: a new adapter object, the same kept files."""
        table = {"exports": [str(one) for one in exports or (self.folder,)], **self.settings, **settings}
        config = LinkedInExport.Config.model_validate(table, context={"settings": self.folder})
        self.adapter = LinkedInExport(config)
        return self.adapter

    def request(self, seconds: float = 60.0) -> Request:
        now = self.now
        log = logging.getLogger("tests.linkedin_export")
        return Request(lambda: now, time.monotonic() + seconds, NoHttp(), log, "me", self.store)

    def find(self, *names: str, ids: Sequence[str] = ()) -> Page[Account]:
        return (self.adapter or self.opens()).find(Query(names=names, ids=tuple(ids)), self.request())

    def fetch(
        self, kind: Kind, *names: str, ids: Sequence[str] = (), cursor: str | None = None
    ) -> Page[Record]:
        adapter = self.adapter or self.opens()
        return adapter.fetch(Query(names=names, ids=tuple(ids)), kind, cursor, self.request())

    def people(self, *names: str, ids: Sequence[str] = ()) -> list[Person]:
        return cast("list[Person]", list(self.fetch(Kind.PERSON, *names, ids=ids).records))

    def talks(self, *names: str) -> list[Activity]:
        return cast("list[Activity]", list(self.fetch(Kind.ACTIVITY, *names).records))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    store = tmp_path / "index"
    store.mkdir(mode=0o700)
    folder = tmp_path / "exports"
    folder.mkdir()
    return Desk(folder, store)


@pytest.fixture
def older() -> str:
    """The name of an export of 18 October 2026."""
    return OLDER


@pytest.fixture
def talk_table(desk: Desk) -> Any:
    """Makes messages.csv of rows ``(conversation, from, to, date, text)``; Anna Bakker is the member."""

    def make(*rows: tuple[str, str, str, str, str], **form: Any) -> str:
        def url(name: str) -> str:
            slug = "-".join(name.lower().split())
            return f"https://www.linkedin.com/in/{slug}-invented" if name else ""

        return desk.table(
            TALK_HEADER,
            [
                (
                    *(talk, "", who, url(who), to, ",".join(url(one) for one in to.split(","))),
                    *(at, "", text, "INBOX"),
                )
                for talk, who, to, at, text in rows
            ],
            **form,
        )

    return make


@pytest.fixture
def profile() -> str:
    """Profile.csv of the member."""
    return "First Name,Last Name,Headline\nAnna,Bakker,Account manager\n"
