"""Why a source is not there, in windows of any width: all of it, since its end says how it is mended."""

from __future__ import annotations

import pytest

from salesprep.adapter import ConfigInvalid, Failure, Kind, Refusal
from salesprep.briefing.model import Panel, Section
from salesprep.view.panel import panel, trouble
from salesprep.view.voice import Voice

WHERE = "/srv/exports/sales/northern-region/2026/november/" + "a-folder-of-its-own/" * 6 + "customers.xlsx"
MEND = "put the file back where it was, or write into the settings where it is now, and ask whoever moved it"
LONG: Failure = ConfigInvalid(f"{WHERE} is not there", mend=MEND).failure()
WIDTHS = (20, 40, 48, 80)


def told(given: Panel, voice: Voice, columns: int) -> str:
    """All words of the panel, as one line without spaces: an address is broken where it has to be."""
    return "".join(
        "".join(each.text.split()) for each in panel(given, voice, columns, ruled=True, airy=False)
    )


@pytest.mark.parametrize("columns", WIDTHS)
class TestALongReason:
    def test_of_a_whole_panel_is_not_cut(self, voice: Voice, columns: int) -> None:
        said = told(Panel("crm", "CRM", "table", "failed", failure=LONG), voice, columns)
        assert "".join(WHERE.split()) in said
        assert said.endswith("".join(MEND.split()))
        assert "…" not in said

    def test_of_a_section_is_not_cut(self, voice: Voice, columns: int) -> None:
        sections = (Section(Kind.PERSON, "failed", failure=LONG), Section(Kind.TASK, "empty"))
        said = told(Panel("crm", "CRM", "table", "failed", sections, failure=LONG), voice, columns)
        assert "".join(MEND.split()) in said
        assert "…" not in said

    def test_beneath_an_agenda_is_not_cut(self, voice: Voice, columns: int) -> None:
        lines = trouble(Panel("crm", "CRM", "table", "failed", failure=LONG), voice, columns)
        assert all(each.width <= columns for each in lines)
        assert "".join("".join(each.text.split()) for each in lines).endswith("".join(MEND.split()))

    def test_of_records_that_cannot_be_read_has_room(self, voice: Voice, columns: int) -> None:
        where = "the third sheet of customers.xlsx, in lines 120 to 1480"
        refusal = Refusal(2, "a date that can be read in two ways", where)
        section = Section(Kind.TASK, "empty", refused=(refusal,))
        said = told(Panel("crm", "CRM", "table", "empty", (section,)), voice, columns)
        assert "".join(where.split()) in said
