"""Big LinkedIn exports to measure with, all invented: seeded, so that every run reads the same file."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

CUSTOMER = "Van Dijk Machinebouw B.V."
OWNER = "Anna Bakker"

_NAMES = (
    "Anna",
    "Mehmet",
    "Zoë",
    "Piet",
    "Ingrid",
    "Łukasz",
    "Sofie",
    "Jürgen",
    "Ruben",
    "Karin",
    "Tom",
    "Lotte",
    "Ewa",
    "Noor",
    "Sven",
)
_FAMILIES = (
    "Bakker",
    "Yılmaz",
    "de-Vries",
    "Jansen",
    "Smit",
    "Nowak",
    "Müller",
    "Aarts",
    "Vos",
    "Peeters",
    "Brink",
    "Mulder",
    "Öberg",
)
_PLACES = (
    "Noord",
    "Zuid",
    "Oost",
    "West",
    "Klein",
    "Groot",
    "Nieuw",
    "Oud",
    "Hoog",
    "Laag",
    "Boven",
    "Beneden",
    "Rijn",
    "Maas",
    "Waal",
)
_TRADES = (
    "pomp",
    "staal",
    "hout",
    "glas",
    "techniek",
    "bouw",
    "water",
    "zorg",
    "data",
    "licht",
    "metaal",
    "papier",
    "verf",
    "media",
)
_FORMS = ("B.V.", "GmbH", "", "", "", "Group", "N.V.", "& Co", "Ltd")
_JOBS = (
    "Plant manager",
    "Buyer",
    "CFO",
    "Maintenance lead",
    "Sales director, Benelux",
    "Founder",
    "Engineer",
)
_HEADER = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
_TALK_HEADER = (
    *("CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS"),
    *("DATE", "SUBJECT", "CONTENT", "FOLDER", "ATTACHMENTS", "IS MESSAGE DRAFT"),
)
_PREAMBLE = 'Notes:\n"When exporting, you may notice that some of the email addresses are missing."\n\n'


def write(
    folder: Path, day: date, *, people: int = 30_000, messages: int = 0, moved: float = 0.0, seed: int = 7
) -> Path:
    """An export of ``day`` as a zip in ``folder``; one of 600 people is at :data:`CUSTOMER`.

    ``moved``: the share of people who are somewhere else than in the export with ``moved=0``.
    """
    path = folder / f"Basic_LinkedInDataExport_{day:%m-%d-%Y}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Connections.csv", _PREAMBLE + _table(_HEADER, _people(people, moved, seed)))
        archive.writestr("Profile.csv", _table(("First Name", "Last Name"), [OWNER.split()]))
        if messages:
            archive.writestr("messages.csv", _table(_TALK_HEADER, _talks(messages, people, day, seed)))
    return path


def _table(header: Sequence[str], rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def _people(people: int, moved: float, seed: int) -> Iterator[Sequence[str]]:
    dice, other = random.Random(seed), random.Random(seed + 1)
    companies = [
        f"{dice.choice(_PLACES)}{dice.choice(_TRADES)} {dice.choice(_FAMILIES)} {dice.choice(_FORMS)}".strip()
        for _ in range(people // 2)
    ]
    first = date(2008, 1, 1)
    for n in range(people):
        name, family = dice.choice(_NAMES), dice.choice(_FAMILIES).replace("-", " ")
        # Half of all are at the few large firms, as it is.
        large = int(dice.paretovariate(0.7)) % len(companies)
        company = companies[large] if dice.random() < 0.5 else dice.choice(companies)
        job, on = dice.choice(_JOBS), first + timedelta(days=dice.randrange(6_500))
        mail = f"person{n}@firm{dice.randrange(900)}.example" if n % 12 == 0 else ""
        if other.random() < moved:
            company = other.choice(companies)
        if n % 600 == 0:
            company = CUSTOMER
        if n % 200 == 199:
            yield ("", "", "", "", "", "", f"{on:%d %b %Y}")
            continue
        yield (name, family, _address(n), mail, company, job, f"{on:%d %b %Y}")


def _talks(messages: int, people: int, day: date, seed: int) -> Iterator[Sequence[str]]:
    dice = random.Random(seed)
    at = datetime(day.year, day.month, day.day)
    me = "https://www.linkedin.com/in/invented-anna-bakker"
    for _ in range(messages):
        at -= timedelta(minutes=dice.randrange(400))
        who = dice.randrange(people // 3) * 3
        names, urls = (OWNER, f"Person {who}"), (me, _address(who))
        if dice.random() < 0.5:
            names, urls = names[::-1], urls[::-1]
        text = "Dank voor het gesprek,\nik stuur de stukken na.\n" * dice.randrange(1, 6)
        yield (
            *(f"2-invented{who}==", "", names[0], urls[0], names[1], urls[1]),
            *(f"{at:%Y-%m-%d %H:%M:%S} UTC", "", text, "INBOX", "", "No"),
        )


def _address(n: int) -> str:
    return f"https://www.linkedin.com/in/invented-person-{n}"
