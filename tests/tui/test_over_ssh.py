"""Copying and opening where the terminal is on another machine than salesprep."""

from __future__ import annotations

import base64

from tests.desk import Desk, Sit

FAR = {"SSH_TTY": "/dev/pts/3", "SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}


def written(desk: Desk) -> list[str]:
    """What goes to the terminal past the screen from now on."""
    taken: list[str] = []
    driver = desk.board._driver
    assert driver is not None
    driver.write = taken.append  # type: ignore[method-assign, assignment]
    return taken


class TestCopyOverSsh:
    async def test_hands_the_line_to_the_terminal_and_says_which_way_it_went(self, sit: Sit) -> None:
        async with sit(80, 24, **FAR) as desk:
            await desk.presses("enter", "down")
            taken = written(desk)
            await desk.presses("c")
            sequence = next(each for each in taken if "]52;" in each)
            text = base64.b64decode(sequence.split("]52;c;")[1].rstrip("\x07\x1b\\")).decode()
            assert text == "LX-200        € 180.000  negotiation  until Tue 24"
            assert any("OSC 52" in toast for toast in desk.toasts)

    async def test_takes_the_panel_or_all_of_it(self, sit: Sit) -> None:
        async with sit(160, 45, **FAR) as desk:
            await desk.presses("enter")
            taken = written(desk)
            await desk.presses("C", "y")
            panel, screen = (
                base64.b64decode(each.split("]52;c;")[1].rstrip("\x07\x1b\\")).decode()
                for each in taken
                if "]52;" in each
            )
            assert panel.startswith("CRM ")
            assert "WIKI" not in panel
            assert "COMPLAINT" in screen
            assert "WIKI" in screen


class TestOpenOverSsh:
    async def test_shows_the_address_as_a_link_and_copies_it(self, sit: Sit) -> None:
        async with sit(80, 24, **FAR) as desk:
            await desk.presses("enter", "down", "enter")
            assert "https://crm.ons.example/" in desk.screen
            assert "this is another machine than yours" in " ".join(desk.screen.split())
