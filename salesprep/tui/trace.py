"""Where an error came from, told without anything that was said, or that a variable held.

Places in salesprep's own code and its adapters are told as ``salesprep/tui/app.py:12 in compose``.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path, PurePath

_ROOT = Path(__file__).resolve().parents[2]
_OURS = ("salesprep", "adapters")
_MOST_PLACES = 12
"""An endless recursion has a thousand; what it goes around in shows in a few."""
_MOST_KINDS = 5
_LIBRARIES = ("site-packages", "dist-packages")


def kinds(error: BaseException) -> tuple[str, ...]:
    """The type of ``error`` and of those it came from, the last one first."""
    names: list[str] = []
    for one in _chain(error):
        name = type(one).__name__
        if isinstance(one, BaseExceptionGroup):
            inner = dict.fromkeys(type(each).__name__ for each in one.exceptions)
            name = f"{name} of {' and '.join(inner)}"
        names.append(name)
    return tuple(dict.fromkeys(names))


def places(error: BaseException) -> tuple[str, ...]:
    """The places in our own code that ``error`` went through, the innermost first."""
    for one in _chain(error):
        ours = [
            f"{place(frame.f_code.co_filename, line)} in {frame.f_code.co_name}"
            for frame, line in traceback.walk_tb(_innermost(one).__traceback__)
            if _is_ours(frame.f_code.co_filename)
        ]
        if ours:
            return tuple(reversed(ours[-_MOST_PLACES:]))
    return ()


def raised(error: BaseException) -> str | None:
    """The place where ``error`` was raised, if that is a library's; ``None`` for one of our own."""
    frames = list(traceback.walk_tb(_innermost(error).__traceback__))
    if not frames:
        return None
    frame, line = frames[-1]
    return None if _is_ours(frame.f_code.co_filename) else place(frame.f_code.co_filename, line)


def place(file: str, line: int) -> str:
    """``textual/widget.py:12``: never with the folders above, which may bear somebody's name."""
    path = Path(file)
    if _is_ours(file):
        return f"{path.relative_to(_ROOT).as_posix()}:{line}"
    return f"{_within_its_library(path)}:{line}"


def _within_its_library(path: PurePath) -> str:
    for folder in _LIBRARIES:
        if folder in path.parts:
            return PurePath(*path.parts[path.parts.index(folder) + 1 :]).as_posix()
    return path.name


def _is_ours(file: str) -> bool:
    return any(Path(file).is_relative_to(_ROOT / room) for room in _OURS)


def _innermost(error: BaseException) -> BaseException:
    """A group of errors was raised where its tasks were waited for; the first of them says more."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _chain(error: BaseException) -> Iterator[BaseException]:
    """``error`` and what it was raised after; a few of them, however they refer to each other."""
    one: BaseException | None = error
    seen: set[int] = set()
    while one is not None and id(one) not in seen and len(seen) < _MOST_KINDS:
        seen.add(id(one))
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
