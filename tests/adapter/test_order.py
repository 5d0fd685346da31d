"""The accounts that an adapter found, the likeliest first: what a page that is cut short keeps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from salesprep.adapter import Account, Keys, Query, names
from salesprep.adapter.order import likeliest_first

NOW = datetime(2026, 11, 23, 13, 21, tzinfo=UTC)


def account(
    native_id: str,
    title: str,
    *aliases: str,
    domains: tuple[str, ...] = (),
    emails: tuple[str, ...] = (),
) -> Account:
    return Account(
        id=native_id,
        title=title,
        aliases=aliases,
        fetched_at=NOW,
        no_url_reason="none",
        keys=Keys(account_id=native_id, domains=domains, emails=emails),
    )


LIKELIEST_FIRST = (
    account("id", "Bakkerij Jansen"),
    account("domain", "Machinefabriek Zuid", domains=("vandijk.example",)),
    account("whole name", "VAN DIJK Machinebouw bv"),
    account("without its form", "Van Dijk Machinebouw GmbH"),
    account("its beginning", "Van Dijk Machinebouw Service"),
    account("in the middle", "Holding Van Dijk Machinebouw"),
)
ASKED = Query(names=("Van Dijk Machinebouw B.V.",), domains=("vandijk.example",), ids=("id",))


def ids(accounts: list[Account]) -> list[str]:
    return [one.id for one in accounts]


def first(query: Query, likely: Account) -> bool:
    """Whether this one stands before an account that has nothing to do with the question."""
    return likeliest_first([account("other", "Kaas & Co"), likely], query)[0] is likely


class TestTheOrder:
    @pytest.mark.parametrize("found", [LIKELIEST_FIRST, LIKELIEST_FIRST[::-1]], ids=["in it", "backwards"])
    def test_is_by_what_tells_most_of_the_customer(self, found: tuple[Account, ...]) -> None:
        assert likeliest_first(found, ASKED) == list(LIKELIEST_FIRST)

    def test_is_as_given_where_nothing_is_likelier(self) -> None:
        found = [account("9", "Acme"), account("1", "ACME"), account("5", "Acme.")]
        assert ids(likeliest_first(found, Query(names=("acme",)))) == ["9", "1", "5"]
        assert ids(likeliest_first(found, Query())) == ["9", "1", "5"]

    def test_takes_the_likeliest_of_several_names(self) -> None:
        found = [account("1", "Van Dijk Holding"), account("2", "VDM"), account("3", "Van Dijk Machinebouw")]
        query = Query(names=("Van Dijk Machinebouw", "Van Dijk"))
        assert ids(likeliest_first(found, query)) == ["3", "1", "2"]

    def test_counts_a_mail_address_as_a_domain(self) -> None:
        found = [
            account("name", "Acme"),
            account("address", "x", emails=("r.smit@freemail.example",)),
            account("domain", "y", domains=("acme.example",)),
        ]
        query = Query(names=("Acme",), domains=("acme.example",), emails=("r.smit@freemail.example",))
        assert ids(likeliest_first(found, query)) == ["address", "domain", "name"]

    def test_knows_an_account_by_its_aliases_too(self) -> None:
        assert first(Query(names=("vdm",)), account("1", "Van Dijk Machinebouw", "V.D.M."))
        assert first(Query(names=("VDM B.V.",)), account("1", "Van Dijk Machinebouw", "VDM"))

    @pytest.mark.parametrize(
        ("asked", "likely"),
        [
            (Query(names=("Café Åre",)), account("1", "CAFE ARE")),
            (Query(domains=("VanDijk.example",)), account("1", "x", domains=("vandijk.example",))),
            (
                Query(emails=("R.Smit@vandijk.example",)),
                account("1", "x", emails=("r.smit@VanDijk.example",)),
            ),
        ],
        ids=["name", "domain", "address"],
    )
    def test_does_not_depend_on_capitals_or_accents(self, asked: Query, likely: Account) -> None:
        assert first(asked, likely)

    @pytest.mark.parametrize("name", ["", "!?", " "])
    def test_takes_a_name_without_letters_for_nobodys(self, name: str) -> None:
        assert not first(Query(names=(name,)), account("1", "?!"))
        assert not first(Query(names=(name,)), account("1", "Acme"))


class TestThoseThatOnlySoundLikeIt:
    def test_come_last_and_the_nearest_of_them_first(self) -> None:
        found = [
            account("far", "Akmee Holding"),
            account("near", "Akme"),
            account("by its phone", "Kaas & Co"),
            account("named", "Acme"),
        ]
        told = likeliest_first(found, Query(names=("Acme",)), alike=("near", "named", "far"))
        assert ids(told) == ["named", "by its phone", "near", "far"]

    def test_are_no_likelier_for_it_where_more_is_known(self) -> None:
        found = [account("1", "Acme"), account("2", "ACME")]
        assert ids(likeliest_first(found, Query(names=("Acme",)), alike=("2", "1"))) == ["1", "2"]


class TestManyAccounts:
    def test_are_looked_at_without_folding_the_question_for_each(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folded: list[str] = []

        def counted(name: str) -> str:
            folded.append(name)
            return names.fold(name)

        for function in ("fold", "fold_organisation"):
            monkeypatch.setattr(f"salesprep.adapter.order.{function}", counted)
        likeliest_first([account(f"{n}", f"Firma {n}") for n in range(50)], Query(names=("Acme",)))
        assert folded.count("Acme") == 2
