"""A marked sentence: English for whoever reads logs and JSON, and still to be said in other languages."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import asdict
from datetime import date, datetime

import pytest

from salesprep.adapter import BadData
from salesprep.adapter.words import Message, _, _n, joined


def forms(text: str) -> tuple[str, ...]:
    assert isinstance(text, Message)
    return text.forms


class TestAMarkedSentence:
    def test_is_an_english_text(self) -> None:
        said = _("{name} is damaged", name="crm.sqlite")
        assert said == "crm.sqlite is damaged"
        assert json.dumps([said]) == '["crm.sqlite is damaged"]'
        assert len({said, "crm.sqlite is damaged"}) == 1

    def test_remembers_what_it_was_made_of(self) -> None:
        said = _("{name} is damaged", name="crm.sqlite")
        assert forms(said) == ("{name} is damaged",)
        assert isinstance(said, Message)
        assert dict(said.values) == {"name": "crm.sqlite"}

    def test_without_values_may_hold_braces(self) -> None:
        assert _("write {id} or {account_id}") == "write {id} or {account_id}"

    def test_writes_numbers_days_and_moments(self) -> None:
        assert _("{n} rows", n=30_000) == "30,000 rows"
        assert _("of {day}", day=date(2026, 11, 21)) == "of 2026-11-21"
        assert _("since {when}", when=datetime(2026, 11, 21, 9, 5)) == "since 09:05"

    def test_takes_a_value_of_any_kind_as_its_text(self) -> None:
        assert _("{error}", error=ValueError("no")) == "no"

    @pytest.mark.parametrize(("n", "said"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows")])
    def test_counts(self, n: int, said: str) -> None:
        assert _n("{n} row", "{n} rows").of(n) == said

    def test_is_the_same_after_a_copy(self) -> None:
        said = _n("{n} row in {file}", "{n} rows in {file}").of(3, file=_("a file"))
        for copied in (copy.copy(said), copy.deepcopy(said), pickle.loads(pickle.dumps(said))):  # noqa: S301
            assert copied == said
            assert isinstance(copied, Message)
            assert copied.forms == forms(said)
            assert copied.values["n"] == 3
            assert isinstance(copied.values["file"], Message)

    def test_goes_with_a_failure_to_whoever_shows_it(self) -> None:
        failure = BadData(_("{name} is damaged", name="crm.sqlite"), mend=_("restore it")).failure()
        assert forms(failure.what) == ("{name} is damaged",)
        assert asdict(failure)["mend"] == "restore it"

    def test_changes_only_in_what_was_filled_in(self) -> None:
        said = Message(("{a} of {b}: {n}",), {"a": "x", "b": _("the {c}", c="x"), "n": 3})
        changed = said.changed(str.upper)
        assert changed == "X of the X: 3"
        assert forms(changed) == ("{a} of {b}: {n}",)


class TestSentencesInARow:
    def test_are_one_text_of_several(self) -> None:
        said = joined([_("one"), _("two {n}", n=2), "as it is"])
        assert said == "one; two 2; as it is"
        assert isinstance(said, Message)
        assert [isinstance(part, Message) for part in said.values.values()] == [True, True, False]

    def test_of_none_are_empty(self) -> None:
        assert joined([]) == ""
