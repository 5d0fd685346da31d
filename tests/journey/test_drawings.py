"""The screens as they were drawn, and what the program prints of them for the sample.

Each file in ``drawings`` is a drawing and its output in one, as a diff: ``=`` stands in both, ``-`` was
drawn and is not printed, ``+`` is printed and was not drawn, ``#`` says why; ``@`` begins a block. Left out
of the drawings is what belongs to sources that the sample does not have (mail, posts, a ticket system:
"Tickets" are the CRM's own here) and to an interface (its keys, the mark of a chosen row).

Head and quick scan are compared as they stand. The columns of a panel are as wide as its content needs, so
there one space is as good as several.
"""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from salesprep.cli import workspace
from salesprep.machine import dirs
from salesprep.sample import ZONE, lay_out

if TYPE_CHECKING:
    from tests.journey.conftest import Rep


def drawn(name: str) -> dict[str, list[str]]:
    """What the program is to print, by block, without what fills a line up."""
    text = (Path(__file__).parent / "drawings" / f"{name}.txt").read_text(encoding="utf-8")
    blocks = {}
    for part in text.split("@ ")[1:]:
        title, *lines = part.rstrip("\n").split("\n")
        assert {line[:1] for line in lines} <= set("=+-# ") | {""}, f"{name}, {title}"
        blocks[title] = [line[2:].rstrip() for line in lines if line[:1] in ("=", "+")]
    return blocks


WIDE, NARROW, TODAY, PHONE = map(drawn, ("briefing-160", "briefing-80", "today-80", "briefing-40"))


def words(lines: list[str]) -> list[str]:
    """The lines that say something, with single spaces."""
    return [" ".join(line.split()) for line in lines if line.strip()]


def printed(out: str) -> list[str]:
    """The lines as the customer of the drawings has them, who is nobody's example."""
    return [line.replace("example, ", " " * 9).rstrip() for line in out.splitlines()]


def above(lines: list[str], first_panel: str) -> list[str]:
    """The head and the quick scan."""
    return lines[: next(at for at, line in enumerate(lines) if re.match(first_panel, line))]


def side_by_side(lines: list[str]) -> dict[str, list[str]]:
    """The panels of a wide screen, two in a row."""
    tops = [at for at, line in enumerate(lines) if re.match(r" (CRM|CALENDAR) ", line)]
    panels = {}
    for start, end in zip(tops, [*tops[1:], len(lines)], strict=True):
        middle = re.search(r"LINKEDIN|WIKI", lines[start])
        assert middle is not None
        for left, right in ((0, middle.start()), (middle.start(), None)):
            block = [line[left:right] for line in lines[start:end]]
            panels[block[0].split()[0]] = words(block)
    return panels


def one_below_the_other(lines: list[str]) -> dict[str, list[str]]:
    """The panels of a narrow screen; a line runs through the title of each."""
    tops = [at for at, line in enumerate(lines) if re.match(r" ?[A-Z]+ .*─", line)]
    return {
        lines[start].split()[0]: [re.sub("─+ ", "", line) for line in words(lines[start:end])]
        for start, end in zip(tops, [*tops[1:], len(lines)], strict=True)
    }


OTHERS = ("LINKEDIN", "CALENDAR", "WIKI")


class TestAWideScreen:
    @pytest.fixture
    def lines(self, rep: Rep) -> list[str]:
        said = rep("brief", width=160)
        assert said.code == 0, said.err
        return printed(said.out)

    def test_head_and_quick_scan(self, lines: list[str]) -> None:
        assert above(lines, " CRM ") == WIDE["HEAD"]

    @pytest.mark.parametrize("panel", ["CRM", *OTHERS])
    def test_each_panel(self, panel: str, lines: list[str]) -> None:
        assert side_by_side(lines)[panel] == words(WIDE[panel])

    def test_four_panels_stand_in_two_rows_of_two(self, lines: list[str]) -> None:
        assert list(side_by_side(lines)) == ["CRM", "LINKEDIN", "CALENDAR", "WIKI"]


class TestANarrowScreen:
    @pytest.fixture
    def lines(self, rep: Rep) -> list[str]:
        said = rep("brief", width=80)
        assert said.code == 0, said.err
        # An example tells its day as well as the time.
        first, *rest = printed(said.out)
        return [first.replace("Mon 23 Nov ", " " * 11), *rest]

    def test_head_quick_scan_and_the_line_of_panels(self, lines: list[str]) -> None:
        assert above(lines, " CRM ─") == NARROW["HEAD"]

    def test_the_open_panel(self, lines: list[str]) -> None:
        expected = words(NARROW["CRM"])
        assert one_below_the_other(lines)["CRM"][: len(expected)] == expected

    @pytest.mark.parametrize("panel", OTHERS)
    def test_the_others_say_what_they_say_on_a_wide_screen(self, panel: str, lines: list[str]) -> None:
        assert " ".join(one_below_the_other(lines)[panel]) == " ".join(words(WIDE[panel]))


def test_today(rep: Rep) -> None:
    said = rep("agenda", width=80)
    assert said.code == 0, said.err
    assert words(printed(said.out)) == words(TODAY["HEAD"])


class TestAPhone:
    @pytest.fixture
    def lines(self, rep: Rep, own_machine: object, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """At three minutes to two on that Monday; the sample was laid out a little earlier."""

        class Monday(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return datetime(2026, 11, 23, 13, 57, tzinfo=ZONE).astimezone(tz)

        lay_out(dirs().cache, datetime(2026, 11, 23, 13, 15, tzinfo=ZONE))
        monkeypatch.setattr(workspace, "datetime", Monday)
        said = rep("brief", width=40)
        assert said.code == 0, said.err
        return printed(said.out)

    def test_head_quick_scan_and_last_contacts(self, lines: list[str]) -> None:
        day, *rest = above(lines, "CRM ─")
        assert day.strip() == "Mon 23 Nov 13:57"  # an example says so first
        assert rest == PHONE["HEAD"]

    def test_the_time_stands_at_the_end(self, lines: list[str]) -> None:
        # All four answered, so that nothing is said of that.
        assert lines[-1] == "13:57".rjust(40)

    @pytest.mark.parametrize("panel", OTHERS)
    def test_the_panels_are_there_too(self, panel: str, lines: list[str]) -> None:
        there = " ".join(one_below_the_other(lines[:-1])[panel])
        # Of people the family name is enough in a list.
        wanted = (
            " ".join(words(WIDE[panel])).replace("M. Bakker", "Bakker").replace("J. Jansen 2", "Jansen 2")
        )
        assert sorted(there.split()) == sorted(wanted.split())
