"""The tutorial kept true by doing what it says: ``make tutorial`` writes docs/your-first-adapter.md anew.

A block that a file's name stands above is written to that file, a ``diff`` is applied to it, and in a
``console`` block each line after a ``$`` is run; what it says takes the place of what stands below it. All
in an empty folder, with a clock that stands still.
"""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "your-first-adapter.md"
PORT = "8000"
"""As the page writes it; where it is played, a free one takes its place."""

_BLOCK = re.compile(
    r"^(?:\*\*`(?P<name>[^`]+)`\*\*\n\n)?```(?P<sort>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_SECONDS = re.compile(r"\bin \d+\.\d s\b")
_SALESPREP = """#!{python}
import sys
from datetime import UTC, datetime
from salesprep.cli import main, workspace
class Standing(datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime(2026, 11, 23, 12, 21, tzinfo=UTC).astimezone(tz)
workspace.datetime = Standing
main(sys.argv[1:])
"""


def played(page: str, folder: Path) -> str:
    """``page`` as it would read after doing all it says in ``folder``, which is empty."""
    with ExitStack() as stack:
        desk = _Desk(folder, stack)
        return _BLOCK.sub(desk.play, page)


class _Desk:
    """Somebody who does what the page says."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._stack = stack
        self._here = folder / "prep"
        self._here.mkdir()
        self._port = str(_free_port())
        programs = folder / "bin"
        programs.mkdir()
        (programs / "salesprep").write_text(_SALESPREP.format(python=sys.executable), encoding="utf-8")
        (programs / "salesprep").chmod(0o755)
        (programs / "python3").symlink_to(sys.executable)
        self._environ = {
            "PATH": f"{programs}{os.pathsep}{os.defpath}",
            "HOME": str(folder),
            "SALESPREP_HOME": str(folder / "home"),
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "COLUMNS": "80",
        }

    def play(self, found: re.Match[str]) -> str:
        """A block, done; as it reads then."""
        name, sort, text = found["name"], found["sort"], found["text"]
        if name is not None and sort == "diff":
            _change(self._here / name, text)
        elif name is not None:
            path = self._here / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace(PORT, self._port), encoding="utf-8")
        elif sort == "console":
            start = found.start("text") - found.start()
            return found[0][:start] + "".join(self._typed(text)) + "```"
        return found[0]

    def _typed(self, text: str) -> Iterator[str]:
        for line in text.splitlines():
            if line.startswith("$ "):
                yield f"{line}\n"
                yield self._run(line.removeprefix("$ ").replace(PORT, self._port))

    def _run(self, command: str) -> str:
        words = shlex.split(command)
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            self._environ[name] = value
            return ""
        if words[-1] == "&":
            self._stack.enter_context(_running(words[:-1], self._here, self._environ, int(self._port)))
            return ""
        done = subprocess.run(
            ("/bin/sh", "-c", command),
            cwd=self._here,
            env=self._environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return _SECONDS.sub("in 2.5 s", done.stdout.replace(self._port, PORT))


def _change(path: Path, diff: str) -> None:
    """Put the lines after ``+`` in place of those after ``-``."""
    old, new = (
        "".join(f"{line[2:]}\n" for line in diff.splitlines() if line[:1] in (" ", sign)) for sign in "-+"
    )
    text = path.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise ValueError(f"{path.name} does not hold, once, what is to be changed:\n{old}")
    path.write_text(text.replace(old, new), encoding="utf-8")


@contextmanager
def _running(words: list[str], folder: Path, environ: Mapping[str, str], port: int) -> Iterator[None]:
    """A server, until the page is over."""
    server = subprocess.Popen(
        words,
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait(10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main() -> None:
    """Write the page."""
    with tempfile.TemporaryDirectory(prefix="salesprep-tutorial-") as folder:
        PAGE.write_text(played(PAGE.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
