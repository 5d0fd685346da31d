"""Whether a folder that somebody gave is a wiki, judged by what lies in it.

Pages are looked at only as far as their front matter; nothing is kept.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from adapters.markdown_wiki.settings import CUSTOMER_KEYS, EXTENSIONS
from salesprep.adapter.proposal import Given, Proposal, Sureness
from salesprep.adapter.words import _, _n

_CUSTOMER_FOLDERS = frozenset({"klanten", "customers", "kunden", "clients", "accounts"})
_FEWEST = 3
"""Pages without front matter that make a wiki."""
_MOST_ENTRIES = 50_000
_HEAD = 4096
_SHARE = 0.2
"""Of the files, that pages at least are in a folder that is kept for them."""
_SPARE = 0.3
"""Seconds left over for whoever asks."""

_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?(?:---[ \t]*\r?\n[\w\"'][^\n]*:|\+\+\+[ \t]*\r?\n[\w\"'][^\n]*=)")
_KEYS = b"|".join(re.escape(key).encode() for key in CUSTOMER_KEYS)
_NAMES_CUSTOMER = re.compile(rb"^(?:%s)[ \t]*[:=][ \t]*[^\s#{~][^\n]*$" % _KEYS, re.I | re.M)
_OF_CODE = re.compile(
    r"(?:readme|changelog|changes|contributing|license|licence|code_of_conduct|security|authors|history)"
    r"[\w-]*\.\w+",
    re.I,
)
_ENDINGS_OF_CODE = """
    .py .js .ts .tsx .jsx .go .rs .java .kt .c .h .cc .cpp .cs .rb .php .swift .scala .sh .vue .lua .ipynb
"""
_CODE = frozenset(_ENDINGS_OF_CODE.split())
_DATA = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".ics", ".zip", ".sqlite", ".sqlite3", ".db"})
"""Endings of what is worth a look by itself, and only now and then hangs on a page."""


@dataclass(slots=True)
class _Census:
    pages: int = 0
    files: int = 0
    code: int = 0
    of_code: int = 0
    fronted: int = 0
    named: int = 0
    here: int = 0
    """Pages that lie in the folder itself."""
    data: int = 0
    """Files of data that do."""
    customer_folders: list[str] = field(default_factory=list)
    whole: bool = True


def recognise(given: Given) -> tuple[Proposal, ...]:
    """One proposal, or none."""
    if given.path is None or not given.path.is_dir():
        return ()
    seen = _census(given.path, given)
    if seen.pages < _FEWEST and not seen.fronted:
        return ()
    what = _n("a folder of notes: {n} page", "a folder of notes: {n} pages").of(seen.pages)
    if not seen.whole:
        what = _("a folder of notes: more than {n} pages", n=seen.pages)
    if seen.named:
        what = _("{what}, {n} named for customers", what=what, n=seen.named)
    config: dict[str, Any] = {"folder": str(given.path)}
    if seen.customer_folders:
        config["customer_folders"] = sorted(seen.customer_folders)
    return (Proposal(name="wiki", title="Wiki", what=what, sure=_sureness(seen), config=config),)


def _sureness(seen: _Census) -> Sureness:
    papers_of_code = seen.of_code * 2 >= seen.pages or seen.code > seen.pages
    # Where notes lie in a folder among tables and calendars, that folder is the wiki and not this one.
    downloads = seen.data > seen.here and not seen.customer_folders
    if papers_of_code or downloads or seen.pages < seen.files * _SHARE:
        return "possible"
    return "certain" if seen.named else "likely"


def _census(folder: Path, given: Given) -> _Census:
    """Count without following a link; a folder that may not be read is one fewer."""
    seen = _Census()
    todo: list[tuple[str, str | None]] = [("", None)]
    kinds: Counter[str] = Counter()
    entries = 0
    while todo and seen.whole:
        place, customer = todo.pop()
        try:
            listed = sorted(os.scandir(folder / place), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in listed:
            entries += 1
            if entries > _MOST_ENTRIES or given.left() < _SPARE:
                seen.whole = False
                break
            if entry.name.startswith((".", "node_modules")) or entry.is_symlink():
                continue
            name = place + entry.name
            if entry.is_dir(follow_symlinks=False):
                is_kept = not place and entry.name.casefold() in _CUSTOMER_FOLDERS
                todo.append((name + "/", name if is_kept else customer))
                continue
            seen.files += 1
            ending = os.path.splitext(entry.name)[1].lower()  # noqa: PTH122 (50,000 times)
            kinds[ending] += 1
            seen.data += not place and ending in _DATA
            if ending in EXTENSIONS:
                seen.here += not place
                _page(seen, folder / name, name, customer)
    seen.code = sum(kinds[ending] for ending in _CODE)
    return seen


def _page(seen: _Census, path: Path, name: str, customer: str | None) -> None:
    seen.pages += 1
    seen.of_code += _OF_CODE.fullmatch(path.name) is not None
    in_folder = customer is not None and "/" in name[len(customer) + 1 :]
    if in_folder and customer is not None and customer not in seen.customer_folders:
        seen.customer_folders.append(customer)
    front = _front(path)
    seen.fronted += front is not None
    seen.named += in_folder or (front is not None and _NAMES_CUSTOMER.search(front) is not None)


def _front(path: Path) -> bytes | None:
    """The front matter of a page, as far as it stands in its first few thousand bytes."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            head = file.read(_HEAD) or b""
    except OSError:
        return None
    if _FRONT.match(head) is None:
        return None
    end = re.search(rb"\n(?:---|\.\.\.|\+\+\+)[ \t]*\r?(?:\n|\Z)", head[3:])
    return head[: 3 + end.start()] if end else None
