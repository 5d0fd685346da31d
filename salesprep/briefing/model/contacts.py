"""What was between them and us, and what the user wrote down of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from salesprep.adapter import Participant
from salesprep.briefing.model.matches import Found

Reply = Literal["answered", "no_answer", "no_reply"]
"""``no_answer``: theirs, and nobody of us answered; ``no_reply``: ours, and they have not replied."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One line of the recent contacts: what one source tells, or several of one and the same."""

    when: datetime | date
    type: str
    found: Found
    """What the source that comes first on the screen tells."""
    ours: tuple[Participant, ...]
    theirs: tuple[Participant, ...]
    """Both as any of the sources names them, each person once."""
    also: tuple[Found, ...] = ()
    """The same mail or meeting as other sources tell it, one record of each."""
    direction: Literal["in", "out"] | None = None
    reply: Reply | None = None
    """``None``: nobody tells, and nothing can be concluded."""
    cc: bool = False
    """The user was only copied."""

    @property
    def evidence(self) -> tuple[Found, ...]:
        """All records that tell of it, side by side."""
        return (self.found, *self.also)


@dataclass(frozen=True, slots=True)
class Note:
    """The user's own words on a customer, from a file on this machine. Never sent anywhere."""

    text: str
    """Cleaned as any text is; line breaks are kept. Not empty."""
    customer: str | None = None
    """For whom the file says that it was written."""
    cut: bool = False
    """The file is longer than what is read of it."""
