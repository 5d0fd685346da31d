"""What was said to a command on a user's decisions, and what is decided by then."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from salesprep.briefing.links import decided_by, read_links
from salesprep.cli.exits import Exit


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended, and what it wrote."""

    code: Exit
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def text(self) -> str:
        """All on one line."""
        return " ".join(self.out.split())

    @property
    def undo(self) -> list[list[str]]:
        """The commands that undo it, as a shell would split them."""
        lines = [row for row in self.out.splitlines() if row.startswith("undo: salesprep ")]
        return [shlex.split(row)[2:] for row in lines]


Type = Callable[..., Said]
"""``types("link", "confirm", "Berghout", "crm:2002", settings=path)``."""


def decisions(file: Path) -> dict[str, list[str]]:
    """``{customer id: ["is crm:1042"]}``."""
    return {c.id: [f"{k.verdict} {decided_by(k)}" for k in c.links] for c in read_links(file).customers}
