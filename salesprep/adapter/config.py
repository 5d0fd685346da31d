"""The base of an adapter's configuration: a strict pydantic model.

Imported by adapters only, on a source's thread: it brings pydantic in. ``LocalPath`` is resolved
against the folder of the settings file, ``Secret`` comes in as a reference (``env:``, ``file:``) that
the host has already looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, SecretStr, ValidationInfo


class Config(BaseModel):
    """Subclass with one field per setting and a docstring under each: the reference page reads it."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, hide_input_in_errors=True, use_attribute_docstrings=True
    )


def _local(value: object, info: ValidationInfo) -> object:
    """``sample:crm.sqlite`` and other named roots, ``~``, and paths relative to the settings file."""
    if not isinstance(value, str):
        return value
    context: Mapping[str, Path] = info.context or {}
    root, colon, rest = value.partition(":")
    if colon and root in context:
        return context[root] / rest
    try:
        path = Path(value).expanduser()
    except RuntimeError:
        raise ValueError("begins with ~ and nobody has that home folder") from None
    return path if path.is_absolute() else context.get("settings", Path()) / path


LocalPath = Annotated[Path, BeforeValidator(_local)]
"""A file or folder of this machine."""

Secret = SecretStr
"""A password, token or secret address; name the field under ``secrets`` in the manifest."""
