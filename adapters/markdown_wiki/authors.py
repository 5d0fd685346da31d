"""Git's history of a wiki brought into its index: read once, and from then on only what is new."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from adapters.markdown_wiki.history import Commit, NoHistory, Repository, is_checkout
from adapters.markdown_wiki.index import Index, Touched
from adapters.markdown_wiki.settings import WikiConfig
from salesprep.adapter import Request
from salesprep.adapter.words import _

_MOST_AUTHORS = 8
"""Of one page, the latest."""
_SAVE_EVERY = 0.25
"""Seconds of reading between two writes to the index."""
_SHARE = 0.5
"""Of the time that is left, for git."""

_KEY = "git"
CUT_OFF = _("this checkout's history is cut off: pages older than that have neither author nor date")


@dataclass(frozen=True, slots=True)
class Told:
    """How it went."""

    checkout: bool
    """The folder is a checkout's root, so that the files' own times say nothing."""
    why_not: str | None = None
    """What is missing of git's history, for the reader."""
    mend: str | None = None


def bring_history(config: WikiConfig, index: Index, request: Request) -> Told:
    """See the module. Nothing that git does or refuses fails the look."""
    if not is_checkout(config.folder):
        if index.known(_KEY) is not None:
            _begin(index, None)
        return Told(checkout=False)
    end = request.deadline - request.left() * (1 - _SHARE)
    try:
        repository = Repository(config.folder, config.extensions, lambda: end - time.monotonic())
        return Told(checkout=True, why_not=_bring(repository, index))
    except NoHistory as error:
        return Told(checkout=True, why_not=error.why, mend=error.mend)


def _bring(repository: Repository, index: Index) -> str | None:
    """What is missing, if something is."""
    head = repository.head()
    shallow = repository.shallow()
    cut_off = CUT_OFF if shallow else None
    known = index.known(_KEY) or {}
    if head is None:
        return None
    if known.get("head") == head and known.get("whole"):
        return cut_off
    if known.get("whole") and repository.is_ancestor(known["head"], head):
        try:
            _newer(repository, index, known["head"], head, shallow)
        except NoHistory:
            _begin(index, head)  # too much at once: piece by piece from now on
            raise
        return cut_off
    if known.get("head") != head:
        known = _begin(index, head)
    _older(repository, index, head, known["done"], shallow)
    return cut_off


def _begin(index: Index, head: str | None) -> dict[str, Any]:
    known: dict[str, Any] = {"head": head, "done": 0, "whole": False}
    with index.writing():
        index.forget_history()
        index.keep(_KEY, known if head is not None else None)
    return known


@dataclass(slots=True)
class _Reading:
    """What a row of commits, the newest first, says about each page under its present name."""

    moved: dict[bytes, bytes]
    shallow: frozenset[str]
    touched: dict[bytes, Touched] = field(default_factory=dict)
    done: int = 0

    def take(self, commit: Commit) -> None:
        self.done += 1
        if commit.id in self.shallow:
            return
        for how, old, then in commit.changes:
            name = self.moved.get(then, then)
            if old is not None and how.startswith("R"):
                self.moved[old] = name
            if not how.startswith(("D", "R100")):  # a move alone is no change of the page
                self._touch(name, commit)

    def _touch(self, name: bytes, commit: Commit) -> None:
        one = self.touched.get(name)
        if one is None:
            self.touched[name] = Touched(commit.at, commit.at, [commit.author])
            return
        one.first, one.last = min(one.first, commit.at), max(one.last, commit.at)
        if commit.author not in one.authors and len(one.authors) < _MOST_AUTHORS:
            one.authors.append(commit.author)


def _older(repository: Repository, index: Index, head: str, done: int, shallow: frozenset[str]) -> None:
    """From where an earlier look stopped, back to the beginning; kept piece by piece."""
    reading = _Reading(index.moved(), shallow)

    def save(*, whole: bool) -> None:
        nonlocal reading
        with index.writing():
            before = index.history(reading.touched)
            index.put_history({name: _joined(before.get(name), one) for name, one in reading.touched.items()})
            index.put_moved({} if whole else reading.moved)
            index.keep(_KEY, {"head": head, "done": done, "whole": whole})
        reading = _Reading(reading.moved, shallow)

    saved = time.monotonic()
    try:
        for commit in repository.commits(head, skip=done):
            reading.take(commit)
            if time.monotonic() - saved > _SAVE_EVERY:
                done += reading.done
                save(whole=False)
                saved = time.monotonic()
    except NoHistory:
        done += reading.done
        save(whole=False)
        raise
    done += reading.done
    save(whole=True)


def _newer(repository: Repository, index: Index, old: str, head: str, shallow: frozenset[str]) -> None:
    """What has come since ``old``: all of it, or nothing."""
    reading = _Reading({}, shallow)
    for commit in repository.commits(f"{old}..{head}"):
        reading.take(commit)
    with index.writing():
        before = index.history([*reading.touched, *reading.moved])
        gone = [name for name in reading.moved if name in before]
        now = {name: _joined(one, before.get(name) if name not in reading.moved else None)
               for name, one in reading.touched.items()}  # fmt: skip
        for name in gone:
            present = reading.moved[name]
            now[present] = _joined(now.get(present) or before.get(present), before[name])
        index.put_history(now, [name for name in gone if name not in now])
        index.keep(_KEY, {"head": head, "done": 0, "whole": True})


def _joined(newer: Touched | None, older: Touched | None) -> Touched:
    parts = [one for one in (newer, older) if one is not None]
    return Touched(
        first=min(one.first for one in parts),
        last=max(one.last for one in parts),
        authors=_some(author for one in parts for author in one.authors),
    )


def _some(authors: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return list(dict.fromkeys(authors))[:_MOST_AUTHORS]
