"""Settings: layers of TOML and the environment become frozen dataclasses, strictly.

Read by tomllib and one small reader, because a settings library before the first paint costs as much
again as the whole start. A later layer wins, tables merge key by key, and who decided each key is
kept (``why``). Whatever is wrong is one :class:`SettingsError` with file, key and mend; a value is never
echoed, because it may be a password in the wrong place.
"""

from salesprep.settings.gather import person_file
from salesprep.settings.load import load
from salesprep.settings.model import (
    Colleague,
    Home,
    Keep,
    Key,
    Layer,
    LayerKind,
    Settings,
    SettingsError,
    Source,
    Theme,
    Us,
)
from salesprep.settings.secrets import check_secrets, is_reference, shown, shown_keys
from salesprep.settings.shape import dotted, near
from salesprep.settings.why import Said, history, locked_by, which_layer

__all__ = [
    "Colleague",
    "Home",
    "Keep",
    "Key",
    "Layer",
    "LayerKind",
    "Said",
    "Settings",
    "SettingsError",
    "Source",
    "Theme",
    "Us",
    "check_secrets",
    "dotted",
    "history",
    "is_reference",
    "load",
    "locked_by",
    "near",
    "person_file",
    "shown",
    "shown_keys",
    "which_layer",
]
