"""Files that would fill the memory, or go on for ever: a typed failure or clean text, in bounded memory."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from salesprep.adapter import BadData

COLUMNS = {"title": "Account", "city": "Plaats"}
_MB = 1024 * 1024
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

# In an interpreter of its own, whose address space is limited: what would need more dies at once.
_LOOK = """
import logging, resource, sys, time
from datetime import UTC, datetime
from pathlib import Path
from adapters.table.adapter import Tables
from salesprep.adapter import Query, Request, SourceError

path, store, room = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
from salesprep.adapter.names import domain_of
domain_of("a.example")
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + room, used + room))
config = Tables.Config.model_validate(
    {"tables": {"account": {"path": path, "columns": {"title": "Account", "city": "Plaats"}}}}
)
now = datetime(2026, 11, 23, tzinfo=UTC)
request = Request(lambda: now, time.monotonic() + 100, None, logging.getLogger(), "me", store)
try:
    page = Tables(config).find(Query(names=("Acme",)), request)
except SourceError as error:
    print(error.code, error.what)
else:
    print("found", ",".join(record.title for record in page.records))
    for refusal in page.refused:
        print("refused", refusal.count, refusal.why)
"""


@pytest.fixture
def look(store: Path) -> Callable[..., list[str]]:
    """What comes of a file where the adapter may use so many megabytes more than it has at the start."""

    def run(path: Path, megabytes: int = 48) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", _LOOK, str(path), str(store), str(megabytes * _MB)],
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[3],
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.splitlines()

    return run


def _sheet(rows: bytes) -> bytes:
    return f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode() + rows + b"</sheetData></worksheet>"


def _row(*cells: str) -> bytes:
    return b"<row>" + "".join(f'<c t="str"><v>{cell}</v></c>' for cell in cells).encode() + b"</row>"


class TestATextFile:
    def test_of_two_gigabytes_is_refused_at_once(
        self, tmp_path: Path, look: Callable[..., list[str]]
    ) -> None:
        path = tmp_path / "big.csv"
        with path.open("wb") as file:
            file.write(b"Account;Plaats\nAcme;Rye\n")
            file.truncate(2048 * _MB)
        assert look(path) == ["bad_data big.csv cannot be read: larger than is read"]

    def test_with_a_line_of_hundreds_of_megabytes_costs_that_row(
        self, tmp_path: Path, look: Callable[..., list[str]]
    ) -> None:
        path = tmp_path / "big.csv"
        with path.open("wb") as file:
            file.write(b"Account;Plaats\nAcme One;Rye\nBad;")
            for _ in range(200):
                file.write(b"x" * _MB)
            file.write(b"\nAcme Two;Ely\n")
        assert look(path) == ["found Acme One,Acme Two", "refused 1 too long to be read"]

    def test_with_a_line_of_nothing_but_zeroes_costs_that_row(
        self, tmp_path: Path, look: Callable[..., list[str]]
    ) -> None:
        path = tmp_path / "big.csv"
        with path.open("wb") as file:
            file.write(b"Account;Plaats\nAcme One;Rye\n" + b"Other;Ely\n" * 10_000)
            file.truncate(300 * _MB)
        assert look(path) == ["found Acme One", "refused 1 too long to be read"]

    def test_that_is_one_quoted_cell_costs_its_first_line(
        self, tmp_path: Path, look: Callable[..., list[str]]
    ) -> None:
        path = tmp_path / "big.csv"
        with path.open("wb") as file:
            file.write(b'Account;Plaats;Rest\n"Bad;Rye\n')
            for _ in range(60):
                file.write((b"Other;Ely;" + b"x" * 10_000 + b"\n") * 100)
            file.write(b"Acme;Ware\n")
        assert look(path) == ["found Acme", "refused 1 a quotation mark that is not closed"]


class TestAWorkbook:
    def test_with_a_million_empty_rows_and_formulas_is_read(
        self, xlsx: Callable[..., Path], look: Callable[..., list[str]]
    ) -> None:
        empty = b"<row/>" * 1_000_000
        formulas = b'<row><c s="1"><f>A1</f></c><c><f>B1</f></c></row>' * 20_000
        last = b'<row r="1048576"><c r="A1048576" t="str"><v>Acme Last</v></c></row>'
        rows = _row("Account", "Plaats") + _row("Acme", "Rye") + empty + formulas + last
        path = xlsx({"S": []}, extra={"xl/worksheets/s1.xml": _sheet(rows)})
        found = look(path)
        assert found[0] == "found Acme,Acme Last"

    def test_that_says_it_is_as_large_as_can_be_costs_no_more(
        self, xlsx: Callable[..., Path], look: Callable[..., list[str]]
    ) -> None:
        rows = (
            _row("Account", "Plaats")
            + _row("Acme", "Rye")
            + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        )
        path = xlsx({"S": []}, extra={"xl/worksheets/s1.xml": _sheet(rows)}, dimension="A1:XFD1048576")
        assert look(path)[0] == "found Acme"

    @pytest.mark.parametrize("member", ["xl/worksheets/s1.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
    def test_that_is_a_zip_bomb_is_refused(
        self, member: str, xlsx: Callable[..., Path], look: Callable[..., list[str]]
    ) -> None:
        path = xlsx({"S": []})
        with zipfile.ZipFile(path) as package:
            kept = {name: package.read(name) for name in package.namelist() if name != member}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in kept.items():
                package.writestr(name, content)
            with package.open(member, "w") as part:
                for _ in range(40):
                    part.write(b" " * _MB)
        assert path.stat().st_size < _MB
        assert look(path) == ["bad_data t.xlsx cannot be read: unpacks to more than is read at once"]

    def test_that_is_one_endless_tag_is_refused(
        self, xlsx: Callable[..., Path], look: Callable[..., list[str]]
    ) -> None:
        path = xlsx({"S": []}, extra={"xl/worksheets/s1.xml": b"<worksheet a='" + b"ab" * 3 * _MB + b"'/>"})
        assert look(path) == ["bad_data t.xlsx cannot be read: unpacks to more than is read at once"]

    def test_that_grows_from_entities_is_refused(
        self, xlsx: Callable[..., Path], look: Callable[..., list[str]]
    ) -> None:
        entities = '<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">'
        bomb = f"<!DOCTYPE a [{entities}]><sst><si><t>&c;</t></si></sst>"
        path = xlsx({"S": [["Account", "Plaats"], ["Acme", "Rye"]]}, extra={"xl/sharedStrings.xml": bomb})
        assert look(path)[0].startswith("bad_data t.xlsx cannot be read: a workbook with a document type")

    def test_whose_cell_is_a_book_keeps_the_beginning(
        self, xlsx: Callable[..., Path], look: Callable[..., list[str]]
    ) -> None:
        rows = _row("Account", "Plaats") + _row("Acme", "ab cd " * (_MB // 2))
        path = xlsx({"S": []}, extra={"xl/worksheets/s1.xml": _sheet(rows)})
        assert look(path) == ["found Acme"]

    def test_with_a_huge_directory_is_refused(self, tmp_path: Path, look: Callable[..., list[str]]) -> None:
        path = tmp_path / "many.xlsx"
        with zipfile.ZipFile(path, "w") as package:
            for n in range(4_500):
                package.writestr(zipfile.ZipInfo(f"xl/{n:0300}"), b"")
        assert look(path) == ["bad_data many.xlsx cannot be read: unpacks to more than is read at once"]

    def test_with_a_password_says_so(self, xlsx: Callable[..., Path], read: Callable[..., Any]) -> None:
        path = xlsx({"S": [["Account"]]})
        raw = bytearray(path.read_bytes())
        for start in (b"PK\x03\x04", b"PK\x01\x02"):
            at = raw.find(start)
            while at >= 0:
                raw[at + (6 if start == b"PK\x03\x04" else 8)] |= 1
                at = raw.find(start, at + 4)
        path.write_bytes(raw)
        with pytest.raises(BadData, match="password"):
            read(path, "account", COLUMNS)

    @pytest.mark.parametrize("target", ["../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd"])
    def test_reads_nothing_outside_itself(
        self, target: str, xlsx: Callable[..., Path], read: Callable[..., Any]
    ) -> None:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
        relations = (
            f'<Relationships><Relationship Id="rId1" Type="{kind}" Target="{target}"/></Relationships>'
        )
        path = xlsx({"S": [["Account"]]}, extra={"xl/_rels/workbook.xml.rels": relations})
        with pytest.raises(BadData, match="damaged"):
            read(path, "account", COLUMNS)


def test_the_limit_of_these_tests_bites(tmp_path: Path, store: Path) -> None:
    """So that none of them passes because nothing was limited."""
    code = _LOOK.replace("try:", "x = bytearray(64 << 20)\ntry:")
    arguments = [sys.executable, "-c", code, str(tmp_path / "t.csv"), str(store), str(48 * _MB)]
    done = subprocess.run(
        arguments, capture_output=True, text=True, cwd=Path(__file__).parents[3], check=False
    )
    assert "MemoryError" in done.stderr
