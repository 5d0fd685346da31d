"""The last line: the keys in force, as many as there is room for, the way to all others at its right edge.

One line of one widget; Textual's own footer is a widget for each key, made anew with every change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from salesprep.tui.keys import InForce, in_force, runs, said, shown

if TYPE_CHECKING:
    from textual import events

_HELP = "help"
_NARROW = 60
"""Columns; with fewer the keys stand closer together."""


@dataclass(frozen=True, slots=True)
class Item:
    """A key and what it does; or several in a row, of which it is the first."""

    does: InForce
    key: str
    label: str
    long: str

    @property
    def rank(self) -> int:
        """The higher, the sooner it is left out."""
        return self.does.action.rank

    def width(self, *, long: bool = False) -> int:
        """In columns."""
        return cell_len(self.key) + bool(self.key) + cell_len(self.long if long else self.label)


@dataclass(frozen=True, slots=True)
class Placed:
    """An item where it stands."""

    item: Item
    start: int
    label: str

    @property
    def read(self) -> tuple[int, str, str]:
        """What of it is seen."""
        return self.start, self.item.key, self.label

    @property
    def end(self) -> int:
        """The column after it."""
        return self.start + cell_len(self.item.key) + bool(self.item.key) + cell_len(self.label)


class Footer(Widget):
    """The keys in force on its screen. A click on one does what it says; the mouse over it, what that is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"footer--key", "footer--label"}

    def __init__(self, name: str | None = None) -> None:
        super().__init__(name=name)
        self._placed: tuple[Placed, ...] | None = None
        self._due = False

    def on_mount(self) -> None:
        """Whatever changes what can be done changes the line."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self._look_soon())

    def on_resize(self) -> None:
        """There is room for more, or for less."""
        self._look_again()

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(segment.text for segment in self._segments())

    def _look_soon(self) -> None:
        """Once, however often it is told so: what loses the focus tells, and what gets it, too."""
        if not self._due:
            self._due = True
            self.call_after_refresh(self._look_again)

    def _look_again(self) -> None:
        """Find out what is in force; painted only if that reads differently."""
        self._due = False
        if not self.is_attached:
            return
        before = self._placed
        self._placed = tuple(place(self._items(), self.size.width))
        if before is None or [each.read for each in self._placed] != [each.read for each in before]:
            self.refresh()

    def _items(self) -> list[Item]:
        told = [one for one in in_force(self.screen) if one.action.rank and one.enabled]
        return [self._item(run) for run in runs(told)]

    def _item(self, run: Sequence[InForce]) -> Item:
        first, last = run[0], run[-1]
        key = self._key(first)
        if last is not first and key and last.keys:
            key = f"{key}-{self._key(last)}"
        label = said(self.app, first.action.run or first.action.label)
        return Item(first, key, label, said(self.app, first.action.long) or label)

    def _key(self, one: InForce) -> str:
        return said(self.app, shown(one.keys[0])) if one.keys else ""

    # -- Textual asks ---------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """The line."""
        if y:
            return Strip.blank(self.size.width, self.rich_style)
        return Strip(self._segments(), self.size.width)

    def _segments(self) -> list[Segment]:
        if self._placed is None:
            self._placed = tuple(place(self._items(), self.size.width))
        width = self.size.width
        key, label = (
            self.get_component_rich_style("footer--key"),
            self.get_component_rich_style("footer--label"),
        )
        segments: list[Segment] = []
        at = 0
        for placed in self._placed:
            segments.append(Segment(" " * (placed.start - at), self.rich_style))
            if placed.item.key:
                segments.append(Segment(placed.item.key, key))
                segments.append(Segment(" ", self.rich_style))
            segments.append(Segment(placed.label, label))
            at = placed.end
        if at > width:
            return [Segment(set_cell_size("".join(one.text for one in segments), width), label)]
        segments.append(Segment(" " * (width - at), self.rich_style))
        return [segment for segment in segments if segment.text]

    # -- the mouse ------------------------------------------------------------------------------

    def _at(self, column: int) -> Item | None:
        return next((one.item for one in self._placed or () if one.start <= column < one.end), None)

    async def on_click(self, event: events.Click) -> None:
        """Do what stands there."""
        item = self._at(event.x)
        if item is not None:
            event.stop()
            await item.does.run()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell what the key beneath does."""
        item = self._at(event.x)
        tip = said(self.app, item.does.action.tip) if item is not None else None
        if tip != self.tooltip:
            self.tooltip = tip


def place(items: Iterable[Item], width: int) -> Iterator[Placed]:
    """Where each item stands in ``width`` columns, from left to right; those that find no room are left out.

    With room for everything labels are long; what is left out is what matters least, and never the help.
    """
    every = list(items)
    right = next((item for item in every if item.does.action.id == _HELP), None)
    left = [item for item in every if item is not right and item.key]  # the help a click can open
    gap = 3 if width >= _NARROW else 2
    edge = 1 if width >= _NARROW else 0

    def needed(*, long: bool) -> int:
        shown = [*left, right] if right is not None else left
        return 2 * edge + sum(item.width(long=long) for item in shown) + gap * (len(shown) - 1)

    long = needed(long=True) <= width
    while left and not long and needed(long=False) > width:
        left.remove(max(left, key=lambda item: item.rank))
    at = edge
    for item in left:
        placed = Placed(item, at, item.long if long else item.label)
        yield placed
        at = placed.end + gap
    if right is not None:
        yield Placed(
            right, max(0, width - edge - right.width(long=long)), right.long if long else right.label
        )
