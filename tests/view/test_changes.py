"""A source that keeps two states of its persons: who is new, changed job, left; and what others say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from salesprep.adapter import Change, Failure, Kind, Participant, Person
from salesprep.briefing.model import (
    Attendee,
    Briefing,
    Contact,
    Customer,
    Differs,
    Found,
    Match,
    NewFace,
    Panel,
    Said,
    Section,
)
from salesprep.settings import Us
from salesprep.view.panel import panel
from salesprep.view.scan import scan_lines
from salesprep.view.voice import voice_for

OCTOBER = date(2026, 10, 18)
SAME = Match("same", "name")
NOTICE = "This file knows only people connected to you."

NEW = Change("new", OCTOBER)
HIRED = Change("new", OCTOBER, "Buyer", organisation_before="Kaas & Co")
PROMOTED = Change("position", OCTOBER, "Plant manager")
GONE = Change("left", OCTOBER, "Buyer", organisation_after="Kaas & Co")

Look = Callable[..., list[str]]


@pytest.fixture
def person(now: datetime) -> Callable[..., Person]:
    def made(name: str, position: str | None = None, change: Change | None = None, email: str = "") -> Person:
        return Person(
            id=name,
            title=name,
            fetched_at=now,
            no_url_reason="none",
            position=position,
            emails=(email,) if email else (),
            change=change,
            left=True if change is not None and change.what == "left" else None,
        )

    return made


@pytest.fixture
def briefing(now: datetime) -> Briefing:
    return Briefing(Customer("1", "Van Dijk"), now, 8.0, None, (), (), (), (), complete=True)


def persons(source: str, *found: Person, **more: object) -> Section:
    records = tuple(Found(source, each, SAME) for each in found)
    values = {"fetched_at": found[0].fetched_at if found else None, "total": len(found), **more}
    return Section(Kind.PERSON, "fresh" if found else "empty", records, **values)  # type: ignore[arg-type]


@pytest.fixture
def look(briefing: Briefing, us: Us, now: datetime) -> Look:
    """The panel of the source "club" beside a CRM, in lines without the spaces that fill them."""

    def drawn(
        *found: Person,
        crm: Section | None = None,
        why: bool = False,
        columns: int = 78,
        airy: bool = False,
        signals: tuple[Differs, ...] = (),
        contacts: tuple[Contact, ...] = (),
        **section: object,
    ) -> list[str]:
        made = persons("club", *found, as_of=datetime(2026, 11, 21, tzinfo=us.zone), notice=NOTICE, **section)
        panels = (
            Panel("crm", "CRM", "sql", "fresh", (crm,) if crm else (), fetched_at=now),
            Panel("club", "Club", "any", "fresh", (made,), fetched_at=now),
        )
        shown = replace(briefing, panels=panels, signals=signals, contacts=contacts)
        lines = panel(panels[1], voice_for(shown, us), columns, ruled=False, airy=airy, why=why)
        return [" ".join(line.text.split()) for line in lines]

    return drawn


Make = Callable[..., Person]


class TestWhoIsNew:
    def test_stands_first_and_since_which_file(self, look: Look, person: Make) -> None:
        told = look(person("T. Aarts", "Maintenance"), person("A. Yılmaz", "CFO", NEW))
        assert told[1:3] == ["New here since your file of 18 Oct", "A. Yılmaz CFO"]

    def test_comes_from_somewhere_if_the_older_file_knew(self, look: Look, person: Make) -> None:
        assert "K. Vos Buyer was Buyer at Kaas & Co" in look(person("K. Vos", "Buyer", HIRED))

    def test_is_not_in_the_crm_under_this_customer(self, look: Look, person: Make) -> None:
        crm = persons("crm", person("R. Smit", "COO"))
        told = look(person("A. Yılmaz", "CFO", NEW), person("R. Smit", "COO"), crm=crm)
        assert "A. Yılmaz CFO not in CRM here" in told
        assert "R. Smit COO" in told

    @pytest.mark.parametrize("more", [{"cursor": "50"}, {"state": "stale"}, {"refused": (1,)}])
    def test_nothing_is_said_of_a_crm_that_has_not_told_all(
        self, more: dict[str, object], look: Look, person: Make
    ) -> None:
        crm = replace(persons("crm", person("R. Smit")), **more)  # type: ignore[arg-type]
        assert "not in" not in " ".join(look(person("A. Yılmaz", "CFO", NEW), crm=crm))

    def test_nor_where_a_name_in_the_crm_could_be_theirs(self, look: Look, person: Make) -> None:
        crm = persons("crm", person("Ayşe Yılmaz"))
        assert "not in" not in " ".join(look(person("A. Yılmaz", "CFO", NEW), crm=crm))


class TestWhoChanged:
    def test_a_new_job_stands_beside_the_old_one(self, look: Look, person: Make) -> None:
        told = look(person("R. Smit", "COO", PROMOTED))
        assert told[1:3] == ["Changed job since your file of 18 Oct", "R. Smit COO was Plant manager"]

    def test_what_the_crm_says_is_not_said_twice(self, look: Look, person: Make) -> None:
        def differs(job: str) -> Differs:
            said = (Said("crm", job), Said("club", "COO"))
            return Differs(evidence=(), about="R. Smit", what="position", said=said)

        smit = person("R. Smit", "COO", PROMOTED)
        assert "CRM" not in " ".join(look(smit, signals=(differs("plant manager"),)))
        assert "CRM says: Operator" in " ".join(look(smit, signals=(differs("Operator"),)))

    def test_who_left_is_where_they_are_now_and_the_crm_still_has_them(
        self, look: Look, person: Make
    ) -> None:
        said = (Said("crm", "Buyer"), Said("club", "left"), Said("calendar", "invited"))
        differs = Differs(evidence=(), about="K. Vos", what="left", said=said)
        told = look(person("K. Vos", None, GONE), signals=(differs,))
        assert told[1] == "Left since your file of 18 Oct"
        assert told[2] == "K. Vos now at Kaas & Co CRM: still Buyer, Calendar: invited"

    def test_who_left_for_nobody_knows_where(self, look: Look, person: Make) -> None:
        assert "K. Vos left" in look(person("K. Vos", None, Change("left", OCTOBER)))

    def test_the_day_of_the_file_is_told_once(self, look: Look, person: Make) -> None:
        told = look(person("A", "CFO", NEW), person("B", "COO", PROMOTED), person("C", None, GONE))
        assert [line for line in told if "since" in line] == ["New here since your file of 18 Oct"]
        assert {"Changed job", "Left"} <= set(told)

    def test_unless_it_is_another_one(self, look: Look, person: Make) -> None:
        earlier = Change("left", date(2026, 6, 1))
        told = look(person("A", "CFO", NEW), person("C", None, earlier))
        assert "Left since your file of 1 Jun" in told


class TestWhoDidNotChange:
    def test_two_are_named_and_the_rest_counted(self, look: Look, person: Make) -> None:
        told = look(person("A", "CFO", NEW), *(person(f"P. Nr{n}") for n in range(6)))
        assert told[told.index("No change") :] == ["No change", "P. Nr0", "P. Nr1", "4 more", NOTICE]

    def test_those_whom_we_spoke_with_are_named(self, look: Look, person: Make, now: datetime) -> None:
        found = Found("crm", person("x"), SAME)
        talk = Contact(now, "phone", found, (), (Participant(name="P. Nr4"),))
        told = look(person("A", "CFO", NEW), *(person(f"P. Nr{n}") for n in range(6)), contacts=(talk,))
        assert told[told.index("No change") + 1] == "P. Nr4"

    def test_all_are_named_with_why(self, look: Look, person: Make) -> None:
        told = look(person("A", "CFO", NEW), *(person(f"P. Nr{n}") for n in range(6)), why=True)
        assert sum(line.startswith("P. Nr") for line in told) == 6
        assert "more" not in " ".join(told)

    def test_without_any_change_they_are_a_plain_list(self, look: Look, person: Make) -> None:
        told = look(person("R. Smit", "COO"), person("T. Aarts"))
        assert told == ["CLUB file of 21 Nov", "R. Smit COO", "T. Aarts", NOTICE]


class TestTheTitle:
    def test_counts_those_who_are_still_here(self, look: Look, person: Make) -> None:
        told = look(person("A", "CFO", NEW), person("B", "COO"), person("C", None, GONE))
        assert told[0] == "CLUB your 2 connections here file of 21 Nov"
        assert look(person("A", "CFO", NEW))[0] == "CLUB your 1 connection here file of 21 Nov"

    def test_never_counts_a_part(self, look: Look, person: Make) -> None:
        assert look(person("A", "CFO", NEW), cursor="50", total=None)[0] == "CLUB file of 21 Nov"
        assert look(person("A", "CFO", NEW), total=80)[0] == "CLUB 1 of 80 · file of 21 Nov"

    def test_puts_the_count_beneath_where_there_is_no_room(self, look: Look, person: Make) -> None:
        told = look(person("A", "CFO", NEW), person("B"), columns=34)
        assert told[:2] == ["CLUB file of 21 Nov", "your 2 connections here"]

    def test_says_of_a_file_of_today_that_it_is(self, briefing: Briefing, us: Us, person: Make) -> None:
        made = persons("club", person("A", "CFO", NEW), as_of=briefing.generated_at)
        given = Panel("club", "Club", "any", "fresh", (made,), fetched_at=briefing.generated_at)
        voice = voice_for(replace(briefing, panels=(given,)), us)
        assert panel(given, voice, 78, ruled=False, airy=False)[0].text.endswith("file of today")

    def test_a_file_that_cannot_be_read_now_says_from_when_its_rows_are(
        self, briefing: Briefing, us: Us, person: Make
    ) -> None:
        failure = Failure("bad_data", "the file is cut off", None, "user", retry=False, may_show_old=True)
        as_of = datetime(2026, 11, 21, tzinfo=us.zone)
        made = replace(persons("club", person("A", "CFO", NEW), as_of=as_of), state="stale", failure=failure)
        given = Panel("club", "Club", "any", "stale", (made,), failure=failure)
        voice = voice_for(replace(briefing, panels=(given,)), us)
        title, *told = (each.text.rstrip() for each in panel(given, voice, 78, ruled=False, airy=False))
        assert (title.split()[:4], title[-12:]) == (["CLUB", "cannot", "be", "read"], "as of 21 Nov")
        assert told.count("  the file is cut off; you mend it") == 1
        # The same of a kind of which there was nothing: told once, for both.
        more = Section(Kind.ACTIVITY, "failed", failure=failure)
        both = replace(given, sections=(made, more))
        assert [each.text.rstrip() for each in panel(both, voice, 78, ruled=False, airy=False)] == [
            title,
            *told,
        ]

    def test_leaves_room_between_groups_where_there_is_some(self, look: Look, person: Make) -> None:
        told = look(person("A", "CFO", NEW), person("B", "COO"), airy=True)
        assert told[1:] == [
            "New here since your file of 18 Oct",
            "A CFO",
            "",
            "No change",
            "B COO",
            "",
            NOTICE,
        ]


class TestAtTheTable:
    """What the head of a narrow screen tells of somebody is not told again below it."""

    @pytest.fixture
    def smit(self, person: Make) -> Attendee:
        positions = (
            Said("crm", "Plant manager", Found("crm", person("R. Smit", "Plant manager"), SAME)),
            Said("club", "COO", Found("club", person("R. Smit", "COO", PROMOTED), SAME)),
        )
        return Attendee("R. Smit", None, ours=False, positions=positions)

    @pytest.fixture
    def vos(self, person: Make) -> Attendee:
        said = Said("club", "Head of purchasing", Found("club", person("K. Vos", "Buyer", HIRED), SAME))
        return Attendee("K. Vos", None, ours=False, positions=(said,), first_time=True)

    def scanned(self, briefing: Briefing, us: Us, *, short: bool) -> list[str]:
        return [line.fact for line in scan_lines(briefing, voice_for(briefing, us), short=short)]

    def test_two_jobs_of_one_at_the_table(self, briefing: Briefing, us: Us, smit: Attendee) -> None:
        differs = Differs(evidence=(), about="R. Smit", what="position", said=smit.positions)
        told = replace(briefing, attendees=(smit,), signals=(differs,))
        assert self.scanned(told, us, short=True) == []
        assert self.scanned(told, us, short=False) == ["R. Smit: CRM says Plant manager, Club says COO"]

    def test_but_what_the_head_does_not_know_is(self, briefing: Briefing, us: Us, smit: Attendee) -> None:
        third = Differs(
            evidence=(),
            about="R. Smit",
            what="position",
            said=(*smit.positions, Said("wiki", "Director")),
        )
        gone = replace(third, what="left", said=smit.positions)
        for differs in (third, gone):
            assert self.scanned(replace(briefing, attendees=(smit,), signals=(differs,)), us, short=True)

    def test_a_new_face_comes_from_another_customer(self, briefing: Briefing, us: Us, vos: Attendee) -> None:
        face = NewFace(evidence=(), attendee=vos)
        told = replace(briefing, attendees=(vos,), signals=(face,))
        assert self.scanned(told, us, short=True) == []
        (fact,) = self.scanned(told, us, short=False)
        assert fact.startswith("K. Vos, Head of purchasing, was Buyer at Kaas & Co, is invited")
