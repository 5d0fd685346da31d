"""What the benchmark of recognition counts, learns and makes: its own arithmetic, on data made here."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Mapping, Sequence
from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import recognition, thresholds
from benchmarks.recognition_contenders import (
    MOST,
    SAME,
    Found,
    MissingPeersError,
    Narrowed,
    Peer,
    Salesprep,
    Told,
)
from benchmarks.recognition_data import POOL, REGISTER, VARIANTS, Row, half, site, spellings
from benchmarks.recognition_figures import (
    Answered,
    at_least,
    curve,
    found_within,
    judged,
    learnt,
    precision_at,
    ranked,
)
from benchmarks.recognition_hard import Case, cases
from benchmarks.report import Options, Table
from benchmarks.thresholds import Cell, Count
from salesprep.adapter.names import domain_of, fold_organisation
from salesprep.briefing.recognition.likeness import verdict

ANSWERS = (
    Answered("a", (("a", 90.0), ("b", 80.0))),
    Answered("b", (("c", 85.0), ("b", 70.0), ("a", 60.0))),
    Answered("c", (("c", 95.0),)),
    Answered("d", ()),
)


class TestTheFigures:
    def test_count_every_company_that_is_called_same(self) -> None:
        at = judged(ANSWERS, 80.0)
        assert (at.right, at.wrong, at.asked) == (2, 2, 4)
        assert (at.precision, at.recall) == (0.5, 0.5)

    def test_call_nothing_wrong_where_nothing_is_said(self) -> None:
        at = judged(ANSWERS, inf)
        assert (at.right, at.wrong, at.precision, at.recall) == (0, 0, 1.0, 0.0)

    def test_count_a_company_once_by_its_best_row_and_pass_over_what_is_not_judged(self) -> None:
        found: Found = [(3, 99.0), (1, 90.0), (2, 80.0), (0, 60.0)]
        assert ranked(found, ["a", "a", "b", "c"], {3}) == (("a", 90.0), ("b", 80.0))

    def test_leave_what_is_equal_in_the_order_it_came_in(self) -> None:
        assert ranked([(2, 1.0), (0, 1.0)], ["a", "b", "c"]) == (("c", 1.0), ("a", 1.0))

    def test_tell_how_far_up_the_right_company_stands(self) -> None:
        assert [found_within(ANSWERS, places) for places in (1, 2, 5)] == [0.5, 0.75, 0.75]

    def test_follow_the_curve_through_every_threshold(self) -> None:
        points = [(p.threshold, round(p.precision, 3), p.recall) for p in curve(ANSWERS)]
        assert points == [
            (95.0, 1.0, 0.25),
            (90.0, 1.0, 0.5),
            (85.0, 0.667, 0.5),
            (80.0, 0.5, 0.5),
            (70.0, 0.6, 0.75),
            (60.0, 0.5, 0.75),
        ]
        assert precision_at(curve(ANSWERS), 0.6) == 0.6
        assert precision_at(curve(ANSWERS), 0.9) == 0.0

    def test_learn_the_lowest_threshold_that_is_precise_enough(self) -> None:
        assert learnt(ANSWERS, 0.995) == 90.0
        assert learnt(ANSWERS, 0.6) == 70.0
        assert learnt(ANSWERS[1:2], 0.995) == inf

    def test_agree_with_each_other_at_every_threshold(self) -> None:
        for point in curve(ANSWERS):
            at = judged(ANSWERS, point.threshold)
            assert (at.precision, at.recall) == (point.precision, point.recall)

    @pytest.mark.parametrize(("right", "asked", "proven"), [(10, 10, 0.722), (100, 100, 0.963), (0, 5, 0.0)])
    def test_say_what_so_few_prove(self, right: int, asked: int, proven: float) -> None:
        assert at_least(right, asked) == pytest.approx(proven, abs=0.001)


def _pair(isin: str, a: str, b: str, website: str = "", kind: str = "variant") -> Mapping[str, str]:
    return {"isin": isin, "name_a": a, "name_b": b, "website": website, "kind": kind}


def _pooled(name: str, website: str, city: str = "Zwolle", country: str = "NL") -> Row:
    return Row(name, site(website), website, city, country)


KAAS = _pooled("Kaasfabriek Noord N.V.", "http://www.kaas.example")
KAAS_AGAIN = _pooled("Kaasfabriek Noord N.V. Class A", "https://kaas.example/nl", "Assen")
GLAS = _pooled("Glashuis AG", "http://glas.example", "Kassel", "DE")


class TestTheSpellings:
    def test_mean_the_company_whose_website_they_have(self) -> None:
        (found, *others), left_out = spellings(
            [_pair("1", "KAASFABR. NOORD", KAAS.name, "https://www.Kaas.example")],
            [KAAS, KAAS_AGAIN, GLAS],
            [],
        )
        assert (others, left_out) == ([], 0)
        assert (found.row.name, found.row.company) == ("KAASFABR. NOORD", "kaas.example")
        assert found.names == (KAAS.name, KAAS_AGAIN.name)
        assert (found.row.city, found.row.country) == ("Zwolle", "NL")

    def test_mean_whom_another_pair_of_the_security_or_a_name_of_the_pool_means(self) -> None:
        pairs = [
            _pair("1", "KAAS NRD", "KAASFABR. NOORD", "http://kaas.example"),
            _pair("1", "KAAS N", "KAAS NOORD"),
            _pair("2", "GLASHUIS", GLAS.name),
        ]
        found, _ = spellings(pairs, [KAAS, GLAS], [])
        assert Counter(s.row.company for s in found) == {"kaas.example": 4, "glas.example": 1}

    def test_of_nobody_in_the_pool_are_left_out_and_counted(self) -> None:
        assert spellings([_pair("3", "X AG", "X A.G.", "http://x.example")], [KAAS], []) == ((), 1)

    def test_are_told_to_be_a_rename(self) -> None:
        pair = _pair("2", "Vensterhuis AG", GLAS.name, "http://glas.example", "rename")
        assert [s.renamed for s in spellings([pair], [GLAS], [])[0]] == [True]

    def test_have_their_own_entry_in_the_register_but_no_namesake_abroad(self) -> None:
        register = [
            Row("GLASHUIS AG (publ)", "lei 1", country="DE"),
            Row("GLASHUIS AG", "lei 2", country="CH"),
            Row("Glaswerk", "lei 3", country="DE"),
        ]
        pair = _pair("2", "GLASHUIS INH O.N.", GLAS.name, "http://glas.example")
        (found,), _ = spellings([pair], [KAAS, GLAS], register)
        assert found.unjudged == {2}

    def test_of_one_company_are_on_one_side(self) -> None:
        sides = Counter(half(f"{n}.example") for n in range(400))
        assert set(sides) == {"learn", "report"}
        assert min(sides.values()) > 150
        assert half("kaas.example") == half("kaas.example")


NAMES = (
    "Anker Scheepvaart B.V.",
    "Borealis Windkracht N.V.",
    "Citadel Sloten GmbH",
    "Duinrand Gardens Ltd",
    "Elzas Meubelen SAS",
    "Fjord Seafood AS",
)
ROWS = [
    _pooled(name, f"https://www.{name.split()[0].lower()}.example", city, country)
    for name, (city, country) in zip(
        NAMES,
        [("Delft", "NL"), ("Goes", "NL"), ("Ulm", "DE"), ("York", "GB"), ("Metz", "FR"), ("Bergen", "NO")],
        strict=True,
    )
]
MADE = cases(ROWS, 30)


def _of(kind: str) -> list[Case]:
    return [case for case in MADE if case.kind == kind]


class TestTheHardNegatives:
    def test_are_the_same_every_time_and_others_with_another_seed(self) -> None:
        assert cases(ROWS, 30) == MADE
        assert cases(ROWS, 30, seed=7) != MADE

    def test_are_so_many_of_every_kind(self) -> None:
        assert set(Counter(case.kind for case in MADE).values()) == {30}
        assert len(MADE) == 30 * 12

    def test_hold_each_at_least_one_that_is_not_the_customer(self) -> None:
        assert all(case.impostors for case in MADE)
        assert [len(case.accounts) for case in _of("subsidiary: told by parent")] == [2] * 30
        assert {case.impostors for case in _of("subsidiary: told by parent")} == {(1,)}
        assert {case.impostors for case in _of("two of one name")} == {(0, 1)}

    def test_have_the_name_of_the_customer_and_something_that_tells_them_apart(self) -> None:
        for case in _of("namesake: other website") + _of("two countries: two websites"):
            (other,) = case.accounts
            assert fold_organisation(other.name) == fold_organisation(case.customer.name)
            assert domain_of(other.website or "") != domain_of(case.customer.website or "")
        for case in _of("namesake: other place"):
            (other,) = case.accounts
            assert (other.name, other.country) == (case.customer.name, case.customer.country)
            assert other.city != case.customer.city
        for case in _of("two countries: no website"):
            (other,) = case.accounts
            assert other.country != case.customer.country

    def test_of_one_letter_are_nobodys_name_and_one_letter_off(self) -> None:
        known = {fold_organisation(row.name) for row in ROWS}
        for case in _of("one letter: name alone") + _of("one letter: other website"):
            name, own = fold_organisation(case.accounts[0].name), fold_organisation(case.customer.name)
            assert name not in known
            assert _edits(name, own) == 1

    def test_take_real_ones_where_the_rows_hold_them(self) -> None:
        abroad = Row("ANKER SCHEEPVAART AB", "anker.test", "https://anker.test", "Lund", "SE")
        near = Row("Borealys Windkracht", "borealys.test", "https://borealys.test", "Gent", "BE")
        at_home = Row("Citadel Sloten", "citadel.test", "https://citadel.test", "Jena", "DE")
        found = [
            (c.kind, c.customer.name, c.accounts[0].name)
            for c in cases([*ROWS, abroad, near, at_home], 3)
            if c.kind.startswith("real")
        ]
        assert found == [
            ("real: one name", NAMES[0], abroad.name),
            ("real: one letter", NAMES[1], near.name),
        ]


def _edits(one: str, other: str) -> int:
    line = list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        before, line[0] = line[0], n
        for m, beside in enumerate(other, 1):
            before, line[m] = line[m], min(line[m] + 1, line[m - 1] + 1, before + (letter != beside))
    return line[-1]


WORDS = st.lists(
    st.sampled_from(["noord", "no", "n", "kaas", "kaasfabriek", "glas", "van", "bv", "ag"]),
    min_size=1,
    max_size=4,
).map(" ".join)


class TestTheNarrowing:
    @given(st.lists(WORDS, min_size=1, max_size=12), WORDS, st.integers(0, 3))
    def test_loses_none_that_salesprep_is_sure_of(self, names: Sequence[str], asked: str, at: int) -> None:
        rows = [Row(name, str(n), f"https://s{n % 3}.example") for n, name in enumerate(names)]
        row = Row(asked, "?", f"https://s{at}.example")
        salesprep = Salesprep(Narrowed(rows), website=True)
        said = enumerate(salesprep.decide(Case("", row, tuple(rows)), 0.0))
        assert {n for n, outcome in said if outcome == "same"} == {
            n for n, score in salesprep.find(row) if score >= SAME
        }


class TestSalesprep:
    def test_is_measured_with_what_it_is_told(self) -> None:
        narrowed = Narrowed([KAAS, GLAS, Row("Kaasfabriek Noord", "lei 1", country="SE")])
        asked = Row(f"{KAAS.name} EO 1", "kaas.example", "http://kaas.example", "Zwolle", "NL")
        by_name = Salesprep(narrowed).find(asked)
        assert [row for row, _ in by_name] == [0, 2]
        assert all(score < SAME for _, score in by_name)
        row, score = Salesprep(narrowed, website=True).find(asked)[0]
        assert (row, score >= SAME) == (0, True)

    def test_is_judged_by_country_where_places_are_told(self) -> None:
        case = Case("", KAAS, (Row(KAAS.name, "other", city="Malmö", country="SE"),))
        assert Salesprep(Narrowed([])).decide(case, 2.0) == ["same"]
        assert Salesprep(Narrowed([]), place=True).decide(case, 2.0) == ["maybe"]


def _shared(one: str, other: str, **_: object) -> float:
    """Of the words of both, so many in a hundred are in both."""
    ours, theirs = set(one.split()), set(other.split())
    return 100.0 * len(ours & theirs) / max(1, len(ours | theirs))


def _best(
    asked: str, names: Sequence[str], *, scorer: object, limit: int, score_cutoff: float | None
) -> list[tuple[str, float, int]]:
    scores = [(name, _shared(asked, name), n) for n, name in enumerate(names)]
    enough = [one for one in scores if score_cutoff is None or one[1] >= score_cutoff]
    return sorted(enough, key=lambda one: -one[1])[:limit]


def _peer(rows: Sequence[Row], sooner: float | None = None) -> Peer:
    return Peer("words", str.casefold, _shared, _best, [row.name.casefold() for row in rows], sooner)


class TestAPeer:
    def test_says_same_from_its_threshold(self) -> None:
        case = Case("", KAAS, (Row("kaasfabriek noord", "x"), Row("glashuis", "y")))
        assert _peer([]).decide(case, 60.0) == ["same", "other"]

    @pytest.mark.parametrize("bearers", [MOST - 1, MOST, MOST + 1])
    def test_finds_the_same_whether_it_may_leave_out_what_is_far_or_not(self, bearers: int) -> None:
        rows = [KAAS, *[Row(f"Kaasfabriek Noord {n}", f"{n}") for n in range(bearers)], GLAS]
        assert _peer(rows, 60.0).find(KAAS) == _peer(rows).find(KAAS)

    def test_that_is_told_websites_puts_the_equal_one_first(self) -> None:
        rows = [Row("Noord", "x", "https://noord.example"), KAAS, GLAS]
        asked = Row("Noord", "kaas.example", "https://shop.kaas.example")
        assert _peer(rows).find(asked)[0] == (0, 100.0)
        told = Told(_peer(rows), Narrowed(rows), "website")
        assert told.find(asked)[0][0] == 1
        assert told.decide(Case("", asked, tuple(rows)), 100.0) == ["same", "same", "other"]

    def test_that_is_told_places_puts_the_town_first(self) -> None:
        rows = [Row("Glashuis", "x", city="Kassel", country="US"), GLAS]
        asked = Row("Glashuis", "glas.example", city="KASSEL", country="DE")
        assert Told(_peer(rows), Narrowed(rows), "place").find(asked)[0][0] == 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Data of three companies, in the files that the benchmark reads."""
    (tmp_path / REGISTER).parent.mkdir(parents=True)
    countries = {"NL": "Netherlands", "DE": "Germany", "GB": "United Kingdom", "FR": "France", "NO": "Norway"}
    pool = [
        {
            "name": r.name,
            "website": r.website,
            "country": countries[r.country or ""],
            "city": r.city,
            "zipcode": "",
        }
        for r in [*ROWS, KAAS, GLAS]
    ]
    register = [{"lei": "1", "legal_name": "GLASHUIS", "country": "CH", "category": "GENERAL"}]
    pairs = [
        _pair(str(n), row.name.upper(), row.name, row.website or "") for n, row in enumerate([*ROWS, KAAS])
    ]
    for file, rows in ((POOL, pool), (REGISTER, register)):
        with gzip.open(tmp_path / file, "wt", encoding="utf-8", newline="") as stream:
            _write(stream, rows)
    with (tmp_path / VARIANTS).open("w", encoding="utf-8", newline="") as stream:
        _write(stream, pairs)
    return tmp_path


def _write(stream: object, rows: Sequence[Mapping[str, object]]) -> None:
    writer = csv.DictWriter(stream, rows[0])  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(rows)


def _by_title(tables: Sequence[Table]) -> dict[str, Table]:
    return {table.title.removeprefix("Recognition: "): table for table in tables}


class TestWhoMeasuresRecognition:
    def test_without_peers_is_told_what_to_install(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def none_there(narrowed: Narrowed) -> list[Peer]:
            raise MissingPeersError("rigour")

        monkeypatch.setattr(recognition, "peers", none_there)
        tables = _by_title(recognition.measure(Options(quick=True, data=folder)))
        first = tables["listed companies by other spellings"]
        assert [row["who"] for row in first.rows] == [
            "salesprep: name",
            "salesprep: name + website",
            "salesprep: name + place",
            "salesprep: name + website + place",
        ]
        assert first.notes[-1] == "no peers: rigour missing; pip install --group recognition"
        assert all(table.lines() for table in tables.values())

    def test_gets_figures_of_the_half_that_nothing_was_learnt_on(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(recognition, "peers", lambda narrowed: [_peer(narrowed.rows)])
        monkeypatch.setattr(recognition, "versions", lambda: "words 1")
        tables = _by_title(recognition.measure(Options(data=folder)))
        rows = tables["listed companies by other spellings"].rows
        reported = sum(half(row.company) == "report" for row in [*ROWS, KAAS])
        assert 0 < reported < 7
        for row in rows:
            assert (row["same, right"], row["same, wrong"], row["recall"]) == (reported, 0, "1.000")
        hard = tables["hard negatives that are called same"].rows
        assert [row["cases"] for row in hard[:-2]] == [recognition.EACH] * 12
        in_all = next(row for row in hard if row["kind"] == "wrong same in all")
        assert in_all["cases"] == 12 * recognition.EACH
        assert in_all["5"] == sum(int(row["5"]) for row in hard[:-2])
        # Told everything, salesprep knows a subsidiary by its parent, and the customer beside it too.
        by_parent = next(row for row in hard if row["kind"] == "subsidiary: told by parent")
        assert by_parent["4"] == 0
        assert (hard[-1]["cases"], hard[-1]["4"]) == (recognition.EACH, recognition.EACH)

    def test_without_data_is_told_what_is_missing(self, tmp_path: Path) -> None:
        (told,) = recognition.measure(Options())
        assert told.lines()[1:] == ["  needs --data FOLDER with companies/ in it"]
        (told,) = recognition.measure(Options(data=tmp_path))
        assert str(tmp_path / POOL) in told.lines()[1]


class TestTheThresholds:
    def test_are_learnt_on_the_half_that_is_not_reported_of(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        few = thresholds.Lesson("name + website", {"DOMAIN_FROM": (0.2, 0.5, 2.0)})
        monkeypatch.setattr(thresholds, "LESSONS", (few,))
        before = vars(verdict).copy()
        (table,) = thresholds.measure(Options(data=folder))
        (row,) = table.rows
        learning = sum(half(row.company) == "learn" for row in [*ROWS, KAAS])
        # They are equal names, which need no threshold.
        assert (row["right"], row["wrong"], row["learnt"]) == (learning, 0, "2")
        assert vars(verdict) == before
        assert table.lines()

    def test_of_two_that_nothing_tells_apart_teach_nothing(self) -> None:
        by_name, by_website = thresholds.Lesson("name", {}), thresholds.Lesson("name + website", {})
        (case, *_) = _of("namesake: other website")
        assert not thresholds.is_told_apart(by_name, case)
        assert thresholds.is_told_apart(by_website, case)

    def test_are_the_strictest_that_find_nearly_as_many(self) -> None:
        right = (50, 50, 49, 48, 10)
        counts: dict[Cell, Count] = {
            (float(x), float(y)): Count(right[x], 0) for x in range(5) for y in range(3)
        }
        grid = [(0.0, 1.0, 2.0, 3.0, 4.0), (0.0, 1.0, 2.0)]
        assert thresholds.strictest(counts, grid, 0.02) == (2.0, 2.0)
        assert thresholds.strictest(counts, grid, 0.0) == (1.0, 2.0)

    def test_are_never_looser_than_any_that_is_wrong(self) -> None:
        counts: dict[Cell, Count] = {(0.0,): Count(9, 1), (1.0,): Count(8, 0), (2.0,): Count(2, 0)}
        assert thresholds.strictest(counts, [(0.0, 1.0, 2.0)], 0.02) == (1.0,)

    def test_without_data_are_not_learnt(self) -> None:
        (told,) = thresholds.measure(Options())
        assert told.lines()[1:] == ["  needs --data FOLDER with companies/ in it"]
