"""Every string on the screen goes through the catalogue, but for what a source or the user wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from salesprep.adapter import Kind
from salesprep.cli.commands import salesprep as command

Typed = Callable[..., tuple[str, str]]
Types = Callable[..., str]

VAN_DIJK = "Van Dijk Machinebouw B.V."
_WORD = re.compile(r"[A-Za-z]{2,}")
_RUN = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’&.,:;/@+_=()-]*(?: [A-Za-z0-9'’&.,:;/@+_=()-]+)*")
_OURS = frozenset({"word", "text", "error", "notice", "refused", "no_url_reason", "evidence", "schema"})
"""Keys of JSON whose texts are no data of a source, or are told in the user's language."""


def texts(value: Any) -> Iterator[str]:
    """All that sources told, in a document of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in _OURS:
                yield from texts(each)


def plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def bare(said: str, data: Iterable[str]) -> list[str]:
    """Words in Latin letters that are not part of a text in ``data``."""
    known = "\n".join(map(plain, data))
    return [run for run in _RUN.findall(said) if _WORD.search(run) and not _is_data(plain(run), known)]


def _is_data(run: str, known: str) -> bool:
    """Whether it is what some text says, or the end of one and the beginning of another."""
    run = run.strip(" .,:;()")
    if run in known:
        return True
    parts = run.split(" ")
    return any(
        " ".join(parts[:at]).strip(" .,:;()") in known and " ".join(parts[at:]).strip(" .,:;()") in known
        for at in range(1, len(parts))
    )
