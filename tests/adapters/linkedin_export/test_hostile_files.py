"""Files made to harm: a typed failure that says what to do, or clean text, in bounded memory."""

from __future__ import annotations

import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.linkedin_export import archive, columns
from salesprep.adapter import BadData, ConfigInvalid, Kind, SourceError

Desk = Any
NAME = "Van Dijk Machinebouw"
MEGABYTE = 1024 * 1024


@contextmanager
def little_memory(most: int) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()


def refusal(desk: Desk) -> SourceError:
    with pytest.raises(SourceError) as caught:
        desk.find(NAME)
    assert caught.value.mend
    return caught.value


class TestAZipBomb:
    def test_is_not_unpacked(self, desk: Desk) -> None:
        desk.raw(
            b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n" + b"," * (40 * MEGABYTE)
        )
        with little_memory(40 * MEGABYTE):
            error = refusal(desk)
        assert type(error) is BadData
        assert "far larger" in error.what

    def test_that_lies_about_its_size_is_not_unpacked(self, desk: Desk) -> None:
        path = desk.raw(b"First Name,Last Name,Company,Connected On\n" + b"a,b,c,d\n" * (2 * MEGABYTE))
        raw = bytearray(path.read_bytes())
        at = raw.rindex(b"PK\x01\x02")
        raw[at + 24 : at + 28] = struct.pack("<I", 100)
        path.write_bytes(raw)
        with little_memory(40 * MEGABYTE):
            assert type(refusal(desk)) is BadData

    def test_of_messages_costs_the_messages_alone(self, desk: Desk) -> None:
        header = ",".join(("CONVERSATION ID", "FROM", "SENDER PROFILE URL", "DATE", "CONTENT"))
        desk.export(desk.row("Ruben Smit", NAME), messages=header + "\n" + "x" * (30 * MEGABYTE))
        assert [one.title for one in desk.people(NAME)] == ["Ruben Smit"]
        with little_memory(150 * MEGABYTE):
            page = desk.fetch(Kind.ACTIVITY, NAME)
        assert page.failure.code == "bad_data"
        assert page.failure.what.startswith("messages.csv in ")

    @pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def test_packed_in_ways_that_unpack_in_one_go_is_refused(self, desk: Desk, method: int) -> None:
        with zipfile.ZipFile(desk.folder / "LinkedIn.zip", "w", method) as file:
            file.writestr("Connections.csv", desk.connections(desk.row("Ruben Smit", NAME)))
        assert type(refusal(desk)) is BadData


class TestALargeFile:
    def test_of_one_line_is_refused_by_its_size(self, desk: Desk) -> None:
        path = desk.folder / "Connections.csv"
        with path.open("wb") as file:
            file.write(b"First Name,Last Name,Company,Connected On\n")
            file.truncate(2048 * MEGABYTE)  # two gigabytes without a line break; takes no room on the disk
        with little_memory(200 * MEGABYTE):
            assert "far larger" in refusal(desk).what

    def test_of_very_many_rows_is_read_to_a_limit_and_says_so(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fewer = replace(columns.CONNECTIONS, most=8_000)
        monkeypatch.setattr("adapters.linkedin_export.connections.CONNECTIONS", fewer)
        row = f"A,B,,{NAME},07 Feb 2022\n"
        path = desk.folder / "Connections.csv"
        path.write_text("First Name,Last Name,URL,Company,Connected On\n" + row * 20_000)
        page = desk.fetch(Kind.PERSON, NAME)
        assert page.records
        assert any(refused.why == "all after 8,000 rows" for refused in page.refused)


class TestAZip:
    def rows(self, desk: Desk) -> str:
        text: str = desk.connections(desk.row("Ruben Smit", NAME))
        return text

    @pytest.mark.parametrize(
        "name",
        [
            "../Connections.csv",
            "/Connections.csv",
            "a/../../Connections.csv",
            "C:\\Connections.csv",
            "..\\Connections.csv",
        ],
    )
    def test_with_paths_that_lead_outside_is_no_export(self, desk: Desk, name: str) -> None:
        path = desk.zip("LinkedIn.zip", {name: self.rows(desk)})
        desk.opens(path)
        assert type(refusal(desk)) is BadData
        assert sorted(one.name for one in desk.folder.parent.rglob("*.csv")) == []

    def test_with_links_in_it_does_not_follow_them(self, desk: Desk, tmp_path: Path) -> None:
        secret = tmp_path / "secret.csv"
        secret.write_text(self.rows(desk))
        entry = zipfile.ZipInfo("Connections.csv")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        with zipfile.ZipFile(desk.folder / "LinkedIn.zip", "w") as file:
            file.writestr(entry, str(secret))
        desk.opens(desk.folder / "LinkedIn.zip")
        assert type(refusal(desk)) is BadData

    def test_locked_with_a_password_says_so(self, desk: Desk) -> None:
        path = desk.raw(self.rows(desk))
        raw = bytearray(path.read_bytes())
        for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            raw[raw.index(sign) + flags] |= 1
        path.write_bytes(raw)
        error = refusal(desk)
        assert "password" in error.what
        assert "folder" in (error.mend or "")

    @pytest.mark.parametrize("count", [5_100, 12_000])
    def test_with_thousands_of_files_is_refused(self, desk: Desk, count: int) -> None:
        files = {f"{n:0{count // 200}}.csv": b"" for n in range(count)}
        path = desk.zip("LinkedIn.zip", {**files, "Connections.csv": self.rows(desk)})
        desk.opens(path)
        with little_memory(40 * MEGABYTE):
            error = refusal(desk)
        assert "far more files" in error.what

    def test_with_one_name_twice_is_read(self, desk: Desk) -> None:
        with zipfile.ZipFile(desk.folder / "LinkedIn.zip", "w") as file:
            file.writestr("Connections.csv", "First Name,Last Name,Company,Connected On\n")
            with pytest.warns(UserWarning, match="Duplicate name"):
                file.writestr("Connections.csv", self.rows(desk))
        assert [one.title for one in desk.people(NAME)] == ["Ruben Smit"]

    def test_of_which_half_arrived_says_which_and_what_to_do(self, desk: Desk) -> None:
        path = desk.export(*(desk.row(f"P{n} Invented", NAME) for n in range(100)))
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        error = refusal(desk)
        assert type(error) is BadData
        assert error.what == f"{path.name} is cut off or damaged"
        assert error.mend == "download it again from LinkedIn"

    def test_with_a_damaged_file_inside_says_which(self, desk: Desk) -> None:
        path = desk.export(*(desk.row(f"P{n} Invented", NAME) for n in range(500)))
        raw = bytearray(path.read_bytes())
        raw[200:260] = bytes(60)
        path.write_bytes(raw)
        assert refusal(desk).what == f"Connections.csv in {path.name} is cut off or damaged"

    @pytest.mark.parametrize("content", [b"", b"<html>Sign in</html>", b"PK\x05\x06", b"\x00" * 100])
    def test_that_is_none_says_so(self, desk: Desk, content: bytes) -> None:
        path = desk.folder / "Basic_LinkedInDataExport_11-21-2026.zip"
        path.write_bytes(content)
        desk.opens(path)
        assert type(refusal(desk)) is BadData

    def test_of_something_else_is_no_export(self, desk: Desk) -> None:
        path = desk.zip("holiday.zip", {"beach.jpg": b"x"})
        desk.opens(path)
        assert "no data export" in refusal(desk).what

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.data())
    def test_with_any_bytes_changed_is_read_or_refused(self, desk: Desk, data: st.DataObject) -> None:
        desk.store = None
        path = desk.export(
            *(desk.row(f"P{n} Invented", NAME) for n in range(30)), Profile="First Name,Last Name\nA,B\n"
        )
        raw = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 4))):
            raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
        path.write_bytes(raw)
        desk.opens(path)
        # Nothing but a typed error may come of it.
        with suppress(SourceError):
            assert desk.fetch(Kind.PERSON, NAME).total is not None


class TestAnything:
    @settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.binary(max_size=400), st.sampled_from([",", ";", "\t"]))
    def test_after_a_header_is_read_or_counted(self, desk: Desk, content: bytes, delimiter: str) -> None:
        desk.store = None
        header = delimiter.join(("First Name", "Last Name", "URL", "Company", "Position", "Connected On"))
        good = delimiter.join(
            ("Ruben", "Smit", "https://www.linkedin.com/in/r-invented", NAME, "COO", "07 Feb 2022")
        )
        desk.raw(f"{header}\n{good}\n".encode() + content)
        assert "Ruben Smit" in {one.title for one in desk.people(NAME)}

    @settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30))
    def test_in_the_cells_comes_out_as_text(
        self, desk: Desk, company: str, first: str, position: str
    ) -> None:
        desk.store = None
        desk.raw(
            desk.table(
                ("First Name", "Last Name", "Company", "Position", "Connected On"),
                [[first, "Smit", f"{NAME} {company}", position, "x"]],
            ).encode("utf-8", "replace")
        )
        page = desk.fetch(Kind.PERSON, NAME)
        assert len(page.records) + sum(refused.count for refused in page.refused) <= 1
        for record in page.records:
            assert "\n" not in record.title


class TestAPath:
    def test_that_is_not_there_says_so(self, desk: Desk) -> None:
        desk.opens(desk.folder / "gone.zip")
        error = refusal(desk)
        assert type(error) is ConfigInvalid
        assert error.what == "gone.zip is not there"

    def test_of_an_empty_folder_says_so(self, desk: Desk) -> None:
        error = refusal(desk)
        assert type(error) is ConfigInvalid
        assert "no LinkedIn export" in error.what

    def test_with_links_in_circles_ends(self, desk: Desk) -> None:
        (desk.folder / "a").mkdir()
        (desk.folder / "a" / "b").symlink_to(desk.folder)
        desk.export(desk.row("Ruben Smit", NAME))
        assert len(desk.people(NAME)) == 1

    def test_of_a_folder_whose_files_are_links_is_no_export(self, desk: Desk, tmp_path: Path) -> None:
        real = tmp_path / "elsewhere.csv"
        real.write_text(desk.connections(desk.row("Ruben Smit", NAME)))
        (desk.folder / "Connections.csv").symlink_to(real)
        assert type(refusal(desk)) is ConfigInvalid


class TestTheTableOfContents:
    def test_is_never_read_in_one_go_beyond_a_limit(self, tmp_path: Path) -> None:
        path = tmp_path / "LinkedIn.zip"
        size = 64 * MEGABYTE
        end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, size, 0, 0)
        with path.open("wb") as file:
            file.write(b"PK\x03\x04")
            file.truncate(size)
            file.seek(size)
            file.write(end)
        with little_memory(20 * MEGABYTE), pytest.raises(BadData), archive.opened(path):
            raise AssertionError("opened")
