"""Real files for each test, and the adapter on them as the host would make it."""

from __future__ import annotations

import logging
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

import pytest

from adapters.table.adapter import Tables
from salesprep.adapter import Account, Kind, Page, Query, Record, Request
from salesprep.adapter.proposal import Given, Proposal
from tests.adapters.no_http import NoHttp

NOW = datetime(2026, 11, 23, 13, 21, tzinfo=ZoneInfo("Europe/Amsterdam"))
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_FORMATS = ("general", "14", "22", "20", "9", "170", "171")
"""Number formats by style: 0 none, 1 a day, 2 a moment, 3 a time, 4 per cent, 5 a format of the file's own
for a day, 6 one for money."""


@dataclass(frozen=True, slots=True)
class Xml:
    """A cell as the file is to hold it: attributes and content of its ``c``."""

    attributes: str
    content: str = ""


def _column(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _cell(place: str, value: object, texts: dict[str, int]) -> str:
    if value is None:
        return ""
    if isinstance(value, Xml):
        return f'<c r="{place}" {value.attributes}>{value.content}</c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    return f'<c r="{place}" t="s"><v>{texts.setdefault(str(value), len(texts))}</v></c>'


def _sheet(rows: Sequence[Sequence[object]], texts: dict[str, int], tail: str, dimension: str) -> str:
    lines = "".join(
        f'<row r="{n}">'
        + "".join(_cell(f"{_column(at)}{n}", value, texts) for at, value in enumerate(row))
        + "</row>"
        for n, row in enumerate(rows, start=1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}"><dimension ref="{dimension}"/>'
        f"<sheetData>{lines}</sheetData>{tail}</worksheet>"
    )


def write_xlsx(
    path: Path,
    sheets: Mapping[str, Sequence[Sequence[object]]],
    *,
    hidden: Sequence[str] = (),
    tail: str = "",
    dimension: str = "A1",
    since_1904: bool = False,
    extra: Mapping[str, bytes | str] | None = None,
) -> Path:
    """A workbook as other programs write it; ``extra`` replaces or adds members."""
    texts: dict[str, int] = {}
    members: dict[str, bytes | str] = {}
    listed, relations = "", ""
    for n, (name, rows) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name={quoteattr(name)} sheetId="{n}"{state} r:id="rId{n}"/>'
        relations += f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/s{n}.xml"/>'
        members[f"xl/worksheets/s{n}.xml"] = _sheet(rows, texts, tail, dimension)
    relations += f'<Relationship Id="rT" Type="{_RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
    relations += f'<Relationship Id="rS" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
    properties = f'<workbookPr date1904="{int(since_1904)}"/>'
    members["_rels/.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" Type="{_RELATIONS}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>'
    )
    members["xl/workbook.xml"] = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">{properties}<sheets>{listed}</sheets></workbook>'
    )
    members["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>'
    items = "".join(f"<si><t xml:space='preserve'>{escape(text)}</t></si>" for text in texts)
    members["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{items}</sst>'
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in ("0", *_FORMATS[1:]))
    own = '<numFmt numFmtId="170" formatCode="dd\\-mm\\-yyyy"/><numFmt numFmtId="171" formatCode="#,##0.00"/>'
    members["xl/styles.xml"] = (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="2">{own}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {"[Content_Types].xml": "<Types/>", **members, **(extra or {})}.items():
            package.writestr(name, content)
    return path


@pytest.fixture
def xlsx(tmp_path: Path) -> Callable[..., Path]:
    """Writes a workbook: ``xlsx({"Sheet": [["Account", …], …]}, name="a.xlsx", …)``."""

    def write(sheets: Mapping[str, Sequence[Sequence[object]]], name: str = "t.xlsx", **how: Any) -> Path:
        return write_xlsx(tmp_path / name, sheets, **how)

    return write


@pytest.fixture
def xml() -> Callable[..., Xml]:
    """A cell as the file is to hold it."""
    return Xml


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a text file: ``csv_file("a;b\\n1;2\\n", name="t.csv", encoding="utf-8")``."""

    def write(content: str | bytes, name: str = "t.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


@pytest.fixture
def recognised(csv_file: Callable[..., Path]) -> Callable[..., tuple[Proposal, ...]]:
    """What is proposed for a file, or for a text file with this content."""

    def run(content: str | bytes | Path) -> tuple[Proposal, ...]:
        path = content if isinstance(content, Path) else csv_file(content, name="given.csv")
        head = path.read_bytes()[: 64 * 1024]
        return Tables.recognise(Given(path=path, head=head, now=NOW, deadline=time.monotonic() + 20))

    return run


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The source's private folder."""
    path = tmp_path / "store"
    path.mkdir(mode=0o700)
    return path


@pytest.fixture
def make_request(store: Path) -> Callable[..., Request]:
    """Makes a request that ends in so many seconds."""

    def make(seconds: float = 60.0, *, keep: bool = True) -> Request:
        return Request(
            now=lambda: NOW,
            deadline=time.monotonic() + seconds,
            http=NoHttp(),
            log=logging.getLogger("table"),
            identity="anna",
            store=store if keep else None,
        )

    return make


@pytest.fixture
def request_(make_request: Callable[..., Request]) -> Request:
    return make_request()


@pytest.fixture
def make_adapter(tmp_path: Path) -> Callable[..., Tables]:
    """Makes the adapter: ``make_adapter(account={"path": …, "columns": {…}}, currency="EUR")``; a key
    that is a kind is its table."""

    def make(**settings: Any) -> Tables:
        kinds = {kind.value for kind in Kind}
        tables = {key: value for key, value in settings.items() if key in kinds}
        for kind, table in tables.items():
            if kind == "person":
                tables[kind] = {"origin": "our CRM", "legal_basis": "legitimate interest", **table}
        rest = {key: value for key, value in settings.items() if key not in kinds}
        config = Tables.Config.model_validate({"tables": tables, **rest}, context={"settings": tmp_path})
        return Tables(config)

    return make


@dataclass(frozen=True, slots=True)
class Read:
    """All of a table's rows that are asked for, as one page."""

    records: tuple[Any, ...]
    page: Page[Any]

    @property
    def why(self) -> dict[str, int]:
        """Why something could not be read → how often."""
        found: dict[str, int] = {}
        for refusal in self.page.refused:
            found[refusal.why] = found.get(refusal.why, 0) + refusal.count
        return found

    @property
    def where(self) -> list[str | None]:
        return [refusal.where for refusal in self.page.refused]


@pytest.fixture
def read(make_adapter: Callable[..., Tables], request_: Request) -> Callable[..., Read]:
    """What becomes of the rows of Acme: ``read(path, "activity", {"at": "Datum"}, dates="D-M-Y")``. Whose
    a row is stands in the column ``Firm``, unless ``columns`` says otherwise."""

    def run(path: Path, kind: str, columns: Mapping[str, Any], **settings: Any) -> Read:
        given = dict(columns)
        if kind != "account":
            given.setdefault("organisation", "Firm")
        adapter = make_adapter(**{kind: {"path": str(path), "columns": given, **settings}})
        query = Query(names=("Acme",))
        page: Page[Account] | Page[Record]
        page = (
            adapter.find(query, request_)
            if kind == "account"
            else adapter.fetch(query, Kind(kind), None, request_)
        )
        adapter.close()
        return Read(tuple(page.records), page)

    return run
