"""Adapters and a calendar that stand in for real ones: what is recognised in them is known beforehand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MANIFEST = """
name = "{name}"
title = "{name}"
version = "1.0"
contract = "1.0"
class = "It"
kinds = ["account"]
lookups = ["name", "domain", "id"]
abilities = ["find", "fetch", "recognise"]
asks_as = "none"
"""

SHEET = '''
"""A stand-in for tables: a file that begins with SHEET."""

from salesprep.adapter import Account, Adapter, Keys, Page
from salesprep.adapter.config import Config, LocalPath
from salesprep.adapter.proposal import Choice, Proposal


class It(Adapter):
    class Config(Config):
        path: LocalPath
        columns: dict[str, str] = {}

    @classmethod
    def recognise(cls, given):
        if not given.head.startswith(b"SHEET"):
            return ()
        header = tuple(given.head.decode().splitlines()[1].split(";"))
        guess = {"title": header[0], "city": header[1]}
        return (Proposal(
            name="crm", title="CRM", what="a table: 214 rows, looks like customers", sure="certain",
            config={"path": str(given.path), "columns": guess}, question="which column is what?",
            choices=(
                Choice(key="columns.title", label="name", value=header[0], options=header, needed=True),
                Choice(key="columns.city", label="place", value=header[1], options=header),
            ),
        ),)

    async def find(self, query, request):
        return Page((Account(
            id="1042", title="Van Dijk Machinebouw", fetched_at=request.now(), no_url_reason="a table",
            keys=Keys(account_id="1042", organisation="Van Dijk Machinebouw", domains=("vandijk.example",)),
        ),))

    async def fetch(self, query, kind, cursor, request):
        return await self.find(query, request)
'''

EXPORT = '''
"""A stand-in for exports: a file that begins with EXPORT; one that begins with CUT is cut off."""

from salesprep.adapter import Adapter, BadData, Page
from salesprep.adapter.config import Config, LocalPath
from salesprep.adapter.proposal import Me, Proposal


class It(Adapter):
    class Config(Config):
        exports: list[LocalPath]

    @classmethod
    def recognise(cls, given):
        if given.head.startswith(b"CUT"):
            raise BadData(f"{given.path.name} ends in the middle", mend="download it once more")
        if not given.head.startswith(b"EXPORT"):
            return ()
        return (Proposal(
            name="linkedin", title="LinkedIn", what="your LinkedIn file, 612 people", sure="certain",
            config={"exports": [str(given.path)]}, unites="exports",
            me=Me(name="Anna de Boer", emails=("anna@ons.example",)),
            notice="changes show from your second file on",
        ),)

    async def fetch(self, query, kind, cursor, request):
        return Page()
'''


def event(day: datetime, *people: str) -> str:
    return "\r\n".join(
        [
            "BEGIN:VEVENT",
            f"UID:{day:%j%H}{len(people)}",
            f"DTSTART:{day:%Y%m%dT%H0000Z}",
            f"DTEND:{day + timedelta(hours=1):%Y%m%dT%H0000Z}",
            "SUMMARY:Kwartaalbezoek",
            *(f"ATTENDEE:mailto:{one}" for one in people),
            "END:VEVENT",
            "",
        ]
    )


def calendar() -> str:
    """Anna's, with a visit tomorrow."""
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    back = [tomorrow - timedelta(days=7 * n) for n in range(1, 6)]
    events = [event(day, "anna@ons.example", f"x@c{n}.example") for n, day in enumerate(back)]
    visit = event(tomorrow, "anna@ons.example", "r.smit@vandijk.example")
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(events)}{visit}END:VCALENDAR\r\n"
