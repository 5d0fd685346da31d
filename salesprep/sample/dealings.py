"""What went on between us and the customers, in days from the first visit."""

from __future__ import annotations

from dataclasses import dataclass

from salesprep.sample.customers import (
    ACME,
    ANNA,
    BAKKER,
    BRINK,
    JANSEN,
    KAAS,
    KAAS_LOGISTIEK,
    MULLER,
    STAHL,
    TRANSPORT,
    VAN_DIJK,
    VISSER_BE,
    VISSER_NL,
    WILLEMS,
)


@dataclass(frozen=True, slots=True)
class Talk:
    """A row of the CRM's activities."""

    customer: int
    days: int
    clock: str
    type: str
    title: str
    ours: str
    theirs: tuple[str, ...] = ()
    body: str = ""
    direction: str | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A row of the CRM's tasks."""

    customer: int
    days: int
    text: str
    owner: str
    due: int
    done: bool = False


@dataclass(frozen=True, slots=True)
class Deal:
    """A row of the CRM's opportunities; ``closes`` in days."""

    customer: int
    title: str
    amount: str
    stage: str
    closes: int
    next_step: str = ""
    status: str = "open"


@dataclass(frozen=True, slots=True)
class Case:
    """A row of the CRM's tickets."""

    number: str
    customer: int
    title: str
    priority: str
    opened: int
    contact: str
    closed: int | None = None
    type: str = "question"
    last: tuple[int, str, str, str] | None = None
    """Days, clock, ``us`` or ``them``, the words."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A row of the CRM's contracts, orders or invoices: amounts in euro, days from the visit."""

    customer: int
    title: str
    amount: str
    status: str
    day: int
    end: int
    outstanding: str = "0"


TALKS = (
    Talk(
        VAN_DIJK,
        -10,
        "16:40",
        "phone",
        "onderdeel lijn 4",
        BAKKER,
        ("R. Smit",),
        "wacht op onderdeel",
        direction="out",
    ),
    Talk(VAN_DIJK, -42, "13:00", "visit", "bezoek lijn 4", ANNA, ("R. Smit", "T. Aarts")),
    Talk(VAN_DIJK, -56, "11:15", "mail", "LX-200, offerte", ANNA, ("K. Vos",), direction="out"),
    Talk(KAAS, -21, "10:00", "visit", "rondgang nieuwe lijn", ANNA, ("D. Mulder",)),
    Talk(KAAS, -63, "15:10", "phone", "vraag over reiniging", ANNA, ("D. Mulder",), direction="in"),
    Talk(KAAS_LOGISTIEK, -5, "09:05", "mail", "temperatuurlog", WILLEMS, ("E. Prins",), direction="in"),
    Talk(ACME, -33, "14:00", "mail", "datasheet S-40", ANNA, ("V. De Smet",), direction="out"),
    Talk(BRINK, -28, "10:00", "visit", "servicebezoek", JANSEN, ("P. Brink",)),
    Talk(TRANSPORT, -3, "08:30", "phone", "laadklep", WILLEMS, ("G. van Dijk",)),
    Talk(
        MULLER,
        -7,
        "11:30",
        "phone",
        "Rahmenvertrag",
        WILLEMS,
        ("Jürgen Großmann",),
        "Rückruf nach der Messe gewünscht",
    ),
    Talk(STAHL, -14, "09:45", "mail", "reservdelar till LX-200", ANNA, ("Åsa Öberg",), direction="in"),
    Talk(VISSER_NL, -90, "13:30", "note", "wil prijs voor kraan 3", ANNA, ("J. Visser",)),
    Talk(VISSER_BE, -12, "10:20", "phone", "lastechniek", WILLEMS, ("J. Visser",)),
)

OLDER_TALKS = 58
"""Calls and mails with Van Dijk before those, one every twelve days."""
OLDER_SUBJECTS = (
    ("mail", "verslag bezoek"),
    ("phone", "onderhoud lijn 2"),
    ("mail", "levertijd messen"),
    ("visit", "rondgang"),
    ("phone", "vraag over factuur"),
)

PROMISES = (
    Promise(VAN_DIJK, -42, "stuklijst lijn 4 sturen vóór eind november", ANNA, 7),
    Promise(VAN_DIJK, -80, "handleiding lijn 2 nasturen", BAKKER, -60, done=True),
    Promise(KAAS_LOGISTIEK, -21, "referentie koeling regelen", ANNA, -7),
    Promise(STAHL, -14, "prislista 2027", ANNA, 10),
    Promise(MULLER, -7, "Rückruf nach der Messe", WILLEMS, 3),
)

DEALS = (
    Deal(VAN_DIJK, "LX-200", "180000", "negotiation", 1),
    Deal(VAN_DIJK, "Service 2027", "24000", "qualified", 67, "voorstel bespreken"),
    Deal(KAAS, "Snijlijn 3", "412500.50", "proposal", 75, "proefsnit plannen"),
    Deal(ACME, "Testbank", "58000", "qualified", 45, "demo in Gent"),
    Deal(MULLER, "Rahmenvertrag 2027", "1250000", "negotiation", 20, "Entwurf prüfen"),
    Deal(STAHL, "LX-200", "172000", "proposal", -2),
    Deal(STAHL, "LX-100", "96500", "closed", -400, status="won"),
    Deal(VISSER_BE, "Lasrobot", "88000", "qualified", 60, "bezoek plannen"),
)

CASES = (
    Case(
        "1042",
        VAN_DIJK,
        "storing lijn 4",
        "P1",
        -4,
        "R. Smit",
        type="complaint",
        last=(-4, "09:12", "them", "staat weer stil"),
    ),
    Case(
        "1031",
        VAN_DIJK,
        "manual in Turkish",
        "P3",
        -12,
        "T. Aarts",
        last=(-7, "10:30", "us", "translation ordered"),
    ),
    Case("0988", VAN_DIJK, "storing lijn 4", "P2", -175, "R. Smit", closed=-173, type="complaint"),
    Case("0921", VAN_DIJK, "storing lijn 4", "P1", -282, "R. Smit", closed=-280, type="complaint"),
    Case(
        "1038",
        KAAS_LOGISTIEK,
        "koelcel 2 te warm",
        "P1",
        -2,
        "E. Prins",
        type="complaint",
        last=(-1, "16:55", "them", "nog steeds 9 graden"),
    ),
    Case("1027", STAHL, "läckage i pump", "P2", -20, "Łukasz Żak", last=(-19, "08:20", "us", "del skickad")),
)

CONTRACTS = (
    Paper(VAN_DIJK, "Onderhoud lijn 1 t/m 4", "18500", "active", -320, 45),
    Paper(BRINK, "Servicecontract", "6200", "active", -100, 265),
    Paper(MULLER, "Rahmenvertrag 2026", "980000", "active", -330, 35),
)
ORDERS = (
    Paper(VAN_DIJK, "Messenset lijn 4", "3480.75", "shipped", -15, 4),
    Paper(KAAS, "Reinigingsset", "1290", "delivered", -70, -60),
)
INVOICES = (
    Paper(VAN_DIJK, "2026-3310", "3480.75", "open", -14, 16, outstanding="3480.75"),
    Paper(KAAS, "2026-2954", "1290", "overdue", -66, -36, outstanding="1290"),
    Paper(ACME, "2026-3102", "760", "paid", -40, -10),
)
