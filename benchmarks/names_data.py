"""A million names of organisations that sound like real ones, and how people write one of them.

Made from lists of real names by crossing them, or from a few words where there are no lists; the same in
every run.
"""

from __future__ import annotations

import csv
import gzip
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

LISTS = {
    Path("companies/name_website_city.csv.gz"): "name",
    Path("companies/gleif/gleif_100k.csv.gz"): "legal_name",
}
"""Lists of real names beneath ``--data``, and the column that they stand in."""

_SEED = 20261123
_FORMS = ("B.V.", "N.V.", "GmbH", "AG", "Ltd", "Limited", "Inc.", "LLC", "S.A.", "SARL", "S.p.A.", "AB")
_SYLLABLES = (
    *("ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "ze", "ho", "ja", "wi"),
    *("fen", "gor", "lan", "mar", "ster", "berg", "dijk", "veld"),
)
_TRADES = (
    *("bouw", "machinebouw", "transport", "installaties", "techniek", "logistics", "holding", "group"),
    *("beheer", "systems", "pompen", "metaal", "consulting", "trading", "energy", "foods"),
)
_ADDED = ("group", "holding", "international", "europe", "services", "nederland")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def missing(folder: Path) -> list[Path]:
    """The lists that are not in ``folder``."""
    return [file for name in LISTS if not (file := folder / name).is_file()]


def names(count: int, folder: Path | None) -> list[str]:
    """So many different names: those of the lists in ``folder``, then crossings of them.

    Raises:
        OSError: a list cannot be read.
        KeyError: it lacks its column.
    """
    chance = random.Random(_SEED)
    real = list(dict.fromkeys(_listed(folder) if folder is not None else _made_up(count // 8, chance)))
    found = dict.fromkeys(real[:count])
    while len(found) < count:
        found.setdefault(_crossed(chance.choice(real).split(), chance.choice(real).split(), chance))
    return list(found)


def _listed(folder: Path) -> Iterator[str]:
    for name, column in LISTS.items():
        with gzip.open(folder / name, "rt", encoding="utf-8", newline="") as stream:
            yield from (" ".join(row[column].split()) for row in csv.DictReader(stream) if row[column])


def _made_up(count: int, chance: random.Random) -> Iterator[str]:
    for _ in range(max(count, 1)):
        word = "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize()
        yield f"{word} {chance.choice(_TRADES).capitalize()} {chance.choice(_FORMS)}"


def _crossed(one: Sequence[str], other: Sequence[str], chance: random.Random) -> str:
    """The beginning of one name and the end of another, so that common words stay common."""
    head = one[: chance.randint(1, max(1, len(one) - 1))]
    tail = other[chance.randint(1, max(1, len(other) - 1)) :]
    return " ".join((*head, *tail))


# -- how people write a name -----------------------------------------------------------------------


def _as_it_is(words: list[str], _chance: random.Random) -> list[str]:
    return words


def _other_form(words: list[str], chance: random.Random) -> list[str]:
    return [*(words[:-1] if len(words) > 2 else words), chance.choice(_FORMS)]


def _word_added(words: list[str], chance: random.Random) -> list[str]:
    return [*words, chance.choice(_ADDED)]


def _word_left_out(words: list[str], chance: random.Random) -> list[str]:
    if len(words) < 3:
        return words
    out = chance.randint(1, len(words) - 1)
    return words[:out] + words[out + 1 :]


def _glued(words: list[str], chance: random.Random) -> list[str]:
    if len(words) < 2:
        return words
    at = chance.randint(0, len(words) - 2)
    return [*words[:at], words[at] + words[at + 1], *words[at + 2 :]]


def _split(words: list[str], _chance: random.Random) -> list[str]:
    at = max(range(len(words)), key=lambda n: len(words[n]))
    word = words[at]
    if len(word) < 6:
        return words
    middle = len(word) // 2
    return [*words[:at], word[:middle], word[middle:], *words[at + 1 :]]


def _swapped(words: list[str], chance: random.Random) -> list[str]:
    if len(words) < 3:
        return words
    at = chance.randint(0, len(words) - 2)
    return [*words[:at], words[at + 1], words[at], *words[at + 2 :]]


def _one_letter(words: list[str], chance: random.Random) -> list[str]:
    at = max(range(len(words)), key=lambda n: len(words[n]))
    word = words[at]
    place, letter = chance.randrange(len(word)), chance.choice(_LETTERS)
    before, after = word[:place], word[place + 1 :]
    wrong = chance.choice((before + after, before + letter + word[place] + after, before + letter + after))
    return [*words[:at], wrong or word, *words[at + 1 :]]


def _two_letters(words: list[str], chance: random.Random) -> list[str]:
    return _one_letter(_one_letter(words, chance), chance)


def _shouted(words: list[str], _chance: random.Random) -> list[str]:
    return [word.upper().replace(".", "").replace("-", " ") for word in words]


WRITTEN: Mapping[str, Callable[[list[str], random.Random], list[str]]] = {
    "as it is": _as_it_is,
    "in capitals, without points": _shouted,
    "another legal form": _other_form,
    "a word added": _word_added,
    "a word left out": _word_left_out,
    "two words glued": _glued,
    "a word split": _split,
    "two words swapped": _swapped,
    "one wrong letter": _one_letter,
    "two wrong letters": _two_letters,
}


def spellings(held: Sequence[str], count: int) -> list[tuple[str, str, int]]:
    """``count`` look-ups: what differs, how the name is written, and the place of the one that is meant.

    Names of one word are among them as often as they are in ``held``.
    """
    chance = random.Random(_SEED + 1)
    ways = list(WRITTEN.items())
    found = []
    for n in range(count):
        way, write = ways[n % len(ways)]
        place = chance.randrange(len(held))
        found.append((way, " ".join(write(held[place].split(), chance)), place))
    return found
