"""The shape of a settings file: which keys there are and what each takes.

Every layer is held against it by itself, so that a message names the file that is wrong. A message
says where and what is expected; it never repeats what was found there.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from salesprep.adapter.words import _
from salesprep.settings.keys import ACTIONS, nearest_key, read_keys
from salesprep.settings.model import Keep, SettingsError, Theme
from salesprep.settings.requires import is_requirement

_BARE = re.compile(r"[A-Za-z0-9_-]+(?:\[\d+\])?\Z")
_SOURCE_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*\Z")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_DOMAIN = re.compile(r"[^@\s/:.]+(?:\.[^@\s/:.]+)+\Z")
_LOCALE = re.compile(r"[a-z]{2,3}(?:_[A-Z][a-z]{3})?(?:_(?:[A-Z]{2}|\d{3}))?\Z")


@dataclass(frozen=True, slots=True)
class Value:
    """A key with one value."""

    expected: str
    """Goes after "must be"."""
    fits: Callable[[object], bool]
    mend: str = _("change it there")
    choices: Callable[[str], Iterable[str]] = lambda _written: ()
    """Where the right answers are a list: what to look for one in that is near what was written."""
    nearest: Callable[[object], str | None] | None = None
    """Finds the right answer near what was written, where it is not one of a list."""

    def hint(self, written: object) -> str | None:
        """What somebody who wrote this most likely meant."""
        if self.nearest is not None:
            return self.nearest(written)
        return near(written, self.choices(written)) if isinstance(written, str) else None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of known keys."""

    keys: Mapping[str, Node]
    others: bool = False
    """Further keys belong to somebody else (an adapter) and pass unread."""


@dataclass(frozen=True, slots=True)
class Tables:
    """A list of tables."""

    each: Table
    required: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A table whose keys are names that the user chose."""

    each: Table


Node = Value | Table | Tables | Named


@dataclass(frozen=True, slots=True)
class At:
    """A place in one layer: who gave it, and the keys down to it."""

    file: Path | str
    path: tuple[str, ...] = ()
    raw: str | None = field(default=None, repr=False)
    """The value's own text, if an environment variable gave it."""

    def down(self, key: str) -> At:
        """One key deeper."""
        return At(self.file, (*self.path, key), self.raw)

    def wrong(self, what: str, mend: str) -> SettingsError:
        """The message for this place."""
        return SettingsError(self.file, dotted(self.path) or None, what, mend)


def dotted(path: Iterable[str]) -> str:
    """The key as TOML writes it, cut to a readable length and free of control characters."""
    return ".".join(key if _BARE.match(key) and len(key) <= 60 else _quoted(key) for key in path)


def _quoted(key: str) -> str:
    clean = "".join(c if c.isprintable() and c != '"' else "\N{REPLACEMENT CHARACTER}" for c in key)
    return f'"{clean[:60]}…"' if len(clean) > 60 else f'"{clean}"'


def near(word: str, choices: Iterable[str]) -> str | None:
    """The right word that somebody who wrote ``word`` most likely meant."""
    folded = {choice.casefold(): choice for choice in choices}
    found = difflib.get_close_matches(word.casefold()[:80], folded, n=1)
    return folded[found[0]] if found else None


def check(node: Node, value: object, at: At) -> object:
    """``value`` as it may be used, or a :class:`SettingsError` that says what is expected."""
    match node:
        case Value():
            return _value(node, value, at)
        case Table():
            return check_table(node, value, at)
        case Tables():
            return _tables(node, value, at)
        case Named():
            return _named(node, value, at)


def _value(node: Value, value: object, at: At) -> object:
    if node.fits(value):
        return value
    if at.raw is not None and node.fits(at.raw):
        return at.raw  # SALESPREP_US__NAME=1001 is a text, though it reads as a number
    hint = node.hint(value)
    raise at.wrong(
        _("must be {expected}", expected=node.expected),
        _('did you mean "{hint}"?', hint=hint) if hint else node.mend,
    )


def check_table(node: Table, value: object, at: At) -> dict[str, object]:
    """As :func:`check`, for a table."""
    if not isinstance(value, dict):
        raise at.wrong(_("must be a table"), _heading(at))
    for key in value:
        if key not in node.keys and not node.others:
            raise _unknown(node, key, at)
    return {
        key: check(node.keys[key], item, at.down(key)) if key in node.keys else item
        for key, item in value.items()
    }


def _heading(at: At) -> str:
    return _("write [{table}] on a line of its own and its keys below", table=dotted(at.path))


def _tables(node: Tables, value: object, at: At) -> object:
    if not isinstance(value, list):
        raise at.wrong(
            _("must be a list of tables"), _("such as {key} = [{{ … }}, {{ … }}]", key=at.path[-1])
        )
    checked: list[object] = []
    for number, item in enumerate(value, 1):
        here = At(at.file, (*at.path[:-1], f"{at.path[-1]}[{number}]"), None)
        checked.append(check_table(node.each, item, here))
        for key in node.required:
            if key not in item:
                raise here.wrong(_("has no {key}", key=key), _("add {key} = …", key=key))
    return checked


def _named(node: Named, value: object, at: At) -> object:
    if not isinstance(value, dict):
        raise at.wrong(
            _("must be a table"), _("write [{table}.NAME] and its keys below", table=dotted(at.path))
        )
    for name, item in value.items():
        if not _SOURCE_NAME.match(name) or len(name) > 40:
            raise at.down(name).wrong(
                _("is no usable name"), _("use small letters, digits and single _, beginning with a letter")
            )
        if not isinstance(item, dict):
            raise at.down(name).wrong(_("must be a table"), _heading(at.down(name)))
    return {name: check(node.each, item, at.down(name)) for name, item in value.items()}


def _unknown(node: Table, key: str, at: At) -> SettingsError:
    elsewhere = [path for path, table in _tables_of(SETTINGS, ()) if key in table.keys]
    if elsewhere:
        mend = _("it belongs at the top, above the first [table]")
        if elsewhere[0]:
            mend = _("it belongs in [{table}]", table=dotted(elsewhere[0]))
        return at.down(key).wrong(_("unknown key"), mend)
    right = near(key, node.keys)
    if right is not None:
        return at.down(key).wrong(_("unknown key"), _('did you mean "{right}"?', right=right))
    return at.down(key).wrong(_("unknown key"), _("known here: {names}", names=", ".join(sorted(node.keys))))


def _tables_of(node: Node, path: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], Table]]:
    if isinstance(node, Table):
        yield path, node
        for key, below in node.keys.items():
            yield from _tables_of(below, (*path, key))


def is_text(value: object) -> bool:
    """A text with something in it."""
    return isinstance(value, str) and bool(value.strip())


def _texts(fits: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and all(fits(item) for item in value)


def _matching(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.match(value) is not None


def _number(low: float, high: float) -> Callable[[object], bool]:
    def fits(value: object) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return math.isfinite(value) and low <= value <= high

    return fits


def _zone(value: object) -> bool:
    if not is_text(value):
        return False
    try:
        ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # OSError: the name of a folder of zones ("Europe"), or one that no file can have.
        return False
    return True


def _locale(value: object) -> bool:
    """Whether amounts and dates can be written that way. The names of Babel's files tell it without
    importing Babel; only what has no file of its own (``zh_TW``) is asked of Babel itself."""
    if not isinstance(value, str) or _LOCALE.match(value) is None:
        return False
    if any(Path(folder, f"{value}.dat").is_file() for folder in _locale_folders()):
        return True
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(value)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def _locales(written: str) -> set[str]:
    """Those of the same language, or all."""
    every = {file.stem for folder in _locale_folders() for file in folder.glob("*.dat")} - {"root"}
    language = written[:3].partition("_")[0]
    return {name for name in every if name.partition("_")[0] == language} or every


def _locale_folders() -> list[Path]:
    spec = find_spec("babel")
    folders = spec.submodule_search_locations if spec is not None else None
    return [Path(folder, "locale-data") for folder in folders or ()]


_LIST = _('write it as ["…", "…"]')

TEXT = Value(_("a text"), is_text, _('write it in quotes: "…"'))
MAIL = Value(_('a mail address such as "anna@ons.example"'), _matching(_MAIL))
KEEPS: tuple[str, ...] = get_args(Keep)
THEMES: tuple[str, ...] = get_args(Theme)
KEYS = Value(
    _('keys such as "o", "o,enter" or ["ctrl+o"]'),
    lambda value: read_keys(value) is not None,
    _('a key is the character that it writes, or a name such as "enter", "pagedown", "ctrl+o"'),
    nearest=nearest_key,
)

SOURCE = Table(
    {
        "adapter": TEXT,
        "title": TEXT,
        "keep": Value(
            _('one of "disk", "memory", "nothing"'),
            lambda value: isinstance(value, str) and value in KEEPS,
            choices=lambda _written: KEEPS,
        ),
    },
    others=True,
)

NOT_LOCKED = ("requires", "team", "locked")
"""What a file says about itself; it is no setting."""

SETTINGS = Table(
    {
        "requires": Value(_('versions such as ">=1.4" or ">=1.4,<2"'), is_requirement),
        "team": Value(_("the path of the team's settings file"), is_text),
        "locked": Value(_('a list of keys such as "us.domains"'), _texts(is_text), _LIST),
        "us": Table(
            {
                "name": TEXT,
                "emails": Value(_("a list of mail addresses"), _texts(MAIL.fits), _LIST),
                "domains": Value(
                    _('a list of domains such as "ons.example", without @ or https://'),
                    _texts(_matching(_DOMAIN)),
                    _LIST,
                ),
                "colleagues": Tables(Table({"name": TEXT, "email": MAIL}), required=("name", "email")),
                "home": Table(
                    {
                        "city": TEXT,
                        "latitude": Value(_("degrees from -90 to 90"), _number(-90, 90)),
                        "longitude": Value(_("degrees from -180 to 180"), _number(-180, 180)),
                    }
                ),
                "zone": Value(
                    _('a time zone such as "Europe/Amsterdam"'),
                    _zone,
                    choices=lambda _written: available_timezones(),
                ),
                "locale": Value(_('a locale such as "nl_NL"'), _locale, choices=_locales),
                "language": Value(_('a language such as "en" or "nl"'), _matching(_LOCALE)),
            }
        ),
        "screen": Table(
            {
                "order": Value(_("a list of names of sources"), _texts(is_text), _LIST),
                "theme": Value(
                    _('one of "dark", "light", "contrast", "terminal"'),
                    lambda value: isinstance(value, str) and value in THEMES,
                    choices=lambda _written: THEMES,
                ),
            }
        ),
        "keys": Table(dict.fromkeys(ACTIONS, KEYS)),
        "briefing": Table({"deadline": Value(_("seconds from 0.1 to 600"), _number(0.1, 600))}),
        "links": Table(
            {
                "file": Value(_("the path of a file"), is_text),
                "team": Value(_("the path of the team's file of decisions"), is_text),
            }
        ),
        "adapters": Table({"folders": Value(_("a list of folders"), _texts(is_text), _LIST)}),
        "sources": Named(SOURCE),
    }
)
