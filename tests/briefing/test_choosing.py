"""Whom does the user mean? A name, an alias, a pick or a link; several that fit are asked back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from salesprep.adapter import Kind
from salesprep.briefing.links import Links
from salesprep.briefing.model import Customer, Link
from salesprep.briefing.questions import Ambiguous, OtherPick, UnknownPick

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Seen, Stage


async def _fitting(stage: Stage, name: str, **more: object) -> list[str]:
    with pytest.raises(Ambiguous) as several:
        await stage.updates(name, **more)
    assert several.value.name == name
    return [f"{f.source}:{f.record.id}" for f in several.value.candidates]


class TestTypingAName:
    async def test_the_exact_name_wins_over_longer_ones(self, stage: Stage, make: Make, seen: Seen) -> None:
        stage.crm(make.account("1", "Kaas & Co"), make.account("2", "Kaas & Co Logistiek B.V.", parent="1"))
        briefing = await stage.briefing("kaas + co")
        assert briefing.customer.name == "Kaas & Co"
        assert seen.facts(briefing) == ["1"]
        assert seen.candidates(briefing) == []

    async def test_a_part_of_one_name_is_enough(self, stage: Stage, make: Make, seen: Seen) -> None:
        stage.crm(make.account("1", "Van Dijk Machinebouw B.V."), make.account("2", "Kaas & Co"))
        briefing = await stage.briefing("van dijk mach")
        assert briefing.customer.name == "Van Dijk Machinebouw B.V."
        assert seen.facts(briefing) == ["1"]

    async def test_a_part_of_two_names_is_asked_back(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Berghout Bouw B.V."), make.account("2", "Berghout Installatie B.V."))
        assert await _fitting(stage, "Berghout") == ["crm:1", "crm:2"]

    async def test_a_part_of_one_name_in_each_of_two_sources_is_asked_back(
        self, stage: Stage, make: Make
    ) -> None:
        stage.crm(make.account("1", "Berghout Bouw B.V."))
        stage.crm(make.account("9", "Berghout Installatie B.V."), name="erp")
        assert await _fitting(stage, "Berghout") == ["crm:1", "erp:9"]

    async def test_one_customer_in_two_sources_is_one(self, stage: Stage, make: Make, seen: Seen) -> None:
        stage.crm(make.account("1", "Berghout Bouw B.V.", "berghout.example"))
        stage.crm(make.account("9", "Berghout Bouw", "berghout.example"), name="erp")
        briefing = await stage.briefing("Berghout")
        assert seen.facts(briefing) == ["1", "9"]

    async def test_two_of_the_very_name_are_asked_back(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Visser Techniek B.V."), make.account("2", "Visser Techniek"))
        assert await _fitting(stage, "Visser Techniek") == ["crm:1", "crm:2"]

    async def test_doubles_of_one_organisation_are_no_namesakes(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm(*(make.account(n, "Acme Sensoren", "acme.example") for n in ("1", "2")))
        assert seen.facts(await stage.briefing("Acme Sensoren")) == ["1", "2"]

    async def test_two_sources_that_contradict_each_other_are_asked_back(
        self, stage: Stage, make: Make
    ) -> None:
        stage.crm(make.account("1", "Visser Techniek", country="NL"))
        stage.crm(make.account("9", "Visser Techniek", country="BE"), name="erp")
        assert await _fitting(stage, "Visser Techniek") == ["crm:1", "erp:9"]

    async def test_an_alias_of_the_source_is_a_name(self, stage: Stage, make: Make, seen: Seen) -> None:
        stage.crm(make.account("1", "Van Dijk Machinebouw B.V.", aliases=("VDM",)))
        briefing = await stage.briefing("vdm")
        assert briefing.customer.name == "Van Dijk Machinebouw B.V."
        assert seen.facts(briefing) == ["1"]

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("Van Dijk Machinebouw GmbH", "Van Dijk Machinebouw B.V."),
            ("Solo AG", "Solo GmbH"),
            ("Van Dijk GmbH", "Van Dijk Machinebouw B.V."),
        ],
    )
    async def test_another_legal_form_is_asked_back_even_if_it_is_the_only_account(
        self, stage: Stage, make: Make, typed: str, kept: str
    ) -> None:
        stage.crm(make.account("1", kept, "kept.example"))
        with pytest.raises(Ambiguous) as several:
            await stage.updates(typed)
        (found,) = several.value.candidates
        assert found.record.id == "1"
        assert any(e.what == "other_form" for e in found.match.evidence)

    @pytest.mark.parametrize("typed", ["Solo", "solo g.m.b.h.", "Solo Oost"])
    async def test_the_same_form_no_form_or_one_of_an_alias_is_no_contradiction(
        self, stage: Stage, make: Make, seen: Seen, typed: str
    ) -> None:
        stage.crm(make.account("1", "Solo GmbH", aliases=("Solo Oost B.V.",)))
        assert seen.facts(await stage.briefing(typed)) == ["1"]

    @pytest.mark.parametrize(
        ("typed", "kept"), [("kas", "De Groene Kas"), ("bouw", "Berghout Bouw"), ("ka", "Kaas & Co")]
    )
    async def test_words_from_the_middle_of_the_only_name_are_asked_back(
        self, stage: Stage, make: Make, typed: str, kept: str
    ) -> None:
        stage.crm(make.account("1", kept))
        assert await _fitting(stage, typed) == ["crm:1"]

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [("noordzee", "Noordzee Offshore"), ("groene", "De Groene Kas"), ("de groene", "De Groene Kas")],
    )
    async def test_words_from_the_beginning_of_the_only_name_are_enough_and_that_is_told(
        self, stage: Stage, make: Make, seen: Seen, typed: str, kept: str
    ) -> None:
        crm = stage.crm(make.account("1", kept))
        crm.records = [make.activity("a")]
        briefing = await stage.briefing(typed)
        assert seen.facts(briefing) == ["1", "a"]
        records = [f for p in briefing.panels for s in p.sections for f in s.records]
        told = [[e.text for e in f.match.evidence] for f in records]
        assert all(f"the only account that fits {typed}" in evidence for evidence in told)

    @pytest.mark.parametrize("typed", ["van dijk mach", "Van Dijk Machinebouw", "VDM"])
    async def test_the_customers_id_is_the_same_however_it_was_typed(
        self, stage: Stage, make: Make, typed: str
    ) -> None:
        stage.crm(make.account("1", "Van Dijk Machinebouw B.V.", "vandijk.example", aliases=("VDM",)))
        stage.crm(make.account("9", "Van Dijk Machinebouw B.V.", "vandijk.example"), name="erp")
        assert (await stage.briefing(typed)).customer.id == "crm:1"
        assert (await stage.briefing(typed, pick="erp:9")).customer.id == "crm:1"

    async def test_without_any_account_the_words_are_the_id(self, stage: Stage) -> None:
        stage.crm()
        assert (await stage.briefing("Nergens  Bekend")).customer.id == "nergens-bekend"

    async def test_a_customer_whom_nobody_knows_has_empty_panels(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Kaas & Co"))
        stage.calendar()
        briefing = await stage.briefing("Nergens Bekend")
        assert briefing.complete
        assert [p.state for p in briefing.panels] == ["empty", "empty"]
        assert briefing.customer.name == "Nergens Bekend"
        assert not briefing.known

    async def test_nobody_is_called_unknown_before_all_have_answered(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Kaas & Co"))
        *before, _ = await stage.updates("Nergens Bekend")
        assert all(u.briefing.known for u in before)

    async def test_nobody_is_called_unknown_if_a_source_that_could_tell_failed(
        self, stage: Stage, make: Make
    ) -> None:
        stage.crm(make.account("1", "Kaas & Co"))
        stage.crm(name="erp", fails={"find"})
        assert (await stage.briefing("Nergens Bekend")).known

    async def test_a_customer_with_an_account_is_known(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Kaas & Co"))
        assert (await stage.briefing("Kaas & Co")).known

    async def test_no_words_at_all_fit_nobody(self, stage: Stage, make: Make, seen: Seen) -> None:
        stage.crm(make.account("1", "Kaas & Co"))
        assert seen.facts(await stage.briefing("   ")) == []


class TestWhenAnswersComeLate:
    async def test_a_part_of_a_name_is_a_candidate_until_all_have_answered(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm(make.account("1", "Van Dijk Machinebouw B.V."))
        stage.crm(make.account("9", "Van Dijk Transport B.V."), name="erp").hold("find")
        updates = await stage.updates("Van Dijk", deadline_s=0.6)
        states = [seen.panel(u.briefing, "crm").state for u in updates]
        assert "choose" in states or "partial" in states
        first_fact = next(n for n, u in enumerate(updates) if seen.facts(u.briefing))
        first_candidate = next(n for n, u in enumerate(updates) if seen.candidates(u.briefing))
        assert first_candidate < first_fact

    async def test_a_late_namesake_takes_the_facts_back(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Visser Techniek", country="NL"))
        late = stage.crm(make.account("9", "Visser Techniek", country="BE"), name="erp")
        gate = late.hold("find")
        task = asyncio.create_task(_fitting(stage, "Visser Techniek"))
        await asyncio.sleep(0.05)
        gate.set()
        assert await task == ["crm:1", "erp:9"]


class TestPicking:
    async def test_a_pick_decides_between_namesakes(self, stage: Stage, make: Make, seen: Seen) -> None:
        crm = stage.crm(
            make.account("1", "Visser Techniek B.V.", "visser-nl.example"),
            make.account("2", "Visser Techniek", "visser-be.example"),
        )
        crm.records = [make.activity("nl", "1"), make.activity("be", "2")]
        briefing = await stage.briefing("Visser Techniek", pick="crm:2")
        assert seen.facts(briefing) == ["2", "be"]
        assert briefing.customer.id == "crm:2"
        assert briefing.customer.domains == ("visser-be.example",)

    async def test_words_typed_beside_a_pick_are_no_name(self, stage: Stage, make: Make, seen: Seen) -> None:
        stage.crm(make.account("1", "Berghout Bouw B.V."))
        stage.crm(make.account("9", "Berghout"), name="erp")
        briefing = await stage.briefing("Berghout", pick="crm:1")
        assert briefing.customer.name == "Berghout Bouw B.V."
        assert seen.facts(briefing) == ["1"]

    @pytest.mark.parametrize("typed", ["Kaas", "Berghout Installatie", "kaas.example"])
    async def test_an_account_of_another_name_is_refused(self, stage: Stage, make: Make, typed: str) -> None:
        stage.crm(make.account("1", "Berghout Bouw B.V.", "berghout.example"), make.account("2", "Kaas & Co"))
        with pytest.raises(OtherPick) as other:
            await stage.updates(typed, pick="crm:1")
        assert (other.value.name, other.value.called) == (typed, "Berghout Bouw B.V.")

    @pytest.mark.parametrize(
        "typed",
        [
            "berg",
            "Berghout Bouw GmbH",
            "Bouw",
            "Berghout Bouw Zwolle",
            "BBZ",
            "berghout.example",
            "crm:1",
            "",
        ],
    )
    async def test_words_that_may_mean_it_are_not_refused(
        self, stage: Stage, make: Make, seen: Seen, typed: str
    ) -> None:
        stage.crm(make.account("1", "Berghout Bouw B.V.", "berghout.example", aliases=("BBZ",)))
        assert seen.facts(await stage.briefing(typed, pick="crm:1")) == ["1"]

    async def test_the_users_own_name_for_it_is_not_refused_and_another_is(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm(make.account("1", "Berghout Bouw B.V."))
        link = Link("crm", "1", "is", "anna", make.now, "confirmed")
        links = Links((Customer("b", "De Buren", links=(link,)),))
        assert seen.facts(await stage.briefing("buren", pick="crm:1", links=links)) == ["1"]
        with pytest.raises(OtherPick):
            await stage.updates("Kaas", pick="crm:1", links=links)

    async def test_a_source_that_failed_refuses_no_words(self, stage: Stage, make: Make) -> None:
        stage.crm(fails={"find"})
        assert (await stage.briefing("Kaas", pick="crm:1")).complete

    @pytest.mark.parametrize("typed", ["", "visser", "Visser Techniek", "Visser Techniek B.V."])
    @pytest.mark.parametrize("title", ["Bezoek Visser", "Visser Techniek", "Bezoek Visser Techniek BV"])
    async def test_a_namesakes_visit_is_no_fact_of_the_picked_one(
        self, stage: Stage, make: Make, seen: Seen, typed: str, title: str
    ) -> None:
        stage.crm(
            make.account("nl", "Visser Techniek B.V.", "visser-nl.example"),
            make.account("be", "Visser Techniek", "visser-be.example"),
        )
        stage.calendar(make.meeting("m", title), make.meeting("be", title, "p@visser-be.example"))
        briefing = await stage.briefing(typed, pick="crm:nl")
        assert briefing.visit is None
        assert seen.facts(briefing, "calendar") == []

    async def test_what_was_picked_says_so(self, stage: Stage, make: Make, seen: Seen) -> None:
        crm = stage.crm(make.account("1", "Berghout Bouw B.V."))
        crm.records = [make.activity("a")]
        panel = seen.panel(await stage.briefing("Berghout", pick="crm:1"), "crm")
        told = [{e.what for e in f.match.evidence} for s in panel.sections for f in s.records]
        assert len(told) == 2
        assert all("picked" in evidence for evidence in told)

    async def test_a_pick_that_its_source_does_not_know_is_refused(self, stage: Stage, make: Make) -> None:
        stage.crm(make.account("1", "Berghout Bouw B.V."))
        stage.source("wiki", Kind.DOCUMENT)
        with pytest.raises(UnknownPick) as unknown:
            await stage.updates("Berghout Bouw", pick="crm:77")
        assert unknown.value.pick == "crm:77"

    async def test_a_pick_is_not_refused_by_a_source_that_failed(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm(fails={"find"})
        briefing = await stage.briefing("Berghout Bouw", pick="crm:77")
        assert seen.panel(briefing, "crm").state == "failed"
        assert briefing.known

    async def test_a_pick_under_which_records_hang_is_known(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        crm = stage.crm()
        crm.records = [make.activity("a", "77")]
        assert seen.facts(await stage.briefing("x", pick="crm:77")) == ["a"]

    @pytest.mark.parametrize("pick", ["1042", ":1", "crm:", ""])
    async def test_a_pick_of_another_form_is_refused(self, stage: Stage, pick: str) -> None:
        with pytest.raises(ValueError, match="crm:1042"):
            await stage.updates("x", pick=pick)


class TestRemembered:
    def _links(self, make: Make, *links: tuple[str, str, str]) -> Links:
        made = tuple(
            Link(source, native_id, "is" if verdict == "is" else "is_not", "anna", make.now, "confirmed")
            for source, native_id, verdict in links
        )
        return Links((Customer("visser", "Visser Techniek B.V.", aliases=("VT",), links=made),))

    @pytest.mark.parametrize("typed", ["visser", "visser techniek", "VT"])
    async def test_a_link_decides_by_id_name_or_alias(
        self, stage: Stage, make: Make, seen: Seen, typed: str
    ) -> None:
        stage.crm(make.account("1", "Visser Techniek B.V."), make.account("2", "Visser Techniek"))
        links = self._links(make, ("crm", "1", "is"))
        briefing = await stage.briefing(typed, links=links)
        assert seen.facts(briefing) == ["1"]
        assert (briefing.customer.id, briefing.customer.name) == ("visser", "Visser Techniek B.V.")

    async def test_a_name_of_another_legal_form_is_not_the_remembered_one(
        self, stage: Stage, make: Make
    ) -> None:
        stage.crm(make.account("1", "Visser Techniek B.V."))
        links = self._links(make, ("crm", "1", "is"))
        assert await _fitting(stage, "Visser Techniek GmbH", links=links) == ["crm:1"]

    async def test_a_rejected_account_never_comes_back(self, stage: Stage, make: Make, seen: Seen) -> None:
        crm = stage.crm(make.account("2", "Visser Techniek"))
        crm.records = [make.activity("a", "2")]
        briefing = await stage.briefing("Visser Techniek", links=self._links(make, ("crm", "2", "is_not")))
        assert seen.facts(briefing) + seen.candidates(briefing) == []

    async def test_an_account_found_by_another_name_brings_its_link(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm(make.account("1", "Oude Naam"))
        stage.crm(make.account("9", "Oude Naam"), name="erp")
        links = self._links(make, ("crm", "1", "is"), ("erp", "9", "is_not"))
        briefing = await stage.briefing("Oude Naam", links=links)
        assert briefing.customer.id == "visser"
        assert seen.facts(briefing) == ["1"]

    async def test_an_account_linked_to_another_customer_is_not_this_one(
        self, stage: Stage, make: Make, seen: Seen
    ) -> None:
        stage.crm(make.account("1", "Visser Techniek"), make.account("2", "Visser Techniek"))
        theirs = Link("crm", "2", "is", "anna", make.now, "confirmed")
        own = Link("crm", "1", "is", "anna", make.now, "confirmed")
        links = Links(
            (
                Customer("nl", "Visser Techniek", links=(own,)),
                Customer("be", "Visser België", links=(theirs,)),
            )
        )
        briefing = await stage.briefing("nl", links=links)
        assert seen.facts(briefing) == ["1"]
        assert seen.candidates(briefing) == []
