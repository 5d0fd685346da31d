"""One source is in trouble: its panel says what and who mends it, the other is what it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.journey.conftest import Rep, Said


NAME = "Van Dijk Machinebouw"


def told(panel: Any) -> Any:
    """What a panel tells, without when it was told, and which record told what is known of the customer: with
    the CRM away that is the invitation."""
    keep = {"age_s", "elapsed_ms", "fetched_at", "reasons"}
    if isinstance(panel, dict):
        return {key: told(value) for key, value in panel.items() if key not in keep}
    return [told(item) for item in panel] if isinstance(panel, list) else panel


def corrupt(crm: Path) -> None:
    data = bytearray(crm.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    crm.write_bytes(bytes(data))


def gone(crm: Path) -> None:
    crm.unlink()


def no_database(crm: Path) -> None:
    crm.write_text("this is a text file, whatever it is called, and long enough to be one " * 9)


@pytest.mark.parametrize("spoil", [corrupt, gone, no_database])
def test_a_spoilt_database_costs_its_own_panel(spoil: Callable[[Path], None], sample: Path, rep: Rep) -> None:
    before = rep("brief", NAME, "--format", "json", "--only", "linkedin,calendar,wiki")
    spoil(sample / "crm.sqlite")
    said = rep("brief", NAME, "--format", "json")
    assert said.code == 1
    assert said.panel("crm")["state"] == "failed"
    error = said.panel("crm")["error"]
    assert error["what"]
    assert error["mend"]
    assert error["actor"] == "admin"
    assert "CRM" in said.err
    assert _titles(said) == _titles(before)
    text = rep("brief", NAME)
    assert error["what"].split(":")[0] in " ".join(text.out.split())
    assert "Traceback" not in text.out + text.err


@pytest.mark.parametrize("spoil", [corrupt, gone, no_database])
@pytest.mark.parametrize(
    "title", ["Kwartaalbezoek", "Kwartaalbezoek Van Dijk Machinebouw", "Bezoek Van Dijk"]
)
def test_a_spoilt_database_costs_the_next_visits_briefing_its_panel_alone(
    title: str, spoil: Callable[[Path], None], sample: Path, rep: Rep
) -> None:
    anna = sample / "calendars" / "anna.ics"
    text = anna.read_text(encoding="utf-8")
    anna.write_bytes(text.replace("SUMMARY:Kwartaalbezoek", f"SUMMARY:{title}", 1).encode())
    before = rep("brief", "--format", "json")
    spoil(sample / "crm.sqlite")
    said = rep("brief", "--format", "json")
    assert said.code == 1
    assert said.err.startswith("salesprep: CRM: ")
    assert said.err.count("\n") == 1
    assert said.panel("crm")["state"] == "failed"
    assert said.json["visit"]["id"] == before.json["visit"]["id"]
    assert told(said.panel("calendar")["records"]) == told(before.panel("calendar")["records"])
    if (
        title != "Kwartaalbezoek"
    ):  # else nothing but the domain is known, which only the CRM can tell whose it is
        for source in ("linkedin", "wiki"):
            assert _ids(said, source) == _ids(before, source) != []


def test_a_title_beside_a_guest_of_anybody_is_briefed_on_and_stays_a_question(sample: Path, rep: Rep) -> None:
    anna = sample / "calendars" / "anna.ics"
    text = anna.read_text(encoding="utf-8").replace("SUMMARY:Kwartaalbezoek", f"SUMMARY:Over {NAME}", 1)
    anna.write_bytes(text.replace("vandijk-machine", "adviseurs-machine").encode())
    assert rep("brief").code == 2, "while the CRM tells that it is not the guests' domain"
    gone(sample / "crm.sqlite")
    said = rep("brief", "--format", "json")
    assert said.code == 1
    assert said.json["customer"]["name"].startswith(NAME)
    assert said.json["visit"] is None
    assert said.panel("calendar")["records"] == []
    assert f"Over {NAME}" in [r["title"] for r in said.panel("calendar")["candidates"]]
    assert "not certain, since not all sources answered" in said.err
    assert "salesprep: CRM: " in said.err


def test_a_question_names_the_source_that_failed(sample: Path, rep: Rep) -> None:
    gone(sample / "crm.sqlite")
    for words in (["brief", "van dijk"], ["contacts", "van dijk"], ["note", "van dijk", "--show"]):
        said = rep(*words)
        assert said.code == 2, words
        assert said.err.startswith("salesprep: CRM: "), words


def _ids(said: Said, source: str) -> list[str]:
    return [record["id"] for record in said.panel(source)["records"]]


def test_a_locked_database_costs_its_own_panel(sample: Path, rep: Rep) -> None:
    with closing(sqlite3.connect(sample / "crm.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        said = rep("brief", NAME, "--format", "json", "--deadline", "2")
    assert said.code == 1
    assert said.panel("crm")["state"] == "failed"
    assert said.panel("crm")["error"]["actor"] == "nobody"
    assert said.panel("calendar")["state"] != "failed"
    assert rep("brief", NAME).code == 0


def _titles(said: Said) -> set[str]:
    return {r["title"] for key in ("records", "candidates") for r in said.panel("calendar")[key]}


def test_garbage_in_one_event_costs_that_event(sample: Path, rep: Rep) -> None:
    before = rep("brief", NAME, "--format", "json")
    anna = sample / "calendars" / "anna.ics"
    text = anna.read_text(encoding="utf-8")
    broken = "BEGIN:VEVENT\r\nUID:broken@ons.example\r\nSUMMARY:Van Dijk Machinebouw\r\n"
    broken += "DTSTART:20269999T999999\r\nEND:VEVENT\r\n"
    anna.write_bytes(text.replace("BEGIN:VEVENT", f"{broken}BEGIN:VEVENT", 1).encode())
    after = rep("brief", NAME, "--format", "json")
    assert after.code == 0
    refused = [r for s in after.panel("calendar")["sections"] for r in s["refused"]]
    assert sum(r["count"] for r in refused) == 1
    assert "anna.ics" in refused[0]["where"]
    assert told(after.panel("calendar")["records"]) == told(before.panel("calendar")["records"])
    assert told(after.panel("crm")) == told(before.panel("crm"))


def test_garbage_in_one_row_costs_that_row(sample: Path, rep: Rep) -> None:
    before = rep("brief", NAME, "--format", "json")
    with closing(sqlite3.connect(sample / "crm.sqlite")) as crm, crm:
        crm.execute("UPDATE opportunity SET closes = 'hunter2-soon' WHERE title = 'Service 2027'")
    after = rep("brief", NAME, "--format", "json")
    assert after.code == 0
    gone = {r["title"] for r in before.panel("crm")["records"]} - {
        r["title"] for r in after.panel("crm")["records"]
    }
    assert gone == {"Service 2027"}
    refused = [r for s in after.panel("crm")["sections"] for r in s["refused"]]
    assert [r["count"] for r in refused] == [1]
    assert "hunter2" not in after.out + after.err
    assert told(after.panel("calendar")) == told(before.panel("calendar"))
