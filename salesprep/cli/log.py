"""The log in the state folder: warnings of libraries and adapters, and the tracebacks that nobody
gets to see. ``SALESPREP_DEBUG=1`` shows these on standard error as well.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from salesprep import machine
from salesprep.cli import talk

MOST = machine.LONGEST_LOG
"""Bytes after which the log is put aside as ``log.1`` and begun anew."""


def file(environ: Mapping[str, str]) -> Path:
    """Where the log lies."""
    return machine.dirs(environ).log


def start(environ: Mapping[str, str]) -> None:
    """From here on nothing that libraries, adapters and threads complain about reaches the screen."""
    root = logging.getLogger()
    root.addHandler(_Log(file(environ)))
    logging.captureWarnings(True)
    if not debugging(environ):
        threading.excepthook = _thread_died


def debugging(environ: Mapping[str, str]) -> bool:
    """Whether whoever works on salesprep itself wants to see everything."""
    return environ.get("SALESPREP_DEBUG", "") not in ("", "0")


def bug(error: Exception, environ: Mapping[str, str]) -> None:
    """Say that ``error`` should not have happened, and where its traceback lies."""
    from salesprep.adapter.words import _  # late: the log itself needs no words
    from salesprep.words import here

    if debugging(environ):
        sys.excepthook(type(error), error, error.__traceback__)
        return
    log = _Log(file(environ))
    record = logging.LogRecord(
        "salesprep", logging.ERROR, "", 0, "unexpected", (), (type(error), error, error.__traceback__)
    )
    where = _("no log could be written")
    if log.handle(record) and log.written:
        where = _("the details are in {file}", file=log.file)
    kind = type(error).__name__
    talk.line(here(_("this should not have happened ({kind}); {where}", kind=kind, where=where)))


class _Log(logging.Handler):
    """Appends to a file that only its user can read. Opened per line: they are rare, and most runs
    have none."""

    def __init__(self, path: Path) -> None:
        super().__init__(logging.WARNING)
        self.file = path
        self.written = False
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        try:
            machine.append_line(self.file, self.format(record), MOST)
            self.written = True
        except Exception:  # noqa: S110  a log that cannot be written must not end the briefing
            pass


def _thread_died(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        info = (args.exc_type, args.exc_value, args.exc_traceback)
        logging.getLogger("salesprep").error("a thread ended unexpectedly", exc_info=info)
