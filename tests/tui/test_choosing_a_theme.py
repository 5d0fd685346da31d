"""Which theme is in force, and which comes next."""

from __future__ import annotations

from typing import get_args

import pytest

from salesprep import settings
from salesprep.tui.themes import NAMES, THEMES, Themed, next_theme


def test_one_key_goes_through_all_of_them() -> None:
    seen = [NAMES[0]]
    while (following := next_theme(seen[-1])) not in seen:
        seen.append(following)
    assert tuple(seen) == NAMES == tuple(THEMES)
    assert following == NAMES[0]


def test_settings_know_the_same_ones() -> None:
    assert get_args(settings.Theme) == NAMES


@pytest.mark.parametrize("theme", NAMES)
def test_the_one_in_the_settings_is_there_from_the_start(theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert Themed[None](theme=theme).theme == theme


def test_none_can_be_chosen_that_lacks_our_colours() -> None:
    assert set(Themed[None]().available_themes) == set(NAMES)


def test_a_terminal_of_sixteen_colours_keeps_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("COLORTERM", raising=False)
    assert Themed[None](theme="dark").theme == "terminal"
