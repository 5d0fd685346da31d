"""``links.toml`` written: one writer at a time, the whole file replaced at once, and what people wrote
into it (comments, order, spelling) left as it is.

Nothing is written unless the new text, read back, says exactly what was meant.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

from salesprep.adapter.words import _
from salesprep.briefing.links.reading import parse_links, read_text
from salesprep.briefing.links.remembered import Links
from salesprep.machine import alone, private_folder

PATIENCE = 10.0
"""Seconds to wait for another salesprep that is writing."""


class LinksNotWrittenError(Exception):
    """``links.toml`` is what it was before; the message says why."""

    def __init__(self, path: Path, why: str) -> None:
        self.sentence = _("{path}: nothing was written: {why}", path=path, why=why)
        """All of it, to be said in the reader's language."""
        super().__init__(self.sentence)
        self.path = path
        self.why = why


class Changed(Protocol):
    """What a change came to."""

    @property
    def links(self) -> Links:
        """All links, after it."""


C = TypeVar("C", bound=Changed)


def update_links(path: Path, change: Callable[[Links], C], *, patience: float | None = None) -> C:
    """Read, change and write ``links.toml`` while nobody else does; returns what ``change`` returned.

    A symbolic link is followed, so that the file in a team's checkout is the one that changes. What
    ``change`` raises passes through, and nothing is written.

    Raises:
        SettingsError: the file is broken; it is never written over.
        LinksNotWrittenError: it cannot be written, or somebody else keeps writing.
    """
    file = path.resolve()
    with _alone(file, PATIENCE if patience is None else patience):
        text = read_text(file) or ""
        before = parse_links(path, text)
        changed = change(before)
        if changed.links != before:
            replace_text(file, _edited(file, text, before, changed.links))
    return changed


def _edited(file: Path, text: str, before: Links, after: Links) -> str:
    from salesprep.briefing.links.editing import edited

    new = edited(text, before, after)
    if parse_links(file, new) != after:
        raise LinksNotWrittenError(
            file, _("its form is one that cannot be changed safely; change it by hand")
        )
    return new


@contextmanager
def _alone(file: Path, patience: float) -> Iterator[None]:
    """Hold the lock file beside ``file``."""
    try:
        if not file.parent.exists():
            private_folder(file.parent)
        stack = ExitStack()
        stack.enter_context(alone(file.with_name(f".{file.name}.lock"), patience))
    except TimeoutError:
        raise LinksNotWrittenError(file, _("another salesprep is writing it; try again")) from None
    except OSError as error:
        raise LinksNotWrittenError(
            file, _("its folder cannot be used ({error})", error=type(error).__name__)
        ) from None
    with stack:
        yield


def replace_text(file: Path, text: str) -> None:
    """Make ``text`` all that ``file`` holds. Whoever reads at the same time gets the old file or the new one.
    A new file is the user's alone; one that was shared keeps its mode.

    Raises:
        LinksNotWrittenError: it cannot be written.
    """
    import tempfile

    temporary: Path | None = None
    try:
        # mkstemp gives a name of its own and mode 0600.
        number, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        temporary = Path(name)
        with os.fdopen(number, "wb") as out:
            out.write(text.encode("utf-8"))
            out.flush()
            os.fsync(out.fileno())
        if file.exists():
            temporary.chmod(file.stat().st_mode & 0o777)
        temporary.replace(file)
    except (OSError, UnicodeEncodeError) as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise LinksNotWrittenError(
            file, _("it cannot be written ({error})", error=type(error).__name__)
        ) from None
