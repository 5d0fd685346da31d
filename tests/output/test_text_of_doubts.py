"""What is not certain stands apart, with what speaks for it and how it is decided."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salesprep.adapter import Account, Kind
from salesprep.briefing.model import Briefing, Found, Match, Section
from salesprep.briefing.recognition.evidence import Evidence, piece
from salesprep.output import text
from salesprep.settings import Us
from tests.output.printed import lines, with_panel


class TestWhatIsNotCertain:
    @pytest.fixture
    def doubtful(self, two: Briefing) -> Briefing:
        twin = Account(
            id="7",
            title="Van Dijk Machinebouw GmbH",
            fetched_at=two.generated_at,
            no_url_reason="none",
            place=None,
        )
        match = Match(
            "maybe", "name", (piece("name", "Van Dijk Machinebouw GmbH"), piece("other_form", "gmbh"))
        )
        candidates = (Found("crm", twin, match),)
        section = Section(Kind.ACCOUNT, "choose", candidates=candidates)
        return with_panel(two, sections=(section,), candidates=candidates, state="choose")

    def test_a_candidate_stands_apart_with_what_would_decide(self, doubtful: Briefing, us: Us) -> None:
        printed = text.briefing(doubtful, us, 80, colour=False)
        assert "CRM  which one? ─" in printed
        together = " ".join(printed.split())
        assert together.count("Van Dijk Machinebouw GmbH for it: ") == 1
        assert (
            'for it: the name "Van Dijk Machinebouw GmbH"; against it: another legal form (gmbh)' in together
        )

    @pytest.mark.parametrize("columns", [160, 80, 40])
    def test_it_says_at_the_end_how_it_is_decided(self, doubtful: Briefing, us: Us, columns: int) -> None:
        printed = " ".join(text.briefing(doubtful, us, columns, colour=False).split())
        assert printed.count("1 that may be theirs: salesprep link choose") == 1
        sure = with_panel(doubtful, sections=(), candidates=(), state="fresh")
        assert "link choose" not in text.briefing(sure, us, columns, colour=False)

    def test_with_why_it_has_the_id_to_decide_on(self, doubtful: Briefing, us: Us) -> None:
        printed = " ".join(text.briefing(doubtful, us, 80, colour=False, why=True).split())
        assert "against it: another legal form (gmbh) crm:7 · just now · no link: none" in printed

    @pytest.mark.parametrize(
        ("evidence", "told"),
        [
            ((piece("id", "7"),), "matched by your own decision on account 7"),
            ((piece("link", "7"),), "matched by your own decision ·"),
        ],
    )
    def test_what_a_user_decided_says_so(
        self, two: Briefing, us: Us, evidence: tuple[Evidence, ...], told: str
    ) -> None:
        match = Match("same", "link", evidence)
        account = two.panels[0].sections[0].records[0]
        section = Section(Kind.ACCOUNT, "fresh", records=(replace(account, match=match),))
        printed = text.briefing(with_panel(two, sections=(section,)), us, 80, colour=False, why=True)
        assert told in " ".join(printed.split())

    def test_beside_facts_it_has_a_heading_of_its_own(
        self, two: Briefing, doubtful: Briefing, us: Us
    ) -> None:
        facts = two.panels[0].sections[1:]
        both = with_panel(doubtful, sections=(*doubtful.panels[0].sections, *facts), state="fresh")
        printed = lines(text.briefing(both, us, 80, colour=False))
        assert printed.count(" which one?".ljust(80)) == 1
        heading = printed.index(" which one?".ljust(80))
        assert "GmbH" in printed[heading + 1]
        assert heading > next(at for at, row in enumerate(printed) if "nothing found: contracts" in row)
        assert " CALENDAR" in "".join(printed[heading + 3 : heading + 6])
