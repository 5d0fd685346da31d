"""Links that are not what they were: ``link list --check``, the briefing, and how they are mended."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from salesprep.briefing.links import read_links
from salesprep.cli.exits import Exit
from tests.cli.link.said import Type

Write = Callable[..., Path]


@pytest.fixture
def file(file: Path) -> Path:
    """Of four links one is as it was, one is gone, one is somebody else's by now, one has no source."""
    file.parent.mkdir(parents=True)
    links: tuple[tuple[str, str, str, str, list[str]], ...] = (
        ("vd", "Van Dijk Machinebouw B.V.", "crm", "1042", ["name Van Dijk Machinebouw"]),
        ("weg", "Weg B.V.", "crm", "7777", ["name Weg B.V.", "domain weg.example"]),
        ("zeta", "Zeta B.V.", "crm", "2001", ["name Zeta B.V.", "domain zeta.example"]),
        ("oud", "Oud B.V.", "erp", "1", []),
    )
    file.write_text(
        "\n".join(
            f'[[customer]]\nid = "{id}"\nname = "{name}"\n[[customer.link]]\nsource = "{source}"\n'
            f'native_id = "{native_id}"\nverdict = "is"\nby = "anna@ons.example"\n'
            f'at = 2026-11-02T10:00:00Z\nhow = "asked"\non = {json.dumps(on)}\n'
            for id, name, source, native_id, on in links
        ),
        encoding="utf-8",
    )
    return file


class TestTheList:
    def test_tells_of_each_confirmed_account_whether_it_is_still_the_same(
        self, types: Type, file: Path
    ) -> None:
        said = types("link", "list", "--check")
        assert said.code is Exit.DONE
        assert "still there, under that name" in said.text
        assert "crm:7777, which was Weg B.V., weg.example, is not there any more" in said.text
        assert "salesprep link forget weg crm:7777" in said.text
        assert "crm:2001 was Zeta B.V., zeta.example when it was confirmed" in said.text
        assert (
            "is Berghout Advies, berghout-advies.example now; salesprep link confirm zeta crm:2001"
            in said.text
        )
        assert "there is no source of that name any more" in said.text

    def test_tells_programs_the_same(self, types: Type, file: Path) -> None:
        told = types("link", "list", "--check", "--format", "json").json
        states = {customer["id"]: customer["links"][0]["check"] for customer in told["customers"]}
        assert states == {"vd": "there", "weg": "gone", "zeta": "moved", "oud": "no_source"}

    def test_names_the_account_that_is_like_one_that_is_gone(self, types: Type, file: Path) -> None:
        text = file.read_text(encoding="utf-8").replace('"name Weg B.V."', '"name Berghout Bouw"')
        file.write_text(text, encoding="utf-8")
        said = types("link", "list", "weg", "--check")
        assert "crm:7777 is not there any more, but crm:2002 is like it" in said.text
        assert "salesprep link confirm weg crm:2002" in said.text

    def test_asks_nothing_unless_it_is_told_to(
        self, types: Type, file: Path, settings: Write, tmp_path: Path
    ) -> None:
        asked = tmp_path / "asked"
        quiet = settings(f'[sources.crm]\nadapter = "demo"\nasked = "{asked.as_posix()}"\n')
        assert "not there any more" not in types("link", "list", settings=quiet).text
        assert not asked.exists()

    def test_takes_a_source_that_fails_as_no_proof(self, types: Type, file: Path, settings: Write) -> None:
        down = settings('[sources.crm]\nadapter = "demo"\nmode = "down"\n')
        said = types("link", "list", "--check", settings=down)
        assert said.code is Exit.IN_PART
        assert "not there any more" not in said.text
        assert "could not be looked up" in said.text
        assert "the demo is closed" in said.err


class TestTheBriefing:
    def test_flags_it_with_the_mend_in_its_panel(self, types: Type, file: Path) -> None:
        said = types("brief", "Weg B.V.")
        assert "crm:7777, which was Weg B.V., weg.example, is not there any more" in said.text
        (panel,) = types("brief", "zeta", "--format", "json").json["panels"]
        assert panel["flags"] == [
            {
                "id": "crm:2001",
                "what": "moved",
                "then": "Zeta B.V., zeta.example",
                "now": "Berghout Advies, berghout-advies.example",
            }
        ]

    @pytest.mark.parametrize("format", ["md", "html"])
    def test_flags_it_on_a_page_too(self, types: Type, file: Path, format: str) -> None:
        said = types("brief", "Weg B.V.", "--format", format)
        assert "which was Weg B.V., weg.example, is not there any more" in said.text.replace("\\", "")

    def test_is_quiet_once_it_is_confirmed_anew(self, types: Type, file: Path) -> None:
        assert types("link", "confirm", "zeta", "crm:2001").code is Exit.DONE
        (panel,) = types("brief", "zeta", "--format", "json").json["panels"]
        assert panel["flags"] == []
        (link,) = next(c for c in read_links(file).customers if c.id == "zeta").links
        assert link.on == ("name Berghout Advies", "domain berghout-advies.example")
