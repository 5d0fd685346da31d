"""What the author of a new adapter says of the source."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from typing import Literal, get_args

import salesprep.adapter
from salesprep.adapter import Kind
from salesprep.adapter.manifest import Lookup

Sort = Literal["http", "file", "database", "blocking"]
SORTS: tuple[Sort, ...] = get_args(Sort)
LOOKUPS: tuple[Lookup, ...] = ("domain", "name", "id", "email", "handle")
"""The one that serves best first."""

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
"""As the manifest takes it."""
_TAKEN = frozenset({*salesprep.adapter.__all__, "Config", "LocalPath", "Secret"})
"""Names that the new module has from elsewhere."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One new adapter."""

    name: str
    sort: Sort
    kinds: tuple[Kind, ...]
    lookups: tuple[Lookup, ...]
    package: bool = False
    """A distribution of its own, in place of a folder."""

    @property
    def title(self) -> str:
        """What people may call the system, until the author knows better."""
        return self.name.replace("_", " ").capitalize()

    @property
    def class_name(self) -> str:
        """``HelpDesk`` of ``help_desk``."""
        name = "".join(part.capitalize() for part in self.name.split("_"))
        return f"{name}Source" if name in _TAKEN or keyword.iskeyword(name) else name

    @property
    def config_name(self) -> str:
        """Of the class of its settings."""
        return f"{self.class_name}Config"

    @property
    def variable(self) -> str:
        """The environment variable that its token may stand in."""
        return f"{self.name.upper()}_TOKEN"

    @property
    def abilities(self) -> tuple[str, ...]:
        """``find`` where there are accounts, ``upcoming`` where there are meetings."""
        find = ("find",) if Kind.ACCOUNT in self.kinds else ()
        return (*find, "fetch", *(("upcoming",) if Kind.MEETING in self.kinds else ()))
