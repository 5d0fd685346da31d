"""Whose view of a source this is, and where that source may keep an index of its own data."""

from __future__ import annotations

import json
import re
from hashlib import blake2b
from pathlib import Path

from salesprep import machine
from salesprep.adapter.manifest import AsksAs
from salesprep.settings import Source, Us

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}\Z")


def identity(asks_as: AsksAs, us: Us) -> str:
    """Opaque and stable: the user's own view has a hash of who they are."""
    if asks_as != "user":
        return asks_as
    return "user-" + _hash("\n".join(sorted(address.casefold() for address in us.emails)))


def config_hash(source: Source) -> str:
    """Changes with the source's settings. Secrets are in it as references only."""
    table = {"adapter": source.adapter, "file": str(source.file.parent), "config": source.config}
    return _hash(json.dumps(table, sort_keys=True, default=str))


def file_name(source: str) -> str:
    """What a file or folder of a source's own is called, whatever the source is."""
    return source if _PLAIN.match(source) else "source-" + _hash(source)


def store_folder(cache: Path, source: Source, whose: str) -> Path:
    """Make the private folder of one source, identity and config.

    Raises:
        OSError: it cannot be made.
    """
    folder = cache / "index" / file_name(source.name) / whose / config_hash(source)
    if not folder.is_dir():
        for part in reversed(folder.parents[:2]):
            machine.private_folder(part)
    return machine.private_folder(folder)


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
