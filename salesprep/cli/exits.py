"""What the commands end with."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes; the README lists them."""

    DONE = 0
    IN_PART = 1
    """Done, but some source failed; standard error names it. Of ``doctor``: there is something to mend."""
    WRONG = 2
    """Wrong use or wrong settings."""
    NOTHING = 3
    """There was nothing to ask, or nothing that answered; standard output is empty or says so."""
    BUG = 70
    """A bug of salesprep (``EX_SOFTWARE``), so that no script takes it for a source that failed."""
    INTERRUPTED = 130
    """Ctrl-C, as a shell counts it."""
