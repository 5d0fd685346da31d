"""Whom Anna is connected to on LinkedIn, as her two export files tell it. Everybody is invented.

Companies are written as people write their employer: with and without a legal form, in capitals,
with "en" for "&". Not all of them are customers.
"""

from __future__ import annotations

from dataclasses import dataclass

OLDER_FILE, NEWER_FILE = -36, -2
"""Days from the first visit on which the two files were made."""


@dataclass(frozen=True, slots=True)
class Job:
    """Where somebody works, in the member's own words."""

    company: str
    position: str


@dataclass(frozen=True, slots=True)
class Connection:
    """A row of ``Connections.csv``. ``days`` is the day of connecting, from the first visit."""

    first_name: str
    last_name: str
    job: Job
    days: int
    before: Job | None = None
    """What the older file says, where that differs."""
    email: str = ""
    """Most do not show it."""
    invited: bool = False
    """Anna invited them in writing."""

    @property
    def is_new(self) -> bool:
        """Connected only after the older file was made."""
        return self.days > OLDER_FILE


HIDDEN = (-1210, -905, -77)
"""Days of connections whose members closed their account: a row of nothing but that date."""


def _job(company: str, position: str) -> Job:
    return Job(company, position)


CONNECTIONS = (
    # -- at Van Dijk Machinebouw ------------------------------------------------------------------
    Connection("A.", "Yılmaz", _job("Van Dijk Machinebouw B.V.", "CFO"), -9),
    Connection("P.", "de Vries", _job("Van Dijk Machinebouw", "Maintenance lead"), -20),
    Connection(
        "R.",
        "Smit",
        _job("Van Dijk Machinebouw B.V.", "COO"),
        -1310,
        before=_job("Van Dijk Machinebouw B.V.", "Plant manager"),
        email="r.smit@vandijk-machinebouw.example",
    ),
    Connection(
        "K.",
        "Vos",
        _job("Kaas & Co", "Head of purchasing"),
        -800,
        before=_job("Van Dijk Machinebouw B.V.", "Buyer"),
    ),
    # The company was written otherwise in the older file, which is no change.
    Connection(
        "T.",
        "Aarts",
        _job("Van Dijk Machinebouw BV", "Maintenance"),
        -640,
        before=_job("Van Dijk Machinebouw", "Maintenance"),
    ),
    Connection("L.", "Peeters", _job("Van Dijk Machinebouw B.V.", "Controller"), -590),
    Connection("M.", "Claessens", _job("VAN DIJK MACHINEBOUW", "Logistics"), -433),
    Connection("N.", "Verhagen", _job("Van Dijk Machinebouw", "Human resources"), -410),
    Connection("S.", "Wouters", _job("Van Dijk Machinebouw B.V.", "Sales"), -302),
    Connection("W.", "Kuipers", _job("Van Dijk Machinebouw", "Safety"), -120),
    # -- at other customers, and at those whose names are like theirs -----------------------------
    Connection("G.", "van Dijk", _job("Van Dijk Transport B.V.", "Owner"), -700),
    Connection("D.", "Mulder", _job("Kaas & Co", "Head of production"), -1100),
    Connection("N.", "Bos", _job("Kaas en Co", "Quality manager"), -222),
    Connection("E.", "Prins", _job("Kaas & Co Logistiek B.V.", "Site manager"), -350),
    Connection("A.", "Berghout", _job("Berghout Bouw", "Director"), -980),
    Connection("V.", "De Smet", _job("Acme Sensoren", "CTO"), -505),
    Connection("Hoa", "Nguyễn Thị", _job("Acme Sensoren", "Test engineer"), -14, invited=True),
    Connection(
        "P.", "Brink", _job("Brink Pompen", "Owner"), -1250, before=_job("Brink Pompen B.V.", "Owner")
    ),
    Connection("J.", "Visser", _job("Visser Techniek", "Owner"), -610),
    Connection("B.", "Visser", _job("Visser Techniek", "Zaakvoerder"), -88),
    Connection("Jürgen", "Großmann", _job("Müller Anlagenbau GmbH & Co. KG", "Einkaufsleiter"), -760),
    Connection(
        "Sabine",
        "Öztürk",
        _job("Mueller Anlagenbau", "Leiterin Technik"),
        -333,
        before=_job("Mueller Anlagenbau", "Projektleiterin"),
    ),
    Connection("Åsa", "Öberg", _job("Ståhl & Söner AB", "Inköpschef"), -520),
    Connection("Łukasz", "Żak", _job("Stahl & Soner", "Service"), -519),
    Connection("M.", "de Groot", _job("De Groene Kas", "Grower"), -60),
    # -- and elsewhere ----------------------------------------------------------------------------
    Connection("C.", "Timmer", _job("Timmer, Tak & Zn.", "Owner"), -1500),
    Connection("F.", "Kok", _job("Zelfstandig", 'Adviseur "schone lijnen"'), -1190),
    Connection("O.", "Haddad", _job("Havenbedrijf Noord", "Inkoper"), -930),
    Connection("Zoë", "Maréchal", _job("Atelier Maréchal", "Gérante"), -870),
    Connection("R.", "Postma", _job("", "Met pensioen"), -860),
    Connection("Søren", "Ærø", _job("Nordlys ApS", "Indkøber"), -505),
    Connection(
        "L.",
        "Claes",
        _job("Meetkunst NV", "Head of purchasing"),
        -411,
        before=_job("Acme Sensoren", "Head of purchasing"),
    ),
    Connection("李", "娜", _job("Lotus Instruments", "Sales engineer"), -190),
    Connection("J.", "Carter", _job("Gauge & Meter Ltd", "Sales director"), -444),
    Connection("W.", "Krämer", _job("Krämer Fördertechnik GmbH", "Bauleiter"), -150),
    Connection("Q.", "Janmaat", _job("Gemeente Zuiderveen", "Projectleider\nhavens"), -45),
)


@dataclass(frozen=True, slots=True)
class Message:
    """A row of ``messages.csv``; times are local, ``days`` from the first visit."""

    conversation: str
    days: int
    clock: str
    other: str
    """Whom it was written to, or who wrote it: the last name of a connection."""
    text: str
    by_anna: bool = True
    subject: str = ""
    folder: str = "INBOX"
    draft: bool = False


MESSAGES = (
    Message(
        "mulder",
        -30,
        "08:41",
        "Mulder",
        "Kunnen we de proefsnit een week later doen?\n\nGroet, D.",
        by_anna=False,
    ),
    Message("mulder", -30, "09:05", "Mulder", "Ja hoor, ik mail een nieuwe datum."),
    Message("smet", -15, "16:20", "De Smet", 'De "S-40" is er; komt u kijken?', by_anna=False),
    Message("oberg", -58, "11:02", "Öberg", "Tack för mötet!", subject="Mässan"),
    Message("mulder", -4, "17:30", "Mulder", "Nog niet af", draft=True),
    Message("claes", -70, "10:10", "Claes", "Gefeliciteerd met de nieuwe lijn.", folder="ARCHIVE"),
)
