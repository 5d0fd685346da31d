"""One page, from its file to what the index keeps: text decoded, front matter read, title found.

Nothing here understands Markdown beyond its headings; 5,000 pages are read when a wiki is first looked at.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from dataclasses import dataclass

from adapters.markdown_wiki import front_matter
from adapters.markdown_wiki.front_matter import Facts
from adapters.markdown_wiki.settings import WikiConfig
from adapters.markdown_wiki.walk import Found
from salesprep.adapter.words import _

LARGEST = 2 * 1024 * 1024  # as TOO_LARGE says
"""Bytes of a page; what is larger was not written by people."""
TOO_LARGE = _("larger than 2 MB")
NOT_TEXT = _("not text")
CLOSED = _("may not be read")

_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\r"))
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAMPLE = 8192
_BINARY = 0.02
"""Share of control characters from which on a file is no text."""
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# A pipe that lies there since the walk would be waited for, without O_NONBLOCK.

_HEADING_WITHIN = 100
"""Lines in which a page's heading is looked for."""
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*\Z")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*\Z")
_FENCE = re.compile(r" {0,3}(```|~~~)")


class Unreadable(Exception):
    """Why a page is not in the index. ``passing``: it may be another time, with the file as it is."""

    def __init__(self, why: str, *, passing: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.passing = passing


@dataclass(slots=True)
class Page:
    """What is kept of a page."""

    facts: Facts
    body: str
    """As Markdown, without the front matter."""
    problem: str | None
    """What is wrong with its front matter."""
    recoded: bool
    """It is not in UTF-8, and was read as Windows-1252."""


def read_page(config: WikiConfig, found: Found) -> Page:
    """Read and take apart one page.

    Raises:
        Unreadable: it cannot be read; that costs this page alone.
    """
    if found.size > LARGEST:
        raise Unreadable(TOO_LARGE)
    try:
        raw = _read(os.path.join(config.folder, found.name))  # noqa: PTH118 (5,000 times)
    except PermissionError:
        raise Unreadable(CLOSED, passing=True) from None
    except OSError as error:
        raise Unreadable(
            _("cannot be read now ({error})", error=type(error).__name__), passing=True
        ) from None
    text, recoded = _decoded(raw)
    facts, body, problem = front_matter.read(text, config.customer_keys)
    facts.title = facts.title or heading(body)
    if not facts.customers and (customer := customer_of_folder(config, found.name)):
        facts.customers = [customer]
    return Page(facts, body, problem, recoded)


def _read(path: str) -> bytes:
    descriptor = os.open(path, _OPEN)
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode):
            raise Unreadable(_("not a file any more"), passing=True)
        raw = file.read(LARGEST + 1) or b""
        while len(raw) < min(state.st_size, LARGEST + 1) and (more := file.read(LARGEST + 1 - len(raw))):
            raw += more
    if len(raw) > LARGEST:
        raise Unreadable(TOO_LARGE)
    return raw


def _decoded(raw: bytes) -> tuple[str, bool]:
    if raw.startswith(_UTF_16):
        raw = raw.decode("utf-16", "replace").encode("utf-8", "replace")
    start = raw[:_SAMPLE]
    controls = len(start) - len(start.translate(None, _CONTROLS))
    if controls > len(start) * _BINARY:
        raise Unreadable(NOT_TEXT)
    if controls or len(raw) > _SAMPLE:
        # Without them what marks a hit cannot be mistaken; a page is none the poorer.
        raw = raw.translate(None, _CONTROLS)
    recoded = False
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text, recoded = raw.decode("cp1252", "replace"), True
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, recoded


def heading(body: str) -> str | None:
    """The first heading of a page, as it stands there; ``None`` if it has none."""
    fenced: str | None = None
    before = ""
    at = 0
    for _line in range(_HEADING_WITHIN):
        end = body.find("\n", at)
        line = body[at : end if end >= 0 else len(body)]
        if fence := _FENCE.match(line):
            fenced = fence[1] if fenced is None else None if fenced == fence[1] else fenced
        elif fenced is None and len(line) < 1000:
            if line.lstrip(" ")[:1] == "#" and (found := _HEADING.match(line)) and found[1]:
                return found[1]
            if before and line[:1] in " =-" and _UNDERLINE.match(line):
                return before.strip()
        before = "" if fenced is not None or fence or line[:1] in "|>-*+" else line.strip()
        if end < 0:
            break
        at = end + 1
    return None


def customer_of_folder(config: WikiConfig, name: str) -> str | None:
    """The customer that a page's folder is named for: ``klanten/Van Dijk/offerte.md`` → ``Van Dijk``."""
    for folder in config.customer_folders:
        place = folder + "/"
        if name[: len(place)].casefold() == place.casefold():
            customer, inside, _ = name[len(place) :].partition("/")
            if inside:
                return customer
    return None
