"""The sample's briefing for a rep who set ``language = "nl"``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from salesprep.cli.dialogue import Dialogue
from salesprep.cli.yes_or_no import agrees
from salesprep.settings import Us
from salesprep.view.lines import width as columns_of

Typed = Callable[..., tuple[str, str]]
Settings = Callable[[str, str], Path]

VAN_DIJK = "Van Dijk Machinebouw B.V."


@pytest.fixture
def dutch(typed: Typed, settings: Settings) -> Callable[..., str]:
    """What a command says on standard output; on the other one it has nothing to say."""
    file = settings("nl", "nl_NL")

    def types(*words: str, width: int = 80) -> str:
        out, err = typed(*words, "--settings", file, width=width)
        assert err == ""
        return out

    return types


class TestABriefing:
    def test_is_dutch_from_the_heading_to_the_last_panel(self, dutch: Callable[..., str]) -> None:
        said = dutch("brief", VAN_DIJK, width=160)
        for part in (
            "begint over 39 min",
            "Aan tafel   R. Smit (COO of Plant manager, bronnen verschillen)",
            "KLACHT     storing lijn 4, prioriteit 1, 4 dagen open, derde dit jaar",
            'TOEGEZEGD  12 okt, u noteerde: "stuklijst lijn 4 sturen vóór eind november"',
            "OFFERTE    LX-200, € 180.000, negotiation, verloopt morgen, geen volgende stap",
            "GESPROKEN  10 dagen geleden, M. Bakker (service) belde R. Smit",
            "VERSCHILT  R. Smit: CRM zegt Plant manager, LinkedIn zegt COO",
            "COMBINEREN J. Jansen",
            "Dit bestand kent alleen mensen met wie u verbonden bent.",
            "bestand van 21 nov",
            "14 km hemelsbreed",
        ):
            assert part in said

    @pytest.mark.parametrize(
        "words", [("brief", VAN_DIJK), ("agenda",), ("contacts", VAN_DIJK), ("people", VAN_DIJK)]
    )
    @pytest.mark.parametrize("width", [160, 80, 40])
    def test_fits_every_width(self, words: tuple[str, ...], width: int, dutch: Callable[..., str]) -> None:
        lines = dutch(*words, width=width).splitlines()
        assert len(lines) > 10
        assert [line for line in lines if columns_of(line) > width] == []

    def test_has_its_quick_scan_under_one_edge(self, dutch: Callable[..., str]) -> None:
        lines = dutch("brief", VAN_DIJK, width=160).splitlines()
        scan = lines[3 : next(at for at, line in enumerate(lines) if "───" in line)]
        assert len(scan) == 7
        assert {line[11] for line in scan} == {" "}
        assert " " not in {line[12] for line in scan}

    def test_in_json_keeps_the_keys_and_speaks_in_the_signals_alone(self, dutch: Callable[..., str]) -> None:
        briefing = json.loads(dutch("brief", VAN_DIJK, "--format", "json"))
        assert "KLACHT" in {signal["word"] for signal in briefing["signals"]}
        assert {panel["state"] for panel in briefing["panels"]} <= {"fresh", "cached", "partial"}


class TestAFailure:
    def test_is_told_with_who_mends_it(self, typed: Typed, settings: Settings, tmp_path: Path) -> None:
        file = settings("nl", "nl_NL")
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("sample:crm.sqlite", "gone.sqlite"), encoding="utf-8")
        out, err = typed("brief", VAN_DIJK, "--settings", file)
        what = "gone.sqlite is er niet; uw beheerder herstelt het: breng hem terug"
        assert what in " ".join(out.split())
        assert f"salesprep: CRM: {what}" in err
        told = json.loads(typed("brief", VAN_DIJK, "--format", "json", "--settings", file)[0])
        panel = next(each for each in told["panels"] if each["source"] == "crm")
        assert panel["error"]["what"] == "gone.sqlite is not there", "data stays English"


class TestHelp:
    def test_is_dutch_where_the_environment_is(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "salesprep", "brief", "--help"],
            check=True,
            env={**os.environ, "LANG": "nl_NL.UTF-8"},
            capture_output=True,
            encoding="utf-8",
        )
        assert done.stdout.startswith(
            "Gebruik: salesprep brief [OPTIONS] [NAME]...\n\n  De briefing over NAME"
        )
        assert "--offline" in done.stdout
        assert "Toon deze hulp en stop." in done.stdout

    def test_brings_no_more_than_in_english(self) -> None:
        code = (
            "import sys; from salesprep.cli import run; run(['--help']); print(*sys.modules, file=sys.stderr)"
        )
        brought = []
        for language in ("C", "nl_NL.UTF-8"):
            done = subprocess.run(
                [sys.executable, "-c", code],
                check=True,
                env={**os.environ, "LANG": language},
                capture_output=True,
                encoding="utf-8",
            )
            brought.append(set(done.stderr.split()))
        assert "salesprep.adapter" not in brought[1]
        assert brought[1] - brought[0] <= {"struct", "_struct"}, "what reads a catalogue"


class TestAQuestion:
    @pytest.mark.parametrize(
        ("typed_words", "agreed"),
        [("j", True), ("Ja", True), ("yes", True), ("", True), ("nee", False), ("n", False)],
    )
    def test_takes_ja_and_nee(self, typed_words: str, agreed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[str] = []

        def answers(question: str, **_more: object) -> str:
            asked.append(question)
            return typed_words

        monkeypatch.setattr("salesprep.cli.yes_or_no.click.prompt", answers)
        talk = Dialogue(Us(language="nl"), 80, asking=True)
        assert talk.agrees("klopt dat?") is agreed
        assert asked == ["klopt dat? [J/n]"]

    def test_that_is_not_understood_is_asked_again(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        answers = iter(["misschien", "ja"])
        monkeypatch.setattr("salesprep.cli.yes_or_no.click.prompt", lambda *_question, **_more: next(answers))
        assert agrees("klopt dat?", Us(language="nl"), default=False)
        assert capsys.readouterr().out == "ja of nee?\n"
