"""For each kind of record: which fields a new adapter begins with, and what its sample tells of them.

Theirs are invented, as all people and companies are; the author replaces them by what the source has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from salesprep.adapter import Kind
from salesprep.adapter.manifest import Lookup

CUSTOMER, OTHER = "Van Dijk Machinebouw", "Kaas & Co"
DOMAINS = {CUSTOMER: "vandijk.example", OTHER: "kaas.example"}
IDS = {CUSTOMER: "1042", OTHER: "1077"}
MAILS = {CUSTOMER: "r.smit@vandijk.example", OTHER: "k.vos@kaas.example"}
HANDLES = {CUSTOMER: "rob-smit-x", OTHER: "kim-vos-x"}
NOW = "2026-11-23T13:21:00+01:00"
"""The sample's clock."""

KEYS: Mapping[Lookup, tuple[str, str]] = {
    "name": ("organisation", "customer"),
    "domain": ("domains", "domain"),
    "id": ("account_id", "customer_id"),
    "email": ("emails", "mail"),
    "handle": ("handles", "handle"),
}
"""What says whose a record is: our name for it, and theirs."""
_WHOSE = {"customer": {who: who for who in DOMAINS}, "domain": DOMAINS, "customer_id": IDS}
_WHOSE |= {"mail": MAILS, "handle": HANDLES}

Value = str | int | bool
Paths = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a kind begins with."""

    titles: tuple[str, str, str, str]
    """Three of the customer, one of somebody else; newest first."""
    fields: Mapping[str, Paths]
    """Ours to theirs, beyond what all have."""
    values: Mapping[str, tuple[Value, Value, Value, Value]]
    """Theirs, one for each title."""


def _days(*days: str, time: str = "09:30") -> tuple[str, str, str, str]:
    first, second, third, other = (f"2026-{day}T{time}:00+01:00" for day in days)
    return first, second, third, other


_AMOUNTS = (18400, 920, 14250, 3100)
_EURO = ("EUR", "EUR", "EUR", "EUR")

BEGINNINGS: Mapping[Kind, Beginning] = {
    Kind.ACCOUNT: Beginning(
        (CUSTOMER, f"{CUSTOMER} Service", f"{CUSTOMER} Genk", OTHER),
        {"owner": "owner"},
        {"owner": ("Anna de Boer", "Anna de Boer", "J. Jansen", "Anna de Boer")},
    ),
    Kind.PERSON: Beginning(
        ("Rob Smit", "Ada Vos", "Joost Visser", "Kim Vos"),
        {"position": "job"},
        {"job": ("Head of maintenance", "Buyer", "Director", "Buyer")},
    ),
    Kind.ACTIVITY: Beginning(
        ("Call on line 4", "Mail on the offer", "Visit to Genk", "Call on the invoice"),
        {"at": "at", "type": "type"},
        {"at": _days("11-12", "11-02", "10-14", "11-17"), "type": ("phone", "mail", "visit", "phone")},
    ),
    Kind.TASK: Beginning(
        ("Send the manual", "Call Ada back", "Plan the service day", "Send the new price list"),
        {"due": "due", "done": "done"},
        {
            "due": ("2026-11-27", "2026-11-24", "2026-12-03", "2026-11-30"),
            "done": (False, False, True, False),
        },
    ),
    Kind.OPPORTUNITY: Beginning(
        ("Rebuild of line 4", "Service contract", "LX-200", "Cheese press"),
        {"stage": "stage", "amount": ("amount", "currency"), "closes": "closes"},
        {
            "stage": ("offer sent", "talking", "offer sent", "talking"),
            "amount": _AMOUNTS,
            "currency": _EURO,
            "closes": ("2026-12-01", "2027-01-15", "2027-02-01", "2026-12-20"),
        },
    ),
    Kind.CONTRACT: Beginning(
        ("Service, line 4", "Service, line 2", "Spare parts", "Service, press"),
        {"starts": "starts", "ends": "ends", "amount": ("amount", "currency")},
        {
            "starts": ("2026-01-01", "2025-01-01", "2024-01-01", "2026-03-01"),
            "ends": ("2027-12-31", "2026-12-31", "2026-12-31", "2027-02-28"),
            "amount": _AMOUNTS,
            "currency": _EURO,
        },
    ),
    Kind.ORDER: Beginning(
        ("Pump, 2 pieces", "Seals", "Motor", "Cutting wire"),
        {"at": "at", "status": "status", "amount": ("amount", "currency")},
        {
            "at": _days("11-09", "10-20", "09-30", "11-11"),
            "status": ("in delivery", "delivered", "delivered", "in delivery"),
            "amount": _AMOUNTS,
            "currency": _EURO,
        },
    ),
    Kind.INVOICE: Beginning(
        ("2026-311", "2026-287", "2026-240", "2026-315"),
        {"at": "at", "due": "due", "outstanding": ("outstanding", "currency")},
        {
            "at": _days("11-10", "10-22", "10-01", "11-12"),
            "due": ("2026-12-10", "2026-11-21", "2026-10-31", "2026-12-12"),
            "outstanding": (18400, 920, 0, 3100),
            "currency": _EURO,
        },
    ),
    Kind.TICKET: Beginning(
        ("Pump 3 leaks", "Noise in line 4", "Manual in German?", "Invoice address"),
        {"at": "opened", "open": "open"},
        {"opened": _days("11-12", "11-02", "10-14", "11-17"), "open": (True, True, False, True)},
    ),
    Kind.MEETING: Beginning(
        ("Talk on line 4", "Service day", "Visit of the year", "Tasting"),
        {"start": "start", "end": "end", "place": "place"},
        {
            "start": _days("11-25", "11-27", "12-02", "11-26"),
            "end": _days("11-25", "11-27", "12-02", "11-26", time="11:00"),
            "place": ("Eindhoven", "Eindhoven", "Genk", "Utrecht"),
        },
    ),
    Kind.DOCUMENT: Beginning(
        ("Rebuild of line 4", "Who is who", "Report of a visit", "Report of a tasting"),
        {"updated_at": "changed", "snippet": "text"},
        {
            "changed": _days("11-18", "10-30", "09-11", "11-16"),
            "text": ("Begins in January.", "Rob decides.", "They want one supplier.", "They liked it."),
        },
    ),
    Kind.POST: Beginning(
        ("New line opened", "We are hiring", "Fair in Hannover", "New cheese"),
        {"at": "at", "text": "text"},
        {
            "at": _days("11-19", "11-03", "10-08", "11-14"),
            "text": ("Line 4 runs.", "Two fitters wanted.", "Meet us in hall 9.", "Try it."),
        },
    ),
}


def whose_columns(kind: Kind, lookups: tuple[Lookup, ...]) -> dict[Lookup, str]:
    """Their field that says whose a record of ``kind`` is, for each look-up."""
    columns = {lookup: KEYS[lookup][1] for lookup in lookups}
    if kind is Kind.ACCOUNT and "id" in columns:
        columns["id"] = "id"
    return columns


def fields_of(kind: Kind, lookups: tuple[Lookup, ...]) -> dict[str, Paths]:
    """Ours to theirs, all of them: what a ``Fields`` declares."""
    told: dict[str, Paths] = {"id": "id", "title": "title", "url": "url", **BEGINNINGS[kind].fields}
    told |= {KEYS[lookup][0]: theirs for lookup, theirs in whose_columns(kind, lookups).items()}
    if kind is not Kind.PERSON:
        told.pop("handles", None)
    if kind is Kind.ACCOUNT:
        told.pop("account_id", None)
    return told


def rows_of(kind: Kind, lookups: tuple[Lookup, ...]) -> tuple[dict[str, Value], ...]:
    """The sample's rows as the source would give them: three of the customer, one of the other."""
    beginning = BEGINNINGS[kind]
    first, last = 0, len(beginning.titles) - 1
    rows = []
    for number, title in enumerate(beginning.titles):
        who = OTHER if number == last else CUSTOMER
        own = f"{kind.value[:3].upper()}-{31 + number}"
        if kind is Kind.ACCOUNT and number in (first, last):
            own = IDS[who]
        row: dict[str, Value] = {"id": own, "title": title, "url": f"https://source.ons.example/{kind}/{own}"}
        row |= {name: values[number] for name, values in beginning.values.items()}
        row |= {name: _WHOSE[name][who] for name in whose_columns(kind, lookups).values() if name != "id"}
        rows.append(row)
    return tuple(rows)
