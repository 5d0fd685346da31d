"""The quick scan in words: what each rule says, long at a desk and short on a phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from salesprep.adapter import (
    Activity,
    Keys,
    Meeting,
    Money,
    Opportunity,
    Participant,
    Place,
    Record,
    Task,
    Ticket,
)
from salesprep.briefing import model
from salesprep.briefing.model import (
    Attendee,
    Complaint,
    Differs,
    Found,
    LastTalk,
    Match,
    Near,
    NewFace,
    Offer,
    Promised,
    Said,
    Signal,
)
from salesprep.settings import Us
from salesprep.view.sections import DRAWINGS
from salesprep.view.voice import Voice
from salesprep.view.wordings import signal_text, worded, wording
from salesprep.view.words import HEADINGS, REFUSED

BAKKER = Participant(name="Maarten Bakker", email="m.bakker@ons.example", position="service")
SMIT = Participant(name="Rob Smit", email="r.smit@vandijk.example")


def make(cls: type[Any], now: datetime, **more: Any) -> Any:
    return cls(**{"id": "1", "title": "x", "fetched_at": now, "no_url_reason": "none", **more})


def facts(signal: Signal, voice: Voice, *, short: bool = False) -> tuple[str, str]:
    word, clauses = wording(signal, voice, short=short)
    return word, "; ".join(clauses)


def evidence(*records: Record) -> tuple[Found, ...]:
    return tuple(Found("crm", record, Match("same", "id")) for record in records)


def all_signals() -> set[type[Signal]]:
    return {
        each
        for each in vars(model).values()
        if isinstance(each, type) and issubclass(each, Signal) and each is not Signal
    }


class TestEveryRule:
    def test_each_signal_class_has_words(self) -> None:
        assert set(worded()) == all_signals()

    def test_each_record_kind_has_a_drawing_and_its_words(self) -> None:
        from salesprep.adapter import Kind

        assert set(DRAWINGS) == set(HEADINGS) == set(REFUSED) == set(Kind)

    def test_a_class_without_words_is_an_error(self, voice: Voice) -> None:
        class Unheard(Signal):
            pass

        with pytest.raises(KeyError):
            wording(Unheard(evidence=()), voice, short=False)


class TestAComplaint:
    @pytest.fixture
    def signal(self, now: datetime) -> Complaint:
        said = now - timedelta(days=4, hours=4, minutes=9)
        ticket: Ticket = make(
            Ticket,
            now,
            title="storing lijn 4",
            priority="1",
            type="complaint",
            open=True,
            last_message_by="them",
            last_message_at=said,
        )
        return Complaint(
            evidence=evidence(ticket), ticket=ticket, open_days=4, nth_this_year=3, unanswered_since=said
        )

    def test_how_long_how_often_and_who_is_waiting(self, signal: Complaint, voice: Voice) -> None:
        assert facts(signal, voice) == (
            "COMPLAINT",
            "storing lijn 4, priority 1, open 4 days, third this year; "
            "last word is theirs, Thu 09:12, nobody answered",
        )
        assert facts(signal, voice, short=True)[1] == (
            "storing lijn 4, P1, open 4 d, third this year; theirs, Thu 09:12, nobody answered"
        )

    def test_a_question_is_no_complaint(self, signal: Complaint, voice: Voice) -> None:
        question = replace(signal, ticket=replace(signal.ticket, type="question"))
        assert facts(question, voice)[0] == "TICKET"

    def test_what_the_source_does_not_tell_is_not_said(
        self, signal: Complaint, voice: Voice, now: datetime
    ) -> None:
        bare: Ticket = make(Ticket, now, title="storing", open=True, type="complaint")
        silent = replace(signal, ticket=bare, open_days=None, nth_this_year=1, unanswered_since=None)
        assert facts(silent, voice) == ("COMPLAINT", "storing, open")

    def test_when_the_last_word_is_ours(self, signal: Complaint, voice: Voice) -> None:
        ours = replace(
            signal,
            ticket=replace(signal.ticket, last_message_by="us"),
            unanswered_since=None,
            nth_this_year=7,
        )
        assert facts(ours, voice)[1].endswith("number 7 this year; last word is ours, Thu 09:12")


class TestAPromise:
    def test_whose_when_and_what(self, voice: Voice, now: datetime) -> None:
        owner = replace(BAKKER, role="owner")
        task: Task = make(Task, now, title="stuklijst sturen", at=date(2026, 10, 12), people=(owner,))
        mine = Promised(evidence=evidence(task), task=task, by_user=True, overdue=False)
        assert facts(mine, voice) == ("PROMISED", '12 Oct, you noted: "stuklijst sturen"')
        assert (
            facts(replace(mine, by_user=False), voice)[1]
            == '12 Oct, Maarten Bakker noted: "stuklijst sturen"'
        )

    @pytest.mark.parametrize(
        ("due", "overdue", "said"),
        [
            (date(2026, 11, 16), True, '"x", overdue since 16 Nov'),
            (date(2026, 11, 24), False, '"x", due tomorrow'),
            (date(2026, 12, 20), False, '"x"'),
        ],
    )
    def test_by_when(self, due: date, overdue: bool, said: str, voice: Voice, now: datetime) -> None:
        task: Task = make(Task, now, due=due)
        assert facts(Promised(evidence=(), task=task, by_user=False, overdue=overdue), voice)[1] == said


class TestAnOffer:
    def test_amount_stage_end_and_what_is_missing(self, voice: Voice, now: datetime) -> None:
        offer: Opportunity = make(
            Opportunity,
            now,
            title="LX-200",
            amount=Money(Decimal(180000), "EUR"),
            stage="negotiation",
            closes=date(2026, 11, 24),
            next_step="",
        )
        signal = Offer(evidence=evidence(offer), opportunity=offer, days_left=1, no_next_step=True)
        assert facts(signal, voice) == (
            "OFFER",
            "LX-200, € 180.000, negotiation, expires tomorrow, no next step",
        )
        assert facts(signal, voice, short=True)[1] == "LX-200 € 180.000, expires tomorrow, no next step"
        gone = replace(signal, days_left=-3, no_next_step=False)
        assert facts(gone, voice, short=True)[1] == "LX-200 € 180.000, expired 3 days ago"


class TestANewFace:
    def test_who_and_what_is_not_known(self, voice: Voice, now: datetime) -> None:
        visit: Meeting = make(Meeting, now, start=now, end=now)
        attendee = Attendee(
            "Ayşe Yılmaz",
            None,
            ours=False,
            positions=(Said("linkedin", "CFO"),),
            first_time=True,
            unknown_to=("crm",),
        )
        signal = NewFace(evidence=evidence(visit), attendee=attendee)
        assert facts(signal, voice) == (
            "NEW FACE",
            "Ayşe Yılmaz, CFO, is invited today; no earlier contact with any of us found here;"
            " not in CRM here",
        )
        assert facts(signal, voice, short=True)[1] == "Ayşe Yılmaz, CFO, first time here, not in CRM here"
        named = replace(voice, customer="Kaas & Co")
        assert facts(signal, named)[1].endswith("; not in CRM under Kaas & Co")
        nobody = NewFace(evidence=(), attendee=replace(attendee, positions=(), unknown_to=()))
        _, fact = facts(nobody, voice)
        assert fact == "Ayşe Yılmaz is invited; no earlier contact with any of us found here"


class TestTheLastTalk:
    @pytest.fixture
    def signal(self, now: datetime) -> LastTalk:
        phone: Activity = make(
            Activity,
            now,
            title="onderdeel",
            type="phone",
            at=date(2026, 11, 13),
            body="wacht op onderdeel\nx",
        )
        return LastTalk(evidence=evidence(phone), activity=phone, days_ago=10, ours=BAKKER, theirs=(SMIT,))

    def test_who_spoke_with_whom(self, signal: LastTalk, voice: Voice) -> None:
        assert facts(signal, voice) == (
            "LAST TALK",
            '10 days ago, phone, Maarten Bakker (service) and Rob Smit: "wacht op onderdeel"',
        )
        assert (
            facts(signal, voice, short=True)[1]
            == '13 Nov, phone, Maarten Bakker and Rob Smit: "wacht op onderdeel"'
        )

    def test_who_began(self, signal: LastTalk, voice: Voice) -> None:
        assert isinstance(signal.activity, Activity)
        theirs = replace(signal, activity=replace(signal.activity, direction="in"))
        assert "Rob Smit phoned Maarten Bakker (service)" in facts(theirs, voice)[1]
        assert "phone, from Rob Smit to Maarten Bakker: " in facts(theirs, voice, short=True)[1]
        ours = replace(signal, activity=replace(signal.activity, direction="out", type="mail"))
        assert "Maarten Bakker (service) wrote to Rob Smit" in facts(ours, voice)[1]
        assert "mail, Maarten Bakker to Rob Smit: " in facts(ours, voice, short=True)[1]

    @pytest.mark.parametrize("short", [True, False])
    def test_no_direction_is_invented(self, signal: LastTalk, short: bool, voice: Voice) -> None:
        said = facts(signal, voice, short=short)[1]
        assert not any(word in said for word in ("phoned", "from", " to ", "wrote"))
        assert "Maarten Bakker" in said
        assert "Rob Smit" in said

    def test_several_of_them_are_all_named(self, signal: LastTalk, voice: Voice) -> None:
        more = (SMIT, *(Participant(name=f"Theo Aarts{n}") for n in range(5)))
        assert (
            "Maarten Bakker (service), Rob Smit and Theo Aarts0"
            in facts(replace(signal, theirs=more[:2]), voice)[1]
        )
        assert "Theo Aarts1 and 3 more" in facts(replace(signal, theirs=more), voice)[1]

    def test_a_source_that_was_silent_is_named(self, signal: LastTalk, voice: Voice) -> None:
        assert facts(replace(signal, not_heard=("mail",)), voice)[1].endswith("; Mail did not answer")

    def test_a_past_visit_counts(self, signal: LastTalk, voice: Voice, now: datetime) -> None:
        visit: Meeting = make(Meeting, now, title="Bezoek lijn 4", start=now, end=now)
        said = facts(replace(signal, activity=visit, days_ago=42), voice)[1]
        assert said == "6 weeks ago, visit, Maarten Bakker (service) and Rob Smit: Bezoek lijn 4"

    def test_nobody_of_us_is_known(self, signal: LastTalk, voice: Voice) -> None:
        said = facts(replace(signal, ours=None), voice)[1]
        assert said == '10 days ago, phone, Rob Smit: "wacht op onderdeel"'


class TestWhatDiffers:
    def test_both_are_said(self, voice: Voice) -> None:
        said = (Said("crm", "Plant manager"), Said("linkedin", "COO"))
        signal = Differs(evidence=(), about="Rob Smit", what="position", said=said)
        assert facts(signal, voice) == ("DIFFERS", "Rob Smit: CRM says Plant manager, LinkedIn says COO")
        assert facts(signal, voice, short=True)[1] == "Rob Smit: CRM Plant manager, LinkedIn COO"

    @pytest.mark.parametrize(
        ("value", "shown"), [("left", "left"), ("invited", "invited"), ("not left", "still there")]
    )
    def test_whether_somebody_left_is_said_in_words(self, value: str, shown: str, voice: Voice) -> None:
        said = (Said("crm", "Buyer"), Said("linkedin", value))
        signal = Differs(evidence=(), about="K. Vos", what="left", said=said)
        assert facts(signal, voice)[1].endswith(f"LinkedIn says {shown}")


class TestAColleagueNearby:
    def test_where_and_when(self, voice: Voice, now: datetime) -> None:
        meeting: Meeting = make(
            Meeting,
            now,
            title="bezoek Brink",
            start=now + timedelta(days=3),
            end=now + timedelta(days=3),
            place=Place(city="Helmond"),
            keys=Keys(organisation="Brink Pompen"),
        )
        signal = Near(evidence=evidence(meeting), meeting=meeting, colleague="Joris Jansen", km=14.2)
        assert facts(signal, voice) == (
            "COMBINE",
            "Joris Jansen is at Brink Pompen in Helmond, 14 km from here, Thu 26 Nov 13:21",
        )
        assert facts(signal, voice, short=True)[1] == "Joris Jansen, Helmond, 14 km, Thu 26 Nov 13:21"
        unnamed = replace(signal, meeting=replace(meeting, keys=Keys()))
        assert facts(unnamed, voice)[1].startswith("Joris Jansen is in Helmond (bezoek Brink), 14 km")


class TestForOtherRooms:
    def test_word_and_fact_without_a_briefing(self, us: Us, now: datetime) -> None:
        said = (Said("crm", "Buyer"), Said("linkedin", "left"))
        signal = Differs(evidence=(), about="K. Vos", what="left", said=said)
        assert signal_text(signal, us, now) == ("DIFFERS", "K. Vos: CRM says Buyer, Linkedin says left")
        labels = {"linkedin": "LinkedIn"}
        assert signal_text(signal, us, now, labels)[1] == "K. Vos: CRM says Buyer, LinkedIn says left"
