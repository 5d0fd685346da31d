"""What the user has decided of late, so that it can be taken back: the last :data:`MOST` changes and no more.

A private file of this user on this machine, one change a line. It holds what ``links.toml`` held before and
after, nothing else, and may be erased at any time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from salesprep.adapter import Kind
from salesprep.briefing.links.reading import CUSTOMER_KEYS, Entry, read_customer
from salesprep.briefing.links.remembered import Links
from salesprep.briefing.links.target import Target, decided_by
from salesprep.briefing.links.writing import Changed, update_links
from salesprep.briefing.model import Customer, Link
from salesprep.machine import alone, private_folder, replace_file
from salesprep.settings import SettingsError

MOST = 50
PATIENCE = 2.0
C = TypeVar("C", bound=Changed)


@dataclass(frozen=True, slots=True)
class Step:
    """One change of ``links.toml``: the customers that it touched, as they were and as they became."""

    at: datetime
    customers: tuple[tuple[Customer | None, Customer | None], ...]

    @property
    def of(self) -> Customer:
        """Whom it was about first."""
        return next(c for pair in self.customers for c in reversed(pair) if c is not None)

    @property
    def undone(self) -> tuple[tuple[Customer, Link | None, Link | None], ...]:
        """Each decision that taking it back changes: whose, what it is now, what it will be."""
        return tuple(
            (customer, _at(after, target), _at(before, target))
            for before, after in self.customers
            if (customer := after or before) is not None
            for target in _touched(before, after)
        )


class ChangedSinceError(Exception):
    """What would be taken back is not what stands there now: somebody has decided anew."""

    def __init__(self, customer: Customer, target: Target | None) -> None:
        super().__init__(f"{customer.id}: {target}")
        self.customer = customer
        self.target = target


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The links after steps were taken back."""

    links: Links
    steps: tuple[Step, ...]


def update_and_note(
    file: Path, change: Callable[[Links], C], history: Path, at: datetime
) -> tuple[C, Step | None]:
    """:func:`update_links`, and what changed noted in ``history``; ``None``: nothing changed.

    A history that cannot be written keeps nobody from deciding.
    """
    before = Links()

    def noting(links: Links) -> C:
        nonlocal before
        before = links
        return change(links)

    done = update_links(file, noting)
    step = step_between(before, done.links, at)
    if step is not None:
        with suppress(OSError):
            _rewrite(history, lambda steps: [*steps, step])
    return done, step


def step_between(before: Links, after: Links, at: datetime) -> Step | None:
    """What changed; ``None``: nothing."""
    was, now = ({c.id: c for c in links.customers} for links in (before, after))
    pairs = [(was.get(id), now.get(id)) for id in dict.fromkeys((*was, *now)) if was.get(id) != now.get(id)]
    return Step(at.astimezone(UTC).replace(microsecond=0), tuple(pairs)) if pairs else None


def take_back(file: Path, history: Path, steps: Sequence[Step]) -> TakenBack:
    """Undo ``steps`` in this order, all of them or none.

    Raises:
        ChangedSinceError: somebody has changed since what one of them changed.
        SettingsError, LinksNotWrittenError: as :func:`update_links`.
    """

    def undoing(links: Links) -> TakenBack:
        for step in steps:
            links = undo(links, step)
        return TakenBack(links, tuple(steps))

    done = update_links(file, undoing)
    with suppress(OSError):
        _rewrite(history, lambda kept: [step for step in kept if step not in steps])
    return done


def undo(links: Links, step: Step) -> Links:
    """``links`` as they were before ``step``. What was decided since about other ids stays.

    Raises:
        ChangedSinceError: what it changed is not as it left it.
    """
    kept = {c.id: c for c in links.customers}
    for before, after in step.customers:
        id = (after or before or step.of).id
        now = kept.get(id)
        for target in _touched(before, after):
            if _at(now, target) != _at(after, target):
                raise ChangedSinceError(now or step.of, target)
        if (after is None and now is not None) or (after is not None and now is None):
            raise ChangedSinceError(now or step.of, None)
        if now is None and before is not None:
            kept[id] = before
        elif now is not None and before is None and now == after:
            del kept[id]
        elif now is not None:
            kept[id] = _restored(now, before, after)
    return Links(tuple(kept.values()))


def read_history(path: Path) -> tuple[Step, ...]:
    """All that can be taken back, the oldest first; lines that cannot be read are passed over.

    Raises:
        OSError: there is such a file, and it cannot be read.
    """
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return ()
    return tuple(_read(text, path))


def erase_history(path: Path) -> bool:
    """Forget what could be taken back; tells whether there was anything. The decisions themselves stay.

    Raises:
        OSError: it cannot be erased.
    """
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def _touched(before: Customer | None, after: Customer | None) -> tuple[Target, ...]:
    targets = [decided_by(k) for c in (before, after) if c is not None for k in c.links]
    return tuple(t for t in dict.fromkeys(targets) if _at(before, t) != _at(after, t))


def _at(customer: Customer | None, target: Target) -> Link | None:
    """What counts of what was decided about it."""
    links = customer.links if customer is not None else ()
    return next((k for k in reversed(links) if decided_by(k) == target), None)


def _restored(now: Customer, before: Customer | None, after: Customer | None) -> Customer:
    links = list(now.links)
    for target in _touched(before, after):
        old = _at(before, target)
        places = [n for n, k in enumerate(links) if decided_by(k) == target]
        if old is None:
            links = [k for k in links if decided_by(k) != target]
        elif places:
            links[places[-1]] = old
        else:
            links.append(old)
    restored = replace(now, links=tuple(links))
    if before is not None and after is not None:
        if now.aliases == after.aliases:
            restored = replace(restored, aliases=before.aliases)
        if now.domains == after.domains:
            restored = replace(restored, domains=before.domains)
    return restored


# -- the file -----------------------------------------------------------------------------------


def _rewrite(path: Path, change: Callable[[list[Step]], list[Step]]) -> None:
    """One writer at a time; :data:`MOST` stay."""
    private_folder(path.parent)
    with suppress(TimeoutError), alone(path.with_name(f".{path.name}.lock"), PATIENCE):
        steps = change(list(read_history(path)))[-MOST:]
        replace_file(path, "".join(json.dumps(_written(s), ensure_ascii=True) + "\n" for s in steps))


def _written(step: Step) -> dict[str, object]:
    return {
        "at": step.at.isoformat(),
        "customers": [[c and _customer(c) for c in pair] for pair in step.customers],
    }


def _customer(customer: Customer) -> dict[str, object]:
    return {
        "id": customer.id,
        "name": customer.name,
        "aliases": list(customer.aliases),
        "domains": list(customer.domains),
        "link": [_link(link) for link in customer.links],
    }


def _link(link: Link) -> dict[str, object]:
    return {
        "source": link.source,
        "kind": Kind(link.kind).value,
        "native_id": link.native_id,
        "verdict": link.verdict,
        "by": link.by,
        "at": link.at.isoformat(),
        "how": link.how,
        "on": list(link.on),
    }


def _read(text: str, path: Path) -> Iterator[Step]:
    for number, row in enumerate(text.split("\n"), 1):
        try:
            values = json.loads(row)
            place = f"line {number}"
            pairs = tuple(
                (_customer_of(was, path, place), _customer_of(now, path, place))
                for was, now in values["customers"]
            )
            step = Step(datetime.fromisoformat(values["at"]), pairs)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, SettingsError):
            continue  # written by another version, or torn: it cannot be taken back any more
        if step.at.tzinfo is not None and any(c is not None for pair in pairs for c in pair):
            yield step


def _customer_of(values: Mapping[str, Any] | None, path: Path, place: str) -> Customer | None:
    if values is None:
        return None
    links = [{**link, "at": datetime.fromisoformat(link["at"])} for link in values["link"]]
    return read_customer(Entry(path, place, {**values, "link": links}, CUSTOMER_KEYS))
