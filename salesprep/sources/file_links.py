"""Which files a source's links may lead to: those that its own settings name, or beneath them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


def paths_in(config: object) -> tuple[Path, ...]:
    """All paths that a source's settings name, however deep."""
    if isinstance(config, Path):
        return (config,)
    if isinstance(config, Mapping):
        values: Any = config.values()
    elif isinstance(config, list | tuple | set | frozenset):
        values = config
    else:
        fields = getattr(type(config), "model_fields", None)
        values = [getattr(config, name) for name in fields] if fields else ()
    return tuple(path for value in values for path in paths_in(value))


def beneath(roots: tuple[Path, ...]) -> Callable[[str], bool]:
    """Whether a ``file:`` address leads to one of ``roots`` or beneath, links followed."""
    real: list[Path] = []
    known: dict[str, bool] = {}

    def look(url: str) -> bool:
        try:
            parts = urlsplit(url)
            if parts.netloc not in ("", "localhost"):
                return False
            if not real:
                real.extend(root.resolve() for root in roots)
            path = path_of(url).resolve()
        except (ValueError, OSError, RuntimeError):
            return False
        return any(path.is_relative_to(root) for root in real)

    def may_open(url: str) -> bool:
        whole = url.partition("#")[0]
        if whole not in known:
            if len(known) > 1000:
                known.clear()
            known[whole] = look(whole)
        return known[whole]

    return may_open


def path_of(url: str) -> Path:
    """The file that a ``file:`` address leads to; what stands after ``#`` is a place in it.

    Raises:
        ValueError: it cannot be read.
    """
    return Path(_local(unquote(urlsplit(url).path)))


def _local(path: str) -> str:
    """``/C:/agenda.ics`` is written with a slash in front of the drive."""
    return path[1:] if len(path) > 2 and path[0] == "/" and path[2] == ":" else path
