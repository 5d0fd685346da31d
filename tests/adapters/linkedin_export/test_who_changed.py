"""Several exports of different days: who is new, who left, who has another job. Never on which day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from salesprep.adapter import Change, Kind

Desk = Any
HERE, ELSEWHERE = "Van Dijk Machinebouw", "Kaas & Co"
FIRST, MIDDLE = date(2026, 9, 5), date(2026, 10, 18)
NAMES = (
    "Basic_LinkedInDataExport_09-05-2026.zip",
    "Basic_LinkedInDataExport_10-18-2026.zip",
    "Complete_LinkedInDataExport_11-21-2026.zip",
)


def exports(desk: Desk, *states: tuple[str, str] | None, who: str = "Karin Vos", **columns: str) -> None:
    """One export for each state (company and position), from the oldest to the newest; others stay put."""
    for name, state in zip(NAMES[-len(states) :], states, strict=True):
        rows = [desk.row("Tom Aarts", HERE, "Maintenance")]
        if state is not None:
            rows.append(desk.row(who, *state, **columns))
        desk.export(*rows, name=name)


def karin(desk: Desk, organisation: str) -> Any:
    """Her record with that organisation, or ``None``."""
    found = [person for person in desk.people(organisation) if person.title == "Karin Vos"]
    assert len(found) <= 1
    return found[0] if found else None


class TestSomebodyWhoJoined:
    def test_from_another_employer_is_new_since_the_older_file(self, desk: Desk) -> None:
        exports(desk, (ELSEWHERE, "Planner"), (HERE, "Buyer"))
        person = karin(desk, HERE)
        assert person.change == Change("new", MIDDLE, "Planner", organisation_before=ELSEWHERE)
        assert (person.position, person.left, person.started) == ("Buyer", None, None)

    def test_whose_address_was_not_there_before_is_new(self, desk: Desk) -> None:
        exports(desk, None, (HERE, "Buyer"))
        assert karin(desk, HERE).change == Change("new", MIDDLE)

    def test_stands_before_those_who_did_not_change(self, desk: Desk) -> None:
        exports(desk, None, (HERE, "Buyer"))
        assert [person.title for person in desk.people(HERE)] == ["Karin Vos", "Tom Aarts"]


class TestSomebodyWhoLeft:
    def test_is_told_at_the_old_employer_with_the_new_one(self, desk: Desk) -> None:
        exports(desk, (HERE, "Buyer"), (ELSEWHERE, "Planner"))
        person = karin(desk, HERE)
        assert person.change == Change("left", MIDDLE, "Buyer", organisation_after=ELSEWHERE)
        assert (person.left, person.position) == (True, None)
        assert person.keys.organisation == HERE
        assert person.keys.account_id == desk.find(HERE).records[0].id
        assert person.url == "https://www.linkedin.com/in/karin-vos-invented"
        assert karin(desk, ELSEWHERE).id != person.id

    def test_and_names_no_employer_now_has_left_for_nowhere_known(self, desk: Desk) -> None:
        exports(desk, (HERE, "Buyer"), ("", ""))
        assert karin(desk, HERE).change == Change("left", MIDDLE, "Buyer")

    def test_an_organisation_where_nobody_is_any_more_is_found_still(self, desk: Desk) -> None:
        exports(desk, (ELSEWHERE, "Planner"), (HERE, "Buyer"))
        assert [account.title for account in desk.find(ELSEWHERE).records] == [ELSEWHERE]
        assert karin(desk, ELSEWHERE).left is True

    def test_who_vanished_from_the_file_is_not_said_to_have_left(self, desk: Desk) -> None:
        exports(desk, (HERE, "Buyer"), None)
        assert karin(desk, HERE) is None
        assert [person.change for person in desk.people(HERE)] == [None]


class TestAnotherJob:
    def test_with_the_same_employer_is_told(self, desk: Desk) -> None:
        exports(desk, (HERE, "Plant manager"), (HERE, "COO"))
        person = karin(desk, HERE)
        assert person.change == Change("position", MIDDLE, "Plant manager")
        assert person.position == "COO"

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ((HERE, "Buyer"), (HERE, "Buyer")),
            ((HERE, "Buyer"), (f"{HERE} B.V.", "Buyer")),
            ((HERE, "Buyer"), (f"{HERE.upper()} ", "BUYER")),
            ((f"{HERE}  BV", "Buyer"), (f"{HERE} b.v.", "buyer ")),
            (("Kaas &amp; Co", "Buyer"), ("Kaas en Co", "Buyer")),
            ((HERE, ""), (HERE, "Buyer")),
            ((HERE, "Buyer"), (HERE, "")),
        ],
    )
    def test_is_not_read_into_another_spelling_or_an_empty_cell(
        self, desk: Desk, before: tuple[str, str], after: tuple[str, str]
    ) -> None:
        exports(desk, before, after)
        company = ELSEWHERE if "Kaas" in after[0] else HERE
        person = karin(desk, company)
        assert (person.change, person.left) == (None, None)


class TestThreeExports:
    def test_tell_a_change_against_the_nearest_that_differs(self, desk: Desk) -> None:
        exports(desk, (ELSEWHERE, "Planner"), (HERE, "Buyer"), (HERE, "Buyer"))
        assert karin(desk, HERE).change == Change("new", FIRST, "Planner", organisation_before=ELSEWHERE)
        assert karin(desk, ELSEWHERE).change == Change("left", FIRST, "Planner", organisation_after=HERE)

    def test_of_two_changes_tell_the_later(self, desk: Desk) -> None:
        exports(desk, (HERE, "Trainee"), (HERE, "Buyer"), (HERE, "COO"))
        assert karin(desk, HERE).change == Change("position", MIDDLE, "Buyer")

    def test_tell_both_former_employers(self, desk: Desk) -> None:
        exports(desk, (HERE, "Buyer"), (ELSEWHERE, "Planner"), ("Acme", "COO"))
        assert karin(desk, HERE).change == Change("left", FIRST, "Buyer", organisation_after="Acme")
        assert karin(desk, ELSEWHERE).change == Change("left", MIDDLE, "Planner", organisation_after="Acme")

    def test_who_came_back_is_new_and_has_not_left(self, desk: Desk) -> None:
        exports(desk, (HERE, "Buyer"), (ELSEWHERE, "Planner"), (HERE, "COO"))
        person = karin(desk, HERE)
        assert (person.left, person.change.what, person.change.since) == (None, "new", MIDDLE)

    def test_who_was_hidden_in_the_middle_one_is_not_new(self, desk: Desk) -> None:
        exports(desk, (HERE, "Buyer"), None, (HERE, "Buyer"))
        assert karin(desk, HERE).change is None

    def test_who_changed_while_hidden_changed_since_they_were_seen(self, desk: Desk) -> None:
        exports(desk, (ELSEWHERE, "Planner"), None, (HERE, "Buyer"))
        assert karin(desk, HERE).change == Change("new", FIRST, "Planner", organisation_before=ELSEWHERE)

    def test_who_came_with_the_middle_one_is_new_since_the_first(self, desk: Desk) -> None:
        exports(desk, None, (HERE, "Buyer"), (HERE, "Buyer"))
        assert karin(desk, HERE).change == Change("new", FIRST)


class TestTwoOrganisationsThatAUserTookForOne:
    def test_a_move_between_them_is_no_change(self, desk: Desk) -> None:
        exports(desk, ("VDM", "Buyer"), (HERE, "Buyer"))
        ids = [desk.find(name).records[0].id for name in ("VDM", HERE)]
        (person,) = [person for person in desk.people(ids=ids) if person.title == "Karin Vos"]
        assert (person.change, person.left) == (None, None)


class TestExportsWithoutAddresses:
    """As they were before the middle of 2023."""

    def old(self, desk: Desk, *rows: list[str], name: str) -> None:
        header = ("First Name", "Last Name", "Email Address", "Company", "Position", "Connected On")
        table = desk.table(header, [(*row[:2], *row[3:]) for row in rows])
        desk.zip(name, {"Connections.csv": table})

    def test_are_read(self, desk: Desk, older: str) -> None:
        self.old(desk, desk.row("Karin Vos", HERE), name=older)
        assert karin(desk, HERE).no_url_reason

    def test_tell_differences_by_a_name_that_is_there_once(self, desk: Desk, older: str) -> None:
        self.old(desk, desk.row("Karin Vos", ELSEWHERE), desk.row("Tom Aarts", HERE), name=older)
        desk.export(desk.row("Karin Vos", HERE), desk.row("Tom Aarts", HERE))
        assert karin(desk, HERE).change.organisation_before == ELSEWHERE

    def test_tell_nothing_of_namesakes(self, desk: Desk, older: str) -> None:
        self.old(desk, desk.row("Karin Vos", ELSEWHERE), desk.row("KARIN Vos", "Acme"), name=older)
        desk.export(desk.row("Karin Vos", HERE))
        assert karin(desk, HERE).change is None

    def test_tell_nothing_where_the_newer_one_has_namesakes(self, desk: Desk, older: str) -> None:
        self.old(desk, desk.row("Karin Vos", ELSEWHERE), name=older)
        desk.export(desk.row("Karin Vos", HERE), desk.row("Karin Vos", "Acme", slug="another-invented"))
        assert karin(desk, HERE).change is None

    def test_do_not_make_new_whom_they_may_have_under_another_name(self, desk: Desk, older: str) -> None:
        self.old(desk, desk.row("Karin de Wit", HERE), name=older)
        desk.export(desk.row("Karin Vos", HERE))
        assert karin(desk, HERE).change is None


class TestWhichExportIsTheNewest:
    def test_is_told_by_its_name_whatever_the_order_in_the_settings(self, desk: Desk) -> None:
        exports(desk, (ELSEWHERE, "Planner"), (HERE, "Buyer"))
        for names in (NAMES[1:], NAMES[:0:-1]):
            desk.opens(*(desk.folder / name for name in names))
            assert karin(desk, HERE).change.what == "new"
            assert desk.fetch(Kind.PERSON, HERE).as_of.date() == date(2026, 11, 21)

    def test_is_told_by_the_days_in_it_if_the_name_says_nothing(self, desk: Desk) -> None:
        desk.export(desk.row("Karin Vos", HERE, on="01 Oct 2026"), name="zzz.zip")
        desk.export(desk.row("Karin Vos", ELSEWHERE, on="01 Nov 2026"), name="aaa.zip")
        assert karin(desk, ELSEWHERE).change.since == date(2026, 10, 1)
        assert desk.fetch(Kind.PERSON, HERE).as_of.date() == date(2026, 11, 1)

    def test_is_told_by_the_folder_inside_a_zip_that_was_packed_again(self, desk: Desk) -> None:
        inner = "Basic_LinkedInDataExport_10-18-2026/Connections.csv"
        desk.zip("LinkedIn.zip", {inner: desk.connections(desk.row("Karin Vos", ELSEWHERE))})
        desk.export(desk.row("Karin Vos", HERE))
        assert karin(desk, HERE).change.since == MIDDLE

    def test_a_day_in_the_future_is_not_believed(self, desk: Desk) -> None:
        desk.export(desk.row("Karin Vos", HERE, on="02 Sep 2020"), name="LinkedInDataExport_11-21-2062.zip")
        assert desk.fetch(Kind.PERSON, HERE).as_of.date() == date(2020, 9, 2)

    def test_two_of_one_day_tell_no_difference(self, desk: Desk) -> None:
        desk.export(desk.row("Karin Vos", ELSEWHERE), name="Basic_LinkedInDataExport_11-21-2026.zip")
        desk.export(desk.row("Karin Vos", HERE), name="Complete_LinkedInDataExport_11-21-2026.zip")
        person = karin(desk, HERE) or karin(desk, ELSEWHERE)
        assert person.change is None

    def test_with_two_nothing_is_said_of_a_second_file(self, desk: Desk) -> None:
        exports(desk, (HERE, "Buyer"), (HERE, "Buyer"))
        assert desk.find(HERE).notice == "This file knows only people connected to you."
