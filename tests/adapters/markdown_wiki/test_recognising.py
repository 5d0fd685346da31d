"""What ``salesprep add`` is told of a folder."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapters.markdown_wiki.adapter import MarkdownWiki
from salesprep.adapter import Kind, Query
from salesprep.adapter.proposal import Given, Proposal


@pytest.fixture
def recognise(request_: Any) -> Callable[..., tuple[Proposal, ...]]:
    def ask(path: Path | None, seconds: float = 10, **other: Any) -> tuple[Proposal, ...]:
        deadline = time.monotonic() + seconds
        return MarkdownWiki.recognise(Given(path=path, now=request_.now(), deadline=deadline, **other))

    return ask


class TestAFolderOfNotes:
    def test_with_customers_in_it_is_certain(self, wiki: Any, recognise: Callable[..., Any]) -> None:
        wiki.write("Klanten/index.md")
        wiki.write("Klanten/Van Dijk/a.md")
        wiki.write("Klanten/Van Dijk/sub/b.md")
        wiki.write("c.md", "---\ntitle: x\nklant: Kaas & Co\n---\n")
        wiki.write("d.md", "+++\r\ncustomer = 'Acme'\r\n+++\r\n")
        wiki.write("e.md", "klant: niet in front matter")
        (found,) = recognise(wiki.folder)
        assert found.sure == "certain"
        assert (found.name, found.title) == ("wiki", "Wiki")
        assert found.what == "a folder of notes: 6 pages, 4 named for customers"
        assert found.config == {"folder": str(wiki.folder), "customer_folders": ["Klanten"]}

    def test_can_be_read_with_what_is_proposed(self, wiki: Any, recognise: Callable[..., Any]) -> None:
        wiki.write("klanten/Van Dijk/a.md")
        wiki.write("klanten/Van Dijk/b.md")
        wiki.write("c.md")
        (found,) = recognise(wiki.folder)
        adapter = MarkdownWiki(MarkdownWiki.Config.model_validate(dict(found.config)))
        query = Query(names=("Van Dijk",))
        assert adapter.fetch(query, Kind.DOCUMENT, None, wiki.request()).total == 2

    @pytest.mark.parametrize(
        "pages", [{"a.md": "x", "b.md": "x", "c.markdown": "x"}, {"a.md": "---\ntitle: x\n---\n"}]
    )
    def test_without_customers_is_likely(
        self, wiki: Any, recognise: Callable[..., Any], pages: dict[str, str]
    ) -> None:
        for name, text in pages.items():
            wiki.write(name, text)
        assert [found.sure for found in recognise(wiki.folder)] == ["likely"]

    @pytest.mark.parametrize(
        "names",
        [
            ["README.md", "CHANGELOG.md", "guide.md"],
            ["a.md", "b.md", "c.md", *(f"src/{n}.py" for n in range(4))],
            ["a.md", "b.md", "c.md", *(f"{n}.pdf" for n in range(20))],
            ["accounts.xlsx", "notes/a.md", "notes/b.md", "notes/c.md"],
            ["a.md", "agenda.ics", "accounts.csv", "notes/b.md", "notes/c.md"],
        ],
    )
    def test_that_comes_with_code_or_among_other_files_is_possible(
        self, wiki: Any, recognise: Callable[..., Any], names: list[str]
    ) -> None:
        for name in names:
            wiki.write(name)
        assert [found.sure for found in recognise(wiki.folder)] == ["possible"]

    @pytest.mark.parametrize(
        "names",
        [
            ["a.md", "b.md", "prices.csv", "sub/c.md", "sub/more.xlsx", "sub/more.csv"],
            ["accounts.xlsx", "Klanten/Van Dijk/a.md", "Klanten/Van Dijk/b.md", "Klanten/Acme/c.md"],
        ],
    )
    def test_may_have_tables_beside_its_pages(
        self, wiki: Any, recognise: Callable[..., Any], names: list[str]
    ) -> None:
        for name in names:
            wiki.write(name)
        (found,) = recognise(wiki.folder)
        assert found.sure != "possible"

    @pytest.mark.parametrize("names", [[], ["README.md"], ["a.md", "b.md"], ["a.txt", "b.txt", "c.txt"]])
    def test_is_more_than_a_page_or_two(
        self, wiki: Any, recognise: Callable[..., Any], names: list[str]
    ) -> None:
        for name in names:
            wiki.write(name)
        assert recognise(wiki.folder) == ()

    def test_is_no_file_and_no_address(self, wiki: Any, recognise: Callable[..., Any]) -> None:
        page = wiki.write("a.md", "---\ntitle: x\n---\n")
        assert recognise(page, head=page.read_bytes()) == ()
        assert recognise(None, url="https://wiki.ons.example/") == ()

    def test_is_looked_at_without_following_links(
        self, wiki: Any, recognise: Callable[..., Any], tmp_path: Path
    ) -> None:
        (wiki.folder / "loop").symlink_to(wiki.folder)
        (tmp_path / "x.md").write_text("---\nklant: x\n---\n")
        (wiki.folder / "x.md").symlink_to(tmp_path / "x.md")
        assert recognise(wiki.folder) == ()

    def test_is_not_looked_through_for_ever(self, wiki: Any, recognise: Callable[..., Any]) -> None:
        wiki.write("a.md", "---\ntitle: x\n---\n")
        assert recognise(wiki.folder, seconds=0) == ()
