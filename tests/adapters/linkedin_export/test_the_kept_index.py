"""What is kept between two looks, and what becomes of it when the files change, break or go."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.linkedin_export import building, index
from adapters.linkedin_export.shelf import Shelf, ShelfLost
from salesprep.adapter import BadData, ConfigInvalid, DeadlineExceeded, Kind, Query, Unavailable
from salesprep.adapter.words import Message

Desk = Any
NAME = "Van Dijk Machinebouw"
KINDS = (Kind.PERSON, Kind.ACTIVITY)


@pytest.fixture
def filled(desk: Desk, older: str, talk_table: Any, profile: str) -> Desk:
    """Two exports with a new person, a former one and a message."""
    desk.export(desk.row("Karin Vos", NAME), desk.row("Tom Aarts", NAME), name=older)
    desk.export(
        desk.row("Karin Vos", "Kaas & Co"),
        desk.row("Tom Aarts", NAME),
        desk.row("Ayşe Yılmaz", NAME, "CFO"),
        messages=talk_table(("2-a==", "Tom Aarts", "Anna Bakker", "2026-11-12 08:00:00 UTC", "dag")),
        Profile=profile,
    )
    return desk


def everything(desk: Desk) -> tuple[Any, ...]:
    return (desk.find(NAME), *(desk.fetch(kind, NAME) for kind in KINDS))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which of the two were made anew, in order."""
    made: list[str] = []

    def counting(name: str) -> Callable[..., Any]:
        real = getattr(building, name)

        def build(*given: Any) -> Any:
            made.append(name)
            return real(*given)

        return build

    for name in ("build_people", "build_talks"):
        monkeypatch.setattr(index, name, counting(name))
    return made


class TestASecondLook:
    def test_tells_the_same_without_reading_the_exports(self, filled: Desk, read: list[str]) -> None:
        first = everything(filled)
        assert read == ["build_people", "build_talks"]
        filled.opens()
        assert everything(filled) == first
        assert len(read) == 2

    def test_does_not_read_messages_before_they_are_asked_for(self, filled: Desk, read: list[str]) -> None:
        filled.find(NAME)
        filled.people(NAME)
        assert read == ["build_people"]

    def test_without_a_place_to_keep_it_tells_the_same(self, filled: Desk) -> None:
        first = everything(filled)
        filled.store = None
        filled.opens()
        assert everything(filled) == first

    def test_in_another_zone_tells_the_day_there(self, filled: Desk) -> None:
        before = filled.fetch(Kind.PERSON, NAME).as_of
        filled.now = filled.now.astimezone(tz=None).replace(tzinfo=filled.now.tzinfo) + timedelta(hours=1)
        assert filled.fetch(Kind.PERSON, NAME).as_of == before


class TestAChange:
    def test_of_a_file_is_seen(self, filled: Desk, older: str) -> None:
        everything(filled)
        (filled.folder / older).unlink()
        assert [person.change for person in filled.people(NAME)] == [None, None]

    def test_of_the_same_length_and_time_is_seen(self, desk: Desk) -> None:
        path = desk.folder / "Connections.csv"
        path.write_text(desk.connections(desk.row("Karin Vos", NAME, "Buyer")))
        was = path.stat()
        assert desk.people(NAME)[0].position == "Buyer"
        other = desk.folder / "new"
        other.write_text(desk.connections(desk.row("Karin Vos", NAME, "Boss!")))
        os.utime(other, ns=(was.st_atime_ns, was.st_mtime_ns))
        other.replace(path)
        assert desk.people(NAME)[0].position == "Boss!"

    def test_of_one_file_in_a_folder_is_seen(self, desk: Desk, profile: str) -> None:
        for name, text in (
            ("Connections.csv", desk.connections(desk.row("Karin Vos", NAME))),
            ("Profile.csv", profile),
        ):
            (desk.folder / name).write_text(text)
        assert desk.people("Acme") == []
        (desk.folder / "Positions.csv").write_text(
            "Company Name,Title,Started On,Finished On\nAcme,Trainee,Jan 2019,Mar 2021\n"
        )
        assert [person.title for person in desk.people("Acme")] == ["Anna Bakker"]


class TestADamagedExport:
    def cut(self, path: Path) -> None:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    def newest(self, desk: Desk) -> Path:
        path: Path = desk.folder / "Basic_LinkedInDataExport_11-21-2026.zip"
        return path

    def test_shows_on_what_it_told_before_and_says_so(self, filled: Desk) -> None:
        first = everything(filled)
        self.cut(self.newest(filled))
        filled.opens()  # even in a new start of the program
        for before, now in zip(first, everything(filled), strict=True):
            assert [one.id for one in now.records] == [one.id for one in before.records]
            assert now.as_of == before.as_of
            assert (now.failure.code, now.failure.may_show_old) == ("bad_data", True)
            assert now.failure.what.startswith(f"{self.newest(filled).name} is cut off or damaged")
            assert now.failure.what.endswith("shown is what was in it before")
            assert now.failure.mend == "download it again from LinkedIn"

    def test_is_dated_by_when_it_could_be_read(self, filled: Desk) -> None:
        everything(filled)
        self.cut(self.newest(filled))
        before, filled.now = filled.now, filled.now + timedelta(days=3)
        assert {person.fetched_at for person in filled.people(NAME)} == {before}

    def test_is_not_read_again_at_each_look(self, filled: Desk, read: list[str]) -> None:
        everything(filled)
        self.cut(self.newest(filled))
        everything(filled)
        read.clear()
        filled.opens()
        assert filled.find(NAME).failure is not None
        assert everything(filled)[1].failure is not None
        assert read == []

    def test_comes_back_when_it_is_whole_again(self, filled: Desk) -> None:
        first = everything(filled)
        whole = self.newest(filled).read_bytes()
        self.cut(self.newest(filled))
        everything(filled)
        self.newest(filled).write_bytes(whole)
        assert everything(filled) == first

    def test_is_not_shown_for_ever(self, filled: Desk) -> None:
        everything(filled)
        self.cut(self.newest(filled))
        assert [person.title for person in filled.people(NAME)] == ["Ayşe Yılmaz", "Karin Vos", "Tom Aarts"]
        filled.now += timedelta(days=31)
        page = filled.fetch(Kind.PERSON, NAME)
        assert [person.title for person in page.records] == [
            "Karin Vos",
            "Tom Aarts",
        ]  # as the older one has it
        assert page.as_of.day == 18
        assert page.failure.what.endswith("is cut off or damaged")

    def test_from_the_beginning_leaves_the_others_to_tell(self, filled: Desk) -> None:
        self.cut(self.newest(filled))
        page = filled.fetch(Kind.PERSON, NAME)
        assert [person.title for person in page.records] == ["Karin Vos", "Tom Aarts"]
        assert page.failure.what.endswith("is cut off or damaged")
        assert "Changes show from your second file on." in page.notice

    def test_gives_way_to_a_newer_one(self, filled: Desk) -> None:
        everything(filled)
        self.cut(self.newest(filled))
        filled.export(filled.row("Ewa Nowak", NAME), name="Basic_LinkedInDataExport_11-22-2026.zip")
        page = filled.fetch(Kind.PERSON, NAME)
        assert [person.title for person in page.records] == ["Ewa Nowak"]
        assert page.failure is not None

    def test_and_nothing_else_is_the_failure_of_the_source(self, filled: Desk) -> None:
        for path in filled.folder.iterdir():
            self.cut(path)
        with pytest.raises(BadData) as caught:
            filled.find(NAME)
        assert "none of 2 exports" in caught.value.what

    def test_is_told_by_a_check_with_what_mends_it(self, filled: Desk) -> None:
        self.cut(self.newest(filled))
        checks = filled.opens().check(filled.request())
        assert [check.outcome for check in checks] == ["passed", "failed"]
        assert checks[1].mend == "download it again from LinkedIn"


class TestSeveralThatCannotBeRead:
    def test_are_named_and_one_mend_is_told_only_if_it_mends_all(self, filled: Desk, older: str) -> None:
        for name, content in ((older, b"PK"), ("LinkedIn-2.zip", b"PK")):
            (filled.folder / name).write_bytes(content)
        failure = filled.fetch(Kind.PERSON, NAME).failure
        assert failure.what == f"2 exports cannot be read in full: {older}, LinkedIn-2.zip"
        assert failure.mend == "download it again from LinkedIn"
        filled.opens(filled.folder, filled.folder.parent / "gone.zip")
        failure = filled.fetch(Kind.PERSON, NAME).failure
        assert failure.what.startswith("3 exports cannot be read in full: gone.zip, ")
        assert failure.mend == "let this source be checked: that tells what mends each of them"
        mends = {
            check.mend
            for check in filled.opens(filled.folder, filled.folder.parent / "gone.zip").check(
                filled.request()
            )
        }
        assert mends == {
            None,
            "download it again from LinkedIn",
            'bring it back, or correct the setting "exports"',
        }

    def test_because_of_the_disk_are_not_called_damaged(
        self, filled: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fails(*_given: object) -> bytes:
            raise OSError(errno.EIO, "Input/output error")

        monkeypatch.setattr(zipfile.ZipExtFile, "read", fails)
        with pytest.raises(Unavailable) as caught:
            filled.find(NAME)
        assert caught.value.mend == "see whether its disk is there"


class TestWhatIsGone:
    def test_is_forgotten(self, filled: Desk) -> None:
        paths = sorted(filled.folder.iterdir())
        filled.opens(*paths)
        everything(filled)
        for path in paths:
            path.unlink()
        with pytest.raises(ConfigInvalid):
            filled.find(NAME)
        assert not (filled.store / index.PEOPLE).exists()

    def test_in_part_is_told_and_the_others_tell_on(self, filled: Desk, older: str) -> None:
        filled.opens(filled.folder, filled.folder.parent / "gone.zip")
        page = filled.fetch(Kind.PERSON, NAME)
        assert page.records
        assert (page.failure.code, page.failure.what) == ("config_invalid", "gone.zip is not there")


class TestWhatIsKept:
    def test_is_for_the_users_eyes_alone(self, filled: Desk) -> None:
        everything(filled)
        kept = sorted(filled.store.iterdir())
        assert [path.name for path in kept] == ["people.idx", "talks.idx"]
        assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}

    @pytest.mark.parametrize("content", [b"", b"garbage" * 100, b"salesprep linkedin_export 1\n" + bytes(50)])
    def test_and_damaged_is_made_anew(self, filled: Desk, content: bytes) -> None:
        first = everything(filled)
        for path in filled.store.iterdir():
            path.write_bytes(content)
        filled.opens()
        assert everything(filled) == first

    @pytest.mark.parametrize("at", [0.0, 0.2, 0.6, 0.95])
    def test_and_cut_off_is_made_anew(self, filled: Desk, at: float) -> None:
        first = everything(filled)
        for path in filled.store.iterdir():
            path.write_bytes(path.read_bytes()[: int(path.stat().st_size * at)])
        filled.opens()
        assert everything(filled) == first

    def test_and_damaged_in_one_place_is_made_anew(self, filled: Desk) -> None:
        first = everything(filled)
        kept = {path: path.read_bytes() for path in filled.store.iterdir()}
        for path, content in kept.items():
            # Wherever it is: in what is read at once, or in a row or a message that is read when needed.
            for at in range(0, len(content), 23):
                path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
                filled.opens()
                assert everything(filled) == first

    def test_and_replaced_by_another_process_is_opened_anew(self, filled: Desk) -> None:
        first = everything(filled)
        for path in filled.store.iterdir():
            copy = path.with_suffix(".copy")
            shutil.copy(path, copy)
            copy.replace(path)
        assert everything(filled) == first

    def test_and_removed_between_two_pages_costs_nothing(self, filled: Desk) -> None:
        first = everything(filled)
        for path in filled.store.iterdir():
            path.unlink()
        assert everything(filled) == first

    def test_in_a_folder_that_cannot_be_written_costs_nothing(self, filled: Desk) -> None:
        filled.store = filled.store / "not there"
        page = filled.fetch(Kind.PERSON, NAME)
        assert len(page.records) == 3

    def test_is_never_read_half(self, filled: Desk) -> None:
        everything(filled)
        path = filled.store / index.PEOPLE
        shelf = Shelf.load(path)
        with path.open("ab") as file:
            file.write(b"x")
        with pytest.raises(ShelfLost):
            Shelf.load(path)
        with pytest.raises(ShelfLost):
            shelf.block(0)


class TestSentences:
    def test_can_be_said_in_another_language_by_a_later_start(self, filled: Desk, older: str) -> None:
        filled.raw(
            "First Name,Last Name,Company,Connected On\nA,B\n", name="Basic_LinkedInDataExport_11-22-2026.zip"
        )
        path = filled.folder / older
        path.write_bytes(path.read_bytes()[:100])
        filled.fetch(Kind.PERSON, NAME)
        filled.opens()
        page = filled.fetch(Kind.PERSON, NAME)
        (refused,) = page.refused
        for sentence, form in (
            (refused.why, "a row with too few or too many cells"),
            (refused.where, "{name} line {line}"),
            (page.failure.what, "{name} is cut off or damaged"),
            (page.failure.mend, "download it again from LinkedIn"),
        ):
            assert isinstance(sentence, Message)
            assert sentence.forms == (form,)
        assert refused.where.values["name"].forms == ("{file} in {export}",)


class TestNoTimeLeft:
    def test_is_said_and_nothing_half_is_kept(self, desk: Desk) -> None:
        desk.export(*(desk.row(f"P{n} Invented", NAME) for n in range(9000)))
        with pytest.raises(DeadlineExceeded):
            desk.opens().find(Query(names=(NAME,)), desk.request(seconds=0.0))
        assert list(desk.store.iterdir()) == []
        assert desk.fetch(Kind.PERSON, NAME).total == 9000
