"""From the exports to what is kept of them: who is where, and what was written to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date
from pathlib import Path
from typing import Any, TypeVar

from adapters.linkedin_export.archive import NoExport, Opened, Part, opened
from adapters.linkedin_export.connections import People, blocks, read_people
from adapters.linkedin_export.exports import Export, in_order, no_export, with_part
from adapters.linkedin_export.looking import fold_lines
from adapters.linkedin_export.own import Owner, read_owner
from adapters.linkedin_export.persons import entries
from adapters.linkedin_export.sayings import Kept, kept
from adapters.linkedin_export.shelf import Shelf
from adapters.linkedin_export.survey import Place, Trouble, unreadable
from adapters.linkedin_export.talks import Sorted, read_invitations, read_messages
from salesprep.adapter import DeadlineExceeded, Refusal, Request, SourceError

_T = TypeVar("_T")


def build_people(places: Iterable[Place], troubles: list[Trouble], request: Request) -> Shelf | None:
    """Blocks of rows by organisation, one with the organisations' folded names, and blocks of changes by
    organisation.

    Adds to ``troubles``; ``None``: there is not one list of connections that can be read.

    Raises:
        DeadlineExceeded: there was no time left.
    """
    exports = in_order(places, troubles, request)
    waiting = with_part(exports, "connections")
    newest = next(_each(waiting, None, troubles, request), None)
    if newest is None:
        return None
    export, people = newest
    used = [export]

    def older() -> Iterator[People]:
        for one, connections in _each(waiting, people, troubles, request):
            used.append(one)
            yield connections

    owner = _owner(exports, troubles, request)
    found = blocks(people, older(), (job.company for job in owner.jobs))
    head: dict[str, Any] = {
        "read_at": request.now().astimezone(UTC).isoformat(),
        "days": [one.day.isoformat() for one in used],
        "paths": [str(one.path) for one in used],
        "people": people.count,
        "hidden": people.hidden,
        "columns": dict(people.columns),
        "width": people.width,
        "delimiter": people.delimiter,
        "refused": _plain(people.refused),
        "owner": owner.plain(),
        "exports": [
            {"path": str(one.path), "day": one.day.isoformat(), "parts": sorted(one.parts)} for one in exports
        ],
    }
    keys = list(found.here)
    parts = [*found.here.values(), fold_lines(keys).encode()]
    if found.changed:
        parts += [found.changed.get(company, b"") for company in keys]
    return Shelf(head, keys, parts)


def build_talks(people: Shelf, troubles: list[Trouble], request: Request) -> Shelf:
    """Blocks of conversation numbers by correspondent, then the conversations: messages, then invitations.

    Of each the newest file that can be read counts: it holds all there were.

    Raises:
        DeadlineExceeded: there was no time left.
    """
    owner = Owner.of(people.head["owner"])
    exports = [
        Export(Path(one["path"]), date.fromisoformat(one["day"]), frozenset(one["parts"]))
        for one in people.head["exports"]
    ]
    used: list[Export] = []

    def newest(name: str, use: Callable[[Part], Sorted]) -> Sorted | None:
        for export in with_part(exports, name):
            found = _opened(export, troubles, lambda one: use(one.parts[name]))
            if found is not None:
                used.append(export)
                return found
        return None

    def messages(part: Part) -> Sorted:
        return read_messages(part, owner.name, lambda: _slugs(people), request.deadline)

    said = newest("messages", messages)
    first = len(said.conversations) if said is not None else 0

    def invitations(part: Part) -> Sorted:
        return read_invitations(part, first, request.deadline)

    read = {"messages": said, "invitations": newest("invitations", invitations)}
    kinds = {name: found for name, found in read.items() if found is not None}
    talks_of: dict[str, set[int]] = {}
    for found in kinds.values():
        for slug, numbers in found.of.items():
            talks_of.setdefault(slug, numbers).update(numbers)
    head: dict[str, Any] = {
        "read_at": request.now().astimezone(UTC).isoformat(),
        "days": sorted((one.day.isoformat() for one in used), reverse=True),
        "paths": [str(one.path) for one in used],
        "refused": _plain(refusal for found in kinds.values() for refusal in found.refused),
        "owner": said.owner if said is not None else "",
        "forms": {name: (dict(found.columns), found.delimiter) for name, found in kinds.items()},
        "messages": first,
    }
    by_slug = (" ".join(map(str, numbers)).encode() for numbers in talks_of.values())
    conversations = (rows for found in kinds.values() for rows in found.conversations)
    return Shelf(head, list(talks_of), [*by_slug, *conversations])


def _each(
    exports: Iterable[Export], newest: People | None, troubles: list[Trouble], request: Request
) -> Iterator[tuple[Export, People]]:
    def use(export: Opened) -> People:
        return read_people(export.parts["connections"], request.deadline, newest)

    for export in exports:
        people = _opened(export, troubles, use)
        if people is not None:
            yield export, people


def _owner(exports: Iterable[Export], troubles: list[Trouble], request: Request) -> Owner:
    for export in exports:
        if {"profile", "positions"} & export.parts:
            found = _opened(export, troubles, lambda one: read_owner(one, request.deadline))
            if found is not None:
                owner, wrong = found
                troubles.extend(Trouble(export.shown, error) for error in wrong)
                return owner
    return Owner()


def _opened(export: Export, troubles: list[Trouble], use: Callable[[Opened], _T]) -> _T | None:
    try:
        with opened(export.path) as one:
            return use(one)
    except DeadlineExceeded:
        raise
    except SourceError as error:
        troubles.append(Trouble(export.shown, error, export.path))
    except (NoExport, KeyError):  # another one since it was put in order
        troubles.append(Trouble(export.shown, no_export(export.path), export.path))
    except OSError as error:
        troubles.append(Trouble(export.shown, unreadable(export.path, error), export.path))
    return None


def _slugs(people: Shelf) -> frozenset[str]:
    return frozenset(one.slug for number in range(len(people.keys)) for one in entries(people, number))


def _plain(refused: Iterable[Refusal]) -> list[tuple[int, Kept, Kept | None]]:
    return [(one.count, kept(one.why), kept(one.where) if one.where is not None else None) for one in refused]
