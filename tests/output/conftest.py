"""The customer of the drawings, as two and as seven sources tell of it; every person is invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from salesprep.adapter import (
    Account,
    Activity,
    Change,
    Document,
    Failure,
    Kind,
    Meeting,
    Money,
    Opportunity,
    Participant,
    Person,
    Place,
    Post,
    Record,
    Task,
    Ticket,
)
from salesprep.briefing.model import (
    Agenda,
    Attendee,
    Briefing,
    Complaint,
    Contact,
    Customer,
    Differs,
    Found,
    LastTalk,
    Match,
    Near,
    NewFace,
    Offer,
    Panel,
    Promised,
    Said,
    Section,
    Visit,
)
from salesprep.briefing.recognition.evidence import Known, piece
from salesprep.settings import Colleague, Home, Us

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 23, 13, 21, tzinfo=ZONE)
SAME = Match(
    "same", "domain", (piece("domain", "vandijk.example", Known("domain", "vandijk.example", "crm", "1042")),)
)
ANNA = Participant(name="Anna Visser", email="anna@ons.example", role="owner")
BAKKER = Participant(name="M. Bakker", email="m.bakker@ons.example", position="service")
JANSEN = Participant(name="J. Jansen", email="j.jansen@ons.example")
SMIT = Participant(name="R. Smit", email="r.smit@vandijk.example")
YILMAZ = Participant(name="A. Yılmaz", email="a.yilmaz@vandijk.example")
VOS = Participant(name="K. Vos", email="k.vos@vandijk.example")
AARTS = Participant(name="T. Aarts", email="t.aarts@vandijk.example")
VRIES = Participant(name="P. de Vries", email="p.devries@vandijk.example")


def at(month: int, day: int, clock: str = "09:00", year: int = 2026) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def make(cls: type[Any], number: object, title: str, /, **more: Any) -> Any:
    url = {"url": f"https://crm.example/{cls.kind}/{number}"}
    if cls is Meeting:
        url = {"no_url_reason": "the calendar gives none"}
    return cls(**{"id": str(number), "title": title, "fetched_at": NOW, **url, **more})


def found(source: str, *records: Record) -> tuple[Found, ...]:
    return tuple(Found(source, record, SAME) for record in records)


def section(source: str, kind: Kind, *records: Record, **more: Any) -> Section:
    state = more.pop("state", "fresh" if records else "empty")
    return Section(kind, state, found(source, *records), fetched_at=NOW, **more)


def panel(source: str, *sections: Section, **more: Any) -> Panel:
    values: dict[str, Any] = {"title": source.upper(), "adapter": "sql", "state": "fresh", "fetched_at": NOW}
    return Panel(source=source, sections=sections, **{**values, **more})


ACCOUNT = make(
    Account,
    1042,
    "Van Dijk Machinebouw B.V.",
    industry="machine building",
    staff=120,
    owner="anna@ons.example",
    place=Place(city="Eindhoven"),
)
LX200 = make(
    Opportunity,
    1,
    "LX-200",
    amount=Money(Decimal("180000.00"), "EUR"),
    stage="negotiation",
    status="open",
    closes=date(2026, 11, 24),
    next_step="",
)
SERVICE = make(
    Opportunity,
    2,
    "Service 2027",
    amount=Money(Decimal(24000), "EUR"),
    stage="qualified",
    status="open",
    closes=date(2027, 1, 29),
)
P_SMIT = make(Person, 11, "R. Smit", position="Plant manager", consent={"mail": "ok"})
P_VOS = make(Person, 12, "K. Vos", position="Buyer", consent={"mail": "no"})
P_AARTS = make(Person, 13, "T. Aarts", position="Maintenance", consent={"mail": "ok"})
PHONE = make(
    Activity,
    21,
    "onderdeel lijn 4",
    at=at(11, 13, "16:40"),
    type="phone",
    body="wacht op onderdeel\nbelt terug",
    people=(BAKKER, SMIT),
)
VISIT = make(Activity, 22, "bezoek lijn 4", at=at(10, 12, "13:00"), type="visit", people=(ANNA, SMIT, AARTS))
MAIL = make(
    Activity, 23, "LX-200, offerte", at=at(9, 28, "11:15"), type="mail", direction="out", people=(ANNA, VOS)
)
TASK = make(
    Task,
    31,
    "stuklijst lijn 4 sturen vóór eind november",
    at=at(10, 12),
    due=date(2026, 11, 30),
    done=False,
    people=(ANNA,),
)
FAULT = make(
    Ticket,
    1042,
    "storing lijn 4",
    number="1042",
    open=True,
    priority="1",
    type="complaint",
    at=at(11, 19, "07:55"),
    last_message="staat weer stil",
    last_message_at=at(11, 19, "09:12"),
    last_message_by="them",
)
MANUAL = make(
    Ticket,
    1031,
    "manual in Turkish",
    number="1031",
    open=True,
    priority="3",
    type="question",
    at=at(11, 11),
    last_message="translation ordered",
    last_message_at=at(11, 16, "10:30"),
    last_message_by="us",
)
JUNE = make(Ticket, 988, "storing lijn 4", number="0988", open=False, at=at(6, 1), closed_at=at(6, 3))
FEBRUARY = make(Ticket, 921, "storing lijn 4", number="0921", open=False, at=at(2, 12), closed_at=at(2, 16))
TODAY = make(
    Meeting,
    "kwartaal",
    "Kwartaalbezoek",
    start=at(11, 23, "14:00"),
    end=at(11, 23, "15:00"),
    place=Place("Rooseveltlaan 12, Eindhoven", "Eindhoven", "NL", 51.4478, 5.4561),
    people=(ANNA, SMIT, YILMAZ, BAKKER),
    calendar_owner="anna@ons.example",
)
YEARLY = make(
    Meeting,
    "jaar",
    "Jaargesprek",
    start=at(1, 19, "10:00", 2027),
    end=at(1, 19, "11:00", 2027),
    people=(ANNA, SMIT),
)
LINE_4 = make(
    Meeting,
    "lijn4",
    "Bezoek lijn 4",
    start=at(10, 12, "13:00"),
    end=at(10, 12, "15:00"),
    people=(ANNA, SMIT, AARTS),
)
NEAR_HERE = make(
    Meeting,
    "brink",
    "bezoek",
    start=at(11, 26, "10:00"),
    end=at(11, 26, "11:00"),
    place=Place("Kanaaldijk 4, Helmond", "Helmond", "NL", 51.4793, 5.657),
    people=(JANSEN,),
    calendar_owner="j.jansen@ons.example",
)
NEAR_HERE = replace(NEAR_HERE, keys=replace(NEAR_HERE.keys, organisation="Brink Pompen"))


@pytest.fixture
def us() -> Us:
    return Us(
        name="Anna Visser",
        emails=("anna@ons.example",),
        domains=("ons.example",),
        colleagues=(
            Colleague("M. Bakker", "m.bakker@ons.example"),
            Colleague("J. Jansen", "j.jansen@ons.example"),
        ),
        home=Home("Amersfoort", 52.1561, 5.3878),
        zone=ZONE,
        locale="nl_NL",
        language="en",
    )


def crm() -> Panel:
    return panel(
        "crm",
        section("crm", Kind.ACCOUNT, ACCOUNT),
        section("crm", Kind.PERSON, P_SMIT, P_VOS, P_AARTS, total=14, cursor="3"),
        section("crm", Kind.ACTIVITY, PHONE, VISIT, MAIL, total=61, cursor="3"),
        section("crm", Kind.TASK, TASK),
        section("crm", Kind.OPPORTUNITY, SERVICE, LX200),
        section("crm", Kind.TICKET, FEBRUARY, MANUAL, FAULT, JUNE),
        section("crm", Kind.CONTRACT),
        section("crm", Kind.INVOICE),
    )


def calendar() -> Panel:
    return panel("calendar", section("calendar", Kind.MEETING, LINE_4, TODAY, YEARLY), adapter="ics")


def contacts() -> tuple[Contact, ...]:
    return (
        Contact(at(11, 19, "09:12"), "ticket", found("crm", FAULT)[0], (), (SMIT,)),
        Contact(at(11, 13, "16:40"), "phone", found("crm", PHONE)[0], (BAKKER,), (SMIT,)),
        Contact(at(10, 12, "13:00"), "visit", found("crm", VISIT)[0], (ANNA,), (SMIT, AARTS)),
        Contact(at(9, 28, "11:15"), "mail", found("crm", MAIL)[0], (ANNA,), (VOS,)),
    )


@pytest.fixture
def two() -> Briefing:
    """What a CRM and a calendar tell."""
    yilmaz = Attendee("A. Yılmaz", YILMAZ.email, ours=False, first_time=True, unknown_to=("crm",))
    smit = Attendee(
        "R. Smit", SMIT.email, ours=False, positions=(Said("crm", "Plant manager", found("crm", P_SMIT)[0]),)
    )
    customer = Customer(
        "van-dijk",
        "Van Dijk Machinebouw B.V.",
        domains=("vandijk.example",),
        ids=(("crm", "1042"),),
    )
    return Briefing(
        customer=customer,
        generated_at=NOW,
        deadline_s=8.0,
        visit=Visit("calendar", TODAY, customer, how="domain vandijk.example"),
        attendees=(
            smit,
            yilmaz,
            Attendee("M. Bakker", BAKKER.email, ours=True),
            Attendee("Anna Visser", ANNA.email, ours=True),
        ),
        signals=(
            Complaint(
                evidence=found("crm", FAULT),
                ticket=FAULT,
                open_days=4,
                nth_this_year=3,
                unanswered_since=at(11, 19, "09:12"),
            ),
            Promised(evidence=found("crm", TASK), task=TASK, by_user=True, overdue=False),
            Offer(evidence=found("crm", LX200), opportunity=LX200, days_left=1, no_next_step=True),
            NewFace(evidence=found("calendar", TODAY), attendee=yilmaz),
            LastTalk(evidence=found("crm", PHONE), activity=PHONE, days_ago=10, ours=BAKKER, theirs=(SMIT,)),
            Near(evidence=found("calendar", NEAR_HERE), meeting=NEAR_HERE, colleague="J. Jansen", km=14.2),
        ),
        contacts=contacts(),
        panels=(crm(), calendar()),
        complete=True,
    )


def linkedin_records() -> Sequence[Record]:
    since = date(2026, 10, 18)
    new = Change("new", since)
    return [
        make(
            Person,
            number,
            name,
            position=position,
            left=change is not None and change.what == "left",
            change=change,
        )
        for number, (name, position, change) in enumerate(
            (
                ("A. Yılmaz", "CFO", new),
                ("P. de Vries", "Maintenance lead", new),
                ("R. Smit", "COO", Change("position", since, position_before="Plant manager")),
                ("K. Vos", "Buyer", Change("left", since, organisation_after="Kaas & Co")),
                ("T. Aarts", "Maintenance", None),
                ("L. Peeters", "Controller", None),
                ("H. Driessen", "Quality", None),
                ("I. van Loon", "Engineering", None),
                ("B. Ramdin", "IT", None),
                ("S. Wouters", "Sales", None),
            ),
            1,
        )
    ]


@pytest.fixture
def seven(two: Briefing) -> Briefing:
    """What seven sources tell, of which one did not answer."""
    people = linkedin_records()
    linkedin = panel(
        "linkedin",
        section(
            "linkedin",
            Kind.PERSON,
            *people,
            as_of=NOW - timedelta(days=2),
            notice="This file knows only people connected to you.",
        ),
        title="LinkedIn",
    )
    tickets = panel("tickets", section("tickets", Kind.TICKET, FAULT, MANUAL, JUNE, FEBRUARY))
    mails = [
        make(
            Activity,
            n,
            title,
            at=at(month, day),
            type="mail",
            direction=way,
            people=(ANNA, who),
            answered=answer,
        )
        for n, title, month, day, way, who, answer in (
            (1, "Re: onderdeel", 11, 13, "in", SMIT, None),
            (2, "onderdeel lijn 4", 11, 11, "out", SMIT, None),
            (3, "Re: kennismaking", 11, 2, "out", VRIES, None),
            (4, "LX-200, nieuwe offerte", 10, 20, "out", VOS, False),
        )
    ]
    mail = panel("mail", section("mail", Kind.ACTIVITY, *mails, total=212, cursor="4"))
    pages = [
        make(Document, n, title, people=(who,), updated_at=NOW - timedelta(days=days))
        for n, title, who, days in (
            (1, "Lijn 4, ombouw 2025", JANSEN, 2),
            (2, "LX-200, prijsafspraken", ANNA, 36),
            (3, "Van Dijk, wie is wie", BAKKER, 274),
        )
    ]
    wiki = panel("wiki", section("wiki", Kind.DOCUMENT, *pages, total=12, cursor="3"))
    late = Failure(
        "deadline_exceeded",
        "no answer within 8 s",
        None,
        "nobody",
        retry=True,
        may_show_old=True,
        retry_at=at(11, 23, "13:40"),
    )
    post = make(
        Post, 1, "Waarom", at=at(11, 18), people=(SMIT,), text="Waarom wij predictive maintenance kozen"
    )
    posts = panel(
        "posts",
        section("posts", Kind.POST, post, state="stale", failure=late),
        state="stale",
        failure=late,
        fetched_at=at(11, 23, "10:20"),
    )
    smit = replace(
        two.attendees[0],
        positions=(Said("linkedin", "COO", found("linkedin", people[2])[0]), *two.attendees[0].positions),
    )
    yilmaz = replace(two.attendees[1], positions=(Said("linkedin", "CFO", found("linkedin", people[0])[0]),))
    differs = (
        Differs(
            evidence=(*found("crm", P_SMIT), *found("linkedin", people[2])),
            about="R. Smit",
            what="position",
            said=(Said("crm", "Plant manager"), Said("linkedin", "COO")),
        ),
        Differs(
            evidence=(*found("crm", P_VOS), *found("linkedin", people[3])),
            about="K. Vos",
            what="left",
            said=(Said("crm", "Buyer"), Said("linkedin", "left")),
        ),
    )
    new = NewFace(evidence=(*found("calendar", TODAY), *found("linkedin", people[0])), attendee=yilmaz)
    first, promised, offer, _new, talk, near = two.signals
    small = replace(crm(), sections=tuple(s for s in crm().sections if s.kind not in ("ticket", "task")))
    return replace(
        two,
        attendees=(smit, yilmaz, *two.attendees[2:]),
        signals=(first, promised, offer, new, talk, *differs, near),
        panels=(small, linkedin, calendar(), tickets, mail, wiki, posts),
    )


@pytest.fixture
def agenda() -> Agenda:
    """Today, tomorrow and this week; one visit fits two customers."""

    def visit(
        number: int, title: str, start: datetime, place: Place | None, name: str | None, *who: Participant
    ) -> Visit:
        meeting = make(
            Meeting,
            number,
            title,
            start=start,
            end=start + timedelta(hours=1),
            place=place,
            people=(ANNA, *who),
        )
        return Visit("calendar", meeting, Customer(name, name) if name else None)

    helder, gent = Place("Den Helder", "Den Helder"), Place(None, "Gent", "BE", 51.0543, 3.7174)
    two_fit = tuple(
        Found("crm", make(Account, number, name), Match("maybe", "name", (piece("name", name),)))
        for number, name in ((7, "Berghout Staal"), (8, "Berghout Transport"))
    )
    offer = Offer(evidence=found("crm", LX200), opportunity=LX200, days_left=1, no_next_step=True)
    visits = (
        visit(1, "Kwartaalbezoek", at(11, 23, "14:00"), TODAY.place, "Van Dijk Machinebouw", SMIT),
        visit(
            2, "Voortgang", at(11, 23, "16:30"), Place(None, "Utrecht", "NL", 52.0907, 5.1214), "Kaas & Co"
        ),
        visit(3, "Kennismaking", at(11, 24, "09:15"), helder, "Noordzee Offshore", JANSEN),
        replace(visit(4, "bezoek Berghout", at(11, 24, "11:00"), None, None), candidates=two_fit),
        visit(5, "Sensoren", at(11, 26, "10:00"), gent, "Acme Sensoren"),
    )
    return Agenda(NOW, visits, (offer, None, None, None, None), (calendar(),))


def rewritten(value: Any, words: Iterator[str]) -> Any:
    """``value`` with every text of a source, however deep, replaced by the next of ``words``."""
    kept = {"source", "adapter", "state", "id", "kind", "what", "how", "outcome", "code", "actor", "weight"}
    kept |= {"origin", "visibility", "status", "direction", "last_message_by"}
    if isinstance(value, str):
        return next(words)
    if isinstance(value, tuple):
        return tuple(rewritten(each, words) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {
            each.name: rewritten(getattr(value, each.name), words)
            for each in fields(value)
            if each.name not in kept and not isinstance(getattr(value, each.name), Kind)
        }
        return replace(value, **changes)
    return value


@pytest.fixture(scope="session")
def rewrite() -> Callable[[Any, Iterator[str]], Any]:
    """Puts other words into every text of a value."""
    return rewritten
