"""The records: one class by kind, none of which can change."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from salesprep.adapter import RECORD_TYPES, Kind, Meeting, Record, moment

NOW = datetime(2026, 11, 19, 13, 21, tzinfo=UTC)


def make(kind: Kind) -> Record:
    cls = RECORD_TYPES[kind]
    if cls is Meeting:
        return Meeting(id="1", title="t", fetched_at=NOW, no_url_reason="none", start=NOW, end=NOW)
    return cls(id="1", title="t", fetched_at=NOW, no_url_reason="none")


class TestARecord:
    def test_has_a_class_for_each_kind_and_each_knows_its_kind(self) -> None:
        assert set(RECORD_TYPES) == set(Kind)
        assert all(cls.kind is kind for kind, cls in RECORD_TYPES.items())
        assert len({cls.__name__ for cls in RECORD_TYPES.values()}) == 12

    @pytest.mark.parametrize("kind", Kind)
    def test_takes_no_change_and_no_other_field(self, kind: Kind) -> None:
        record = make(kind)

        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(record, "title", "other")  # noqa: B010 - mypy refuses the plain assignment
        assert not hasattr(record, "__dict__")

    @pytest.mark.parametrize("kind", Kind)
    def test_claims_nothing_that_it_was_not_told(self, kind: Kind) -> None:
        record = make(kind)

        assert (record.url, record.at, record.updated_at, record.language) == (None, None, None, None)
        assert (record.people, dict(record.fields), record.keys.emails) == ((), {}, ())

    @pytest.mark.parametrize("kind", Kind)
    def test_shares_no_mapping_that_could_be_written_to(self, kind: Kind) -> None:
        with pytest.raises(TypeError):
            make(kind).fields["x"] = "y"  # type: ignore[index]

    @pytest.mark.parametrize("kind", Kind)
    def test_names_only_text_fields_of_its_own_as_body(self, kind: Kind) -> None:
        cls = RECORD_TYPES[kind]
        types = {field.name: field.type for field in dataclasses.fields(cls)}

        assert all("str" in str(types[name]) for name in cls.BODY)

    def test_is_made_by_names_only(self) -> None:
        with pytest.raises(TypeError):
            Record("1", "t", NOW)  # type: ignore[call-arg]


class TestTheMoment:
    def test_of_a_time_is_itself(self) -> None:
        assert moment(NOW, ZoneInfo("Europe/Amsterdam")) is NOW

    def test_of_a_day_is_its_midnight_where_the_user_is(self) -> None:
        amsterdam = moment(date(2026, 11, 19), ZoneInfo("Europe/Amsterdam"))

        assert amsterdam == datetime(2026, 11, 18, 23, tzinfo=UTC)
        assert amsterdam < moment(date(2026, 11, 19), timezone(timedelta(hours=-5)))
