"""A screen that closes itself and no other, however often and however late it is told to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from textual.await_complete import AwaitComplete
from textual.screen import ScreenResultType

if TYPE_CHECKING:
    from textual.screen import Screen as _Screen
else:  # Textual looks for styles along the first base that is a node alone, and this is not the one

    class _Screen(Generic[ScreenResultType]):
        pass


class Leaves(_Screen[ScreenResultType]):
    """Before the class of a screen. Without it the second Enter of two in a row, or a worker that ends while
    something lies over its screen, closes whatever is on top, at last home itself."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close this one, and what was opened over it; nothing if that has been done."""
        if self not in self.app.screen_stack:
            return AwaitComplete()
        while self.app.screen is not self:
            self.app.pop_screen()
        return super().dismiss(result)

    @property
    def was_left(self) -> bool:
        """It is closed, or about to be: there is nothing on it any more."""
        return not self.is_attached or self not in self.app.screen_stack
