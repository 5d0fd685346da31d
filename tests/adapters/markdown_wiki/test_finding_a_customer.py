"""Which pages are found for a customer, whose they are said to be, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from salesprep.adapter import PAGE_SIZE

VAN_DIJK = ("Van Dijk Machinebouw B.V.", "Van Dijk Machinebouw")


class TestACustomerNamedByThePage:
    @pytest.mark.parametrize("key", ["customer", "klant", "account", "kunde", "client", "Klant"])
    def test_is_the_pages_organisation(self, wiki: Any, key: str) -> None:
        wiki.write("a.md", f"---\n{key}: Van Dijk Machinebouw BV\n---\nniets\n")
        page = wiki.page("a.md", *VAN_DIJK)
        assert page.keys.organisation == "Van Dijk Machinebouw BV"
        assert page.keys.account_id == wiki.accounts(*VAN_DIJK)[0].id
        assert page.keys.hit is None

    def test_is_found_by_the_id_that_find_gave(self, wiki: Any) -> None:
        wiki.write("a.md", "---\nklant: Van Dijk Machinebouw\n---\nx\n")
        (found,) = wiki.accounts("van dijk machinebouw")
        assert [record.id for record in wiki.about(ids=(found.id,)).records] == ["a.md"]

    def test_may_be_a_link_or_a_list(self, wiki: Any) -> None:
        wiki.write("a.md", '---\nklant: "[[klanten/Van Dijk|VD]]"\n---\nx\n')
        wiki.write("b.md", "---\nklant: [[Van Dijk]]\n---\nx\n")
        wiki.write("c.md", "---\nklant:\n- Kaas & Co\n- Van Dijk\n---\nx\n")
        assert {record.id for record in wiki.about("Van Dijk").records} == {"a.md", "b.md", "c.md"}
        assert wiki.page("c.md", "Van Dijk").keys.organisation == "Van Dijk"
        assert wiki.page("c.md", "Kaas & Co").keys.organisation == "Kaas & Co"

    @pytest.mark.parametrize("word", ["ja", "no", "true", "n/a", "-", '""'])
    def test_is_no_word_that_only_says_yes_or_no(self, wiki: Any, word: str) -> None:
        wiki.write("a.md", f"---\nklant: {word}\n---\nx\n")
        assert wiki.accounts("ja", "no", "true", "n/a") == ()

    def test_is_found_by_its_domain_and_by_a_mail_address_there(self, wiki: Any) -> None:
        wiki.write("a.md", "---\nklant: Van Dijk\nwebsite: https://www.vandijk.example/nl\n---\nx\n")
        wiki.write("b.md", "---\ndomain: vandijk.example\n---\nx\n")
        (found,) = wiki.accounts(domains=("vandijk.example",))
        assert (found.title, found.keys.domains) == ("Van Dijk", ("vandijk.example",))
        assert wiki.accounts(emails=("r.smit@mail.vandijk.example",))[0].id == found.id
        pages = wiki.about(domains=("vandijk.example",)).records
        assert {page.id: page.keys.domains for page in pages} == {
            "a.md": ("vandijk.example",),
            "b.md": ("vandijk.example",),
        }

    def test_settings_may_name_other_keys(self, wiki: Any) -> None:
        wiki.settings = {"customer_keys": ["Relatie"]}
        wiki.write("a.md", "---\nrelatie: Van Dijk\nklant: Kaas & Co\n---\nx\n")
        assert wiki.page("a.md", "Van Dijk").keys.organisation == "Van Dijk"


class TestACustomersFolder:
    def test_names_the_customer_of_all_pages_in_it(self, wiki: Any) -> None:
        wiki.settings = {"customer_folders": ["sales/klanten"]}
        wiki.write("sales/Klanten/van-dijk-machinebouw/2026/a.md")
        wiki.write("sales/Klanten/index.md")
        (found,) = wiki.accounts(*VAN_DIJK)
        assert found.title == "van-dijk-machinebouw"
        page = wiki.page("sales/Klanten/van-dijk-machinebouw/2026/a.md", *VAN_DIJK)
        assert (page.keys.account_id, page.space) == (found.id, "sales/Klanten/van-dijk-machinebouw/2026")

    def test_counts_less_than_what_the_page_says(self, wiki: Any) -> None:
        wiki.settings = {"customer_folders": ["klanten"]}
        wiki.write("klanten/Van Dijk/a.md", "---\nklant: Kaas & Co\n---\nx\n")
        assert wiki.accounts("Van Dijk") == ()

    def test_is_none_without_the_setting(self, wiki: Any) -> None:
        wiki.write("klanten/Van Dijk/a.md")
        assert wiki.accounts("Van Dijk") == ()


class TestSpellingsOfOneCustomer:
    def test_are_one_account_by_the_name_that_a_page_writes(self, wiki: Any) -> None:
        wiki.settings = {"customer_folders": ["klanten"]}
        wiki.write("klanten/van-dijk-machinebouw/a.md")
        wiki.write("klanten/van-dijk-machinebouw/b.md")
        wiki.write("c.md", "---\nklant: Van Dijk Machinebouw B.V.\n---\nx\n")
        (found,) = wiki.accounts(*VAN_DIJK)
        assert found.title == "Van Dijk Machinebouw B.V."
        assert found.aliases == ("van-dijk-machinebouw",)
        assert wiki.about(ids=(found.id,)).total == 3

    def test_with_two_legal_forms_are_not(self, wiki: Any) -> None:
        for name, said in (("a", "Acme B.V."), ("b", "Acme GmbH"), ("c", "Acme")):
            wiki.write(f"{name}.md", f"---\nklant: {said}\n---\nx\n")
        found = wiki.accounts("Acme")
        assert {one.title for one in found} == {"Acme B.V.", "Acme GmbH", "Acme"}
        assert len({one.id for one in found}) == 3

    def test_with_domains_that_never_meet_are_not(self, wiki: Any) -> None:
        wiki.write("a.md", "---\nklant: Jansen\nwebsite: jansen.example\n---\nx\n")
        wiki.write("b.md", "---\nklant: Jansen\nwebsite: jansen-bakt.example\n---\nx\n")
        wiki.write("c.md", "---\nklant: Jansen\n---\nx\n")
        found = wiki.accounts("Jansen")
        assert sorted(one.keys.domains for one in found) == [
            (),
            ("jansen-bakt.example",),
            ("jansen.example",),
        ]
        wiki.write("d.md", "---\nklant: Jansen\nwebsite: [jansen.example, jansen-bakt.example]\n---\nx\n")
        assert [one.id for one in wiki.accounts("Jansen")] == ["jansen"]

    def test_with_two_domains_in_one_customers_folder_are(self, wiki: Any) -> None:
        wiki.settings = {"customer_folders": ["klanten"]}
        wiki.write("klanten/Jansen/a.md", "---\nwebsite: jansen.example\n---\nx\n")
        wiki.write("klanten/Jansen/b.md", "---\nklant: Jansen B.V.\nwebsite: jansen.test\n---\nx\n")
        (found,) = wiki.accounts("Jansen")
        assert found.keys.domains == ("jansen.example", "jansen.test")

    def test_that_hold_only_a_part_of_the_name_come_last(self, wiki: Any) -> None:
        for name in ("Van Dijk", "Van Dijk Machinebouw", "Dijkstra", "Kaas & Co"):
            wiki.write(f"{name}.md", f"---\nklant: {name}\n---\nx\n")
        assert [one.title for one in wiki.accounts("Van Dijk Machinebouw")] == [
            "Van Dijk Machinebouw",
            "Van Dijk",
        ]


class TestWordsInAPage:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("Van Dijk Machinebouw B.V.", "gesproken met van dijk machinebouw bv"),
            ("Café Åre B.V.", "bij cafe are geweest"),
            ("Kaas & Co", "Kaas + Co wil praten"),
            ("Kaas & Co", "Kaas en Co wil praten"),
            ("Kaas and Co", "Kaas & Co wil praten"),
            ("KPN", "(KPN)"),
        ],
    )
    def test_are_found_however_they_are_written(self, wiki: Any, name: str, text: str) -> None:
        wiki.write("a.md", text)
        (page,) = wiki.about(name).records
        assert page.keys.hit
        assert page.keys.organisation is None

    def test_are_told_as_they_stand_there(self, wiki: Any) -> None:
        wiki.write("a.md", "Overleg met VAN  DIJK\nmachinebouw over lijn 4\n")
        assert wiki.page("a.md", *VAN_DIJK).keys.hit == "VAN DIJK machinebouw"

    def test_may_stand_in_the_title_or_the_tags_alone(self, wiki: Any) -> None:
        wiki.write("a.md", "---\ntitle: Offerte Van Dijk\n---\nniets\n")
        wiki.write("b.md", "---\ntags: [lijn, Van Dijk]\n---\nniets\n")
        assert {page.id: page.keys.hit for page in wiki.about("Van Dijk").records} == {
            "a.md": "Van Dijk",
            "b.md": "Van Dijk",
        }

    @pytest.mark.parametrize(
        "text", ["https://www.vandijk.example/nl", "[hun site](https://www.vandijk.example/nl)"]
    )
    def test_may_be_a_domain(self, wiki: Any, text: str) -> None:
        wiki.write("a.md", f"zie {text} voor meer")
        page = wiki.about(domains=("vandijk.example",)).records[0]
        assert page.keys.hit == "vandijk.example"
        assert "vandijk.example" in page.snippet

    def test_may_be_a_mail_address(self, wiki: Any) -> None:
        wiki.write("a.md", "stuur aan <r.smit@vandijk.example> de lijst")
        assert wiki.about(emails=("r.smit@vandijk.example",)).records[0].keys.hit == "r.smit@vandijk.example"

    def test_that_are_only_a_part_of_others_are_not_found(self, wiki: Any) -> None:
        wiki.write("a.md", "Vandijkse zaken, dijk van een huis")
        assert wiki.about("Van Dijk").records == ()

    @pytest.mark.parametrize(
        "name", ['"', "A", '" OR title:x', "NEAR(", "a*", "-x", "^", "\x00", "\ud800", ""]
    )
    def test_are_never_taken_for_a_question_of_their_own(self, wiki: Any, name: str) -> None:
        wiki.write("a.md", "x a title")
        assert wiki.about(name, domains=(name,), emails=(name,)).failure is None
        wiki.opens().search(name, None, wiki.request())


class TestTheOrder:
    def test_own_pages_newest_first_then_hits_best_first(
        self, wiki: Any, local: Callable[[str], datetime]
    ) -> None:
        wiki.write("own-old.md", "---\nklant: Van Dijk\n---\nx", at=local("2025-01-01 10:00"))
        wiki.write("own-new.md", "---\nklant: Van Dijk\n---\nx", at=local("2026-01-01 10:00"))
        wiki.write("text.md", "Van Dijk " + "en nog iets " * 50, at=local("2026-11-01 10:00"))
        wiki.write("title.md", "# Van Dijk\nmeer", at=local("2020-01-01 10:00"))
        page = wiki.about("Van Dijk")
        assert [record.id for record in page.records] == ["own-new.md", "own-old.md", "title.md", "text.md"]
        assert page.total == 4

    def test_hits_that_fit_alike_come_newest_first(self, wiki: Any, local: Callable[[str], datetime]) -> None:
        for day in ("02", "04", "03"):
            wiki.write(f"{day}.md", "met Van Dijk", at=local(f"2026-11-{day} 10:00"))
        assert [record.id for record in wiki.about("Van Dijk").records] == ["04.md", "03.md", "02.md"]

    def test_goes_on_over_pages_without_a_gap_even_if_a_page_comes_between(
        self, wiki: Any, local: Callable[[str], datetime]
    ) -> None:
        names = {f"{n}.md" for n in range(2 * PAGE_SIZE + 7)}
        for n, name in enumerate(sorted(names)):
            wiki.write(name, "---\nklant: Van Dijk\n---\n", at=local(f"2026-01-{n % 28 + 1:02} 10:00"))
        page = wiki.about("Van Dijk")
        seen = [record.id for record in page.records]
        assert (len(seen), page.total) == (PAGE_SIZE, len(names))
        wiki.write("new.md", "---\nklant: Van Dijk\n---\n", at=local("2026-11-01 10:00"))
        while page.cursor is not None:
            page = wiki.about("Van Dijk", cursor=page.cursor)
            seen += [record.id for record in page.records]
        assert len(seen) == len(set(seen))
        assert set(seen) == names


class TestATopic:
    def test_wants_all_words_and_takes_longer_ones(self, wiki: Any) -> None:
        wiki.write("a.md", "De offerte van de LX-200 is verstuurd")
        wiki.write("b.md", "Offertes voor lijn 4")
        found = wiki.opens().search("offert lx-20", None, wiki.request())
        assert [record.id for record in found.records] == ["a.md"]
        assert found.total == 1
        assert "LX-200" in found.records[0].snippet

    def test_tells_whose_page_it_is(self, wiki: Any) -> None:
        wiki.write("a.md", "---\nklant: Van Dijk\n---\nstoring lijn 4")
        (page,) = wiki.opens().search("storing", None, wiki.request()).records
        assert (page.keys.organisation, page.keys.account_id) == ("Van Dijk", "van dijk")

    @pytest.mark.parametrize("text", ["", "  ", "&& --", '"'])
    def test_without_a_word_finds_nothing(self, wiki: Any, text: str) -> None:
        wiki.write("a.md")
        assert wiki.opens().search(text, None, wiki.request()).records == ()
