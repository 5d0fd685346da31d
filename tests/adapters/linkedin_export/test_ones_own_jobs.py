"""Where the member worked before: said of a customer who was their employer once, and never of their own."""

from __future__ import annotations

from typing import Any

import pytest

Desk = Any
HEADER = "Company Name,Title,Description,Location,Started On,Finished On\n"


@pytest.fixture
def worked(desk: Desk, profile: str) -> Any:
    def write(*jobs: str, **settings: Any) -> None:
        positions = HEADER + "\n".join(jobs) + "\n"
        desk.export(desk.row("Ewa Nowak", "Acme"), Positions=positions, Profile=profile)
        desk.opens(**settings)

    return write


class TestAFormerEmployer:
    def test_is_told_with_the_time_there(self, desk: Desk, worked: Any) -> None:
        worked("Kaas & Co,Trainee,,Gouda,Jan 2019,Mar 2021", owner="anna@ons.example")
        (you,) = desk.people("Kaas & Co B.V.")
        assert (you.title, you.left, you.position) == ("Anna Bakker", True, None)
        assert you.fields == {"You worked here": "Trainee, Jan 2019 to Mar 2021"}
        assert you.emails == ("anna@ons.example",)
        assert (you.started, you.url) == (None, None)
        (account,) = desk.find("Kaas & Co B.V.").records
        assert you.keys.account_id == account.id

    def test_with_several_jobs_is_told_once(self, desk: Desk, worked: Any) -> None:
        worked("Acme,Trainee,,,Jan 2019,Mar 2020", "ACME Ltd,,,,Mar 2020,Mar 2021", "Acme,Clerk,,,,Apr 2021")
        ewa, you = desk.people("Acme")
        assert ewa.title == "Ewa Nowak"
        assert you.fields["You worked here"] == (
            "Trainee, Jan 2019 to Mar 2020; Mar 2020 to Mar 2021; Clerk, until Apr 2021"
        )


class TestOnesOwnEmployer:
    def test_is_not_told(self, desk: Desk, worked: Any) -> None:
        worked("Acme,Trainee,,,Jan 2019,Mar 2020", "Acme,Account manager,,,Mar 2020,")
        assert [person.title for person in desk.people("Acme")] == ["Ewa Nowak"]
