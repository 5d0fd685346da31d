"""Who said what about a key, and on which line."""

from __future__ import annotations

import textwrap
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.settings import history, locked_by, which_layer
from salesprep.settings.lines import key_lines


class TestTheHistoryOfAKey:
    def test_has_each_layer_that_gives_it(self, world: Any) -> None:
        world.write(world.company, '[us]\nname = "Ons"\n\n\nlocale = "de_DE"\n')
        world.write(world.person, '# mine\n[us]\nlocale = "nl_NL"\n')
        settings = world.load({"SALESPREP_US__LOCALE": "en_GB"})
        said = history(settings)[("us", "locale")]
        assert [(one.layer, one.origin, one.line, one.value) for one in said] == [
            ("company", str(world.company), 5, "de_DE"),
            ("person", str(world.person), 3, "nl_NL"),
            ("variable", "SALESPREP_US__LOCALE", None, "en_GB"),
        ]
        assert len(history(settings)[("us", "name")]) == 1

    def test_knows_for_which_adapter_each_was_meant(self, world: Any) -> None:
        world.write(world.company, '[sources.crm]\nadapter = "rest"\nurl = "https://crm.example"\n')
        world.write(world.person, '[sources.crm]\nadapter = "sql"\nurl = "x"\n')
        said = history(world.load())[("sources", "crm", "url")]
        assert [one.adapter for one in said] == ["rest", "sql"]

    def test_never_prints_a_value_by_accident(self, world: Any) -> None:
        world.write(world.person, '[sources.crm]\nadapter = "sql"\ntoken = "hunter2"\n')
        settings = world.load()
        assert "hunter2" not in repr(history(settings)) + repr(settings.layers)


class TestWhoeverWritesSettings:
    """``add`` writes the person's file and has to know what stands in other layers."""

    def test_learns_which_layer_names_a_key(self, world: Any) -> None:
        world.write(world.company, '[sources.crm]\nadapter = "sql"\n')
        world.write(world.person, '[sources.crm]\ntitle = "Klanten"\n[us]\nname = "Anna"\n')
        settings = world.load()
        found = [which_layer(settings, *key) for key in (("sources", "crm"), ("sources", "crm", "adapter"))]
        assert [layer and layer.kind for layer in found] == ["person", "company"]
        assert which_layer(settings, "sources", "wiki") is None
        assert which_layer(settings, "us", "name", "first") is None

    def test_learns_who_locked_it(self, world: Any) -> None:
        world.write(world.company, 'locked = ["us.domains", "sources.crm"]\n')
        settings = world.load()
        for key in (("us", "domains"), ("us",), ("sources", "crm", "url"), ("sources",)):
            assert locked_by(settings, *key) == str(world.company)
        assert locked_by(settings, "us", "name") is None
        assert locked_by(settings, "sources", "wiki") is None


class TestTheLineOfAKey:
    TEXT = textwrap.dedent(
        """\
        # a file
        locked = [
          "us.domains", # [us]
        ]

        [us]
        name = "Anna" # name = "Jan"
        home = { city = "Gent", latitude = 51.0, longitude = 3.7 }
        domains = [
          "ons.example",

          "name = ",
        ]
          [ sources . "crm" ]
        adapter = "sql"
        query = '''
        [us]
        name = "not this one"
        ''' # the end
        links.account = "https://crm.example/{id}"

        [[sources.calendar.calendars]]
        path = "a.ics"
        [[sources.calendar.calendars]]
        path = "b.ics"
        """
    )

    @pytest.mark.parametrize(
        ("key", "line"),
        [
            ("locked", 2),
            ("us.name", 7),
            ("us.home.city", 8),
            ("us.home.longitude", 8),
            ("us.domains", 9),
            ("sources.crm.adapter", 15),
            ("sources.crm.query", 16),
            ("sources.crm.links.account", 20),
            ("sources.calendar.calendars", 22),
        ],
    )
    @pytest.mark.parametrize("ending", ["\n", "\r\n"])
    def test_is_where_it_is_set(self, key: str, line: int, ending: str) -> None:
        assert key_lines(self.TEXT.replace("\n", ending))[tuple(key.split("."))] == line

    def test_is_not_told_from_a_value_on_that_never_seems_to_end(self) -> None:
        text = 'a = 1\nb = """\n' + "x\n" * 5000 + '"""\nc = 1\n'
        assert key_lines(text) == {("a",): 1}

    @given(
        table=st.dictionaries(
            st.text("ab.\"' ", min_size=1, max_size=4),
            st.text(st.sampled_from("ab=[]\"'\\\n#\u2028\x0b"), max_size=12),
            max_size=5,
        )
    )
    def test_is_found_for_whatever_key_and_value(self, table: dict[str, str]) -> None:
        import json

        text = "".join(f"{json.dumps(key)} = {json.dumps(value)}\n" for key, value in table.items())
        assert tomllib.loads(text) == table
        assert key_lines(text) == {(key,): number for number, key in enumerate(table, 1)}

    def test_is_found_in_the_samples_own_file(self) -> None:
        file = Path(__file__).parents[2] / "settings.toml"
        text = file.read_text(encoding="utf-8")
        lines = text.splitlines()
        for key, number in key_lines(text).items():
            assert key[-1] in lines[number - 1] or "{" in lines[number - 1]
