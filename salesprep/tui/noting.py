"""The user's own note in their own editor, which has the terminal meanwhile."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from salesprep import machine
from salesprep.adapter.words import _

if TYPE_CHECKING:
    from salesprep.briefing.model import Customer
    from salesprep.tui.app import Board


def edit(board: Board, customer: Customer) -> None:
    """Edit the note on ``customer`` until the editor is closed; what goes wrong is told in words."""
    from salesprep.briefing import notes

    session = board.session
    kept = notes.find(session.notes, customer, session.others(customer))
    command = machine.editor(board.environ, at_a_terminal=True)
    if command is None:
        path = kept.path if kept is not None else notes.place_for(session.notes, customer)
        board.say(_("no editor is known: set EDITOR; the note is {path}"), path=path)
        return

    def run(path: Path) -> bool:
        ended = subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603  the user's own
        if path.exists():
            machine.make_private(path)
        return ended == 0

    try:
        with board.suspend():
            notes.edited(session.notes, customer, kept, run)
    except SuspendNotSupported:
        board.say(_("this terminal cannot be lent to an editor: salesprep note opens one"))
    except OSError as error:
        line = _("the note cannot be written, or its editor not started ({error})")
        board.say(line, error=type(error).__name__)
