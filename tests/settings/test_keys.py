"""``[keys]`` and ``[screen] theme``: what the user may press, as the settings say it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.settings import Settings, SettingsError, load
from salesprep.settings.keys import ACTIONS, NAMED, nearest_key, read_keys


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def read(file: Path, text: str, environ: dict[str, str] | None = None) -> Settings:
    file.write_text(text, encoding="utf-8")
    return load(environ or {}, explicit=file, person=file.with_name("nobody.toml"))


def refusal(file: Path, text: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        read(file, text)
    assert caught.value.file == file
    return caught.value


class TestAKey:
    @pytest.mark.parametrize(
        ("written", "keys"),
        [
            ('"o"', ("o",)),
            ('"O"', ("O",)),
            ('"o,enter"', ("o", "enter")),
            ('" o , Enter "', ("o", "enter")),
            ('["o", "ctrl+o"]', ("o", "ctrl+o")),
            ('"Ctrl+P"', ("ctrl+p",)),
            ('"shift+ctrl+left"', ("ctrl+shift+left",)),
            ('"ctrl+p,ctrl+p"', ("ctrl+p",)),
            ('"+"', ("+",)),
            ('"ctrl++"', ("ctrl++",)),
            ('","', ("comma",)),
            ('["a", ","]', ("a", "comma")),
            ('"comma"', ("comma",)),
            ('"?"', ("?",)),
            ('"é"', ("é",)),
            ('"ж"', ("ж",)),
            ('"f12"', ("f12",)),
            ("[]", ()),
        ],
    )
    def test_is_written_as_what_it_writes_or_by_name(
        self, file: Path, written: str, keys: tuple[str, ...]
    ) -> None:
        assert read(file, f"[keys]\nopen = {written}").keys == {"open": keys}

    def test_may_come_from_a_variable_that_reads_as_a_number(self, file: Path) -> None:
        found = read(file, "", {"SALESPREP_KEYS__PANEL_1": "1", "SALESPREP_KEYS__OPEN": "o,enter"})
        assert found.keys == {"panel_1": ("1",), "open": ("o", "enter")}

    def test_of_a_later_layer_takes_the_place_of_the_earlier_ones(self, file: Path) -> None:
        found = read(file, '[keys]\nopen = "o,enter"', {"SALESPREP_KEYS__OPEN": "x"})
        assert found.keys == {"open": ("x",)}
        assert found.origins["keys.open"] == "SALESPREP_KEYS__OPEN"

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ('"entr"', "enter"),
            ('"o,entr"', "enter"),
            ('["o", "pgdn"]', "pagedown"),
            ('"esc"', "escape"),
            ('"control+p"', "ctrl+p"),
            ('"crtl+o"', "ctrl+o"),
            ('"page_down"', "pagedown"),
            ('"shift+a"', "A"),
            ('"ctrl+m"', "enter"),
            ('"ctrl+i"', "tab"),
            ('"ctrl+["', "escape"),
            ('"strl+dwon"', "ctrl+down"),
        ],
    )
    def test_that_is_none_is_refused_with_the_nearest_right_one(
        self, file: Path, written: str, meant: str
    ) -> None:
        error = refusal(file, f"[keys]\nopen = {written}")
        assert error.key == "keys.open"
        assert error.what.startswith("must be keys such as")
        assert error.mend == f'did you mean "{meant}"?'

    @pytest.mark.parametrize(
        "written",
        [
            *('""', '"o,"', '"o,,p"', '" "', "3", "true", "[3]", '["o,p"]', '"hunter2-Zwaluw"', '"\\u0301"'),
            *('"\\u202e"', '"shift+shift+left"', '"ctrl+é"', "{ a = 1 }", '"' + "x" * 5000 + '"'),
        ],
    )
    def test_that_looks_like_no_other_is_refused_with_how_keys_are_written(
        self, file: Path, written: str
    ) -> None:
        error = refusal(file, f"[keys]\nopen = {written}")
        assert error.key == "keys.open"
        assert "hunter2" not in str(error)
        assert str(error).isprintable()
        assert error.mend

    @given(st.text(max_size=12) | st.lists(st.text(max_size=6), max_size=3))
    def test_is_read_or_refused_whatever_is_written(self, written: str | list[str]) -> None:
        keys = read_keys(written)
        if keys is None:
            nearest = nearest_key(written)
            assert nearest is None or read_keys([nearest]) == (nearest,)
        else:
            assert keys == tuple(dict.fromkeys(keys))
            assert read_keys(list(keys)) == keys, "what was read is read again as the same"

    @given(
        st.lists(
            st.tuples(
                st.lists(st.sampled_from(["ctrl", "Ctrl", "alt", "shift", "super", ""]), max_size=3),
                st.sampled_from([*NAMED, "a", "A", "+", ",", "?", "é", "esc", ""]),
            ).map(lambda key: "+".join([*key[0], key[1]])),
            max_size=4,
        )
    )
    def test_is_read_the_same_in_a_list_and_in_a_text(self, written: list[str]) -> None:
        keys = read_keys(written)
        if keys and "," not in "".join(written):
            assert read_keys(",".join(written)) == keys


class TestAnAction:
    def test_that_there_is_not_is_refused_with_the_nearest_one(self, file: Path) -> None:
        error = refusal(file, '[keys]\nask_agian = "r"')
        assert (error.key, error.what, error.mend) == (
            "keys.ask_agian",
            "unknown key",
            'did you mean "ask_again"?',
        )

    def test_that_is_set_outside_the_table_is_sent_there(self, file: Path) -> None:
        assert refusal(file, 'zoom = "z"').mend == "it belongs in [keys]"

    @pytest.mark.parametrize("action", ACTIONS)
    def test_can_be_locked(self, file: Path, action: str) -> None:
        file.write_text(f'locked = ["keys.{action}"]\n', encoding="utf-8")
        with pytest.raises(SettingsError, match="is locked by"):
            load({f"SALESPREP_KEYS__{action.upper()}": "x"}, explicit=file, person=Path("/nowhere"))


class TestTheTheme:
    def test_is_dark_unless_one_is_named(self, file: Path) -> None:
        assert read(file, "").theme == "dark"
        assert read(file, '[screen]\ntheme = "contrast"').theme == "contrast"

    def test_that_there_is_not_is_refused_with_the_nearest_one(self, file: Path) -> None:
        error = refusal(file, '[screen]\ntheme = "lite"')
        assert (error.key, error.mend) == ("screen.theme", 'did you mean "light"?')
        assert "dark" in error.what
