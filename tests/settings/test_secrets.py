"""Secrets are references in settings, and nothing that could be one is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from salesprep.adapter.manifest import Manifest, read_manifest
from salesprep.settings import Settings, SettingsError, check_secrets, is_reference, load, shown, shown_keys

SECRET = "hunter2-Zwaluw"


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    file = tmp_path / "adapter.toml"
    file.write_text(
        """
        name = "web"
        title = "Web"
        version = "1.0"
        contract = "1.0"
        class = "Web"
        kinds = ["document"]
        abilities = ["fetch"]
        asks_as = "user"
        secrets = ["token", "calendars.secret_url", "login.password"]
        """,
        encoding="utf-8",
    )
    return read_manifest(file)


def read(tmp_path: Path, keys: str) -> Settings:
    file = tmp_path / "settings.toml"
    file.write_text(f'[sources.web]\nadapter = "web"\n{keys}', encoding="utf-8")
    return load({}, explicit=file, person=tmp_path / "nobody.toml")


class TestASecretWrittenOut:
    @pytest.mark.parametrize(
        ("keys", "key"),
        [
            (f'token = "{SECRET}"', "sources.web.token"),
            ("token = 12345678", "sources.web.token"),
            ('token = ""', "sources.web.token"),
            ('token = "env:"', "sources.web.token"),
            (f'token = ["env:A", "{SECRET}"]', "sources.web.token[2]"),
            (f'login = {{ user = "anna", password = "{SECRET}" }}', "sources.web.login.password"),
            (
                f'calendars = [{{ path = "a" }}, {{ secret_url = "https://x.example/{SECRET}" }}]',
                "sources.web.calendars[2].secret_url",
            ),
        ],
    )
    def test_is_refused_by_file_and_key(
        self, tmp_path: Path, manifest: Manifest, keys: str, key: str
    ) -> None:
        with pytest.raises(SettingsError) as caught:
            check_secrets(read(tmp_path, keys), {"web": manifest})
        error = caught.value
        assert (str(error.file), error.key) == (str(tmp_path / "settings.toml"), key)
        assert "env:NAME" in error.mend
        assert SECRET not in str(error)
        assert "12345678" not in str(error)

    def test_in_a_variable_names_the_variable(self, manifest: Manifest) -> None:
        environ = {"SALESPREP_SOURCES__WEB__ADAPTER": "web", "SALESPREP_SOURCES__WEB__TOKEN": SECRET}
        settings = load(environ, explicit=None, person=Path("/nowhere/settings.toml"))
        with pytest.raises(SettingsError) as caught:
            check_secrets(settings, {"web": manifest})
        assert caught.value.file == "SALESPREP_SOURCES__WEB__TOKEN"

    @pytest.mark.parametrize(
        "keys",
        ['token = "env:CRM_TOKEN"', 'token = "file:~/token"', 'calendars = [{ secret_url = "env:URL" }]', ""],
    )
    def test_is_not_what_a_reference_is(self, tmp_path: Path, manifest: Manifest, keys: str) -> None:
        check_secrets(read(tmp_path, keys), {"web": manifest})

    def test_cannot_be_told_without_a_manifest(self, tmp_path: Path) -> None:
        check_secrets(read(tmp_path, f'token = "{SECRET}"'), {})

    @pytest.mark.parametrize("value", ["env:", "file:  ", "keyring:x", "ENV:x", 3, None, "x env:y"])
    def test_looks_like_no_reference(self, value: object) -> None:
        assert not is_reference(value)


class TestWhatIsShown:
    def test_has_references_but_no_credentials(self, tmp_path: Path, manifest: Manifest) -> None:
        keys = f"""
            token = "env:CRM_TOKEN"
            space = "SALES"
            url = "https://anna:{SECRET}@wiki.example/api?key={SECRET}#part"
            calendars = [{{ url = "webcal://x.example/a.ics?t={SECRET}" }}]
            [sources.web.login]
            address = "https://{SECRET}@x.example/"
            broken = "http://[{SECRET}"
        """
        values = shown(read(tmp_path, keys).sources["web"], manifest)
        assert values["token"] == "env:CRM_TOKEN"
        assert values["space"] == "SALES"
        assert values["url"] == "https://(hidden)@wiki.example/api?(hidden)"
        assert SECRET not in str(values)

    def test_is_nothing_where_no_manifest_tells_what_is_secret(self, tmp_path: Path) -> None:
        values = shown(read(tmp_path, f'token = "{SECRET}"\nother = "env:X"').sources["web"], None)
        assert dict(values) == {"token": "(hidden)", "other": "env:X"}

    def test_of_one_layer_hides_a_secret_that_a_later_one_replaced(self, manifest: Manifest) -> None:
        config = {
            "token": SECRET,
            "login": {"user": "anna", "password": SECRET},
            "calendars": [{"secret_url": f"https://x.example/{SECRET}"}, {"secret_url": "env:URL"}],
            "space": "SALES",
        }
        assert shown_keys(config, manifest) == {
            "token": "(hidden)",
            "login": {"user": "anna", "password": "(hidden)"},
            "calendars": [{"secret_url": "(hidden)"}, {"secret_url": "env:URL"}],
            "space": "SALES",
        }
        assert SECRET not in str(shown_keys({"token": [SECRET], "login": SECRET}, manifest))
