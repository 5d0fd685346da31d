"""Each kind of record in its panel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from salesprep.adapter import (
    Account,
    Activity,
    Contract,
    Document,
    Failure,
    Invoice,
    Keys,
    Kind,
    Meeting,
    Money,
    Opportunity,
    Order,
    Participant,
    Person,
    Place,
    Post,
    Record,
    Task,
    Ticket,
)
from salesprep.briefing.model import Briefing, Found, Match, Panel, Section
from salesprep.briefing.recognition.evidence import Known, piece
from salesprep.output import text
from salesprep.settings import Us

MATCH = Match("same", "id", (piece("id", "1042", Known("id", "1042", "erp", "1042")),))


@pytest.fixture
def now(two: Briefing) -> datetime:
    return two.generated_at


def euro(amount: int) -> Money:
    return Money(Decimal(amount), "EUR")


class Shown:
    """One panel of the source "erp", printed at 80 columns, each line stripped."""

    def __init__(self, briefing: Briefing, us: Us) -> None:
        self.briefing, self.us = briefing, us

    def __call__(self, *records: Record, why: bool = False, **section: Any) -> list[str]:
        kind = records[0].kind
        found = tuple(Found("erp", record, MATCH) for record in records)
        sections = (Section(kind, "fresh", found, **section), Section(Kind.PERSON, "empty"))
        panel = Panel("erp", "ERP", "sql", "fresh", sections, fetched_at=self.briefing.generated_at)
        bare = replace(self.briefing, panels=(panel,), signals=(), attendees=())
        printed = text.briefing(bare, self.us, 80, colour=False, why=why).split("\n")
        start = next(at for at, line in enumerate(printed) if line.startswith(" ERP"))
        return [" ".join(line.split()) for line in printed[start + 1 :] if line.strip()]


@pytest.fixture
def shown(two: Briefing, us: Us) -> Shown:
    return Shown(two, us)


def make(cls: type[Any], now: datetime, **more: Any) -> Any:
    return cls(**{"id": "1", "title": "x", "fetched_at": now, "no_url_reason": "none", **more})


class TestDealings:
    def test_an_offer_that_was_won(self, shown: Shown, now: datetime) -> None:
        won = make(
            Opportunity, now, title="LX-100", amount=euro(96500), status="won", closes=date(2026, 3, 2)
        )
        still_open = replace(won, id="2", title="LX-200", status="open", closes=date(2026, 11, 24))
        assert shown(won, still_open)[:3] == [
            "Offers 1 open",
            "LX-200 € 96.500 until Tue 24",
            "LX-100 € 96.500 won 2 Mar",
        ]

    def test_the_next_step_of_an_offer(self, shown: Shown, now: datetime) -> None:
        offer = make(Opportunity, now, title="LX", next_step="voorstel bespreken", closes=date(2026, 11, 20))
        assert shown(offer)[1] == "LX expired Fri 20 next: voorstel bespreken"

    def test_open_ones_are_not_counted_of_a_part(self, shown: Shown, now: datetime) -> None:
        offer = make(Opportunity, now, status="open")
        assert shown(offer, total=9)[0] == "Offers 1 of 9"
        assert shown(offer, cursor="2")[0] == "Offers"

    def test_a_contract_and_its_notice(self, shown: Shown, now: datetime) -> None:
        contract = make(
            Contract,
            now,
            title="Onderhoud",
            amount=euro(12),
            ends=date(2027, 12, 31),
            notice_by=date(2027, 9, 30),
        )
        assert shown(contract)[:2] == ["Contracts", "Onderhoud € 12 until 31 Dec 2027 notice by 30 Sep 2027"]

    def test_an_order_and_its_delivery(self, shown: Shown, now: datetime) -> None:
        order = make(
            Order, now, title="messen", at=date(2026, 11, 2), status="open", delivery=date(2026, 11, 24)
        )
        assert shown(order)[1] == "2 Nov messen open delivery tomorrow"

    def test_an_invoice_that_is_late(self, shown: Shown, now: datetime) -> None:
        invoice = make(
            Invoice,
            now,
            title="2026-118",
            at=date(2026, 9, 1),
            amount=euro(1000),
            outstanding=euro(400),
            due=date(2026, 10, 1),
        )
        assert shown(invoice)[1] == "1 Sep 2026-118 € 1.000 overdue since 1 Oct still to pay: € 400"
        paid = replace(invoice, outstanding=euro(0), status="paid")
        assert shown(paid)[1] == "1 Sep 2026-118 € 1.000 paid"


class TestContacts:
    def test_consent_stands_beside_the_person(self, shown: Shown, now: datetime) -> None:
        person = make(
            Person, now, title="Rob Smit", position="COO", consent={"mail": "ok", "phone": "no"}, left=True
        )
        assert shown(person)[:2] == ["People", "Rob Smit COO, left mail ok, do not phone"]

    def test_a_start_only_where_the_source_has_it(self, shown: Shown, now: datetime) -> None:
        person = make(Person, now, title="Rob Smit", position="COO", started=date(2024, 3, 1))
        assert shown(person)[1] == "Rob Smit COO since 1 Mar 2024"
        assert shown(replace(person, started=None))[1] == "Rob Smit COO"

    @pytest.mark.parametrize(
        ("direction", "line"),
        [("out", "2 Nov mail you to Rob Smit offerte"), ("in", "2 Nov mail Rob Smit to you offerte")],
    )
    def test_who_wrote_to_whom(self, direction: str, line: str, shown: Shown, now: datetime) -> None:
        people = (Participant("Anna Visser", "anna@ons.example"), Participant("Rob Smit"))
        mail = make(
            Activity,
            now,
            title="offerte",
            type="mail",
            at=date(2026, 11, 2),
            direction=direction,
            people=people,
        )
        assert shown(mail)[1] == line

    def test_a_mail_without_an_answer(self, shown: Shown, now: datetime) -> None:
        mail = make(Activity, now, title="offerte", type="mail", at=date(2026, 11, 2), answered=False)
        assert shown(mail)[1] == "2 Nov mail offerte no reply to this one"

    def test_what_was_promised_and_is_late(self, shown: Shown, now: datetime) -> None:
        owner = Participant("Maarten Bakker", "m.bakker@ons.example", role="owner")
        late = make(Task, now, title="prijslijst", people=(owner,), due=date(2026, 11, 16), done=False)
        done = replace(late, id="2", title="handleiding", done=True)
        assert shown(done, late)[1:3] == [
            'Maarten Bakker "prijslijst" overdue since 16 Nov',
            'Maarten Bakker "handleiding" done',
        ]

    def test_there_are_more_than_a_reader_takes_in(self, shown: Shown, now: datetime) -> None:
        calls = [make(Activity, now, id=str(n), title=f"call {n}", type="phone") for n in range(9)]
        assert "6 more" in shown(*calls)
        assert "there are more" in shown(*calls, cursor="10")
        assert shown(*calls, total=40)[0] == "Last contacts 3 of 40"
        assert sum("call" in line for line in shown(*calls)) == 3
        assert sum("call" in line for line in shown(*calls, why=True)) == 9


class TestVisits:
    @pytest.fixture
    def visit(self, now: datetime) -> Meeting:
        made: Meeting = make(
            Meeting,
            now,
            title="Bezoek lijn 4",
            start=now + timedelta(days=1),
            end=now + timedelta(days=1, hours=1),
            people=(Participant("Rob Smit"), Participant("Anna Visser", "anna@ons.example")),
            series_id="s",
            calendar_owner="anna@ons.example",
        )
        return made

    def test_when_what_and_with_whom(self, visit: Meeting, shown: Shown) -> None:
        assert shown(visit)[:2] == ["Van Dijk Machinebouw", "tomorrow 13:21 Bezoek lijn 4 Smit"]

    def test_a_busy_one_tells_nothing(self, visit: Meeting, shown: Shown) -> None:
        busy = replace(visit, visibility="busy", calendar_owner="m.bakker@ons.example")
        assert shown(busy)[1] == "tomorrow 13:21 M. Bakker, busy"

    def test_one_in_two_calendars_is_one_line(self, visit: Meeting, shown: Shown) -> None:
        copy = replace(visit, id="2", calendar_owner="m.bakker@ons.example")
        assert sum("Bezoek lijn 4" in line for line in shown(visit, copy)) == 1
        with_why = shown(visit, copy, why=True)
        assert sum("Bezoek lijn 4" in line for line in with_why) == 2
        assert " ".join(with_why).count("calendar of M. Bakker") == 1

    def test_one_that_is_off_says_so(self, visit: Meeting, shown: Shown) -> None:
        assert shown(replace(visit, status="cancelled"))[1].endswith("cancelled")

    def test_who_declined_is_not_there(self, visit: Meeting, shown: Shown) -> None:
        declined = tuple(replace(person, status="declined") for person in visit.people)
        assert shown(replace(visit, people=declined))[1] == "tomorrow 13:21 Bezoek lijn 4 declined by you"

    def test_the_coming_ones_stand_first(self, visit: Meeting, shown: Shown) -> None:
        def moved(days: int) -> Meeting:
            start, end = visit.start + timedelta(days=days), visit.end + timedelta(days=days)
            return replace(visit, id=str(days), title=f"in {days}", start=start, end=end)

        told = shown(moved(-30), moved(20), moved(-10), moved(3))[1:5]
        assert [line[line.index("in ") :].split()[1] for line in told] == ["3", "20", "-10", "-30"]


class TestPapers:
    def test_the_company(self, shown: Shown, now: datetime) -> None:
        account = make(
            Account,
            now,
            title="Van Dijk Beheer",
            industry="holding",
            staff=1480,
            owner="m.bakker@ons.example",
            place=Place(city="Best"),
            fields={"Klantklasse": "A"},
        )
        assert " ".join(shown(account)[:2]) == (
            "Van Dijk Beheer · holding · 1.480 staff · owner: M. Bakker · Best Klantklasse: A"
        )

    def test_a_ticket_of_unknown_state(self, shown: Shown, now: datetime) -> None:
        ticket = make(Ticket, now, title="storing", status="on hold", priority="high")
        assert shown(ticket)[:2] == ["Tickets", "storing on hold"]

    def test_whose_the_last_word_is(self, shown: Shown, now: datetime) -> None:
        ticket = make(
            Ticket,
            now,
            title="storing",
            open=True,
            at=now,
            priority="high",
            last_message="staat stil",
            last_message_at=now - timedelta(hours=2),
            last_message_by="them",
        )
        assert shown(ticket)[1:4] == [
            "high storing open since today",
            'theirs, 11:21: "staat stil"',
            "no answer from us since",
        ]

    def test_a_page_and_its_age(self, shown: Shown, now: datetime) -> None:
        page = make(
            Document,
            now,
            title="Lijn 4",
            updated_at=now - timedelta(days=36),
            people=(Participant("J. Jansen"),),
        )
        assert shown(page)[:2] == ["Pages", "Lijn 4 J. Jansen 5 wk ago"]
        assert shown(replace(page, updated_at=None))[1] == "Lijn 4 J. Jansen"

    def test_a_post(self, shown: Shown, now: datetime) -> None:
        post = make(
            Post, now, at=date(2026, 11, 18), text="Waarom wij\nstoppen", people=(Participant("Rob Smit"),)
        )
        assert shown(post)[:2] == ["Posts", '18 Nov Rob Smit "Waarom wij"']

    def test_what_is_empty_is_named(self, shown: Shown, now: datetime) -> None:
        assert shown(make(Post, now))[-1] == "nothing found: people"

    def test_why_tells_the_match_the_age_and_the_address(self, shown: Shown, now: datetime) -> None:
        linked = make(Document, now - timedelta(days=2), no_url_reason=None, url="https://wiki.example/4")
        told = " ".join(shown(linked, why=True))
        assert "matched by account 1042 (proof, as ERP has it) · erp/document:1" in told
        assert "https://wiki.example/4" in told
        assert "no link: none" in " ".join(shown(make(Document, now), why=True))


class TestWhatIsSaidOnce:
    def test_an_invoice_is_not_overdue_twice(self, shown: Shown, now: datetime) -> None:
        invoice = make(
            Invoice,
            now,
            title="2026-118",
            at=date(2026, 9, 1),
            amount=euro(1000),
            outstanding=euro(1000),
            due=date(2026, 10, 16),
            status="overdue",
        )
        assert shown(invoice)[1] == "1 Sep 2026-118 € 1.000 overdue since 16 Oct"

    @pytest.mark.parametrize(
        ("states", "told"),
        [((True,), "1 open"), ((False, False), "2 closed"), ((True, False), "1 open, 1 closed")],
    )
    def test_tickets_are_counted_where_there_are_any(
        self, states: tuple[bool, ...], told: str, shown: Shown, now: datetime
    ) -> None:
        tickets = [make(Ticket, now, id=str(n), open=state) for n, state in enumerate(states)]
        assert shown(*tickets)[0] == f"Tickets {told}"

    def test_a_closed_ticket_says_so(self, shown: Shown, now: datetime) -> None:
        ticket = make(Ticket, now, title="storing", open=False, at=date(2026, 6, 1))
        assert shown(replace(ticket, closed_at=date(2026, 6, 5)))[1] == "storing closed 5 Jun"
        assert shown(ticket)[1] == "storing closed, of 1 Jun"


class TestMeetings:
    @pytest.fixture
    def meeting(self, now: datetime) -> Meeting:
        made: Meeting = make(Meeting, now, title="Beurs", start=date(2026, 11, 26), end=date(2026, 11, 29))
        return made

    def test_several_whole_days_have_a_first_and_a_last(self, meeting: Meeting, shown: Shown) -> None:
        assert shown(meeting)[1] == "Thu 26 to Sat 28 Beurs"
        assert shown(replace(meeting, end=date(2026, 11, 27)))[1] == "Thu 26 Beurs"

    def test_one_that_the_user_declined_says_so(self, meeting: Meeting, shown: Shown) -> None:
        user = Participant("Anna Visser", "anna@ons.example", status="declined")
        assert shown(replace(meeting, people=(user,)))[1].endswith("declined by you")
        off = replace(meeting, people=(user,), status="cancelled")
        assert shown(off)[1].endswith("cancelled")

    def test_theirs_stand_before_ours(self, meeting: Meeting, shown: Shown) -> None:
        people = (Participant("Maarten Bakker", "m.bakker@ons.example"), Participant("Vera De Smet"))
        assert shown(replace(meeting, people=people))[1].endswith("Beurs De Smet, Bakker")


class TestPages:
    def test_one_that_hangs_under_the_customer_is_told_by_its_title(
        self, shown: Shown, now: datetime
    ) -> None:
        keys = Keys(account_id="1042", organisation="Van Dijk Machinebouw")
        space = "klanten/Van Dijk Machinebouw"
        page = make(Document, now, title="Lijn 4", space=space, snippet="De ombouw van lijn 4", keys=keys)
        assert shown(page)[0] == "Pages"
        assert shown(page)[1] == "Lijn 4"
        assert shown(page, total=12)[0] == "Pages 1 of 12 pages"

    def test_a_page_has_its_space_and_the_lines_around_the_hit(self, shown: Shown, now: datetime) -> None:
        page = make(Document, now, title="Lijn 4", space="Service", snippet="De ombouw van\nlijn 4")
        told = shown(page)
        assert told[1].startswith("Lijn 4 Service")
        assert '"De ombouw van"' in " ".join(told)


class TestAPartThatFailed:
    def test_it_is_told_beside_what_the_rest_gave(self, two: Briefing, us: Us, now: datetime) -> None:
        failure = Failure(
            "config_invalid", "agenda.ics is missing", "put it back", "admin", retry=False, may_show_old=False
        )
        meeting = make(Meeting, now, title="Beurs", start=date(2026, 11, 26), end=date(2026, 11, 27))
        section = Section(Kind.MEETING, "partial", (Found("calendar", meeting, MATCH),), failure=failure)
        panel = Panel("calendar", "CALENDAR", "ics", "partial", (section,), failure=failure)
        printed = text.briefing(replace(two, panels=(panel,)), us, 80, colour=False)
        assert "Beurs" in printed
        assert "in part: agenda.ics is missing; your admin mends it: put it back" in printed
        assert "Calendar in part" in text.briefing(replace(two, panels=(panel,)), us, 160, colour=False)
