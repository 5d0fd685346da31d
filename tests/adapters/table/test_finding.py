"""Finding a customer's rows: by account, name, domain and address; in one table or across several."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.table.adapter import Tables
from salesprep.adapter import Kind, Query, Request

ACCOUNTS = """Nr;Account;Ook bekend als;Website;E-mail;Plaats
1042;Van Dijk Machinebouw B.V.;VDM;https://www.vandijk.example/nl;info@vandijk.example;Eindhoven
1043;Van Dijk Transport;;vandijktransport.example;;Helmond
1044;Bakkerij Jansen & Zn.;;;jansen@freemail.example;Rye
1045;Café Åre;;bücher.example;;Åre
1046;Van Dijk Machinebouw GmbH;;xn--bcher-kva.example;;Köln
"""
ACCOUNT_COLUMNS = {
    "id": "Nr",
    "title": "Account",
    "aliases": "Ook bekend als",
    "website": "Website",
    "emails": "E-mail",
    "city": "Plaats",
}
PEOPLE = """Naam;Klantnr;Bedrijf;E-mail
R. Smit;1042;;r.smit@vandijk.example
K. Vos;;van dijk machinebouw bv;
T. Aarts;;;t.aarts@mail.vandijk.example
P. de Vries;;Bakkerij Jansen en Zn;
N. Nemo;;Notvandijk;n@notvandijk.example
M. Maas;;Vandijk Com;m@vandijk.example.com
"""
PEOPLE_COLUMNS = {"title": "Naam", "account_id": "Klantnr", "organisation": "Bedrijf", "emails": "E-mail"}


@pytest.fixture
def accounts(csv_file: Callable[..., Path], make_adapter: Callable[..., Tables]) -> Tables:
    path = csv_file(ACCOUNTS, name="accounts.csv")
    return make_adapter(account={"path": str(path), "columns": ACCOUNT_COLUMNS})


@pytest.fixture
def both(csv_file: Callable[..., Path], make_adapter: Callable[..., Tables]) -> Tables:
    account = {"path": str(csv_file(ACCOUNTS, name="accounts.csv")), "columns": ACCOUNT_COLUMNS}
    person = {"path": str(csv_file(PEOPLE, name="people.csv")), "columns": PEOPLE_COLUMNS}
    return make_adapter(account=account, person=person)


@pytest.fixture
def people(csv_file: Callable[..., Path], make_adapter: Callable[..., Tables]) -> Tables:
    return make_adapter(person={"path": str(csv_file(PEOPLE, name="people.csv")), "columns": PEOPLE_COLUMNS})


class TestAnAccount:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            (Query(ids=("1043",)), ["1043"]),
            (Query(domains=("vandijk.example",)), ["1042"]),
            (Query(emails=("INFO@vandijk.example",)), ["1042"]),
            (Query(names=("Bakkerij Jansen en Zn",)), ["1044"]),
            (Query(names=("cafe are",)), ["1045"]),
            (Query(names=("VDM",)), ["1042", "1046"]),
            (Query(names=("dijk mach",)), ["1042", "1046"]),
            (Query(domains=("bücher.example",)), ["1045", "1046"]),
            (Query(domains=("freemail.example",)), []),
            (Query(names=("ijk",)), []),
            (Query(names=("%", "_", "'")), []),
            (Query(), []),
        ],
    )
    def test_is_found(self, query: Query, found: list[str], accounts: Tables, request_: Request) -> None:
        assert sorted(account.id for account in accounts.find(query, request_).records) == found

    def test_likely_ones_come_first(self, accounts: Tables, request_: Request) -> None:
        query = Query(names=("Van Dijk Machinebouw GmbH", "Van Dijk Machinebouw", "Van Dijk"))
        assert [account.id for account in accounts.find(query, request_).records] == ["1046", "1042", "1043"]

    def test_tells_its_keys(self, accounts: Tables, request_: Request) -> None:
        account = accounts.find(Query(ids=("1042",)), request_).records[0]
        assert (account.keys.account_id, account.keys.domains) == ("1042", ("vandijk.example",))
        assert (account.aliases, account.keys.organisation) == (("VDM",), "Van Dijk Machinebouw B.V.")

    def test_named_on_several_rows_is_one(
        self, csv_file: Callable[..., Path], make_adapter: Callable[..., Tables], request_: Request
    ) -> None:
        path = csv_file("Nr;Account;Contact\n1;Acme;R. Smit\n1;Acme;K. Vos\n2;Acme;X\n")
        columns = {"id": "Nr", "title": "Account", "contact": "Contact"}
        page = make_adapter(account={"path": str(path), "columns": columns}).find(
            Query(names=("Acme",)), request_
        )
        assert [(account.id, account.people[0].name) for account in page.records] == [
            ("1", "R. Smit"),
            ("2", "X"),
        ]

    def test_without_a_number_keeps_its_id_when_other_columns_change(
        self, csv_file: Callable[..., Path], make_adapter: Callable[..., Tables], request_: Request
    ) -> None:
        def ids(content: str) -> list[str]:
            path = csv_file(content)
            columns = {"title": "Account", "city": "Plaats", "phone": "Tel"}
            adapter = make_adapter(account={"path": str(path), "columns": columns})
            return [account.id for account in adapter.find(Query(names=("Acme",)), request_).records]

        before = ids("Account;Plaats;Tel\nAcme;Rye;1\nAcme;Ely;2\n")
        assert len(set(before)) == 2
        assert set(ids("Account;Plaats;Tel\nAcme;Ely;33\nAcme;Rye;1\n")) == set(before)

    def test_is_as_old_as_its_file(self, accounts: Tables, request_: Request, tmp_path: Path) -> None:
        page = accounts.find(Query(ids=("1042",)), request_)
        changed = (tmp_path / "accounts.csv").stat().st_mtime
        assert page.as_of == datetime.fromtimestamp(changed, UTC)


class TestRowsOfAnAccount:
    def _found(self, adapter: Tables, query: Query, request: Request) -> list[str]:
        page = adapter.fetch(query, Kind.PERSON, None, request)
        return sorted(record.title for record in page.records)

    def test_hang_under_its_number_or_bear_its_name(self, both: Tables, request_: Request) -> None:
        assert self._found(both, Query(ids=("1042",)), request_) == ["K. Vos", "R. Smit"]

    def test_have_its_domain_or_one_beneath_and_no_other(self, both: Tables, request_: Request) -> None:
        assert self._found(both, Query(domains=("vandijk.example",)), request_) == ["R. Smit", "T. Aarts"]

    def test_have_an_address(self, both: Tables, request_: Request) -> None:
        assert self._found(both, Query(emails=("n@notvandijk.example",)), request_) == ["N. Nemo"]

    def test_bear_the_name_in_another_writing(self, both: Tables, request_: Request) -> None:
        assert self._found(both, Query(names=("Bakkerij Jansen & Zn.",)), request_) == ["P. de Vries"]

    def test_of_another_with_a_longer_name_are_not_given(self, both: Tables, request_: Request) -> None:
        assert self._found(both, Query(names=("Van Dijk",)), request_) == []

    def test_of_nobody_are_not_given_for_an_empty_question(self, both: Tables, request_: Request) -> None:
        assert self._found(both, Query(), request_) == []

    def test_still_come_when_the_table_of_accounts_is_gone(
        self, both: Tables, request_: Request, tmp_path: Path
    ) -> None:
        (tmp_path / "accounts.csv").unlink()
        assert self._found(both, Query(ids=("1042",)), request_) == ["R. Smit"]

    def test_that_name_customers_by_number_alone_are_not_said_to_be_none(
        self, csv_file: Callable[..., Path], make_adapter: Callable[..., Tables], request_: Request
    ) -> None:
        path = csv_file("Offertenr;Relatienr\nO-1;1042\n", name="offers.csv")
        columns = {"title": "Offertenr", "account_id": "Relatienr"}
        offers = make_adapter(opportunity={"path": str(path), "columns": columns})
        page = offers.fetch(Query(names=("Van Dijk Machinebouw",)), Kind.OPPORTUNITY, None, request_)
        assert page.records == ()
        assert (
            page.notice
            == "rows name customers by number alone, and no table here tells whose number is whose"
        )
        linked = offers.fetch(Query(ids=("1042",)), Kind.OPPORTUNITY, None, request_)
        assert ([record.title for record in linked.records], linked.notice) == (["O-1"], None)
        account = {"path": str(csv_file(ACCOUNTS, name="accounts.csv")), "columns": ACCOUNT_COLUMNS}
        whole = make_adapter(account=account, opportunity={"path": str(path), "columns": columns})
        assert whole.fetch(Query(names=("Anybody",)), Kind.OPPORTUNITY, None, request_).notice is None

    def test_of_many_addresses_are_found_in_one_go(self, both: Tables, request_: Request) -> None:
        many = tuple(f"nobody{n}@vandijk.example.net" for n in range(100))
        assert self._found(both, Query(emails=(*many, "m@vandijk.example.com")), request_) == ["M. Maas"]


class TestATableWithoutAccounts:
    def test_tells_one_account_for_each_organisation(self, people: Tables, request_: Request) -> None:
        page = people.find(Query(names=("Van Dijk Machinebouw B.V.",)), request_)
        account = page.records[0]
        assert len(page.records) == 1
        assert (account.id, account.title) == ("name:van dijk machinebouw bv", "van dijk machinebouw bv")
        assert account.keys.organisation == account.title
        assert account.no_url_reason

    def test_whose_rows_are_found_by_its_id(self, people: Tables, request_: Request) -> None:
        page = people.fetch(Query(ids=("name:van dijk machinebouw bv",)), Kind.PERSON, None, request_)
        assert [record.title for record in page.records] == ["K. Vos"]
        assert people.find(Query(ids=("name:van dijk machinebouw bv",)), request_).records[0].title

    def test_keeps_two_legal_forms_apart(
        self, csv_file: Callable[..., Path], make_adapter: Callable[..., Tables], request_: Request
    ) -> None:
        path = csv_file("Naam;Bedrijf\nA;Acme GmbH\nB;ACME B.V.\nC;Acme gmbh\n")
        columns = {"title": "Naam", "organisation": "Bedrijf"}
        adapter = make_adapter(person={"path": str(path), "columns": columns})
        page = adapter.find(Query(names=("Acme",)), request_)
        assert sorted(account.title for account in page.records) == ["ACME B.V.", "Acme GmbH"]

    def test_gives_those_of_its_other_tables_when_one_cannot_be_read(
        self,
        csv_file: Callable[..., Path],
        make_adapter: Callable[..., Tables],
        request_: Request,
        tmp_path: Path,
    ) -> None:
        path = csv_file("Naam;Bedrijf\nA;Acme\n")
        gone = {"path": str(tmp_path / "gone.csv"), "columns": {"title": "a", "organisation": "b"}}
        columns = {"title": "Naam", "organisation": "Bedrijf"}
        adapter = make_adapter(person={"path": str(path), "columns": columns}, activity=gone)
        page = adapter.find(Query(names=("Acme",)), request_)
        assert [account.title for account in page.records] == ["Acme"]
        assert page.failure is not None
        assert page.failure.code == "config_invalid"


class TestPages:
    @pytest.fixture
    def calls(self, csv_file: Callable[..., Path], make_adapter: Callable[..., Tables]) -> Tables:
        lines = [f"{1 + n % 28:02}-{1 + n % 12:02}-2026;Acme;call {n}" for n in range(120)]
        path = csv_file("\n".join(["Datum;Firm;Wat", ";Acme;undated", *lines, "13-13-2026;Acme;odd"]) + "\n")
        columns = {"at": "Datum", "organisation": "Firm", "title": "Wat"}
        return make_adapter(activity={"path": str(path), "columns": columns})

    def test_come_newest_first_with_the_undated_last(self, calls: Tables, request_: Request) -> None:
        cursor, seen, totals = None, [], set()
        while True:
            page = calls.fetch(Query(names=("Acme",)), Kind.ACTIVITY, cursor, request_)
            seen += [(record.at, record.title) for record in page.records]
            totals.add(page.total)
            cursor = page.cursor
            if cursor is None:
                break
        dated = [at for at, _ in seen if at is not None]
        assert dated == sorted(dated, reverse=True)
        assert len(dated) == 120
        assert [title for at, title in seen if at is None] == ["undated", "odd"]
        assert totals == {122}


class TestATopic:
    def test_is_found_in_all_tables_whatever_its_accents(self, both: Tables, request_: Request) -> None:
        page = both.search("CAFE are", None, request_)
        assert [record.title for record in page.records] == ["Café Åre"]
        page = both.search("vos", page.cursor, request_)
        assert [record.title for record in page.records] == ["K. Vos"]
        assert page.cursor is None

    def test_of_no_words_finds_nothing(self, both: Tables, request_: Request) -> None:
        assert both.search(" ?! ", None, request_).records == ()
