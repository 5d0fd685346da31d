"""What git knows of the pages of a checkout: who changed them, and when.

The repository is somebody else's: its settings may name programs to be run (hooks, monitors, pagers,
differs, signature checkers, transports). git is started so that it runs none of them, fetches nothing,
writes nothing, and looks at no repository but the one whose ``.git`` folder lies in the wiki's own folder.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from salesprep.adapter.words import _

_LONGEST_NAME = 200
_LARGEST_TOKEN = 1 << 20
_LARGEST_OUTPUT = 1 << 28
"""Bytes that are read of one answer; 100,000 commits of wikis make some 20 MB."""
_LARGEST_WORD = 1 << 16

_KEPT = ("PATH", "HOME", "USERPROFILE", "HOMEDRIVE", "HOMEPATH", "XDG_CONFIG_HOME", "SYSTEMROOT", "TEMP")
"""Of our environment: where the user's own settings are, whom git may trust among them."""
_OFF = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    "core.askPass=",
    "core.sshCommand=false",
    "core.gitProxy=",
    "core.alternateRefsCommand=",
    "credential.helper=",
    "diff.external=",
    "gpg.program=false",
    "log.showSignature=false",
    "log.mailmap=false",
    "log.showRoot=true",
    "diff.relative=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
    "gc.auto=0",
    "maintenance.auto=false",
)
"""What a repository's own settings could say otherwise. What stands here is stronger."""
_LOG = (
    "log", "-z", "--name-status", "-M100%", "--no-merges", "--full-history", "--no-ext-diff", "--no-textconv",
    "--no-show-signature", "--no-decorate", "--no-color", "--no-notes", "--no-relative", "--encoding=UTF-8",
    "--ignore-submodules=all", "--format=%x01%H%x00%ct%x00%an%x00%ae",
)  # fmt: skip

_COMMIT = re.compile(rb"\x01[0-9a-f]{40,64}\Z")
_ID = re.compile(r"[0-9a-f]{40,64}\Z")


class NoHistory(Exception):
    """Why git tells nothing, in a sentence for the reader."""

    def __init__(self, why: str, mend: str | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit and the pages it changed."""

    id: str
    at: int
    """Seconds since 1970."""
    author: tuple[str, str]
    """Name and mail address."""
    changes: list[tuple[str, bytes | None, bytes]]
    """How (git's letter, with the share of likeness for a move), the name before a move, the name."""


def is_checkout(folder: Path) -> bool:
    """Whether the folder is a checkout's root, so that its files' times are those of a copy."""
    return os.path.lexists(folder / ".git")


class Repository:
    """The repository in a folder; each method starts git once."""

    def __init__(self, folder: Path, extensions: tuple[str, ...], left: Callable[[], float]) -> None:
        """Raises:
        NoHistory: git is not installed, or the repository lies elsewhere.
        """
        self._folder = folder.resolve()
        self._left = left
        own = self._folder / ".git"
        if own.is_symlink() or not own.is_dir():
            raise NoHistory(_("the history of these pages lies elsewhere; authors and dates are not read"))
        self._git = _program(self._folder)
        self._pages = [f":(glob,icase)**/*{ending}" for ending in extensions]

    def head(self) -> str | None:
        """The commit that is checked out; ``None`` if there is none yet.

        Raises:
            NoHistory: git refuses, or does not answer.
        """
        code, answer = self._word("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        if code == 0 and _ID.match(answer):
            return answer
        if code == 1:
            return None
        if "dubious ownership" in answer or "unsafe repository" in answer:
            mend = f"git config --global --add safe.directory {self._folder}"
            raise NoHistory(
                _(
                    "git does not trust this folder, which belongs to somebody else; "
                    "authors and dates are not read"
                ),
                mend,
            )
        raise NoHistory(_("git cannot read this checkout; authors and dates are not read"))

    def is_ancestor(self, one: str, another: str) -> bool:
        """Whether ``another`` came of ``one``: the history was not rewritten."""
        return self._word("merge-base", "--is-ancestor", one, another)[0] == 0

    def shallow(self) -> frozenset[str]:
        """Commits at which the history was cut off: they seem to have made all that was there then."""
        try:
            with (self._folder / ".git" / "shallow").open(encoding="ascii", errors="replace") as file:
                return frozenset(file.read(_LARGEST_OUTPUT).split())
        except OSError:
            return frozenset()

    def commits(self, which: str, skip: int = 0) -> Iterator[Commit]:
        """Commits, the newest first. ``which``: an id, or ``OLD..NEW``.

        Raises:
            NoHistory: it ended early; what came before is right.
        """
        arguments = (*_LOG, f"--skip={skip}", which, "--", *self._pages)
        with self._run(arguments, subprocess.DEVNULL) as process:
            assert process.stdout is not None  # noqa: S101 (a pipe was asked for)
            last: Commit | None = None
            for commit in _commits(_tokens(process.stdout)):
                if last is not None:
                    yield last
                last = commit
            if process.wait() != 0:  # the last one may be cut off: it is not told
                raise NoHistory(
                    _("not all of git's history could be read; some authors and dates are missing")
                )
            if last is not None:
                yield last

    def _word(self, *arguments: str) -> tuple[int, str]:
        with self._run(arguments, subprocess.STDOUT) as process:
            assert process.stdout is not None  # noqa: S101 (a pipe was asked for)
            answer = process.stdout.read(_LARGEST_WORD)
            return process.wait(), answer.decode("utf-8", "replace").strip()

    @contextmanager
    def _run(self, arguments: tuple[str, ...], errors: int) -> Iterator[subprocess.Popen[bytes]]:
        left = self._left()
        if left <= 0:
            raise NoHistory(_("the time was over before git was asked; authors and dates are missing"))
        options = [part for one in _OFF for part in ("-c", one)]
        try:
            process = subprocess.Popen(  # noqa: S603 (an absolute program, no shell, nothing of the repository's)
                [self._git, "--no-pager", "--no-optional-locks", *options, *arguments],
                cwd=self._folder,
                env=_environment(self._folder),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        except OSError:
            raise NoHistory(_("git cannot be started; authors and dates are not read")) from None
        end = threading.Timer(left, process.kill)
        end.daemon = True
        end.start()
        try:
            yield process
        finally:
            end.cancel()
            process.kill()
            process.communicate()


def _program(folder: Path) -> str:
    # A relative entry would look for git where we happen to stand; one in the wiki itself is not git.
    places = [place for place in os.environ.get("PATH", "").split(os.pathsep) if os.path.isabs(place)]  # noqa: PTH117
    found = shutil.which("git", path=os.pathsep.join(places)) if places else None
    if found is None or not Path(found).is_absolute() or Path(found).resolve().is_relative_to(folder):
        raise NoHistory(_("git is not installed here; authors and dates are not read"), _("install git"))
    return found


def _environment(folder: Path) -> dict[str, str]:
    own = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {
        **own,
        "LC_ALL": "C",
        "GIT_CEILING_DIRECTORIES": str(folder.parent),  # never a repository further up
        "GIT_DISCOVERY_ACROSS_FILESYSTEM": "0",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "",
        "SSH_ASKPASS": "",
        "GIT_PAGER": "cat",
    }


def _tokens(stream: IO[bytes]) -> Iterator[bytes]:
    """What stands between NULs."""
    rest, read = b"", 0
    while (piece := stream.read(1 << 16)) and read < _LARGEST_OUTPUT and len(rest) < _LARGEST_TOKEN:
        read += len(piece)
        *whole, rest = (rest + piece).split(b"\0")
        yield from whole


def _commits(tokens: Iterator[bytes]) -> Iterator[Commit]:
    """Commits as git writes them; the last one ends with the output."""
    open_: Commit | None = None
    for token in tokens:
        if _COMMIT.match(token):
            if open_ is not None:
                yield open_
            at, name, mail = (next(tokens, b"").decode("utf-8", "replace") for _ in range(3))
            seconds = int(at) if re.fullmatch(r"\d{1,11}", at) else 0
            author = (name.strip()[:_LONGEST_NAME], mail.strip()[:_LONGEST_NAME])
            open_ = Commit(token[1:].decode(), seconds, author, [])
            continue
        how = token.strip(b"\n").decode("ascii", "replace")
        old = next(tokens, b"") if how[:1] in ("R", "C") else None
        name_ = next(tokens, None)
        if open_ is None or name_ is None or not how:
            return
        open_.changes.append((how, old, name_))
    if open_ is not None:
        yield open_
