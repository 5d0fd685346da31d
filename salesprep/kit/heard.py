"""All that is logged and printed while the kit runs, so that what must not be said can be looked for."""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager


class Heard(logging.Handler):
    """Keeps every line as a log file would have it, tracebacks too; from any thread."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self._form = logging.Formatter("%(name)s %(message)s")

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one."""
        try:
            self.lines.append(self._form.format(record))
        except Exception:
            # Whatever the adapter handed to its logger: a log file would hold no more of it either.
            self.lines.append(f"{record.name} {record.msg!r} {record.args!r}")

    def clear(self) -> None:
        """Forget what was heard so far."""
        self.lines.clear()

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines)


@contextmanager
def listening() -> Iterator[Heard]:
    """Every logger speaks, down to DEBUG, and nothing of it reaches screen or file."""
    heard, root = Heard(), logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    named = [logger for logger in root.manager.loggerDict.values() if isinstance(logger, logging.Logger)]
    before = {logger: logger.level for logger in named}
    root.handlers[:] = [heard]
    root.setLevel(logging.DEBUG)
    for logger in named:
        logger.setLevel(logging.NOTSET)
    try:
        yield heard
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        for logger, was in before.items():
            logger.setLevel(was)


@contextmanager
def printed() -> Iterator[io.StringIO]:
    """What is written to standard output and standard error."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        yield out
