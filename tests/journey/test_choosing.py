"""A namesake is asked about, decided on once, and stays away; and nothing of two sources lies in one file."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from salesprep.briefing.links import read_links

if TYPE_CHECKING:
    from tests.journey.conftest import Rep, Said

DUTCH, BELGIAN = "crm:1100", "crm:1101"


def ids(said: Said) -> set[str]:
    """All that a briefing shows, as facts or as candidates."""
    panels = said.json["panels"]
    return {f"{r['source']}:{r['id']}" for p in panels for key in ("records", "candidates") for r in p[key]}


def settle(rep: Rep) -> None:
    """The Dutch one is meant; neither the Belgian one nor the wiki's folder of that name is it."""
    assert rep("link", "confirm", "Visser", DUTCH).code == 0
    choices = rep("link", "choose", "Visser", "--format", "json").json["choices"]
    others = [choice["id"] for choice in choices if choice["id"] != DUTCH]
    assert BELGIAN in others
    assert rep("link", "reject", DUTCH, *others).code == 0


class TestANamesake:
    def test_is_asked_back_and_says_how_it_is_decided(self, sample: Path, rep: Rep) -> None:
        said = rep("brief", "Visser")
        assert said.code == 2
        assert DUTCH in said.err
        assert BELGIAN in said.err
        assert "salesprep link choose Visser" in said.err

    def test_once_rejected_stays_away_from_every_screen(self, sample: Path, rep: Rep) -> None:
        settle(rep)
        for name in ("Visser", "Visser Techniek", "Visser Techniek B.V.", DUTCH):
            said = rep("brief", name, "--format", "json")
            assert said.code == 0, name
            assert said.json["customer"]["id"] == DUTCH
            assert ids(said) & {BELGIAN} == set()
            assert "genk" not in said.out.casefold()
            for panel in said.json["panels"]:
                assert all(r["keys"]["account_id"] != "1101" for r in panel["records"] + panel["candidates"])
        contacts = rep("contacts", DUTCH, "--format", "json")
        assert '"1101"' not in contacts.out

    def test_is_there_again_once_that_is_forgotten(self, sample: Path, rep: Rep) -> None:
        settle(rep)
        assert rep("link", "forget", DUTCH).code == 0
        assert rep("brief", "Visser").code == 2

    def test_asked_why_tells_the_id_to_decide_on(self, sample: Path, rep: Rep) -> None:
        rep("link", "confirm", "Visser", DUTCH)
        said = rep("brief", DUTCH, "--why", width=100)
        told = " ".join(said.out.split())
        assert f"{BELGIAN} ·" in told
        assert "against it: " in told
        assert "your own decision on account 1100" in told
        assert f"salesprep link choose {DUTCH}" in told


class TestTheCommandsThatAreShown:
    @pytest.mark.parametrize(
        "name", ["Visser", "berghout", "bouw", "techniek", "Kaas & Co", "Van Dijk Machinebouw GmbH"]
    )
    def test_are_taken_as_they_stand(self, name: str, sample: Path, rep: Rep, own_machine: Path) -> None:
        rows = map(str.strip, rep("link", "choose", name, width=200).out.splitlines())
        commands = [shlex.split(row)[1:] for row in rows if row.startswith("salesprep ")]
        assert commands
        for command in commands:
            said = rep(*command)
            assert said.code == 0, (command, said.err)
            (own_machine / "state" / "links.toml").unlink()


class TestADoubtfulVisit:
    def test_once_confirmed_is_on_the_agenda_with_its_customer(self, sample: Path, rep: Rep) -> None:
        before = rep("agenda", "--format", "json").json
        (visit,) = [v for v in before["visits"] if v["title"] == "bezoek Berghout"]
        assert visit["customer"] is None
        target = f"{visit['source']}/meeting:{visit['id'].partition('#')[0]}"
        candidates = rep("link", "choose", "Berghout Bouw", "--format", "json").json["choices"]
        (choice,) = [c for c in candidates if c["kind"] == "meeting"]
        assert choice["title"] == "bezoek Berghout", target
        assert rep("link", "confirm", "Berghout Bouw", choice["id"]).code == 0
        after = rep("agenda", "--format", "json").json
        (visit,) = [v for v in after["visits"] if v["title"] == "bezoek Berghout"]
        assert visit["customer"]["name"] == "Berghout Bouw B.V."
        assert "which customer" not in rep("agenda").out


class TestNothingWasMerged:
    def test_every_file_is_listed_with_one_source_and_only_links_name_several(
        self, sample: Path, rep: Rep, own_machine: Path
    ) -> None:
        rep("brief", "Van Dijk Machinebouw")
        rep("link", "confirm", "Van Dijk Machinebouw", "crm:1042")
        told = json.loads(rep("sources", "kept", "--format", "json").out)
        listed = {Path(one["path"]): one for one in told["files"]}
        assert set(listed) == {path for path in own_machine.rglob("*") if not path.is_dir()}
        assert all(one["what"] != "unknown" for one in listed.values())
        assert all(one["source"] for one in listed.values() if one["what"] in ("index", "sample"))
        of_none = {one["what"] for one in listed.values() if one["source"] is None}
        assert of_none <= {"links", "history", "lock", "audit", "log"}
        customer = "van dijk machinebouw"
        holding = {one["what"] for path, one in listed.items() if customer in _text(path)}
        assert holding <= {"index", "sample", "links", "history", "audit"}
        (remembered,) = read_links(own_machine / "state" / "links.toml").customers
        assert [k.native_id for k in remembered.links] == ["1042"]


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace").casefold()
