"""The text of a settings file with more in it: comments, order and the way of writing stay.

Keys of tables that are there go into these through tomlkit; new sources are text of their own at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from salesprep.adapter.words import _
from salesprep.settings import SettingsError
from salesprep.setup.plan import Change

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def extended(before: str, us: Mapping[str, object], changes: Iterable[Change], file: Path) -> str:
    """``before`` with these keys of ``[us]``, new sources, and further items of sources that grow.

    Raises:
        SettingsError: it is written in a way that cannot be added to; ``file`` is named.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    mark = "\ufeff" if before.startswith("\ufeff") else ""
    breaks = "\r\n" if "\r\n" in before else "\n"
    changes = tuple(changes)
    new = [change for change in changes if change.kind == "new"]
    try:
        document = tomlkit.parse(before.removeprefix(mark).replace("\r\n", "\n"))
        _us(document, us)
        for change in changes:
            if change.kind == "grown":
                _grow(document, change.name, change.config)
        _order(document, [change.name for change in new])
        text = tomlkit.dumps(document)
        for change in new:
            text = _and(text, _source(change))
    except (TOMLKitError, ValueError, TypeError, KeyError, AttributeError) as error:
        # TOML has more ways to write a table than can be added to.
        what = _("is written in a way that cannot be added to ({error})", error=type(error).__name__)
        mend = _("write each source as a table of its own: [sources.NAME]")
        raise SettingsError(file, None, what, mend) from None
    return mark + text.replace("\n", breaks)


def _and(text: str, block: str) -> str:
    """``block`` behind ``text``, an empty line between."""
    return f"{text.rstrip()}\n\n{block}" if text.strip() else block


def _us(document: TOMLDocument, us: Mapping[str, object]) -> None:
    import tomlkit

    if not us:
        return
    if "us" in document:
        table: Any = document["us"]
        for key, value in us.items():
            table[key] = _item(value)
        return
    table = tomlkit.table()
    for key, value in us.items():
        table[key] = _item(value)
    document["us"] = table


def _grow(document: Any, name: str, config: Mapping[str, Any]) -> None:
    from tomlkit.items import AoT

    for key, items in config.items():
        there = document["sources"][name][key]
        for item in items:
            there.append(_table(item) if isinstance(there, AoT) else _inline(item))


def _order(document: Any, names: Iterable[str]) -> None:
    """Sources that the order of the screen does not name come last: it is added to, never begun."""
    order = document.get("screen", {}).get("order")
    if order is not None:
        for name in names:
            order.append(name)


def _source(change: Change) -> str:
    """The text of one new source: its own keys first, then the tables within it."""
    import tomlkit

    table = tomlkit.table()
    table["adapter"] = change.adapter
    if change.title != change.name.upper():
        table["title"] = change.title
    values = {key: value for key, value in change.config.items() if not _is_table(value)}
    for key, value in values.items():
        table[key] = _item(value)
    for key, value in change.config.items():
        if key not in values:
            table[key] = _tables(value) if isinstance(value, list) else _table(value)
    document = tomlkit.document()
    sources = tomlkit.table(is_super_table=True)
    sources[change.name] = table
    document["sources"] = sources
    return tomlkit.dumps(document)


def _is_table(value: object) -> bool:
    """Whether it is written as ``[table]`` or ``[[table]]``."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, Mapping) for item in value)
    return isinstance(value, Mapping)


def _tables(items: Iterable[Mapping[str, Any]]) -> Any:
    import tomlkit

    found = tomlkit.aot()
    for item in items:
        found.append(_table(item))
    return found


def _table(values: Mapping[str, Any]) -> Any:
    import tomlkit

    table = tomlkit.table()
    for key, value in values.items():
        table[key] = _item(value)
    return table


def _inline(value: Any) -> Any:
    import tomlkit

    if not isinstance(value, Mapping):
        return _item(value)
    table = tomlkit.inline_table()
    for key, item in value.items():
        table[key] = _inline(item)
    return table


def _item(value: Any) -> Any:
    """Lists of several items one a line; texts of several lines, such as queries, as they are read."""
    import tomlkit
    from tomlkit.items import String, StringType, Trivia

    if isinstance(value, Mapping):
        return _table(value)
    if isinstance(value, list):
        found = tomlkit.array()
        for item in value:
            found.append(_inline(item))
        return found.multiline(len(value) > 1)
    if isinstance(value, str) and "\n" in value and "'''" not in value and _is_plain(value):
        # TOML leaves out a line break right behind the opening quotes.
        return String(StringType.MLL, value, f"\n{value}", Trivia())
    return tomlkit.item(value)


def _is_plain(text: str) -> bool:
    return all(c in "\n\t" or c.isprintable() for c in text)
