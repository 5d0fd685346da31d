"""What ``salesprep add`` is told of a file or folder: whether it is an export, and whose."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from adapters.linkedin_export.adapter import LinkedInExport
from salesprep.adapter import BadData
from salesprep.adapter.proposal import Given, Proposal

Desk = Any
EMAILS = (
    "Email Address,Confirmed,Primary,Updated On\n"
    "old@elsewhere.example,No,No,x\nanna@gmail.com,Yes,No,x\nAnna@ons.example,Yes,Yes,x\n"
)


def recognise(desk: Desk, path: Path) -> tuple[Proposal, ...]:
    head = path.read_bytes()[: 64 * 1024] if path.is_file() else b""
    return LinkedInExport.recognise(Given(path=path, head=head, now=desk.now, deadline=time.monotonic() + 30))


class TestAnExport:
    def test_is_proposed_with_the_people_in_it_and_whose_it_is(self, desk: Desk, profile: str) -> None:
        path = desk.export(
            desk.row("Ruben Smit", "Van Dijk"),
            desk.row("Tom Aarts", "Acme"),
            ["", "", "", "", "", "", "30 Jun 2018"],
            Profile=profile,
            Email_Addresses=EMAILS,
        )
        (proposal,) = recognise(desk, path)
        assert (proposal.name, proposal.title, proposal.sure) == ("linkedin", "LinkedIn", "certain")
        assert proposal.what == "your LinkedIn file, 2 people"
        assert (proposal.config, proposal.unites) == ({"exports": [str(path)]}, "exports")
        assert proposal.me.name == "Anna Bakker"
        assert proposal.me.emails == ("anna@ons.example", "anna@gmail.com")
        assert proposal.me.domains == ("ons.example",)
        assert "second file" in (proposal.notice or "")

    def test_works_with_the_settings_that_are_proposed(self, desk: Desk) -> None:
        (proposal,) = recognise(desk, desk.export(desk.row("Ruben Smit", "Van Dijk")))
        config = LinkedInExport.Config.model_validate(proposal.config, context={"settings": Path()})
        desk.adapter = LinkedInExport(config)
        assert [person.title for person in desk.people("Van Dijk")] == ["Ruben Smit"]

    def test_unpacked_is_one_too(self, desk: Desk) -> None:
        (desk.folder / "Connections.csv").write_text(desk.connections(desk.row("Ruben Smit", "Van Dijk")))
        (proposal,) = recognise(desk, desk.folder)
        assert proposal.what == "your LinkedIn file, 1 person"

    @pytest.mark.parametrize("name", ["Connections.csv", "contacts of mine.csv"])
    def test_of_the_connections_alone_is_known_by_what_is_in_it(self, desk: Desk, name: str) -> None:
        path = desk.folder / name
        path.write_text(desk.connections(desk.row("Ruben Smit", "Van Dijk")))
        assert len(recognise(desk, path)) == 1

    def test_of_which_half_arrived_says_what_to_do(self, desk: Desk) -> None:
        path = desk.export(*(desk.row(f"P{n} Invented", "Acme") for n in range(200)), name="download.zip")
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        with pytest.raises(BadData) as caught:
            recognise(desk, path)
        assert caught.value.mend == "download it again from LinkedIn"


class TestAnythingElse:
    def test_is_not_proposed(self, desk: Desk) -> None:
        csv = desk.folder / "Connections.csv"
        csv.write_text("name;place\nVan Dijk;Eindhoven\n")
        other = desk.folder / "table.txt"
        other.write_text(desk.connections(desk.row("Ruben Smit", "Van Dijk")))
        with zipfile.ZipFile(desk.folder / "accounts.xlsx", "w") as file:
            file.writestr("xl/workbook.xml", "<x/>")
        broken = desk.folder / "holiday.zip"
        broken.write_bytes(b"PK\x03\x04beach.jpg")
        for path in (csv, other, desk.folder / "accounts.xlsx", broken):
            assert recognise(desk, path) == ()

    def test_a_folder_of_other_things_is_not(self, desk: Desk) -> None:
        desk.zip("holiday.zip", {"beach.jpg": b"x"})
        assert recognise(desk, desk.folder) == ()
        assert LinkedInExport.recognise(Given(url="https://a.example/x", now=desk.now, deadline=0.0)) == ()
