"""The same mail or meeting, told by two sources, is one line that names both."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.adapter import Activity, Participant, When
from salesprep.briefing.contacts.same_event import CROWD, joined, subject, together
from salesprep.briefing.contacts.time_line import contacts
from salesprep.briefing.model import Contact, Found, Match, Panel, Section
from salesprep.briefing.recognition.ours import ours
from salesprep.settings import Us

if TYPE_CHECKING:
    from tests.briefing.conftest import Make

ZONE = ZoneInfo("Europe/Amsterdam")
SMIT = "R. Smit <r.smit@vandijk.example>"
ANNA = "Anna de Boer <anna@ons.example>"


def lines(make: Make, *told: tuple[str, Any]) -> tuple[Contact, ...]:
    """The time line over ``(source, record)``, in the order of the screen."""
    panels: dict[str, Panel] = {}
    for source, record in told:
        found = (Found(source, record, Match("same", "id")),)
        before = panels.get(source, Panel(source, source.upper(), "test", "fresh"))
        section = Section(record.kind, "fresh", found, fetched_at=make.now)
        panels[source] = replace(before, sections=(*before.sections, section))
    return contacts(tuple(panels.values()), ours(make.us), make.now, make.zone)


def told_by(line: Contact) -> list[str]:
    return [f"{found.source}:{found.record.id}" for found in line.evidence]


class TestAVisit:
    def visit(self, make: Make, when: When, *people: str, title: str = "Bezoek lijn 4", **more: Any) -> Any:
        made = make.activity("crm-1", type="visit", title=title, people=people or (ANNA, SMIT), **more)
        return replace(made, at=when)

    def meeting(self, make: Make, *people: str, start: When | None = None, **more: Any) -> Any:
        start = start or make.at(-42, 13)
        return make.meeting(
            "cal-1", more.pop("title", "Voortgang"), *(people or (ANNA, SMIT)), start=start, **more
        )

    @pytest.mark.parametrize("hour", [13, 14])
    def test_noted_down_and_in_the_calendar_is_one_line(self, make: Make, hour: int) -> None:
        made = lines(
            make,
            ("crm", self.visit(make, make.at(-42, hour))),
            ("calendar", self.meeting(make, minutes=120)),
        )
        assert [told_by(line) for line in made] == [["crm:crm-1", "calendar:cal-1"]]

    def test_is_one_line_where_one_source_has_no_time_of_day(self, make: Make) -> None:
        made = lines(
            make, ("crm", self.visit(make, make.day(-42))), ("calendar", self.meeting(make, minutes=120))
        )
        assert len(made) == 1

    def test_names_everybody_whom_either_source_names(self, make: Make) -> None:
        made = lines(
            make,
            ("crm", self.visit(make, make.at(-42, 13), ANNA, SMIT)),
            ("calendar", self.meeting(make, ANNA, SMIT, "T. Aarts <t.aarts@vandijk.example>")),
        )
        assert [p.name for p in made[0].theirs] == ["R. Smit", "T. Aarts"]
        assert [p.name for p in made[0].ours] == ["Anna de Boer"]

    @pytest.mark.parametrize(
        ("days", "hour", "people", "title"),
        [
            (-41, 13, (ANNA, SMIT), "Voortgang"),
            (-42, 15, (ANNA, SMIT), "Voortgang"),
            (-42, 12, (ANNA, SMIT), "Voortgang"),
            (-42, 13, (ANNA, "K. Vos <k.vos@vandijk.example>"), "Bezoek lijn 4"),
            (-42, 13, (ANNA, "K. Vos <k.vos@vandijk.example>"), "Voortgang"),
            (-42, 13, ("M. Bakker <m.bakker@ons.example>", "K. Vos"), "Voortgang"),
        ],
    )
    def test_another_day_time_or_company_keeps_two_lines(
        self, make: Make, days: int, hour: int, people: tuple[str, ...], title: str
    ) -> None:
        made = lines(
            make,
            ("crm", self.visit(make, make.at(days, hour), *people, title=title)),
            ("calendar", self.meeting(make, minutes=120)),
        )
        assert len(made) == 2

    def test_an_equal_title_is_enough_where_one_source_names_nobody_of_theirs(self, make: Make) -> None:
        made = lines(
            make,
            ("crm", self.visit(make, make.at(-42, 13), ANNA, title="voortgang")),
            ("calendar", self.meeting(make)),
        )
        assert len(made) == 1

    def test_two_visits_that_both_fit_are_left_apart(self, make: Make) -> None:
        first = self.visit(make, make.at(-42, 13))
        made = lines(
            make,
            ("crm", first),
            ("crm", replace(first, id="crm-2", title="nazorg")),
            ("calendar", self.meeting(make, minutes=120)),
        )
        assert sorted(told_by(line) for line in made) == [["calendar:cal-1"], ["crm:crm-1"], ["crm:crm-2"]]

    def test_a_chain_that_leads_back_to_its_first_source_is_left_apart(self, make: Make) -> None:
        smit, vos, aarts = "R. Smit", "K. Vos", "T. Aarts"
        late = replace(self.visit(make, make.at(-42, 14), ANNA, aarts), id="crm-2")
        other = make.meeting("erp-1", "Overleg", smit, vos, start=make.at(-42, 13), minutes=120)
        made = lines(
            make,
            ("crm", self.visit(make, make.at(-42, 13), ANNA, smit)),
            ("crm", late),
            ("erp", other),
            ("calendar", self.meeting(make, vos, aarts, minutes=120)),
        )
        assert len(made) == 4

    def test_of_a_day_with_a_crowd_nothing_is_joined(self, make: Make) -> None:
        crowd = [
            ("crm", replace(self.visit(make, make.at(-42, 9)), id=f"c{n}", people=(make.who(f"P{n} Q{n}"),)))
            for n in range(CROWD)
        ]
        made = lines(
            make, *crowd, ("crm", self.visit(make, make.at(-42, 13))), ("calendar", self.meeting(make))
        )
        assert len(made) == CROWD + 2

    def test_copies_in_two_sources_of_one_series_are_one_though_both_have_other_people(
        self, make: Make
    ) -> None:
        own = make.meeting("a", "Bezoek", SMIT, start=make.at(-5), uid="u")
        copy = make.meeting("b", "Klant", "X <x@vandijk.example>", start=make.at(-5), uid="u")
        made = lines(make, ("calendar", own), ("other", copy))
        assert [told_by(line) for line in made] == [["calendar:a", "other:b"]]

    def test_the_same_series_at_another_time_is_another_meeting(self, make: Make) -> None:
        own = make.meeting("a", "Bezoek", SMIT, start=make.at(-5, 9), uid="u", minutes=300)
        copy = make.meeting("b", "Bezoek", SMIT, start=make.at(-5, 10), uid="u")
        assert len(lines(make, ("calendar", own), ("other", copy))) == 2


class TestAMail:
    def mail(self, make: Make, id: str, minutes: float = 0, **more: Any) -> Any:
        people = more.pop("people", (ANNA, SMIT))
        made = make.activity(id, type=more.pop("type", "mail"), people=people, **more)
        return replace(made, at=make.at(-56, 11) + timedelta(minutes=minutes))

    def test_logged_and_in_the_mailbox_is_one_line(self, make: Make) -> None:
        made = lines(
            make,
            ("crm", self.mail(make, "1", title="LX-200, offerte", direction="out")),
            (
                "mail",
                self.mail(make, "2", 2, title="Re: Fwd: LX-200 offerte", direction="out", type="E-mail"),
            ),
        )
        assert [told_by(line) for line in made] == [["crm:1", "mail:2"]]

    @pytest.mark.parametrize(
        "other",
        [
            {"title": "iets anders", "direction": "out"},
            {"title": "offerte", "direction": "in"},
            {"title": "offerte", "direction": "out", "people": (ANNA, "K. Vos <k.vos@vandijk.example>")},
            {"title": "offerte", "direction": "out", "type": "phone"},
            {"title": "offerte", "direction": None, "people": ()},
        ],
    )
    def test_another_subject_way_or_person_keeps_two_lines(self, make: Make, other: dict[str, Any]) -> None:
        first = self.mail(make, "1", title="offerte", direction="out")
        assert len(lines(make, ("crm", first), ("mail", self.mail(make, "2", 1, **other)))) == 2

    def test_of_an_hour_later_is_another_one(self, make: Make) -> None:
        one, two = (self.mail(make, str(n), n * 60, title="offerte", direction="out") for n in (0, 1))
        assert len(lines(make, ("crm", one), ("mail", two))) == 2

    def test_is_known_by_its_message_id_whatever_else_differs(self, make: Make) -> None:
        one = self.mail(make, "1", title="offerte", fields={"Message-ID": "<a@ons.example>"})
        two = self.mail(make, "2", 600, title="?", fields={"message_id": "a@ons.example"}, people=())
        assert len(lines(make, ("crm", one), ("mail", two))) == 1

    def test_of_another_message_id_is_another_one(self, make: Make) -> None:
        one = self.mail(make, "1", title="offerte", fields={"Message-ID": "<a@ons.example>"})
        two = self.mail(make, "2", title="offerte", fields={"Message-ID": "<b@ons.example>"})
        assert len(lines(make, ("crm", one), ("mail", two))) == 2

    def test_the_id_decides_between_two_that_fit(self, make: Make) -> None:
        given: dict[str, Any] = {"title": "offerte", "direction": "out"}
        made = lines(
            make,
            ("crm", self.mail(make, "1", fields={"Message-ID": "a"}, **given)),
            ("mail", self.mail(make, "2", **given)),
            ("mail", self.mail(make, "3", 1, fields={"Message-ID": "a"}, **given)),
        )
        assert sorted(told_by(line) for line in made) == [["crm:1", "mail:3"], ["mail:2"]]

    @pytest.mark.parametrize("written", ["RE: Fwd: Offerte", "AW: offerte", "re[2]: offerte", "Offerte"])
    def test_a_subject_is_compared_without_what_mail_programs_add(self, written: str) -> None:
        assert subject(written) == "offerte"

    def test_a_subject_that_only_begins_like_a_reply_is_whole(self) -> None:
        assert subject("Re-design lijn 4") == "re design lijn 4"


WAYS: tuple[Literal["in", "out"] | None, ...] = ("in", "out", None)
PEOPLE = (
    Participant(name="R. Smit", email="r.smit@vandijk.example"),
    Participant(name="R. Smit"),
    Participant(name="K. Vos"),
)


@st.composite
def told(draw: st.DrawFn) -> list[Contact]:
    """Contacts of three sources that are easily taken for each other."""
    made = []
    for number in range(draw(st.integers(0, 8))):
        start = datetime(2026, 10, 12, 13, tzinfo=ZONE)
        moment = start + timedelta(minutes=draw(st.sampled_from((0, 2, 4, 30, 24 * 60))))
        when: When = draw(st.sampled_from((moment, moment.date())))
        kind = draw(st.sampled_from(("visit", "mail")))
        direction: Literal["in", "out"] | None = draw(st.sampled_from(WAYS))
        fields = draw(st.sampled_from(({}, {}, {"Message-ID": "a"}, {"Message-ID": "b"})))
        people = tuple(draw(st.lists(st.sampled_from(PEOPLE), max_size=2)))
        record = Activity(
            id=str(number),
            title=draw(st.sampled_from(("", "lijn 4", "Re: lijn 4", "offerte"))),
            fetched_at=start,
            no_url_reason="a test",
            at=when,
            type=kind,
            direction=direction,
            people=people,
            fields=fields,
        )
        found = Found(draw(st.sampled_from(("crm", "mail", "calendar"))), record, Match("same", "id"))
        made.append(Contact(when, kind, found, (), people, direction=direction))
    return made


class TestWhateverIsTold:
    @given(told())
    def test_every_record_is_in_exactly_one_line_and_no_source_twice(self, made: list[Contact]) -> None:
        groups = together(made, ZONE)
        assert sorted(n for group in groups for n in group) == list(range(len(made)))
        for group in groups:
            assert len({made[n].found.source for n in group}) == len(group)

    @given(told(), st.randoms(use_true_random=False))
    def test_the_order_of_the_sources_decides_nothing(self, made: list[Contact], chance: Any) -> None:
        def grouped(these: list[Contact]) -> set[frozenset[str]]:
            return {frozenset(these[n].found.record.id for n in g) for g in together(these, ZONE)}

        shuffled = list(made)
        chance.shuffle(shuffled)
        assert grouped(made) == grouped(shuffled)

    @given(told())
    def test_a_line_holds_the_records_as_they_were_told(self, made: list[Contact]) -> None:
        shown = joined(made, ours(Us()), ZONE)
        assert sorted(f.record.id for line in shown for f in line.evidence) == sorted(
            c.found.record.id for c in made
        )
        records = {id(c.found) for c in made}
        assert all(id(found) in records for line in shown for found in line.evidence)


def test_one_source_alone_is_never_joined(make: Make) -> None:
    visit = make.activity("1", type="visit", people=(ANNA, SMIT))
    assert len(lines(make, ("crm", visit), ("crm", replace(visit, id="2")))) == 2
