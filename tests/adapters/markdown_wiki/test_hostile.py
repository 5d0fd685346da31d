"""Folders and pages that mean harm, or are broken: each costs itself, and is told."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.markdown_wiki import page as page_module
from adapters.markdown_wiki import walk as walk_module
from adapters.markdown_wiki.front_matter import read
from adapters.markdown_wiki.settings import CUSTOMER_KEYS
from salesprep.adapter import Refusal


@pytest.fixture
def told(wiki: Any) -> Callable[[], tuple[list[str], tuple[Refusal, ...]]]:
    """Ids of the pages with "zoek" in them, beside one that is always well, and what was refused."""

    def ask() -> tuple[list[str], tuple[Refusal, ...]]:
        wiki.write("well.md", "zoek")
        page = wiki.about("zoek")
        assert page.failure is None
        return sorted(record.id for record in page.records), page.refused

    return ask


class TestLinksOfTheFileSystem:
    def test_are_not_followed_wherever_they_lead(
        self, wiki: Any, told: Callable[..., Any], tmp_path: Path
    ) -> None:
        outside = tmp_path / "outside"
        outside.mkdir()
        (outside / "secret.md").write_text("zoek geheim")
        (wiki.folder / "sub").mkdir()
        for name, target in (
            ("loop", wiki.folder),
            ("sub/up", wiki.folder / "sub"),
            ("self", wiki.folder / "self"),
            ("out", outside),
            ("secret.md", outside / "secret.md"),
            ("dead.md", tmp_path / "nothing"),
        ):
            (wiki.folder / name).symlink_to(target)
        (wiki.folder / "picture.png").symlink_to(outside / "secret.md")
        assert told() == (["well.md"], (Refusal(6, walk_module.A_LINK, "dead.md"),))

    def test_may_be_the_folder_itself(self, wiki: Any, told: Callable[..., Any], tmp_path: Path) -> None:
        link = tmp_path / "link"
        link.symlink_to(wiki.folder)
        wiki.settings = {"folder": str(link)}
        assert told() == (["well.md"], ())

    def test_that_take_a_pages_place_are_not_opened(
        self, wiki: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """Between the walk and the reading."""
        (tmp_path / "secret.md").write_text("zoek geheim")
        wiki.write("a.md", "zoek")
        real = page_module._read

        def swapped(path: str) -> bytes:
            Path(path).unlink()
            Path(path).symlink_to(tmp_path / "secret.md")
            return real(path)

        monkeypatch.setattr(page_module, "_read", swapped)
        page = wiki.about("zoek")
        assert page.records == ()
        assert page.refused[0].where == "a.md"


class TestThingsThatAreNoPages:
    def test_pipes_sockets_and_folders_with_a_pages_name(
        self, wiki: Any, told: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        os.mkfifo(wiki.folder / "pipe.md")
        monkeypatch.chdir(wiki.folder)
        with socket.socket(socket.AF_UNIX) as there:
            there.bind("socket.md")
            wiki.write("folder.md/inside.md", "zoek")
            assert told() == (["folder.md/inside.md", "well.md"], ())

    def test_a_pipe_that_takes_a_pages_place_is_not_waited_for(
        self, wiki: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wiki.write("a.md", "zoek")
        real = page_module._read

        def swapped(path: str) -> bytes:
            Path(path).unlink()
            os.mkfifo(path)
            return real(path)

        monkeypatch.setattr(page_module, "_read", swapped)
        assert wiki.about("zoek").refused == (Refusal(1, "not a file any more", "a.md"),)

    def test_hidden_and_excluded_ones(self, wiki: Any, told: Callable[..., Any]) -> None:
        wiki.settings = {"exclude": ["Archief", "*.draft.md", "a/b/*"]}
        for name in (".obsidian/x.md", ".hidden.md", "sub/archief/y.md", "z.DRAFT.md", "a/b/c.md", "x.txt"):
            wiki.write(name, "zoek")
        wiki.write("a/bb/c.MD", "zoek")
        assert told() == (["a/bb/c.MD", "well.md"], ())

    @pytest.mark.parametrize(
        "raw", [b"\x7fELF\x02\x01\x01" + bytes(500), bytes(range(256)) * 40, b"zoek" + bytes(200)]
    )
    def test_binary_files(self, wiki: Any, told: Callable[..., Any], raw: bytes) -> None:
        wiki.write("bin.md", raw)
        assert told() == (["well.md"], (Refusal(1, page_module.NOT_TEXT, "bin.md"),))


class TestSizes:
    def test_a_page_of_200_mb_is_not_opened(
        self, wiki: Any, told: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with (wiki.folder / "huge.md").open("wb") as file:
            file.truncate(200_000_000)
        opened: list[str] = []
        real = page_module._read

        def noted(path: str) -> bytes:
            opened.append(path)
            return real(path)

        monkeypatch.setattr(page_module, "_read", noted)
        assert told() == (["well.md"], (Refusal(1, page_module.TOO_LARGE, "huge.md"),))
        assert [Path(path).name for path in opened] == ["well.md"]

    def test_a_page_that_grows_while_it_is_read_is_cut_short(
        self, wiki: Any, told: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wiki.write("grows.md", "zoek")
        real = page_module._read

        def grown(path: str) -> bytes:
            if path.endswith("grows.md"):
                os.truncate(path, page_module.LARGEST + 10)
            return real(path)

        monkeypatch.setattr(page_module, "_read", grown)
        assert told() == (["well.md"], (Refusal(1, page_module.TOO_LARGE, "grows.md"),))

    def test_a_page_as_large_as_may_be_is_searched(self, wiki: Any, told: Callable[..., Any]) -> None:
        wiki.write("large.md", "woord " * ((page_module.LARGEST - 10) // 6) + "zoek")
        assert told() == (["large.md", "well.md"], ())

    def test_folders_without_end_are_left(
        self, wiki: Any, told: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(walk_module, "DEEPEST", 3)
        wiki.write("1/2/3/deep.md", "zoek")
        wiki.write("1/2/3/4/deeper.md", "zoek")
        assert told() == (["1/2/3/deep.md", "well.md"], (Refusal(1, walk_module.TOO_DEEP, "1/2/3/4"),))

    def test_more_pages_than_may_be_are_counted(
        self, wiki: Any, told: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(walk_module, "MOST_PAGES", 3)
        for n in range(9):
            wiki.write(f"{n}.md", "zoek")
        ids, refused = told()
        assert (len(ids), [(one.count, one.why) for one in refused]) == (3, [(7, walk_module.TOO_MANY)])


class TestCodings:
    def test_latin_1_that_is_called_utf_8_is_clean_text(self, wiki: Any) -> None:
        wiki.write("a.md", "# Café Münster\n\nzoek “naïef” €\n".encode("cp1252"))
        page = wiki.about("zoek")
        assert (page.records[0].title, page.records[0].snippet) == (
            "Café Münster",
            "Café Münster\nzoek “naïef” €",
        )
        assert page.notice == "1 page is not in UTF-8, read as Windows-1252"
        assert wiki.about("cafe munster").total == 1

    @pytest.mark.parametrize("coding", ["utf-16", "utf-8-sig"])
    def test_with_a_mark_are_read_by_it(self, wiki: Any, coding: str) -> None:
        wiki.write("a.md", "# Café zoek\n".encode(coding))
        page = wiki.about("zoek")
        assert (page.records[0].title, page.notice) == ("Café zoek", None)

    def test_a_few_control_characters_are_left_out(self, wiki: Any) -> None:
        wiki.write("a.md", "zo\x00ek \x1b]0;x\x07 \x02Van Dijk\x03 " + "gewone tekst " * 100)
        page = wiki.about("zoek")
        assert page.records[0].keys.hit == "zoek"
        assert page.records[0].snippet.startswith("zoek ]0;x Van Dijk gewone")


class TestNames:
    @pytest.mark.parametrize("name", ["new\nline.md", "esc\x1b[31m.md", "\u202eredro.md", "a b\u2028c.md"])
    def test_with_control_characters_are_encoded(self, wiki: Any, name: str) -> None:
        wiki.write(name, "zoek")
        (page,) = wiki.about("zoek").records
        assert page.id.isprintable()
        assert page.url.isprintable()

    def test_that_are_not_utf_8_are_two_if_they_differ(self, wiki: Any, told: Callable[..., Any]) -> None:
        for name in (b"\xff.md", b"\xfe.md"):
            Path(os.fsdecode(os.fsencode(wiki.folder) + b"/" + name)).write_text("zoek")
        assert told() == (["%FE.md", "%FF.md", "well.md"], ())
        assert told() == (["%FE.md", "%FF.md", "well.md"], ())


class TestRights:
    def test_a_page_or_folder_that_may_not_be_read_is_counted_until_it_may(
        self, wiki: Any, told: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # Stands for a system that refuses: whoever runs the tests may be allowed to read everything.
        wiki.write("closed.md", "zoek")
        wiki.write("shut/a.md", "zoek")
        assert told()[0] == ["closed.md", "shut/a.md", "well.md"]
        wiki.write("closed.md", "zoek, veranderd")
        real_scan, real_read = os.scandir, page_module._read

        def scan(path: str) -> Any:
            if str(path).rstrip("/").endswith("shut"):
                raise PermissionError
            return real_scan(path)

        def open_(path: str) -> bytes:
            if path.endswith("closed.md"):
                raise PermissionError
            return real_read(path)

        with monkeypatch.context() as patched:
            patched.setattr(os, "scandir", scan)
            patched.setattr(page_module, "_read", open_)
            expected = (
                Refusal(1, walk_module.CLOSED_FOLDER, "shut/"),
                Refusal(1, "may not be read", "closed.md"),
            )
            assert told() == (["well.md"], expected)
        assert told() == (["closed.md", "shut/a.md", "well.md"], ())

    def test_pages_of_a_folder_that_fails_for_now_are_not_forgotten(
        self, wiki: Any, told: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wiki.write("far/a.md", "zoek")
        told()
        real = os.scandir

        def scan(path: str) -> Any:
            if str(path).rstrip("/").endswith("far"):
                raise OSError(5, "Input/output error")
            return real(path)

        monkeypatch.setattr(os, "scandir", scan)
        assert told() == (["far/a.md", "well.md"], (Refusal(1, walk_module.LOST_FOLDER, "far/"),))


class TestFrontMatterThatIsBroken:
    BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )

    @pytest.mark.parametrize(
        ("block", "why"),
        [
            ("title: [unclosed", "front matter that cannot be read"),
            ("title: 'x\n", "front matter that cannot be read"),
            ("a: " + "[" * 5000, "front matter that cannot be read"),
            ("a: " + "[" * 900 + "]" * 900, "front matter that cannot be read"),
            ("- " * 5000, "front matter that cannot be read"),
            ("? [a]\n: b", "front matter that cannot be read"),
            ("title: &s [*s]", "front matter that cannot be read"),
            ("title: x\n" * 2000, "front matter of more than 16 KB"),
        ],
        ids=["list", "text", "open", "nested", "dashes", "key", "itself", "long"],
    )
    def test_costs_what_it_says_and_not_the_page(
        self, wiki: Any, told: Callable[..., Any], block: str, why: str
    ) -> None:
        wiki.write("bad.md", f"---\n{block}\n---\n# Kop zoek\n")
        assert told() == (["bad.md", "well.md"], (Refusal(1, why, "bad.md"),))

    def test_or_does_not_end(self, wiki: Any, told: Callable[..., Any]) -> None:
        wiki.write("bad.md", "---\ntitle: x\n\nzoek\n")
        wiki.write("toml.md", "+++\ntitle = 1\nzoek\n")
        assert told() == (
            ["bad.md", "toml.md", "well.md"],
            (Refusal(2, "front matter that does not end", "bad.md"),),
        )

    def test_or_is_a_bomb_is_harmless(self, wiki: Any, told: Callable[..., Any]) -> None:
        wiki.write("bomb.md", f"---\n{self.BOMB}tags: *j\nklant: *j\ntitle: Van Dijk\n---\nzoek")
        ids, refused = told()
        assert (ids, refused) == (["bomb.md", "well.md"], ())
        assert wiki.page("bomb.md", "zoek").title == "Van Dijk"

    @pytest.mark.parametrize(
        "block", ["a = " + "[" * 4000, 'title = "x', "date = 2026-99-99", "a = 1\na = 2"]
    )
    def test_in_toml_as_well(self, wiki: Any, told: Callable[..., Any], block: str) -> None:
        wiki.write("bad.md", f"+++\n{block}\n+++\nzoek\n")
        assert told() == (
            ["bad.md", "well.md"],
            (Refusal(1, "front matter that cannot be read", "bad.md"),),
        )

    @given(
        st.text(alphabet="abk:=-+[]{}&*!|>'\"#,?%@\\\n \t0\x85\u2028", max_size=300),
        st.sampled_from(["---", "+++"]),
    )
    def test_of_any_kind_ends_in_facts(self, block: str, mark: str) -> None:
        facts, body, _ = read(f"{mark}\ncustomer: {block}\n{mark}\nzoek", CUSTOMER_KEYS)
        assert body.endswith("zoek")
        assert all(isinstance(name, str) for name in facts.customers)
