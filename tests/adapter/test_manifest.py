"""``adapter.toml``: what an author writes, and what the one who wrote it wrongly reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesprep.adapter import Kind
from salesprep.adapter.manifest import Manifest, ManifestError, read_manifest, walk

SHORTEST = {
    "name": '"wiki"',
    "title": '"Our wiki"',
    "version": '"1.2"',
    "contract": '"1.0"',
    "class": '"Wiki"',
    "kinds": '["document", "person"]',
    "abilities": '["fetch"]',
    "asks_as": '"service"',
}

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the shortest manifest with some keys set anew (as TOML); ``None`` leaves one out."""

    def write(**changed: str | None) -> Path:
        lines = {**SHORTEST, **{key.rstrip("_"): value for key, value in changed.items()}}
        path = tmp_path / "adapter.toml"
        path.write_text("".join(f"{key} = {value}\n" for key, value in lines.items() if value is not None))
        return path

    return write


class TestTheShortestManifest:
    def test_needs_eight_keys_and_has_sensible_others(self, write: Write, tmp_path: Path) -> None:
        assert read_manifest(write()) == Manifest(
            name="wiki",
            title="Our wiki",
            version="1.2",
            contract=(1, 0),
            class_name="Wiki",
            kinds=(Kind.DOCUMENT, Kind.PERSON),
            lookups=frozenset(),
            abilities=frozenset({"fetch"}),
            asks_as="service",
            runs="async",
            ttl=300,
            keep_old=86400,
            hosts=(),
            secrets=(),
            requires=(),
            calls_at_once=1,
            folder=tmp_path,
        )

    @pytest.mark.parametrize("key", SHORTEST)
    def test_misses_none_of_them(self, write: Write, key: str) -> None:
        with pytest.raises(ManifestError, match=f'adapter.toml: key "{key}" is missing'):
            read_manifest(write(**{key: None}))


class TestAllKeys:
    def test_are_read(self, write: Write) -> None:
        manifest = read_manifest(
            write(
                lookups='["id", "domain", "name", "email", "handle"]',
                abilities='["find", "fetch", "search", "upcoming"]',
                runs='"thread"',
                ttl='"90s"',
                keep_old='"7 d"',
                hosts='["api.wiki.example", "config:url"]',
                secrets='["token"]',
                requires='["lxml>=5"]',
                calls_at_once="3",
            )
        )

        assert manifest.lookups == {"id", "domain", "name", "email", "handle"}
        assert manifest.abilities == {"find", "fetch", "search", "upcoming"}
        assert (manifest.runs, manifest.ttl, manifest.keep_old) == ("thread", 90, 7 * 86400)
        assert manifest.hosts == ("api.wiki.example", "config:url")
        assert (manifest.secrets, manifest.requires, manifest.calls_at_once) == (("token",), ("lxml>=5",), 3)

    @pytest.mark.parametrize(("time", "seconds"), [("30s", 30), ("5m", 300), ("2h", 7200), ("1d", 86400)])
    def test_take_times_in_words(self, write: Write, time: str, seconds: int) -> None:
        assert read_manifest(write(ttl=f'"{time}"')).ttl == seconds


class TestAWrongManifest:
    @pytest.mark.parametrize(
        ("key", "value", "expected"),
        [
            ("name", '"My Wiki"', "small letters, digits and _"),
            ("name", '"wiki\\n"', "small letters, digits and _"),
            ("name", f'"{"a" * 41}"', "small letters, digits and _"),
            ("name", "3", "a text"),
            ("title", '" "', "a text"),
            ("contract", "1.0", 'a version such as "1.0"'),
            ("contract", '"1"', 'a version such as "1.0"'),
            ("contract", f'"{"9" * 5000}.0"', 'a version such as "1.0"'),
            ("kinds", '["ticket", "deal"]', "a list out of account, person, activity"),
            ("kinds", '"ticket"', "a list of texts"),
            ("abilities", '["write"]', "a list out of find, fetch, search, upcoming"),
            ("lookups", '["phone"]', "a list out of id, domain, name, email, handle"),
            ("asks_as", '"admin"', "one of user, service, none"),
            ("runs", '"process"', "one of async, thread"),
            ("runs", "true", "one of async, thread"),
            ("ttl", "300", 'a time such as "30s", "5m", "2h" or "1d"'),
            ("ttl", '"5 minutes"', 'a time such as "30s", "5m", "2h" or "1d"'),
            ("ttl", f'"{"9" * 5000}s"', 'a time such as "30s", "5m", "2h" or "1d"'),
            ("keep_old", '"-1d"', 'a time such as "30s"'),
            ("hosts", '["a", ""]', "a list of texts"),
            ("secrets", "[1]", "a list of texts"),
            ("calls_at_once", "0", "a whole number above 0"),
            ("calls_at_once", "true", "a whole number above 0"),
            ("calls_at_once", '"2"', "a whole number above 0"),
        ],
    )
    def test_names_file_key_and_what_is_expected(
        self, write: Write, key: str, value: str, expected: str
    ) -> None:
        path = write(**{key: value})

        with pytest.raises(ManifestError) as caught:
            read_manifest(path)

        assert str(caught.value).startswith(f'{path}: key "{key}" must be {expected}')

    def test_with_a_misspelt_key_names_the_right_one(self, write: Write) -> None:
        with pytest.raises(ManifestError, match='unknown key "lookup"; did you mean "lookups"'):
            read_manifest(write(lookup='["id"]'))

    def test_with_an_odd_key_makes_nothing_up(self, write: Write) -> None:
        with pytest.raises(ManifestError, match=r'unknown key "zzz"$'):
            read_manifest(write(zzz="1"))

    def test_that_is_not_there_says_what_belongs_there(self, tmp_path: Path) -> None:
        with pytest.raises(ManifestError, match=r"not found; an adapter folder needs an adapter\.toml"):
            read_manifest(tmp_path / "adapter.toml")

    def test_that_is_a_folder_cannot_be_read(self, tmp_path: Path) -> None:
        with pytest.raises(ManifestError, match="cannot be read"):
            read_manifest(tmp_path)

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
    def test_of_any_content_is_a_manifest_error(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "adapter.toml"
        path.write_bytes(content)

        with pytest.raises(ManifestError, match=r"adapter\.toml: "):
            read_manifest(path)


class TestWhatASourceSpeaksTo:
    def test_local_files_only_is_not_remote(self, write: Write) -> None:
        manifest = read_manifest(write(hosts='["config:calendars.url"]'))

        assert not manifest.is_remote({"calendars": [{"path": "me.ics"}]})

    def test_an_address_in_the_settings_is_remote(self, write: Write) -> None:
        manifest = read_manifest(write(hosts='["config:calendars.url", "config:secret_url"]'))
        config = {
            "calendars": [{"path": "me.ics"}, {"url": "https://calendar.example/a.ics"}, {"url": 3}],
            "secret_url": "env:CALENDAR",
        }

        assert manifest.is_remote(config)
        assert manifest.configured_addresses(config) == ("https://calendar.example/a.ics", "env:CALENDAR")

    def test_a_host_of_its_own_is_always_remote(self, write: Write) -> None:
        assert read_manifest(write(hosts='["api.wiki.example"]')).is_remote({})

    def test_no_host_is_never_remote(self, write: Write) -> None:
        assert not read_manifest(write()).is_remote({"url": "https://wiki.example"})


class TestLinksToRecords:
    @pytest.mark.parametrize(
        "config",
        [
            {"links": {"person": "https://wiki.example/{id}", "ticket": "x", "document": 3}},
            {"links": {"person": {"link": "https://wiki.example/{id}", "path": "p.csv"}, "document": {}}},
        ],
    )
    def test_are_told_by_kind_as_settings_have_them(self, write: Write, config: dict[str, object]) -> None:
        manifest = read_manifest(write(record_links='"links"'))
        assert manifest.record_links_of(config) == ((Kind.PERSON, "https://wiki.example/{id}"),)

    @pytest.mark.parametrize("config", [{}, {"links": "https://wiki.example"}, {"links": []}])
    def test_are_none_where_settings_have_none(self, write: Write, config: dict[str, object]) -> None:
        assert read_manifest(write(record_links='"links"')).record_links_of(config) == ()
        assert read_manifest(write()).record_links_of({"links": {"person": "x"}}) == ()


class TestWalking:
    def test_goes_through_tables_and_lists(self) -> None:
        table = {"a": [{"b": {"c": 1}}, {"b": [{"c": 2}, {"d": 3}]}, {"x": 4}]}

        assert list(walk(table, "a.b.c")) == [1, 2]

    def test_gives_the_items_of_a_list_at_the_end(self) -> None:
        assert list(walk({"urls": ["x", "y"]}, "urls")) == ["x", "y"]

    def test_finds_nothing_where_nothing_is(self) -> None:
        assert list(walk({"a": "text"}, "a.b")) == []
        assert list(walk({}, "a")) == []
