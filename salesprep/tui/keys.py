"""Keys: the bindings of every place, what settings make of them, and what is in force where the user is.

A binding's id is ``PLACE.ACTION``: a place is a screen, ``app`` or ``list``. So one screen can lose a key
that another one keeps. Settings name the action alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from textual.actions import parse
from textual.binding import Binding, BindingType
from textual.keys import REPLACED_KEYS, format_key, key_to_character

from salesprep import words
from salesprep.adapter.words import _, in_english, joined
from salesprep.tui.actions import ACTIONS, APP, LIST, SCREENS, Action

if TYPE_CHECKING:
    from textual.app import App
    from textual.dom import DOMNode
    from textual.screen import Screen

_NO_KEY = "<none>"
"""Nothing that a keyboard sends: Textual takes no empty entry as "no key"."""
_BY_BINDING: Mapping[str, tuple[int, Action]] = {
    action.at(place): (order, action) for order, action in enumerate(ACTIONS) for place in action.places
}


def bindings_for(place: str) -> list[BindingType]:
    """The bindings of a place, one for each key: for the ``BINDINGS`` of a class.

    ``app`` is the app's; what is in force wherever the cursor is in lines is the ``list``'s.
    """
    return [
        Binding(
            textual_key(key),
            action.does or action.id,
            action.label,
            show=bool(action.rank),
            key_display=shown(textual_key(key)),
            tooltip=action.tip,
            id=action.at(place),
        )
        for action in ACTIONS
        if place in action.places
        for key in action.keys
    ]


# -- keys -----------------------------------------------------------------------------------------

_NAMES: Mapping[str, str] = {
    "enter": "enter",
    "escape": "esc",
    "space": _("space"),
    "backspace": "backspace",
    "pageup": "page up",
    "pagedown": "page down",
}
"""As they are printed on keys; of the others Textual knows it."""


@lru_cache(maxsize=256)
def textual_key(key: str) -> str:
    """A key of the settings as Textual calls it: ``?`` is ``question_mark``."""
    before, plus, base = key[:-1].rpartition("+")  # the last character may be a plus itself
    (binding,) = Binding.make_bindings([Binding(base + key[-1], "")])
    return f"{before}{plus}{binding.key}"


def shown(key: str) -> str:
    """A key of Textual's as people read it: ``question_mark`` is ``?``, ``ctrl+q`` stays."""
    *modifiers, base = key.split("+")
    name = _NAMES.get(base) or format_key(base)
    return joined((*modifiers, name), "+") if modifiers else name


# -- what settings change -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Remapped:
    """What settings make of the keys."""

    keymap: Mapping[str, str]
    """For ``App.set_keymap``: the bindings that have other keys than they were made with."""
    clashes: tuple[str, ...]
    """A sentence for each key that two actions of one screen would have."""


def keymap(given: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """For ``App.set_keymap``, from the keys of settings (action to keys)."""
    return dict(remapped(given).keymap)


def clashes(given: Mapping[str, Iterable[str]]) -> list[str]:
    """Which keys settings give to an action although another one of the same screen has them."""
    return list(remapped(given).clashes)


def remapped(given: Mapping[str, Iterable[str]]) -> Remapped:
    """The keys of settings laid over those that actions have by themselves.

    Where a key would then have two actions on one screen, the one that settings name has it, and of two
    of these the one named last; the other keeps its further keys. On other screens it keeps them all.
    """
    rank = {action: number for number, action in enumerate(given, 1)}
    wanted = {action: tuple(map(textual_key, given.get(action.id, action.keys))) for action in ACTIONS}
    lost: dict[str, set[str]] = {}
    found: dict[tuple[str, str, str], list[str]] = {}
    for screen in SCREENS:
        for key, claims in _claims(screen, wanted).items():
            place, winner = max(claims, key=lambda claim: rank.get(claim[1].id, 0))
            for where, loser in claims:
                if loser.id == winner.id:
                    continue
                found.setdefault((key, winner.id, loser.id), []).append(screen)
                # What the app does is asked for last, so that the others hide it where they are.
                if where != APP or place == APP:
                    lost.setdefault(loser.at(where), set()).add(key)
    keys = {
        binding: tuple(key for key in wanted[action] if key not in lost.get(binding, ()))
        for binding, (_order, action) in _BY_BINDING.items()
    }
    return Remapped(
        {
            binding: ",".join(keys[binding]) or f"{_NO_KEY}{binding}"
            for binding, (_order, action) in _BY_BINDING.items()
            if action.id in rank or binding in lost
        },
        tuple(_clash(*clash, screens, keys) for clash, screens in found.items()),
    )


def key_names(given: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Each action's first key as people read it, for sentences that name one; none that has lost them all."""
    wanted = {action.id: next(iter(given.get(action.id, action.keys)), "") for action in reversed(ACTIONS)}
    return {action: str(shown(textual_key(key))) for action, key in wanted.items() if key}


def _claims(screen: str, wanted: Mapping[Action, tuple[str, ...]]) -> dict[str, list[tuple[str, Action]]]:
    """Per key who wants it on ``screen``, and from which place, if these are several."""
    claims: dict[str, list[tuple[str, Action]]] = {}
    for action, keys in wanted.items():
        for place in (each for each in (screen, APP, LIST) if each in action.places):
            for key in keys:
                claims.setdefault(key, []).append((place, action))
    return {key: some for key, some in claims.items() if len({action.id for _place, action in some}) > 1}


def _clash(key: str, winner: str, loser: str, screens: list[str], keys: Mapping[str, tuple[str, ...]]) -> str:
    where = joined((SCREENS[screen] for screen in screens), ", ")
    if len(screens) == len(SCREENS):
        where = _("every screen")
    left = dict.fromkeys(
        one for place in (*screens, LIST, APP) for one in keys.get(f"{place}.{loser}", ()) if one != key
    )
    values = {"key": shown(key), "winner": winner, "loser": loser, "screens": where}
    if left:
        kept = joined(map(shown, left), ", ")
        return _("{key} is {winner} and not {loser} on {screens}; {loser} keeps {kept}", kept=kept, **values)
    return _(
        "{key} is {winner} and not {loser} on {screens}; {loser} has no key left there, the help runs it",
        **values,
    )


# -- what is in force -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InForce:
    """An action that can be done where the user is."""

    action: Action
    keys: tuple[str, ...]
    """As Textual calls them; none: settings took them away, or what is typed goes elsewhere."""
    node: DOMNode
    """What does it."""
    enabled: bool

    async def run(self) -> None:
        """Do it, unless what does it was left meanwhile."""
        app = self.node.app
        if not {app, *app.screen_stack}.isdisjoint(self.node.ancestors_with_self):
            await app.run_action(self.action.does or self.action.id, self.node)


def in_force(screen: Screen[Any]) -> list[InForce]:
    """What can be done on ``screen`` with the focus where it is, in the order of :data:`ACTIONS`.

    Left out is what a screen does not do, or says in ``check_action`` that it cannot do now.
    """
    keys = _keys(screen)
    there: dict[str, tuple[int, InForce]] = {}
    for node in _nodes(screen):
        for binding in _bound(type(node)):
            order, action = _BY_BINDING[binding]
            state = _state(node, action)
            if state is False:
                continue
            order, one = there.get(action.id, (order, InForce(action, (), node, bool(state))))
            there[action.id] = (order, replace(one, keys=(*one.keys, *keys.get(binding, ()))))
    return [one for _order, one in sorted(there.values(), key=itemgetter(0))]


def _keys(screen: Screen[Any]) -> dict[str, list[str]]:
    """Per binding the keys that do it now, not those that would be typed into a line."""
    focused = screen.focused
    keys: dict[str, list[str]] = {}
    for key, active in screen.active_bindings.items():
        typed = (
            focused is not None
            and focused is not active.node
            and focused.check_consume_key(key, key_to_character(REPLACED_KEYS.get(key, key)))
        )
        if active.binding.id is not None and not typed and not key.startswith(_NO_KEY):
            keys.setdefault(active.binding.id, []).append(key)
    return keys


def _nodes(screen: Screen[Any]) -> Iterator[DOMNode]:
    """Those that keys are offered to, first to last. Not by ``active_bindings``, which leaves out what is
    typed into a line: that can still be done with the mouse."""
    focused = screen.focused
    for node in focused.ancestors_with_self if focused is not None else (screen, screen.app):
        yield node
        if node.is_modal:
            break


@lru_cache(maxsize=64)
def _bound(node: type[DOMNode]) -> tuple[str, ...]:
    """The bindings of a class that are ours."""
    bindings = (each for base in node.__mro__ for each in vars(base).get("BINDINGS", ()))
    ids = dict.fromkeys(each.id or "" for each in bindings if isinstance(each, Binding))
    return tuple(each for each in ids if each in _BY_BINDING)


def _state(node: DOMNode, action: Action) -> bool | None:
    """Whether ``node`` does it now; ``None``: at another time."""
    where, name, values = parse(action.does or action.id)
    does = node.app if where == "app" else node
    if not (hasattr(does, f"action_{name}") or hasattr(does, f"_action_{name}")):
        return False
    return does.check_action(name, values)


def runs(actions: Iterable[InForce]) -> list[tuple[InForce, ...]]:
    """``actions``, those together that are told together."""
    grouped = groupby(actions, key=lambda one: one.action.run or one.action.id)
    return [tuple(run) for _name, run in grouped]


def said(app: App[Any], sentence: str, **values: object) -> str:
    """``sentence`` in the language of the app's user."""
    us = getattr(app, "us", None)
    return words.say(sentence, values, us.language if us is not None else "en", in_english)
