"""The log in the state folder, the interface's as well: warnings of libraries and adapters, and where errors
came from, without what a message or a record says. ``SALESPREP_DEBUG=1`` shows errors whole on
standard error.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from salesprep import machine
from salesprep.cli import talk
from salesprep.tui.log import Log


def file(environ: Mapping[str, str]) -> Path:
    """Where the log lies."""
    return machine.dirs(environ).log


def start(environ: Mapping[str, str]) -> None:
    """From here on nothing that libraries, adapters and threads complain about reaches the screen."""
    root = logging.getLogger()
    root.addHandler(Log(file(environ)))
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
    log = Log(file(environ))
    record = logging.LogRecord(
        "salesprep", logging.ERROR, "", 0, "unexpected", (), (type(error), error, error.__traceback__)
    )
    where = _("no log could be written")
    if log.handle(record) and log.written:
        where = _("the details are in {file}", file=log.file)
    kind = type(error).__name__
    talk.line(here(_("this should not have happened ({kind}); {where}", kind=kind, where=where)))


def _thread_died(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        info = (args.exc_type, args.exc_value, args.exc_traceback)
        logging.getLogger("salesprep").error("a thread ended unexpectedly", exc_info=info)
