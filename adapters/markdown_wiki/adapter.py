"""The adapter: a customer's pages, and those about a topic, out of a folder of Markdown."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from adapters.markdown_wiki.answering import pages_about, pages_on
from adapters.markdown_wiki.asking import fitting
from adapters.markdown_wiki.index import Index, remove
from adapters.markdown_wiki.look import Seen, look
from adapters.markdown_wiki.records import account
from adapters.markdown_wiki.settings import WikiConfig
from salesprep.adapter import (
    PAGE_SIZE,
    Account,
    BlockingAdapter,
    Check,
    Kind,
    Page,
    Query,
    Record,
    Request,
    SourceError,
)
from salesprep.adapter.words import _, _n

if TYPE_CHECKING:
    from salesprep.adapter.contract import CheckOutcome
    from salesprep.adapter.proposal import Given, Proposal

REST = 1.0
"""Seconds in which the folder is not walked through again: ``fetch`` follows upon ``find``."""
_TO_FIND = 0.5
"""Share of the time for bringing the index up to date before accounts are told: the pages come later."""
_TO_FETCH = 0.8

_T = TypeVar("_T")


class MarkdownWiki(BlockingAdapter[WikiConfig]):
    """Reads one folder of pages; README.md tells what of them."""

    Config: ClassVar[type[WikiConfig]] = WikiConfig

    def __init__(self, config: WikiConfig) -> None:
        super().__init__(config)
        self._memory: Index | None = None
        """The index where nothing may be kept: it lives as long as the source does."""
        self._seen: Seen | None = None
        self._looked = float("-inf")

    @classmethod
    def recognise(cls, given: Given) -> tuple[Proposal, ...]:
        """A wiki, if ``given`` is a folder with pages in it."""
        from adapters.markdown_wiki.recognising import recognise

        return recognise(given)

    def find(self, query: Query, request: Request) -> Page[Account]:
        """Customers that pages name, as far as they may be the one; best first.

        Raises:
            ConfigInvalid, PermissionDenied, Unavailable: the folder cannot be read.
        """

        def answer(index: Index, seen: Seen) -> Page[Account]:
            best = fitting(index.accounts(), query)
            found = tuple(account(one, request.now()) for one in best[:PAGE_SIZE])
            return Page(found, total=len(best), failure=seen.failure)

        return self._ask(answer, request, _TO_FIND)

    def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """Pages that name the customer, newest first; then those whose words do, best first.

        Raises:
            ConfigInvalid, PermissionDenied, Unavailable: the folder cannot be read.
        """
        if kind is not Kind.DOCUMENT:
            return Page()

        def answer(index: Index, seen: Seen) -> Page[Record]:
            return pages_about(self.config, index, seen, query, cursor, request)

        return self._ask(answer, request, _TO_FETCH, again=cursor is not None)

    def search(self, text: str, cursor: str | None, request: Request) -> Page[Record]:
        """Pages that hold all words of ``text``, best first.

        Raises:
            ConfigInvalid, PermissionDenied, Unavailable: the folder cannot be read.
        """

        def answer(index: Index, seen: Seen) -> Page[Record]:
            return pages_on(self.config, index, seen, text, cursor, request)

        return self._ask(answer, request, _TO_FETCH, again=cursor is not None)

    def check(self, request: Request) -> tuple[Check, ...]:
        """Whether the folder can be read, what git tells, and how far the index is."""
        try:
            return self._ask(lambda _index, seen: _checks(seen, request), request, _TO_FETCH)
        except SourceError as error:
            # What may pass by itself is no finding.
            outcome: CheckOutcome = "indeterminate" if error.retry else "failed"
            rest = (Check(name, "skipped", _("needs the folder")) for name in ("git", "index"))
            return (Check("folder", outcome, error.what, error.mend), *rest)

    def close(self) -> None:
        """Let go of an index in memory."""
        if self._memory is not None:
            self._memory.close()
            self._memory = None

    def _ask(
        self,
        answer: Callable[[Index, Seen], _T],
        request: Request,
        share: float,
        *,
        again: bool = False,
    ) -> _T:
        """``again``: a further page, cut from what the first one saw."""
        if request.store is None:
            if self._memory is None:
                self._memory = Index(None)
            return answer(self._memory, self._look(self._memory, request, share, again=again))
        index = Index.open(request.store)
        try:
            if index.path is None:
                self._seen = None
            return answer(index, self._look(index, request, share, again=again))
        except sqlite3.Error as error:
            request.log.info("wiki index not used: %s", type(error).__name__)
            if index.path is not None and not isinstance(error, sqlite3.OperationalError):
                index.close()
                remove(index.path)
        finally:
            index.close()
        index, self._seen = Index(None), None
        try:
            return answer(index, self._look(index, request, share, again=False))
        finally:
            index.close()
            self._seen = None

    def _look(self, index: Index, request: Request, share: float, *, again: bool) -> Seen:
        seen = self._seen
        rested = again or time.monotonic() - self._looked < REST
        if seen is not None and seen.whole and rested and index.count() == seen.indexed:
            return seen
        self._seen = seen = look(self.config, index, request, share)
        self._looked = time.monotonic()
        return seen


def _checks(seen: Seen, request: Request) -> tuple[Check, ...]:
    refused = sum(refusal.count for refusal in seen.refused())
    folder = _n("{n} page", "{n} pages").of(seen.pages)
    if refused:
        folder = _("{pages}, {n} items cannot be read or not wholly", pages=folder, n=refused)
    if seen.pages:
        first = Check("folder", "passed", folder)
    else:
        first = Check("folder", "failed", _("no Markdown page in it"), _('correct the setting "folder"'))
    if not seen.told.checkout:
        git = Check("git", "skipped", _("the folder is no checkout; dates are the files' own"))
    elif seen.told.why_not is None:
        git = Check("git", "passed", _("authors and dates are read from its history"))
    else:
        git = Check("git", "failed", seen.told.why_not, seen.told.mend)
    kept = _("kept") if request.store is not None else _("in memory, made anew at each start")
    if seen.whole:
        what = _("{n} of {pages} pages, {kept}", n=seen.indexed, pages=seen.pages, kept=kept)
        return (first, git, Check("index", "passed", what))
    mend = _("check again: it goes on from there")
    what = _("{n} of {pages} pages so far", n=seen.indexed, pages=seen.pages)
    return (first, git, Check("index", "indeterminate", what, mend))
