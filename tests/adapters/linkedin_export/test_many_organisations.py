"""Among very many organisations the customer is found as among few, without looking through all of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.linkedin_export import called, index, looking
from adapters.linkedin_export.shelf import Shelf
from salesprep.adapter import Account, BadData, ConfigInvalid, DeadlineExceeded, Kind
from salesprep.adapter.name_index import NameIndex, state_of

Desk = Any

MACHINES = (
    "Van Dijk Machinebouw",
    "VAN DIJK MACHINEBOUW",
    "Van Dijk Machinebouw B.V.",
    "van dijk-machinebouw",
)
CHEESE = ("Kaas & Co GmbH", "Kaas en Co B.V.", "Kaas + Co", "Kaas & Co. gmbh")
OTHERS = (
    "Verenigde Pompen Maatschappij",
    "VPM",
    "Bakkerij Jansen & Zn.",
    "Machinebouw Noord",
    "Noordzee Van Dijk Machinebouw Groep",
    "Çelik Makina A.Ş.",
    "Müller und Söhne KG",
    "B.V.",
    "Acme",
)
QUERIES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("Van Dijk Machinebouw B.V.",), ()),
    (("Vandyk Machine bouw",), ()),
    (("machinebouw van dijk",), ()),
    (("Machinebouw",), ()),
    (("Kaas und Co",), ()),
    (("Kaasenco",), ()),
    (("VPM",), ()),
    (("Verenigde Pompen Maatschappij N.V.",), ()),
    (("Celik Makina",), ()),
    (("Mueller und Sohne", "Muller & Söhne"), ()),
    (("B.V.", "", "%"), ()),
    (("Quetzalcoatl",), ()),
    ((), ("acme", "kaas and co (gmbh)", "kaas and co", "no such")),
    (("Bakkery Jansen",), ("van dijk machinebouw",)),
)


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than twenty organisations are many."""
    monkeypatch.setattr(called, "LONG", 20)


@pytest.fixture
def names(desk: Desk) -> Path:
    """Where the index of names is."""
    path: Path = desk.store / called.NAMES
    return path


@pytest.fixture
def many(desk: Desk, long: None) -> Desk:
    """An export with somebody at each organisation above, and at eighty others."""
    spelled = (*MACHINES, *CHEESE, *OTHERS, *(f"Firma {n} B.V." for n in range(80)))
    desk.export(*(desk.row(f"P{n} Invented", one) for n, one in enumerate(spelled)))
    return desk


def told(desk: Desk, names: tuple[str, ...], ids: tuple[str, ...]) -> tuple[Any, ...]:
    """Organisations and their people; in which order those come that are only alike is a matter of taste."""
    accounts: tuple[Account, ...] = desk.find(*names, ids=ids).records
    groups = sorted((one.id, one.title, one.aliases) for one in accounts)
    return groups, [one.id for one in desk.people(*names, ids=ids)]


def found(desk: Desk, *names: str, ids: tuple[str, ...] = ()) -> list[str]:
    return [account.id for account in desk.find(*names, ids=ids).records]


def must_not(*_given: Any, **_named: Any) -> Any:
    raise AssertionError("all organisations were looked through")


class TestAnOrganisation:
    @pytest.fixture(autouse=True)
    def indexed(self, many: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing is found by looking through all names."""
        monkeypatch.setattr(looking, "_looked_through", must_not)

    @pytest.mark.parametrize(
        ("name", "first"),
        [
            ("Van Dijk Machinebouw", "van dijk machinebouw"),
            ("Vandyk Machine bouw", "van dijk machinebouw"),
            ("Van Dyk Machinebouw Holding", "van dijk machinebouw"),
            ("Bakkery Jansen en Zn", "bakkerij jansen and zn"),
            ("Akme", "acme"),
            ("celik makina", "celik makina"),
            ("Firma 77 GmbH", "firma 77"),
        ],
    )
    def test_is_found_however_its_name_is_written(self, many: Desk, name: str, first: str) -> None:
        assert found(many, name)[0] == first

    def test_is_found_by_its_initials_and_the_other_way_round(self, many: Desk) -> None:
        assert found(many, "VPM") == ["vpm", "verenigde pompen maatschappij"]
        assert found(many, "Verenigde Pompen Maatschappij") == ["verenigde pompen maatschappij", "vpm"]

    def test_is_found_by_its_id(self, many: Desk) -> None:
        assert found(many, ids=("firma 7",)) == ["firma 7"]
        assert found(many, ids=("kaas and co (bv)",)) == ["kaas and co (bv)"]
        assert [one.title for one in many.people(ids=["kaas and co (gmbh)"])] == [
            "P4 Invented",
            "P7 Invented",
        ]

    def test_has_all_its_spellings(self, many: Desk) -> None:
        account = many.find("Van Dyk Machinebouw").records[0]
        assert {account.title, *account.aliases} == set(MACHINES)
        assert len(many.people(ids=[account.id])) == len(MACHINES)

    def test_that_is_none_is_not_found(self, many: Desk) -> None:
        assert found(many, "Quetzalcoatl", "%", "", ids=("firma", "b v", "")) == []

    def test_written_in_hundreds_of_ways_is_one(self, many: Desk) -> None:
        ways = [f"Zuider{'.' * n} pomp{' B.V.' * (n % 2)}" for n in range(300)]
        near = [f"Zuider pomp {n}" for n in range(150)]
        many.export(*(many.row(f"P{n} Invented", one) for n, one in enumerate((*near, *ways))))
        accounts = many.find("Zuyder pomp").records
        account = next(one for one in accounts if one.id == "zuider pomp")
        assert {account.title, *account.aliases} == set(ways)
        assert many.fetch(Kind.PERSON, ids=["zuider pomp"]).total == len(ways)
        assert found(many, "Zuider pomp")[0] == "zuider pomp"


class TestTheIndex:
    @pytest.mark.parametrize(("names", "ids"), QUERIES)
    def test_finds_what_looking_through_all_finds(
        self, many: Desk, names: tuple[str, ...], ids: tuple[str, ...]
    ) -> None:
        with_index = told(many, names, ids)
        many.store = None
        many.opens()
        assert told(many, names, ids) == with_index

    def test_is_read_in_place_of_the_names(self, many: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        first = told(many, *QUERIES[1])
        count = len(Shelf.load(many.store / index.PEOPLE).keys)
        block = Shelf.block

        def of_one(shelf: Shelf, number: int) -> bytes:
            assert number != count
            return block(shelf, number)

        monkeypatch.setattr(Shelf, "block", of_one)
        assert told(many, *QUERIES[1]) == first

    def test_is_for_the_users_eyes_alone(self, many: Desk, names: Path) -> None:
        found(many, "Acme")
        assert names.stat().st_mode & 0o777 == 0o600

    def test_is_not_made_of_few(self, desk: Desk, names: Path) -> None:
        desk.export(desk.row("Karin Vos", "Acme"))
        assert found(desk, "Akme") == ["acme"]
        assert not names.exists()

    def test_is_gone_when_they_have_become_few(self, many: Desk, names: Path) -> None:
        found(many, "Acme")
        many.export(many.row("Karin Vos", "Acme"))
        assert found(many, "Akme") == ["acme"]
        assert not names.exists()

    def test_is_gone_with_the_exports(self, many: Desk, names: Path) -> None:
        path = next(many.folder.iterdir())
        many.opens(path)
        found(many, "Acme")
        assert names.exists()
        path.unlink()
        with pytest.raises(ConfigInvalid):
            found(many, "Acme")
        assert not list(many.store.iterdir())

    @pytest.mark.parametrize("checked", [True, False])
    def test_holds_nobody_who_is_in_no_export_any_more(
        self, many: Desk, names: Path, monkeypatch: pytest.MonkeyPatch, checked: bool
    ) -> None:
        if not checked:  # two texts may have one checksum
            monkeypatch.setattr(Shelf, "check", lambda _shelf, _number: 0)
        assert "acme" in found(many, "Akme")
        many.export(*(many.row(f"P{n} Invented", f"Firma {n}") for n in range(97)))
        assert found(many, "Akme") == []
        assert found(many, "Firma 7")[0] == "firma 7"
        assert not any(b"machinebouw" in file.read_bytes() for file in many.store.iterdir())
        assert state_of(names) is not None

    def test_is_not_there_where_nothing_is_kept(self, many: Desk, names: Path) -> None:
        many.store = None
        assert found(many, "Akme")[0] == "acme"
        assert not names.exists()


class TestAnExportThatCannotBeReadAnyMore:
    def test_is_shown_from_the_index_and_then_no_more(self, desk: Desk, long: None, older: str) -> None:
        firms = [f"Firma {n}" for n in range(40)]
        rows = [desk.row(f"P{n} Invented", firm) for n, firm in enumerate(firms)]
        desk.export(*rows, desk.row("Karin Vos", "Zuiderpomp"), name=older)
        damaged = desk.export(*rows, desk.row("Tom Aarts", "Bakkerij Vlug"))
        assert found(desk, "Bakkery Vlug") == ["bakkerij vlug"]
        damaged.write_bytes(damaged.read_bytes()[:200])
        assert found(desk, "Bakkery Vlug") == ["bakkerij vlug"]
        desk.now += timedelta(days=31)
        assert found(desk, "Bakkery Vlug") == []
        assert found(desk, "Zuyderpomp") == ["zuiderpomp"]

    def test_and_no_other_leaves_no_index(self, many: Desk, names: Path) -> None:
        found(many, "Acme")
        path = next(many.folder.iterdir())
        path.write_bytes(path.read_bytes()[:200])
        many.now += timedelta(days=31)
        with pytest.raises(BadData):
            found(many, "Acme")
        assert not names.exists()


class TestWithoutTime:
    def test_all_are_looked_through_until_their_names_are_in(
        self, many: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as hurried:
            hurried.setattr(called, "half_of", lambda _request: out_of_time(0))
            first = told(many, *QUERIES[1])
        monkeypatch.setattr(looking, "_looked_through", must_not)
        assert told(many, *QUERIES[1]) == first

    def test_a_question_goes_on_where_the_last_one_stopped(
        self, many: Desk, names: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        many.export(*(many.row(f"P{n} Invented", f"Firma {n}") for n in range(1200)))
        read: list[str] = []
        rows = called._rows

        def counted(shelf: Shelf, after: int) -> Iterator[Any]:
            for row in rows(shelf, after):
                read.extend(row.names)
                yield row

        monkeypatch.setattr(called, "_rows", counted)
        with monkeypatch.context() as hurried:
            hurried.setattr(called, "half_of", lambda _request: out_of_time(2))
            assert found(many, "Firma 1100")[0] == "firma 1100"
            assert state_of(names) is None
        assert 0 < len(read) < 1200
        monkeypatch.setattr(looking, "_looked_through", must_not)
        assert [found(many, f"Firma {n}")[0] for n in (0, 1, 700, 1199)] == [
            *("firma 0", "firma 1", "firma 700", "firma 1199")
        ]
        assert read == [f"firma {n}" for n in range(1200)]


def out_of_time(after: int) -> Callable[[], None]:
    left = iter(range(after))

    def still() -> None:
        if next(left, None) is None:
            raise DeadlineExceeded("no answer in time")

    return still


class TestADamagedIndex:
    @pytest.mark.parametrize("damage", [b"no database" * 1000, b""])
    def test_is_made_anew(
        self, many: Desk, names: Path, damage: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(looking, "_looked_through", must_not)
        for _ in range(2):
            assert found(many, "Vandyk Machine bouw")[0] == "van dijk machinebouw"
            names.write_bytes(damage)

    def test_within_is_thrown_away_and_the_question_answered(self, many: Desk, names: Path) -> None:
        first = told(many, *QUERIES[1])
        content = names.read_bytes()
        names.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
        assert sorted(found(many, *QUERIES[1][0])) == [id_ for id_, *_ in first[0]]
        assert not names.exists()
        assert told(many, *QUERIES[1]) == first
        assert state_of(names) is not None

    @pytest.mark.parametrize("number", [-1, 10_000, "words"])
    def test_with_numbers_that_nobody_has_still_answers(
        self, many: Desk, names: Path, number: int | str
    ) -> None:
        found(many, "Acme")
        with closing(sqlite3.connect(names)) as db, db:
            db.execute("UPDATE entry SET key = ? WHERE name = 'acme'", (number,))
        assert found(many, "Acme") == []
        assert found(many, "Firma 7")[0] == "firma 7"

    def test_lacking_a_table_still_answers(self, many: Desk, names: Path) -> None:
        first = told(many, *QUERIES[1])
        with closing(sqlite3.connect(names)) as db, db:
            db.execute("DROP TABLE posting")
        assert told(many, *QUERIES[1]) == first


class TestAnotherProcess:
    def test_that_has_the_index_is_not_waited_for(self, many: Desk, names: Path) -> None:
        first = told(many, *QUERIES[1])
        with closing(sqlite3.connect(names, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            assert sorted(found(many, *QUERIES[1][0])) == [id_ for id_, *_ in first[0]]
        assert told(many, *QUERIES[1]) == first

    def test_that_takes_the_index_at_the_wrong_moment_keeps_it(
        self, many: Desk, names: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = told(many, *QUERIES[1])

        def locked(*_given: Any) -> Any:
            raise sqlite3.OperationalError("database is locked")

        monkeypatch.setattr(NameIndex, "near", locked)
        assert told(many, *QUERIES[1]) == first
        assert state_of(names) is not None

    def test_that_makes_the_index_is_not_waited_for(
        self, many: Desk, names: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as hurried:
            hurried.setattr(called, "half_of", lambda _request: out_of_time(0))
            found(many, "Acme")
        with closing(sqlite3.connect(names, isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT state FROM progress").fetchall()
            assert found(many, "Akme")[0] == "acme"
            assert state_of(names) is None
        assert found(many, "Akme")[0] == "acme"
        assert state_of(names) is not None

    def test_numbers_the_organisations_alike(self, desk: Desk, long: None, older: str) -> None:
        oldest = "Basic_LinkedInDataExport_09-18-2026.zip"
        days = (oldest, older, "Basic_LinkedInDataExport_11-21-2026.zip")
        for day, name in enumerate(days):
            desk.export(*(desk.row(f"P{n} Invented", f"Firma {n} {day}") for n in range(12)), name=name)
        found(desk, "Firma")
        before = [f"Firma {n} {day}" for n in range(12) for day in (1, 0)]
        keys = Shelf.load(desk.store / index.PEOPLE).keys
        assert list(keys) == [*(f"Firma {n} 2" for n in range(12)), *before]
