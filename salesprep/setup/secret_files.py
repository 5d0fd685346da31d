"""Secrets in files of their own, readable by the user alone; settings hold references to them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from salesprep import machine
from salesprep.settings import is_reference


@dataclass(slots=True)
class SecretFiles:
    """The files made for one plan."""

    folder: Path
    base: Path
    """The folder of the settings file: a path beneath it is written from there."""
    made: list[Path] = field(default_factory=list)

    def hidden(self, config: Mapping[str, Any], fields: Iterable[str], name: str) -> Mapping[str, Any]:
        """``config`` with a reference in place of each secret."""
        for dotted in fields:
            config = self._hide(config, dotted.split("."), name)
        return config

    def _hide(self, value: Any, path: list[str], name: str) -> Any:
        if isinstance(value, list):
            return [self._hide(item, path, name) for item in value]
        if not path:
            return value if is_reference(value) or not isinstance(value, str) else self._keep(value, name)
        if isinstance(value, Mapping) and path[0] in value:
            return {**value, path[0]: self._hide(value[path[0]], path[1:], name)}
        return value

    def _keep(self, secret: str, name: str) -> str:
        machine.private_folder(self.folder)
        path = self.folder / f"{name}-{secrets.token_hex(4)}"
        write_private(path, secret + "\n")
        self.made.append(path)
        is_beneath = path.is_relative_to(self.base)
        return f"file:{path.relative_to(self.base).as_posix() if is_beneath else path}"

    def forget(self) -> None:
        """Remove what was made."""
        for path in self.made:
            path.unlink(missing_ok=True)


def write_private(path: Path, text: str, mode: int = 0o600) -> None:
    """Write a file that is not there yet, so that at no moment others can read it.

    Raises:
        OSError: it is there, or cannot be written.
    """
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(number, "w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
