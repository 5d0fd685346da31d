"""Every source and how it is, in words that tell who mends it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from salesprep.adapter import BadData, Check, ConfigInvalid, Unavailable
from salesprep.sources.answers import NotLoaded, SourceInfo
from salesprep.sources.standing import NOT_ASKED, Standing
from salesprep.view.lines import width
from salesprep.view.sources_board import Told, sources_board
from salesprep.view.voice import Voice

AWAY = Unavailable("the server is away").failure()
BROKEN = ConfigInvalid("names an unknown adapter", mend='write "ics"').failure()

Shown = Callable[..., list[str]]


@pytest.fixture
def shown(voice: Voice) -> Shown:
    """The lines about one source, as they read at 100 columns."""

    def of(
        standing: Standing = NOT_ASKED, *, problem: object = None, remote: bool = False, **more: object
    ) -> list[str]:
        info = SourceInfo("crm", "CRM", "sql", None, remote, problem)  # type: ignore[arg-type]
        lines = sources_board((Told(info, standing, **more),), (), voice, 100)  # type: ignore[arg-type]
        return [" ".join(line.text.split()) for line in lines[2:]]

    return of


class TestASource:
    def test_that_was_not_asked_says_so_and_where_it_lies(self, shown: Shown) -> None:
        assert shown() == ["CRM not asked yet sql on this machine"]
        assert shown(remote=True) == ["CRM not asked yet sql over the network"]

    def test_that_answered_says_when(self, shown: Shown, now: datetime) -> None:
        answered = Standing(now - timedelta(minutes=3), answers=True)
        assert shown(answered) == ["CRM answered 13:18, 3 min ago sql on this machine"]

    def test_that_did_not_says_why_who_mends_it_and_when_it_did(self, shown: Shown, now: datetime) -> None:
        assert shown(Standing(now - timedelta(hours=3), failures=(AWAY,))) == [
            "CRM did not answer sql on this machine",
            "the server is away; passes by itself",
            "last answered 10:21, 3 h ago",
        ]

    def test_that_is_left_alone_says_until_when(self, shown: Shown, now: datetime) -> None:
        paused = Standing(failures=(AWAY,), paused_until=now + timedelta(minutes=5))
        assert shown(paused)[1] == "the server is away; asks again at 13:26"

    def test_that_answered_in_part_says_what_is_missing(self, shown: Shown, now: datetime) -> None:
        failure = BadData("tickets cannot be read", mend="mend the query").failure()
        assert shown(Standing(now, answers=True, failures=(failure,))) == [
            "CRM in part, answered 13:21, just now sql on this machine",
            "tickets cannot be read; your admin mends it: mend the query",
        ]

    @pytest.mark.parametrize(
        ("standing", "said"),
        [
            (Standing(stuck=True), "not back"),
            (Standing(offline=True), "not asked: offline"),
        ],
    )
    def test_says_what_else_keeps_it_from_being_asked(
        self, shown: Shown, standing: Standing, said: str
    ) -> None:
        assert shown(standing) == [f"CRM {said} sql on this machine"]

    def test_that_cannot_be_loaded_says_in_which_file_and_line(self, shown: Shown) -> None:
        assert shown(problem=BROKEN, where="/opt/sql/adapter.toml line 3") == [
            "CRM not loaded sql",
            '/opt/sql/adapter.toml line 3: names an unknown adapter; mend: write "ics"',
        ]


class TestCheckingIt:
    def test_shows_that_it_is_under_way(self, shown: Shown, voice: Voice) -> None:
        assert shown(asking=True) == ["CRM asking… sql on this machine"]
        info = SourceInfo("crm", "CRM", "sql", None)
        assert (
            sources_board((Told(info, asking=True),), (), voice, 80)[0].text.rstrip().endswith("asking CRM…")
        )

    def test_shows_each_check_and_how_to_mend_what_failed(self, shown: Shown, now: datetime) -> None:
        checks = (
            Check("database", "passed", "it opens", "nothing to mend"),
            Check("tickets", "failed", "there is no such column", "mend the query"),
        )
        assert shown(Standing(now, answers=True), checks=checks)[1:] == [
            "database passed it opens",
            "tickets FAILED there is no such column",
            "mend: mend the query",
        ]


class TestWhatIsNotLoaded:
    def test_stands_at_the_end_with_file_and_line(self, voice: Voice) -> None:
        one = NotLoaded(
            "mail", ConfigInvalid("cannot be read", mend="mend it").failure(), "/a/adapter.toml line 3"
        )
        lines = sources_board((), (one,), voice, 80)
        assert " ".join(" ".join(line.text.split()) for line in lines).endswith(
            "NOT LOADED mail: not loaded (/a/adapter.toml line 3): cannot be read; mend: mend it"
        )
        assert lines[-1].about is one


STEERS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal takes for more than a letter."""


@pytest.mark.parametrize("columns", [20, 40, 80, 160])
def test_whatever_is_said_breaks_no_column(voice: Voice, now: datetime, columns: int) -> None:
    hostile = "[red]\x1b[31m\u202e" + "社" * 30 + " \u05e9\u05dc\u05d5\u05dd"
    failure = BadData(hostile, mend=hostile).failure()
    told = Told(
        SourceInfo("crm", hostile, "sql", None),
        Standing(now, answers=True, failures=(failure,)),
        checks=(Check(hostile, "failed", hostile, hostile),),
        where=str(Path("/opt") / hostile),
    )
    for line in sources_board((told,), (NotLoaded(hostile, failure, hostile),), voice, columns):
        assert width(line.text) == columns
        assert not STEERS.search(line.text)
