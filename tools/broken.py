"""The broken adapters that the kit is tested with: ``make broken`` writes docs/kit-broken.md of their table.

Each is a good adapter of tests/kit/good with one thing changed. ``python -m tools.broken NAME …`` makes
the whole run of the kit on some of them (``all``: on each) and says what rejects them.
"""

from __future__ import annotations

import shutil
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from salesprep import kit

ROOT = Path(__file__).resolve().parents[1]
GOOD = ROOT / "tests" / "kit" / "good"
TABLE = ROOT / "tests" / "kit" / "broken"
PAGE = ROOT / "docs" / "kit-broken.md"

_FUTURE = "from __future__ import annotations"
_CHANGE: Mapping[str, Any] = {"file": "adapter.py", "old": "", "times": 1}
_HEAD = """# Adapters that the kit rejects

<!-- `make broken` writes this page from tests/kit/broken. -->

The [kit](kit.md) is tested with {number} adapters that are wrong in one way each. They are good adapters with
one thing changed: a [help desk](../tests/kit/good/helpdesk/adapter.py) asked over HTTP, a file of
[visits](../tests/kit/good/visits/adapter.py), and an [archive](../tests/kit/good/archive/adapter.py) asked
with a client of its own. What is changed stands in [tests/kit/broken](../tests/kit/broken). Each is rejected
by the check that is meant for it, with the words that the table gives. Where a mistake cannot be made without
another, the last column names the checks that reject it, too. The good ones, and the adapters that come with
salesprep, pass all checks.
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One place where a broken adapter differs from the good one."""

    file: str
    old: str
    """Empty: the file does not exist yet, or ``new`` comes at its end."""
    new: str
    times: int
    """How often ``old`` stands there, and is replaced."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One adapter that is wrong in one way."""

    name: str
    of: str
    """The good adapter that it is made of."""
    wrong: str
    """What is wrong, for people."""
    check: str
    """The check that must reject it."""
    says: str
    """Stands in what that check finds."""
    also: tuple[str, ...]
    """Further checks that reject it, since one mistake cannot be made without the other."""
    changes: tuple[Change, ...]
    """In the table as ``change``; ``imports`` there is a line that adapter.py needs besides."""

    def lay(self, into: Path) -> Path:
        """Make its folder in ``into``.

        Raises:
            ValueError: the good adapter is not as the table has it.
        """
        folder = into / self.of
        shutil.copytree(GOOD / self.of, folder, ignore=shutil.ignore_patterns("__pycache__"))
        for change in self.changes:
            self._make(change, folder / change.file)
        return folder

    def _make(self, change: Change, file: Path) -> None:
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        times = text.count(change.old)
        if change.old and times != change.times:
            raise ValueError(f"{self.name}: {times} times in {change.file}, not {change.times}: {change.old}")
        changed = text.replace(change.old, change.new) if change.old else text + change.new
        file.write_text(changed, encoding="utf-8")


def table() -> Mapping[str, Broken]:
    """All of them, by name, in the order of the checks that are meant for them.

    Raises:
        ValueError: two have one name, or one is meant for a check that there is not.
    """
    found: dict[str, Broken] = {}
    for file in sorted(TABLE.glob("*.toml")):
        for name, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if name in found:
                raise ValueError(f"{file.name}: there is another {name}")
            found[name] = _read(name, entry)
    order = list(kit.CHECKS)
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: order.index(item[1].check))))


def _read(name: str, entry: Mapping[str, Any]) -> Broken:
    changes = [Change(**{**_CHANGE, **part}) for part in entry["change"]]
    if "imports" in entry:
        changes.append(Change("adapter.py", _FUTURE, f"{_FUTURE}\n{entry['imports']}", 1))
    words = (entry["of"], entry["wrong"], entry["check"], entry["says"])
    return Broken(name, *words, tuple(entry.get("also", ())), tuple(changes))


def page() -> str:
    """The whole page."""
    rows = table().values()
    lines = [_HEAD.format(number=len(rows)), "| check | what is wrong | of | the check says | also |"]
    lines.append("| --- | --- | --- | --- | --- |")
    before = ""
    for broken in rows:
        check = f"`{broken.check}`" if broken.check != before else ""
        also = ", ".join(f"`{name}`" for name in broken.also)
        lines.append(f"| {check} | {broken.wrong} | {broken.of} | `{broken.says}` | {also} |")
        before = broken.check
    return "\n".join(lines) + "\n"


def main(names: list[str]) -> None:
    """Write the page, or tell what rejects ``names``."""
    if not names:
        PAGE.write_text(page(), encoding="utf-8")
        return
    for broken in table().values():
        if broken.name in names or names == ["all"]:
            with TemporaryDirectory() as scratch:
                report = kit.check(broken.lay(Path(scratch)))
            print(f"{broken.name} ({broken.check}), {report.seconds:.1f} s")
            for result in report.failed:
                print(f"    {result.check}: {result.found}")


if __name__ == "__main__":
    main(sys.argv[1:])
