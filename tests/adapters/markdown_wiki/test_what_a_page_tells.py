"""Title, authors, dates, the lines around a hit, and the link of a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.markdown_wiki.plain import CLOSE, OPEN, plain, snippet
from salesprep.adapter import Participant


class TestTheTitle:
    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("---\ntitle: Van Dijk, wie is wie\n---\n# Anders\n", "Van Dijk, wie is wie"),
            ("---\ntitle: ''\n---\n# Wie is *wie* bij [Van Dijk](x.md) #\n", "Wie is wie bij Van Dijk"),
            ("tekst vooraf\n\n## Later\n", "Later"),
            ("Lijn 4, ombouw\n==============\n\nx", "Lijn 4, ombouw"),
            ("```sh\n# geen kop\n```\n\n# Kop\n", "Kop"),
            ("#geen kop\n\n- punt\n---\nniets", "de pagina"),
            ("| a | b |\n|---|---|\n", "de pagina"),
            ("", "de pagina"),
            ("\ufeff# Met BOM\r\nx\r\n", "Met BOM"),
        ],
    )
    def test_is_of_the_front_matter_else_the_first_heading_else_the_file(
        self, wiki: Any, text: str, title: str
    ) -> None:
        wiki.write("klant/de pagina.md", text + "\nzoekwoord")
        assert wiki.page("klant/de pagina.md", "zoekwoord").title == title


class TestFrontMatter:
    def test_in_toml_is_read_as_well(self, wiki: Any) -> None:
        wiki.write(
            "a.md",
            '+++\ntitle = "Bezoek"\nklant = ["Van Dijk"]\nauthors = [{name = "J. Jansen"}]\n'
            'date = 2026-10-14\nupdated = 2026-10-15T09:30:00\nlang = "nl"\nversion = 3\n+++\nx\n',
        )
        page = wiki.page("a.md", "Van Dijk")
        assert (page.title, page.keys.organisation, page.language, page.version) == (
            "Bezoek",
            "Van Dijk",
            "nl",
            "3",
        )
        assert page.people == (Participant(name="J. Jansen", role="author"),)
        assert page.at == date(2026, 10, 14)
        assert page.updated_at.isoformat() == "2026-10-15T09:30:00+02:00"

    def test_names_authors_in_any_usual_way(self, wiki: Any) -> None:
        wiki.write(
            "a.md",
            "---\nauthor: M. Bakker <m.bakker@ons.example>\n"
            "authors:\n- J. Jansen\n- {name: S. Willems, email: s.willems@ons.example}\n"
            "- M. Bakker\n---\nzoek",
        )
        assert wiki.page("a.md", "zoek").people == (
            Participant(name="M. Bakker", email="m.bakker@ons.example", role="author"),
            Participant(name="J. Jansen", role="author"),
            Participant(name="S. Willems", email="s.willems@ons.example", role="author"),
        )

    def test_tags_are_kept_as_the_page_has_them(self, wiki: Any) -> None:
        wiki.write("a.md", "---\ntags: [klant, lijn 4]\n---\nzoek")
        assert wiki.page("a.md", "zoek").fields == {"tags": "klant, lijn 4"}

    def test_values_are_texts_and_never_anything_else(self, wiki: Any) -> None:
        wiki.write("a.md", "---\ntitle: no\nversion: 1.10\nlang: !!python/name:os.system x\n---\nzoek")
        page = wiki.page("a.md", "zoek")
        assert (page.title, page.version, page.language) == ("no", "1.10", "x")

    def test_a_line_across_the_page_is_none(self, wiki: Any) -> None:
        wiki.write("a.md", "---\n\nEerst zoek dit.\n\n---\n\nDan dat.\n")
        page = wiki.about("zoek")
        assert page.refused == ()
        assert page.records[0].snippet.startswith("Eerst zoek dit.")


class TestDates:
    def test_of_the_page_itself_come_first(self, wiki: Any, local: Callable[[str], datetime]) -> None:
        wiki.write("a.md", "---\ncreated: 2024-03-11\nupdated: 2026-02-18 10:00\n---\nzoek")
        page = wiki.page("a.md", "zoek")
        assert (page.at, page.updated_at) == (date(2024, 3, 11), local("2026-02-18 10:00"))

    def test_of_writing_alone_leave_the_change_open(self, wiki: Any) -> None:
        wiki.write("a.md", "---\ndate: 2024-03-11\n---\nzoek")
        page = wiki.page("a.md", "zoek")
        assert (page.at, page.updated_at) == (date(2024, 3, 11), None)

    def test_of_the_file_count_where_nothing_else_does(
        self, wiki: Any, local: Callable[[str], datetime]
    ) -> None:
        wiki.write("a.md", "zoek", at=local("2026-11-02 09:15"))
        page = wiki.page("a.md", "zoek")
        assert (page.at, page.updated_at) == (None, local("2026-11-02 09:15"))

    @pytest.mark.parametrize("said", ["2 maart", "03/04/2026", "2026-13-45", "[2026-01-01]", "99999-01-01"])
    def test_that_cannot_be_read_are_not_guessed(
        self, wiki: Any, said: str, local: Callable[[str], datetime]
    ) -> None:
        wiki.write("a.md", f"---\ndate: {said}\nupdated: {said}\n---\nzoek", at=local("2026-11-02 09:15"))
        page = wiki.page("a.md", "zoek")
        assert (page.at, page.updated_at) == (None, local("2026-11-02 09:15"))

    def test_at_the_ends_of_the_calendar_do_no_harm(self, wiki: Any) -> None:
        wiki.write("a.md", "---\ndate: 0001-01-01\nupdated: 0001-01-01T00:00:00\n---\nzoek")
        wiki.write("b.md", "---\nupdated: 9999-12-31T23:59:59-12:00\n---\nzoek")
        assert wiki.about("zoek").total == 2


class TestTheLink:
    def test_leads_to_the_file_if_the_settings_name_no_address(self, wiki: Any) -> None:
        path = wiki.write("klanten/Kaas & Co/50% #1?.md", "zoek")
        page = wiki.page("klanten/Kaas & Co/50% #1?.md", "zoek")
        assert Path(unquote(urlsplit(page.url).path)) == path
        assert page.no_url_reason is None

    @pytest.mark.parametrize(
        ("link", "url"),
        [
            ("https://wiki.ons.example/{path}", "https://wiki.ons.example/klanten/Kaas%20%26%20Co/a%3Fb.md"),
            ("https://ons.example/w/{page}/?v=1", "https://ons.example/w/klanten/Kaas%20%26%20Co/a%3Fb/?v=1"),
        ],
    )
    def test_is_made_of_the_address_and_the_path(self, wiki: Any, link: str, url: str) -> None:
        wiki.settings = {"link": link}
        wiki.write("klanten/Kaas & Co/a?b.md", "zoek")
        assert wiki.page("klanten/Kaas & Co/a?b.md", "zoek").url == url


class TestTheLinesAroundAHit:
    def test_are_read_without_the_marks_of_markdown(self, wiki: Any) -> None:
        wiki.write(
            "a.md",
            "# Kop\n\n> - [x] **Van Dijk** wil <b>de</b> [offerte](https://x.example/a_(b)) &amp; `lijn_4` "
            "~~niet~~ *nu*, zie [[klanten/lijst|de lijst]] en ![tekening](a.png)[^1]<br>einde <!-- weg -->\n",
        )
        assert wiki.page("a.md", "Van Dijk").snippet == (
            "Kop\nVan Dijk wil de offerte & lijn_4 niet nu, zie de lijst en tekening einde"
        )

    def test_of_a_table_are_its_cells(self, wiki: Any) -> None:
        wiki.write("a.md", "| wie | wat |\n|:---|---:|\n| R. Smit | bij Van Dijk |\n")
        assert wiki.page("a.md", "Van Dijk").snippet == "wie · wat\nR. Smit · bij Van Dijk"

    def test_begin_shortly_before_the_hit_and_end_at_a_word(self, wiki: Any) -> None:
        wiki.write("a.md", "woord " * 2000 + "Van Dijk zegt " + "daarna " * 2000)
        shown = wiki.page("a.md", "Van Dijk").snippet
        assert shown.startswith("… woord woord")
        assert shown.index("Van Dijk") < 40
        assert shown.endswith("daarna …")
        assert len(shown) < 260

    def test_are_about_the_fullest_name(self, wiki: Any) -> None:
        wiki.write("a.md", "Dijk Machinebouw\n\n" + "iets anders\n\n" * 60 + "Van Dijk Machinebouw zelf\n")
        page = wiki.page("a.md", "Van Dijk Machinebouw", "Dijk Machinebouw")
        assert page.keys.hit == "Van Dijk Machinebouw"
        assert "zelf" in page.snippet

    def test_are_the_first_ones_if_only_the_page_itself_names_the_customer(self, wiki: Any) -> None:
        wiki.write("a.md", "---\nklant: Van Dijk\n---\n\n**Let op:** bellen.\n")
        assert wiki.page("a.md", "Van Dijk").snippet == "Let op: bellen."

    def test_of_an_empty_page_are_none(self, wiki: Any) -> None:
        wiki.write("a.md", "---\nklant: Van Dijk\n---\n\n")
        assert wiki.page("a.md", "Van Dijk").snippet is None

    @given(st.text(alphabet=f"ab *_`[]()<>|!#-=~\\\n&;:/.{OPEN}{CLOSE}", max_size=400))
    def test_are_found_in_any_text(self, text: str) -> None:
        shown, hit = snippet(text)
        assert OPEN not in f"{shown}{hit}"
        assert CLOSE not in f"{shown}{hit}"

    @given(st.text(alphabet="abc ,.éß\n", max_size=200))
    def test_keep_every_plain_word(self, text: str) -> None:
        assert plain(text).split() == text.split()

    @pytest.mark.parametrize(
        "unit", ["[", "![", "[[", "(", "<", "<!--", "|-", "**", "__", "> ", "- ", "`", "[a](", "\\"]
    )
    def test_of_hostile_text_do_not_take_long(self, unit: str) -> None:
        text = unit * (200_000 // len(unit))
        assert len(snippet(f"{text}{OPEN}x{CLOSE}{text}")[0] or "") < 300
