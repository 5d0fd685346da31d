"""docs/keys.md is what the actions are."""

from __future__ import annotations

from salesprep.settings.keys import ACTIONS
from tools.keys import PAGE, page


class TestThePageOnKeys:
    def test_is_what_make_keys_writes(self) -> None:
        assert PAGE.read_text(encoding="utf-8") == page(), "make keys"

    def test_names_every_action_that_settings_can_name(self) -> None:
        text = page()
        runs = {f"panel_{number}" for number in range(2, 9)}
        assert [action for action in ACTIONS if f"`{action}`" not in text and action not in runs] == []
