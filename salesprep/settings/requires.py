"""``requires = ">=1.4,<2"``: which versions of salesprep a settings file is made for.

Versions compare by their numbers; one that is still in the making (``1.4rc1``, ``1.4.dev3``) comes before
its release. More is not needed here, so no library for it.
"""

from __future__ import annotations

import operator
import re
import sys
from collections.abc import Callable
from pathlib import Path

from salesprep.adapter.words import _
from salesprep.settings.model import SettingsError

Number = tuple[tuple[int, ...], int]

_CLAUSE = re.compile(r"\s*(>=|<=|==|>|<)\s*(\d{1,9}(?:\.\d{1,9}){0,5})\s*", re.ASCII)
_VERSION = re.compile(r"\d{1,9}(?:\.\d{1,9})*", re.ASCII)
_UNFINISHED = re.compile(r"[-_.]?(?:a|b|c|rc|alpha|beta|pre|preview|dev)", re.IGNORECASE)
_COMPARE: dict[str, Callable[[Number, Number], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
}


def is_requirement(value: object) -> bool:
    """Whether it names versions: ``>=1.4`` or ``>=1.4,<2``."""
    return isinstance(value, str) and all(_CLAUSE.fullmatch(part) for part in value.split(","))


def check_version(wanted: str, file: Path | str, version: str | None = None) -> None:
    """Refuse settings that are made for another version than ``version``, by default the running one.

    Raises:
        SettingsError: in one line, before any key of a newer version is called unknown.
    """
    running = version or installed_version()
    for part in wanted.split(","):
        clause = _CLAUSE.fullmatch(part)
        if clause is not None and not _COMPARE[clause[1]](_number(running), _number(clause[2])):
            what = _(
                "these settings are for salesprep {wanted}, and this is {running}",
                wanted=wanted.strip(),
                running=running,
            )
            too_old = clause[1].startswith(">") or _number(running) < _number(clause[2])
            mend = _("update salesprep") if too_old else _("take a version of salesprep that fits")
            raise SettingsError(
                file, "requires", what, _("{mend}, or ask whoever keeps this file", mend=mend)
            )


def fits(wanted: str, version: str) -> bool:
    """Whether ``version`` is one of those that a requirement names; so it is where it cannot be told."""
    clauses = [_CLAUSE.fullmatch(part) for part in wanted.split(",")]
    return all(
        clause is None or _COMPARE[clause[1]](_number(version), _number(clause[2])) for clause in clauses
    )


def _number(version: str) -> Number:
    """What versions compare by: ``1.4`` equals ``1.4.0``, and ``1.4rc1`` comes before both."""
    found = _VERSION.match(version)
    digits = [int(part) for part in found[0].split(".")] if found else []
    while digits and digits[-1] == 0:
        digits.pop()
    rest = version[found.end() :] if found else ""
    return tuple(digits), -1 if _UNFINISHED.match(rest) else 0


def installed_version() -> str:
    """The version of salesprep that runs here."""
    # The name of the distribution's folder tells it; importlib.metadata takes 30 ms, a third of a start.
    for entry in sys.path:
        for folder in Path(entry or ".").glob("salesprep-*.dist-info"):
            return folder.name.removeprefix("salesprep-").removesuffix(".dist-info")
    from importlib.metadata import version

    return version("salesprep")
