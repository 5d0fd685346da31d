"""A program in a terminal of its own: every byte that it paints with the moment at which it came.

Needs a system with pseudo-terminals; peaks of memory are read where Linux keeps them.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

COLUMNS, ROWS = 160, 45
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.M)
_LONGEST = 120.0
"""Seconds; what is not painted by then never will be."""


class NotPaintedError(RuntimeError):
    """The program ended, or took too long, before it painted what was waited for."""


@dataclass(frozen=True, slots=True)
class Read:
    """Bytes, and when they were read: seconds of ``time.monotonic()``, which all processes share."""

    when: float
    painted: bytes


@dataclass(frozen=True, slots=True)
class Used:
    """What a program that was ended has used."""

    cpu: float
    """Seconds of processor time, of all its threads."""


class Terminal:
    """Starts ``command`` and is its terminal; ends it, with all that it started, at the end of ``with``."""

    def __init__(
        self, command: Sequence[str], environ: Mapping[str, str], folder: Path, *, keep: Iterable[int] = ()
    ) -> None:
        """``keep``: file descriptors that the program inherits."""
        self._screen, inside = os.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.began = time.monotonic()
        try:
            self._process = subprocess.Popen(
                command,
                stdin=inside,
                stdout=inside,
                stderr=inside,
                cwd=folder,
                env=dict(environ),
                pass_fds=tuple(keep),
                start_new_session=True,
            )
        finally:
            os.close(inside)
        self._used: Used | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()
        os.close(self._screen)

    def send(self, keys: bytes) -> float:
        """Type ``keys``; the moment at which they were sent."""
        os.write(self._screen, keys)
        return time.monotonic()

    def read(self, until: float) -> Read | None:
        """What is painted next, or ``None`` if nothing is by the moment ``until``."""
        ready, _, _ = select.select([self._screen], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return None
        try:
            painted = os.read(self._screen, 65536)
        except OSError:  # how Linux says that nobody holds the other end any more
            painted = b""
        if not painted:
            raise NotPaintedError("the program has ended")
        return Read(time.monotonic(), painted)

    def painted(self, markers: Iterable[bytes]) -> float:
        """Seconds from the start of the program until all ``markers`` were painted."""
        *_, last = self.reads(until=markers)
        return last.when - self.began

    def reads(self, *, until: Iterable[bytes]) -> Iterator[Read]:
        """All that is painted until each of the markers ``until`` was.

        Raises:
            NotPaintedError: the program ends, or takes too long.
        """
        missing = set(until)
        longest = max(map(len, missing))
        end = b""
        while missing:
            read = self.read(self.began + _LONGEST)
            if read is None:
                raise NotPaintedError(f"{sorted(missing)} not painted in {_LONGEST:.0f} s")
            yield read
            fresh = end + read.painted
            missing = {marker for marker in missing if marker not in fresh}
            end = fresh[-longest:]

    def written(self, seconds: float) -> int:
        """How many bytes it writes in so many seconds from now."""
        until = time.monotonic() + seconds
        count = 0
        while (read := self.read(until)) is not None:
            count += len(read.painted)
        return count

    @property
    def peak(self) -> int:
        """The most memory that it has held so far, in bytes, and none of what its parent held."""
        found = _PEAK.search(Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii"))
        if found is None:
            raise RuntimeError("this system does not tell how much memory a process has held")
        return int(found[1]) * 1024

    def end(self) -> Used:
        """End the program, at once; what it has used."""
        if self._used is None:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            _, status, usage = os.wait4(self._process.pid, 0)
            self._process.returncode = os.waitstatus_to_exitcode(status)
            self._used = Used(usage.ru_utime + usage.ru_stime)
        return self._used


def environ(home: Path) -> dict[str, str]:
    """The variables of a program in such a terminal, at home in ``home``, whose byte code is kept there."""
    kept = ("PATH", "LANG", "LC_ALL", "TZ")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "HOME": str(home),
        "SALESPREP_HOME": str(home / "salesprep"),
        "PYTHONPYCACHEPREFIX": str(home / "bytecode"),
    }
