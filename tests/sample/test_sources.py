"""The sample's LinkedIn files and wiki: in the form of real ones, and of invented people alone."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from salesprep.sample import ZONE, lay_out
from salesprep.sample.customers import CUSTOMERS, US

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
SATURDAY = datetime(2026, 11, 21, 12, 0, tzinfo=ZONE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(tmp_path_factory.mktemp("cache"), SATURDAY).folder


def text_of(folder: Path, day: str, name: str) -> str:
    with zipfile.ZipFile(folder / "linkedin" / f"Basic_LinkedInDataExport_{day}.zip") as export:
        return export.read(name).decode()


def connections(folder: Path, day: str) -> list[dict[str, str]]:
    text = text_of(folder, day, "Connections.csv")
    return list(csv.DictReader(io.StringIO(text[text.index(HEADER) :])))


class TestTheLinkedInFiles:
    def test_are_two_of_different_days(self, folder: Path) -> None:
        assert sorted(path.name for path in (folder / "linkedin").iterdir()) == [
            "Basic_LinkedInDataExport_10-18-2026.zip",
            "Basic_LinkedInDataExport_11-21-2026.zip",
        ]

    def test_move_with_the_day_of_the_sample(self, tmp_path: Path) -> None:
        laid = lay_out(tmp_path, datetime(2027, 3, 3, 9, 0, tzinfo=ZONE))
        assert {path.name for path in (laid.folder / "linkedin").iterdir()} == {
            "Basic_LinkedInDataExport_01-26-2027.zip",
            "Basic_LinkedInDataExport_03-01-2027.zip",
        }

    def test_hold_the_files_of_a_real_export_in_their_form(self, folder: Path) -> None:
        text = text_of(folder, "11-21-2026", "Connections.csv")
        assert text.startswith('Notes:\n"')
        assert f'"\n\n{HEADER}\n' in text
        assert not text.endswith("\n")
        assert "\r" not in text
        with zipfile.ZipFile(folder / "linkedin" / "Basic_LinkedInDataExport_11-21-2026.zip") as export:
            assert {"messages.csv", "Invitations.csv", "Profile.csv", "Positions.csv"} <= set(
                export.namelist()
            )
        messages = text_of(folder, "11-21-2026", "messages.csv")
        assert messages.startswith('"CONVERSATION ID","CONVERSATION TITLE","FROM",')
        rows = list(csv.reader(io.StringIO(messages)))
        assert all(re.fullmatch(r"2026-\d\d-\d\d \d\d:\d\d:\d\d UTC", row[6]) for row in rows[1:])
        assert any("\n" in row[8] for row in rows)
        invitations = text_of(folder, "11-21-2026", "Invitations.csv")
        assert re.search(r"\d+/\d+/26, \d+:37 PM", invitations)

    def test_dates_are_english_whatever_the_machine_speaks(self, folder: Path) -> None:
        for row in connections(folder, "11-21-2026"):
            assert re.fullmatch(
                r"\d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) 20\d\d", row["Connected On"]
            )

    def test_tell_who_came_went_and_rose(self, folder: Path) -> None:
        def at(day: str) -> dict[str, tuple[str, str]]:
            rows = connections(folder, day)
            return {f"{r['First Name']} {r['Last Name']}": (r["Company"], r["Position"]) for r in rows}

        older, newer = at("10-18-2026"), at("11-21-2026")
        assert newer.keys() - older.keys() == {"A. Yılmaz", "P. de Vries", "Hoa Nguyễn Thị"}
        assert older["R. Smit"][1] == "Plant manager"
        assert newer["R. Smit"][1] == "COO"
        assert older["K. Vos"][0].startswith("Van Dijk Machinebouw")
        assert newer["K. Vos"][0] == "Kaas & Co"

    def test_have_members_of_whom_nothing_but_a_date_is_left(self, folder: Path) -> None:
        hidden = [row for row in connections(folder, "11-21-2026") if not row["First Name"]]
        assert len(hidden) == 3
        assert all(row["Connected On"] and not row["URL"] and not row["Company"] for row in hidden)

    def test_write_companies_in_several_ways_and_have_namesakes(self, folder: Path) -> None:
        companies = {row["Company"] for row in connections(folder, "11-21-2026")}
        assert len({c for c in companies if c.casefold().startswith("van dijk machinebouw")}) >= 3
        assert {"Kaas & Co", "Kaas en Co", "Visser Techniek", "Van Dijk Transport B.V."} <= companies
        assert not {c.name for c in CUSTOMERS if c.city == "Den Helder"} & companies

    def test_name_addresses_that_nobody_has(self, folder: Path) -> None:
        urls = {row["URL"] for row in connections(folder, "11-21-2026")} - {""}
        assert all(url.endswith("-in-the-salesprep-sample") for url in urls)
        assert len(urls) == sum(bool(row["URL"]) for row in connections(folder, "11-21-2026"))
        emails = {row["Email Address"] for row in connections(folder, "11-21-2026")} - {""}
        assert {email.rpartition(".")[2] for email in emails} == {"example"}


class TestTheWiki:
    def test_is_a_folder_of_pages_that_say_who_wrote_them_and_when(self, folder: Path) -> None:
        pages = sorted((folder / "wiki").rglob("*.md"))
        assert len(pages) > 25
        for page in pages:
            head = page.read_text(encoding="utf-8").split("---")[1]
            author = re.search(r"^author: (.+)$", head, re.MULTILINE)
            assert author is not None
            assert author[1] in US.values()
            assert re.search(r"^updated: 20\d\d-\d\d-\d\d$", head, re.MULTILINE)
            assert re.search(r'^title: ".+"$', head, re.MULTILINE)

    def test_has_twelve_pages_of_the_customer_of_the_first_visit(self, folder: Path) -> None:
        own = list((folder / "wiki" / "klanten" / "Van Dijk Machinebouw").glob("*.md"))
        assert len(own) == 12
        head = (folder / "wiki" / "klanten" / "Van Dijk Machinebouw" / "lijn-4-ombouw.md").read_text("utf-8")
        assert 'customer: "Van Dijk Machinebouw B.V."' in head
        assert "updated: 2026-11-21" in head

    def test_is_no_checkout(self, folder: Path) -> None:
        assert not list(folder.rglob(".git"))

    def test_names_no_domain_but_reserved_ones(self, folder: Path) -> None:
        text = "\n".join(page.read_text(encoding="utf-8") for page in (folder / "wiki").rglob("*.md"))
        assert re.findall(r"(?:@|//)([\w.-]+)", text) == []
