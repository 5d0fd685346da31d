"""How an adapter says that it can read a file, folder or address, and with which settings.

``salesprep add`` asks every adapter whose manifest has the ability ``recognise``, shows what came, and
writes the settings of those that the user wants. An adapter judges by content, never by the name of a
file alone, reads no more than it must, and keeps nothing.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

Sureness = Literal["certain", "likely", "possible"]
"""``certain``: the content says so itself (``BEGIN:VCALENDAR``); ``likely``: the shape is right;
``possible``: it could be read, and nothing tells what it is. Of several adapters the surest wins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody gave to be read: a file or folder (``path``), or an address (``url``)."""

    path: Path | None = None
    """Absolute, with links resolved; it exists."""
    url: str | None = None
    """http or https (webcal is given as https); its content begins with ``head``."""
    head: bytes = b""
    """The first 64 KiB of the file or of what the address answers; empty for a folder."""
    now: datetime
    """Aware, in the user's zone."""
    deadline: float
    """On :func:`time.monotonic`."""

    def left(self) -> float:
        """Seconds until the deadline; negative when it is over."""
        return self.deadline - time.monotonic()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One setting that the adapter guessed and the user may change: which column is the name."""

    key: str
    """Dotted, beneath the source's table: ``columns.title``."""
    label: str
    """As a rep reads it: ``name``."""
    value: str | None
    """The guess; ``None``: nothing fits. It stands in the proposal's ``config`` already."""
    options: tuple[str, ...]
    """What it may be instead; ``None`` (the key is left out) is allowed unless ``needed``."""
    needed: bool = False
    leads_to: Mapping[str, Proposal] = field(default_factory=dict)
    """Where an option changes more than a key, as what a table tells of does: what the whole proposal
    becomes with it, of such options every one. Within it no choice leads any further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """What the material tells of its owner: who *we* are, to be confirmed by the user."""

    name: str | None = None
    emails: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One source that could be set up."""

    name: str
    """A short name for the source: ``crm``, ``linkedin``, ``calendar``, ``wiki``."""
    title: str
    """As it stands over the panel: ``LinkedIn``."""
    what: str
    """What it is, in the words of a rep: ``a table: 214 rows, looks like customers``."""
    sure: Sureness
    config: Mapping[str, Any]
    """The settings of the source: TOML values (texts, numbers, booleans, dates, lists, tables); a path
    is an absolute one, as text."""
    unites: str | None = None
    """A key of ``config`` that holds a list: proposals of one adapter with the same ``unites`` become
    one source with the lists joined (several export files; several calendars)."""
    question: str | None = None
    """Asked about the ``choices``: ``which column is what?``"""
    choices: tuple[Choice, ...] = ()
    me: Me = field(default_factory=Me)
    notice: str | None = None
    """What the user should know before: ``changes show from your second file on``."""
