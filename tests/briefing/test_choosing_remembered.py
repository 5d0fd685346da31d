"""What a user has decided once: a namesake stays away, a record is a fact, a meeting is with somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from salesprep.adapter import Keys, Kind
from salesprep.briefing.links import Links, read_target
from salesprep.briefing.model import Customer, Link, Visit
from salesprep.briefing.questions import Ambiguous
from salesprep.briefing.visits.agenda import agenda

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Seen, Source, Stage


def link(make: Make, target: str, verdict: Literal["is", "is_not"]) -> Link:
    decided = read_target(target)
    return Link(decided.source, decided.native_id, verdict, "anna", make.now, "confirmed", decided.kind)


def remembered(make: Make, name: str, *, yes: str = "", no: str = "") -> Customer:
    """A customer with ``yes`` and ``no`` said about ids; called by the first of them."""
    links = (*(link(make, t, "is") for t in yes.split()), *(link(make, t, "is_not") for t in no.split()))
    return Customer(f"crm:{name[0].lower()}", name, links=links)


async def fitting(stage: Stage, name: str, links: Links) -> list[str]:
    with pytest.raises(Ambiguous) as several:
        await stage.updates(name, links=links)
    return [f"{f.source}:{f.record.id}" for f in several.value.candidates]


class TestANamesakeOnceRejected:
    """Visser Techniek B.V. is crm:1, and crm:2 of nearly that name is somebody else."""

    @pytest.fixture
    def links(self, make: Make) -> Links:
        return Links((remembered(make, "Visser Techniek B.V.", yes="crm:1", no="crm:2"),))

    @pytest.fixture
    def crm(self, stage: Stage, make: Make) -> Source:
        crm = stage.crm(
            make.account("1", "Visser Techniek B.V.", "visser-nl.example"),
            make.account("2", "Visser Techniek", "visser-be.example"),
        )
        crm.records = [make.activity("nl", "1"), make.activity("be", "2"), make.person("p", "R. Be", "2")]
        return crm

    @pytest.mark.parametrize("typed", ["Visser Techniek", "visser", "Visser Techniek B.V.", "crm:v"])
    async def test_is_no_fact_no_candidate_and_nobody_asks_again(
        self, stage: Stage, crm: Source, links: Links, seen: Seen, typed: str
    ) -> None:
        briefing = await stage.briefing(typed, links=links)
        assert seen.facts(briefing) == ["1", "nl"]
        assert seen.candidates(briefing) == []
        assert [contact.found.record.id for contact in briefing.contacts] == ["nl"]

    @pytest.mark.parametrize("typed", ["visser", "Visser Techniek"])
    async def test_before_that_one_was_asked(self, stage: Stage, crm: Source, typed: str) -> None:
        assert await fitting(stage, typed, Links()) == ["crm:1", "crm:2"]

    async def test_another_legal_form_still_means_somebody_else(
        self, stage: Stage, crm: Source, links: Links
    ) -> None:
        assert await fitting(stage, "Visser Techniek GmbH", links) == ["crm:1", "crm:2"]

    async def test_one_who_is_another_remembered_customer_is_asked_about(
        self, stage: Stage, crm: Source, links: Links, make: Make
    ) -> None:
        belgian = remembered(make, "Techniek Visser BVBA", yes="crm:2")
        assert await fitting(stage, "visser", Links((*links.customers, belgian))) == ["crm:1", "crm:2"]

    async def test_a_third_of_the_name_is_asked_about(
        self, stage: Stage, crm: Source, links: Links, make: Make
    ) -> None:
        stage.crm(make.account("9", "Visser Transport"), name="erp")
        assert await fitting(stage, "visser", links) == ["crm:1", "crm:2", "erp:9"]

    async def test_rejecting_alone_leaves_the_other_to_be_found_by_name(
        self, stage: Stage, crm: Source, make: Make, seen: Seen
    ) -> None:
        briefing = await stage.briefing(
            "visser techniek", links=Links((remembered(make, "Visser Techniek", no="crm:2"),))
        )
        assert seen.facts(briefing) == ["1", "nl"]
        assert seen.candidates(briefing) == []


async def test_words_that_are_too_few_are_asked_back_however_well_one_is_remembered(
    stage: Stage, make: Make
) -> None:
    stage.crm(make.account("1", "De Groene Kas"))
    links = Links((remembered(make, "De Groene Kas", yes="crm:1"),))
    assert await fitting(stage, "kas", links) == ["crm:1"]


class TestADecisionOnARecord:
    async def test_a_page_once_confirmed_is_a_fact_and_once_rejected_is_gone(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm(make.account("1", "Kaas & Co"))
        wiki = stage.source("wiki", Kind.ACTIVITY)
        wiki.records = [make.activity("7", None, keys=Keys(hit="kaas"))]

        async def shown(**said: str) -> tuple[list[str], list[str]]:
            links = Links((remembered(make, "Kaas & Co", **said),))
            briefing = await stage.briefing("Kaas & Co", links=links)
            return seen.facts(briefing, "wiki"), seen.candidates(briefing)

        assert await shown(yes="crm:1") == ([], ["7"])
        assert await shown(yes="crm:1 wiki/activity:7") == (["7"], [])
        assert await shown(yes="crm:1", no="wiki/activity:7") == ([], [])
        assert await shown(yes="crm:1", no="wiki/document:7") == ([], ["7"])

    async def test_a_persons_id_is_never_taken_for_an_accounts(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        crm = stage.crm(make.account("1", "Kaas & Co"), make.account("2", "Acme Sensoren"))
        crm.records = [make.person("2", "K. Vos", "9"), make.activity("acme", "2")]
        links = Links((remembered(make, "Kaas & Co", yes="crm:1 crm/person:2"),))
        briefing = await stage.briefing("Kaas & Co", links=links)
        shown = [(f.record.kind, f.record.id) for p in briefing.panels for s in p.sections for f in s.records]
        assert shown == [(Kind.ACCOUNT, "1"), (Kind.PERSON, "2")]
        assert all("2" not in ask.query.ids for ask in crm.asked)


@pytest.mark.parametrize("said", ["calendar/meeting:series", "calendar/meeting:m"])
class TestAVisitToBerghout:
    """The title fits two accounts."""

    @pytest.fixture(autouse=True)
    def berghout(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Berghout Bouw B.V."), make.account("2", "Berghout Installatie B.V."))
        stage.calendar(make.meeting("m", "bezoek Berghout", uid="series"))

    async def visit(self, stage: Stage, make: Make, *customers: Customer) -> Visit | None:
        links = Links(customers)
        found = await agenda(stage, stage.settings, now=lambda: make.now, links=links, first_lines=False)
        return next(iter(found.visits), None)

    async def test_is_with_whom_a_user_said(self, stage: Stage, make: Make, seen: Seen, said: str) -> None:
        bouw = remembered(make, "Berghout Bouw B.V.", yes=f"crm:1 {said}")
        visit = await self.visit(stage, make, bouw)
        assert visit is not None
        assert visit.customer == bouw
        briefing = await stage.briefing("Berghout Bouw", links=Links((bouw,)))
        assert briefing.visit is not None
        assert seen.facts(briefing) == ["1", "m"]

    async def test_is_not_with_whom_a_user_said(
        self, stage: Stage, make: Make, seen: Seen, said: str
    ) -> None:
        bouw = remembered(make, "Berghout Bouw B.V.", yes="crm:1", no=said)
        visit = await self.visit(stage, make, bouw)
        assert visit is not None
        assert visit.customer is None
        assert [f.record.id for f in visit.candidates] == ["2"]
        briefing = await stage.briefing("Berghout Bouw", links=Links((bouw,)))
        assert (seen.facts(briefing), seen.candidates(briefing)) == (["1"], [])

    async def test_does_not_offer_a_namesake_that_was_rejected(
        self, stage: Stage, make: Make, said: str
    ) -> None:
        bouw = remembered(make, "Berghout Bouw B.V.", yes="crm:1", no="crm:2")
        visit = await self.visit(stage, make, bouw)
        assert visit is not None
        assert [f.record.id for f in visit.candidates] == ["1"]
        assert visit.customer is None, "the title alone is no proof"

    async def test_that_is_not_with_the_only_one_it_could_be_is_with_nobody(
        self, stage: Stage, make: Make, said: str
    ) -> None:
        bouw = remembered(make, "Berghout Bouw", yes="crm:1", no=f"crm:2 {said}")
        assert await self.visit(stage, make, bouw) is None
