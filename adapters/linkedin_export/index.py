"""What is kept of a source's exports, brought to their state at each question.

Two files: who is where, made when first asked; and what was written to whom, made when that is first
asked. Where organisations are many, an index of their names lies beside them. A damaged export costs what
is new in it: what an earlier state of it told is shown on, and said to be that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from adapters.linkedin_export.building import build_people, build_talks
from adapters.linkedin_export.called import NAMES
from adapters.linkedin_export.sayings import kept, said
from adapters.linkedin_export.settings import ExportsConfig
from adapters.linkedin_export.shelf import Shelf, ShelfLost, remove
from adapters.linkedin_export.survey import Place, Trouble, survey
from salesprep.adapter import BadData, ConfigInvalid, Failure, Request, SourceError, Unavailable
from salesprep.adapter.name_index import remove as remove_names
from salesprep.adapter.words import _, joined

PEOPLE, TALKS = "people.idx", "talks.idx"
KEEP_OLD = timedelta(days=30)
"""So long an earlier state of a damaged export is shown."""

_ERRORS: dict[str, type[SourceError]] = {kind.code: kind for kind in (BadData, ConfigInvalid, Unavailable)}


class Index:
    """For one source; one question at a time."""

    def __init__(self, config: ExportsConfig) -> None:
        self._config = config
        self._open: dict[str, Shelf] = {}

    def people(self, request: Request) -> Shelf:
        """Who is where, as the exports have it now.

        Raises:
            SourceError: no list of connections can be read, and none was before.
        """
        places, troubles = survey(self._config.exports)

        def build() -> Shelf | None:
            return build_people(places, troubles, request)

        return self._current(PEOPLE, _key(places, troubles), troubles, build, request)

    def talks(self, people: Shelf, request: Request) -> Shelf:
        """What was written to whom. ``people``: as it came of :meth:`people` for the same question."""
        troubles: list[Trouble] = []

        def build() -> Shelf | None:
            return build_talks(people, troubles, request)

        return self._current(TALKS, people.head["key"], troubles, build, request)

    def reopen(self, _request: Request) -> None:
        """Take the kept files anew: another process has replaced them."""
        self._open.clear()

    def forget(self, request: Request) -> None:
        """Make the kept files anew: there is something in them that cannot be."""
        for name in (PEOPLE, TALKS):
            self._drop(name, request)

    def _current(
        self,
        name: str,
        key: str,
        troubles: list[Trouble],
        build: Callable[[], Shelf | None],
        request: Request,
    ) -> Shelf:
        kept = self._kept(name, key, request)
        if (
            kept is not None
            and kept.head["key"] == key
            and not (kept.head["old"] and _outlived(kept, request))
        ):
            return kept
        made = build()
        shelf = made
        if kept is not None and _serves(kept, made, troubles, request):
            shelf = kept
        if shelf is None:
            self._drop(name, request)
            raise _all_failed(troubles)
        shelf.head.update(key=key, old=shelf is kept, troubles=[_plain(one) for one in troubles])
        self._keep(name, shelf, request)
        return shelf

    # -- the files ------------------------------------------------------------------------------

    def _kept(self, name: str, key: str, request: Request) -> Shelf | None:
        if request.store is None:
            return None
        held = self._open.get(name)
        if held is not None and held.head["key"] == key:
            return held
        try:
            shelf = Shelf.load(request.store / name)
        except (ShelfLost, OSError):
            return None
        self._open[name] = shelf
        return shelf

    def _keep(self, name: str, shelf: Shelf, request: Request) -> None:
        if request.store is None:
            return
        try:
            shelf.save(request.store / name)
        except (ShelfLost, OSError) as error:
            # No space, a closed folder: this look does without, and the next one reads again.
            request.log.info("index not kept: %s", type(error).__name__)
            self._open.pop(name, None)
        else:
            self._open[name] = shelf

    def _drop(self, name: str, request: Request) -> None:
        self._open.pop(name, None)
        if request.store is not None:
            remove(request.store / name)
            if name == PEOPLE:
                remove_names(request.store / NAMES)


def failure(*shelves: Shelf) -> Failure | None:
    """What could not be read, told as the first of it."""
    troubles = [one for shelf in shelves for one in shelf.head["troubles"]]
    if not troubles:
        return None
    shown = list(dict.fromkeys(one["shown"] for one in troubles))
    first = troubles[0]
    what = said(first["what"])
    mend = said(first["mend"]) if first["mend"] is not None else None
    if len(shown) > 1:
        what = _("{n} exports cannot be read in full: {names}", n=len(shown), names=", ".join(shown))
        if any(one["mend"] != first["mend"] for one in troubles):
            mend = _("let this source be checked: that tells what mends each of them")
    if any(shelf.head["old"] for shelf in shelves):
        what = joined((what, _("shown is what was in it before")))
    return _ERRORS.get(first["code"], BadData)(what, mend=mend).failure()


def _serves(kept: Shelf, made: Shelf | None, troubles: Iterable[Trouble], request: Request) -> bool:
    """Whether an earlier state tells more than what can be read now."""
    failed = {str(one.path) for one in troubles if one.path is not None and one.error.may_show_old}
    if failed.isdisjoint(kept.head["paths"]) or _outlived(kept, request):
        return False
    return made is None or _newest(made) <= _newest(kept)


def _newest(shelf: Shelf) -> str:
    days: list[str] = shelf.head["days"]
    return days[0] if days else ""


def _outlived(shelf: Shelf, request: Request) -> bool:
    return request.now() - read_at(shelf) > KEEP_OLD


def read_at(shelf: Shelf) -> datetime:
    """When what it holds was read from the exports."""
    return datetime.fromisoformat(shelf.head["read_at"])


def _key(places: Iterable[Place], troubles: Iterable[Trouble]) -> str:
    """Another one if anything about the exports is different."""
    states = [[str(place.path), place.state, place.named] for place in places]
    wrong = [[str(one.path), one.error.what] for one in troubles]
    return hashlib.sha256(json.dumps([sorted(states), wrong]).encode()).hexdigest()


def _plain(trouble: Trouble) -> dict[str, Any]:
    error = trouble.error
    mend = kept(error.mend) if error.mend is not None else None
    return {"shown": trouble.shown, "code": error.code, "what": kept(error.what), "mend": mend}


def _all_failed(troubles: list[Trouble]) -> SourceError:
    """The first failure, told as that of the whole source."""
    if not troubles:
        return ConfigInvalid(
            _("the exports hold no list of connections"),
            mend=_("ask LinkedIn for an export with your connections"),
        )
    error = troubles[0].error
    if len(troubles) == 1:
        return error
    what = _("none of {n} exports could be read, the first because: {what}", n=len(troubles), what=error.what)
    return type(error)(what, mend=error.mend, field=error.field, retry_at=error.retry_at)
