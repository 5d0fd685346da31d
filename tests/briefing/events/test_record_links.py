"""Which account a link in an invitation stands for, whatever the system and whatever is written there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.adapter import Kind
from salesprep.briefing.events.record_links import MOST, account_ids, link_to, links_in, patterns_of

if TYPE_CHECKING:
    from salesprep.adapter import Account
    from tests.briefing.conftest import Make


def account(make: Make, id: str, url: str | None) -> Account:
    from dataclasses import replace

    made = make.account(id, "Acme")
    return replace(made, url=url, no_url_reason=None if url else "a test")


class TestALinkInText:
    @pytest.mark.parametrize(
        ("text", "link"),
        [
            ("zie https://crm.example/a/1.", "https://crm.example/a/1"),
            ("<https://crm.example/a/1>", "https://crm.example/a/1"),
            ("(https://crm.example/a/1)", "https://crm.example/a/1"),
            ("https://crm.example/a_(1)", "https://crm.example/a_(1)"),
            ('"https://crm.example/a/1", en', "https://crm.example/a/1"),
        ],
    )
    def test_ends_before_what_the_sentence_puts_behind_it(self, make: Make, text: str, link: str) -> None:
        assert links_in(make.meeting("m", body=text)) == (link,)

    def test_of_hundreds_the_first_are_looked_at(self, make: Make) -> None:
        text = " ".join(f"https://news.example/{n}" for n in range(500))
        assert len(links_in(make.meeting("m", body=text))) == MOST


class TestAnId:
    @pytest.mark.parametrize(
        ("pattern", "link"),
        [
            ("https://crm.example/accounts/{id}", "https://crm.example/accounts/A-7"),
            ("https://crm.example/accounts/{id}", "http://www.crm.example/accounts/A-7/"),
            ("https://crm.example/accounts/{id}", "https://crm.example/accounts/A-7/edit?x=1#top"),
            ("https://crm.example/?m=account&id={id}", "https://crm.example/?m=account&id=A-7&tab=2"),
            ("https://crm.example/#/account/{id}", "https://crm.example/#/account/A-7"),
            ("https://crm.example/r/Account/{id}/view", "https://crm.example/r/Account/A-7/view"),
        ],
    )
    def test_is_found_where_the_settings_say_that_it_stands(self, pattern: str, link: str) -> None:
        assert account_ids([link], [(Kind.ACCOUNT, pattern)]) == ("A-7",)

    @pytest.mark.parametrize(
        "link",
        [
            "https://crm.example/accountsA-7",
            "https://crm.example/accounts/",
            "https://crm.example.evil.example/accounts/A-7",
            "https://evil.example/https://crm.example/accounts/A-7",
            "https://crm.example:8443/accounts/A-7",
            "ftp://crm.example/accounts/A-7",
        ],
    )
    def test_is_not_found_elsewhere(self, link: str) -> None:
        assert account_ids([link], [(Kind.ACCOUNT, "https://crm.example/accounts/{id}")]) == ()

    def test_of_another_kind_is_no_accounts_id(self) -> None:
        pattern = (Kind.TICKET, "https://crm.example/tickets/{id}")
        assert account_ids(["https://crm.example/tickets/7"], [pattern]) == ()
        pattern = (Kind.TICKET, "https://crm.example/accounts/{account_id}/tickets/{id}")
        assert account_ids(["https://crm.example/accounts/3/tickets/7"], [pattern]) == ("3",)

    @pytest.mark.parametrize("pattern", ["https://{id}@crm.example/a", "https://{account_id}@crm.example/a"])
    def test_that_stands_where_no_address_has_one_is_not_looked_for(self, pattern: str) -> None:
        assert account_ids(["https://crm.example/a"], [(Kind.ACCOUNT, pattern)]) == ()

    @given(st.text(min_size=1, max_size=30).filter(lambda t: t.strip() == t))
    def test_of_any_form_is_read_as_it_is_written(self, native_id: str) -> None:
        from urllib.parse import quote

        if "\ud800" <= max(native_id) <= "\udfff":
            return
        link = "https://crm.example/a/" + quote(native_id, safe="")
        assert account_ids([link], [(Kind.ACCOUNT, "https://crm.example/a/{id}")]) == (native_id,)

    @given(st.text(), st.text())
    def test_is_looked_for_in_any_text_without_failing(self, link: str, pattern: str) -> None:
        account_ids([link, f"https://{link}"], [(Kind.ACCOUNT, pattern), (Kind.PERSON, f"https://{pattern}")])


class TestAnAccountsOwnAddress:
    def test_is_the_link_itself(self, make: Make) -> None:
        own = account(make, "1", "https://wiki.example/klanten/acme")
        assert link_to(own, ["https://wiki.example/klanten/acme/"], ()) is not None
        assert link_to(own, ["https://wiki.example/klanten/acme-oud"], ()) is None

    def test_says_what_those_of_the_others_look_like(self, make: Make) -> None:
        known = account(make, "17", "https://crm.example/v2/c?id=17&x=1")
        assert account_ids(["https://crm.example/v2/c?id=99&x=1"], patterns_of([known])) == ("99",)

    @pytest.mark.parametrize(
        "url",
        [
            None,
            "https://crm.example/acme",
            "https://17.example/17x",
            "https://17/acme",
            "https://17",
            "https://crm.example/17/17",
            "file:///17",
        ],
    )
    def test_says_nothing_where_its_id_does_not_stand_in_it_once(self, make: Make, url: str | None) -> None:
        assert patterns_of([account(make, "17", url)]) == ()

    def test_at_the_root_of_a_site_is_everybodys(self, make: Make) -> None:
        own = account(make, "1", "https://acme.example/")
        assert link_to(own, ["https://acme.example"], ()) is None
