"""Every kind, from the sample's settings and its database."""

from __future__ import annotations

import inspect
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.sql.adapter import Sql
from salesprep.adapter import (
    Account,
    Activity,
    Contract,
    Invoice,
    Keys,
    Kind,
    Money,
    Opportunity,
    Order,
    Page,
    Participant,
    Person,
    Place,
    Query,
    Record,
    Request,
    Task,
    Ticket,
)
from salesprep.adapter.manifest import read_manifest

ZUIDERPOMP = Query(ids=("1042",))
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NO_ADDRESS = "the settings of this source name no web address for it"


def records(adapter: Sql, kind: Kind, request: Request) -> tuple[Record, ...]:
    page = adapter.fetch(ZUIDERPOMP, kind, None, request)
    assert page.refused == ()
    return page.records


class TestWhatAQueryTells:
    def test_an_account(self, adapter: Sql, request_: Request) -> None:
        [account] = records(adapter, Kind.ACCOUNT, request_)
        assert account == Account(
            id="1042",
            title="Zuiderpomp Installaties B.V.",
            url="https://crm.ons.example/accounts/1042",
            fetched_at=request_.now(),
            updated_at=datetime(2026, 11, 20, 9, 15, tzinfo=AMSTERDAM),
            keys=Keys(
                account_id="1042",
                organisation="Zuiderpomp Installaties B.V.",
                emails=("info@zuiderpomp.example",),
                domains=("zuiderpomp.example",),
            ),
            aliases=("Zuiderpomp", "ZPI"),
            industry="machine building",
            staff=120,
            owner="anna@ons.example",
            status="customer",
            phone="+31 40 555 0100",
            website="https://www.zuiderpomp.example/nl",
            place=Place(
                text="Havenweg 3", city="Eindhoven", country="NL", latitude=51.4416, longitude=5.4697
            ),
        )

    def test_a_subsidiary_names_its_parent_and_a_written_out_country_stays_words(
        self, adapter: Sql, request_: Request
    ) -> None:
        [account] = adapter.find(Query(ids=("1043",)), request_).records
        assert account.parent_id == "1042"
        assert account.place == Place(text="Deutschland", city="Köln")

    def test_free_mail_is_no_domain_of_an_organisation(self, adapter: Sql, request_: Request) -> None:
        [account] = adapter.find(Query(ids=("1044",)), request_).records
        assert account.keys.domains == ()
        assert account.keys.emails == ("are@freemail.example",)
        assert account.aliases == ("Cafe Are", "Åre")
        assert account.place is None

    def test_persons_with_their_consent(self, adapter: Sql, request_: Request) -> None:
        yilmaz, aarts = records(adapter, Kind.PERSON, request_)
        assert yilmaz == Person(
            id="1",
            title="A. Yılmaz",
            url="https://crm.ons.example/accounts/1042/people/1",
            fetched_at=request_.now(),
            keys=Keys(account_id="1042", emails=("a.yilmaz@zuiderpomp.example",)),
            position="CFO",
            emails=("A.Yilmaz@zuiderpomp.example",),
            phones=("+31 40 555 0101", "+31 6 5550 0102"),
            consent={"mail": "ok", "phone": "no"},
            started=date(2024, 3, 1),
            left=False,
        )
        assert isinstance(aarts, Person)
        assert aarts.consent == {"mail": "unknown", "phone": "unknown"}
        assert aarts.left is True

    def test_activities_newest_first_with_who_and_whom(self, adapter: Sql, request_: Request) -> None:
        phoned, visited, mailed = records(adapter, Kind.ACTIVITY, request_)
        assert phoned == Activity(
            id="1",
            title="Onderdeel",
            no_url_reason=NO_ADDRESS,
            fetched_at=request_.now(),
            at=datetime(2026, 11, 13, 16, 40, tzinfo=AMSTERDAM),
            keys=Keys(account_id="1042"),
            people=(
                Participant(name="M. Bakker", email="m.bakker@ons.example", role="owner"),
                Participant(
                    name="A. Yılmaz",
                    email="A.Yilmaz@zuiderpomp.example",
                    role="contact",
                    position="CFO",
                    id="1",
                ),
            ),
            type="phone",
            direction="out",
            body="wacht op onderdeel\n  tot week 49",
        )
        assert visited.at == date(2026, 10, 12), "a day without a time stays a day"
        assert visited.title == ""
        assert [person.name for person in visited.people] == ["Anna de Boer"]
        assert mailed.at == datetime(2026, 9, 28, 9, 15, tzinfo=UTC)
        assert isinstance(mailed, Activity)
        assert mailed.answered is False

    def test_a_task(self, adapter: Sql, request_: Request) -> None:
        assert records(adapter, Kind.TASK, request_) == (
            Task(
                id="1",
                title="stuklijst lijn 4 sturen",
                no_url_reason=NO_ADDRESS,
                fetched_at=request_.now(),
                at=date(2026, 10, 12),
                keys=Keys(account_id="1042"),
                people=(Participant(name="Anna de Boer", role="owner"),),
                due=date(2026, 11, 30),
                done=False,
            ),
        )

    def test_opportunities_with_exact_amounts(self, adapter: Sql, request_: Request) -> None:
        first, second, third = records(adapter, Kind.OPPORTUNITY, request_)
        assert first == Opportunity(
            id="1",
            title="LX-200",
            url="https://crm.ons.example/deals/1",
            fetched_at=request_.now(),
            keys=Keys(account_id="1042"),
            stage="negotiation",
            status="open",
            amount=Money(Decimal(180000), "EUR"),
            closes=date(2026, 11, 24),
            next_step="",
            fields={"expected margin": "12 %"},
        )
        assert isinstance(second, Opportunity)
        assert second.amount == Money(Decimal("24000.50"), "USD")
        assert second.next_step == "call in December"
        assert isinstance(third, Opportunity)
        assert third.amount == Money(Decimal("0.1"), "EUR")
        assert third.closes is None

    def test_a_next_step_that_is_not_selected_is_no_missing_next_step(
        self, adapter: Sql, request_: Request
    ) -> None:
        without = adapter.config.queries.model_copy(
            update={
                "opportunity": "SELECT id, name AS title, account_id FROM opportunity"
                " WHERE account_id IN asked_ids"
            }
        )
        other = Sql(adapter.config.model_copy(update={"queries": without}))
        found = records(other, Kind.OPPORTUNITY, request_)
        assert [o.next_step for o in found if isinstance(o, Opportunity)] == [None, None, None]

    def test_a_contract(self, adapter: Sql, request_: Request) -> None:
        assert records(adapter, Kind.CONTRACT, request_) == (
            Contract(
                id="1",
                title="Onderhoud",
                no_url_reason=NO_ADDRESS,
                fetched_at=request_.now(),
                keys=Keys(account_id="1042"),
                status="in force",
                amount=Money(Decimal(12000), "EUR"),
                starts=date(2025, 1, 1),
                ends=date(2026, 12, 31),
                notice_by=date(2026, 9, 30),
            ),
        )

    def test_an_order(self, adapter: Sql, request_: Request) -> None:
        assert records(adapter, Kind.ORDER, request_) == (
            Order(
                id="1",
                title="SO-77",
                no_url_reason=NO_ADDRESS,
                fetched_at=request_.now(),
                at=date(2026, 11, 2),
                keys=Keys(account_id="1042"),
                status="confirmed",
                amount=Money(Decimal("1999.95"), "EUR"),
                delivery=date(2026, 12, 4),
            ),
        )

    def test_an_invoice(self, adapter: Sql, request_: Request) -> None:
        assert records(adapter, Kind.INVOICE, request_) == (
            Invoice(
                id="1",
                title="F-2026-310",
                no_url_reason=NO_ADDRESS,
                fetched_at=request_.now(),
                at=date(2026, 11, 5),
                keys=Keys(account_id="1042"),
                status="open",
                amount=Money(Decimal("1999.95"), "EUR"),
                outstanding=Money(Decimal("999.95"), "EUR"),
                due=date(2026, 12, 5),
            ),
        )

    def test_tickets_with_whose_the_last_word_is(self, adapter: Sql, request_: Request) -> None:
        storing, manual = records(adapter, Kind.TICKET, request_)
        opened = datetime(2025, 11, 19, 8, 12, tzinfo=UTC)
        assert storing == Ticket(
            id="1042",
            number="1042",
            title="storing lijn 4",
            no_url_reason=NO_ADDRESS,
            fetched_at=request_.now(),
            at=opened,
            keys=Keys(account_id="1042"),
            people=(Participant(name="R. Smit", email="r.smit@zuiderpomp.example", role="contact"),),
            status="open",
            open=True,
            priority="1",
            type="complaint",
            last_message="staat weer\n  stil",
            last_message_at=opened,
            last_message_by="them",
        )
        assert isinstance(manual, Ticket)
        assert manual.last_message_by == "us"
        assert manual.open is False
        assert manual.closed_at == datetime(2025, 11, 17, 8, 0, tzinfo=UTC)


class TestAWebAddress:
    def test_holds_the_ids_percent_encoded(self, adapter: Sql, request_: Request) -> None:
        links = adapter.config.links.model_copy(update={"account": "https://crm.ons.example/a?id={id}"})
        queries = adapter.config.queries.model_copy(
            update={"account": "SELECT 'a/b?c&d é' AS id, name AS title FROM account WHERE id IN asked_ids"}
        )
        other = Sql(adapter.config.model_copy(update={"links": links, "queries": queries}))
        [account] = other.find(ZUIDERPOMP, request_).records
        assert account.url == "https://crm.ons.example/a?id=a%2Fb%3Fc%26d%20%C3%A9"

    def test_of_the_row_itself_comes_first(self, adapter: Sql, request_: Request) -> None:
        queries = adapter.config.queries.model_copy(
            update={
                "account": "SELECT id, name AS title, 'https://other.example/x' AS url FROM account"
                " WHERE id IN asked_ids"
            }
        )
        other = Sql(adapter.config.model_copy(update={"queries": queries}))
        [account] = other.find(ZUIDERPOMP, request_).records
        assert account.url == "https://other.example/x"

    def test_that_needs_an_account_is_left_out_where_the_row_has_none(
        self, adapter: Sql, request_: Request
    ) -> None:
        queries = adapter.config.queries.model_copy(
            update={
                "person": "SELECT id, name AS title, email AS emails FROM person"
                " WHERE account_id IN asked_ids"
            }
        )
        other = Sql(adapter.config.model_copy(update={"queries": queries}))
        for person in other.fetch(ZUIDERPOMP, Kind.PERSON, None, request_).records:
            assert person.url is None
            assert person.no_url_reason == NO_ADDRESS


def test_a_kind_without_a_query_is_not_asked_for(adapter: Sql, request_: Request) -> None:
    manifest = read_manifest(Path(inspect.getfile(Sql)).parent / "adapter.toml")
    assert manifest.kinds_of({"queries": {"order": "…", "account": "…"}}) == (Kind.ACCOUNT, Kind.ORDER)
    queries = adapter.config.queries.model_copy(update={"invoice": None, "account": None})
    other = Sql(adapter.config.model_copy(update={"queries": queries}))
    assert other.fetch(ZUIDERPOMP, Kind.INVOICE, None, request_) == Page()
    assert other.find(ZUIDERPOMP, request_) == Page()
