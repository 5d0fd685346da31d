"""Wrong settings: one message with file, key and mend, and never a value."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesprep.settings import SettingsError, load

SECRET = "hunter2-Zwaluw"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def refusal(file: Path, text: str | bytes) -> SettingsError:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SettingsError) as caught:
        load({}, explicit=file, person=file.with_name("nobody.toml"))
    error = caught.value
    assert error.file == file
    assert str(file) in str(error)
    assert error.mend in str(error)
    assert "\n" not in str(error)
    assert error.__cause__ is None
    return error


class TestAnUnknownKey:
    @pytest.mark.parametrize(
        ("text", "key", "mend"),
        [
            ('[us]\nzona = "x"', "us.zona", 'did you mean "zone"?'),
            ("[uss]\n", "uss", 'did you mean "us"?'),
            ("deadline = 4", "deadline", "it belongs in [briefing]"),
            ('[briefing]\nhome = "x"', "briefing.home", "it belongs in [us]"),
            ("[us.home]\ncity = 'x'\nlatitudes = 3", "us.home.latitudes", 'did you mean "latitude"?'),
            ("[screen]\nxyzzy = 3", "screen.xyzzy", "known here: order, theme"),
            (
                "[us]\ncolleagues = [{ name = 'x', email = 'x@y.example', phone = '1' }]",
                "us.colleagues[1].phone",
                "known here: email, name",
            ),
        ],
    )
    def test_is_named_with_the_right_one(self, file: Path, text: str, key: str, mend: str) -> None:
        error = refusal(file, text)
        assert (error.key, error.what, error.mend) == (key, "unknown key", mend)

    def test_cannot_write_to_the_terminal(self, file: Path) -> None:
        error = refusal(file, '"\\u001b[2J\\u202e" = 1')
        assert str(error).isprintable()

    def test_is_cut_to_a_readable_length(self, file: Path) -> None:
        assert len(str(refusal(file, f"{'k' * 5000} = 1"))) < 1000


class TestAWrongValue:
    @pytest.mark.parametrize(
        ("text", "key", "what"),
        [
            ("us = '{}'", "us", "must be a table"),
            ("[us]\nname = ['{}']", "us.name", "must be a text"),
            ("[us]\nname = '  '", "us.name", "must be a text"),
            ("[us]\nemails = '{}'", "us.emails", "must be a list of mail addresses"),
            ("[us]\nemails = ['{}']", "us.emails", "must be a list of mail addresses"),
            ("[us]\ndomains = ['@{}']", "us.domains", "must be a list of domains"),
            ("[us]\ndomains = ['https://{}']", "us.domains", "must be a list of domains"),
            ("[us]\ncolleagues = ['{}']", "us.colleagues[1]", "must be a table"),
            ("[us]\ncolleagues = '{}'", "us.colleagues", "must be a list of tables"),
            ("[us]\ncolleagues = [{{ name = '{}' }}]", "us.colleagues[1]", "has no email"),
            ("[us]\nhome = {{ latitude = 1, longitude = 1 }}", "us.home", "has no city"),
            ("[us]\nhome = {{ city = '{}', latitude = 1 }}", "us.home", "only one of latitude and longitude"),
            ("[us.home]\ncity = '{}'\nlatitude = 91\nlongitude = 0", "us.home.latitude", "-90 to 90"),
            ("[us]\nzone = '{}'", "us.zone", "must be a time zone"),
            ("[us]\nlocale = '{}'", "us.locale", "must be a locale"),
            ("[us]\nlanguage = 7", "us.language", "must be a language"),
            ("[screen]\norder = [1]", "screen.order", "must be a list of names"),
            ("[briefing]\ndeadline = '{}'", "briefing.deadline", "must be seconds"),
            ("[briefing]\ndeadline = 0", "briefing.deadline", "must be seconds"),
            ("[briefing]\ndeadline = nan", "briefing.deadline", "must be seconds"),
            ("[briefing]\ndeadline = inf", "briefing.deadline", "must be seconds"),
            ("[briefing]\ndeadline = true", "briefing.deadline", "must be seconds"),
            ("[links]\nfile = 3", "links.file", "must be the path of a file"),
            ("[adapters]\nfolders = '{}'", "adapters.folders", "must be a list of folders"),
            ("sources = ['{}']", "sources", "must be a table"),
            ("[sources]\ncrm = '{}'", "sources.crm", "must be a table"),
            ("[sources.crm]\nadapter = 3", "sources.crm.adapter", "must be a text"),
            ("[sources.crm]\nadapter = 'sql'\nkeep = '{}'", "sources.crm.keep", "must be one of"),
            ("[sources.crm]\ntitle = '{}'", "sources.crm", "has no adapter"),
            ('[sources."my crm"]\nadapter = "sql"', 'sources."my crm"', "is no usable name"),
            ('[sources.CRM]\nadapter = "sql"', "sources.CRM", "is no usable name"),
        ],
    )
    def test_says_what_is_expected_and_not_what_was_found(
        self, file: Path, text: str, key: str, what: str
    ) -> None:
        error = refusal(file, text.format(SECRET))
        assert error.key == key
        assert what in error.what
        assert SECRET not in str(error)
        assert error.mend

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("Europe/Amstrdam", "Europe/Amsterdam"),
            ("amsterdam", "Europe/Amsterdam"),
            ("Europe/Gend", "Europe/"),
        ],
    )
    def test_of_a_zone_has_the_nearest_one(self, file: Path, written: str, meant: str) -> None:
        assert f'did you mean "{meant}' in refusal(file, f'[us]\nzone = "{written}"').mend

    @pytest.mark.parametrize(
        "zone", ["Europe", "../../etc/passwd", "/etc/passwd", "a" * 5000, "x\\u0000y", ""]
    )
    def test_of_a_zone_may_be_anything(self, file: Path, zone: str) -> None:
        assert refusal(file, f'[us]\nzone = "{zone}"').key == "us.zone"

    def test_tells_a_misspelt_adapter_key(self, file: Path) -> None:
        error = refusal(file, "[sources.crm]\nadaptor = 'sql'")
        assert (error.what, error.mend) == ("has no adapter", 'rename "adaptor"')

    def test_names_the_layer_that_is_wrong(self, file: Path, tmp_path: Path) -> None:
        person = tmp_path / "person.toml"
        person.write_text("[us]\nname = 3", encoding="utf-8")
        file.write_text("[us]\nname = 'Anna'", encoding="utf-8")
        with pytest.raises(SettingsError) as caught:
            load({}, explicit=file, person=person)
        assert caught.value.file == person

    def test_of_a_path_to_an_unknown_home(self, file: Path) -> None:
        assert refusal(file, f"[links]\nfile = '~{SECRET}/links.toml'").key == "links.file"


class TestAFileThat:
    def test_is_not_there(self, file: Path) -> None:
        with pytest.raises(SettingsError, match="no such file") as caught:
            load({}, explicit=file, person=file.with_name("nobody.toml"))
        assert caught.value.file == file

    def test_is_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(SettingsError, match="is a folder"):
            load({}, explicit=tmp_path, person=tmp_path / "nobody.toml")

    def test_has_a_name_that_no_file_can_have(self, tmp_path: Path) -> None:
        with pytest.raises(SettingsError, match="cannot be read"):
            load({}, explicit=Path("a\0b"), person=tmp_path / "nobody.toml")

    def test_is_no_utf8(self, file: Path) -> None:
        assert "UTF-8" in refusal(file, b'[us]\nname = "J\xfcrgen"').what

    def test_is_no_toml(self, file: Path) -> None:
        error = refusal(file, f"[us]\nname = {SECRET}\n")
        assert error.what == "is not valid TOML at line 2, column 8"
        assert SECRET not in str(error)

    def test_ends_too_early(self, file: Path) -> None:
        assert refusal(file, "[us]\nname =").what == "is not valid TOML at end of document"

    @pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "1" * 5000])
    def test_asks_too_much_of_a_parser(self, file: Path, text: str) -> None:
        refusal(file, text)


KEYS = st.sampled_from(
    ["us", "name", "emails", "home", "city", "zone", "sources", "crm", "adapter", "screen", "order", "x", ""]
)
VALUES = st.recursive(
    st.one_of(
        st.just(SECRET),
        st.text(max_size=8),
        st.integers(),
        st.booleans(),
        st.floats(),
        st.dates(),
        st.times(),
        st.datetimes(),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


def message(file: Path | None, environ: dict[str, str]) -> str:
    """What is said about these settings; nothing if they are right."""
    try:
        load(environ, explicit=file, person=Path("/nowhere/settings.toml"))
    except SettingsError as error:
        return str(error)
    return ""


class TestWhateverAFileHolds:
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(table=st.dictionaries(KEYS, VALUES, max_size=4))
    def test_it_is_read_or_refused_in_one_line(
        self, table: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "wild.toml"
        file.write_text("", encoding="utf-8")
        monkeypatch.setattr("tomllib.loads", lambda _text: table)
        said = message(file, {})
        assert said.isprintable()
        assert SECRET not in said

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(content=st.binary(max_size=200))
    def test_bytes_are_read_or_refused(self, content: bytes, tmp_path: Path) -> None:
        file = tmp_path / "wild.toml"
        file.write_bytes(content)
        assert message(file, {}).isprintable()

    @settings(deadline=None)
    @given(
        name=st.text(st.sampled_from("US_ZONE_HOME_X"), max_size=12),
        value=st.text(max_size=20) | st.just(SECRET),
    )
    def test_a_variable_is_read_or_refused(self, name: str, value: str) -> None:
        said = message(None, {f"SALESPREP_{name}": value})
        assert said.isprintable()
        assert SECRET not in said
