"""Who is in the story: us, our customers and their people. Everybody is invented, every domain reserved."""

from __future__ import annotations

from dataclasses import dataclass

ANNA = "anna@ons.example"
BAKKER = "m.bakker@ons.example"
JANSEN = "j.jansen@ons.example"
WILLEMS = "s.willems@ons.example"

US: dict[str, str] = {
    ANNA: "Anna de Boer",
    BAKKER: "M. Bakker",
    JANSEN: "J. Jansen",
    WILLEMS: "S. Willems",
}
JOBS: dict[str, str] = {BAKKER: "service"}
"""What a colleague is called for, where that is not selling."""


@dataclass(frozen=True, slots=True)
class Customer:
    """A row of the CRM's accounts."""

    id: int
    name: str
    city: str
    country: str
    latitude: float
    longitude: float
    street: str = ""
    website: str = ""
    industry: str = ""
    staff: int | None = None
    owner: str = ANNA
    parent: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """A row of the CRM's persons. ``mail_ok``: their consent, ``None`` if nobody asked."""

    customer: int
    name: str
    position: str
    email: str = ""
    phone: str = ""
    mail_ok: bool | None = None
    left: bool = False


VAN_DIJK, TRANSPORT, KAAS, KAAS_LOGISTIEK, NOORDZEE = 1042, 1043, 1050, 1051, 1060
BERGHOUT_BOUW, BERGHOUT_INSTALLATIE, ACME, BRINK = 1070, 1071, 1080, 1090
VISSER_NL, VISSER_BE, MULLER, STAHL, GROENE_KAS = 1100, 1101, 1110, 1120, 1130

CUSTOMERS = (
    Customer(
        VAN_DIJK,
        "Van Dijk Machinebouw B.V.",
        "Eindhoven",
        "NL",
        51.4400,
        5.4561,
        street="Rooseveltlaan 12",
        website="https://www.vandijk-machinebouw.example",
        industry="machine building",
        staff=120,
        aliases=("VDM",),
    ),
    Customer(
        TRANSPORT,
        "Van Dijk Transport B.V.",
        "Venlo",
        "NL",
        51.3704,
        6.1724,
        website="https://vandijk-transport.example",
        industry="road transport",
        staff=45,
        owner=WILLEMS,
    ),
    Customer(
        KAAS,
        "Kaas & Co",
        "Utrecht",
        "NL",
        52.0907,
        5.1214,
        street="Marktkade 3",
        website="https://kaasenco.example",
        industry="dairy",
        staff=300,
    ),
    Customer(
        KAAS_LOGISTIEK,
        "Kaas & Co Logistiek B.V.",
        "Woerden",
        "NL",
        52.0853,
        4.8831,
        website="https://logistiek.kaasenco-groep.example",
        industry="cold storage",
        staff=60,
        parent=KAAS,
    ),
    Customer(
        NOORDZEE,
        "Noordzee Offshore",
        "Den Helder",
        "NL",
        52.9563,
        4.7608,
        website="https://noordzee-offshore.example",
        industry="offshore wind",
    ),
    Customer(
        BERGHOUT_BOUW,
        "Berghout Bouw B.V.",
        "Zwolle",
        "NL",
        52.5168,
        6.0830,
        website="https://berghout-bouw.example",
        industry="construction",
        staff=210,
    ),
    Customer(
        BERGHOUT_INSTALLATIE,
        "Berghout Installatie B.V.",
        "Deventer",
        "NL",
        52.2661,
        6.1552,
        website="https://berghout-installatie.example",
        industry="installation",
        staff=35,
    ),
    Customer(
        ACME,
        "Acme Sensoren",
        "Gent",
        "BE",
        51.0543,
        3.7174,
        street="Dok Noord 7",
        website="https://acme-sensoren.example",
        industry="sensors",
        staff=80,
    ),
    Customer(
        BRINK,
        "Brink Pompen B.V.",
        "Helmond",
        "NL",
        51.4750,
        5.6500,
        website="https://brinkpompen.example",
        industry="pumps",
        staff=55,
        owner=JANSEN,
    ),
    Customer(
        VISSER_NL,
        "Visser Techniek B.V.",
        "Leeuwarden",
        "NL",
        53.2012,
        5.7999,
        website="https://vissertechniek-nl.example",
        industry="shipyard equipment",
        staff=25,
    ),
    Customer(
        VISSER_BE,
        "Visser Techniek",
        "Genk",
        "BE",
        50.9661,
        5.5020,
        website="https://vissertechniek-be.example",
        industry="steel structures",
        staff=18,
        owner=WILLEMS,
    ),
    Customer(
        MULLER,
        "Müller Anlagenbau GmbH & Co. KG",
        "Düsseldorf",
        "DE",
        51.2277,
        6.7735,
        website="https://mueller-anlagenbau.example",
        industry="plant construction",
        staff=900,
        owner=WILLEMS,
        aliases=("Mueller Anlagenbau",),
    ),
    Customer(
        STAHL,
        "Ståhl & Söner AB",
        "Malmö",
        "SE",
        55.6050,
        13.0038,
        website="https://stahl-soner.example",
        industry="food machines",
        staff=140,
    ),
    Customer(GROENE_KAS, "De Groene Kas", "Naaldwijk", "NL", 51.9942, 4.2097, industry="greenhouses"),
)

CONTACTS = (
    Contact(
        VAN_DIJK, "R. Smit", "Plant manager", "r.smit@vandijk-machinebouw.example", "+31 40 555 0101", True
    ),
    Contact(VAN_DIJK, "K. Vos", "Buyer", "k.vos@vandijk-machinebouw.example", mail_ok=False),
    Contact(VAN_DIJK, "T. Aarts", "Maintenance", "t.aarts@vandijk-machinebouw.example", mail_ok=True),
    Contact(VAN_DIJK, "L. Peeters", "Controller", "l.peeters@vandijk-machinebouw.example"),
    Contact(VAN_DIJK, "H. Driessen", "Quality"),
    Contact(VAN_DIJK, "I. van Loon", "Engineering"),
    Contact(VAN_DIJK, "J. Hendriks", "Engineering"),
    Contact(VAN_DIJK, "Ö. Demir", "Shift lead"),
    Contact(VAN_DIJK, "M. Claessens", "Logistics"),
    Contact(VAN_DIJK, "N. Verhagen", "Human resources"),
    Contact(VAN_DIJK, "W. Kuipers", "Safety"),
    Contact(VAN_DIJK, "B. Ramdin", "IT"),
    Contact(VAN_DIJK, "S. Wouters", "Sales"),
    Contact(VAN_DIJK, "F. Maas", "Tool shop", left=True),
    Contact(TRANSPORT, "G. van Dijk", "Owner", "g.vandijk@vandijk-transport.example", mail_ok=True),
    Contact(KAAS, "D. Mulder", "Head of production", "d.mulder@kaasenco.example", mail_ok=True),
    Contact(KAAS_LOGISTIEK, "E. Prins", "Site manager", "e.prins@kaasenco-groep.example"),
    Contact(BERGHOUT_BOUW, "A. Berghout", "Director", "a@berghout-bouw.example"),
    Contact(BERGHOUT_INSTALLATIE, "C. Berghout", "Director", "c@berghout-installatie.example"),
    Contact(ACME, "L. Claes", "Head of purchasing", "l.claes@acme-sensoren.example", mail_ok=True, left=True),
    Contact(ACME, "V. De Smet", "CTO", "v.desmet@acme-sensoren.example", mail_ok=True),
    Contact(BRINK, "P. Brink", "Owner", "p.brink@brinkpompen.example", mail_ok=True),
    Contact(VISSER_NL, "J. Visser", "Owner", "j@vissertechniek-nl.example"),
    Contact(VISSER_BE, "J. Visser", "Zaakvoerder", "j@vissertechniek-be.example"),
    Contact(
        MULLER, "Jürgen Großmann", "Einkaufsleiter", "j.grossmann@mueller-anlagenbau.example", mail_ok=False
    ),
    Contact(STAHL, "Åsa Öberg", "Inköpschef", "asa.oberg@stahl-soner.example", mail_ok=True),
    Contact(STAHL, "Łukasz Żak", "Service", "lukasz.zak@stahl-soner.example"),
)
