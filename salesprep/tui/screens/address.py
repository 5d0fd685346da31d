"""An address that the user opens themselves, since from here it would open on another machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.style import Style
from textual.widgets import Static

from salesprep.tui.screens.leaving import Leaves

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from salesprep.tui.opening import Openable


class AddressScreen(Leaves[None], ModalScreen[None]):
    """What became of it, and the address as a link (OSC 8); any of the keys for leaving closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q,space", "dismiss", show=False)]
    DEFAULT_CSS = """
    AddressScreen {
        align: center middle;
        & > VerticalScroll {
            width: auto; max-width: 100%; height: auto; max-height: 100%;
            padding: 1 2; background: $surface; border: round $primary;
        }
        & > VerticalScroll > Static { width: auto; max-width: 100%; }
        & > VerticalScroll > #address { margin-top: 1; }
    }
    """

    def __init__(self, said: str, target: Openable) -> None:
        super().__init__()
        self._said = said
        self._target = target

    def compose(self) -> ComposeResult:
        """The sentence and the link."""
        with VerticalScroll() as box:
            box.border_subtitle = "esc"
            yield Static(Content(self._said), id="said")
            link = Style(link=self._target.url, underline=True)
            yield Static(Content.styled(self._target.address, link), id="address")
