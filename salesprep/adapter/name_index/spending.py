"""How much of a question's time goes into an index that is not whole yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from salesprep.adapter.errors import DeadlineExceeded
from salesprep.adapter.words import _

if TYPE_CHECKING:
    from salesprep.adapter.contract import Request


def half_of(request: Request) -> Callable[[], None]:
    """The ``still`` of :meth:`NameIndex.fill` that takes half of the time left: the rest is for the answer.

    What it gives raises :class:`DeadlineExceeded` once that is over.
    """
    until = request.left() / 2

    def still() -> None:
        if request.left() < until:
            raise DeadlineExceeded(_("no answer in time"))

    return still
