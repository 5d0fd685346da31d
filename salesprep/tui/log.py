"""The log while the interface is up: one line for each event, in the state folder's ``log``.

What libraries and errors say in words may hold what a source or a setting said, so none of it is
written: of an error its type and the places it went through, of somebody else's complaint where it was
made. Only our own sentences are written out, without the texts that were filled into them.
"""

from __future__ import annotations

import builtins
import logging
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from salesprep import machine
from salesprep.tui.trace import kinds, place, places, raised

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

logger = logging.getLogger("salesprep.tui")

_HOME = Path(__file__).resolve().parents[1]
_FILLED = r"%(?:\(\w+\))?[#0\- +]*(?:\d+|\*)?(?:\.\d+)?[a-zA-Z]"
"""What stands in a sentence for a value, as ``%`` knows it."""
_UNPRINTABLE = r"[^\x20-\x7e\xa0-\ud7ff\ue000-\U0010ffff]+"


@contextmanager
def kept(environ: Mapping[str, str]) -> Iterator[Log]:
    """From here to the end all complaints of libraries, adapters and threads go to the log and nowhere else.

    A terminal that shows the interface must not get a line of anything else.
    """
    log = Log(machine.dirs(environ).log)
    root = logging.getLogger()
    before, root.handlers = root.handlers, [log]
    hooks = threading.excepthook, sys.unraisablehook
    threading.excepthook, sys.unraisablehook = _thread_died, _could_not_raise
    logging.captureWarnings(True)
    try:
        yield log
    finally:
        logging.captureWarnings(False)
        threading.excepthook, sys.unraisablehook = hooks
        root.handlers = before


class Log(logging.Handler):
    """Opened for each line: they are rare, and most days have none."""

    def __init__(self, file: Path) -> None:
        super().__init__(logging.WARNING)
        self.file = file
        self.written = False
        """Whether the last line got there."""
        self.setFormatter(_Line("%(asctime)s %(levelname)s %(name)s"))

    def emit(self, record: logging.LogRecord) -> None:
        try:
            machine.append_line(self.file, self.format(record), machine.LONGEST_LOG)
            self.written = True
        except Exception:  # a log that cannot be written, for whatever reason, must not end the interface
            self.written = False


class _Line(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        record.asctime = self.formatTime(record)
        parts = [self.formatMessage(record), place(record.pathname, record.lineno)]
        if Path(record.pathname).is_relative_to(_HOME) and type(record.msg) is str:
            parts.append(_sentence(record.msg, record.args))
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(told(record.exc_info[1]))
        return re.sub(_UNPRINTABLE, " ", " ".join(parts))


def told(error: BaseException) -> str:
    """``ValueError, after KeyError: salesprep/tui/app.py:12 in compose``."""
    ours = places(error)
    last = raised(error)
    where = " < ".join(ours if last is None else (last, *ours))
    kind = ", after ".join(kinds(error))
    return f"{kind}: {where}" if where else kind


def _sentence(said: str, values: object) -> str:
    """``said`` with its numbers and names of errors filled in; for any other text stands ``…``."""
    if not isinstance(values, tuple) or not values:
        return said if not values else re.sub(_FILLED, "…", said)
    try:
        return said % tuple(value if _is_plain(value) else "…" for value in values)
    except (TypeError, ValueError):
        return re.sub(_FILLED, "…", said)


def _is_plain(value: object) -> bool:
    if type(value) is str:
        return isinstance(getattr(builtins, value, None), type)
    return type(value) in (int, float)


def _thread_died(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and args.exc_type is not SystemExit:
        logger.error("a thread ended unexpectedly", exc_info=_of(args.exc_value))


def _could_not_raise(args: UnraisableHookArgs) -> None:
    if args.exc_value is not None:
        logger.error("an error came where nobody could take it", exc_info=_of(args.exc_value))


def _of(error: BaseException) -> tuple[type[BaseException], BaseException, TracebackType | None]:
    return type(error), error, error.__traceback__
