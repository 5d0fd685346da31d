"""Who acts on which error, whether it is tried again, and whether an old answer may stand in."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from salesprep.adapter import errors
from salesprep.adapter.errors import ConsentMissing, Failure, RateLimited, SourceError

# class: code, actor, retry, may_show_old, drop_old
POLICY = {
    errors.ConfigInvalid: ("config_invalid", "admin", False, False, False),
    errors.AuthRequired: ("auth_required", "user", False, False, False),
    errors.PermissionDenied: ("permission_denied", "admin", False, False, True),
    errors.ConsentMissing: ("consent_missing", "user", False, False, True),
    errors.RateLimited: ("rate_limited", "nobody", True, True, False),
    errors.Unavailable: ("unavailable", "nobody", True, True, False),
    errors.DeadlineExceeded: ("deadline_exceeded", "nobody", True, True, False),
    errors.BadData: ("bad_data", "admin", False, True, False),
    errors.AdapterBug: ("adapter_bug", "admin", False, True, False),
}


class TestThePolicy:
    @pytest.mark.parametrize("cls", POLICY, ids=lambda cls: cls.__name__)
    def test_of_each_error_is_as_documented(self, cls: type[SourceError]) -> None:
        failure = cls("it rains").failure()

        told = (failure.code, failure.actor, failure.retry, failure.may_show_old, failure.drop_old)
        assert told == POLICY[cls]

    def test_is_given_for_every_error_there_is(self) -> None:
        assert set(SourceError.__subclasses__()) == set(POLICY)

    def test_never_shows_what_must_be_forgotten(self) -> None:
        assert not any(cls.may_show_old and cls.drop_old for cls in POLICY)


class TestAFailure:
    def test_says_what_the_error_said(self) -> None:
        when = datetime(2026, 11, 19, 14, tzinfo=UTC)
        error = RateLimited("asked too often", mend="wait", field="headers", retry_at=when)

        failure = error.failure()

        assert (failure.what, failure.mend, failure.field) == ("asked too often", "wait", "headers")
        assert failure.retry_at == when
        assert str(error) == "asked too often"

    def test_holds_data_only_nothing_of_the_exception(self) -> None:
        try:
            try:
                raise ValueError("s3cret")
            except ValueError as cause:
                raise ConsentMissing("nobody agreed") from cause
        except SourceError as error:
            failure = error.failure()

        values = [getattr(failure, field.name) for field in dataclasses.fields(Failure)]
        assert not any(isinstance(value, BaseException) for value in values)
        assert "s3cret" not in repr(failure)
        assert not hasattr(failure, "__dict__")
        assert hash(failure) == hash(dataclasses.replace(failure))
