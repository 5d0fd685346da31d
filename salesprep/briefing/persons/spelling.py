"""One word of a name in all the spellings that people give it: accents, umlauts, other alphabets. Pure.

Other alphabets are read by ``anyascii``. It knows one way to write each letter, where Greek and Cyrillic
names come in several (Sergey, Sergej, Serguei): :func:`sounds` sees through those.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from salesprep.adapter.names import fold

_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "þ": "th", "ð": "dh"}
)
"""How they are written by those who have no such key; without it they lose their points instead."""
_SPELLED_BY_EAR = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN")
"""Alphabets that write vowels: letter by letter a name stays one that can be compared."""
_IS_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_GREEK_VOWELS = (("ου", "ou"), ("αυ", "av"), ("ευ", "ev"), ("γγ", "ng"))
_PLAIN = re.compile(r"[^a-z0-9]+")

_Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*pairs: tuple[str, str]) -> _Rules:
    return tuple((re.compile(pattern), sound) for pattern, sound in pairs)


# What romanisations of Greek (ELOT 743, as in passports, by ear) and Cyrillic (ISO 9, BGN/PCGN, German,
# French, Dutch) do differently, in this order; nothing in here is a word. anyascii writes one of each line.
_CLUSTERS = _rules(
    (r"schtsch|chtch|stsj|shch|sjtsj|shh", "S"),
    (r"tsch|tch|tsj", "C"),
    (r"sch|sj|sh", "s"),
    (r"zh|zj|dj", "z"),
    (r"ph", "f"),
    (r"th", "t"),
    (r"kh", "k"),
)
_READ_AS: tuple[_Rules, ...] = (
    _rules((r"ch", "k")),  # in Greek, German and Dutch
    _rules((r"ch", "C")),  # in English
    _rules((r"ch", "s"), (r"j", "z")),  # in French
)
_SOUNDS = _rules(
    (r"h", "k"),
    (r"gu(?=[ei])", "g"),
    (r"ou|oy|oe", "u"),
    (r"[ae]+[iyj]$|(?<=[^e])u[iyj]$", "i"),
    (r"([ae])u(?=[ktpsfxbdgzlmnrvaeiou])", r"\1v"),
    (r"([ae])f(?=[ktpsfx])", r"\1v"),
    (r"^mp|(?<=[^aeiou])mp|(?<=mpa)mp", "b"),
    (r"^nt", "d"),
    (r"g[gk]|ng", "g"),
    (r"x", "ks"),
    (r"ts|tz", "z"),
    (r"w|ff?$|f(?=f)", "v"),
    (r"[cq]", "k"),
    (r"[iyj]?[eo]v$", "v"),
    (r"ai|ei|oi|ui|[yij]+", "i"),
    (r"i(?=[aeou])|i+$", ""),
    (r"[sz]", "z"),
    (r"ae?", "a"),
)
_TWICE = re.compile(r"(.)\1+")


def is_latin(text: str) -> bool:
    """Whether all its letters are Latin ones."""
    return text.isascii() or all(unicodedata.name(c, "").startswith("LATIN") for c in text if c.isalpha())


def is_comparable(text: str) -> bool:
    """Whether its letters stand for sounds one by one: no script without vowels, none of whole words."""
    return text.isascii() or all(
        unicodedata.name(c, "").startswith(_SPELLED_BY_EAR) for c in text if c.isalpha()
    )


@lru_cache(maxsize=16384)
def latin(text: str) -> str:
    """The text folded, in Latin letters: ``"Γιώργος"`` → ``"giorgos"``, ``"Müller"`` → ``"muller"``."""
    text = unicodedata.normalize("NFKC", text)
    if not is_latin(text):
        text = _anyascii(_greek(text))
    folded = fold(text)
    return folded if folded.isascii() else fold(_anyascii(folded))


def plain(text: str) -> str:
    """As :func:`latin`, but of a script that is not spelled by ear as it is written: in Latin letters many
    names are one (``张`` and ``章``)."""
    return latin(text) if is_comparable(text) else fold(text)


def _anyascii(text: str) -> str:
    # Late: only names in other alphabets need it.
    from anyascii import anyascii

    return anyascii(text).replace("'", "").replace("`", "")


def _greek(text: str) -> str:
    """With those Greek vowels that two letters stand for in Latin ones; anyascii goes letter by letter."""
    if not _IS_GREEK.search(text):
        return text
    bare = unicodedata.normalize("NFD", text).replace("\u0301", "")
    for letters, vowel in _GREEK_VOWELS:
        bare = bare.replace(letters, vowel).replace(letters.capitalize(), vowel.capitalize())
        bare = bare.replace(letters.upper(), vowel.upper())
    return unicodedata.normalize("NFC", bare)


@lru_cache(maxsize=16384)
def spellings(word: str) -> frozenset[str]:
    """How a word of a name may be written without accents: ``"Müller"`` → ``muller``, ``mueller``.

    ``"Mueller"`` stays itself alone, so that it meets ``Müller`` and not ``Muller``.
    """
    plain = latin(word)
    lower = unicodedata.normalize("NFC", word).casefold()
    spelled = lower.translate(_UMLAUTS)
    return frozenset((plain,)) if spelled == lower else frozenset((plain, latin(spelled)))


@lru_cache(maxsize=16384)
def sounds(word: str) -> frozenset[str]:
    """What is left of a word where romanisations agree: those of ``"Щербаков"``, ``"Schtscherbakow"`` and
    ``"Shcherbakov"`` meet. Comparable with other sounds only; nothing to show."""
    every: set[str] = set()
    for told in {word, word.replace("ё", "йо").replace("Ё", "Йо")}:  # it is written without its points too
        plain = _applied(_CLUSTERS, _PLAIN.sub("", latin(told)))
        every |= {
            _applied(rules, plain) for rules in (_READ_AS if "ch" in plain or "j" in plain else _READ_AS[:1])
        }
    return frozenset(_TWICE.sub(r"\1", _applied(_SOUNDS, each)) for each in every)


def _applied(rules: _Rules, text: str) -> str:
    for pattern, written in rules:
        text = pattern.sub(written, text)
    return text
