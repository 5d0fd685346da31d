"""What may be decided, in numbered lines, and the commands that decide it."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.adapter import Account, Activity, Keys, Kind, Meeting, Person, Record
from salesprep.briefing.choices import choices
from salesprep.briefing.links import Target
from salesprep.briefing.model import Found, Match
from salesprep.briefing.recognition.evidence import piece
from salesprep.settings import Us
from salesprep.view.choices import KINDS, command, numbered, shell_word
from salesprep.view.lines import width
from salesprep.view.voice import Voice

NOW = datetime(2026, 11, 23, 13, 21, tzinfo=UTC)
MAYBE = Match("maybe", "name", (piece("name", "Visser"), piece("other_form", "gmbh"), piece("not_settled")))


def found(record: Record, source: str = "crm") -> Found:
    return Found(source, record, MAYBE)


def make(cls: type[Any], id: str, title: str = "Visser", **more: Any) -> Any:
    return cls(id=id, title=title, fetched_at=NOW, no_url_reason="a test", **more)


def meeting(id: str, days: int, series: str | None = "weekly") -> Any:
    start = NOW + timedelta(days=days)
    return make(Meeting, id, "Overleg", start=start, end=start + timedelta(hours=1), series_id=series)


class TestWhatIsToBeDecided:
    def test_is_each_thing_once_accounts_first_source_by_source(self) -> None:
        person, account, page = make(Person, "1"), make(Account, "1"), make(Activity, "9")
        made = choices([found(person), found(page, "mail"), found(account), found(account)])
        assert [str(choice.target) for choice in made] == ["crm:1", "crm/person:1", "mail/activity:9"]

    def test_what_hangs_under_an_account_is_decided_with_it(self) -> None:
        keys = Keys(account_id="1")
        calls = [make(Activity, f"a{n}", keys=keys) for n in range(3)]
        elsewhere = make(Activity, "b", keys=keys)
        made = choices([*map(found, calls), found(elsewhere, "erp"), found(make(Account, "1"))])
        assert [str(choice.target) for choice in made] == ["crm:1", "erp/activity:b"]
        assert made[0].under == {Kind.ACTIVITY: 3}

    def test_a_series_is_decided_at_once(self) -> None:
        made = choices([found(meeting("m1", 1)), found(meeting("m2", 8)), found(meeting("x", 2, None))])
        assert [(str(choice.target), choice.times) for choice in made] == [
            ("crm/meeting:weekly", 2),
            ("crm/meeting:x", 1),
        ]


class TestTheList:
    def test_says_what_it_is_and_what_would_decide(self) -> None:
        account = make(Account, "1", keys=Keys(domains=("visser.example",)))
        person = make(Person, "2", keys=Keys(account_id="1"))
        lines = numbered(choices([found(account), found(person)]), Voice(Us(), NOW), 80)
        assert lines == [
            [
                "  1  Visser (CRM, company, visser.example)",
                '     for it: the name "Visser"; against it: another legal form (gmbh)',
                "     with 1 person",
            ]
        ]

    @pytest.mark.parametrize("columns", [20, 40, 80])
    def test_is_no_wider_than_the_window(self, columns: int) -> None:
        many = choices([found(make(Account, str(n), "Übergrößenträger 株式会社 Noord")) for n in range(12)])
        for block in numbered(many, Voice(Us(), NOW), columns):
            assert all(width(row) <= columns for row in block)

    def test_has_a_word_for_every_kind(self) -> None:
        assert set(KINDS) == set(Kind)


class TestACommand:
    def test_is_written_as_people_would(self) -> None:
        wanted = 'salesprep link confirm "Kaas & Co" crm:1050 crm/person:7'
        assert (
            command("confirm", "Kaas & Co", [Target("crm", "1050"), Target("crm", "7", Kind.PERSON)])
            == wanted
        )

    @pytest.mark.parametrize(
        "name", ["$(rm -rf ~)", "`id`", 'a"b', "it's", "a\\b", "a!b", "-x", "=ls", "~", "", "a;b"]
    )
    def test_carries_no_other_one(self, name: str) -> None:
        words = shlex.split(command("reject", name, ["crm:1"]))
        assert [word for word in words if word != "--"] == ["salesprep", "link", "reject", name, "crm:1"]
        assert "$" not in shell_word(name) or shell_word(name).startswith("'")

    @given(st.text(min_size=1))
    def test_is_one_line_of_one_word_each(self, name: str) -> None:
        words = shlex.split(command("forget", name))
        assert len(words) in (4, 5)
        assert "\n" not in command("forget", name)
