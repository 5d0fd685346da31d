"""Folders whose ``settings.toml`` was trusted: a settings file may name adapters, which are code, and
where secrets go, so that of a folder somebody else filled is not read before the user has said so.

What is trusted is the file as it was then: another content has to be trusted anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from salesprep.adapter.words import _
from salesprep.machine import others_may_write, replace_file
from salesprep.settings.model import NAME, Layer, SettingsError
from salesprep.settings.powers import adapter_folders
from salesprep.settings.reading import bytes_of, read_bytes

SCHEMA = "salesprep.trusted/1"


@dataclass(frozen=True, slots=True)
class Trusted:
    """One folder, and what its file was when it was trusted."""

    folder: str
    sha256: str
    at: str
    """When, ISO 8601 in UTC."""


@dataclass(frozen=True, slots=True)
class Offered:
    """The file of a folder as it lies there now."""

    layer: Layer
    sha256: str


def store_of(state: Path) -> Path:
    """Where the trusted folders are remembered."""
    return state / "trusted.json"


def trusted(state: Path) -> tuple[Trusted, ...]:
    """The folders that were trusted.

    Raises:
        SettingsError: the list is damaged, or somebody else could have written it.
    """
    store = store_of(state)
    try:
        listed = json.loads(store.read_bytes())
        foreign = others_may_write(store)
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(store, _("cannot be read ({error})", error=type(error).__name__)) from None
    if foreign:
        raise _damaged(store, _("could have been written by somebody else"))
    folders = listed.get("folders") if isinstance(listed, dict) else None
    if not isinstance(folders, list) or not all(_is_entry(one) for one in folders):
        raise _damaged(store, _("is not what salesprep wrote"))
    return tuple(Trusted(**one) for one in folders)


def _is_entry(one: object) -> bool:
    keys = {"folder", "sha256", "at"}
    return isinstance(one, dict) and one.keys() == keys and all(isinstance(v, str) for v in one.values())


def _damaged(store: Path, what: str) -> SettingsError:
    return SettingsError(
        store, None, what, _('delete it, and trust your folders anew with "salesprep settings trust"')
    )


def offered(folder: Path) -> Offered:
    """The ``settings.toml`` of ``folder``, read and checked for the user to decide on.

    Raises:
        SettingsError: none is there, it is wrong, or others than the user could change it.
    """
    file = folder / NAME
    content = bytes_of(file)
    layer = read_bytes(content, file, "folder")
    _refuse_foreign(layer)
    return Offered(layer, _digest(content))


def trust(state: Path, offer: Offered, when: datetime) -> None:
    """Remember that the user trusts this folder with its file as it was offered.

    Raises:
        OSError: it cannot be written.
        SettingsError: as :func:`trusted`.
    """
    folder = _name(Path(offer.layer.file).parent)
    at = when.isoformat(timespec="seconds")
    others = (one for one in trusted(state) if one.folder != folder)
    _write(state, (*others, Trusted(folder, offer.sha256, at)))


def forget(state: Path, folder: Path) -> bool:
    """Trust ``folder`` no more; whether it was trusted.

    Raises:
        OSError: it cannot be written.
        SettingsError: as :func:`trusted`.
    """
    before = trusted(state)
    after = tuple(one for one in before if one.folder != _name(folder))
    if after != before:
        _write(state, after)
    return after != before


def standing(one: Trusted) -> Literal["unchanged", "changed", "absent"]:
    """How the file of a trusted folder is now."""
    try:
        content = (Path(one.folder) / NAME).read_bytes()
    except OSError:
        return "absent"
    return "unchanged" if _digest(content) == one.sha256 else "changed"


def read_trusted(folder: Path, state: Path, *, version: str | None = None) -> Layer | None:
    """The layer of ``folder``; ``None``, and nothing of it is opened, if it was never trusted.

    Raises:
        SettingsError: it was trusted and may not be read as it now is.
    """
    known = next((one for one in trusted(state) if one.folder == _name(folder)), None)
    if known is None:
        return None
    file = folder / NAME
    content = bytes_of(file)
    if _digest(content) != known.sha256:
        mend = _('look at it, then say "salesprep settings trust", or "salesprep settings trust --forget"')
        raise SettingsError(file, None, _("has changed since you trusted its folder"), mend)
    layer = read_bytes(content, file, "folder", version=version)
    _refuse_foreign(layer)
    return layer


def _refuse_foreign(layer: Layer) -> None:
    """Refuse what others could change after it was looked at: the file, its folder, its adapters."""
    file = Path(layer.file)
    for path in (file, file.parent, *_code(layer)):
        try:
            foreign = others_may_write(path)
        except OSError:
            # Not there: nothing that could be run, and whoever may make it may write its folder.
            continue
        if foreign:
            what = _("cannot be trusted, for somebody else could change it")
            if path != file:
                what = _("cannot be trusted, for somebody else could change {path}", path=path)
            mend = _('make it yours alone ("chown", "chmod go-w"), or name the file with --settings')
            raise SettingsError(file, None, what, mend)


def _code(layer: Layer) -> Iterable[Path]:
    """The folders of adapters, each adapter in them, and what lies directly in an adapter."""
    for folder in adapter_folders(layer):
        yield folder
        try:
            yield from (path for one in folder.iterdir() if one.is_dir() for path in (one, *one.iterdir()))
        except OSError:
            continue


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _name(folder: Path) -> str:
    return str(folder.resolve())


def _write(state: Path, folders: tuple[Trusted, ...]) -> None:
    listed = {"schema": SCHEMA, "folders": [asdict(one) for one in folders]}
    replace_file(store_of(state), json.dumps(listed, indent=2) + "\n")
