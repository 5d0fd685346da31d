"""All actions of the interface: what they are called, their keys, and the places in which they are. What
they do is the screens' (``action_ID``), what settings make of the keys is :mod:`salesprep.tui.keys`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from salesprep.adapter.words import _

SCREENS: Mapping[str, str] = {
    "today": _("Today"),
    "briefing": _("Briefing"),
    "contacts": _("Recent contacts"),
    "people": _("People"),
    "zoom": _("One panel"),
    "sources": _("Sources"),
    "why": _("Why is this here"),
    "which": _("Which one?"),
    "choose": _("To decide"),
}
APP, LIST = "app", "list"
"""Places that are no screens: in force on all of them, and wherever the cursor is in lines."""
HELP = "help"
"""A screen over another one, where letters are typed."""
EVERY_SCREEN = tuple(SCREENS)
_OF_A_CUSTOMER = ("briefing", "contacts", "people", "zoom")
_BUT_WHERE_Y_IS_YES = tuple(screen for screen in EVERY_SCREEN if screen not in ("which", "choose"))


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a key does in some places. Several may share an id: the same deed, told differently."""

    id: str
    keys: tuple[str, ...]
    """Unless settings say otherwise. The first one is shown."""
    label: str
    """In the footer."""
    tip: str
    """A sentence."""
    places: tuple[str, ...]
    rank: int = 0
    """The higher, the sooner it is left out of a narrow footer; 0: never in it."""
    long: str = ""
    """In a footer with room for everything."""
    run: str = ""
    """What several actions in a row are called together: ``1-9 source``."""
    does: str = ""
    """As Textual calls it, if that is not the id."""

    def at(self, place: str) -> str:
        """The id of its binding there."""
        return f"{place}.{self.id}"


def _panels() -> Iterator[Action]:
    for number in range(1, 10):
        yield Action(
            f"panel_{number}",
            (str(number),),
            _("panel {number}", number=str(number)),
            _("Puts the cursor into panel {number}.", number=str(number)),
            ("briefing",),
            1,
            run=_("source"),
            does=f"panel({number})",
        )


ACTIONS: tuple[Action, ...] = (
    *_panels(),
    Action(
        "open",
        ("enter",),
        _("open"),
        _("Opens the briefing of what the cursor is on."),
        ("today",),
        1,
    ),
    Action(
        "open",
        ("enter",),
        _("this one"),
        _("Opens the briefing of the one that the cursor is on; nothing is remembered."),
        ("which",),
        1,
        _("this one, for this time"),
    ),
    Action(
        "remember",
        ("y",),
        _("and remember"),
        _("Opens its briefing, and remembers that it is this one."),
        ("which",),
        2,
        _("this one, and remember it"),
    ),
    Action("yes", ("y",), _("yes"), _("Marks what the cursor is on as theirs."), ("choose",), 1),
    Action("no", ("n",), _("no"), _("Marks what the cursor is on as not theirs."), ("choose",), 1),
    Action(
        "open_again",
        ("u",),
        _("open again"),
        _("Takes the mark away from what the cursor is on."),
        ("choose",),
        3,
    ),
    Action(
        "write", ("enter", "s"), _("write"), _("Writes down all that is marked, at once."), ("choose",), 2
    ),
    Action("check", ("enter",), _("check"), _("Asks this source for real, now."), ("sources",), 1),
    Action(
        "open",
        ("enter",),
        _("open"),
        _("Opens the original of what the cursor is on, where it is kept."),
        (*_OF_A_CUSTOMER, "why"),
        2,
        long=_("open the original"),
    ),
    Action(
        "zoom",
        ("z",),
        _("zoom"),
        _("Shows one panel alone, with all that it has."),
        ("briefing",),
        7,
    ),
    Action("zoom", ("z",), _("all panels"), _("Shows the other panels again."), ("zoom",), 7),
    Action(
        "contacts",
        ("h",),
        _("contacts"),
        _("Shows who last had contact with whom, newest first."),
        ("briefing",),
        3,
        long=_("all contacts"),
    ),
    Action("contacts", ("h",), _("briefing"), _("Goes back to the briefing."), ("contacts",)),
    Action("people", ("p",), _("people"), _("Shows all people of the customer."), ("briefing",), 11),
    Action("people", ("p",), _("briefing"), _("Goes back to the briefing."), ("people",)),
    Action(
        "person",
        ("p",),
        _("one person"),
        _("Shows only what there was with the person on the line."),
        ("contacts",),
        3,
    ),
    Action(
        "why",
        ("w",),
        _("why"),
        _("Tells by what a line was matched, how old it is and where it comes from."),
        (*_OF_A_CUSTOMER, "choose"),
        4,
        long=_("why is this here"),
    ),
    Action(
        "note", ("n",), _("note"), _("Opens your own note on this customer."), ("briefing",), 6, _("my note")
    ),
    Action("older", ("+",), _("older"), _("Goes further back."), ("contacts",), 5),
    Action(
        "decide",
        ("l",),
        _("to decide"),
        _("Shows what may be your customer's or not, for you to decide."),
        ("briefing", "today"),
        10,
    ),
    Action(
        "undo",
        ("u", "ctrl+z"),
        _("take back"),
        _("Takes back what you decided last."),
        ("briefing",),
    ),
    Action("sources", ("s",), _("sources"), _("Shows every source and how it is."), ("today",), 4),
    Action("copy", ("c",), _("copy"), _("Copies the marked text, or else the line."), EVERY_SCREEN, 9),
    Action("copy_panel", ("C",), _("copy the panel"), _("Copies all lines of the panel."), EVERY_SCREEN),
    Action(
        "copy_briefing", ("y",), _("copy it all"), _("Copies all that the screen shows."), _BUT_WHERE_Y_IS_YES
    ),
    Action(
        "ask_again",
        ("r",),
        _("ask again"),
        _("Asks the source of the panel once more, now."),
        ("briefing", "zoom"),
        5,
    ),
    Action(
        "ask_again",
        ("r",),
        _("ask again"),
        _("Asks every source of what is shown once more, now."),
        ("today", "contacts", "people", "sources"),
        5,
    ),
    Action(
        "ask_all_again",
        ("R",),
        _("ask all again"),
        _("Asks every source once more, now."),
        ("briefing",),
    ),
    Action(
        "find",
        ("/",),
        _("customer or topic"),
        _("Opens the briefing of a customer whose name you type."),
        ("today",),
        2,
    ),
    Action(
        "find",
        ("/",),
        _("find"),
        _("Shows only the lines that hold what you type."),
        tuple(screen for screen in EVERY_SCREEN if screen != "today"),
        8,
    ),
    Action("back", ("escape",), _("back"), _("Lifts the filter, else closes the screen."), EVERY_SCREEN, 12),
    Action("theme", ("t",), _("next theme"), _("Changes the colours."), (APP,)),
    Action(
        "palette",
        ("ctrl+p", ":"),
        _("commands"),
        _("Runs any action by its name, or opens a customer that you have decided on."),
        (APP,),
        does="command_palette",
    ),
    Action("quit", ("q",), _("quit"), _("Ends salesprep."), ("today",), 13, does="app.quit"),
    Action("quit", ("ctrl+q",), _("quit"), _("Ends salesprep."), (APP, HELP), does="app.quit"),
    Action(
        "help",
        ("?",),
        _("keys"),
        _("Shows every action and its keys; type to find one."),
        (APP,),
        1,
        _("all keys"),
    ),
    Action("up", ("up", "k"), _("up"), _("Moves the cursor up."), (LIST,)),
    Action("down", ("down", "j"), _("down"), _("Moves the cursor down."), (LIST,)),
    Action("page_up", ("pageup",), _("page up"), _("Moves the cursor up by a screen."), (LIST,)),
    Action(
        "page_down", ("pagedown", "space"), _("page down"), _("Moves the cursor down by a screen."), (LIST,)
    ),
    Action("first", ("home", "g"), _("to the top"), _("Moves the cursor to the first line."), (LIST,)),
    Action("last", ("end", "G"), _("to the end"), _("Moves the cursor to the last line."), (LIST,)),
    Action(
        "next_panel",
        ("tab",),
        _("next panel"),
        _("Puts the cursor into the next panel."),
        ("briefing",),
    ),
    Action(
        "previous_panel",
        ("shift+tab",),
        _("panel before"),
        _("Puts the cursor into the panel before."),
        ("briefing",),
    ),
)
"""In the order of the footer and of the help."""
