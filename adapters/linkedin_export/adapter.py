"""The adapter: who of one's own network is at a customer, what changed there, what was written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from adapters.linkedin_export.activities import activity, members, spoken
from adapters.linkedin_export.called import called
from adapters.linkedin_export.index import Index, failure, read_at
from adapters.linkedin_export.looking import Group, find_groups
from adapters.linkedin_export.own import Owner
from adapters.linkedin_export.persons import Known, people_of, person
from adapters.linkedin_export.sayings import said
from adapters.linkedin_export.settings import ExportsConfig
from adapters.linkedin_export.shelf import Shelf, ShelfLost
from salesprep.adapter import (
    PAGE_SIZE,
    Account,
    BlockingAdapter,
    Check,
    Keys,
    Kind,
    Page,
    Query,
    Record,
    Refusal,
    Request,
    SourceError,
    Unavailable,
    number_of,
)
from salesprep.adapter.words import _, _n, joined

if TYPE_CHECKING:
    from salesprep.adapter.proposal import Given, Proposal

ONLY_YOURS = _("This file knows only people connected to you.")
NO_CHANGES = _("Changes show from your second file on.")
ONE_DAY = _("Your files are all of one day: changes show from one of another day on.")
HIDDEN = _n("{n} more hides their name.", "{n} more hide their names.")

_NO_PAGE = _("an export tells organisations by name only")
_AGE = _n("{n} day old", "{n} days old")
_HIDE = _n("{n} more hides their name", "{n} more hide their names")
_PEOPLE = _n("{n} person", "{n} people")
_T = TypeVar("_T")


class LinkedInExport(BlockingAdapter[ExportsConfig]):
    """Reads the exports of one member; README.md tells what of them."""

    Config: ClassVar[type[ExportsConfig]] = ExportsConfig

    def __init__(self, config: ExportsConfig) -> None:
        super().__init__(config)
        self._index = Index(config)

    @classmethod
    def recognise(cls, given: Given) -> tuple[Proposal, ...]:
        """A zip, a folder or a file with a member's connections in it."""
        from adapters.linkedin_export.recognising import proposals

        return proposals(given)

    def find(self, query: Query, request: Request) -> Page[Account]:
        """One account for each organisation that members name so, or nearly so."""

        def look() -> Page[Account]:
            people = self._index.people(request)
            known = self._known(people, query, request)
            groups = find_groups(people, query, called(people, query, request), alike=True)
            accounts = tuple(_account(group, known) for group in groups)
            return Page(
                accounts, as_of=_as_of(people, request), failure=failure(people), notice=_notice(people)
            )

        return self._ask(look, request)

    def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """Persons who are or were there, changes first; or what was written, newest first."""

        def look() -> Page[Record]:
            people = self._index.people(request)
            known = self._known(people, query, request)
            groups = find_groups(people, query, called(people, query, request))
            if kind is Kind.PERSON:
                found = people_of(known, groups)
                return _page(found, lambda one: person(known, one), cursor, request, people)
            talks = self._index.talks(people, request)
            with_ = members(known, groups)
            said, problems = spoken(talks, with_, known.owner.name, request.now().tzinfo or UTC)
            page = _page(said, lambda one: activity(one, known, with_), cursor, request, people, talks)
            return replace(page, refused=(*page.refused, *problems.refusals())) if cursor is None else page

        return self._ask(look, request)

    def check(self, request: Request) -> tuple[Check, ...]:
        """Whether the exports can be read, how old they are, and how many people they know."""

        def look() -> tuple[Check, ...]:
            return _checks(self._index.people(request), request)

        try:
            return self._ask(look, request)
        except SourceError as error:
            return (
                Check(_("exports"), "indeterminate" if error.retry else "failed", error.what, error.mend),
            )

    def _known(self, people: Shelf, query: Query, request: Request) -> Known:
        return Known(
            shelf=people,
            days=[date.fromisoformat(day) for day in people.head["days"]],
            owner=Owner.of(people.head["owner"]),
            mail=self.config.owner,
            read_at=read_at(people) if people.head["old"] else request.now(),
            asked=frozenset(id_.partition(" (")[0] for id_ in query.ids),
        )

    def _ask(self, look: Callable[[], _T], request: Request) -> _T:
        for lost in (self._index.reopen, self._index.forget):
            try:
                return look()
            except ShelfLost:
                lost(request)
        try:
            return look()
        except ShelfLost:
            raise Unavailable(
                _("the exports are being read by another program"), mend=_("ask again")
            ) from None


def _account(group: Group, known: Known) -> Account:
    return Account(
        id=group.id,
        title=group.title,
        fetched_at=known.read_at,
        no_url_reason=_NO_PAGE,
        keys=Keys(account_id=group.id, organisation=group.title),
        origin="outside",
        aliases=group.aliases,
    )


def _page(
    found: Sequence[_T],
    made: Callable[[_T], Record],
    cursor: str | None,
    request: Request,
    *shelves: Shelf,
) -> Page[Record]:
    """The page that begins at ``cursor``, a number; only its own records are made."""
    start = number_of(cursor)
    end = start + PAGE_SIZE
    refused = _refused(shelves[-1]) if cursor is None else ()
    return Page(
        records=tuple(made(one) for one in found[start:end]),
        cursor=str(end) if end < len(found) else None,
        total=len(found),
        as_of=_as_of(shelves[-1], request),
        refused=refused,
        failure=failure(*shelves),
        notice=_notice(shelves[0]),
    )


def _refused(shelf: Shelf) -> tuple[Refusal, ...]:
    return tuple(
        Refusal(count, said(why), said(where) if where is not None else None)
        for count, why, where in shelf.head["refused"]
    )


def _as_of(shelf: Shelf, request: Request) -> datetime | None:
    days: list[str] = shelf.head["days"]
    zone: tzinfo = request.now().tzinfo or UTC
    return datetime.combine(date.fromisoformat(days[0]), time.min, zone) if days else None


def _notice(people: Shelf) -> str:
    """What a reader must know of these files, in short sentences."""
    sentences = [ONLY_YOURS]
    if len(people.head["days"]) == 1:
        exports = [one["day"] for one in people.head["exports"] if "connections" in one["parts"]]
        sentences.append(ONE_DAY if len(exports) > 1 and len(set(exports)) == 1 else NO_CHANGES)
    hidden = people.head["hidden"]
    if hidden:
        sentences.append(HIDDEN.of(hidden))
    return joined(sentences, " ")


def _checks(people: Shelf, request: Request) -> tuple[Check, ...]:
    head, today = people.head, request.now().date()
    checks = []
    for number, (day, path) in enumerate(zip(head["days"], head["paths"], strict=True)):
        made = date.fromisoformat(day)
        age = _AGE.of((today - made).days)
        what = _("{name}: of {day}, {age}", name=Path(path).name, day=made, age=age)
        if number == 0:
            who = _PEOPLE.of(head["people"])
            what = joined((what, who, *([_HIDE.of(head["hidden"])] if head["hidden"] else [])), ", ")
        name = _("newest export") if number == 0 else _("older export")
        checks.append(Check(name, "passed", what))
    for trouble in head["troubles"]:
        mend = said(trouble["mend"]) if trouble["mend"] is not None else None
        checks.append(Check(_("export"), "failed", said(trouble["what"]), mend))
    return tuple(checks)
