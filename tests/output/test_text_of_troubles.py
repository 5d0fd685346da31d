"""What became of each source, as a rep reads it, and the admin."""

from __future__ import annotations

import re
from dataclasses import replace

from salesprep.adapter import Failure, Kind, Refusal
from salesprep.briefing.model import Agenda, Briefing
from salesprep.output import text
from salesprep.settings import Us
from salesprep.view.panel import trouble
from salesprep.view.voice import voice_for
from tests.output.printed import GONE, LOCKED, all_in_state, with_panel

OFFLINE = Failure("offline", "works offline", "leave out --offline", "user", retry=False, may_show_old=True)
NOT_BACK = Failure("stuck", "not back since 13:21", None, "nobody", retry=False, may_show_old=True)
NO_ACCESS = Failure("permission_denied", "no right to read", None, "admin", retry=False, may_show_old=False)


class TestWhatBecameOfASource:
    def test_it_cannot_be_read_and_somebody_can_mend_it(self, two: Briefing, us: Us) -> None:
        broken = with_panel(two, **all_in_state(two.panels[0], "failed", GONE))
        printed = text.briefing(broken, us, 80, colour=False)
        assert " CRM  cannot be read ─" in printed
        together = " ".join(printed.split())
        assert "crm.db does not exist; your admin mends it: put the file back" in together
        assert together.count("crm.db does not exist") == 1
        assert "no answer: CRM" in printed

    def test_it_is_late_and_passes_by_itself(self, two: Briefing, us: Us) -> None:
        late = with_panel(two, **all_in_state(two.panels[0], "failed", LOCKED))
        printed = text.briefing(late, us, 160, colour=False)
        assert " CRM  did not answer" in printed
        assert "the database is locked; passes by itself" in printed
        assert "1 of 2 sources answered, not CRM" in printed

    def test_an_old_answer_is_shown_with_its_time(self, seven: Briefing, us: Us) -> None:
        printed = text.briefing(seven, us, 80, colour=False)
        assert re.search(r"POSTS  did not answer ─+ as of 10:20", printed)
        assert "Waarom wij predictive maintenance kozen" in printed
        assert "asks again at 13:40" in printed

    def test_it_has_not_come_back(self, two: Briefing, us: Us) -> None:
        stuck = with_panel(two, **all_in_state(two.panels[0], "stuck", NOT_BACK))
        assert "CRM  not back since 13:21 ─" in text.briefing(stuck, us, 80, colour=False)

    def test_it_was_not_asked_because_offline(self, two: Briefing, us: Us) -> None:
        offline = with_panel(two, **all_in_state(two.panels[0], "withheld", OFFLINE))
        assert "CRM  not asked: offline ─" in text.briefing(offline, us, 80, colour=False)

    def test_it_may_not_be_shown(self, two: Briefing, us: Us) -> None:
        withheld = with_panel(two, **all_in_state(two.panels[0], "withheld", NO_ACCESS))
        assert "CRM  not allowed to show ─" in text.briefing(withheld, us, 80, colour=False)

    def test_it_is_still_being_asked(self, two: Briefing, us: Us) -> None:
        waiting = with_panel(two, **all_in_state(two.panels[0], "waiting", None))
        printed = text.briefing(waiting, us, 80, colour=False)
        assert re.search(r"CRM ─+ asking…", printed)
        assert "asking CRM…" in printed

    def test_it_found_nothing(self, two: Briefing, us: Us) -> None:
        empty = with_panel(two, **all_in_state(two.panels[0], "empty", None))
        assert "\n   nothing found   " in text.briefing(empty, us, 80, colour=False)

    def test_its_adapter_did_not_load(self, two: Briefing, us: Us) -> None:
        broken = with_panel(two, sections=(), state="failed", failure=GONE)
        assert "crm.db does not exist" in text.briefing(broken, us, 80, colour=False)

    def test_one_kind_failed_and_the_rest_is_shown(self, two: Briefing, us: Us) -> None:
        sections = tuple(
            replace(s, records=(), state="failed", failure=LOCKED) if s.kind == Kind.PERSON else s
            for s in two.panels[0].sections
        )
        partial = with_panel(two, sections=sections, state="partial", failure=LOCKED)
        printed = text.briefing(partial, us, 80, colour=False)
        assert " CRM  in part ─" in printed
        assert "did not answer: the database is locked; passes by itself" in printed
        assert "LX-200" in printed

    def test_some_items_were_garbage(self, two: Briefing, us: Us) -> None:
        refusal = Refusal(2, "end before start", "agenda.ics line 1204")
        crm, calendar = two.panels
        section = replace(calendar.sections[0], refused=(refusal,))
        briefing = replace(two, panels=(crm, replace(calendar, sections=(section,))))
        printed = text.briefing(briefing, us, 80, colour=False)
        assert "2 events could not be read: end before start (agenda.ics line 1204)" in printed

    def test_some_values_were_garbage_of_items_that_are_shown(self, two: Briefing, us: Us) -> None:
        refusal = Refusal(1, "a number that is no date", "t.xlsx, row 2", shown=True)
        crm, calendar = two.panels
        section = replace(calendar.sections[0], refused=(refusal,))
        briefing = replace(two, panels=(crm, replace(calendar, sections=(section,))))
        printed = text.briefing(briefing, us, 80, colour=False)
        assert "1 value could not be read: a number that is no date (t.xlsx, row 2)" in printed
        assert "event could not be read" not in printed

    def test_all_answered_is_said_where_there_is_room(self, two: Briefing, us: Us) -> None:
        assert "all sources answered" in text.briefing(two, us, 160, colour=False)
        assert "answered" not in text.briefing(two, us, 80, colour=False).replace("nobody answered", "")

    def test_a_calendar_that_failed_is_named_under_the_agenda(self, agenda: Agenda, us: Us) -> None:
        failed = replace(agenda.panels[0], state="failed", failure=GONE, sections=())
        printed = text.agenda(replace(agenda, panels=(failed,)), us, 80, colour=False)
        assert "all sources ready but Calendar" in printed
        assert "crm.db does not exist" in printed


class TestForTheAdmin:
    def test_the_reader_mends_it(self, two: Briefing, us: Us) -> None:
        failed = replace(two.panels[0], **all_in_state(two.panels[0], "failed", GONE))
        voice = voice_for(two, us)
        told = " ".join(" ".join(line.text for line in trouble(failed, voice, 200, reader="admin")).split())
        assert told == ("CRM: crm.db does not exist; mend: put the file back or change sources.crm.database")
        assert "your admin mends it: put" in trouble(failed, voice, 200)[0].text
