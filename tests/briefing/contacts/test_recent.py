"""What a rep sees before a meeting: who was last spoken with when, how much there is, how far it was read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from salesprep.adapter import Change, Kind
from salesprep.briefing.contacts.recent import LEAST, Recent, recent
from salesprep.briefing.contacts.time_line import KINDS
from salesprep.briefing.reach import Reach

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Source, Stage

    VanDijk = Callable[..., tuple[Source, Source]]

NAME = "Van Dijk Machinebouw"
SMIT = "R. Smit <r.smit@vandijk.example>"
ANNA = "Anna de Boer <anna@ons.example>"


@pytest.fixture
def look(stage: Stage) -> Callable[..., Any]:
    """The recent contacts as asked for."""

    async def ask(reach: Reach | None = None, **more: Any) -> Recent:
        return recent(await stage.briefing(NAME, reach=reach), stage.settings.us, **more)

    return ask


def ids(found: Recent) -> list[str]:
    return [c.found.record.id for c in found.line]


class TestAtTheTable:
    def meeting(self, make: Make, *people: str) -> Any:
        return make.meeting("m", "Kwartaalbezoek", ANNA, *people)

    async def test_each_of_theirs_has_the_last_contact_with_anybody_of_us(
        self, look: Any, van_dijk: VanDijk, make: Make
    ) -> None:
        van_dijk(
            make.activity("call", days=-10, people=("M. Bakker <m.bakker@ons.example>", SMIT)),
            make.activity("older", days=-20, people=(ANNA, SMIT)),
            meetings=[self.meeting(make, SMIT, "A. Yılmaz <a.yilmaz@vandijk.example>")],
        )
        found = (await look()).at_table
        assert [(e.attendee.name, [c.found.record.id for c in e.last]) for e in found] == [
            ("R. Smit", ["call"]),
            ("A. Yılmaz", []),
        ]

    async def test_a_ticket_comes_with_the_last_talk(self, look: Any, van_dijk: VanDijk, make: Make) -> None:
        ticket = make.ticket("t", days=-4)
        van_dijk(
            replace(ticket, people=(make.who(SMIT),)),
            make.activity("call", days=-10, people=(ANNA, SMIT)),
            meetings=[self.meeting(make, SMIT)],
        )
        (smit,) = (await look()).at_table
        assert [c.found.record.id for c in smit.last] == ["t", "call"]

    async def test_a_name_that_is_theirs_in_part_is_told_as_perhaps(
        self, look: Any, van_dijk: VanDijk, make: Make
    ) -> None:
        van_dijk(
            make.activity("call", people=(ANNA, "R. Smit")),
            meetings=[self.meeting(make, "Rob Smit <rob@vandijk.example>")],
        )
        (smit,) = (await look()).at_table
        assert ([c.found.record.id for c in smit.last], smit.sure) == (["call"], False)

    async def test_but_not_where_two_could_be_meant(self, look: Any, van_dijk: VanDijk, make: Make) -> None:
        van_dijk(
            make.activity("call", people=(ANNA, "R. Smit")),
            make.person("p", "Roos Smit"),
            meetings=[self.meeting(make, "Rob Smit <rob@vandijk.example>")],
        )
        (smit,) = (await look()).at_table
        assert smit.last == ()

    async def test_another_address_under_the_name_is_somebody_else_for_certain_but_not_perhaps(
        self, look: Any, van_dijk: VanDijk, make: Make
    ) -> None:
        van_dijk(
            make.activity("call", people=(ANNA, "R. Smit <smit@gmail.com>")),
            meetings=[self.meeting(make, SMIT)],
        )
        (smit,) = (await look()).at_table
        assert smit.sure is False


class TestHowMuchIsShown:
    async def test_the_last_90_days(self, look: Any, van_dijk: VanDijk, make: Make) -> None:
        van_dijk(*(make.activity(f"a{days}", days=-days) for days in (1, 5, 20, 40, 60, 89, 91)))
        found = await look()
        assert (len(found.line), found.in_days, found.left_out, found.in_all) == (6, 6, 1, 7)

    async def test_the_newest_in_any_case(self, look: Any, van_dijk: VanDijk, make: Make) -> None:
        van_dijk(*(make.activity(f"a{n}", days=-200 - n) for n in range(LEAST + 2)))
        found = await look()
        assert (len(found.line), found.in_days, found.left_out) == (LEAST, 0, 2)

    async def test_exactly_the_days_asked_for(self, look: Any, van_dijk: VanDijk, make: Make) -> None:
        van_dijk(make.activity("a", days=-3), make.activity("b", days=-8))
        found = await look(days=7)
        assert (ids(found), found.left_out) == (["a"], 1)

    async def test_all(self, look: Any, van_dijk: VanDijk, make: Make) -> None:
        van_dijk(*(make.activity(f"a{n}", days=-n) for n in range(1, 130)))
        found = await look(every=True)
        assert (len(found.line), found.left_out) == (129, 0)

    @pytest.mark.parametrize("person", ["smit", "R. Smit", "R.SMIT@vandijk.example", "Rob Smit"])
    async def test_with_one_person(self, look: Any, van_dijk: VanDijk, make: Make, person: str) -> None:
        van_dijk(
            make.activity("a", days=-3, people=(ANNA, SMIT)),
            make.activity("b", days=-4, people=(ANNA, "K. Vos")),
        )
        found = await look(person=person)
        assert (ids(found), found.in_all) == (["a"], None)

    async def test_nobody_of_that_name(self, look: Any, van_dijk: VanDijk, make: Make) -> None:
        van_dijk(make.activity("a", people=(ANNA, SMIT)))
        assert (await look(person="Jansen")).line == ()


class TestWhatTheCountsStandOn:
    async def test_all_there_are_is_told_from_the_sources_totals(
        self, look: Any, van_dijk: VanDijk, make: Make
    ) -> None:
        crm, _ = van_dijk(*(make.activity(f"a{n}", days=-n) for n in range(1, 31)))
        crm.page_size = 10
        found = await look()
        assert (len(found.briefing.contacts), found.in_all, found.unread) == (10, 30, ("crm",))

    async def test_a_source_without_a_total_leaves_it_open(
        self, look: Any, stage: Stage, van_dijk: VanDijk, make: Make, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        crm, _ = van_dijk(*(make.activity(f"a{n}", days=-n) for n in range(1, 31)))
        crm.page_size = 10
        page = crm.page
        monkeypatch.setattr(crm, "page", lambda ask: replace(page(ask), total=None))
        assert (await look()).in_all is None

    async def test_a_source_that_failed_leaves_it_open(
        self, look: Any, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        van_dijk(make.activity("a"))
        stage.source("mail", Kind.ACTIVITY, fails={"*"})
        found = await look()
        assert found.in_all is None
        assert [p.source for p in found.silent] == ["mail"]
        assert not found.days_whole

    async def test_the_days_are_whole_once_an_older_one_was_read(
        self, look: Any, van_dijk: VanDijk, make: Make
    ) -> None:
        crm, _ = van_dijk(*(make.activity(f"a{n}", days=-n * 5) for n in range(1, 31)))
        crm.page_size = 10
        assert (await look()).days_whole is False
        assert (await look(days=40)).days_whole is True


class TestHowFarItIsRead:
    def many(self, make: Make, van_dijk: VanDijk, size: int = 10) -> Source:
        crm, _ = van_dijk(*(make.activity(f"a{n}", days=-n * 5) for n in range(1, 101)))
        crm.page_size = size
        return crm

    async def test_until_the_days_are_covered(self, look: Any, van_dijk: VanDijk, make: Make) -> None:
        self.many(make, van_dijk)
        found = await look(Reach(KINDS, 1000, since=make.at(-90)))
        assert (len(found.briefing.contacts), found.in_days, found.days_whole) == (20, 18, True)

    async def test_until_there_are_no_more(self, look: Any, van_dijk: VanDijk, make: Make) -> None:
        self.many(make, van_dijk)
        found = await look(Reach(KINDS, 1000), every=True)
        assert (len(found.line), found.unread, found.in_all) == (100, (), 100)

    async def test_until_there_are_enough(self, look: Any, van_dijk: VanDijk, make: Make) -> None:
        self.many(make, van_dijk)
        found = await look(Reach(KINDS, 35), every=True)
        assert (len(found.line), found.unread, found.in_all) == (40, ("crm",), 100)

    async def test_until_a_page_fails(self, look: Any, van_dijk: VanDijk, make: Make) -> None:
        crm = self.many(make, van_dijk)
        page = crm.page

        def stops(ask: Any) -> Any:
            if ask.cursor == "30":
                crm.fails.add("activity")
            return page(ask)

        crm.page = stops  # type: ignore[method-assign]
        found = await look(Reach(KINDS, 1000), every=True)
        assert len(found.line) == 40
        assert [p.source for p in found.silent] == ["crm"]

    async def test_a_briefing_alone_reads_one_page(self, look: Any, van_dijk: VanDijk, make: Make) -> None:
        crm = self.many(make, van_dijk)
        assert len((await look()).briefing.contacts) == 10
        assert all(ask.cursor is None for ask in crm.asked)


class TestANewFace:
    async def test_is_told_where_they_first_appear(
        self, look: Any, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        vries = "P. de Vries <p.devries@vandijk.example>"
        van_dijk(
            make.activity("second", days=-20, people=(ANNA, vries)),
            make.activity("first", days=-21, people=(ANNA, vries)),
            make.activity("other", days=-22, people=(ANNA, SMIT)),
        )
        new = Change("new", since=make.day(-36))
        person = make.person("l", "P. de Vries", None, "p.devries@vandijk.example", change=new)
        stage.source("linkedin", Kind.PERSON, records=[person])
        assert (await look()).new_faces == {("crm", "first")}
