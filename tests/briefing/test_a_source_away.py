"""The source that knows the guests' domain is away: it costs its own panel, and nothing is taken for certain
that it would have denied."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from salesprep.adapter import Kind
from salesprep.briefing.questions import Ambiguous
from salesprep.briefing.recognition.ours import ours
from salesprep.briefing.visits.agenda import agenda
from salesprep.briefing.visits.whose import only_name

if TYPE_CHECKING:
    from salesprep.adapter import Account, Meeting
    from salesprep.briefing.model import Visit
    from tests.briefing.conftest import Make, Stage

NAME = "Van Dijk Machinebouw"


@pytest.fixture
def away(stage: Stage, make: Make) -> Stage:
    """A CRM that is away, and two sources that know organisations by name alone."""
    stage.crm(make.account("1", f"{NAME} B.V.", "vandijk.example"), fails={"find"})
    by_name(stage, "club", make.account("c", f"{NAME} B.V."))
    by_name(stage, "wiki", make.account("w", NAME), make.account("t", "Van Dijk Transport"))
    return stage


def by_name(stage: Stage, name: str, *accounts: Account) -> None:
    stage.source(name, Kind.DOCUMENT, find=True, lookups=("id", "name"), accounts=list(accounts))


async def visit_of(stage: Stage, make: Make, meeting: Meeting, **more: Any) -> Visit:
    stage.calendar(meeting)
    found = await agenda(stage, stage.settings, now=lambda: make.now, first_lines=False, **more)
    (visit,) = found.visits
    return visit


class TestAVisitWhoseTitleNamesTheCustomer:
    @pytest.mark.parametrize(
        "guest", ["r@vandijk.example", "r@van-dijk-machinebouw.example", "r@mail.vandijkmachinebouw.example"]
    )
    async def test_is_with_them_if_the_guests_domain_is_written_so(
        self, away: Stage, make: Make, guest: str
    ) -> None:
        visit = await visit_of(away, make, make.meeting("m", f"Bezoek {NAME}", guest))
        assert visit.customer is not None
        assert visit.customer.name == f"{NAME} B.V."
        assert guest in visit.customer.emails

    async def test_takes_a_domain_for_theirs_only_if_it_is_their_whole_name(
        self, away: Stage, make: Make
    ) -> None:
        whole, short = "r@vandijkmachinebouw.example", "r@vandijk.example"
        for guest, domains in ((whole, ("vandijkmachinebouw.example",)), (short, ())):
            away.sources.pop("calendar", None)
            visit = await visit_of(away, make, make.meeting("m", f"Bezoek {NAME}", guest))
            assert visit.customer is not None
            assert visit.customer.domains == domains

    @pytest.mark.parametrize("guest", ["x@adviseur.example", "x@vdm.example", "x@van.example"])
    async def test_stays_a_question_if_the_guests_may_be_anybodys(
        self, away: Stage, make: Make, guest: str
    ) -> None:
        visit = await visit_of(away, make, make.meeting("m", f"Bezoek {NAME}", guest))
        assert visit.customer is None
        assert {f.record.id for f in visit.candidates} == {"c", "w"}

    async def test_stays_a_question_if_one_of_two_guests_is_from_elsewhere(
        self, away: Stage, make: Make
    ) -> None:
        meeting = make.meeting("m", f"Bezoek {NAME}", "r@vandijk.example", "x@adviseur.example")
        assert (await visit_of(away, make, meeting)).customer is None

    async def test_stays_a_question_if_an_account_states_another_domain(
        self, stage: Stage, make: Make
    ) -> None:
        stage.crm(make.account("1", NAME, "vdm.example"))
        visit = await visit_of(stage, make, make.meeting("m", f"Bezoek {NAME}", "r@vandijk.example"))
        assert visit.customer is None

    async def test_stays_a_question_in_another_country(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", NAME, country="NL"))
        meeting = make.meeting("m", f"Bezoek {NAME}", "r@vandijkmachinebouw.example", place={"country": "BE"})
        assert (await visit_of(stage, make, meeting)).customer is None

    async def test_is_briefed_on_with_the_visit_and_without_the_source(self, away: Stage, make: Make) -> None:
        meeting = make.meeting("m", f"Bezoek {NAME}", "r@vandijk.example")
        visit = await visit_of(away, make, meeting)
        assert visit.customer is not None
        briefing = await away.briefing(visit.customer.name, visit=visit)
        assert briefing.visit is not None
        states = {p.source: p.state for p in briefing.panels}
        assert states["crm"] == "failed"
        assert {f.record.id for p in briefing.panels for s in p.sections for f in s.records} == {"m"}
        assert set(briefing.customer.ids) == {("club", "c"), ("wiki", "w")}

    @pytest.mark.parametrize("guests", [(), ("r@vandijk.example",)])
    async def test_is_asked_back_if_the_source_answers_late_and_knows_two(
        self, away: Stage, make: Make, guests: tuple[str, ...]
    ) -> None:
        visit = await visit_of(away, make, make.meeting("m", f"Bezoek {NAME}", *guests))
        assert visit.customer is not None
        crm = away.sources["crm"]
        crm.fails.clear()
        crm.accounts.append(make.account("2", f"{NAME} N.V.", "vandijk-genk.example"))
        with pytest.raises(Ambiguous):
            await away.updates(visit.customer.name, visit=visit)


class TestAVisitWhoseTitleGivesAPartOfTheName:
    async def test_is_with_the_one_whose_whole_name_the_domain_is(self, away: Stage, make: Make) -> None:
        meeting = make.meeting("m", "Bezoek Van Dijk", "r@vandijkmachinebouw.example")
        visit = await visit_of(away, make, meeting)
        assert visit.customer is not None
        assert visit.customer.name == f"{NAME} B.V."

    async def test_stays_a_question_if_the_domain_is_a_part_of_the_name_too(
        self, away: Stage, make: Make
    ) -> None:
        visit = await visit_of(away, make, make.meeting("m", "Bezoek Van Dijk", "r@vandijk.example"))
        assert visit.customer is None
        assert len(visit.candidates) == 3


class TestWhomATitleMeans:
    async def test_is_told_by_the_sources_that_keep_customers(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Acme"))
        by_name(stage, "club", make.account("a", "Acme GmbH"), make.account("b", "Acme Ltd"))
        visit = await visit_of(stage, make, make.meeting("m", "Bezoek Acme"))
        assert visit.customer is not None
        assert visit.customer.ids == (("crm", "1"),)

    async def test_is_one_name_in_however_many_sources(self, away: Stage, make: Make) -> None:
        meeting = make.meeting("m", f"Bezoek {NAME}", "x@adviseur.example")
        visit = await visit_of(away, make, meeting)
        assert only_name(meeting, visit.candidates, ours(make.us)) == f"{NAME} B.V."
        other = replace(meeting, title="Bezoek Van Dijk")
        assert only_name(other, visit.candidates, ours(make.us)) is None

    async def test_is_nobody_if_one_source_has_two(self, stage: Stage, make: Make) -> None:
        by_name(stage, "club", make.account("a", "Acme GmbH"), make.account("b", "Acme Ltd"))
        meeting = make.meeting("m", "Bezoek Acme")
        visit = await visit_of(stage, make, meeting)
        assert only_name(meeting, visit.candidates, ours(make.us)) is None


class TestAQuestion:
    async def test_comes_with_what_became_of_the_sources(self, away: Stage) -> None:
        with pytest.raises(Ambiguous) as asked:
            await away.updates("van dijk")
        assert {p.source: p.state for p in asked.value.panels}["crm"] == "failed"
