"""What an adapter proposes, checked as outside data is; and its settings changed by the user's choices.

An adapter's words are cleaned for people. Values of its settings stay what they are, since a column is
found by its exact header: whoever shows one cleans it then.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any, get_args

from salesprep.adapter.errors import AdapterBug, ConfigInvalid
from salesprep.adapter.proposal import Choice, Me, Proposal, Sureness
from salesprep.adapter.words import _
from salesprep.setup.model import Offer, Trouble
from salesprep.sources.clean import clean_line, clean_sentence

MOST = 50
"""Proposals of one place."""
LONGEST = 200
"""Letters of what is shown."""
STATED = "legal_basis"
"""The key, or the last part of one, of what only a person can say: by what right people are kept."""
_OURS = frozenset({"adapter", "title", "keep"})
"""Keys of a source that are not its adapter's to give."""
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_DOMAIN = re.compile(r"[^@\s/:.]+(?:\.[^@\s/:.]+)+\Z")
_DEEPEST = 12


def checked(returned: object) -> tuple[Proposal, ...]:
    """The proposals that ``recognise`` returned, with clean words and settings of plain tables.

    Raises:
        AdapterBug: they are not what the contract asks for.
    """
    if not isinstance(returned, tuple) or not all(isinstance(one, Proposal) for one in returned):
        raise AdapterBug("recognise must return a tuple of Proposal")
    if len(returned) > MOST:
        raise AdapterBug(f"recognise returned more than {MOST} proposals")
    return tuple(_checked(one) for one in returned)


def _checked(given: Proposal) -> Proposal:
    if given.sure not in get_args(Sureness):
        raise AdapterBug("a proposal is neither certain nor likely nor possible", field="sure")
    if not isinstance(given.config, Mapping):
        raise AdapterBug("the settings of a proposal are no table", field="config")
    config = {key: _plain(value, f"config.{key}", 0) for key, value in given.config.items()}
    for key in config:
        if not isinstance(key, str) or key in _OURS:
            raise AdapterBug("a proposal gives a key that is not its own", field=f"config.{key}")
    if given.unites is not None and not isinstance(config.get(given.unites), list):
        raise AdapterBug("unites names no list", field="unites")
    return _unstated(
        replace(
            given,
            name=_words(given.name, "name") or "",
            title=_words(given.title, "title") or "",
            what=_words(given.what, "what") or "",
            config=config,
            question=_words(given.question, "question"),
            choices=tuple(_choice(one) for one in given.choices),
            me=_me(given.me),
            notice=_words(given.notice, "notice"),
        )
    )


def _unstated(given: Proposal) -> Proposal:
    """Whatever an adapter guessed of what only a person can say is taken out."""
    for choice in given.choices:
        if is_stated(choice) and choice.value is not None:
            given = with_choice(given, choice, None)
    return given


def _words(value: object, field: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise AdapterBug("words of a proposal are no text", field=field)
    clean = clean_sentence(value, LONGEST)
    return clean if clean == clean.strip() else clean.strip()


def _choice(given: object) -> Choice:
    if not isinstance(given, Choice) or not isinstance(given.key, str) or not given.key:
        raise AdapterBug("a choice of a proposal is none", field="choices")
    values = (*given.options, *(() if given.value is None else (given.value,)))
    if not isinstance(given.options, tuple) or not all(isinstance(value, str) for value in values):
        raise AdapterBug("the options of a choice are no texts", field=f"choices.{given.key}")
    if not isinstance(given.leads_to, Mapping) or not all(map(_is_simple, given.leads_to.values())):
        raise AdapterBug("what a choice leads to is no simple proposal", field=f"choices.{given.key}")
    leads_to = {option: _checked(one) for option, one in given.leads_to.items()}
    return replace(given, label=_words(given.label, "label") or given.key, leads_to=leads_to)


def _is_simple(given: object) -> bool:
    return isinstance(given, Proposal) and not any(
        isinstance(choice, Choice) and choice.leads_to for choice in given.choices
    )


def _me(given: object) -> Me:
    """Of hints only what can stand in settings is kept; a hint is no reason to refuse a proposal."""
    if not isinstance(given, Me):
        raise AdapterBug("me is none", field="me")
    name = _words(given.name, "me.name")
    return Me(name=name or None, emails=_those(_MAIL, given.emails), domains=_those(_DOMAIN, given.domains))


def _those(pattern: re.Pattern[str], given: Iterable[object]) -> tuple[str, ...]:
    texts = (one.strip().lower() for one in given if isinstance(one, str) and clean_line(one) == one)
    return tuple(dict.fromkeys(text for text in texts if pattern.match(text)))


def _plain(value: object, field: str, depth: int) -> Any:
    """``value`` in TOML's own types: dicts and lists of texts, numbers, booleans, dates and times."""
    if depth > _DEEPEST:
        raise AdapterBug("the settings of a proposal are nested too deeply", field=field)
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise AdapterBug("a key of a proposal's settings is no text", field=field)
        return {key: _plain(item, f"{field}.{key}", depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, field, depth + 1) for item in value]
    if isinstance(value, str):
        return str(value)  # an enumeration's member is one too, and TOML does not know it
    if isinstance(value, bool | int | date | time) or (isinstance(value, float) and math.isfinite(value)):
        return value
    raise AdapterBug("the settings of a proposal hold what TOML cannot", field=field)


def flat(config: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Each key that holds no further keys, dotted, with its value."""
    for key, value in config.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def is_stated(choice: Choice) -> bool:
    """Whether a person has to say it: it is asked by itself, and never taken by Enter or ``--yes``."""
    return choice.key.rpartition(".")[2] == STATED


def lacking(proposal: Proposal) -> tuple[Choice, ...]:
    """The choices without which it cannot be set up, and which nobody has made."""
    return tuple(one for one in proposal.choices if one.needed and one.value is None)


def unsaid(offer: Offer) -> Trouble:
    """Why ``offer`` cannot be set up where nobody is asked: the first thing that it is lacking."""
    first = lacking(offer.proposal)[0]
    what = _("nobody has said which column is the {label}", label=first.label)
    mend = _("add it on a terminal, where that is asked")
    if first.leads_to:
        what = _("what is in it is not certain, and nobody has said")
    if is_stated(first):
        what = _("nobody has said by what right the people in it are kept")
        mend = _("say it with --legal-basis WORDS, or add it on a terminal")
    return Trouble(offer.place.shown, ConfigInvalid(what, mend=mend, field=first.key).failure())


def with_statement(proposal: Proposal, words: str) -> Proposal:
    """``proposal`` with ``words`` for all that a person has to say and has not said, whatever a choice leads
    to."""
    for choice in proposal.choices:
        if is_stated(choice) and choice.value is None:
            proposal = with_choice(proposal, choice, words)
    return replace(proposal, choices=tuple(_with_statement(one, words) for one in proposal.choices))


def _with_statement(choice: Choice, words: str) -> Choice:
    led = {option: with_statement(one, words) for option, one in choice.leads_to.items()}
    return replace(choice, leads_to=led)


def with_choice(proposal: Proposal, choice: Choice, value: str | None) -> Proposal:
    """``proposal`` with ``value`` chosen; ``None`` leaves the key out."""
    if value is not None and value in choice.leads_to:
        return choice.leads_to[value]
    *path, last = choice.key.split(".")
    config = _copy(proposal.config)
    table = config
    for part in path:
        below = table.get(part)
        if not isinstance(below, dict):
            below = table[part] = {}
        table = below
    if value is None:
        table.pop(last, None)
    else:
        table[last] = value
    choices = tuple(replace(one, value=value) if one.key == choice.key else one for one in proposal.choices)
    return replace(proposal, config=config, choices=choices)


def _copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copy(item) for key, item in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value
