"""What stands in our calendars, in days from the first visit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from salesprep.sample.customers import ANNA, BAKKER, JANSEN, WILLEMS


@dataclass(frozen=True, slots=True)
class Event:
    """An entry in somebody's calendar; it stands in the calendar of each of ``calendars``."""

    uid: str
    title: str
    days: int
    clock: str
    minutes: int
    calendars: tuple[str, ...] = (ANNA,)
    guests: tuple[tuple[str, str], ...] = ()
    """``(name, mail address)``."""
    where: str = ""
    at: tuple[float, float] | None = None
    rule: dict[str, object] = field(default_factory=dict)
    private: bool = False
    cancelled: bool = False


SMIT = ("R. Smit", "r.smit@vandijk-machinebouw.example")
AARTS = ("T. Aarts", "t.aarts@vandijk-machinebouw.example")
YILMAZ = ("A. Yılmaz", "a.yilmaz@vandijk-machinebouw.example")

FIRST_VISIT = Event(
    "kwartaalbezoek",
    "Kwartaalbezoek",
    0,
    "",
    60,
    (ANNA, BAKKER),
    (SMIT, YILMAZ),
    "Rooseveltlaan 12, Eindhoven",
    (51.4400, 5.4561),
)
SECOND_VISIT = Event(
    "kaas-voortgang",
    "Kaas & Co",
    0,
    "",
    60,
    (ANNA,),
    (("K. Vos", "k.vos@kaasenco.example"), ("D. Mulder", "d.mulder@kaasenco.example")),
    "Marktkade 3, Utrecht",
    (52.0907, 5.1214),
)
SECOND_AFTER = timedelta(minutes=150)

EVENTS = (
    Event(
        "noordzee-kennismaking",
        "Kennismaking Noordzee Offshore",
        1,
        "09:15",
        75,
        (ANNA, JANSEN),
        where="Den Helder",
        at=(52.9563, 4.7608),
    ),
    Event("berghout", "bezoek Berghout", 1, "11:00", 60),
    Event(
        "acme-demo",
        "Demo testbank Acme Sensoren",
        3,
        "10:00",
        120,
        guests=(
            ("L. Claes", "l.claes@acme-sensoren.example"),
            ("V. De Smet", "v.desmet@acme-sensoren.example"),
        ),
        where="Dok Noord 7, Gent",
        at=(51.0543, 3.7174),
    ),
    Event(
        "vdm-jaargesprek",
        "Jaargesprek",
        57,
        "10:00",
        90,
        (ANNA,),
        (SMIT,),
        "Rooseveltlaan 12, Eindhoven",
        (51.4400, 5.4561),
    ),
    Event(
        "vdm-lijn4", "Bezoek lijn 4", -42, "13:00", 90, (ANNA,), (SMIT, AARTS), "Rooseveltlaan 12, Eindhoven"
    ),
    Event(
        "brink-service",
        "Brink Pompen",
        3,
        "10:00",
        60,
        (JANSEN,),
        (("P. Brink", "p.brink@brinkpompen.example"),),
        "Helmond",
        (51.4750, 5.6500),
    ),
    Event(
        "muller-jour-fixe",
        "Jour fixe Müller Anlagenbau",
        2,
        "10:00",
        45,
        (WILLEMS,),
        (("Jürgen Großmann", "j.grossmann@mueller-anlagenbau.example"),),
        "Düsseldorf",
        (51.2277, 6.7735),
        # Every second week for a year and on: it crosses both clock changes, at 10:00 all the same.
        {"FREQ": "WEEKLY", "INTERVAL": 2},
    ),
    Event(
        "stahl-video",
        "Ståhl & Söner: reservdelar",
        16,
        "13:00",
        30,
        (ANNA,),
        (("Åsa Öberg", "asa.oberg@stahl-soner.example"),),
    ),
    Event("team", "Teamoverleg", 2, "08:45", 30, (ANNA, BAKKER, JANSEN, WILLEMS), rule={"FREQ": "WEEKLY"}),
    Event("tandarts", "Tandarts", 1, "15:30", 30, private=True),
    Event(
        "transport-afgezegd",
        "Laadklep bekijken Van Dijk Transport",
        1,
        "13:30",
        60,
        (WILLEMS,),
        (("G. van Dijk", "g.vandijk@vandijk-transport.example"),),
        "Venlo",
        (51.3704, 6.1724),
        cancelled=True,
    ),
    Event("vrij", "Vrij", 11, "", 0, (BAKKER,)),
)
SERIES_STARTED_WEEKS_AGO = 52
