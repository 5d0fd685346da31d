"""What makes a fact of a likeness, and what leaves it a candidate."""

from __future__ import annotations

import pytest

from salesprep.briefing.recognition.likeness.compare import compare
from salesprep.briefing.recognition.likeness.verdict import NOTHING_BESIDE, Beside, proven, strength

SITE = Beside(domain=True)
TOWN = Beside(town=True, country=True)
LONG = "Kaasmakers Goudse Vreugdenhil Zuivelmeesters"
"""So much is the same that a word more or less hardly counts."""
BOTH = Beside(domain=True, town=True, country=True)


class TestAName:
    @pytest.mark.parametrize(
        ("ours", "theirs", "beside", "by"),
        [
            ("Kaasmakers", "Kaasmakers B.V.", NOTHING_BESIDE, "name"),
            ("Kaasmakers Intl", "Kaasmakers International", NOTHING_BESIDE, "name"),
            ("Van Dijk Transport", "Van Dijk Transport B.V.", NOTHING_BESIDE, "name"),
            ("KAASMAKERS RES. DL -,01", "Kaasmakers Resources Inc.", TOWN, "place"),
            ("KAASMAKERS RES. DL -,01", "Kaasmakers Resources Inc.", SITE, "domain"),
            ("KAASMAKERS RES. DL -,01", "Kaasmakers Resources Inc.", BOTH, "domain"),
            ("KAASMAKERS GOUDSE S", "Kaasmakers Goudse SE", TOWN, "place"),
            ("KAASMAKERS GOUDSE S", "Kaasmakers Goudse SE", SITE, "domain"),
            ("Kaasmkers Rsrcs Goudse", "Kaasmakers Resources Goudse Inc.", BOTH, "place"),
        ],
    )
    def test_is_the_customers(self, ours: str, theirs: str, beside: Beside, by: str) -> None:
        assert proven(compare(ours, theirs), beside, 1.0) == by

    @pytest.mark.parametrize(
        ("ours", "theirs", "beside"),
        [
            ("General Capital", "General Capital Ltd", NOTHING_BESIDE),
            ("Delta", "Delta B.V.", NOTHING_BESIDE),
            ("Phoenix", "Phoenix", NOTHING_BESIDE),
            ("Kaasmakers", "Kaasmakers Leasing BV", SITE),
            ("Van Dijk Machinebouw", "Van Dijk", SITE),
            (f"{LONG} Leasing BV", LONG, SITE),
            (LONG, f"{LONG} Leasing BV", SITE),
            (LONG, f"{LONG} Leasing BV", BOTH),
            ("KAASMAKERS GOUDSE S", "Kaasmakers Goudse SE", NOTHING_BESIDE),
            ("Kaasmakers", "Kaasmakars", TOWN),
            (f"{LONG} Hendersen", f"{LONG} Henderson", NOTHING_BESIDE),
            ("Kaasmakers", "Kaasmakers Leasing BV", TOWN),
            ("Kaasmakers BV", "Kaasmakers GmbH", SITE),
            ("Hendersen Kaas", "Henderson Kaas", NOTHING_BESIDE),
            ("Kaasmakers", "Kaasmakers", Beside(town=False, country=True)),
            ("Kaasmakers", "Kaasmakers", Beside(domain=False, town=True)),
            ("Kaasmakers", "Kaasmakers", Beside(country=False)),
        ],
    )
    def test_leaves_it_open(self, ours: str, theirs: str, beside: Beside) -> None:
        assert proven(compare(ours, theirs), beside, 1.0) is None

    def test_proves_nothing_where_another_is_near(self) -> None:
        likeness = compare("Kaasmakers", "Kaasmakers")
        assert proven(likeness, NOTHING_BESIDE, 0.0) is None
        assert proven(likeness, TOWN, 0.05) is None

    def test_of_a_stranger_is_not_made_the_customers_by_website_and_town(self) -> None:
        assert proven(compare("Kaasmakers", "Glashuis"), BOTH, 1.0) is None


def test_website_and_town_lift_a_candidate() -> None:
    likeness = compare("Kaasmakers", "Kaasmakers Noord")
    ranked = sorted((TOWN, SITE, NOTHING_BESIDE, Beside(town=False)), key=lambda b: -strength(likeness, b))
    assert ranked == [SITE, TOWN, NOTHING_BESIDE, Beside(town=False)]
