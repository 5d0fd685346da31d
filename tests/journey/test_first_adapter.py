"""An admin's first adapter: the tutorial, done word for word in an empty folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tools import tutorial

pytestmark = pytest.mark.xdist_group("tutorial")


@dataclass(frozen=True, slots=True)
class Done:
    """The tutorial after doing all that it says, and the folder it was done in."""

    page: str
    here: Path

    def says(self, command: str) -> list[str]:
        """What ``command`` said, each time."""
        blocks = re.findall(r"^```console\n(.*?)^```", self.page, re.MULTILINE | re.DOTALL)
        parts = [part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE) if part]
        return [part.partition("\n")[2] for part in parts if part.startswith(command)]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    folder = tmp_path_factory.mktemp("admin")
    page = tutorial.PAGE.read_text(encoding="utf-8")
    return Done(tutorial.played(page, folder), folder / "prep")


class TestTheTutorial:
    def test_says_what_happens_letter_by_letter(self, done: Done) -> None:
        assert done.page == tutorial.PAGE.read_text(encoding="utf-8"), "make tutorial"

    def test_begins_with_an_adapter_that_passes_and_has_25_lines_at_most(self, done: Done) -> None:
        (code,) = done.says("cat adapters/desk/adapter.py")
        first, *_rest = done.says("salesprep adapter check adapters/desk | tail")

        assert len(code.splitlines()) <= 25
        assert re.fullmatch(r"\d\d passed, 0 failed, \d+ skipped, in 2.5 s: bronze\n", first)

    def test_changes_two_lines_and_is_told_of_the_one_that_it_forgot(self, done: Done) -> None:
        (told,) = done.says("salesprep adapter check adapters/desk --only")
        *_first, last = done.says("salesprep adapter check adapters/desk | tail")
        changed = re.findall(r"^\*\*`(.+)`\*\*\n\n```diff\n- .*\n\+ .*\n```", done.page, re.MULTILINE)

        assert set(changed) == {"adapters/desk/adapter.py", "adapters/desk/sample/tickets-1.json"}
        assert "items[1].prio is missing" in told
        assert last.endswith(": bronze\n")

    def test_ends_with_its_panel_in_the_briefing(self, done: Done) -> None:
        (briefing,) = done.says("salesprep brief")

        assert " DESK  1 open, 1 closed " in briefing
        assert re.search(r"high +Pump 3 leaks +open 11 d", briefing)
        assert "Manual in German?" in briefing
        assert "Invoice address" not in briefing, "of another customer"

    def test_asks_the_help_desk_whether_it_works(self, done: Done) -> None:
        (sources,) = done.says("salesprep sources check desk")
        (live,) = done.says("salesprep adapter check desk --live")

        assert re.search(r"^DESK +tickets +passed +the help desk answers$", sources, re.MULTILINE)
        assert live.startswith("2 passed, 0 failed")

    def test_leaves_nothing_behind_but_what_it_says(self, done: Done) -> None:
        assert {path.name for path in done.here.iterdir()} == {"adapters", "server", "settings.toml"}


class TestATutorialThatIsNoLongerTrue:
    def test_is_seen(self, tmp_path: Path) -> None:
        page = "```console\n$ echo one\ntwo\n```\n"

        assert tutorial.played(page, tmp_path) == "```console\n$ echo one\none\n```\n"

    def test_stops_where_a_change_does_not_fit(self, tmp_path: Path) -> None:
        page = "**`a.txt`**\n\n```text\none\n```\n\n**`a.txt`**\n\n```diff\n- two\n+ three\n```\n"

        with pytest.raises(ValueError, match=r"a\.txt does not hold"):
            tutorial.played(page, tmp_path)
