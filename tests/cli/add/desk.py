"""Somebody who sets salesprep up."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@dataclass
class Desk:
    """A person with downloads, a configuration of their own and a terminal."""

    home: Path
    downloads: Path
    run: Run
    """Without a terminal, in a process of its own."""
    sits: Run
    """Run the command on a terminal and answer its questions."""

    @property
    def file(self) -> Path:
        return self.home / "config" / "settings.toml"

    @property
    def settings(self) -> dict[str, Any]:
        """What stands in the file; nothing if there is none."""
        return tomllib.loads(self.file.read_text(encoding="utf-8")) if self.file.exists() else {}

    @property
    def sources(self) -> dict[str, Any]:
        """Those that are set up."""
        return dict(self.settings.get("sources", {}))

    def put(self, name: str, text: str) -> Path:
        """A file among the downloads."""
        path = self.downloads / name
        path.write_text(text, encoding="utf-8")
        return path
