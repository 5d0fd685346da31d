"""A record declared by its source's paths: read in the types that the record has."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from salesprep.adapter import (
    RECORD_TYPES,
    BadData,
    Fields,
    Keys,
    Kind,
    Meeting,
    Money,
    Opportunity,
    Participant,
    Person,
    Place,
    Raw,
    Ticket,
)

NOW = datetime(2026, 11, 23, 12, 21, tzinfo=UTC)
ROW = {
    "nr": 1042,
    "subject": "Pump 3 leaks",
    "state": "open",
    "is_open": True,
    "opened": "2026-11-12T09:30:00+01:00",
    "link": "https://desk.example/1042",
    "prio": 2,
    "customer": {"name": "Van Dijk", "site": "https://www.vandijk.example/nl", "id": 7},
    "mail": "r.smit@vandijk.example",
}
TICKET = Fields(Ticket, id="nr", title="subject", url="link")


def row(**changed: object) -> Raw:
    return Raw({**ROW, **changed}, NOW, "tickets[1]")


class TestADeclaration:
    def test_makes_a_record_of_a_row(self) -> None:
        made = Fields(
            Ticket,
            id="nr",
            title="subject",
            url="link",
            at="opened",
            open="is_open",
            status="state",
            priority=lambda row: {1: "low", 2: "high"}[row.whole("prio")],
            people=lambda row: (Participant(email=row.text("mail"), role="contact"),),
            account_id="customer.id",
            organisation="customer.name",
            domains="customer.site",
            emails="mail",
            fields={"Priority": "prio"},
        )

        assert made(row()) == Ticket(
            id="1042",
            title="Pump 3 leaks",
            url="https://desk.example/1042",
            fetched_at=NOW,
            at=datetime.fromisoformat("2026-11-12T09:30:00+01:00"),
            open=True,
            status="open",
            priority="high",
            people=(Participant(email="r.smit@vandijk.example", role="contact"),),
            keys=Keys("7", "Van Dijk", ("r.smit@vandijk.example",), ("vandijk.example",)),
            fields={"Priority": "2"},
        )

    def test_reads_money_by_two_paths_and_never_without_its_currency(self) -> None:
        made = Fields(
            Opportunity,
            id="id",
            title="id",
            no_url_reason="no pages",
            amount=("sum", "cur"),
            closes="by",
            status="won",
        )
        value = {"id": "a", "sum": Decimal("12.50"), "cur": "EUR", "by": "2026-12-01", "won": "won"}

        deal = made(Raw(value, NOW))

        assert (deal.amount, deal.closes, deal.status) == (
            Money(Decimal("12.50"), "EUR"),
            date(2026, 12, 1),
            "won",
        )
        assert made(Raw({**value, "cur": None}, NOW)).amount is None

    def test_gives_the_addresses_of_a_person_to_the_person_and_to_their_keys(self) -> None:
        made = Fields(Person, id="nr", title="subject", no_url_reason="none", emails="mail")(row())

        assert made.emails == made.keys.emails == ("r.smit@vandijk.example",)

    def test_reads_a_meeting_of_whole_days_as_days(self) -> None:
        made = Fields(Meeting, id="i", title="i", no_url_reason="none", start="s", end="e", place="p")
        meeting = made(Raw({"i": "1", "s": "2026-11-24", "e": "2026-11-25", "p": "Utrecht"}, NOW))

        assert (meeting.start, meeting.end, meeting.place) == (
            date(2026, 11, 24),
            date(2026, 11, 25),
            Place(text="Utrecht"),
        )


class TestAValueThatTheSourceDoesNotHave:
    def test_stays_away_where_it_is_null(self) -> None:
        made = Fields(Ticket, id="nr", title="subject", url="link", at="opened", domains="mail")

        ticket = made(row(opened=None, mail=None))

        assert (ticket.at, ticket.keys) == (None, Keys())

    def test_is_noticed_where_it_is_gone_altogether(self) -> None:
        with pytest.raises(BadData) as caught:
            Fields(Ticket, id="nr", title="subject", url="link", at="created")(row())

        assert caught.value.field == "tickets[1].created"

    def test_may_be_gone_where_the_path_says_so(self) -> None:
        made = Fields(Ticket, id="nr", title="subject", url="link", at="created?", organisation="who.name?")

        assert made(row()).at is None

    @pytest.mark.parametrize("name", ["nr", "subject"])
    def test_costs_the_row_where_the_record_needs_it(self, name: str) -> None:
        with pytest.raises(BadData):
            TICKET(row(**{name: None}))

    def test_leaves_a_reason_in_place_of_an_address(self) -> None:
        other = Fields(Ticket, id="nr", title="subject", url="link", no_url_reason="archived")

        assert (TICKET(row(link=None)).no_url_reason, other(row(link=None)).no_url_reason) == (
            "the source tells no address of it",
            "archived",
        )
        assert other(row()).no_url_reason is None

    def test_is_refused_as_a_word_that_the_record_does_not_know(self) -> None:
        made = Fields(Opportunity, id="nr", title="subject", url="link", status="state")

        assert made(row()).status == "open"
        with pytest.raises(BadData, match=r"tickets\[1\]\.state is none of the words"):
            made(row(state="canary-7351"))


class TestAWrongDeclaration:
    @pytest.mark.parametrize(
        ("named", "said"),
        [
            ({"opend": "x"}, "Ticket has no field opend; did you mean open?"),
            ({"fetched_at": "x"}, "Ticket has no field fetched_at"),
            ({"people": "x"}, "people cannot be read by a path alone"),
            ({"status": ("a", "b")}, "status is no amount"),
        ],
    )
    def test_is_told_when_the_adapter_is_loaded(self, named: dict[str, str], said: str) -> None:
        with pytest.raises(TypeError, match=said):
            Fields(Ticket, id="nr", title="subject", url="link", **named)

    def test_lacks_what_each_record_has_to_have(self) -> None:
        with pytest.raises(TypeError, match="Ticket needs id"):
            Fields(Ticket, title="subject", url="link")
        with pytest.raises(TypeError, match="Ticket needs url or no_url_reason"):
            Fields(Ticket, id="nr", title="subject")


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_can_be_declared(kind: Kind) -> None:
    more = {"start": "at", "end": "at"} if kind is Kind.MEETING else {}
    made = Fields(RECORD_TYPES[kind], id="nr", title="subject", url="link", **more)

    record = made(row(at="2026-11-24T10:00:00Z"))

    assert (record.kind, record.id, record.fetched_at) == (kind, "1042", NOW)
