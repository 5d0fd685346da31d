"""The sample's LinkedIn files: two of a member's own data exports, in the form of autumn 2026.

The names of files and columns, the preamble, dates in four forms, quoting, the missing last line
break: as the real files have them, so that what reads the sample reads a member's own file.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from salesprep.adapter.names import fold
from salesprep.sample.connections import CONNECTIONS, HIDDEN, MESSAGES, NEWER_FILE, OLDER_FILE, Connection
from salesprep.sample.customers import ANNA
from salesprep.sample.days import Days

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PREAMBLE = (
    'Notes:\n"Most people do not show their email address here, so most of that column is empty; '
    "each of them decides about it in the settings of their own account, and nobody else can."
    '"\n\n'
)
_ME = ("Anna", "de Boer")


def write_linkedin(folder: Path, days: Days) -> None:
    """Write ``Basic_LinkedInDataExport_MM-DD-YYYY.zip`` of each of the two days into ``folder``."""
    folder.mkdir()
    for offset in (OLDER_FILE, NEWER_FILE):
        made = days.any_day(offset)
        with zipfile.ZipFile(
            folder / f"Basic_LinkedInDataExport_{made:%m-%d-%Y}.zip", "w", zipfile.ZIP_DEFLATED
        ) as export:
            for name, text in _files(days, offset).items():
                entry = zipfile.ZipInfo(name, (made.year, made.month, made.day, 4, 12, 0))
                export.writestr(entry, text, zipfile.ZIP_DEFLATED)


def _files(days: Days, offset: int) -> dict[str, str]:
    return {
        "Connections.csv": _PREAMBLE + _connections(days, offset),
        "messages.csv": _messages(days, offset),
        "Invitations.csv": _invitations(days, offset),
        "Profile.csv": _table(
            "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
            "Geo Location,Twitter Handles,Websites,Instant Messengers",
            [(*_ME, "", "", "", "Account manager", "", "Machinery", "", "Amersfoort", "", "", "")],
        ),
        "Positions.csv": _table(
            "Company Name,Title,Description,Location,Started On,Finished On",
            [("Ons", "Account manager", "", "Amersfoort", "Mar 2021", "")],
        ),
        "Email Addresses.csv": _table(
            "Email Address,Confirmed,Primary,Updated On",
            [(ANNA, "Yes", "Yes", _as_typed(datetime(2021, 3, 4, 9, 0, tzinfo=UTC)))],
        ),
        # Column names that come twice: nothing here reads it, and nothing may stumble over it.
        "Ad_Targeting.csv": _table(
            "Member Age,Company Names,Company Names,Company Category",
            [("", "Ons", "Van Dijk Machinebouw", "Machinery")],
        ),
    }


def _connections(days: Days, offset: int) -> str:
    older = offset == OLDER_FILE
    rows = [
        (days.any_day(person.days), _connection(person, older=older))
        for person in CONNECTIONS
        if not (older and person.is_new)
    ]
    rows += [(days.any_day(day), ("",) * 6) for day in HIDDEN]
    rows.sort(key=lambda row: row[0], reverse=True)
    return _table(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
        [(*cells, _connected(day)) for day, cells in rows],
    ).removesuffix("\n")


def _connection(person: Connection, *, older: bool) -> tuple[str, ...]:
    job = person.before if older and person.before is not None else person.job
    return (person.first_name, person.last_name, _profile(person), person.email, job.company, job.position)


def _profile(person: Connection) -> str:
    """An address that nobody has."""
    slug = "-".join(fold(f"{person.first_name} {person.last_name}").split())
    return f"https://www.linkedin.com/in/{slug}-in-the-salesprep-sample"


def _messages(days: Days, offset: int) -> str:
    people = {person.last_name: person for person in CONNECTIONS}
    me, my_profile = " ".join(_ME), "https://www.linkedin.com/in/anna-de-boer-in-the-salesprep-sample"
    rows: list[Sequence[str]] = []
    for message in MESSAGES:
        if message.days > offset:
            continue
        person = people[message.other]
        them = (f"{person.first_name} {person.last_name}", _profile(person))
        sender, receiver = ((me, my_profile), them) if message.by_anna else (them, (me, my_profile))
        at = days.at(message.days, message.clock).astimezone(UTC)
        rows.append(
            (
                message.conversation,
                "",
                *sender,
                *receiver,
                f"{at:%Y-%m-%d %H:%M:%S} UTC",
                message.subject,
                message.text,
                message.folder,
                "",
                "Yes" if message.draft else "No",
                "No",
            )
        )
    rows.sort(key=lambda row: row[6], reverse=True)
    header = (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,"
        "CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT"
    )
    return _table(header, rows, quoted=True)


def _invitations(days: Days, offset: int) -> str:
    # The file holds invitations that were sent in writing; a button pressed at a fair leaves none.
    invited = [person for person in CONNECTIONS if person.invited and person.days <= offset]
    rows = [
        (
            " ".join(_ME),
            f"{person.first_name} {person.last_name}",
            _as_typed(days.at(person.days - 1, "14:37")),
            "",
            "OUTGOING",
            "https://www.linkedin.com/in/anna-de-boer-in-the-salesprep-sample",
            _profile(person),
        )
        for person in invited
    ]
    return _table("From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl", rows)


def _table(header: str, rows: Iterable[Sequence[str]], *, quoted: bool = False) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    writer.writerows(_lines(header, rows))
    return text.getvalue()


def _lines(header: str, rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield header.split(",")
    yield from rows


def _connected(day: date) -> str:
    """``01 Jan 2024``; the file is English, whatever the machine speaks."""
    return f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year}"


def _as_typed(moment: datetime) -> str:
    """``1/29/26, 2:37 PM``, without a zone."""
    hour = moment.hour % 12 or 12
    half = "AM" if moment.hour < 12 else "PM"
    return f"{moment.month}/{moment.day}/{moment.year % 100:02d}, {hour}:{moment.minute:02d} {half}"
