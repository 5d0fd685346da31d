"""Does to the files of a laid out sample what happens to files."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from salesprep.kit.bench import Bench
from salesprep.kit.verdict import NotTried

Taken = dict[Path, Path]
"""Where each file or folder was, and where it is now."""


def named(bench: Bench) -> list[Path]:
    """The files and folders of the sample that the source's settings name; the outermost only."""
    found = {path for path in map(Path, bench.probed.paths) if path.is_relative_to(bench.laid)}
    unique = sorted(found, key=lambda path: (len(path.parts), path))
    return [path for path in unique if not any(outer in path.parents for outer in unique)]


def files(bench: Bench) -> Iterator[Path]:
    """All files of the sample that the source reads, in order to change them."""
    bench.touched = True
    for path in named(bench):
        inside = path.rglob("*") if path.is_dir() else [path]
        yield from sorted(one for one in inside if one.is_file() and one.name != "settings.toml")


def take(bench: Bench, paths: list[Path]) -> Taken:
    """Move them out of the sample."""
    bench.touched = True
    taken: Taken = {}
    aside = bench.home()
    aside.mkdir()
    for number, path in enumerate(paths):
        away = aside / str(number)
        path.rename(away)
        taken[path] = away
    return taken


def put_back(taken: Taken) -> None:
    """Move them to where they were."""
    for path, away in taken.items():
        away.rename(path)


def emptied(path: Path) -> None:
    """Nothing in it."""
    path.write_bytes(b"")


def cut(path: Path) -> None:
    """A bit more than its first half."""
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 6 // 10])


def garbled(path: Path) -> None:
    """Bytes that mean nothing, the same in each run."""
    path.write_bytes(random.Random(path.name).randbytes(4096))  # noqa: S311 - nothing secret


def unreadable(path: Path) -> None:
    """Nobody may read it."""
    path.chmod(0)


def led_nowhere(bench: Bench) -> int:
    """In place of each file or folder that is named a link to itself, which the system refuses to open, too.

    Raises:
        NotTried: this machine makes no such links.
    """
    taken = take(bench, named(bench))
    try:
        for path in taken:
            path.symlink_to(path)
    except OSError:
        raise NotTried("whoever runs this may read every file, whatever its mode is") from None
    return len(taken)


def may_all(bench: Bench) -> bool:
    """Whether this process reads files whatever their mode is: as root, and on Windows."""
    file = bench.folder / "unreadable"
    file.write_bytes(b"")
    file.chmod(0)
    try:
        file.read_bytes()
    except OSError:
        return False
    else:
        return True
