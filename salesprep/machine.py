"""This machine: its folders and the few calls that differ between POSIX and Windows.

The only module that may use POSIX-only calls.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LONGEST_LOG = 1_000_000
"""Bytes after which the log is begun anew."""


@dataclass(frozen=True, slots=True)
class Dirs:
    """Where things lie; nothing is written elsewhere."""

    cache: Path
    """``index/<source>/<identity>/``, ``sample/``: may be deleted at any time."""
    state: Path
    """``links.toml``, ``undo.jsonl``, ``audit.jsonl``, ``notes/``, ``figures/``, ``log``, ``trusted.json``,
    ``team.toml``."""
    config: Path
    """The user's ``settings.toml``."""

    @property
    def log(self) -> Path:
        """Where complaints go that nobody reads while salesprep runs."""
        return self.state / "log"


def dirs(environ: Mapping[str, str] = os.environ) -> Dirs:
    """The platform's own folders; ``SALESPREP_HOME`` moves all of them beneath one."""
    home = environ.get("SALESPREP_HOME")
    if home:
        root = Path(home).expanduser().absolute()
        return Dirs(root / "cache", root / "state", root / "config")
    import platformdirs

    own = platformdirs.PlatformDirs("salesprep", appauthor=False)
    return Dirs(own.user_cache_path, own.user_state_path, own.user_config_path)


def company_folder() -> Path:
    """Where the company's ``settings.toml`` lies: a folder in which only administrators can write.

    No environment variable moves it, neither ``SALESPREP_HOME`` nor ``XDG_CONFIG_DIRS``, since with it
    would go what the company has locked. On Windows that is not ``ProgramData``, where every user may
    make a folder that is not there yet.
    """
    if sys.platform == "win32":
        import ctypes

        name = ctypes.create_unicode_buffer(260)
        ctypes.windll.shell32.SHGetFolderPathW(None, 0x26, None, 0, name)  # CSIDL_PROGRAM_FILES
        return Path(name.value or r"C:\Program Files", "salesprep")
    if sys.platform == "darwin":
        return Path("/Library/Application Support/salesprep")
    return Path("/etc/xdg/salesprep")


def others_may_write(path: Path) -> bool:
    """Whether somebody else than the user and root could change this file or folder.

    A group may write if it is root's or the user's private one, of which nobody else is a member. On
    Windows access lists decide, and it is never so.

    Raises:
        OSError: it is not there.
    """
    if sys.platform == "win32":
        return False
    found = path.stat()
    if found.st_uid not in (0, os.getuid()) or found.st_mode & stat.S_IWOTH:
        return True
    return bool(found.st_mode & stat.S_IWGRP) and not _is_own_group(found.st_gid)


def _is_own_group(number: int) -> bool:
    if sys.platform == "win32" or number == 0:
        return True
    import grp
    import pwd

    try:
        group, user = grp.getgrgid(number), pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return False
    return group.gr_name == user and set(group.gr_mem) <= {user}


def replace_file(path: Path, text: str) -> None:
    """Make ``text`` the whole content of a file that the user alone can read; its folder too.

    Whoever reads at the same time gets the old content or the new one, never half of it.

    Raises:
        OSError: it cannot be written.
    """
    import tempfile

    private_folder(path.parent)
    # mkstemp gives a name of its own and mode 0600.
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    new = Path(name)
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="") as out:
            out.write(text)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def private_folder(path: Path) -> Path:
    """Make ``path`` with its parents, readable by the user alone, and return it."""
    # One by one: mkdir would give the parents that it makes the mode that everything gets.
    for folder in reversed([one for one in (path, *path.parents) if not one.exists()]):
        folder.mkdir(mode=0o700, exist_ok=True)
    if sys.platform != "win32":
        path.chmod(0o700)
    return path


def make_private(path: Path) -> None:
    """Let the user alone read the file, whatever made it; on Windows its folder decides."""
    if sys.platform != "win32":
        path.chmod(0o600)


def append_line(file: Path, line: str, most: int) -> None:
    """Add ``line`` to a file in a folder that the user alone can read; one of more than ``most`` bytes
    is put aside as ``NAME.1`` first and begun anew.

    Raises:
        OSError: it cannot be written.
    """
    private_folder(file.parent)
    if file.exists() and file.stat().st_size > most:
        file.replace(file.with_name(f"{file.name}.1"))
    with file.open("a", encoding="utf-8", errors="backslashreplace") as out:
        out.write(line + "\n")


def is_far(environ: Mapping[str, str]) -> bool:
    """Whether the user sits at another machine than this one: its clipboard and browser are not theirs."""
    return bool(environ.get("SSH_TTY") or environ.get("SSH_CONNECTION"))


def is_wsl(environ: Mapping[str, str]) -> bool:
    """Whether this is Linux inside of Windows, whose clipboard and programs are the user's."""
    return sys.platform == "linux" and bool(environ.get("WSL_DISTRO_NAME") or environ.get("WSL_INTEROP"))


def end_family(number: int) -> None:
    """End at once the process ``number``, which was started as the leader of a session of its own, and
    what it has started itself. Call it only while that process has not been waited for."""
    import signal

    if sys.platform == "win32":
        os.kill(number, signal.SIGTERM)  # which is TerminateProcess there
        return
    try:
        os.killpg(number, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # it has ended; macOS says the latter of one that has
        pass


def editor(environ: Mapping[str, str], *, at_a_terminal: bool) -> list[str] | None:
    """The user's editor with its arguments: ``VISUAL``, ``EDITOR``, else what the system has.

    ``None``: nobody named one, and there is none, or no terminal for it.
    """
    import shlex
    import shutil

    for name in ("VISUAL", "EDITOR"):
        if given := environ.get(name, "").strip():
            # Backslashes are part of a path on Windows, and quotation marks stand around one with spaces.
            try:
                parts = shlex.split(given, posix=sys.platform != "win32")
            except ValueError:  # a quotation mark too many
                return [given]
            return [part.strip('"') for part in parts] if sys.platform == "win32" else parts
    if sys.platform == "win32":
        return ["notepad"]
    known = next(filter(None, map(shutil.which, ("sensible-editor", "nano", "vi"))), None)
    return [known] if known and at_a_terminal else None


@contextmanager
def alone(file: Path, patience: float) -> Iterator[None]:
    """Hold ``file`` as a lock, waiting up to ``patience`` seconds for whoever else holds it.

    The operating system lets go of it when this process ends, however it does; the empty file stays,
    since two processes that do not see the same file do not exclude each other.

    Raises:
        TimeoutError: somebody else still holds it.
        OSError: it cannot be made.
    """
    until = time.monotonic() + patience
    number = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while not _locked(number):
            if time.monotonic() >= until:
                raise TimeoutError(f"{file} is held")
            time.sleep(0.02)
        yield
    finally:
        os.close(number)


def _locked(number: int) -> bool:
    """Take the lock on an open file if nobody has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        raise
    return True


def is_private(path: Path) -> bool:
    """Whether nobody but its owner can read the file; always so on Windows, where ACLs decide."""
    if sys.platform == "win32":
        return True
    return not stat.S_IMODE(path.stat().st_mode) & 0o077


def zone_name(environ: Mapping[str, str] = os.environ) -> str:
    """The zone that this machine keeps its time in (``Europe/Amsterdam``); ``UTC`` if it does not say.

    Taken from ``TZ``, else from where ``/etc/localtime`` points; Windows has no such name to give.
    """
    import zoneinfo

    named = environ.get("TZ", "").removeprefix(":")
    if not named and sys.platform != "win32":
        try:
            named = os.readlink("/etc/localtime").rpartition("zoneinfo/")[2]  # noqa: PTH115  resolve() would follow on
        except OSError:
            named = ""
    try:
        return zoneinfo.ZoneInfo(named).key if named else "UTC"
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"


def locale_name(environ: Mapping[str, str] = os.environ) -> str | None:
    """How this machine's owner writes dates and amounts (``nl_NL``); ``None`` if it does not say."""
    named = environ.get("LC_ALL") or environ.get("LC_TIME") or environ.get("LANG") or ""
    if not named and sys.platform == "win32":
        import ctypes

        buffer = ctypes.create_unicode_buffer(85)
        if ctypes.windll.kernel32.GetUserDefaultLocaleName(buffer, len(buffer)):
            named = buffer.value.replace("-", "_")
    plain = named.partition(".")[0].partition("@")[0]
    return None if plain in ("", "C", "POSIX") else plain


def shows_colours() -> bool:
    """Whether the terminal on standard output understands colour codes; asks Windows to."""
    if sys.platform != "win32":
        return True
    import ctypes

    console = ctypes.windll.kernel32
    screen = console.GetStdHandle(-11)
    mode = ctypes.c_ulong()
    if not console.GetConsoleMode(screen, ctypes.byref(mode)):
        return False
    return bool(console.SetConsoleMode(screen, mode.value | 4))  # ENABLE_VIRTUAL_TERMINAL_PROCESSING
