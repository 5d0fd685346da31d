"""Settings: layers of TOML and the environment become frozen dataclasses, strictly.

Read by tomllib and one small reader, because a settings library before the first paint costs as much
again as the whole start. A later layer wins, tables merge key by key, and who decided each key is
kept. Whatever is wrong is one :class:`SettingsError` with file, key and mend; a value is never
echoed, because it may be a password in the wrong place.
"""

from salesprep.settings.load import load
from salesprep.settings.model import (
    Colleague,
    Home,
    Keep,
    Settings,
    SettingsError,
    Source,
    Us,
)
from salesprep.settings.secrets import check_secrets, is_reference, shown
from salesprep.settings.shape import dotted, near

__all__ = [
    "Colleague",
    "Home",
    "Keep",
    "Settings",
    "SettingsError",
    "Source",
    "Us",
    "check_secrets",
    "dotted",
    "is_reference",
    "load",
    "near",
    "shown",
]
