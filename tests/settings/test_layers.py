"""Which layer wins, and where paths start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from salesprep.settings import Settings, SettingsError, load

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a settings file ``FOLDER/settings.toml``."""

    def into(folder: str, text: str) -> Path:
        file = tmp_path / folder / "settings.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return into


def in_force(
    person: Path | None = None,
    explicit: Path | None = None,
    environ: dict[str, str] | None = None,
    sample: Path | None = None,
    folder: Path | None = None,
) -> Settings:
    nobody = Path("/nowhere/settings.toml")
    return load(environ or {}, explicit=explicit, person=person or nobody, sample=sample, folder=folder)


CRM = '[sources.crm]\nadapter = "sql"\n'


class TestAPersonsOwnFile:
    def test_is_all_that_is_needed(self, write: Write) -> None:
        file = write(
            "me",
            """
            [us]
            name = "Anna de Boer"
            emails = ["Anna@Ons.example"]
            domains = ["ONS.example"]
            colleagues = [{ name = "M. Bakker", email = "M.Bakker@ons.example" }]
            home = { city = "Amersfoort", latitude = 52.15, longitude = 5.38 }
            zone = "Europe/Amsterdam"
            locale = "nl_NL"
            language = "nl"
            [briefing]
            deadline = 5
            [sources.crm]
            adapter = "sql"
            title = "Klanten"
            keep = "nothing"
            database = "crm.sqlite"
            """,
        )
        settings = in_force(file)
        us = settings.us
        assert (us.name, us.emails, us.domains) == ("Anna de Boer", ("anna@ons.example",), ("ons.example",))
        assert us.colleagues[0].email == "m.bakker@ons.example"
        assert us.home is not None
        assert (us.home.city, us.home.latitude, us.home.longitude) == ("Amersfoort", 52.15, 5.38)
        assert (us.zone.key, us.locale, us.language) == ("Europe/Amsterdam", "nl_NL", "nl")
        assert settings.deadline == 5.0
        crm = settings.sources["crm"]
        assert (crm.adapter, crm.title, crm.keep, crm.file) == ("sql", "Klanten", "nothing", file)
        assert dict(crm.config) == {"database": "crm.sqlite"}

    def test_need_not_exist(self) -> None:
        assert in_force().sources == {}

    def test_may_begin_with_the_mark_of_a_windows_editor(self, write: Write) -> None:
        file = write("me", "")
        file.write_bytes(b"\xef\xbb\xbf" + CRM.encode())
        assert list(in_force(file).sources) == ["crm"]

    def test_names_a_source_in_capitals_where_it_has_no_title(self, write: Write) -> None:
        assert in_force(write("me", CRM)).sources["crm"].title == "CRM"


class TestTheOrderOfTheScreen:
    def test_is_as_given_and_the_others_come_after(self, write: Write) -> None:
        sources = "".join(f'[sources.{name}]\nadapter = "x"\n' for name in ("wiki", "crm", "calendar"))
        file = write("me", f'[screen]\norder = ["calendar", "crm"]\n{sources}')
        assert list(in_force(file).sources) == ["calendar", "crm", "wiki"]

    def test_names_sources_of_other_layers_too(self, write: Write) -> None:
        person = write("me", CRM)
        other = write("other", '[screen]\norder = ["wiki", "crm"]\n[sources.wiki]\nadapter = "x"\n')
        assert list(in_force(person, other).sources) == ["wiki", "crm"]

    def test_refuses_what_no_layer_gives(self, write: Write) -> None:
        file = write("me", f'{CRM}[screen]\norder = ["crn"]\n')
        with pytest.raises(SettingsError) as caught:
            in_force(file)
        assert (caught.value.file, caught.value.key) == (file, "screen.order")
        assert 'did you mean "crm"?' in caught.value.mend


class TestALaterLayer:
    def test_wins_key_by_key(self, write: Write) -> None:
        person = write("me", '[us]\nname = "Anna"\nlocale = "nl_NL"\nhome = { city = "Gent" }\n' + CRM)
        other = write("other", '[us]\nname = "Jan"\n[us.home]\nlatitude = 51.0\nlongitude = 3.7\n')
        settings = in_force(person, other)
        assert (settings.us.name, settings.us.locale) == ("Jan", "nl_NL")
        assert settings.us.home is not None
        assert (settings.us.home.city, settings.us.home.latitude) == ("Gent", 51.0)
        assert settings.files == (person, other)

    def test_replaces_a_list_by_its_own(self, write: Write) -> None:
        person = write("me", '[us]\ndomains = ["a.example", "b.example"]\n')
        other = write("other", '[us]\ndomains = ["c.example"]\n')
        assert in_force(person, other).us.domains == ("c.example",)

    def test_adds_its_sources_to_the_persons_own(self, write: Write) -> None:
        person = write("me", CRM)
        other = write("other", '[sources.wiki]\nadapter = "mediawiki"\n')
        assert list(in_force(person, other).sources) == ["crm", "wiki"]

    def test_with_another_adapter_replaces_the_source_whole(self, write: Write) -> None:
        person = write("me", '[sources.crm]\nadapter = "rest"\nurl = "https://crm.example"\ntitle = "Old"\n')
        other = write("other", '[sources.crm]\nadapter = "sql"\ndatabase = "crm.sqlite"\n')
        settings = in_force(person, other)
        crm = settings.sources["crm"]
        assert (crm.adapter, dict(crm.config), crm.title) == ("sql", {"database": "crm.sqlite"}, "CRM")
        assert crm.file == other
        assert "sources.crm.url" not in settings.origins

    def test_may_be_named_by_a_variable(self, write: Write) -> None:
        named = write("named", CRM)
        assert list(in_force(environ={"SALESPREP_SETTINGS": str(named)}).sources) == ["crm"]

    def test_named_on_the_command_line_beats_the_variable(self, write: Write) -> None:
        named, explicit = write("named", CRM), write("explicit", '[sources.wiki]\nadapter = "x"\n')
        settings = in_force(explicit=explicit, environ={"SALESPREP_SETTINGS": str(named)})
        assert list(settings.sources) == ["wiki"]

    def test_that_is_the_persons_own_file_counts_once(self, write: Write) -> None:
        person = write("me", CRM)
        assert in_force(person, person).files == (person,)


class TestVariables:
    def test_come_last(self, write: Write) -> None:
        file = write("me", CRM + 'database = "a.sqlite"\n[us]\nname = "Anna"\n')
        settings = in_force(
            file, environ={"SALESPREP_SOURCES__CRM__DATABASE": "b.sqlite", "SALESPREP_US__NAME": "Jan"}
        )
        assert settings.sources["crm"].config["database"] == "b.sqlite"
        assert settings.us.name == "Jan"

    def test_are_read_as_toml_where_they_are_such(self, write: Write) -> None:
        environ = {
            "SALESPREP_US__DOMAINS": '["ons.example"]',
            "SALESPREP_BRIEFING__DEADLINE": "2.5",
            "SALESPREP_SOURCES__CRM__ROWS": "10",
            "SALESPREP_SOURCES__CRM__PLAIN": "select 1",
        }
        settings = in_force(write("me", CRM), environ=environ)
        assert settings.us.domains == ("ons.example",)
        assert settings.deadline == 2.5
        assert dict(settings.sources["crm"].config) == {"rows": 10, "plain": "select 1"}

    def test_give_a_text_where_a_text_is_expected(self) -> None:
        assert in_force(environ={"SALESPREP_US__NAME": "1001"}).us.name == "1001"

    def test_cannot_smuggle_in_a_second_key(self, write: Write) -> None:
        environ = {"SALESPREP_SOURCES__CRM__DATABASE": '"a"\nother = "b"'}
        config = in_force(write("me", CRM), environ=environ).sources["crm"].config
        assert dict(config) == {"database": '"a"\nother = "b"'}

    def test_without_two_underscores_are_no_settings(self) -> None:
        in_force(environ={"SALESPREP_HOME": "/x", "SALESPREP_CRM_TOKEN": "t", "SALESPREP_DEBUG": "1"})

    def test_can_give_a_source_of_their_own(self) -> None:
        settings = in_force(environ={"SALESPREP_SOURCES__CRM__ADAPTER": "sql"})
        assert settings.sources["crm"].adapter == "sql"

    def test_name_themselves_when_wrong(self) -> None:
        with pytest.raises(SettingsError, match=r'SALESPREP_US__ZONA: us\.zona: unknown key.*"zone"'):
            in_force(environ={"SALESPREP_US__ZONA": "x"})


class TestRelativePaths:
    def test_of_a_source_start_at_the_file_that_last_gave_its_adapter_a_key(self, write: Write) -> None:
        person = write("me", CRM + 'database = "a.sqlite"\n')
        title = write("title", '[sources.crm]\ntitle = "Klanten"\nkeep = "memory"\n')
        database = write("database", '[sources.crm]\ndatabase = "b.sqlite"\n')
        assert in_force(person, title).sources["crm"].file == person
        assert in_force(person, database).sources["crm"].file == database

    def test_of_a_source_are_not_moved_by_a_variable(self, write: Write) -> None:
        person = write("me", CRM + 'database = "a.sqlite"\n')
        environ = {"SALESPREP_SOURCES__CRM__ROWS": "3"}
        assert in_force(person, environ=environ).sources["crm"].file == person

    def test_of_the_core_start_at_the_file_that_gave_them(self, write: Write, tmp_path: Path) -> None:
        person = write("me", '[links]\nfile = "links.toml"\n[adapters]\nfolders = ["own", "/srv/adapters"]\n')
        other = write("other", '[adapters]\nfolders = ["theirs"]\n')
        assert in_force(person).links_file == tmp_path / "me" / "links.toml"
        assert in_force(person).adapter_folders == (tmp_path / "me" / "own", Path("/srv/adapters"))
        assert in_force(person, other).adapter_folders == (tmp_path / "other" / "theirs",)

    def test_in_a_variable_start_at_the_current_folder(self, tmp_path: Path) -> None:
        settings = in_force(environ={"SALESPREP_LINKS__FILE": "links.toml"}, folder=tmp_path)
        assert settings.links_file == tmp_path / "links.toml"


class TestWhoDecidedEachKey:
    def test_is_kept(self, write: Write) -> None:
        person = write("me", '[us]\nname = "Anna"\nlocale = "nl_NL"\n' + CRM)
        other = write("other", '[us]\nname = "Jan"\n')
        environ = {"SALESPREP_SOURCES__CRM__DATABASE": "x"}
        origins = in_force(person, other, environ).origins
        assert origins["us.name"] == str(other)
        assert origins["us.locale"] == str(person)
        assert origins["sources.crm.adapter"] == str(person)
        assert origins["sources.crm.database"] == "SALESPREP_SOURCES__CRM__DATABASE"

    def test_is_forgotten_with_what_it_replaced(self, write: Write) -> None:
        person = write("me", "[sources.crm]\nadapter = 'sql'\n[sources.crm.queries]\nperson = 'x'\n")
        other = write("other", "[sources.crm]\nqueries = 'none'\n")
        origins = in_force(person, other).origins
        assert origins["sources.crm.queries"] == str(other)
        assert "sources.crm.queries.person" not in origins


class TestTheSample:
    SAMPLE = '[us]\nname = "Sample"\nzone = "Europe/Amsterdam"\n[sources.demo]\nadapter = "sql"\n'

    def test_serves_where_nobody_names_a_source(self, write: Write) -> None:
        person = write("me", '[us]\nname = "Anna"\n')
        settings = in_force(person, sample=write("sample", self.SAMPLE))
        assert list(settings.sources) == ["demo"]
        assert settings.example
        assert settings.us.name == "Sample"  # its calendars are those of the sample's own people

    def test_gives_way_to_any_source(self, write: Write) -> None:
        sample = write("sample", self.SAMPLE)
        assert not in_force(write("me", CRM), sample=sample).example
        assert not in_force(explicit=write("me", CRM), sample=sample).example
        settings = in_force(environ={"SALESPREP_SOURCES__CRM__ADAPTER": "sql"}, sample=sample)
        assert list(settings.sources) == ["crm"]

    def test_can_still_be_seen_in_another_locale(self, write: Write) -> None:
        environ = {"SALESPREP_US__LOCALE": "de_DE"}
        settings = in_force(environ=environ, sample=write("sample", self.SAMPLE))
        assert settings.us.locale == "de_DE"


class TestTheZone:
    def test_is_the_machines_own_where_nobody_gives_one(self) -> None:
        assert in_force(environ={"TZ": "America/Lima"}).us.zone.key == "America/Lima"

    def test_is_utc_where_the_machine_names_none_that_is_known(self) -> None:
        assert in_force(environ={"TZ": "CET-1CEST,M3.5.0"}).us.zone.key == "UTC"
