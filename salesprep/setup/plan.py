"""What has to change in the settings so that what was found is there: pure, nothing is written here.

Several export files, or several calendars, become one source; what is there already stays as it is; a
further file of a source that holds a list is added to that list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any, Literal

from salesprep.adapter.manifest import Manifest
from salesprep.adapter.names import fold
from salesprep.adapter.proposal import Me, Proposal
from salesprep.adapter.words import _
from salesprep.settings import Settings, Source
from salesprep.setup.model import Offer, SetupError
from salesprep.setup.proposals import flat

_LONGEST_NAME = 34
_NOT_A_NAME = re.compile(r"[^a-z0-9]+")

Locked = Callable[[str], str | None]
"""Which file keeps a dotted key from being set in the one that is to be written, if any does."""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one source."""

    kind: Literal["new", "grown", "there"]
    """``new``: a table of its own; ``grown``: its list gets further items; ``there``: nothing to do."""
    name: str
    title: str
    adapter: str
    offers: tuple[Offer, ...]
    config: Mapping[str, Any]
    """All its settings; of a source that grows the list alone, with the new items."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is to be written into one settings file."""

    changes: tuple[Change, ...]
    us: Mapping[str, object]
    """Keys of ``[us]`` that nobody has set so far."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return all(change.kind == "there" for change in self.changes)


def plan(
    offers: Iterable[Offer],
    settings: Settings,
    manifests: Mapping[str, Manifest],
    *,
    file: Path,
    name: str | None = None,
    locked: Locked = lambda _key: None,
) -> tuple[Change, ...]:
    """The changes that set up ``offers`` in ``file``. ``name`` is what the first new source is called.

    ``settings`` are those in force, of all layers; ``manifests`` those of the offers' adapters.

    Raises:
        SetupError: no source can be added, because all are locked.
    """
    if (by := locked("sources")) is not None:
        raise SetupError(_("which sources there are is locked by {by}", by=by), _("ask whoever locked it"))
    planner = _Planner(settings, manifests, file, locked)
    changes: list[Change] = []
    for group in _united(tuple(offers), manifests):
        change = planner.change(group, name)
        if change.kind == "new":
            name = None
            planner.taken.add(change.name)
            planner.titles.add(change.title.casefold())
        changes.append(change)
    return tuple(changes)


def changed_us(
    settings: Settings,
    me: Me | None,
    *,
    zone: str | None,
    locale: str | None,
    locked: Locked = lambda _key: None,
) -> dict[str, object]:
    """What is to be written under ``[us]``: only what no layer has set and none has locked."""
    wanted: dict[str, object] = {}
    if me is not None:
        wanted |= {"name": me.name, "emails": list(me.emails), "domains": list(me.domains)}
    wanted |= {"zone": zone, "locale": locale}
    return {
        key: value
        for key, value in wanted.items()
        if value and f"us.{key}" not in settings.origins and locked(f"us.{key}") is None
    }


@dataclass(slots=True)
class _Group:
    """Offers that become one source."""

    offers: list[Offer]
    items: list[tuple[Offer, Any]]
    """Of the list that unites them."""

    @property
    def unites(self) -> str | None:
        return self.offers[0].proposal.unites

    @property
    def rest(self) -> dict[str, Any]:
        """The settings beside that list."""
        return {key: value for key, value in self.offers[0].proposal.config.items() if key != self.unites}


def _united(offers: Iterable[Offer], manifests: Mapping[str, Manifest]) -> Iterable[_Group]:
    """The offers, those joined that say so and differ in nothing but the list.

    Files and addresses stay apart: a source with an address in it is not asked at all while offline.
    """
    groups: dict[object, _Group] = {}
    for offer in offers:
        config, unites = offer.proposal.config, offer.proposal.unites
        own = _Group([offer], [(offer, item) for item in config[unites]] if unites is not None else [])
        remote = manifests[offer.adapter].is_remote(config)
        mark: object = (offer.adapter, unites, remote, repr(own.rest)) if unites is not None else id(offer)
        group = groups.setdefault(mark, own)
        if group is not own:
            group.offers.append(offer)
            group.items += [one for one in own.items if one[1] not in [item for _, item in group.items]]
    return groups.values()


class _Planner:
    def __init__(
        self, settings: Settings, manifests: Mapping[str, Manifest], file: Path, locked: Locked
    ) -> None:
        self.settings = settings
        self.manifests = manifests
        self.file = file
        self.locked = locked
        self.taken = set(settings.sources)
        self.titles = {source.title.casefold() for source in settings.sources.values()}

    def change(self, group: _Group, name: str | None) -> Change:
        """What becomes of a group; ``name``, if it is a new source."""
        first, key = group.offers[0], group.unites
        offers = tuple(group.offers)
        mine = [source for source in self.settings.sources.values() if source.adapter == first.adapter]
        if key is None:
            there = next((source for source in mine if _is_there(source, first)), None)
            if there is not None:
                return _of(there, "there", offers, {})
            return self._new(offers, first.proposal.config, name)
        known = {source.name: _places_in(source.config.get(key), source.file.parent) for source in mine}
        every = set().union(*known.values())
        new = [item for offer, item in group.items if not _places_of(offer, item) & every]
        if not new:
            places = set().union(*(_places_of(offer, item) for offer, item in group.items))
            return _of(next(s for s in mine if known[s.name] & places), "there", offers, {})
        grows = next((source for source in mine if name is None and self._may_grow(source, group)), None)
        if grows is not None:
            return _of(grows, "grown", offers, {key: new})
        return self._new(offers, {**first.proposal.config, key: new}, name)

    def _may_grow(self, source: Source, group: _Group) -> bool:
        """Only where the list itself stands in the file to be written: from another layer it would
        have to be copied, and its relative paths would begin elsewhere."""
        key = group.unites or ""
        dotted = f"sources.{source.name}.{key}"
        manifest = self.manifests[source.adapter]
        return (
            isinstance(source.config.get(key), list)
            and self.settings.origins.get(dotted) == str(self.file)
            and self.locked(dotted) is None
            and all(source.config.get(name) == value for name, value in group.rest.items())
            and manifest.is_remote(source.config) == manifest.is_remote(group.offers[0].proposal.config)
        )

    def _new(self, offers: tuple[Offer, ...], config: Mapping[str, Any], name: str | None) -> Change:
        first = offers[0]
        unique = self._name(name or first.proposal.name)
        return Change("new", unique, self._title(first), first.adapter, offers, config)

    # -- names --

    def _name(self, wanted: str) -> str:
        words = _NOT_A_NAME.sub("_", fold(wanted)).strip("_")[:_LONGEST_NAME].strip("_")
        base = words if words[:1].isalpha() else f"source_{words}".strip("_")[:_LONGEST_NAME].strip("_")
        names = chain((base,), (f"{base}_{number}" for number in count(2)))
        return next(one for one in names if one not in self.taken and self.locked(f"sources.{one}") is None)

    def _title(self, offer: Offer) -> str:
        title = offer.proposal.title or offer.proposal.name.upper()
        titles = chain((title,), (f"{title} {number}" for number in count(2)))
        return next(one for one in titles if one.casefold() not in self.titles)


def _of(
    source: Source, kind: Literal["grown", "there"], offers: tuple[Offer, ...], config: Mapping[str, Any]
) -> Change:
    return Change(kind, source.name, source.title, source.adapter, offers, config)


def _is_there(source: Source, offer: Offer) -> bool:
    """Whether the source reads the same place, and of several things there the same one; as whatever a
    choice has led to."""
    others = (one for choice in offer.proposal.choices for one in choice.leads_to.values())
    return any(_reads(source, offer, one) for one in (offer.proposal, *others))


def _reads(source: Source, offer: Offer, proposal: Proposal) -> bool:
    there, folder = dict(flat(source.config)), source.file.parent
    proposed = dict(flat(proposal.config))
    places = [key for key, value in proposed.items() if _is_place(value, offer)] or [*proposed]
    return all(
        key in there and _normal(there[key], folder) == _normal(proposed[key], folder) for key in places
    ) and all(there.get(key) == proposed.get(key) for key in offer.parts)


def _is_place(value: object, offer: Offer) -> bool:
    return isinstance(value, str) and value in (str(offer.place.path), offer.place.url)


def _places_of(offer: Offer, item: object) -> set[str]:
    """Where an item of a new list lies."""
    texts = [text for text in _texts(item) if _is_place(text, offer)] or _texts(item)
    return {_normal(text, Path("/")) for text in texts}


def _places_in(items: object, folder: Path) -> set[str]:
    """Every text of the items of a list that is there: where they lie is among them."""
    listed = items if isinstance(items, list) else []
    return {_looked_up(text, folder) for item in listed for text in _texts(item)}


def _texts(item: object) -> list[str]:
    values = item.values() if isinstance(item, Mapping) else [item]
    return [value for value in values if isinstance(value, str)]


def _normal(value: Any, folder: Path) -> Any:
    """A path in its whole length and an address by https, so that two spellings of one are equal;
    anything else as it is."""
    if not isinstance(value, str):
        return value
    scheme, colon, rest = value.partition("://")
    if colon:
        return f"https://{rest}" if scheme.lower() in ("webcal", "webcals") else value
    try:
        return str((folder / Path(value).expanduser()).resolve())
    except (OSError, RuntimeError, ValueError):
        return value


def _looked_up(value: str, folder: Path) -> str:
    """What a reference to a file refers to, so that a secret that is known is not added once more."""
    if value.startswith("file:"):
        try:
            path = folder / Path(value.removeprefix("file:")).expanduser()
            value = path.read_text(encoding="utf-8")[:4096].strip()
        except (OSError, RuntimeError, ValueError):
            return value
    return str(_normal(value, folder))
