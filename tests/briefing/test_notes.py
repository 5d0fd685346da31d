"""One's own note: found again whatever the customer is called by then, and never somebody else's."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.briefing import notes
from salesprep.briefing.model import Customer

VAN_DIJK = Customer("crm:1042", "Van Dijk Machinebouw B.V.", ids=(("crm", "1042"),))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "notes"


@pytest.fixture
def noted(folder: Path) -> Path:
    """The folder with one note on Van Dijk."""
    notes.add(folder, VAN_DIJK, None, "ask about budget 2027")
    return folder


def words(folder: Path, customer: Customer, *taken: str) -> str | None:
    found = notes.read(folder, customer, taken)
    return found.text if found else None


class TestItIsFound:
    def test_by_the_id_it_was_begun_under(self, noted: Path) -> None:
        assert words(noted, VAN_DIJK) == "ask about budget 2027"

    def test_once_a_link_has_given_the_customer_another_id(self, noted: Path) -> None:
        assert words(noted, replace(VAN_DIJK, id="van-dijk", name="VDM")) == "ask about budget 2027"

    def test_once_the_link_is_forgotten(self, folder: Path) -> None:
        linked = replace(VAN_DIJK, id="van-dijk")
        notes.add(folder, linked, None, "a")
        assert words(folder, VAN_DIJK) == "a"

    @pytest.mark.parametrize("name", ["van dijk machinebouw", "Van Dijk Machinebouw BV"])
    def test_while_the_source_of_the_id_does_not_answer(self, noted: Path, name: str) -> None:
        assert words(noted, Customer("van-dijk-machinebouw", name)) == "ask about budget 2027"

    def test_by_an_alias(self, noted: Path) -> None:
        other = Customer("x", "VDM", aliases=("Van Dijk Machinebouw",))
        assert words(noted, other) == "ask about budget 2027"

    def test_though_its_head_is_gone(self, noted: Path) -> None:
        (path,) = noted.iterdir()
        path.write_text("just this", encoding="utf-8")
        assert words(noted, VAN_DIJK) == "just this"

    def test_under_another_file_name(self, noted: Path) -> None:
        (path,) = noted.iterdir()
        path.rename(path.with_name("Van Dijk.md"))
        assert words(noted, VAN_DIJK) == "ask about budget 2027"


class TestItIsNotSomebodyElses:
    def test_who_has_the_name_in_the_same_source(self, noted: Path) -> None:
        namesake = replace(VAN_DIJK, id="crm:77", ids=(("crm", "77"),))
        assert words(noted, namesake) is None

    def test_whose_legal_form_is_another(self, noted: Path) -> None:
        assert words(noted, Customer("x", "Van Dijk Machinebouw GmbH")) is None

    def test_to_whom_the_user_gave_another_id(self, folder: Path) -> None:
        notes.add(folder, Customer("visser-nl", "Visser"), None, "a")
        assert words(folder, Customer("visser-be", "Visser"), "visser-nl") is None

    def test_where_two_notes_bear_the_name(self, noted: Path) -> None:
        notes.add(noted, Customer("erp:9", "Van Dijk Machinebouw", ids=(("erp", "9"),)), None, "b")
        assert words(noted, Customer("x", "Van Dijk Machinebouw")) is None

    def test_a_new_one_never_takes_the_place_of_another_file(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        (folder / "crm@1042.md").write_text("---\nid: crm:9\ncustomer: Else\n---\nx", encoding="utf-8")
        path = notes.add(folder, VAN_DIJK, None, "mine")
        assert path.name == "crm@1042.2.md"
        assert words(folder, VAN_DIJK) == "mine"

    @given(st.lists(st.text(min_size=1, max_size=30), min_size=2, max_size=6, unique=True))
    def test_no_two_ids_share_a_file(self, ids: list[str]) -> None:
        names = [notes.file_name(each) for each in ids]
        assert len({name.casefold() for name in names}) == len(names)
        for name in names:
            assert name == Path(name).name
            assert not set(name) & set('<>:"/\\|?*\0\n')
            assert len(name) < 100

    @pytest.mark.parametrize("reserved", ["con", "nul", "com1", "CON", "..", ".", "a/b", "", "x" * 300])
    def test_names_that_a_file_system_keeps_for_itself_are_not_used(self, reserved: str) -> None:
        stem = notes.file_name(reserved).split(".")[0]
        assert stem not in ("con", "nul", "com1", "")


class TestWhatIsShown:
    def test_is_what_stands_under_the_head(self, noted: Path) -> None:
        found = notes.read(noted, VAN_DIJK)
        assert found is not None
        assert (found.text, found.customer, found.cut) == ("ask about budget 2027", VAN_DIJK.name, False)

    def test_nothing_if_there_are_only_blank_lines(self, folder: Path) -> None:
        path = notes.add(folder, VAN_DIJK, None, "x")
        path.write_text(notes.fresh(VAN_DIJK) + " \n\n", encoding="utf-8")
        assert words(folder, VAN_DIJK) is None

    def test_is_clean_whatever_is_in_the_file(self, folder: Path) -> None:
        path = notes.add(folder, VAN_DIJK, None, "x")
        path.write_bytes(b"\xef\xbb\xbfa\x1b[31mb\r\nc\x00\xff\xe2\x80\xaed\te\r\n")
        assert words(folder, VAN_DIJK) == "a\ufffd[31mb\nc\ufffd\ufffd\ufffdd e"

    def test_of_a_long_file_is_its_beginning(self, folder: Path) -> None:
        path = notes.add(folder, VAN_DIJK, None, "x")
        path.write_text("y" * (notes.MOST_BYTES + 1), encoding="utf-8")
        found = notes.read(folder, VAN_DIJK)
        assert found is not None
        assert (len(found.text), found.cut) == (notes.MOST_BYTES, True)

    def test_nothing_of_what_is_no_file(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        (folder / "crm@1042.md").mkdir()
        if sys.platform != "win32":
            os.mkfifo(folder / "crm@7.md")
        assert words(folder, VAN_DIJK) is None
        assert words(folder, Customer("crm:7", "x")) is None

    def test_nothing_where_there_is_no_folder(self, folder: Path) -> None:
        assert words(folder, VAN_DIJK) is None

    @given(st.binary(max_size=400))
    def test_any_file_can_be_read(self, content: bytes) -> None:
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / "crm@1042.md"
            path.write_bytes(content)
            found = notes.read(Path(place), VAN_DIJK)
            assert found is None or found.text.strip()


class TestALineIsAppended:
    def test_to_what_is_there(self, noted: Path) -> None:
        notes.add(noted, VAN_DIJK, notes.find(noted, VAN_DIJK), "bring the stuklijst\n")
        assert words(noted, VAN_DIJK) == "ask about budget 2027\nbring the stuklijst"

    def test_in_the_files_own_manner(self, noted: Path) -> None:
        (path,) = noted.iterdir()
        path.write_bytes(b"\xff one\r\ntwo")
        notes.add(noted, VAN_DIJK, notes.find(noted, VAN_DIJK), "drie\x1b[2J")
        assert path.read_bytes() == "\\xff one\r\ntwo\r\ndrie\ufffd[2J\r\n".encode().replace(
            b"\\xff", b"\xff"
        )

    def test_that_is_the_users_alone(self, noted: Path) -> None:
        (path,) = noted.iterdir()
        if sys.platform != "win32":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            assert stat.S_IMODE(noted.stat().st_mode) == 0o700
        assert path.exists()
