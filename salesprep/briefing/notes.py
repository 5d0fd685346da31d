"""One's own note on a customer: a Markdown file in the state folder, found again whatever the customer is
called by then.

Its head names the customer and the id that they had when the note was begun. A note belongs to a customer
by that id, else by the name, if no other note and no id speaks against it. It is sent nowhere: no source,
no audit and no log ever sees it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from salesprep.adapter.names import fold_organisation, legal_form
from salesprep.briefing.model import Customer, Note
from salesprep.machine import private_folder, replace_file
from salesprep.sources.clean import clean_body, clean_line

MOST_BYTES = 64 * 1024
"""So much of a note is read."""
_HEAD_BYTES = 4096
_MOST_NOTES = 5_000
"""So many files are looked into for a customer whose id has changed."""
_LINE = "---"
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")
_SOURCE_ID = re.compile(r"([a-z0-9][a-z0-9_-]{0,39}):([a-z0-9][a-z0-9_-]{0,39})")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.I)
"""Names that Windows keeps for itself."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A note's file as its head has it."""

    path: Path
    id: str | None
    name: str | None


def file_name(customer_id: str) -> str:
    """A name that every file system takes, different for every id: ``van-dijk.md``, ``crm@1042.md``.

    What is not plain gets a part of its digest, since two ids must never share a note.
    """
    known = _SOURCE_ID.fullmatch(customer_id)
    if known is not None:
        return f"{known[1]}@{known[2]}.md"
    if _PLAIN.fullmatch(customer_id) and not _RESERVED.fullmatch(customer_id):
        return f"{customer_id}.md"
    readable = re.sub(r"[^a-z0-9]+", "-", fold_organisation(customer_id)).strip("-")[:40] or "note"
    return f"{readable}~{hashlib.sha256(customer_id.encode('utf-8', 'replace')).hexdigest()[:12]}.md"


def place_for(folder: Path, customer: Customer) -> Path:
    """Where a note that is not there yet goes; never where another file lies."""
    first = folder / file_name(customer.id)
    others = (first.with_name(f"{first.stem}.{n}.md") for n in range(2, 100))
    return next((path for path in (first, *others) if not path.exists() and not path.is_symlink()), first)


def find(folder: Path, customer: Customer, taken: Collection[str] = ()) -> Kept | None:
    """The customer's note: by id, else by name. ``taken``: ids that the user gave to other customers."""
    own = _ids(customer)
    by_name: list[Kept] = []
    here = folder / file_name(customer.id)
    for path in (here, *(p for p in _files(folder) if p != here)):
        kept = _head(path)
        if kept is None:
            continue
        if kept.id in own or (kept.id is None and path.name in {file_name(each) for each in own}):
            return kept
        if kept.id not in taken and _may_be_of(kept, customer):
            by_name.append(kept)
    return by_name[0] if len(by_name) == 1 else None


def edited(folder: Path, customer: Customer, kept: Kept | None, edit: Callable[[Path], bool]) -> None:
    """Let the user ``edit`` the note; a new one comes to be only if something was written and that went well.

    Raises:
        OSError: it cannot be written.
    """
    if kept is not None:
        edit(kept.path)
        return
    path = place_for(folder, customer)
    private_folder(folder)
    begun = path.with_name(f".{path.name}")
    with suppress(FileExistsError):  # then an editor was lost the last time, and what was written is there
        number = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "w", encoding="utf-8", newline="") as out:
            out.write(fresh(customer))
    went_well = edit(begun)
    if is_blank(begun.read_text(encoding="utf-8", errors="replace")):
        begun.unlink()
    elif went_well:
        begun.replace(path)


def read(folder: Path, customer: Customer, taken: Collection[str] = ()) -> Note | None:
    """The customer's note as it may be shown; ``None`` if there is none, or nothing is in it."""
    kept = find(folder, customer, taken)
    return None if kept is None else show(kept)


def show(kept: Kept) -> Note | None:
    """The words of a note."""
    read = _bytes(kept.path, MOST_BYTES + 1)
    if read is None:
        return None
    _head_lines, body = _split(_text(read[:MOST_BYTES]))
    text = "\n".join(line.rstrip() for line in clean_body(body).split("\n")).strip("\n")
    return Note(text, kept.name, cut=len(read) > MOST_BYTES) if text.strip() else None


def fresh(customer: Customer) -> str:
    """The head of a new note: what it is found by later. One id only, the rest is the links' affair."""
    name = clean_line(customer.name).strip()
    return f"{_LINE}\ncustomer: {name}\nid: {clean_line(customer.id).strip()}\n{_LINE}\n\n"


def is_blank(text: str) -> bool:
    """There is a head at most."""
    return not _split(text)[1].strip()


def add(folder: Path, customer: Customer, kept: Kept | None, line: str) -> Path:
    """Append a line to ``kept``, or begin the customer's note with it.

    Raises:
        OSError: it cannot be written.
    """
    written = clean_line(line).strip()
    if kept is None:
        path = place_for(folder, customer)
        replace_file(path, f"{fresh(customer)}{written}\n")
        return path
    with kept.path.open("rb+") as file:
        before = file.read()
        ending = b"\r\n" if b"\r\n" in before else b"\n"
        gap = b"" if not before or before.endswith(b"\n") else ending
        file.write(gap + written.encode("utf-8", "replace") + ending)
    return kept.path


def _ids(customer: Customer) -> frozenset[str]:
    """All by which a note may know the customer: the own id, and those of sources."""
    return frozenset({customer.id, *(f"{source}:{native}" for source, native in customer.ids)})


def _may_be_of(kept: Kept, customer: Customer) -> bool:
    """Its name is the customer's, and neither a legal form nor an id of the same source is against it."""
    if kept.name is None:
        return False
    names = (customer.name, *customer.aliases)
    if fold_organisation(kept.name) not in {n for n in map(fold_organisation, names) if n}:
        return False
    form, forms = legal_form(kept.name), {f for n in names if (f := legal_form(n))}
    if form is not None and forms and form not in forms:
        return False
    source, colon, _native = (kept.id or "").partition(":")
    return not colon or source not in {known for known, _ in customer.ids}


def _files(folder: Path) -> Iterator[Path]:
    try:
        found = sorted(p for p in folder.iterdir() if p.suffix == ".md" and not p.name.startswith("."))
    except OSError:
        return
    yield from found[:_MOST_NOTES]


def _head(path: Path) -> Kept | None:
    read = _bytes(path, _HEAD_BYTES)
    if read is None:
        return None
    said: dict[str, str] = {}
    for line in _split(_text(read))[0]:
        key, colon, value = line.partition(":")
        if colon and value.strip():
            said.setdefault(key.strip().casefold(), clean_line(value).strip())
    return Kept(path, said.get("id"), said.get("customer"))


def _split(text: str) -> tuple[list[str], str]:
    """The lines of the head, if there is one, and what comes after it."""
    lines = text.split("\n")
    if lines[0].strip() != _LINE:
        return [], text
    end = next((n for n, line in enumerate(lines[1:20], 1) if line.strip() == _LINE), None)
    return ([], text) if end is None else (lines[1:end], "\n".join(lines[end + 1 :]))


def _bytes(path: Path, most: int) -> bytes | None:
    """The start of a regular file; anything else is no note."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return file.read(most)
    except OSError:
        return None


def _text(read: bytes) -> str:
    return read.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
