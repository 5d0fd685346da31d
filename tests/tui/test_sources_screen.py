"""The sources and how they are; each asked for real with a key."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from salesprep.adapter import Check
from salesprep.machine import dirs
from salesprep.sample import lay_out
from salesprep.sources import standing
from tests.desk import SATURDAY, SETTINGS, Desk, Sit


@pytest.fixture
def sample(own_machine: Path) -> Path:
    """The folder of the sample that the interface is going to read."""
    return lay_out(dirs().cache, SATURDAY).folder


def told(desk: Desk) -> list[str]:
    return [" ".join(line.replace("›", "").split()) for line in desk.lines]


class TestTheSources:
    async def test_stand_on_one_screen_each_with_how_it_is_and_are_asked_for_real(self, sit: Sit) -> None:
        async with sit(80, 24) as desk:
            await desk.presses("s")
            assert told(desk)[0] == "SOURCES 4 sources"
            for size in ((160, 60), (80, 24)):
                await desk.pilot.resize_terminal(*size)
                await desk.settle()
                assert "CRM answered 13:21, just now sql on this machine" in told(desk)
                assert "WIKI answered 13:21, just now markdown_wiki on this machine" in told(desk)
            await desk.presses("enter")
            assert "database passed crm.sqlite can be read" in told(desk)
            assert sum(" passed " in line for line in told(desk)) == 10, "the others were not asked"
            await desk.pilot.resize_terminal(160, 60)
            await desk.presses("r")
            for source in ("CRM", "LinkedIn", "CALENDAR", "WIKI"):
                at = next(n for n, line in enumerate(told(desk)) if line.startswith(source))
                assert " passed " in told(desk)[at + 1]
            await desk.presses("escape")
            assert desk.lines[0].startswith(" TODAY")

    async def test_of_which_one_failed_say_why_and_who_mends_it(self, sit: Sit, sample: Path) -> None:
        (sample / "crm.sqlite").unlink()
        async with sit() as desk:
            await desk.presses("s")
            assert any(line.startswith("CRM cannot be read") for line in told(desk))
            assert "your admin mends it" in " ".join(told(desk))
            await desk.presses("enter")
            assert any("FAILED" in line for line in told(desk))
            assert any(line.startswith("mend:") for line in told(desk))

    async def test_that_cannot_be_loaded_say_in_which_file(self, sit: Sit, tmp_path: Path) -> None:
        adapter = tmp_path / "adapters" / "mail"
        adapter.mkdir(parents=True)
        (adapter / "adapter.toml").write_text("name = [", encoding="utf-8")
        settings = tmp_path / "settings.toml"
        text = SETTINGS.read_text(encoding="utf-8")
        settings.write_text(f'{text}\n[adapters]\nfolders = ["{adapter.parent}"]\n', encoding="utf-8")
        async with sit(160, 45, settings=settings) as desk:
            await desk.presses("s")
            start = told(desk).index("NOT LOADED")
            assert told(desk)[start + 1].startswith(f"mail: not loaded ({adapter}")

    async def test_stand_above_adapters_that_cannot_be_loaded_one_line_each(
        self, sit: Sit, sample: Path, tmp_path: Path
    ) -> None:
        (sample / "crm.sqlite").unlink()
        manifest = (
            'name = "{}"\ntitle = "T"\nversion = "1"\ncontract = "{}"\nclass = "C"\nkinds = ["task"]\n'
            'abilities = ["fetch"]\nasks_as = "none"\nrequires = [{}]\n'
        )
        adapters = tmp_path / "own"
        cases = {"a": ("sql", "1.0", ""), "b": ("newer", "9.0", ""), "c": ("needy", "1.0", "'not-there'")}
        for folder, keys in cases.items():
            (adapters / folder).mkdir(parents=True)
            (adapters / folder / "adapter.toml").write_text(manifest.format(*keys), encoding="utf-8")
        settings = tmp_path / "settings.toml"
        text = SETTINGS.read_text(encoding="utf-8")
        settings.write_text(f'{text}\n[adapters]\nfolders = ["{adapters}"]\n', encoding="utf-8")
        async with sit(400, 60, settings=settings) as desk:
            await desk.presses("s")
            lines = told(desk)
            start = lines.index("NOT LOADED")
            twin, newer, needy = lines[start + 1 : start + 4]
            assert twin.startswith(f'sql: not loaded ({adapters}/a): there is already an adapter named "sql"')
            assert newer.startswith(f"newer: not loaded ({adapters}/b): newer is made for contract 9.0")
            assert needy.startswith(f"needy: not loaded ({adapters}/c): needy needs the library not-there")
            # The other one of that name fails for a reason of its own, not because of that folder.
            assert not any(str(adapters) in line for line in lines[:start])


class TestHowTheyAnswered:
    async def test_is_told_beneath_each_with_what_earlier_runs_saw(self, sit: Sit) -> None:
        def answers(desk: Desk) -> dict[str, int]:
            host = desk.board.session.host
            return {name: host.standing(name).figures.answers for name in host.infos}

        async with sit() as desk:
            await desk.presses("s")
            before = answers(desk)
            assert before["crm"] > 0
        async with sit() as desk:
            await desk.presses("s")
            # How often a scan asks depends on which source answers first: sure is that none was forgotten.
            assert {name for name, times in answers(desk).items() if times > before[name]} == set(before)
            at = next(n for n, line in enumerate(told(desk)) if line.startswith("CRM"))
            assert told(desk)[at + 1].startswith(f"{answers(desk)['crm']} answers: p50 ")


class TestCheckingThem:
    async def test_shows_which_are_under_way_and_holds_up_no_other(
        self, sit: Sit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []
        slow = asyncio.Event()

        async def check(_host: Any, source: str, *, deadline: float) -> tuple[Check, ...]:
            asked.append(source)
            if source == "crm":
                await slow.wait()
            return (Check("answer", "passed", f"{source} is well"),)

        monkeypatch.setattr(standing, "check", check)
        async with sit() as desk:
            await desk.presses("s")
            await desk.pilot.press("enter", "enter", "down", "enter")
            await desk.until(lambda: "linkedin is well" in desk.screen)
            assert "asking CRM…" in desk.lines[0]
            assert "asking…" in desk.line_with("CRM  ")
            slow.set()
            await desk.settle()
            assert "crm is well" in desk.screen
            assert asked == ["crm", "linkedin"]

    async def test_ends_with_the_screen(self, sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
        ended: list[str] = []

        async def check(_host: Any, source: str, *, deadline: float) -> tuple[Check, ...]:
            try:
                await asyncio.Event().wait()
            finally:
                ended.append(source)
            return ()

        monkeypatch.setattr(standing, "check", check)
        async with sit() as desk:
            await desk.presses("s")
            await desk.pilot.press("enter")
            await desk.presses("escape")
            assert ended == ["crm"]
            assert desk.lines[0].startswith(" TODAY")
