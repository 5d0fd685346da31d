"""A team's decisions beneath one's own, and a file of somebody else's held against them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.adapter import Kind
from salesprep.briefing.links import Links, TakenError, Target, Verdict, decided_by
from salesprep.briefing.links.comparing import compare, take_over
from salesprep.briefing.links.layers import read_layered
from salesprep.briefing.links.shared import shared_text
from salesprep.briefing.model import Customer, Link

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def link(written: str, by: str = "Anna") -> Link:
    """``is crm:1042``."""
    verdict, _space, target = written.partition(" ")
    source, _colon, native_id = target.partition(":")
    said: Literal["is", "is_not"] = "is" if verdict == "is" else "is_not"
    return Link(source, native_id, said, by, AT, "asked")


def customer(id: str, name: str, *said: str) -> Customer:
    return Customer(id, name, links=tuple(map(link, said)))


def told(links: Links) -> dict[str, list[str]]:
    return {c.id: [f"{k.verdict} {decided_by(k)}" for k in c.links] for c in links.customers}


ACME = customer("acme", "Acme B.V.", "is crm:1", "is_not crm:2")


class TestHeldAgainstOnesOwn:
    @pytest.mark.parametrize(
        ("theirs", "states"),
        [
            (customer("acme", "Acme", "is crm:1"), ["equal"]),
            (customer("acme", "Acme", "is crm:1", "is erp:9"), ["equal", "new"]),
            (customer("acme", "Acme", "is crm:1", "is crm:2"), ["equal", "conflict"]),
            (customer("crm:1", "Acme", "is crm:1", "is_not crm:2"), ["equal", "equal"]),
            (customer("beta", "Beta", "is crm:1"), ["equal"]),
            (customer("beta", "Beta", "is crm:2"), ["new"]),
        ],
    )
    def test_each_decision_is_new_equal_or_contrary(self, theirs: Customer, states: list[str]) -> None:
        compared = compare(Links((ACME,)), Links((theirs,)))
        assert [line.state for line in compared.lines] == states

    def test_an_account_is_one_customers_only(self) -> None:
        own = Links((ACME, customer("beta", "Beta", "is crm:3")))
        theirs = Links((customer("acme", "Acme", "is crm:1", "is crm:3"),))
        compared = compare(own, theirs)
        (contrary,) = compared.of("conflict")
        assert contrary.holder is own.customers[1]
        assert told(take_over(own, compared).links) == told(own)
        taken = take_over(own, compared, {contrary.place})
        assert told(taken.links) == {"acme": ["is crm:1", "is_not crm:2", "is crm:3"]}

    def test_two_customers_of_one_name_stay_two(self) -> None:
        own = Links((customer("kaas", "Kaas", "is crm:5"),))
        theirs = Links((customer("crm:6", "Kaas", "is crm:6"),))
        assert told(take_over(own, compare(own, theirs)).links) == {
            "kaas": ["is crm:5"],
            "crm:6": ["is crm:6"],
        }

    def test_two_customers_of_one_id_stay_two(self) -> None:
        own = Links((customer("visser", "Visser Techniek", "is crm:5"),))
        theirs = Links((customer("visser", "Visser Bouw", "is crm:6"),))
        links = take_over(own, compare(own, theirs)).links
        assert sorted(c.name for c in links.customers) == ["Visser Bouw", "Visser Techniek"]
        assert len({c.id for c in links.customers}) == 2

    def test_a_domain_that_is_anothers_here_does_not_come(self) -> None:
        own = Links((replace(ACME, domains=("acme.example",)),))
        theirs = Links(
            (replace(customer("beta", "Beta", "is crm:7"), domains=("acme.example", "beta.example")),)
        )
        beta = take_over(own, compare(own, theirs)).links.customers[1]
        assert beta.domains == ("beta.example",)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "links.toml"
    path.write_text(
        '[[customer]]\nid = "acme"\nname = "Acme B.V."\n'
        + "".join(
            f'[[customer.link]]\nsource = "crm"\nnative_id = "{id}"\nverdict = "{said}"\nby = "me"\n'
            'at = 2026-11-02T10:00:00Z\nhow = "asked"\n'
            for id, said in (("1", "is"), ("2", "is_not"))
        ),
        encoding="utf-8",
    )
    return path


@pytest.fixture
def team(tmp_path: Path) -> Path:
    path = tmp_path / "team.toml"
    links = Links(
        (
            customer("acme", "Acme Holding", "is crm:1", "is crm:2", "is_not wiki:5"),
            customer("beta", "Beta", "is crm:3"),
        )
    )
    path.write_text(shared_text(links, path.name), encoding="utf-8")
    return path


class TestATeamsFile:
    def test_counts_where_one_has_said_nothing(self, file: Path, team: Path) -> None:
        layered = read_layered(file, team)
        assert told(layered.links) == {
            "acme": ["is crm:1", "is_not crm:2", "is_not wiki:5"],
            "beta": ["is crm:3"],
        }
        acme, beta = layered.links.customers
        assert acme.aliases == ("Acme Holding",)
        assert [layered.is_teams(acme, k) for k in acme.links] == [False, False, True]
        assert layered.is_teams(beta, beta.links[0])
        assert told(layered.own) == {"acme": ["is crm:1", "is_not crm:2"]}

    def test_that_says_otherwise_is_told_and_does_not_count(self, file: Path, team: Path) -> None:
        (contrary,) = read_layered(file, team).differences
        assert (str(decided_by(contrary.link)), contrary.link.verdict, contrary.link.by) == (
            "crm:2",
            "is",
            "Anna",
        )
        assert contrary.own is not None
        assert (contrary.own.verdict, contrary.own.by) == ("is_not", "me")

    def test_keeps_its_accounts_from_being_somebody_elses(self, file: Path, team: Path) -> None:
        layered = read_layered(file, team)
        theirs = Verdict(Target("crm", "3"), "is", "picked")
        with pytest.raises(TakenError):
            layered.refuse_taken(layered.links.customers[0], [theirs])
        layered.refuse_taken(layered.links.customers[1], [theirs])
        layered.refuse_taken(layered.links.customers[0], [replace(theirs, verdict="is_not")])

    def test_with_git_s_marks_takes_only_itself_away(self, file: Path, team: Path) -> None:
        text = team.read_text(encoding="utf-8")
        team.write_text(f"<<<<<<< HEAD\n{text}", encoding="utf-8")
        layered = read_layered(file, team)
        assert told(layered.links) == told(layered.own)
        assert ["from line 1 on" in str(problem) for problem in layered.problems] == [True]

    def test_that_is_not_there_is_told(self, file: Path, tmp_path: Path) -> None:
        layered = read_layered(file, tmp_path / "gone.toml")
        assert told(layered.links) == told(layered.own)
        assert len(layered.problems) == 1

    def test_with_two_lines_that_contradict_each_other_tells_both(self, file: Path, team: Path) -> None:
        text = team.read_text(encoding="utf-8")
        row = next(row for row in text.splitlines() if 'native_id = "3"' in row)
        team.write_text(text.replace(row, row + "\n" + row.replace('"is"', '"is_not"')), encoding="utf-8")
        layered = read_layered(file, team)
        assert told(layered.links)["acme"] == ["is crm:1", "is_not crm:2", "is_not wiki:5"]
        assert [problem.key for problem in layered.problems] == ["line 14, line 15"]


_IDS = st.sampled_from("abc")
_LINK = st.builds(
    Link,
    st.just("crm"),
    _IDS,
    st.sampled_from(["is", "is_not"]),
    st.just("x"),
    st.just(AT),
    st.just("x"),
    st.sampled_from([Kind.ACCOUNT, Kind.DOCUMENT]),
)
_CUSTOMER = st.builds(
    Customer,
    st.sampled_from(["v", "w", "x"]),
    st.sampled_from(["Alfa", "Beta"]),
    domains=st.lists(st.sampled_from(["a.example", "b.example"]), unique=True, max_size=1).map(tuple),
    links=st.lists(_LINK, max_size=3, unique_by=decided_by).map(tuple),
)
_LINKS = st.lists(_CUSTOMER, max_size=3, unique_by=lambda c: c.id).map(lambda cs: Links(tuple(cs)))


class TestWhateverIsDecided:
    @given(_LINKS, _LINKS)
    def test_ones_own_word_stays_and_nothing_is_decided_twice(self, own: Links, theirs: Links) -> None:
        links = take_over(own, compare(own, theirs)).links
        kept = {c.id: c for c in links.customers}
        for before in own.customers:
            assert set(before.links) <= set(kept[before.id].links)
        assert len(kept) == len(links.customers)
        for after in links.customers:
            targets = [decided_by(k) for k in after.links]
            assert len(targets) == len(set(targets))

    @given(_LINKS, _LINKS)
    def test_what_was_taken_over_is_nothing_new_the_second_time(self, own: Links, theirs: Links) -> None:
        compared = compare(own, theirs)
        once = take_over(own, compared, {line.place for line in compared.of("conflict")}).links
        again = take_over(once, compare(once, theirs))
        assert {f"{k.verdict} {decided_by(k)}" for c in again.links.customers for k in c.links} == {
            f"{k.verdict} {decided_by(k)}" for c in once.customers for k in c.links
        }
