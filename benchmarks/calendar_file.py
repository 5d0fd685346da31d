"""A big calendar to measure with: seeded, so that every run reads the same file."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from pathlib import Path

CUSTOMER = "Van Dijk Machinebouw B.V."
CUSTOMER_DOMAIN = "vandijk.example"

_NAMES = ("Anna", "Mehmet", "Zoë", "Piet", "Ingrid", "Łukasz", "Sofie", "Jürgen")
_FAMILIES = ("Bakker", "Yılmaz", "de Vries", "Jansen", "Smit", "Nowak", "Müller", "Aarts")
_RULES = (
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;BYDAY=MO,TH",
    "FREQ=WEEKLY;BYDAY=FR",
    "FREQ=MONTHLY;BYMONTHDAY=12",
    "FREQ=MONTHLY;BYDAY=2TU",
    "FREQ=WEEKLY;INTERVAL=2",
    "FREQ=YEARLY",
)
_TEXT = (
    "Agenda: voortgang, planning van het onderhoud, openstaande punten en de afspraken van de vorige keer. "
    "Neem de tekeningen mee en stuur vooraf de lijst met onderdelen rond aan alle deelnemers.\\n"
)


def write(path: Path, today: date, *, events: int = 20_000, series: int = 2_000, seed: int = 7) -> None:
    """``events`` events over nine years around ``today``, of which ``series`` repeat without end.

    One in 317 is with :data:`CUSTOMER`; every fifth series has one moved instance.
    """
    dice = random.Random(seed)
    first = datetime(today.year - 6, 1, 4)
    every = max(1, events // series)
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//salesprep//benchmark//EN\r\n")
        for n in range(events):
            start = first + timedelta(days=dice.randrange(9 * 365), hours=dice.randrange(8, 18))
            repeats = n % every == 0
            rule = dice.choice(_RULES) if repeats else None
            customer = n % 317 == 0
            out.write(_event(dice, n, start, rule, customer, None))
            if repeats and (n // every) % 5 == 0:
                out.write(_event(dice, n, start + timedelta(hours=1), None, customer, start))
        out.write("END:VCALENDAR\r\n")


def _event(
    dice: random.Random, n: int, start: datetime, rule: str | None, customer: bool, slot: datetime | None
) -> str:
    domain = CUSTOMER_DOMAIN if customer else f"firm{dice.randrange(2_000)}.example"
    stamp = "%Y%m%dT%H%M%S"
    lines = [
        "BEGIN:VEVENT",
        f"UID:event-{n}@ours.example",
        f"DTSTAMP:{start:{stamp}}Z",
        f"DTSTART;TZID=Europe/Amsterdam:{start:{stamp}}",
        f"DTEND;TZID=Europe/Amsterdam:{start + timedelta(hours=1):{stamp}}",
        f"SUMMARY:Overleg {n} {CUSTOMER if customer else dice.choice(_FAMILIES)}",
        f"LOCATION:Zaal {dice.randrange(40)}",
        f"DESCRIPTION:{_TEXT[: 20 + n % 60]}",
        "ORGANIZER;CN=Anna Bakker:mailto:anna@ours.example",
    ]
    for _ in range(dice.randrange(1, 3)):
        name = f"{dice.choice(_NAMES)} {dice.choice(_FAMILIES)}"
        lines.append(
            f'ATTENDEE;CN="{name}";PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:'
            f"mailto:person{dice.randrange(500)}@{domain}"
        )
    if rule is not None:
        lines.append(f"RRULE:{rule}")
    if slot is not None:
        lines.append(f"RECURRENCE-ID;TZID=Europe/Amsterdam:{slot:{stamp}}")
    lines.append("END:VEVENT")
    return "".join(_fold(line) + "\r\n" for line in lines)


def _fold(line: str) -> str:
    return "\r\n ".join(line[at : at + 70] for at in range(0, len(line), 70))
