"""Lists for reading, in windows of any width."""

from __future__ import annotations

import pytest

from salesprep.output.listing import table

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
