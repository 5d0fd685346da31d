"""Which one? And what of all this is theirs? Decided on the screen, written at once, taken back by a key."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from salesprep.briefing.links import read_links
from salesprep.briefing.links.history import read_history, take_back
from salesprep.machine import dirs
from salesprep.sample import lay_out
from tests.desk import SATURDAY, Desk, Sit


@pytest.fixture
def links(own_machine: Path) -> Path:
    """Where decisions are remembered."""
    return own_machine / "state" / "links.toml"


@pytest.fixture
def sample(own_machine: Path) -> Path:
    """The folder of the sample that the interface is going to read."""
    return lay_out(dirs().cache, SATURDAY).folder


def remembered(links: Path) -> dict[str, dict[str, str]]:
    """Per customer what was decided about which id."""
    return {
        customer.name: {f"{link.source}:{link.native_id}": link.verdict for link in customer.links}
        for customer in read_links(links).customers
    }


async def looks_for_visser(desk: Desk) -> None:
    await desk.presses("/", *"visser", "enter")
    assert 'WHICH ONE?   "visser"' in desk.screen


async def decides_on_visser(desk: Desk) -> None:
    """The Dutch one for this time, and on to what else may be theirs."""
    await looks_for_visser(desk)
    await desk.presses("enter", "l")
    assert desk.lines[0].startswith(" TO DECIDE   Visser Techniek B.V.")


def mark_of_the_belgian(desk: Desk) -> str:
    return desk.line_with("crm:1101").replace("›", " ").split()[0]


class TestANameThatFitsTwo:
    async def test_shows_them_side_by_side_and_opens_the_one_that_is_meant(
        self, sit: Sit, links: Path
    ) -> None:
        async with sit(80, 24) as desk:
            await looks_for_visser(desk)
            for size in ((80, 24), (160, 45)):
                await desk.pilot.resize_terminal(*size)
                await desk.settle()
                assert desk.line_with("crm:1100").index("Leeuwarden") == desk.line_with("crm:1101").index(
                    "Genk"
                )
            await desk.presses("escape")
            assert desk.lines[0].startswith(" TODAY"), "left without an answer nothing is opened"
            await looks_for_visser(desk)
            await desk.presses("down", "enter")
            assert desk.lines[0].startswith(" VISSER TECHNIEK ")
            assert "Genk" in desk.screen
            assert remembered(links) == {}

    async def test_can_be_remembered_at_once(self, sit: Sit, links: Path) -> None:
        async with sit() as desk:
            await looks_for_visser(desk)
            await desk.presses("y")
            assert desk.lines[0].startswith(" VISSER TECHNIEK B.V.")
            assert remembered(links) == {"Visser Techniek B.V.": {"crm:1100": "is"}}
            assert any("still asked back" in toast for toast in desk.toasts)


class TestAVisitThatMayBeWithTwo:
    async def test_is_with_the_one_that_is_picked_and_remembered_with_it_for_good(
        self, sit: Sit, links: Path
    ) -> None:
        async with sit(80, 24) as desk:
            await desk.presses("down", "down", "down", "enter")
            assert 'WHICH ONE?   "bezoek Berghout", tomorrow 11:00' in desk.screen
            await desk.presses("enter")
            assert desk.lines[0].startswith(" BERGHOUT BOUW B.V.")
            assert "bezoek Berghout" in desk.lines[1]
            assert remembered(links) == {}
            await desk.presses("escape", "enter", "y")
            assert desk.lines[0].startswith(" BERGHOUT BOUW B.V.")
            (told,) = remembered(links).values()
            assert list(told.values()) == ["is", "is"], "the account, and the visit"
            await desk.presses("escape")
            assert "11:00  Berghout Bouw B.V." in desk.screen
            assert "which customer?" not in desk.screen


class TestWhatMayBeTheirs:
    async def test_stands_on_one_screen_over_all_sources_and_is_marked_there(
        self, sit: Sit, links: Path
    ) -> None:
        async with sit(160, 45) as desk:
            await decides_on_visser(desk)
            assert desk.lines[0].endswith("1 yes, 3 open")
            assert "you picked it" in desk.screen
            assert "another country (BE)" in " ".join(desk.screen.split())
            assert {" CRM", " LinkedIn", " Wiki"} <= set(desk.lines)
            assert "with 2 persons" in desk.screen
            await desk.presses("down", "w")
            assert "Against it" in desk.screen
            await desk.presses("escape", "n")
            assert mark_of_the_belgian(desk) == "no"
            await desk.presses("u")
            assert mark_of_the_belgian(desk) == "open"
            row = next(y for y, line in enumerate(desk.lines) if "crm:1101" in line)
            for word in ("yes", "no", "open"):
                await desk.pilot.click("#choices", offset=(20, row), times=2)
                await desk.settle()
                assert mark_of_the_belgian(desk) == word, "the mouse does as well"
            await desk.presses("up", "u", "enter")
            assert "nothing is marked" in desk.toasts
            assert remembered(links) == {}

    async def test_is_lost_only_when_the_user_leaves_twice(self, sit: Sit, links: Path) -> None:
        async with sit() as desk:
            await decides_on_visser(desk)
            await desk.presses("escape")
            assert desk.lines[0].startswith(" VISSER TECHNIEK B.V."), "nothing was marked"
            await desk.presses("l", "down", "y", "escape")
            assert desk.lines[0].startswith(" TO DECIDE")
            assert any("leave once more" in toast for toast in desk.toasts)
            await desk.presses("n", "escape")
            assert desk.lines[0].startswith(" TO DECIDE"), "marked anew, asked anew"
            await desk.presses("escape")
            assert desk.lines[0].startswith(" VISSER TECHNIEK B.V.")
            assert remembered(links) == {}

    async def test_when_it_is_nothing_says_so(self, sit: Sit) -> None:
        async with sit() as desk:
            await desk.presses("enter")
            board = desk.screen
            await desk.presses("l")
            assert desk.screen == board
            assert desk.toasts == ["nothing is left to decide about Van Dijk Machinebouw B.V."]


class TestADecision:
    async def test_is_written_at_once_and_taken_back_with_a_key(self, sit: Sit, links: Path) -> None:
        async with sit() as desk:
            await decides_on_visser(desk)
            await desk.presses("down", "n", "down", "n", "down", "n")
            assert remembered(links) == {}
            await desk.presses("s")
            assert desk.lines[0].startswith(" VISSER TECHNIEK B.V.")
            assert "which one?" not in desk.screen
            (told,) = remembered(links).values()
            assert (told["crm:1100"], told["crm:1101"]) == ("is", "is_not")
            assert len(told) == 4
            await desk.presses("escape", "/", *"visser", "enter")
            assert desk.lines[0].startswith(" VISSER TECHNIEK B.V."), "the name is not asked back any more"
            await desk.presses("u")
            assert remembered(links) == {}
            await desk.presses("escape")
            await looks_for_visser(desk)
            await desk.presses("enter", "u")
            assert desk.toasts[-1] == "there is nothing to take back"

    async def test_can_be_taken_back_on_the_command_line_too(self, sit: Sit, links: Path) -> None:
        async with sit() as desk:
            await decides_on_visser(desk)
            await desk.presses("down", "n", "s")
            (told,) = remembered(links).values()
            assert told["crm:1101"] == "is_not"
            history = links.with_name("undo.jsonl")
            (step,) = read_history(history)
            take_back(links, history, [step])
            assert remembered(links) == {}
            await desk.presses("u")
            assert "somebody has decided anew about Visser Techniek B.V. since" in desk.toasts[-1]
            assert read_history(history) == ()

    async def test_of_the_team_that_is_out_of_reach_is_told_once(
        self, sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SALESPREP_LINKS__TEAM", str(tmp_path / "gone.toml"))
        async with sit() as desk:
            assert any("the team's decisions do not count" in toast for toast in desk.toasts)

    async def test_that_cannot_be_written_is_told_and_the_marks_stay(self, sit: Sit, links: Path) -> None:
        async with sit() as desk:
            await decides_on_visser(desk)
            await desk.presses("down", "y")
            before = belongs_to_somebody_else(links)
            await desk.presses("enter")
            assert "nothing was written: crm:1101 is Genk Techniek already" in desk.toasts[-1]
            assert "salesprep link forget genk crm:1101" in desk.toasts[-1]
            assert text_of(links) == before
            lock = links.with_name(".links.toml.lock")
            lock.rename(lock.with_suffix(".away"))
            lock.mkdir()
            await desk.presses("enter")
            assert "its folder cannot be used" in desk.toasts[-1]
            lock.rmdir()
            spoilt(links)
            await desk.presses("enter")
            assert "state/links.toml: is not valid TOML" in desk.toasts[-1]
            assert text_of(links) == "[[customer"
            assert desk.lines[0].endswith("2 yes, 2 open")


def belongs_to_somebody_else(links: Path) -> str:
    """Somebody has just decided that the Belgian one is another customer."""
    links.parent.mkdir(parents=True, exist_ok=True)
    link = (
        'source = "crm"\nnative_id = "1101"\nverdict = "is"\nby = "x"\nat = 2026-11-01T10:00:00Z\nhow = "x"'
    )
    customer = 'id = "genk"\nname = "Genk Techniek"'
    links.write_text(f"[[customer]]\n{customer}\n\n[[customer.link]]\n{link}\n", encoding="utf-8")
    return text_of(links)


def spoilt(links: Path) -> None:
    links.write_text("[[customer", encoding="utf-8")


def text_of(links: Path) -> str:
    return links.read_text(encoding="utf-8")


HOSTILE = "[bold red]Visser[/] {x} [@click=app.quit]\u202eTechniek שלום 社社社 e\u0301 " + "x" * 60


async def test_whatever_a_name_holds_does_nothing_and_breaks_no_column(sit: Sit, sample: Path) -> None:
    with closing(sqlite3.connect(sample / "crm.sqlite")) as crm, crm:
        crm.execute("UPDATE account SET name = ? || name WHERE id IN (1100, 1101)", (HOSTILE,))
    async with sit(80, 24) as desk:
        await looks_for_visser(desk)
        for keys in ((), ("enter", "l"), ("down", "n"), ("w",)):
            await desk.presses(*keys)
            for size in ((160, 45), (40, 20), (80, 24)):
                await desk.pilot.resize_terminal(*size)
                await desk.settle()
                strips = desk.board.screen._compositor.render_strips()
                assert {strip.cell_length for strip in strips} == {size[0]}
                assert "[bold red]" in desk.screen
                assert "\u202e" not in desk.screen


class TestWhatIsToBeDecidedAboutTheComingVisits:
    async def test_is_counted_on_the_first_screen_and_a_key_away_from_it(self, sit: Sit, links: Path) -> None:
        async with sit(80, 24) as desk:
            counted = int(desk.line_with("TO DECIDE").split()[2])
            assert desk.line_with("TO DECIDE").endswith("your customers': l")
            await desk.presses("l")
            assert desk.lines[0].startswith(" TO DECIDE   Kaas & Co")
            open_ = int(desk.lines[0].split()[-2])
            assert 0 < open_ <= counted
            await desk.presses(*["n", "down"] * open_, "enter")
            assert desk.lines[0].startswith(" TODAY")
            assert len(remembered(links)["Kaas & Co"]) == open_
            left = [line for line in desk.lines if "TO DECIDE" in line]
            assert sum(int(line.split()[2]) for line in left) == counted - open_

    async def test_is_said_to_be_nothing_where_nothing_is(self, sit: Sit, links: Path) -> None:
        async with sit(80, 24) as desk:
            while any("TO DECIDE" in line for line in desk.lines):
                await desk.presses("l")
                await desk.presses(*["n", "down"] * int(desk.lines[0].split()[-2]), "enter")
            await desk.presses("l")
            assert "nothing is left to decide about these visits" in desk.toasts
