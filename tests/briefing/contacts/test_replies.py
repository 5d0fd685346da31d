"""Answered, no answer, no reply: only what is certain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from salesprep.adapter import Kind

if TYPE_CHECKING:
    from tests.briefing.conftest import Make, Source, Stage

    VanDijk = Callable[..., tuple[Source, Source]]

NAME = "Van Dijk Machinebouw"
SMIT = "R. Smit <r.smit@vandijk.example>"
VOS = "K. Vos <k.vos@vandijk.example>"
ANNA = "Anna de Boer <anna@ons.example>"


@pytest.fixture
def replies(stage: Stage, van_dijk: VanDijk) -> Callable[..., Any]:
    """What the time line says of each record, by its id."""

    async def ask(*records: Any, **more: Any) -> dict[str, str | None]:
        van_dijk(*records, meetings=more.pop("meetings", ()))
        found = (await stage.briefing(NAME, **more)).contacts
        return {c.found.record.id: c.reply for c in found}

    return ask


def theirs(make: Make, id: str, days: float, *people: Any, **more: Any) -> Any:
    return make.activity(id, days=days, people=people or (ANNA, SMIT), type="mail", direction="in", **more)


def ours(make: Make, id: str, days: float, *people: Any, **more: Any) -> Any:
    return make.activity(id, days=days, people=people or (ANNA, SMIT), type="mail", direction="out", **more)


class TestWhatASourceTells:
    @pytest.mark.parametrize(
        ("direction", "answered", "reply"),
        [
            ("in", False, "no_answer"),
            ("out", False, "no_reply"),
            ("in", True, "answered"),
            (None, False, "no_reply"),
        ],
    )
    async def test_counts(self, make: Make, replies: Any, direction: Any, answered: bool, reply: str) -> None:
        told = make.activity("a", type="mail", people=(ANNA, SMIT), direction=direction, answered=answered)
        assert await replies(told) == {"a": reply}

    async def test_counts_though_something_came_later(self, make: Make, replies: Any) -> None:
        told = theirs(make, "a", -9, answered=False)
        assert (await replies(told, ours(make, "b", -2)))["a"] == "no_answer"

    async def test_is_no_answer_for_an_open_ticket_with_their_word_last(
        self, make: Make, replies: Any
    ) -> None:
        closed = make.ticket("closed", open=False)
        ours_last = make.ticket("ours", last_message_by="us")
        assert await replies(make.ticket("open"), closed, ours_last) == {
            "open": "no_answer",
            "closed": None,
            "ours": None,
        }


class TestAMailOfTheirs:
    async def test_without_anything_after_it_has_no_answer(self, make: Make, replies: Any) -> None:
        assert await replies(theirs(make, "a", -5)) == {"a": "no_answer"}

    @pytest.mark.parametrize("type", ["mail", "phone", "visit"])
    async def test_is_not_marked_if_we_wrote_or_talked_after_it(
        self, make: Make, replies: Any, type: str
    ) -> None:
        later = make.activity("b", days=-2, type=type, direction="out", people=("M. Bakker", SMIT))
        assert (await replies(theirs(make, "a", -5), later))["a"] is None

    async def test_is_not_marked_if_a_meeting_followed(self, make: Make, replies: Any) -> None:
        met = make.meeting("m", "Bezoek", SMIT, start=make.at(-2))
        assert (await replies(theirs(make, "a", -5), meetings=[met]))["a"] is None

    @pytest.mark.parametrize("name", ["Rob Smit", "R. Smit"])
    async def test_is_not_marked_if_the_answer_may_have_gone_to_them(
        self, make: Make, replies: Any, name: str
    ) -> None:
        assert (await replies(theirs(make, "a", -5), ours(make, "b", -2, ANNA, name)))["a"] is None

    async def test_is_marked_though_we_wrote_to_somebody_else(self, make: Make, replies: Any) -> None:
        assert (await replies(theirs(make, "a", -5), ours(make, "b", -2, ANNA, VOS)))["a"] == "no_answer"

    async def test_is_marked_though_a_note_was_made(self, make: Make, replies: Any) -> None:
        note = make.activity("b", days=-2, type="note", people=(ANNA, SMIT))
        assert (await replies(theirs(make, "a", -5), note))["a"] == "no_answer"

    async def test_of_several_only_the_last_is_marked(self, make: Make, replies: Any) -> None:
        found = await replies(theirs(make, "a", -5), theirs(make, "b", -3))
        assert found == {"a": None, "b": "no_answer"}

    async def test_is_not_marked_if_one_was_only_copied(self, make: Make, replies: Any) -> None:
        people = (make.who(ANNA, role="cc"), make.who("M. Bakker <m.bakker@ons.example>", role="to"))
        mail = theirs(make, "a", -5, *people, make.who(SMIT, role="from"))
        assert await replies(mail) == {"a": None}

    async def test_is_not_marked_if_it_is_not_clear_who_wrote_it(self, make: Make, replies: Any) -> None:
        assert await replies(theirs(make, "a", -5, ANNA, SMIT, VOS)) == {"a": None}


class TestAMailOfOurs:
    async def test_without_anything_after_it_has_no_reply(self, make: Make, replies: Any) -> None:
        assert await replies(ours(make, "a", -5)) == {"a": "no_reply"}

    async def test_is_not_marked_if_any_of_those_it_went_to_replied(self, make: Make, replies: Any) -> None:
        found = await replies(ours(make, "a", -5, ANNA, SMIT, VOS), theirs(make, "b", -3, ANNA, VOS))
        assert found["a"] is None

    async def test_is_not_marked_if_it_is_itself_the_answer(self, make: Make, replies: Any) -> None:
        assert (await replies(theirs(make, "a", -5), ours(make, "b", -3)))["b"] is None

    async def test_is_not_marked_on_the_day_it_was_sent(self, make: Make, replies: Any) -> None:
        assert await replies(ours(make, "a", -0.1)) == {"a": None}

    async def test_the_older_of_two_is_not_marked(self, make: Make, replies: Any) -> None:
        assert await replies(ours(make, "a", -30), ours(make, "b", -3)) == {"a": None, "b": "no_reply"}


class TestNothingIsConcluded:
    async def test_where_a_source_has_more_pages(self, stage: Stage, van_dijk: VanDijk, make: Make) -> None:
        crm, _ = van_dijk(theirs(make, "a", -5), *(ours(make, f"o{n}", -9 - n, ANNA, VOS) for n in range(3)))
        crm.page_size = 2
        assert {c.reply for c in (await stage.briefing(NAME)).contacts} == {None}

    @pytest.mark.parametrize("fails", ["activity", "meeting"])
    async def test_where_another_source_of_contacts_failed(
        self, stage: Stage, van_dijk: VanDijk, make: Make, fails: str
    ) -> None:
        van_dijk(theirs(make, "a", -5))
        stage.source("mail", Kind.ACTIVITY, Kind.MEETING, fails={fails})
        assert [c.reply for c in (await stage.briefing(NAME)).contacts] == [None]

    async def test_where_sources_were_left_out(self, make: Make, replies: Any) -> None:
        assert await replies(theirs(make, "a", -5), only=("crm",)) == {"a": None}

    async def test_where_what_may_be_the_answer_waits_to_be_decided(
        self, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        van_dijk(theirs(make, "a", -5))
        maybe = ours(make, "b", -2)
        keys = replace(maybe.keys, account_id=None, hit="Van Dijk")
        stage.source("mail", Kind.ACTIVITY, records=[replace(maybe, keys=keys)])
        briefing = await stage.briefing(NAME)
        assert [(c.found.record.id, c.reply) for c in briefing.contacts] == [("a", None)]

    async def test_where_two_sources_of_one_mail_contradict_each_other(
        self, stage: Stage, van_dijk: VanDijk, make: Make
    ) -> None:
        same = {"fields": {"Message-ID": "x"}}
        van_dijk(theirs(make, "a", -5, answered=False, **same))
        other = theirs(make, "b", -5, answered=True, **same)
        keys = replace(other.keys, account_id=None, emails=("r.smit@vandijk.example",))
        stage.source("mail", Kind.ACTIVITY, records=[replace(other, keys=keys)])
        (line,) = (await stage.briefing(NAME)).contacts
        assert [f.record.id for f in line.evidence] == ["a", "b"]
        assert line.reply is None
