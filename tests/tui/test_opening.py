"""Opening the original of a record: what is opened and with what, what is refused, what is done over SSH."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.widgets import Static

from salesprep.adapter import Document
from salesprep.tui import opening
from salesprep.tui.clipboard import Copied
from salesprep.tui.opening import Openable, Opened, Refused, open_original, target
from salesprep.tui.screens.address import AddressScreen

NOT_OPENED = Refused("the source gives an address that is not opened")
OUTSIDE = Refused("the file lies outside of what this source's settings name")
WEB = "https://crm.ons.example/deals/12?tab=notes#last"

Install = Callable[[str, str], None]


def record(url: str | None, reason: str | None = None) -> Document:
    """A page that is kept at ``url``."""
    return Document(
        id="1", title="A page", fetched_at=datetime(2026, 3, 2, tzinfo=UTC), url=url, no_url_reason=reason
    )


@pytest.fixture
def wiki(tmp_path: Path) -> Path:
    """A folder that a source's settings name, and things around it."""
    folder = tmp_path / "wiki"
    (folder / "sub folder").mkdir(parents=True)
    (folder / "sub folder" / "page é.md").write_text("a page", encoding="utf-8")
    (tmp_path / "secret").write_text("a secret", encoding="utf-8")
    (folder / "way-out.md").symlink_to(tmp_path / "secret")
    return folder


class TestWhatMayBeOpened:
    @pytest.mark.parametrize("url", [WEB, "http://localhost:8080/x", "HTTPS://CRM.ons.example"])
    def test_is_what_lies_on_the_web(self, url: str) -> None:
        assert target(record(url), ()) == Openable(url)

    def test_is_given_to_programs_and_terminals_in_ascii(self) -> None:
        found = target(record("https://crm.ons.example/Ağaoğlu?q=50%25"), ())
        assert found == Openable("https://crm.ons.example/A%C4%9Fao%C4%9Flu?q=50%25")

    def test_is_a_file_beneath_what_the_sources_settings_name(self, wiki: Path) -> None:
        page = (wiki / "sub folder" / "page é.md").resolve()
        assert target(record(page.as_uri() + "#part"), (wiki,)) == Openable(page.as_uri(), page)
        assert target(record(wiki.as_uri()), (wiki,)) == Openable(wiki.resolve().as_uri(), wiki.resolve())

    def test_is_a_file_that_the_settings_name_itself(self, wiki: Path) -> None:
        agenda = wiki / "agenda.ics"
        agenda.touch()
        assert isinstance(target(record(agenda.as_uri()), (agenda,)), Openable)


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "url",
        [
            "javascript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:x",
            "ftp://crm.ons.example/",
            "https://anna:hunter2@crm.ons.example/",
            "https://crm.ons.example\\@evil.example/",
            "https://crm.ons.example/\x1b]52;c;aGk=\x07",
            "https://crm.ons.example/\x9b2J",
            "https://crm.ons.example/\u202egnp.exe",
            "https://crm.ons.example/a b --new-window",
            "https://crm.ons.example/\nhttps://evil.example",
            "--help",
            "-h",
            "$(touch /tmp/x)",
            "/etc/passwd",
            "//crm.ons.example/",
            " https://crm.ons.example/",
            "https://",
            "https:///etc/passwd",
        ],
    )
    def test_is_any_address_that_is_no_plain_one_of_the_web(self, url: str, wiki: Path) -> None:
        assert target(record(url), (wiki,)) == NOT_OPENED

    @pytest.mark.parametrize(
        "url",
        [
            "file:///etc/passwd",
            "FILE:///etc/passwd",
            "file:/etc/passwd",
            "file:etc/passwd",
            "file://elsewhere.example{wiki}/a.md",
            "file://{wiki}/../secret",
            "file://{wiki}/%2e%2e/secret",
            "file://{wiki}/way-out.md",
            "file://{wiki}-other/a.md",
            "file://{wiki}/%00",
            "file://[",
        ],
    )
    def test_is_any_file_elsewhere(self, url: str, wiki: Path) -> None:
        assert target(record(url.format(wiki=wiki)), (wiki,)) == OUTSIDE

    def test_is_every_file_of_a_source_whose_settings_name_none(self, wiki: Path) -> None:
        assert target(record((wiki / "sub folder" / "page é.md").as_uri()), ()) == OUTSIDE

    def test_is_a_file_that_has_become_a_way_out_since_it_was_read(self, wiki: Path) -> None:
        page = wiki / "page.md"
        page.touch()
        kept = record(page.as_uri())
        assert isinstance(target(kept, (wiki,)), Openable)
        page.unlink()
        page.symlink_to(wiki.parent / "secret")
        assert target(kept, (wiki,)) == OUTSIDE

    def test_is_a_file_that_is_gone(self, wiki: Path) -> None:
        assert target(record((wiki / "gone.md").as_uri()), (wiki,)) == Refused("the file is no longer there")

    @pytest.mark.parametrize("name", ["start.desktop", "offer.pdf.EXE", "deal.lnk", "run.command", "x.bat"])
    def test_is_a_program_however_it_is_called(self, name: str, wiki: Path) -> None:
        (wiki / name).touch()
        refused = target(record((wiki / name).as_uri()), (wiki,))
        assert refused == Refused("the file is a program or leads to one")

    def test_is_a_program_without_an_ending(self, wiki: Path) -> None:
        (wiki / "program").touch(0o755)
        (wiki / "LICENSE").touch(0o644)
        assert isinstance(target(record((wiki / "program").as_uri()), (wiki,)), Refused)
        assert isinstance(target(record((wiki / "LICENSE").as_uri()), (wiki,)), Openable)

    def test_is_said_in_the_sources_own_words_where_it_gives_none(self) -> None:
        assert target(record(None, "kept on paper"), ()) == Refused("kept on paper")

    @given(st.text(max_size=40) | st.text(max_size=30).map("https://".__add__))
    def test_nothing_that_could_steer_a_terminal_or_be_an_option_gets_through(self, url: str) -> None:
        found = target(record(url, None if url else "none"), ())
        if isinstance(found, Openable):
            assert found.url.lower().startswith(("http://", "https://"))
            assert found.url.isascii()
            assert found.url.isprintable()
            assert " " not in found.url
            assert "@" not in found.url.split("/")[2].partition("?")[0].partition("#")[0]


class Desk:
    """What a user has: programs, and a clipboard."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        self.environ = {"PATH": str(folder), "DISPLAY": ":0", "OPENED": str(folder / "opened")}
        self.copied: list[str] = []

    def install(self, name: str, script: str = 'printf "%s\\n" "$(basename "$0")" "$@" > "$OPENED"') -> None:
        """A program; by itself it writes down what it was given."""
        file = self._folder / name
        file.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n", encoding="utf-8")
        file.chmod(0o755)

    @property
    def opened(self) -> list[str]:
        """The program that was started and its arguments."""
        file = self._folder / "opened"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    def let_it_end(self) -> None:
        """For a program that waits for it."""
        (self._folder / "opened").touch()

    async def copy(self, text: str) -> Copied:
        """Stands for the clipboard."""
        self.copied.append(text)
        return Copied("terminal", "sent to your terminal's clipboard")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(sys, "platform", "linux")
    return Desk(tmp_path / "bin")


class TestOpening:
    async def test_hands_a_web_page_to_the_desktop(self, desk: Desk) -> None:
        desk.install("xdg-open")
        opened = await open_original(record(WEB), (), desk.environ, desk.copy)
        assert opened == Opened("opened", "opened in the browser", Openable(WEB))
        assert desk.opened == ["xdg-open", WEB]
        assert desk.copied == []

    async def test_hands_a_file_over_by_its_path(self, desk: Desk, wiki: Path) -> None:
        desk.install("xdg-open")
        page = (wiki / "sub folder" / "page é.md").resolve()
        opened = await open_original(record(page.as_uri()), (wiki,), desk.environ, desk.copy)
        assert opened == Opened("opened", "opened page é.md", Openable(page.as_uri(), page))
        assert desk.opened == ["xdg-open", str(page)]

    async def test_lets_no_shell_have_a_part_in_it(self, desk: Desk, tmp_path: Path) -> None:
        desk.install("xdg-open")
        url = f"https://crm.ons.example/;touch${{IFS}}{tmp_path}/x;`id`$(id)&|'\""
        await open_original(record(url), (), desk.environ, desk.copy)
        assert desk.opened == ["xdg-open", url]
        assert not (tmp_path / "x").exists()

    async def test_goes_on_to_the_next_program_where_one_fails(self, desk: Desk) -> None:
        desk.install("xdg-open", "exit 3")
        desk.install("gio")
        opened = await open_original(record(WEB), (), desk.environ, desk.copy)
        assert isinstance(opened, Opened)
        assert desk.opened == ["gio", "open", WEB]

    async def test_does_not_wait_for_a_browser_that_stays(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(opening, "_PATIENCE", 0.1)
        desk.install("xdg-open", 'while [ ! -e "$OPENED" ]; do sleep 0.1; done')
        opened = await open_original(record(WEB), (), desk.environ, desk.copy)
        assert isinstance(opened, Opened)
        assert opened.how == "opened"
        desk.let_it_end()

    async def test_on_a_mac_and_inside_of_windows_uses_what_these_have(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("open", "xdg-open", "rundll32.exe"):
            desk.install(name)
        windows = desk.environ | {"WSL_DISTRO_NAME": "Debian"}
        assert isinstance(await open_original(record(WEB), (), windows, desk.copy), Opened)
        assert desk.opened == ["rundll32.exe", "url.dll,FileProtocolHandler", WEB]
        monkeypatch.setattr(sys, "platform", "darwin")
        assert isinstance(await open_original(record(WEB), (), desk.environ, desk.copy), Opened)
        assert desk.opened == ["open", WEB]

    async def test_refuses_without_starting_anything(self, desk: Desk, wiki: Path) -> None:
        desk.install("xdg-open")
        for url in ("javascript:alert(1)", "file:///etc/passwd"):
            assert isinstance(await open_original(record(url), (wiki,), desk.environ, desk.copy), Refused)
        assert desk.opened == []
        assert desk.copied == []


class TestWhereNothingOpensIt:
    async def test_the_address_is_copied_over_ssh(self, desk: Desk) -> None:
        desk.install("xdg-open")
        far = desk.environ | {"SSH_CONNECTION": "10.0.0.1 22 10.0.0.2 22"}
        opened = await open_original(record(WEB), (), far, desk.copy)
        said = "this is another machine than yours; sent to your terminal's clipboard"
        assert opened == Opened("given", said, Openable(WEB))
        assert desk.copied == [WEB]
        assert desk.opened == []

    async def test_of_a_file_the_path_is_copied(self, desk: Desk, wiki: Path) -> None:
        page = (wiki / "sub folder" / "page é.md").resolve()
        far = desk.environ | {"SSH_TTY": "/dev/pts/1"}
        await open_original(record(page.as_uri()), (wiki,), far, desk.copy)
        assert desk.copied == [str(page)]

    @pytest.mark.parametrize("lacks", ["a screen", "a program", "one that works"])
    async def test_so_it_is_on_a_machine_without(self, lacks: str, desk: Desk) -> None:
        if lacks != "a program":
            desk.install("xdg-open", "exit 4")
        if lacks == "a screen":
            desk.install("xdg-open")
            del desk.environ["DISPLAY"]
        opened = await open_original(record(WEB), (), desk.environ, desk.copy)
        assert isinstance(opened, Opened)
        assert (opened.how, opened.said) == (
            "given",
            "no program here opens it; sent to your terminal's clipboard",
        )
        assert desk.opened == []

    async def test_it_is_shown_as_a_link_that_the_terminal_opens(self) -> None:
        app = App[None]()
        async with app.run_test(size=(60, 12)) as pilot:
            long = Openable("https://crm.ons.example/" + "x" * 100)
            screen = AddressScreen("this is another machine than yours", long)
            app.push_screen(screen)
            await pilot.pause()
            strips = app.screen._compositor.render_strips()
            links = {
                segment.style.link: segment.text
                for strip in strips
                for segment in strip
                if segment.style is not None and segment.style.link
            }
            shown = "".join(str(one.content) for one in screen.query(Static))
            await pilot.press("escape")
            assert app.screen is not screen
        assert set(links) == {long.url}
        assert "this is another machine than yours" in shown
