"""What an admin may write for a calendar, and how a mistake is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from adapters.ics.adapter import Calendars
from salesprep.adapter import ConfigInvalid
from salesprep.adapter.manifest import read_manifest

FOLDER = Path(__file__).parents[3] / "adapters" / "ics"


def calendar(**keys: object) -> object:
    return Calendars.Config.model_validate({"calendars": [keys]}, context={"settings": Path("/home/anna")})


class TestACalendarsTable:
    @pytest.mark.parametrize(
        "keys",
        [
            {},
            {"owner": "anna@ours.example"},
            {"path": "a.ics", "url": "https://a.example/a.ics"},
            {"url": "https://a.example/", "secret_url": "https://b.example/"},
            {"url": "ftp://a.example/a.ics"},
            {"url": "a.ics"},
            {"secret_url": "not an address"},
            {"path": "a.ics", "owner": "Anna"},
            {"path": "a.ics", "zone": "Amsterdam"},
            {"path": "a.ics", "zone": "../etc"},
            {"path": "a.ics", "link": "javascript:{uid}"},
            {"path": "a.ics", "link": "https://x.example/"},
        ],
    )
    def test_with_a_mistake_is_refused_with_its_mend_and_no_value(self, keys: dict[str, object]) -> None:
        with pytest.raises(ConfigInvalid) as caught:
            calendar(**keys)
        assert caught.value.mend
        assert not any(str(value) in caught.value.what for value in keys.values())

    def test_with_an_unknown_key_is_refused(self) -> None:
        with pytest.raises(ValidationError):
            calendar(path="a.ics", colour="red")

    def test_is_needed_at_least_once(self) -> None:
        with pytest.raises(ValidationError):
            Calendars.Config.model_validate({"calendars": []})

    def test_has_paths_that_start_at_the_settings_file(self) -> None:
        config = Calendars.Config.model_validate(
            {"calendars": [{"path": "agenda.ics"}, {"path": "sample:team"}]},
            context={"settings": Path("/home/anna"), "sample": Path("/cache/sample")},
        )
        assert [one.path for one in config.calendars] == [
            Path("/home/anna/agenda.ics"),
            Path("/cache/sample/team"),
        ]

    @pytest.mark.parametrize(
        ("given", "asked"),
        [
            ("https://a.example/x?y=1", "https://a.example/x?y=1"),
            ("http://a.example/x", "http://a.example/x"),
            ("webcal://a.example/x", "https://a.example/x"),
            ("webcals://a.example/x", "https://a.example/x"),
            ("WEBCAL://a.example/x", "https://a.example/x"),
            ("webcal://127.0.0.1:5232/x", "http://127.0.0.1:5232/x"),
        ],
    )
    def test_takes_calendar_addresses_of_every_scheme(self, given: str, asked: str) -> None:
        config = Calendars.Config.model_validate({"calendars": [{"url": given}]})
        assert config.calendars[0].address == asked


class TestTheManifest:
    def test_names_the_addresses_that_are_asked(self) -> None:
        manifest = read_manifest(FOLDER / "adapter.toml")
        assert not manifest.is_remote({"calendars": [{"path": "a.ics"}]})
        assert manifest.is_remote({"calendars": [{"path": "a.ics"}, {"secret_url": "env:X"}]})
        assert manifest.configured_addresses({"calendars": [{"url": "webcal://a.example/"}]}) == (
            "webcal://a.example/",
        )
