"""One look at a wiki: the index brought to the state of the folder, as far as the time allows.

Only pages that changed are read. What is read is kept in batches, so that a look that runs out of time
answers with what it has and the next one goes on from there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from adapters.markdown_wiki.authors import Told, bring_history
from adapters.markdown_wiki.index import Index
from adapters.markdown_wiki.organisations import Naming, organisations
from adapters.markdown_wiki.page import Unreadable, customer_of_folder, read_page
from adapters.markdown_wiki.settings import WikiConfig
from adapters.markdown_wiki.walk import Found, Walk, walk
from salesprep.adapter import DeadlineExceeded, Failure, Refusal, Request, SourceError, Unavailable
from salesprep.adapter.names import fold_organisation
from salesprep.adapter.words import _, _n, joined

_SAVE_EVERY = 0.2
"""Seconds of reading between two writes to the index."""
_SETTINGS = "settings"
_RECODED = _n(
    "{n} page is not in UTF-8, read as Windows-1252", "{n} pages are not in UTF-8, read as Windows-1252"
)


@dataclass(slots=True)
class Seen:
    """The state of the index after a look."""

    pages: int = 0
    """In the folder."""
    indexed: int = 0
    whole: bool = True
    """The index is what the folder is."""
    left_out: list[tuple[str, str]] = field(default_factory=list)
    """Why, and which page."""
    recoded: int = 0
    told: Told = field(default_factory=lambda: Told(checkout=False))
    failure: Failure | None = None

    def refused(self) -> tuple[Refusal, ...]:
        """What could not be read, each reason once, with the first of its pages."""
        places: dict[str, list[str]] = {}
        for why, name in self.left_out:
            places.setdefault(why, []).append(name)
        return tuple(Refusal(len(names), why, min(names)) for why, names in sorted(places.items()))

    def notice(self) -> str | None:
        """What the reader must know of this wiki as a whole."""
        said = []
        if self.recoded:
            said.append(_RECODED.of(self.recoded))
        if self.told.why_not:
            said.append(self.told.why_not)
        if self.whole and not self.pages:
            said.append(_("there is no Markdown page in this folder"))
        return joined(said) or None


def look(config: WikiConfig, index: Index, request: Request, share: float) -> Seen:
    """Bring ``index`` up to date in at most that share of the time that is left.

    Raises:
        ConfigInvalid, PermissionDenied, Unavailable: the folder cannot be read at all.
    """
    end = request.deadline - request.left() * (1 - share)

    def left() -> float:
        return end - time.monotonic()

    if index.known(_SETTINGS) != config.reading:
        index.clear()
        index.keep(_SETTINGS, config.reading)
    known = index.states()
    try:
        found = walk(config, left)
    except SourceError as error:
        if known and error.code == "config_invalid":
            # It was there before: rather a drive that is not connected than a wrong setting.
            raise Unavailable(error.what, mend=_("connect the drive it is on, or bring it back")) from None
        raise
    seen = Seen(len(found.pages), whole=found.whole, left_out=found.left_out)
    changed = _drop_gone(index, found, known)
    todo = [
        page
        for page in found.pages
        if (state := known.get(page.name)) is None or state[1:] != (page.size, page.mtime_ns, page.inode)
    ]
    if todo:
        # The latest first: if the time ends, they are there.
        todo.sort(key=lambda page: page.mtime_ns, reverse=True)
        read = _read(config, index, todo, seen, left)
        seen.whole = seen.whole and read
        changed = True
    if changed or index.known("accounts") != "made":
        _make_accounts(config, index)
    seen.told = bring_history(config, index, request)
    seen.left_out += index.problems()
    seen.recoded = index.recoded()
    seen.indexed = index.count()
    if not seen.whole:
        late = DeadlineExceeded(
            _("the index is at {n} of {pages} pages", n=seen.indexed, pages=seen.pages),
            mend=_("ask again: it goes on from there"),
        )
        seen.failure = late.failure()
    return seen


def _drop_gone(index: Index, found: Walk, known: Iterable[str]) -> bool:
    if not found.whole:
        return False
    names = {page.name for page in found.pages}
    lost = tuple(found.lost)
    gone = [name for name in known if name not in names and not (lost and name.startswith(lost))]
    if gone:
        with index.writing():
            index.keep("accounts", "old")
            for name in gone:
                index.drop(name)
    return bool(gone)


def _read(
    config: WikiConfig, index: Index, todo: Sequence[Found], seen: Seen, left: Callable[[], float]
) -> bool:
    """Whether the time was enough for all of ``todo``."""
    at = 0
    while at < len(todo):
        if left() <= 0:
            return False
        with index.writing():
            if at == 0:
                index.keep("accounts", "old")
            saved = time.monotonic()
            while at < len(todo) and time.monotonic() - saved < _SAVE_EVERY and left() > 0:
                _read_one(config, index, todo[at], seen)
                at += 1
    return True


def _read_one(config: WikiConfig, index: Index, found: Found, seen: Seen) -> None:
    try:
        page = read_page(config, found)
    except Unreadable as error:
        if error.passing:  # tried again the next time, whatever the file's state
            index.drop(found.name)
            seen.left_out.append((error.why, found.name))
        else:
            index.put(found, None, error.why)
    else:
        index.put(found, page, page.problem)


def _make_accounts(config: WikiConfig, index: Index) -> None:
    namings = []
    for id_, page, facts in index.naming():
        folder = customer_of_folder(config, page)
        alone = tuple(facts.domains) if len(facts.customers) == 1 else ()
        for name in facts.customers:
            own = folder is not None and fold_organisation(folder) == fold_organisation(name)
            namings.append(Naming(id_, name, alone, folder if own else None))
    with index.writing():
        index.put_accounts(organisations(namings))
        index.keep("accounts", "made")
