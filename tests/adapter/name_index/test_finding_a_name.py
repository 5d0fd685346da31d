"""Whoever types a customer's name finds the account, however it is written there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesprep.adapter.name_index import NameIndex, Row, asked, nearest
from salesprep.adapter.names import fold

HELD = (
    "Van Dijk Machinebouw B.V.",
    "VDM Holding GmbH",
    "Bakkerij Jansen & Zn.",
    "Zuiderpomp Installaties B.V.",
    "Acme Ltd",
    "Café Åre AB",
    "Müller Maschinenbau GmbH & Co. KG",
    "株式会社日立製作所",
    "ООО Ромашка",
    "International Bicycle Machines N.V.",
)
OTHERS = tuple(
    f"{word} {trade} {n} B.V."
    for n in range(40)
    for word in ("Van Dijk", "Noord")
    for trade in ("Transport", "Bouw", "Holding")
)


def _nothing() -> None:
    """Time is never over."""


@pytest.fixture
def make_index(tmp_path: Path) -> Callable[..., NameIndex]:
    """An index of these names, by their place."""

    def make(names: Sequence[str]) -> NameIndex:
        index = NameIndex.open(tmp_path / "some.names", "state")
        assert index is not None
        assert index.fill((Row(n + 1, n, (fold(name),)) for n, name in enumerate(names)), _nothing)
        return index

    return make


class TestANameIsFound:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("Van Dijk Machinebouw B.V.", 0),
            ("van dijk machinebouw", 0),
            ("Van Dijk Machinebouw GmbH", 0),
            ("VanDijk Machine bouw", 0),
            ("Dijk Machinebouw, van", 0),
            ("Van Dyk Machinebouw", 0),
            ("Van Dijk Machinebouw Nederland", 0),
            ("van dijk mach", 0),
            ("dijk mach", 0),
            ("VDM", 0),
            ("VDM", 1),
            ("Bakkerij Jansen en Zn", 2),
            ("Jansen", 2),
            ("Zuiderpomp", 3),
            ("Zuyderpomp", 3),
            ("Zuider Pomp", 3),
            ("Akme", 4),
            ("Acm", 4),
            ("Cafe Are", 5),
            ("Muller Maschinenbau", 6),
            ("日立製作所", 7),
            ("ромашка", 8),
            ("IBM", 9),
        ],
    )
    def test_however_it_is_written(
        self, typed: str, meant: int, make_index: Callable[..., NameIndex]
    ) -> None:
        with closing(make_index((*HELD, *OTHERS))) as index:
            assert meant in [near.key for near in index.near((typed,))]

    @pytest.mark.parametrize("typed", ["", " ", "%", "_", "'", "ijk", "Quetzalcoatl", "\ud800"])
    def test_and_nothing_comes_of_what_is_no_name_there(
        self, typed: str, make_index: Callable[..., NameIndex]
    ) -> None:
        with closing(make_index(HELD)) as index:
            assert index.near((typed,)) == []

    def test_the_nearest_comes_first(self, make_index: Callable[..., NameIndex]) -> None:
        with closing(make_index((*OTHERS, *HELD))) as index:
            near = index.near(("Van Dijk Machinebouw",))
        assert near[0].key == len(OTHERS)
        assert near[0].name == "van dijk machinebouw bv"
        assert [one.likeness for one in near] == sorted((one.likeness for one in near), reverse=True)

    def test_of_several_spellings_any_will_do(self, make_index: Callable[..., NameIndex]) -> None:
        with closing(make_index(HELD)) as index:
            found = [near.key for near in index.near(("nobody of that name", "Acme", "Zuiderpomp"))]
        assert set(found) == {3, 4}

    def test_all_accounts_of_one_name_come(self, make_index: Callable[..., NameIndex]) -> None:
        with closing(make_index([*["Acme B.V."] * 30, *HELD])) as index:
            found = [near.key for near in index.near(("Acme",))]
        assert set(range(30)) <= set(found)

    def test_all_accounts_of_a_name_that_is_known_to_the_letter_come(
        self, make_index: Callable[..., NameIndex]
    ) -> None:
        index = make_index([*["Acme Ltd"] * 900, "Acme", "Acme Ltd 7", "Ac%", *OTHERS])
        assert sorted(map(int, index.named(["acme ltd", "acme ltd", "\ud800", ""]))) == list(range(900))
        assert index.named(["acme", "acm_"]) == [900]
        assert index.named([]) == []

    def test_more_than_is_wanted_does_not(self, make_index: Callable[..., NameIndex]) -> None:
        with closing(make_index([f"Acme {n}" for n in range(300)])) as index:
            assert len(index.near(("Acme",))) == 100
            assert len(index.near(("Acme",), 7)) == 7

    def test_its_own_name_is_enough_among_many_that_begin_alike(
        self, make_index: Callable[..., NameIndex]
    ) -> None:
        names = [f"Stichting Beheer {n:05}" for n in range(3_000)]
        with closing(make_index(names)) as index:
            for place in (0, 1234, 2999):
                assert index.near((names[place],))[0].key == place

    @given(names=st.lists(st.text(max_size=40), min_size=1, max_size=30))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
    def test_whatever_is_in_is_found_by_its_own_name(self, names: list[str], tmp_path: Path) -> None:
        state = repr(names)
        index = NameIndex.open(tmp_path / "any.names", state)
        assert index is not None
        with closing(index):
            rows = (Row(n + 1, n, (fold(name),)) for n, name in enumerate(names))
            assert index.whole or index.fill(rows, _nothing)
            for place, name in enumerate(names):
                if fold(name):
                    assert place in [near.key for near in index.near((name,))]

    @given(names=st.permutations(HELD), typed=st.sampled_from(["Van Dijk", "Akme", "VDM", "Jansen & Zn"]))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=10)
    def test_the_order_of_the_source_does_not_matter(
        self, names: list[str], typed: str, tmp_path: Path
    ) -> None:
        def found(held: Sequence[str], name: str) -> set[str]:
            index = NameIndex.open(tmp_path / name, repr(held))
            assert index is not None
            with closing(index):
                index.fill((Row(n + 1, one, (fold(one),)) for n, one in enumerate(held)), _nothing)
                return {str(near.key) for near in index.near((typed,))}

        assert found(names, "one.names") == found(HELD, "other.names")


class TestWithoutAnIndex:
    def test_the_same_names_are_near(self, make_index: Callable[..., NameIndex]) -> None:
        folded = [fold(name) for name in HELD]
        with closing(make_index(HELD)) as index:
            for typed in ("VanDijk Machine bouw", "Akme", "VDM", "Muller"):
                listed = {place for _, place in nearest(asked((typed,)), folded, 100)}
                assert {near.key for near in index.near((typed,))} <= listed

    def test_a_name_of_no_letters_is_like_none(self) -> None:
        assert nearest(asked(("!?", "acme")), ["", " "], 10) == []


class TestAMark:
    def test_finds_those_that_have_it(self, tmp_path: Path) -> None:
        index = NameIndex.open(tmp_path / "marks.names", "state")
        assert index is not None
        with closing(index):
            index.fill(
                (Row(n + 1, f"A-{n}", ("acme",), (f"id {n}", f"firm{n}.example")) for n in range(500)),
                _nothing,
            )
            assert "A-77" in index.marked(["id 77"])
            assert set(index.marked(["firm3.example", "firm4.example"])) >= {"A-3", "A-4"}
            assert len(index.marked(["id 77"])) < 10
            assert index.marked([]) == []
            assert index.marked(["\ud800"]) == []

    def test_finds_an_account_without_a_name(self, tmp_path: Path) -> None:
        index = NameIndex.open(tmp_path / "marks.names", "state")
        assert index is not None
        with closing(index):
            index.fill([Row(1, "A-1", (), ("id 1",))], _nothing)
            assert index.marked(["id 1"]) == ["A-1"]
            assert index.near(["acme"]) == []

    def test_of_an_account_with_several_names_comes_once(self, tmp_path: Path) -> None:
        index = NameIndex.open(tmp_path / "marks.names", "state")
        assert index is not None
        with closing(index):
            index.fill([Row(1, "A-1", ("acme", "acme holding"), ("id 1",))], _nothing)
            assert index.marked(["id 1"]) == ["A-1"]
            assert [near.key for near in index.near(["acme"])] == ["A-1"]
