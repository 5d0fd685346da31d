"""Other programs of the terminal, for comparison: fetched from a registry and painted beside ours."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.board_programs import Program


@dataclass(frozen=True, slots=True)
class _Peer:
    name: str
    """Of the package and of its command."""
    markers: tuple[bytes, ...]
    """Texts in the parts of its first full screen."""
    held: tuple[str, ...] = ()
    """What it needs older than it asks for."""


_PEERS = (
    # With tree-sitter 0.26 the Textual that posting 2.11 asks for ends in a segmentation fault.
    _Peer("posting", (b"Collection", b"Response", b"Commands"), ("tree-sitter<0.26",)),
    _Peer("harlequin", (b"Data Catalog", b"Query Editor", b"Run Query")),
)


def installed(folder: Path) -> list[Program]:
    """Each in an environment of its own beneath ``folder``. Needs ``uv`` and a registry."""
    return [_installed(peer, folder / peer.name) for peer in _PEERS]


def _installed(peer: _Peer, place: Path) -> Program:
    python = str(place / "bin" / "python")
    subprocess.run(("uv", "venv", "--quiet", place), check=True)
    subprocess.run(("uv", "pip", "install", "--quiet", "--python", python, peer.name, *peer.held), check=True)
    listed = subprocess.run(
        ("uv", "pip", "show", "--quiet", "--python", python, peer.name, "textual"),
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    command = (str(place / "bin" / peer.name),)
    return Program(peer.name, command, peer.markers, " on ".join(versions(listed)), folder=place)


def versions(listed: str) -> Iterator[str]:
    """``posting 2.11.1``, ``textual 6.1.0`` of what ``uv pip show`` prints."""
    name = ""
    for line in listed.splitlines():
        key, _, value = line.partition(": ")
        if key == "Name":
            name = value
        elif key == "Version":
            yield f"{name} {value}"
