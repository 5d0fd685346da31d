"""Who is there: one line for each person, every source's word beside the others, nothing merged."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from salesprep.adapter import Change, Kind
from salesprep.briefing.model import Differs, NewFace
from salesprep.briefing.reach import Reach
from salesprep.briefing.roster import Roster, roster

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Source, Stage

    VanDijk = Callable[..., tuple[Source, Source]]

NAME = "Van Dijk Machinebouw"
MAIL = "r.smit@vandijk.example"


@pytest.fixture
def linkedin(stage: Stage, make: Make) -> Callable[..., Source]:
    """A second source of persons, who hang under the customer by their own domain."""

    def build(*people: Any, **more: Any) -> Source:
        return stage.source("linkedin", Kind.PERSON, records=list(people), **more)

    return build


@pytest.fixture
def look(stage: Stage) -> Callable[..., Any]:
    async def ask(reach: Reach | None = None) -> Roster:
        return roster(await stage.briefing(NAME, reach=reach))

    return ask


def told(found: Roster) -> list[tuple[str, list[str]]]:
    return [(e.name, [f"{f.source}:{f.record.id}" for f in e.found]) for e in found.entries]


class TestOneLine:
    async def test_for_an_equal_name(self, look: Any, van_dijk: VanDijk, linkedin: Any, make: Make) -> None:
        van_dijk(make.person("1", "R. Smit"))
        linkedin(make.person("l", "r smit", None, MAIL))
        assert told(await look()) == [("R. Smit", ["crm:1", "linkedin:l"])]

    async def test_for_an_equal_address_whatever_the_name(
        self, look: Any, van_dijk: VanDijk, linkedin: Any, make: Make
    ) -> None:
        van_dijk(make.person("1", "Rob Smit", "1", MAIL.upper()))
        linkedin(make.person("l", "R.J. Smit-Bakker", None, MAIL))
        assert told(await look()) == [("Rob Smit", ["crm:1", "linkedin:l"])]

    async def test_for_an_equal_profile(
        self, look: Any, van_dijk: VanDijk, linkedin: Any, make: Make
    ) -> None:
        van_dijk(make.person("1", "Rob Smit", handles=("https://www.linkedin.com/in/RSmit/",)))
        linkedin(make.person("l", "R. S.", None, MAIL, handles=("linkedin.com/in/rsmit?trk=x",)))
        assert told(await look()) == [("Rob Smit", ["crm:1", "linkedin:l"])]

    async def test_not_for_an_equal_user_name_that_names_no_place(
        self, look: Any, van_dijk: VanDijk, linkedin: Any, make: Make
    ) -> None:
        van_dijk(make.person("1", "Rob Smit", handles=("rsmit",)))
        linkedin(make.person("l", "Roos Smit", None, MAIL, handles=("rsmit",)))
        assert len(told(await look())) == 2

    async def test_not_for_an_address_that_several_share(
        self, look: Any, van_dijk: VanDijk, linkedin: Any, make: Make
    ) -> None:
        info = "info@vandijk.example"
        van_dijk(make.person("1", "Rob Smit", "1", info), make.person("2", "Karin Vos", "1", info))
        linkedin(make.person("l", "Piet Aarts", None, info))
        assert [ids for _, ids in told(await look())] == [["crm:1"], ["crm:2"], ["linkedin:l"]]

    async def test_not_for_a_family_name_alone(
        self, look: Any, van_dijk: VanDijk, linkedin: Any, make: Make
    ) -> None:
        van_dijk(make.person("1", "Smit"))
        linkedin(make.person("l", "Smit", None, MAIL))
        assert len(told(await look())) == 2

    async def test_who_may_be_the_same_is_named(
        self, look: Any, van_dijk: VanDijk, linkedin: Any, make: Make
    ) -> None:
        van_dijk(make.person("1", "R. Smit"), make.person("2", "Karin Vos"))
        linkedin(make.person("l", "Rob Smit", None, MAIL))
        found = await look()
        assert [[f.record.id for f in e.perhaps] for e in found.entries] == [["l"], [], ["1"]]
        (doubt,) = found.entries[0].doubts
        assert [b.what for b in doubt.why] == ["initials"]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos"),
            ("Kees de Groot", "Cornelis de Groot"),
            ("Anna Smit-de Vries", "Anna Smit"),
            ("Jan van der Berg", "Berg, Jan v.d."),
            ("Jörg Weiß", "Joerg WEISS"),
        ],
    )
    async def test_for_a_name_that_is_written_in_another_way(
        self, look: Any, van_dijk: VanDijk, linkedin: Any, make: Make, one: str, other: str
    ) -> None:
        van_dijk(make.person("1", one), make.person("2", "Karin Vos"))
        linkedin(make.person("l", other, None, MAIL))
        found = await look()
        assert told(found) == [(one, ["crm:1", "linkedin:l"]), ("Karin Vos", ["crm:2"])]
        assert [f.record.title for f in found.entries[0].found] == [one, other]
        (tie,) = found.entries[0].ties
        assert (tie.found.record.id, tie.to.record.id if tie.to else None) == ("l", "1")

    async def test_not_for_a_short_name_that_is_somebody_elses_here_too(
        self, look: Any, van_dijk: VanDijk, linkedin: Any, make: Make
    ) -> None:
        van_dijk(make.person("1", "Cornelis Smit"), make.person("2", "Kees Smit", "1", "k@vandijk.example"))
        linkedin(make.person("l", "Kees Smit", None, MAIL))
        assert [ids for _, ids in told(await look())] == [["crm:1"], ["crm:2"], ["linkedin:l"]]

    async def test_not_for_the_address_of_a_desk(
        self, look: Any, van_dijk: VanDijk, linkedin: Any, make: Make
    ) -> None:
        van_dijk(make.person("1", "Rob Smit", "1", "verkoop@vandijk.example"))
        linkedin(make.person("l", "Piet Aarts", None, "verkoop@vandijk.example"))
        found = await look()
        assert len(found.entries) == 2
        assert not any(e.perhaps for e in found.entries)


class TestWhatIsNew:
    async def test_those_that_changed_come_first(
        self, look: Any, van_dijk: VanDijk, linkedin: Any, make: Make
    ) -> None:
        since = make.day(-36)
        van_dijk(make.person("1", "T. Aarts"), make.person("2", "K. Vos", position="Buyer"))
        linkedin(
            make.person("a", "K. Vos", None, "k@vandijk.example", change=Change("left", since), left=True),
            make.person("b", "R. Smit", None, MAIL, change=Change("position", since, "Plant manager")),
            make.person("c", "A. Yılmaz", None, "a@vandijk.example", change=Change("new", since)),
        )
        found = await look()
        assert [(e.name, e.news) for e in found.entries] == [
            ("A. Yılmaz", "new"),
            ("R. Smit", "position"),
            ("K. Vos", "left"),
            ("T. Aarts", None),
        ]
        assert [s.what for s in found.entries[2].differs] == ["left"]

    async def test_left_is_left_though_only_the_change_tells_it(
        self, look: Any, van_dijk: VanDijk, make: Make
    ) -> None:
        van_dijk(make.person("1", "K. Vos", change=Change("left", make.day(-36))))
        assert [e.news for e in (await look()).entries] == ["left"]

    async def test_a_source_that_still_has_them_contradicts_one_that_says_left(
        self, stage: Stage, van_dijk: VanDijk, linkedin: Any, make: Make
    ) -> None:
        van_dijk(make.person("1", "K. Vos", position="Buyer"))
        linkedin(make.person("a", "K. Vos", None, MAIL, change=Change("left", make.day(-36))))
        (signal,) = [s for s in (await stage.briefing(NAME)).signals if isinstance(s, Differs)]
        assert [(s.source, s.value) for s in signal.said] == [("crm", "Buyer"), ("linkedin", "left")]


class TestANewFace:
    @pytest.mark.parametrize(("what", "expected"), [("new", ["A. Yılmaz"]), ("position", [])])
    async def test_is_one_whom_a_keeper_of_people_knows_as_new_only(
        self, stage: Stage, van_dijk: VanDijk, make: Make, what: Any, expected: list[str]
    ) -> None:
        guest = "A. Yılmaz <a.yilmaz@vandijk.example>"
        van_dijk(make.person("1", "R. Smit"), meetings=[make.meeting("m", "Bezoek", guest)])
        person = make.person(
            "l", "A. Yılmaz", "9", "a.yilmaz@vandijk.example", change=Change(what, make.day(-36))
        )
        account = make.account("9", "Van Dijk Machinebouw B.V.", "vandijk.example")
        stage.source("linkedin", Kind.ACCOUNT, Kind.PERSON, find=True, accounts=[account], records=[person])
        briefing = await stage.briefing(NAME)
        assert [s.attendee.name for s in briefing.signals if isinstance(s, NewFace)] == expected


class TestWhatElseIsTold:
    async def test_who_is_invited_and_when_they_were_last_spoken_with(
        self, look: Any, van_dijk: VanDijk, make: Make
    ) -> None:
        smit = f"R. Smit <{MAIL}>"
        van_dijk(
            make.person("1", "K. Vos"),
            make.person("2", "R. Smit", "1", MAIL),
            make.activity("call", people=("Anna de Boer <anna@ons.example>", smit)),
            meetings=[make.meeting("m", "Bezoek", smit)],
        )
        found = await look()
        assert [(e.name, e.invited) for e in found.entries] == [("R. Smit", True), ("K. Vos", False)]
        assert [e.last.found.record.id if e.last else None for e in found.entries] == ["call", None]

    async def test_a_guest_is_on_their_line_by_any_name_of_theirs(
        self, stage: Stage, look: Any, van_dijk: VanDijk, linkedin: Any, make: Make
    ) -> None:
        van_dijk(
            make.person("1", "Kees Smit"),
            make.activity("call", people=("Anna de Boer <anna@ons.example>", "Kees Smit")),
            meetings=[make.meeting("m", "Bezoek", "C. Smit <smit@vandijk.example>")],
        )
        linkedin(make.person("l", "Cornelis Smit", None, "smit@vandijk.example"))
        found = await look()
        (entry,) = found.entries
        assert (entry.invited, entry.last is not None) == (True, True)
        (guest,) = (a for a in found.briefing.attendees if not a.ours)
        assert [
            (t.found.source, t.to.source if t.to else None, [b.what for b in t.why]) for t in guest.ties
        ] == [("crm", "linkedin", ["nickname"]), ("linkedin", None, ["mail", "initials"])]
        assert not guest.first_time

    async def test_who_is_unknown_to_a_source_that_told_all(
        self, look: Any, van_dijk: VanDijk, linkedin: Any, make: Make
    ) -> None:
        van_dijk(make.person("1", "R. Smit"))
        linkedin(make.person("l", "P. de Vries", None, MAIL))
        found = await look()
        assert [(e.name, e.unknown_to) for e in found.entries] == [
            ("R. Smit", ("linkedin",)),
            ("P. de Vries", ("crm",)),
        ]

    async def test_nobody_is_unknown_to_a_source_that_knows_some_people_only(
        self, look: Any, van_dijk: VanDijk, linkedin: Any, make: Make
    ) -> None:
        van_dijk(make.person("1", "R. Smit"))
        new = Change("new", make.day(-36))
        linkedin(make.person("l", "P. de Vries", None, MAIL, change=new))
        assert [(e.name, e.unknown_to) for e in (await look()).entries] == [
            ("P. de Vries", ("crm",)),
            ("R. Smit", ()),
        ]

    async def test_nobody_is_unknown_to_a_source_that_has_more(
        self, look: Any, van_dijk: VanDijk, linkedin: Any, make: Make
    ) -> None:
        crm, _ = van_dijk(*(make.person(str(n), f"P{n} Q{n}") for n in range(3)))
        crm.page_size = 2
        linkedin(make.person("l", "P. de Vries", None, MAIL))
        found = await look()
        assert {e.unknown_to for e in found.entries if e.name == "P. de Vries"} == {()}
        assert found.unread == ("crm",)

    async def test_all_pages_are_read_where_people_are_asked_for(
        self, look: Any, van_dijk: VanDijk, make: Make
    ) -> None:
        crm, _ = van_dijk(*(make.person(str(n), f"P{n} Q{n}") for n in range(30)))
        crm.page_size = 4
        found = await look(Reach((Kind.PERSON,)))
        assert (len(found.entries), found.unread) == (30, ())

    async def test_a_source_that_failed_is_among_those_asked(
        self, look: Any, van_dijk: VanDijk, linkedin: Any, make: Make
    ) -> None:
        van_dijk(make.person("1", "R. Smit"))
        linkedin(fails={"*"})
        found = await look()
        assert [p.source for p in found.keepers] == ["crm", "linkedin"]
        assert found.entries[0].unknown_to == ()
