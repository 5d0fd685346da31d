"""Lists for reading, in windows of any width."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from salesprep.output.listing import sources_json, table
from salesprep.sources.answers import SourceInfo
from salesprep.sources.figures import Figures
from salesprep.sources.standing import Standing

WHAT = "customers-of-the-northern-region.xlsx is not there any more, or may not be read"
MEND = "mend: put the file back, or correct the path"


@pytest.mark.parametrize("columns", [30, 40, 60, 100])
def test_a_long_sentence_is_wrapped_within_the_window(columns: int) -> None:
    printed = table(("SOURCE", ""), [("CRM of the north", WHAT)], columns, [MEND])
    assert all(len(row) <= columns for row in printed.splitlines())
    assert "".join(f"CRM of the north {WHAT} {MEND}".split()) in "".join(printed.split())


def test_a_short_one_stays_in_its_row() -> None:
    rows = [("CRM", "ready"), ("Calendar", "ready")]
    assert table(("SOURCE", ""), rows, 16, ["", ""]) == "SOURCE\nCRM       ready\nCalendar  ready\n"


def test_how_a_source_answered_is_told_in_utc() -> None:
    now = datetime(2026, 11, 23, 13, 21, tzinfo=timezone(timedelta(hours=1)))
    later = now + timedelta(minutes=5)
    figures = Figures(3, 1, 12.5, 12.5, (("unavailable", 2),), 4, 3, now, now, now, "unavailable", later)
    held = Standing(breaker="held", figures=figures)
    printed = sources_json([(SourceInfo("crm", "CRM", "sql", None), held)], now)
    (source,) = json.loads(printed)["sources"]
    assert (source["breaker"], source["next_try"]) == ("held", "2026-11-23T12:26:00+00:00")
    assert source["figures"] == {
        "calls": 3,
        "answers": 1,
        "p50_ms": 12.5,
        "p95_ms": 12.5,
        "errors": {"unavailable": 2},
        "hits": 4,
        "misses": 3,
        "since": "2026-11-23T12:21:00+00:00",
        "last_call": "2026-11-23T12:21:00+00:00",
        "last_success": "2026-11-23T12:21:00+00:00",
        "last_error": "unavailable",
    }
    printed = sources_json([(SourceInfo("crm", "CRM", "sql", None), held)], later.astimezone(UTC))
    (other,) = json.loads(printed)["sources"]
    assert other["next_try"] is None
