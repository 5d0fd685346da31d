"""What ``add`` and ``init`` ask on a terminal: which column is what, who you are, where your data lies."""

from __future__ import annotations

import pytest

from tests.cli.add.desk import Desk, Run


class TestColumns:
    def test_can_be_chosen_one_by_one(self, desk: Desk) -> None:
        path = desk.put("a.csv", "SHEET\nNr;Klant;Plaats\n")
        ended = desk.sits("add", path, answers=["n", "2", "9", "3", "", ""])
        assert "name:   0 leave this file out   1 Nr   2 Klant   3 Plaats" in ended.stdout
        assert "which? [1]" in ended.stdout
        assert "a number from 0 to 3" in ended.stdout
        assert desk.settings["sources"]["crm"]["columns"] == {"title": "Klant", "city": "Plaats"}

    def test_that_are_not_needed_can_be_left_out(self, desk: Desk) -> None:
        path = desk.put("a.csv", "SHEET\nNr;Klant;Plaats\n")
        desk.sits("add", path, answers=["n", "", "0", "", ""])
        assert desk.settings["sources"]["crm"]["columns"] == {"title": "Nr"}

    def test_that_are_needed_and_not_there_leave_the_file_out(self, desk: Desk) -> None:
        before = desk.file.read_bytes()
        ended = desk.sits("add", desk.put("a.csv", "SHEET\nNr;Klant\n"), answers=["n", "0"])
        assert ended.returncode == 0
        assert "Nothing was added" in ended.stdout
        assert desk.file.read_bytes() == before

    def test_with_escapes_in_their_names_do_not_steer_the_terminal(self, desk: Desk) -> None:
        path = desk.put("a\x1b[31m.csv", "SHEET\nAc\x1b]0,x\x07count;Pl\u202eaats\n")
        ended = desk.sits("add", path, answers=["n", "", "", "", ""])
        for control in ("\x1b[31m", "\x1b]0", "\x07", "\u202e"):
            assert control not in ended.stdout
        assert desk.settings["sources"]["crm"]["columns"]["title"] == "Ac\x1b]0,x\x07count"


class TestWhoYouAre:
    def test_is_asked_where_nothing_tells(self, desk: Desk) -> None:
        path = desk.put("a.csv", "SHEET\nNaam;Plaats\n")
        ended = desk.sits("add", path, answers=["", "anna", "Anna@Ons.example", "", "n"])
        assert "that is no mail address" in ended.stdout
        assert desk.settings["us"]["emails"] == ["anna@ons.example"]
        assert desk.settings["us"]["domains"] == ["ons.example"]

    def test_can_be_corrected(self, full: Desk) -> None:
        answers = ["", "n", "a.deboer@werk.example", "werk.example, ons.example", "n"]
        full.sits("add", full.downloads, answers=answers)
        assert full.settings["us"]["emails"] == ["a.deboer@werk.example"]
        assert full.settings["us"]["domains"] == ["werk.example", "ons.example"]

    def test_once_refused_is_not_what_enter_gives(self, full: Desk) -> None:
        ended = full.sits("add", full.downloads, answers=["", "n", "", "n"])
        assert "who you are is not known" in ended.stdout
        assert "us" not in full.settings or "emails" not in full.settings["us"]

    def test_keeps_a_domain_away_that_was_refused(self, full: Desk) -> None:
        answers = ["", "n", "anna@ons.example", "", "n"]
        ended = full.sits("add", full.downloads, answers=answers)
        assert "Your company's own domain, if it has one (Enter: none):" in ended.stdout
        assert full.settings["us"]["emails"] == ["anna@ons.example"]
        assert "domains" not in full.settings["us"]

    @pytest.mark.parametrize("nothing", ["0", "none", "None"])
    def test_may_be_somebody_without_a_domain(self, full: Desk, nothing: str) -> None:
        answers = ["", "n", "a.deboer@werk.example", nothing, "n"]
        ended = full.sits("add", full.downloads, answers=answers)
        assert "Your company's own domain (Enter: werk.example; 0: none):" in ended.stdout
        assert full.settings["us"]["emails"] == ["a.deboer@werk.example"]
        assert "domains" not in full.settings["us"]

    def test_at_a_public_mail_service_is_nobodys_domain(self, desk: Desk) -> None:
        path = desk.put("a.csv", "SHEET\nNaam;Plaats\n")
        ended = desk.sits("add", path, answers=["", "anna@freemail.example", "", "n"])
        assert "own domain, if it has one" in ended.stdout
        assert "domains" not in desk.settings["us"]

    def test_may_stay_open_and_that_is_said(self, desk: Desk) -> None:
        ended = desk.sits("add", desk.put("a.csv", "SHEET\nNaam;Plaats\n"), answers=["", "", ""])
        assert "who you are is not known" in ended.stdout
        assert "us" not in desk.settings or "emails" not in desk.settings["us"]

    def test_is_not_asked_again(self, desk: Desk) -> None:
        with desk.file.open("a", encoding="utf-8") as out:
            out.write('[us]\nemails = ["anna@ons.example"]\n')
        ended = desk.sits("add", desk.put("a.csv", "SHEET\nNaam;Plaats\n"), answers=["", "n"])
        assert "You are" not in ended.stdout
        assert "mail address" not in ended.stdout

    def test_brings_zone_and_locale_of_the_machine(self, full: Desk, inside: Run) -> None:
        inside("add", full.downloads, "--yes", environ={"TZ": "Europe/Amsterdam", "LC_ALL": "nl_NL.UTF-8"})
        assert (full.settings["us"]["zone"], full.settings["us"]["locale"]) == ("Europe/Amsterdam", "nl_NL")


class TestInit:
    def test_goes_on_until_enter(self, full: Desk) -> None:
        answers = [str(full.downloads / "accounts.xlsx"), "", "", "gone", str(full.downloads / "agenda.ics")]
        ended = full.sits("init", answers=[*answers, "", "", "n"])
        assert ended.returncode == 0, ended.stdout
        assert "get a copy of your data" in ended.stdout
        assert "gone is not there" in ended.stdout
        assert set(full.settings["sources"]) == {"crm", "calendar"}

    def test_proposes_the_downloads(self, full: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", str(full.downloads.parent))
        ended = full.sits("init", answers=["", "", "", "", "n"])
        assert "(Enter: ~/Downloads)" in ended.stdout
        assert set(full.settings["sources"]) == {"crm", "linkedin", "calendar"}

    def test_needs_a_terminal(self, inside: Run) -> None:
        done = inside("init")
        assert (done.returncode, done.stdout) == (2, "")
        assert "salesprep add PATH --yes" in done.stderr
