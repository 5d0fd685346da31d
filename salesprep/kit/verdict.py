"""How a check says what it found. To return a text is to pass; the rest is raised."""

from __future__ import annotations


class Fault(Exception):
    """The adapter does what it should not; ``mend`` where the check knows better than its entry."""

    def __init__(self, found: str, mend: str | None = None) -> None:
        super().__init__(found)
        self.found = found
        self.mend = mend


class NotTried(Exception):
    """The check cannot be made on this adapter or sample; ``why`` says what is missing."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
