"""What else the user has on the day of a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Stage


class TestTheRestOfTheDay:
    async def test_is_the_users_own_other_meetings_that_are_still_to_come(
        self, stage: Stage, make: Make
    ) -> None:
        stage.crm(make.account("1", "Van Dijk", "vandijk.example"))
        guest = "r.smit@vandijk.example"
        stage.calendar(
            make.meeting("visit", "Kwartaalbezoek", guest, start=make.at(hour=14)),
            make.meeting("later", "Overleg", start=make.at(hour=16)),
            make.meeting("over", "Overleg", start=make.at(hour=9)),
            make.meeting("tomorrow", "Overleg", start=make.at(1, hour=10)),
            make.meeting("cancelled", "Overleg", start=make.at(hour=17), status="cancelled"),
            make.meeting("colleague", "Overleg", start=make.at(hour=18), owner="m.bakker@ons.example"),
        )
        briefing = await stage.briefing("Van Dijk")
        assert briefing.visit is not None
        assert [found.record.id for found in briefing.day] == ["later"]

    async def test_is_nothing_where_there_is_no_visit(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Van Dijk", "vandijk.example"))
        stage.calendar(make.meeting("later", "Overleg", start=make.at(hour=16)))
        assert (await stage.briefing("Van Dijk")).day == ()
