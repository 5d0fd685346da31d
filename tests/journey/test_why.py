"""Why is this here? Every fact of every customer of the sample answers, and two sources that contradict each
other are both shown as they are."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from salesprep.sample.customers import CUSTOMERS

if TYPE_CHECKING:
    from tests.journey.conftest import Rep

OF_THE_USER = {"name", "id", "link", "picked", "domain", "email"}
"""What nobody but the user can have told, where no source did."""


def records(briefing: Any, group: str) -> list[Any]:
    return [record for panel in briefing["panels"] for record in panel[group]]


def is_told(reason: Any) -> bool:
    if reason["source"] is not None:
        return reason["id"] is not None
    return reason["what"] in OF_THE_USER


class TestEveryFactOfTheSample:
    @pytest.mark.parametrize("number", [customer.id for customer in CUSTOMERS])
    def test_can_be_asked_why_and_says_where_that_came_from(self, rep: Rep, number: int) -> None:
        briefing = rep("brief", "--pick", f"crm:{number}", "--format", "json").json
        facts = records(briefing, "records")
        assert facts
        for record in facts:
            reasons = record["match"]["reasons"]
            assert any(is_told(each) and each["weight"] in ("proof", "strong") for each in reasons), record
        for record in records(briefing, "candidates"):
            assert record["match"]["reasons"], record

    def test_of_the_next_visit_does_so_without_a_name(self, rep: Rep) -> None:
        facts = records(rep("brief", "--format", "json").json, "records")
        assert all(any(map(is_told, record["match"]["reasons"])) for record in facts)

    @pytest.mark.parametrize("form", ["text", "md", "html"])
    def test_does_so_on_paper_too(self, rep: Rep, form: str) -> None:
        said = rep("brief", "Kaas & Co", "--why", "--format", form, width=160).out
        told = re.sub(r"\s+", " ", re.sub(r"<[^>]*>|&quot;", " ", said))
        assert "(strong, of CRM 1050" in told
        assert "you said so" in told


SETTINGS = '''
[us]
domains = ["ons.example"]
emails = ["anna@ons.example"]

[sources.crm]
adapter = "sql"
database = "crm.sqlite"
[sources.crm.queries]
account = """
SELECT id, name AS title, city, vat FROM company
WHERE id IN asked_ids OR EXISTS (SELECT 1 FROM asked_names WHERE fold(company.name) LIKE pattern)
"""
person = """
SELECT id, name AS title, position, company AS account_id, mail AS emails
FROM person WHERE company IN asked_ids
"""

[sources.list]
adapter = "table"
origin = "an export"
legal_basis = "legitimate interest"

[sources.list.tables.account]
path = "list.csv"
columns = { id = "Nr", title = "Company", city = "City", vat = "VAT number" }

[sources.list.tables.person]
path = "people.csv"
columns = { title = "Name", position = "Job", account_id = "Company nr", emails = "Mail" }
'''


class TestTwoSourcesThatDisagree:
    """Real ones: a database and a table, with no setting about the customer."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Path:
        with sqlite3.connect(tmp_path / "crm.sqlite") as crm:
            crm.execute("CREATE TABLE company (id, name, city, vat)")
            crm.execute("CREATE TABLE person (id, name, position, company, mail)")
            crm.execute("INSERT INTO company VALUES ('7', 'Wolf Kaas B.V.', 'Gouda', 'NL004495445B01')")
            crm.execute("INSERT INTO person VALUES ('1', 'P. Wolf', 'Buyer', '7', 'p@wolfkaas.example')")
        crm.close()
        (tmp_path / "list.csv").write_text(
            "Nr;Company;City;VAT number\n55;Wolf Kaas Nederland;Woerden;NL0044.95.445.B01\n"
        )
        (tmp_path / "people.csv").write_text(
            "Name;Job;Company nr;Mail\nP. Wolf;Head of purchasing;55;p@wolfkaas.example\n"
        )
        file = tmp_path / "settings.toml"
        file.write_text(SETTINGS)
        return file

    def test_are_both_shown_as_they_are(self, rep: Rep, settings: Path) -> None:
        said = rep("brief", "Wolf Kaas", "--format", "json", settings=settings)
        accounts = {r["source"]: r for r in records(said.json, "records") if r["kind"] == "account"}
        assert {s: (r["title"], r["place"]["city"]) for s, r in accounts.items()} == {
            "crm": ("Wolf Kaas B.V.", "Gouda"),
            "list": ("Wolf Kaas Nederland", "Woerden"),
        }
        (number,) = (r for r in accounts["list"]["match"]["reasons"] if r["what"] == "number")
        assert (number["source"], number["id"], number["weight"]) == ("crm", "7", "proof")
        people = [r for r in records(said.json, "records") if r["kind"] == "person"]
        assert {(r["source"], r["position"]) for r in people} == {
            ("crm", "Buyer"),
            ("list", "Head of purchasing"),
        }
        differing = {s["text"] for s in said.json["signals"] if s["rule"] == "differs"}
        assert differing == {
            "Wolf Kaas B.V.: CRM says Gouda, List says Woerden",
            "P. Wolf: CRM says Buyer, List says Head of purchasing",
        }
