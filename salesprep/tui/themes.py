"""How the interface looks: four themes, and the interface without any colour for whoever sets ``NO_COLOR``.

A theme gives Textual's own colours and variables, and one colour for each style that ``view`` knows;
``salesprep.tcss`` says where they go. Words carry the meaning: few colours, and only the alarm is loud.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ReturnType
from textual.color import Color
from textual.filter import LineFilter, Monochrome, NoColor
from textual.theme import Theme

NAMES: Final = ("dark", "light", "contrast", "terminal")
"""In the order in which one key goes through them."""

FEW_COLOURS: Final = "terminal"
"""What a terminal of 16 colours gets: rounded to those, some text of the others is too faint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Palette:
    """The colours of a theme, ``#rrggbb``. Text is readable on every ground: 4.5 to 1, or 7 to 1 in
    ``contrast``; so is a line that separates, which is text here."""

    dark: bool
    ground: str
    raised: str
    """Behind what stands above the rest: inputs, lists, the footer, notes that come and go."""
    cursor: str
    resting: str
    """The cursor's row where the keys go elsewhere, and what the mouse is over."""
    selected: str
    text: str
    strong: str
    """Titles, words and headings, which are bold."""
    quiet: str
    """Source and age, remarks, what cannot be chosen."""
    key: str
    """The one colour beside the alarm: keys, and the edge of what has the keys."""
    alarm: str
    warning: str
    success: str
    rule: str
    bar: str
    """The handle of a scrollbar: no text, and seen with 3 to 1."""


_DARK = _Palette(
    dark=True,
    ground="#14171b",
    raised="#1d2127",
    cursor="#1d2d46",
    resting="#22282f",
    selected="#3d4654",
    text="#d3d7dc",
    strong="#f1f3f5",
    quiet="#a5adb7",
    key="#8fc0f0",
    alarm="#ff9a8c",
    warning="#e3c078",
    success="#9fce96",
    rule="#929aa4",
    bar="#6b737d",
)

_LIGHT = _Palette(
    dark=False,
    ground="#fcfcfa",
    raised="#f1f1ee",
    cursor="#d3e3f6",
    resting="#e6e8e8",
    selected="#d6dadf",
    text="#24292f",
    strong="#0b0e11",
    quiet="#4f5963",
    key="#0b5394",
    alarm="#a8201a",
    warning="#6b4a00",
    success="#1d5c2c",
    rule="#545d67",
    bar="#828a93",
)

_CONTRAST = _Palette(
    dark=True,
    ground="#000000",
    raised="#101010",
    cursor="#002d66",
    resting="#1f1f1f",
    selected="#333333",
    text="#ffffff",
    strong="#ffffff",
    quiet="#d4d4d4",
    key="#ffe14d",
    alarm="#ffb3a8",
    warning="#ffe14d",
    success="#b6f2b6",
    rule="#cacaca",
    bar="#8c8c8c",
)


def _theme(name: str, of: _Palette) -> Theme:
    grounds = {
        "boost": of.resting,
        "surface-active": of.raised,
        "block-hover-background": of.resting,
        "line-cursor-background": of.cursor,
        "block-cursor-background": of.cursor,
        "block-cursor-blurred-background": of.resting,
        "footer-background": of.raised,
        "input-cursor-background": of.text,
        "input-selection-background": of.selected,
        "screen-selection-background": of.selected,
        "link-background-hover": of.cursor,
        "panel-lighten-1": of.raised,
        "panel-darken-1": of.raised,
    }
    texts = {
        **dict.fromkeys(("text", "fact", "foreground-muted"), of.text),
        **dict.fromkeys(("title", "word", "heading"), of.strong),
        **dict.fromkeys(
            ("source", "dim", "command-help", "text-muted", "text-disabled", "foreground-disabled"), of.quiet
        ),
        "alarm": of.alarm,
        "rule": of.rule,
        "text-primary": of.key,
        "text-secondary": of.quiet,
        "text-accent": of.key,
        "text-success": of.success,
        "text-warning": of.warning,
        "text-error": of.alarm,
        "block-cursor-foreground": of.text,
        "block-cursor-blurred-foreground": of.text,
        "button-color-foreground": of.ground,
        "footer-key-foreground": of.key,
        "footer-description-foreground": of.quiet,
        "input-cursor-foreground": of.ground,
        "input-selection-foreground": of.strong,
        "screen-selection-foreground": of.strong,
        "link-color": of.text,
        "link-color-hover": of.strong,
    }
    edges = {
        "border": of.key,
        "border-blurred": of.rule,
        "scrollbar": of.bar,
        "scrollbar-hover": of.quiet,
        "scrollbar-active": of.key,
        "scrollbar-background": of.raised,
        "scrollbar-background-hover": of.raised,
        "scrollbar-background-active": of.raised,
        "scrollbar-corner-color": of.raised,
    }
    return Theme(
        name=name,
        dark=of.dark,
        primary=of.key,
        secondary=of.quiet,
        accent=of.key,
        warning=of.warning,
        error=of.alarm,
        success=of.success,
        foreground=of.text,
        background=of.ground,
        surface=of.raised,
        panel=of.raised,
        boost=of.resting,
        variables={**grounds, **texts, **edges, **_ATTRIBUTES},
    )


_ATTRIBUTES: Final[Mapping[str, str]] = {
    "title-text-style": "bold",
    "word-text-style": "bold",
    "heading-text-style": "bold",
    "alarm-text-style": "bold",
    "hint-text-style": "none",
    "line-cursor-text-style": "none",
    "block-cursor-text-style": "none",
    "block-cursor-blurred-text-style": "none",
    "input-cursor-text-style": "none",
    "input-selection-text-style": "none",
    "screen-selection-text-style": "none",
    "link-style-hover": "bold underline",
    "button-focus-text-style": "bold reverse",
}


def _terminal() -> Theme:
    """The terminal's own colours.

    Of its sixteen none can be read as text on all usual grounds: red on Solarized's is 3.2 to 1. So text
    is the terminal's own on its own ground, and what the other themes say with a colour is bold, underlined
    or reversed. What is marked is black on bright cyan, which can be read with every usual setting and is
    seen on every ground. Nothing is ``dim``: how faint that is, each terminal decides for itself.
    """
    own = "ansi_default"
    marked = ("block-cursor", "block-cursor-blurred", "input-selection", "screen-selection")
    not_by_itself = (
        "title word fact heading source dim alarm rule border border-blurred text-muted text-disabled "
        "foreground-muted foreground-disabled link-color link-color-hover link-background-hover boost "
        "ansi-background ansi-foreground surface-active line-cursor-background footer-key-foreground "
        "footer-key-background scrollbar scrollbar-hover scrollbar-active scrollbar-background "
        "scrollbar-background-hover scrollbar-background-active"
    )
    return Theme(
        name="terminal",
        ansi=True,
        primary=own,
        secondary=own,
        accent=own,
        warning=own,
        error=own,
        success=own,
        foreground=own,
        background=own,
        surface=own,
        panel=own,
        boost=own,
        variables={
            **dict.fromkeys(not_by_itself.split(), own),
            **{f"{what}-background": "ansi_bright_cyan" for what in marked},
            **{f"{what}-foreground": "ansi_black" for what in marked},
            "command-help": "transparent",  # that of what it stands in
            **_ATTRIBUTES,
            "alarm-text-style": "bold reverse",
            "hint-text-style": "italic",
            "line-cursor-text-style": "reverse",
            "input-cursor-text-style": "reverse",
            "input-selection-text-style": "not reverse",
            "screen-selection-text-style": "not reverse",
        },
    )


THEMES: Final[Mapping[str, Theme]] = {
    theme.name: theme
    for theme in (
        _theme("dark", _DARK),
        _theme("light", _LIGHT),
        _theme("contrast", _CONTRAST),
        _terminal(),
    )
}


STYLES: Final = ("title", "word", "fact", "heading", "source", "dim", "alarm", "rule")
"""Of ``view``, each with a colour of its own in every theme; what is plain is the foreground."""
_WITHOUT_COLOUR: Final = {"alarm": "bold reverse", "cursor": "reverse"}


def looks(app: App[Any]) -> dict[str, Style]:
    """What each of :data:`STYLES` changes about plain text, and what the ``cursor`` changes about any.

    Not by the style sheet: a dozen views with component classes for all of these are most of what there is
    to style, and they are styled anew with every focus.
    """
    given = app.theme_variables
    found = {name: Style(color=Color.parse(given[name]).rich_color) for name in STYLES}
    found["cursor"] = Style(bgcolor=Color.parse(given["line-cursor-background"]).rich_color)
    how = {name: given.get(f"{name}-text-style", "none") for name in STYLES}
    how["cursor"] = given["line-cursor-text-style"]
    if app.no_color:
        how |= _WITHOUT_COLOUR
    return {name: found[name] + Style.parse(how[name]) for name in found}


def next_theme(name: str) -> str:
    """The one after ``name``; after the last, and after one unknown, the first."""
    following = NAMES.index(name) + 1 if name in NAMES else 0
    return NAMES[following % len(NAMES)]


def register(app: App[Any], name: str = NAMES[0]) -> None:
    """Give ``app`` these themes and no others, and ``name`` to begin with.

    Textual's own go: they lack the colours of our styles, so that choosing one would end the program,
    and most of them cannot be read well.
    """
    for theme in THEMES.values():
        app.register_theme(theme)
    app.theme = _that_fits(name, app.console.color_system)
    for other in set(app.available_themes) - set(THEMES):
        app.unregister_theme(other)


def _that_fits(name: str, colours: str | None) -> str:
    return FEW_COLOURS if colours in ("standard", "windows") else name


class Uncoloured(LineFilter):
    """Takes every colour away and leaves bold, underlined and reversed, links, and what the mouse does."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The same text in the terminal's own two colours."""
        return [Segment(text, style and _uncoloured(style), control) for text, style, control in segments]


@lru_cache(maxsize=4096)
def _uncoloured(style: Style) -> Style:
    plain = style.without_color
    return plain + Style.from_meta(style.meta) if style.meta else plain


_UNCOLOURED: Final = (Uncoloured(),)


class Themed(App[ReturnType]):
    """An app with these themes, that ``NO_COLOR`` leaves without colour.

    Textual 8.2.8 decides at its start, by the theme it was built with, how to obey ``NO_COLOR``: by
    making colours grey. A theme of the terminal's colours, set later, has none that it could make
    grey, and all becomes black on black; the others become a picture in greys, which is colour too.
    Here it is what https://no-color.org asks for, and an empty ``NO_COLOR`` is none, as it says.
    ``:nocolor`` in the style sheet says what is reversed instead.
    """

    CSS_PATH = Path(__file__).with_name("salesprep.tcss")

    def __init__(self, *, theme: str = NAMES[0]) -> None:
        super().__init__()
        self.no_color = bool(os.environ.get("NO_COLOR"))
        register(self, theme)

    def refresh_css(self, animate: bool = True) -> None:
        """Style everything anew. Before there is a screen a theme only gives its colours: Textual would read
        all style sheets twice at its start."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line goes through before it is painted."""
        if self.no_color:
            return _UNCOLOURED
        return [each for each in super().get_line_filters() if not isinstance(each, (Monochrome, NoColor))]
