"""What the last calls of a source came to, in a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from salesprep.adapter import Unavailable
from salesprep.settings import Us
from salesprep.sources.answers import SourceInfo
from salesprep.sources.figures import Figures
from salesprep.sources.standing import NOT_ASKED, Standing
from salesprep.view.figures import in_figures, next_try, took
from salesprep.view.sources_board import Told, sources_board
from salesprep.view.voice import Voice

ANSWERED = Figures(calls=57, answers=57, p50_ms=12.2, p95_ms=80.4, misses=57)


class TestTheSentence:
    def test_of_a_source_that_nobody_asked_is_empty(self, voice: Voice) -> None:
        assert in_figures(NOT_ASKED, voice.now, voice.us) == ""

    def test_tells_how_long_answers_took(self, voice: Voice) -> None:
        standing = Standing(voice.now, answers=True, figures=ANSWERED)
        assert in_figures(standing, voice.now, voice.us) == "57 answers: p50 12 ms, p95 80 ms"

    def test_tells_a_single_answer_without_pretending_more(self, voice: Voice) -> None:
        one = replace(ANSWERED, calls=1, answers=1, misses=1)
        standing = Standing(voice.now, answers=True, figures=one)
        assert in_figures(standing, voice.now, voice.us) == "1 answer: 12 ms"

    def test_tells_errors_by_their_kind_and_what_memory_had(self, voice: Voice) -> None:
        errors = (("deadline_exceeded", 2), ("unavailable", 1), ("closed", 1))
        figures = replace(ANSWERED, calls=61, errors=errors, hits=5, misses=59)
        standing = Standing(voice.now, answers=True, figures=figures)
        assert in_figures(standing, voice.now, voice.us) == (
            "57 answers: p50 12 ms, p95 80 ms; 4 errors: too late 2, not available 1, closed 1; "
            "5 of 64 from memory"
        )

    def test_tells_when_there_was_no_answer_at_all(self, voice: Voice) -> None:
        figures = Figures(calls=1, errors=(("auth_required", 1),))
        standing = Standing(failures=(Unavailable("away").failure(),), figures=figures)
        assert in_figures(standing, voice.now, voice.us) == "no answer yet; 1 error: not logged in"

    def test_tells_what_earlier_runs_saw_where_this_one_has_not_asked(
        self, voice: Voice, now: datetime
    ) -> None:
        figures = replace(
            ANSWERED, last_call=now - timedelta(minutes=30), last_success=now - timedelta(hours=3)
        )
        failed = replace(figures, last_code="rate_limited", errors=(("rate_limited", 1),))
        assert in_figures(Standing(figures=failed), now, voice.us).startswith(
            "last asked 12:51, 30 min ago: asked too often; last answered 10:21, 3 h ago; 57 answers"
        )
        asked = Standing(now, answers=True, figures=failed)
        assert in_figures(asked, now, voice.us).startswith("57 answers")

    def test_tells_when_it_is_tried_again(self, voice: Voice, now: datetime) -> None:
        later = now + timedelta(minutes=5)
        standing = Standing(now, figures=replace(ANSWERED, not_before=later))
        assert in_figures(standing, now, voice.us).endswith("; next try 13:26")
        assert next_try(standing, later) is None, "that time has come"
        paused = replace(standing, paused_until=now + timedelta(minutes=9))
        assert next_try(paused, now) == now + timedelta(minutes=9)
        back = Standing(now, figures=ANSWERED, breaker="half_open")
        assert in_figures(back, now, voice.us).endswith("the next question finds out whether it is back")


@pytest.mark.parametrize(
    ("ms", "said"),
    [(0.01, "1 ms"), (12.4, "12 ms"), (999.4, "999 ms"), (1234.0, "1.2 s"), (61_000, "61.0 s")],
)
def test_a_duration_is_read_at_a_glance(ms: float, said: str) -> None:
    assert took(ms, Us(locale="en_GB")) == said


def test_a_duration_is_written_as_the_locale_does() -> None:
    assert took(1234.0, Us(locale="nl_NL")) == "1,2 s"


def test_on_the_screen_it_stands_last_beneath_its_source(voice: Voice, now: datetime) -> None:
    told = Told(SourceInfo("crm", "CRM", "sql", None), Standing(now, answers=True, figures=ANSWERED))
    lines = sources_board((told,), (), voice, 80)
    assert [" ".join(line.text.split()) for line in lines[2:]] == [
        "CRM answered 13:21, just now sql on this machine",
        "57 answers: p50 12 ms, p95 80 ms",
    ]
    assert lines[-1].about is told.info
