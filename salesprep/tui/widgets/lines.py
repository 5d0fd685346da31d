"""Lines that ``view`` drew, one strip each: a cursor (``stops``), text that the mouse can select, a filter.
Textual's own lists refuse the selection and take twice as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar, Self

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from salesprep.tui.actions import LIST
from salesprep.tui.keys import bindings_for
from salesprep.tui.themes import looks
from salesprep.tui.widgets.segments import marked, selected
from salesprep.tui.widgets.stops import Stops

if TYPE_CHECKING:
    from rich.style import Style as RichStyle
    from textual import events
    from textual.selection import Selection

    from salesprep.view.lines import Line

Draw = Callable[[int], "Sequence[Line]"]
"""The lines for so many columns."""

_NOTHING: tuple[Line, ...] = ()


def _no_lines(_columns: int) -> Sequence[Line]:
    return _NOTHING


class LinesView(ScrollView, can_focus=True):
    """Shows what ``draw`` makes for its width, and draws again when that changes.

    A burst of :meth:`show` is one drawing, and only lines that differ are painted.
    """

    BINDINGS: ClassVar = bindings_for(LIST)

    class Picked(Message):
        """The user wants to see what the line is about."""

        def __init__(self, view: LinesView, about: object) -> None:
            super().__init__()
            self.view, self.about = view, about

        @property
        def control(self) -> LinesView:
            """The widget that it comes from."""
            return self.view

    class Edge(Message):
        """The cursor was moved beyond the first (``-1``) or last (``1``) stop."""

        def __init__(self, view: LinesView, way: int) -> None:
            super().__init__()
            self.view, self.way = view, way

    class NearEnd(Message):
        """The last lines are in sight: whoever has more may bring it."""

        def __init__(self, view: LinesView) -> None:
            super().__init__()
            self.view = view

    def __init__(
        self,
        draw: Draw = _no_lines,
        *,
        id: str | None = None,
        margin: int = 0,
        title: int = 0,
    ) -> None:
        """``margin``: so many columns at the right edge of each line are blank, and the scrollbar may stand
        there. ``title``: so many lines at the top stay while the others scroll beneath them."""
        super().__init__(id=id)
        self._margin, self._title = margin, title
        self._draw = draw
        self._lines: Sequence[Line] = _NOTHING
        self._painted: Sequence[Line] = _NOTHING
        """As far as the screen knows: the layout may have asked for the lines before they are shown."""
        self._drawn_for: tuple[Draw, int, str] | None = None
        self._stops = Stops()
        self._filter = ""
        self._due = False
        self._strips: dict[int, Strip] = {}
        self._looks: dict[str, RichStyle] = {}
        self._base: tuple[str, RichStyle] | None = None
        """The theme and the colours that the looks and strips were made for."""

    def inert(self) -> Self:
        """Only to be read: no cursor, no keys."""
        self.can_focus = False
        return self

    # -- what is shown --------------------------------------------------------------------------

    def show(self, draw: Draw) -> None:
        """Show what ``draw`` makes from now on; the cursor stays on what it was on."""
        self._draw = draw
        self._order()

    def paint(self, draw: Draw) -> None:
        """:meth:`show` in this very turn, for a screen that has waited for the rest of the burst itself."""
        self._draw = draw
        if self.is_attached:
            self._redraw()

    def filter(self, words: str) -> None:
        """Only lines about something that holds all ``words``; nothing lifts it."""
        if words != self._filter:
            self._filter = words
            self._order()

    @property
    def filtered(self) -> str:
        """The words that lines must hold."""
        return self._filter

    @property
    def lines(self) -> Sequence[Line]:
        """What is on the screen, all of it."""
        return self._lines

    @property
    def text(self) -> str:
        """All lines, without the spaces that fill them."""
        return "\n".join(line.text.rstrip() for line in self._lines)

    @property
    def columns(self) -> int:
        """The width that lines are drawn for."""
        room = self.scrollable_content_region.width
        return room + min(self._margin, self.scrollbar_gutter.width) if room > 0 else 0

    def _order(self) -> None:
        if not self._due and self.is_attached:
            self._due = True
            self.call_later(self._redraw)

    def _redraw(self) -> None:
        self._due = False
        columns = self.columns
        if columns < 1:
            return
        just_drawn = self._take(columns)
        before, after = self._painted, self._lines
        self._painted = after
        size = Size(columns, len(after))
        if len(before) != len(after) and self.needs_room(len(before), len(after)):
            self._strips.clear()
            self.virtual_size = size
            self.refresh(layout=True)
        else:
            self._grow(size)
            others = (y for y, (old, new) in enumerate(zip_longest(before, after)) if old != new)
            # What the layout had asked for may have been painted with all else since.
            self._repaint(y for y in others if just_drawn or y not in self._strips)
        self._watch_end()

    def needs_room(self, before: int, after: int) -> bool:  # noqa: ARG002
        """Whether the screen has to be laid out anew for ``after`` lines in the place of ``before``."""
        return self.styles.auto_dimensions

    def _grow(self, size: Size) -> None:
        """Have room for so many lines to scroll through; set plainly it would lay out the whole screen."""
        if self.virtual_size != size:
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)

    def _take(self, columns: int) -> bool:
        """Have the lines for so many columns; whether they had to be drawn."""
        wanted = (self._draw, columns, self._filter)
        if self._drawn_for == wanted:
            return False
        lines = self._draw(columns)
        if self._filter:
            from salesprep.view.finding import holding

            lines = holding(lines, self._filter)
        if lines is not self._lines and self._drawn_for is not None and self._drawn_for[1] != columns:
            self._strips.clear()
        self._drawn_for, self._lines = wanted, lines
        self._stops.take(lines)
        return True

    # -- Textual asks ---------------------------------------------------------------------------

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """All there is: lines fill their width."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as there are at ``width``."""
        before = self._lines
        self._take(width)
        if before is not self._lines:
            self._strips.clear()
        return len(self._lines)

    def expect(self, columns: int, height: int) -> None:
        """Begin with the scrollbar that so much room makes necessary. A layout that gives a view its first
        size tells this: for a scrollbar that comes later all is laid out and painted twice."""
        if not self.size:
            self.set_reactive(Widget.virtual_size, Size(columns, len(self._lines)))
            self.set_reactive(Widget.show_vertical_scrollbar, len(self._lines) > height)

    def on_resize(self) -> None:
        """Another width is another drawing."""
        self._redraw()

    def notify_style_update(self) -> None:
        """Another theme. The focus, too, has all styles found anew, which then look as they did."""
        super().notify_style_update()
        base = (self.app.theme, self.rich_style)
        if base != self._base:
            self._base = base
            self._looks.clear()
            self._strips.clear()

    def on_focus(self, event: events.Focus) -> None:
        """The cursor shows where the keys go, and nothing else does: Textual would paint all of it."""
        self._has_it(event, now=True)

    def on_blur(self, event: events.Blur) -> None:
        """As :meth:`on_focus`."""
        self._has_it(event, now=False)

    def _has_it(self, event: events.Event, *, now: bool) -> None:
        event.prevent_default()
        self.set_reactive(Widget.has_focus, now)
        self._repaint_stop()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        if y >= self._title:
            y += self.scroll_offset.y
        strip = self._strips.get(y)
        if strip is None:
            strip = self._strips[y] = self._strip(y)
        return strip

    def _strip(self, y: int) -> Strip:
        columns = self.size.width
        if y >= len(self._lines):
            return Strip.blank(columns, self._look("plain"))
        line = self._lines[y]
        spans = [(span.text, self._look(span.style)) for span in line.spans]
        segments = [Segment(text, look) for text, look in spans if text]
        width = line.width
        if self.has_focus and y in self._stops.rows:
            cursor = self._look("cursor")
            segments = [Segment(text, (look or self._look("plain")) + cursor) for text, look, _c in segments]
            if y == self._stops.row:
                segments = marked(segments)
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(y)) is not None:
            chosen = self.screen.get_component_rich_style("screen--selection")
            segments = selected(segments, *span, chosen)
        strip = Strip(segments, width)
        if width != columns:
            strip = strip.adjust_cell_length(columns, self._look("plain"))
        return strip.apply_offsets(0, y)

    def _look(self, style: str) -> RichStyle:
        if not self._looks:
            plain = self.rich_style
            self._looks = {name: plain + own for name, own in looks(self.app).items()}
            # Of the cursor only what it changes: a word keeps its own colour under it.
            self._looks |= {"plain": plain, "cursor": looks(self.app)["cursor"]}
        return self._looks[style]

    def refresh_line(self, y: int) -> None:
        """Paint line ``y`` of all again, where it is on the screen."""
        self._repaint((y,))

    def _repaint(self, rows: Iterable[int]) -> None:
        """Paint these of all lines anew, those that are on the screen; what lies together at once."""
        (columns, height), top = self.size, self.scroll_offset.y
        regions: list[Region] = []
        for y in rows:
            self._strips.pop(y, None)
            at = y if y < self._title else y - top
            if y >= self._title and not self._title <= at < height:
                continue
            if regions and regions[-1].bottom == at:
                last = regions.pop()
                regions.append(Region(0, last.y, columns, last.height + 1))
            else:
                regions.append(Region(0, at, columns, 1))
        if regions:
            self.refresh(*regions)

    # -- the mouse selects text -----------------------------------------------------------------

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text that the mouse marked, without the spaces that fill a line."""
        text = "\n".join(line.text for line in self._lines)
        taken = selection.extract(text)
        return "\n".join(part.rstrip() for part in taken.split("\n")), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002
        """Something was marked."""
        self._strips.clear()
        self.refresh()

    # -- the cursor -----------------------------------------------------------------------------

    @property
    def about(self) -> object:
        """What the cursor is on; ``None`` where there is nothing to pick."""
        return self._stops.about

    @property
    def picked_text(self) -> str:
        """The lines of what the cursor is on."""
        return "\n".join(self._lines[y].text.strip() for y in self._stops.rows)

    @property
    def stops(self) -> int:
        """How many things there are to pick, with what was ordered to be shown a moment ago."""
        if self._due:
            self._redraw()
        return len(self._stops)

    def move_to(self, place: int) -> None:
        """Put the cursor on a stop; counted from the end if negative."""
        if not self._stops:
            return
        self._repaint_stop()
        self._stops.go(place)
        self._repaint_stop()
        self.reveal()
        self._watch_end()

    def move_to_about(self, source: str) -> None:
        """Put the cursor on the first stop that is about ``source``."""
        place = self._stops.of_source(source)
        if place is not None:
            self.move_to(place)

    def reveal(self) -> None:
        """Scroll so that what the cursor is on can be read."""
        rows = self._stops.rows
        if not rows:
            return
        top = 0 if self._stops.place == 0 else rows.start  # what stands above the first one comes along
        hidden = min(self._title, top)
        around = Region(0, top - hidden, self.size.width, min(rows.stop - top + hidden, self.size.height))
        if self.allow_vertical_scroll and self.virtual_size.height > self.size.height:
            self.scroll_to_region(around, animate=False, force=True)
        for outer in self.ancestors:
            if isinstance(outer, ScrollView) or not getattr(outer, "allow_vertical_scroll", False):
                continue
            outer.scroll_to_region(  # type: ignore[attr-defined]
                around.translate(self.region.offset - outer.region.offset + outer.scroll_offset),  # type: ignore[attr-defined]
                animate=False,
                force=True,
            )
            break

    def _repaint_stop(self) -> None:
        for y in self._stops.rows:
            self.refresh_line(y)

    def _watch_end(self) -> None:
        if self._stops.near_end:
            self.post_message(self.NearEnd(self))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Scrolled with the wheel, too, the end comes near."""
        super().watch_scroll_y(old_value, new_value)
        if new_value > old_value and new_value >= self.max_scroll_y - 3:
            self.post_message(self.NearEnd(self))

    def action_down(self) -> None:
        """To the next stop; without stops the lines scroll."""
        if not self._stops and self.max_scroll_y > self.scroll_offset.y:
            self.scroll_down(animate=False)
        elif self._stops.place + 1 < len(self._stops):
            self.move_to(self._stops.place + 1)
        else:
            self.post_message(self.Edge(self, 1))

    def action_up(self) -> None:
        """To the stop before."""
        if not self._stops and self.scroll_offset.y > 0:
            self.scroll_up(animate=False)
        elif self._stops.place > 0:
            self.move_to(self._stops.place - 1)
        else:
            self.post_message(self.Edge(self, -1))

    def action_page_down(self) -> None:
        """As far as a screen reaches."""
        self._page(1)

    def action_page_up(self) -> None:
        """As far as a screen reaches, back."""
        self._page(-1)

    def _page(self, way: int) -> None:
        here = self._stops.row
        if here is None:
            (self.scroll_page_down if way > 0 else self.scroll_page_up)(animate=False)
            return
        height = max(1, min(self.size.height, self.screen.size.height - 4))
        place = self._stops.nearest(here + way * height)
        if place == self._stops.place:
            self.post_message(self.Edge(self, way))
        else:
            self.move_to(place)

    def action_first(self) -> None:
        """To the first stop."""
        self.move_to(0)
        self.scroll_home(animate=False)

    def action_last(self) -> None:
        """To the last stop."""
        self.move_to(-1)

    def action_pick(self) -> None:
        """Enter."""
        if self.about is not None:
            self.post_message(self.Picked(self, self.about))

    def on_click(self, event: events.Click) -> None:
        """One click puts the cursor there, the second picks."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        place = self._stops.told_at(offset.y + (self.scroll_offset.y if offset.y >= self._title else 0))
        if place is None:
            return
        if event.chain >= 2:
            self.action_pick()
        else:
            self.move_to(place)
