"""The languages that salesprep speaks: the catalogues, and how a sentence is said from them.

Sentences are marked where they stand (:mod:`salesprep.adapter.words`). Catalogues lie in
``salesprep/locale/LANGUAGE/LC_MESSAGES``; ``make words`` keeps them in step with the code. Once the
settings are read the language that they name counts (:mod:`salesprep.view.words`), else the environment's.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from gettext import NullTranslations, translation
from pathlib import Path
from types import MappingProxyType

DOMAIN = "salesprep"
FOLDER = Path(__file__).parent / "locale"
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""As gettext asks them; the first one that is set counts."""
_AS_WRITTEN = frozenset({"c", "en", "posix"})
"""What is spoken without a catalogue."""

_NONE: Mapping[str, object] = MappingProxyType({})

Write = Callable[[object], object]
"""Writes what is filled into a sentence and is no text: a number, a moment."""


@lru_cache(maxsize=8)
def catalogue(language: str) -> NullTranslations:
    """The sentences in ``language`` (``nl``, ``nl_BE``); English ones if nobody has translated them."""
    return translation(DOMAIN, FOLDER, languages=[language.replace("-", "_")], fallback=True)


def spoken_here(environ: Mapping[str, str] = os.environ) -> str:
    """The environment's language; ``en`` if it names none that there is."""
    return _first_known(next(filter(None, map(environ.get, _VARIABLES)), ""))


@lru_cache(maxsize=8)
def _first_known(named: str) -> str:
    for each in named.split(":"):
        language = each.partition(".")[0].partition("@")[0]
        if language.lower().replace("-", "_").partition("_")[0] in _AS_WRITTEN:
            break
        if language and catalogue(language).info():
            return language
    return "en"


def here(sentence: str, /, **values: object) -> str:
    """``sentence`` in the environment's language: for what is said before settings are read."""
    from salesprep.adapter.words import in_english  # late: all that help needs is a catalogue

    return say(sentence, values, spoken_here(), in_english)


def say(sentence: str, values: Mapping[str, object], language: str, write: Write) -> str:
    """``sentence`` in ``language``; ``values`` fills in the names that it has not filled in itself.

    A text that no catalogue knows stays as it is.
    """
    # Not by its class: all that help needs is a catalogue, and that class brings the contract along.
    forms = getattr(sentence, "forms", None) or (sentence,)
    own: Mapping[str, object] = getattr(sentence, "values", _NONE)
    return _say(forms, {**own, **values} if own else values, language, write)


def count(one: str, many: str, values: Mapping[str, object], language: str, write: Write) -> str:
    """The form for ``values["n"]``."""
    return _say((one, many), values, language, write)


def _say(forms: tuple[str, ...], values: Mapping[str, object], language: str, write: Write) -> str:
    if not forms[0]:
        return ""  # which is what a catalogue calls its own header
    found = catalogue(language)
    if len(forms) == 1:
        form = found.gettext(forms[0])
    else:
        n = values.get("n")
        form = found.ngettext(forms[0], forms[1], n if isinstance(n, int) else 2)
    if not values:
        return form
    return form.format_map({name: _value(value, language, write) for name, value in values.items()})


def _value(value: object, language: str, write: Write) -> object:
    if not isinstance(value, str):
        return write(value)
    return say(value, _NONE, language, write) if hasattr(value, "forms") else value
