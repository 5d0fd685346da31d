"""The page on keys in step with the actions: ``make keys`` writes docs/keys.md."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from textwrap import fill

from salesprep.settings.keys import NAMED
from salesprep.tui.actions import ACTIONS, APP, EVERY_SCREEN, LIST, SCREENS, Action

PAGE = Path(__file__).resolve().parents[1] / "docs" / "keys.md"

_HEAD = """# Keys

<!-- `make keys` writes this page from salesprep/tui/actions.py. -->

Every action has a key, a place in the command palette (`:` or `ctrl+p`) and in the help (`?`, then type what
you look for), and can be reached with the mouse. The last line of the screen shows the keys that matter most
where you are. None needs a function key, and each has one that tmux and zellij, as they come, let through.

## Your own keys

```toml
[keys]
open = "o,enter"                       # one key, several with commas between, or a list
ask_again = ["r", "ctrl+r"]
quit = []                              # none: the palette and the help still do it
```

- On the left stands the action, in the words of the tables below. What you give takes the place of all its
  keys, on every screen that has the action.
- A key is the character that it writes (`o`, `O`, `?`, `é`) or one of these names:
  {names}.
  Before it may stand `ctrl+`, `alt+` and `shift+`; a capital letter is written as such, without `shift+`.
- If you give an action a key that another one has on the same screen, yours counts there and the other one
  keeps its further keys; elsewhere it keeps them all. Of two that you gave the same key the one further down
  in your settings counts. salesprep says so when it starts.
- An action or a key that there is not is refused with the nearest right one (exit code 2).
- `escape` always closes a list in which letters are typed, such as the help.
"""


def page() -> str:
    """The whole page."""
    names = ", ".join(f"`{name}`" for name in NAMED)
    written = fill(names, 110, initial_indent="  ", subsequent_indent="  ").strip()
    return "\n".join([_HEAD.format(names=written), *_sections()]).rstrip("\n") + "\n"


def _sections() -> Iterator[str]:
    own = [action for action in ACTIONS if not _everywhere(action)]
    yield from _table("Everywhere", [action for action in ACTIONS if _everywhere(action)])
    yield from _table("Wherever the cursor is in lines", [each for each in own if LIST in each.places])
    for screen, title in SCREENS.items():
        yield from _table(title, [action for action in own if screen in action.places])


def _everywhere(action: Action) -> bool:
    """Told once: ``find`` does something else on the first screen alone."""
    return APP in action.places or len(action.places) >= len(EVERY_SCREEN) - 1


def _table(title: str, actions: list[Action]) -> Iterator[str]:
    if not actions:
        return
    yield f"## {title}\n"
    yield "| key | action | does |\n| --- | --- | --- |"
    for name, several in groupby(actions, key=lambda action: action.run or action.id):
        run = list(several)
        if run[0].run:
            keys, ids = f"`{run[0].keys[0]}` to `{run[-1].keys[0]}`", f"`{run[0].id}` to `{run[-1].id}`"
            yield f"| {keys} | {ids} | Puts the cursor into the panel of that number. |"
        else:
            keys = ", ".join(f"`{key}`" for key in run[0].keys)
            yield f"| {keys} | `{name}` | {run[0].tip} |"
    yield ""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
