"""Decisions of the user written down and taken back; what goes wrong is told in words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from salesprep.briefing.links import Verdict
    from salesprep.briefing.model import Customer
    from salesprep.tui.app import Board

T = TypeVar("T")


async def write(board: Board, customer: Customer, verdicts: Sequence[Verdict]) -> bool:
    """Remember ``verdicts`` of ``customer``, all at once; tells whether they stand in the file now.

    What was written can be taken back with :func:`take_back` until something else is.
    """
    session = board.session
    done = await _told(board, lambda: session.decide(customer, verdicts))
    if done is None:
        return False
    session.last = done
    from salesprep.view.words import _, _n

    if done.written:
        board.say(_n("{n} decision written", "{n} decisions written").of(len(done.written)))
    else:
        board.say(_("nothing had to be written"))
    return True


async def take_back(board: Board) -> bool:
    """Take back what was written last; tells whether it was."""
    from salesprep.view.words import _

    session = board.session
    done = session.last
    if done is None or not done.written:
        board.say(_("there is nothing to take back"))
        return False

    def undo() -> bool:
        session.undo()
        return True

    if await _told(board, undo) is None:
        return False
    session.last = None
    board.say(_("taken back: what you decided about {name}"), name=done.customer.name)
    return True


async def _told(board: Board, change: Callable[[], T]) -> T | None:
    """What ``change`` of the links gives. In a thread: another salesprep may be writing them just now."""
    from salesprep.briefing.links import LinksNotWrittenError, TakenError
    from salesprep.briefing.links.history import ChangedSinceError
    from salesprep.settings import SettingsError
    from salesprep.view.choices import command
    from salesprep.view.words import _

    try:
        return await asyncio.to_thread(change)
    except TakenError as taken:
        line = _("nothing was written: {id} is {name} already; if it is not, take it away there: {command}")
        how = command("forget", taken.customer.id, [taken.target])
        board.say(line, warning=True, id=taken.target, name=taken.customer.name, command=how)
    except LinksNotWrittenError as error:
        board.say(error.sentence, warning=True)
    except ChangedSinceError as changed:
        line = _("nothing was taken back: somebody has decided anew about {name} since")
        board.say(line, warning=True, name=changed.customer.name)
    except SettingsError as error:
        board.say(error.sentence, warning=True)
    return None
