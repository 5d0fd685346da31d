"""What was typed, or dropped onto a terminal, and where it leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from salesprep.setup import Place, SetupError, place_of


class TestAPath:
    @pytest.mark.parametrize(
        "written", ["my file.csv", '"my file.csv"', "'my file.csv'", "my\\ file.csv", " my file.csv "]
    )
    def test_is_found_however_a_terminal_writes_it(self, written: str, tmp_path: Path) -> None:
        path = tmp_path / "my file.csv"
        path.touch()
        assert place_of(written, tmp_path) == Place(path=path)

    def test_may_begin_at_home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        (tmp_path / "Downloads").mkdir()
        assert place_of("~/Downloads") == Place(path=tmp_path / "Downloads")

    def test_is_followed_through_links(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "link").symlink_to("real")
        assert place_of("link", tmp_path).path == tmp_path / "real"

    @pytest.mark.parametrize("written", ["gone.csv", "", "~nobody-of-that-name/x", "a\0b", "circle"])
    def test_that_leads_nowhere_is_told(self, written: str, tmp_path: Path) -> None:
        (tmp_path / "circle").symlink_to("circle")
        with pytest.raises(SetupError, match="is not there; give a file"):
            place_of(written, tmp_path)

    def test_of_something_that_cannot_be_read_is_told(self) -> None:
        with pytest.raises(SetupError, match="neither a file nor a folder"):
            place_of("/dev/null")


class TestAnAddress:
    @pytest.mark.parametrize(
        ("written", "url"),
        [
            ("webcal://calendar.ons.example/a.ics", "https://calendar.ons.example/a.ics"),
            ("webcals://calendar.ons.example/a.ics", "https://calendar.ons.example/a.ics"),
            ("HTTPS://calendar.ons.example/A.ics", "https://calendar.ons.example/A.ics"),
            ("http://calendar.ons.example/a.ics", "http://calendar.ons.example/a.ics"),
            ("webcal://127.0.0.1:81/a.ics", "http://127.0.0.1:81/a.ics"),
            ("webcal://[", "https://["),
        ],
    )
    def test_is_asked_over_the_web(self, written: str, url: str) -> None:
        assert place_of(written) == Place(url=url)

    def test_is_shown_by_its_host_alone(self) -> None:
        assert place_of("https://calendar.ons.example/private-0a1b2c3d/x.ics").shown == "calendar.ons.example"
