"""What is in force, as frozen dataclasses. An adapter's own keys stay a plain table: its model checks
them later, on its source's thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from salesprep.adapter.words import Message

NAME = "settings.toml"
"""What a settings file is called where it is looked for."""
Keep = Literal["disk", "memory", "nothing"]
Theme = Literal["dark", "light", "contrast", "terminal"]
Key = tuple[str, ...]
"""A key of settings, split at its dots: ``("us", "zone")``."""
LayerKind = Literal["company", "team", "person", "folder", "named", "sample", "variable"]
"""Whose a layer is. ``folder``: the ``settings.toml`` of a trusted folder; ``named``: the file of
``--settings`` or ``SALESPREP_SETTINGS``."""


class SettingsError(Exception):
    """Settings that cannot be used. Shown whole: file, key and mend; never a value."""

    def __init__(self, file: Path | str, key: str | None, what: str, mend: str) -> None:
        form = "{file}: {key}: {what}; {mend}" if key else "{file}: {what}; {mend}"
        self.sentence = Message((form,), {"file": str(file), "key": key, "what": what, "mend": mend})
        """All of it, to be said in the reader's language."""
        # The path of a file can hold anything but a zero.
        text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in self.sentence)
        super().__init__(text)
        self.file = file
        self.key = key
        self.what = what
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Layer:
    """What one file or variable gives, checked."""

    file: Path | str
    """The path of the file, or the name of the environment variable."""
    table: Mapping[str, object] = field(repr=False)
    kind: LayerKind = "named"
    locks: tuple[Key, ...] = ()
    """What later layers cannot set."""
    team: str | None = None
    """Where the team's settings lie, as the company's name it."""
    text: str = field(default="", repr=False)
    """The file as it was read."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of us."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Home:
    """Where the user's day begins; degrees WGS 84."""

    city: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Us:
    """``[us]``: without it no attendee can be told from a customer."""

    name: str | None = None
    emails: tuple[str, ...] = ()
    """The user's own addresses, lower case."""
    domains: tuple[str, ...] = ()
    """Our company's domains, lower case; nobody there is a customer."""
    colleagues: tuple[Colleague, ...] = ()
    home: Home | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    locale: str = "en_GB"
    """How amounts and dates are written (CLDR name)."""
    language: str = "en"
    """In which language salesprep speaks."""


@dataclass(frozen=True, slots=True)
class Source:
    """One ``[sources.NAME]`` table."""

    name: str
    adapter: str
    title: str
    """As the panel is called; by default the name in capitals."""
    config: Mapping[str, object]
    """The adapter's own keys, unchecked."""
    file: Path
    """The settings file that relative paths in ``config`` start from: the last one that gave an
    adapter's key of this source."""
    keep: Keep = "disk"


@dataclass(frozen=True, slots=True)
class Settings:
    """What is in force."""

    us: Us
    sources: Mapping[str, Source]
    """In the order of the screen."""
    adapter_folders: tuple[Path, ...] = ()
    """Folders that hold adapters of one's own, each a folder with ``adapter.toml``."""
    deadline: float = 8.0
    """Seconds a briefing may take."""
    theme: Theme = "dark"
    """The colours of the board; ``terminal``: those of the terminal itself."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Actions that were given other keys, in the order in which that was said; none: it has no key."""
    links_file: Path | None = None
    """Where ``links.toml`` lies, if not in the state folder."""
    links_team: Path | None = None
    """Where the team's decisions lie; read, and never written."""
    files: tuple[Path, ...] = ()
    """The settings files that were read, first to last."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Who decided each key that was set (``sources.crm.database``): a file or an environment variable."""
    example: bool = False
    """Nobody named a source, so the sample serves."""
    layers: tuple[Layer, ...] = field(default=(), repr=False)
    """What each file and variable gave, first to last."""
    locks: Mapping[Key, str] = field(default_factory=dict)
    """What cannot be set by a layer after the file that locks it."""
    untrusted: Path | None = None
    """The current folder's ``settings.toml``, which is left unread because nobody trusted the folder."""
    team_as_of: datetime | None = None
    """The team's file is out of reach, and what was read of it at this time serves (UTC)."""
