"""Fixtures that write what a rep downloads: a workbook, a LinkedIn export, a calendar. All are invented."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from xml.sax.saxutils import escape

import pytest

Write = Callable[..., Path]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PREAMBLE = 'Notes:\n"When exporting, you may notice that some of the email addresses are missing."\n\n'
CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
MAILS = "Email Address,Confirmed,Primary,Updated On\nanna@ons.example,Yes,Yes,1/2/25\n"


@pytest.fixture
def workbook() -> Write:
    """The smallest workbook that there is (ECMA-376): ``workbook(path, [["Account", …], …])``; ``more`` are
    further rows as they stand in the file, ``sheets`` further sheets behind the one called Klanten."""

    def write(
        path: Path,
        rows: Sequence[Sequence[str]],
        *,
        more: str = "",
        sheets: Mapping[str, Sequence[Sequence[str]]] = MappingProxyType({}),
    ) -> Path:
        contents = [_cells(rows) + more, *map(_cells, sheets.values())]
        names = ["Klanten", *sheets]
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{WORKSHEET}.sheet.main+xml"/>'
            + "".join(
                f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{WORKSHEET}.worksheet+xml"/>'
                for n in range(1, len(names) + 1)
            )
            + "</Types>",
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1"'
            f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            + "".join(
                f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1)
            )
            + "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            + "".join(
                f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                for n in range(1, len(names) + 1)
            )
            + "</Relationships>",
            **{
                f"xl/worksheets/sheet{n}.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData>'
                "</worksheet>"
                for n, cells in enumerate(contents, 1)
            },
        }
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
            for name, text in parts.items():
                book.writestr(name, text)
        return path

    return write


def _cells(rows: Sequence[Sequence[str]]) -> str:
    return "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' for text in row) + "</row>"
        for row in rows
    )


@pytest.fixture
def export() -> Write:
    """A member's data export, as LinkedIn packs it: ``export(path, "Rob,Smit,…\\n")``."""

    def write(path: Path, connections: str) -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("Connections.csv", PREAMBLE + CONNECTIONS + connections.removesuffix("\n"))
            packed.writestr("Email Addresses.csv", MAILS)
        return path

    return write


@pytest.fixture
def calendar() -> Write:
    """A calendar of visits of an hour: ``calendar(path, [(start, title, guest's address), …])``."""

    def write(path: Path, visits: Sequence[tuple[datetime, str, str]]) -> Path:
        events = "".join(_event(number, *visit) for number, visit in enumerate(visits, 1))
        text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n"
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return write


def _event(number: int, start: datetime, title: str, guest: str) -> str:
    lines = (
        "BEGIN:VEVENT",
        f"UID:visit-{number}@ons.example",
        f"DTSTART:{start:%Y%m%dT%H0000Z}",
        f"DTEND:{start + timedelta(hours=1):%Y%m%dT%H0000Z}",
        f"SUMMARY:{title}",
        "ATTENDEE:mailto:anna@ons.example",
        f"ATTENDEE;CN=Gast:mailto:{guest}",
        "END:VEVENT",
        "",
    )
    return "\r\n".join(lines)
