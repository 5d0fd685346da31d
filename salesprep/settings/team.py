"""The team's settings, which mostly lie on a network share, and the copy that serves while it is away.

Without them it would not be known what they lock or who *we* are, so there is no going on without. Whoever
has read them once goes on with what was read then, and is told so.
"""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from salesprep.adapter.words import _
from salesprep.machine import replace_file
from salesprep.settings.model import Layer, SettingsError
from salesprep.settings.reading import read_bytes

PATIENCE = 2.0
"""Seconds that a share may take. A share that is gone can hold a call for minutes."""


def read_team(
    named: str, company: Path, state: Path | None, *, version: str | None = None, patience: float = PATIENCE
) -> tuple[Layer, datetime | None]:
    """The layer in the file that the company's file names, and since when the copy is if that serves.

    A relative path starts at the company's file. The copy is ``state/team.toml``.

    Raises:
        SettingsError: it is out of reach and was never read here; or may not be read; or is wrong.
    """
    try:
        file = company.parent / Path(named).expanduser()
    except RuntimeError:
        what = _("names a home folder that is not known")
        raise SettingsError(company, "team", what, _("write the path in full")) from None
    kept = None if state is None else state / "team.toml"
    content = _content(file, company, patience)
    if content is None:
        copy = _copy(file, kept)
        if copy is None:
            what = _("{file} cannot be reached, and what it locks is not known", file=file)
            raise SettingsError(company, "team", what, _("connect to where it lies, or correct the path"))
        text, as_of = copy
        return read_bytes(text.encode(), file, "team", version=version), as_of
    layer = read_bytes(content, file, "team", version=version)
    if kept is not None:
        _keep(layer, kept)
    return layer, None


def _content(file: Path, company: Path, patience: float) -> bytes | None:
    """What the file holds; ``None`` if it is out of reach."""
    came: list[bytes | OSError | ValueError] = []

    def read() -> None:
        try:
            came.append(file.read_bytes())
        except (OSError, ValueError) as error:
            came.append(error)

    # On a thread of its own: a call on a dead share does not come back.
    reader = threading.Thread(target=read, name="team-settings", daemon=True)
    reader.start()
    reader.join(patience)
    answer = came[0] if came else None
    if isinstance(answer, PermissionError | IsADirectoryError | ValueError):
        # It is within reach and still not readable: no share that will be back.
        what = _("{file} cannot be read ({error})", file=file, error=type(answer).__name__)
        mend = _("make it readable for yourself, or correct the path")
        raise SettingsError(company, "team", what, mend) from None
    return answer if isinstance(answer, bytes) else None


def _heading(file: Path) -> str:
    return f"# What was last read of {json.dumps(str(file))}; salesprep writes this file.\n"


def _keep(layer: Layer, kept: Path) -> None:
    text = _heading(Path(layer.file)) + layer.text
    # A state folder that cannot be written must not keep anybody from a briefing.
    with suppress(OSError):
        if kept.exists() and kept.read_bytes() == text.encode():
            kept.touch()
        else:
            replace_file(kept, text)


def _copy(file: Path, kept: Path | None) -> tuple[str, datetime] | None:
    """What was last read of this very file, and when."""
    if kept is None:
        return None
    try:
        text = kept.read_bytes().decode()
        as_of = datetime.fromtimestamp(kept.stat().st_mtime, UTC)
    except (OSError, UnicodeDecodeError):
        return None
    heading = _heading(file)
    return (text.removeprefix(heading), as_of) if text.startswith(heading) else None
