"""A person's name read into its parts: given names, particles, family names, generation. Pure.

What is read is for comparing; what is shown stays as the source writes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from salesprep.adapter.names import fold
from salesprep.briefing.persons.nicknames import is_given
from salesprep.briefing.persons.spelling import plain

_PARTICLES_WORDS = """
    af auf aus av d da dal dalla das de degli dei del dela della dem den der des di do dos du el het
    la las le les lo los onder op over s t te ten ter tho thoe tot uijt uit van vande vanden vander vd
    vom von vor zu zum zur фон де ван дер ден ди
"""
PARTICLES = frozenset(_PARTICLES_WORDS.split())
"""Words that stand before a family name and belong to it, folded."""
_SHORT = {
    "vd": frozenset(("van de", "van den", "van der")),
    "v d": frozenset(("van de", "van den", "van der")),
    "v": frozenset(("van", "von")),
    "d": frozenset(("de", "den", "du")),
    "van d": frozenset(("van de", "van den", "van der")),
    "vande": frozenset(("van de",)),
    "vanden": frozenset(("van den",)),
    "vander": frozenset(("van der",)),
}
"""Particles as they are shortened, and what they may stand for."""
_TITLES_WORDS = """
    ba baccalaureus bba bc beng bsc dhr dipl dhg dr drs frau herr heer hr ing ir jhr jkvr kom kyria
    kyrios lic llb llm ma madame mag mba med meester mevrouw mevr miss mister mlle mme monsieur mphil
    mr mrs ms msc mw phd pr prof professor ra rer rc sir univ nat oec phil jur iur hc δρ καθ κος κυρία
    д др р проф
"""
_TITLES = frozenset(_TITLES_WORDS.split())
"""Titles, degrees and forms of address, folded: they name nobody."""
_ALSO_A_NAME = frozenset(("ma", "med", "mag", "nat", "ing", "ra", "kom", "pr", "jur", "rc", "dr"))
"""Taken for a title only with a point, or in capitals after the name."""
_JUNIOR = frozenset(("jr", "junior", "jnr", "fils", "zoon", "jun"))
_SENIOR = frozenset(("sr", "senior", "snr", "pere", "sen"))
_ROMAN = {"ii": "2", "iii": "3", "iv": "4"}
_BORN = re.compile(
    r"[(,]?\s*\b(?:geb\.?|geboren|geborene|née?|nee|born|roz[ée]n\w*|урожд\.?|το γένος)(?:\s+|$)", re.I
)
_BRACKETS = re.compile(r"\(([^()]*)\)|\"([^\"]*)\"|“([^”]*)”")
_INITIALS = re.compile(r"^(?:[^\W\d_]{1,2}\.[- ]?)+(?:[^\W\d_]\.?)?$|^[^\W\d_]$")
_RUN = re.compile(r"^[^\W\d_a-zà-ÿα-ωа-я]{2,3}$")
_HYPHEN = re.compile(r"\s*[-‐‑–—/]\s*")
_ELISION = re.compile(r"\b([dDlLtTsS])['’]\s*")
_APART = re.compile(r"\s+[-‐‑–—/]\s+|\s+-|-\s+")
_SYLLABLES = "\u2e80"
"""From here on one letter is a syllable or a word: Chinese, Japanese, Korean."""
_MOST = 12
"""Words; a longer text is no name."""


@dataclass(frozen=True, slots=True)
class Given:
    """One given name; ``joined`` if a hyphen ties it to the one before it."""

    text: str
    """As written, without points; one letter where it is an initial."""
    joined: bool = False

    @property
    def is_initial(self) -> bool:
        """Nothing but its first letter is known."""
        return len(self.text) == 1 and self.text < _SYLLABLES


@dataclass(frozen=True, slots=True)
class Family:
    """One family name and what stands before it: ``van der`` ``Berg``."""

    text: str
    """As written, without its particles."""
    particle: str = ""
    """Folded."""

    @property
    def together(self) -> str:
        """In one word, as some write it."""
        return plain(self.particle + self.text).replace(" ", "")


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of one name. Any may be empty."""

    given: tuple[Given, ...] = ()
    families: tuple[Family, ...] = ()
    """More than one where names are joined by marriage."""
    born: tuple[Family, ...] = ()
    """Told as the name at birth."""
    called: str | None = None
    """A call name that stands in brackets or quotes."""
    generation: str = ""
    """``jr``, ``sr`` or a number."""
    order_told: bool = False
    """A comma or capitals say which is the family name."""


def particles_fit(one: str, other: str) -> bool:
    """Whether two (folded) particles may be one written differently; none at all is told by nobody."""
    return bool(_expanded(one) & _expanded(other))


def _expanded(particle: str) -> frozenset[str]:
    return _SHORT.get(particle, frozenset((particle,)))


@lru_cache(maxsize=16384)
def read(text: str) -> Name:
    """The parts of a name as written: ``"Smit-de Vries, ir. A. (Anna)"``; never raises."""
    text = _APART.sub("-", " ".join(text.split()))
    text, born = _birth(text)
    called, text = _call_name(text)
    words, generation, comma = _words(text)
    if not words or len(words) > _MOST:
        return Name(born=born, called=called, generation=generation)
    if comma is not None:
        family, given, told = words[:comma], words[comma:], True
        # "Berg, Jan van der": the particle belongs to what stands before the comma.
        tail: list[str] = []
        while len(given) > 1 and (_is_particle(given[-1]) or _opens_family(given[-1])):
            tail.insert(0, given.pop())
        family = [*tail, *family]
    else:
        given, family, told = _in_order(words)
    return Name(_given(given), _families(family), born, called, generation, told)


def turned(name: Name) -> Name | None:
    """The name read the other way round, where it has two plain words and nothing tells their order."""
    if name.order_told or len(name.given) != 1 or len(name.families) != 1 or name.given[0].is_initial:
        return None
    family, given = name.families[0], name.given[0]
    if family.particle or " " in family.text or given.joined:
        return None
    return Name((Given(family.text),), (Family(given.text),), name.born, None, name.generation)


def _birth(text: str) -> tuple[str, tuple[Family, ...]]:
    found = _BORN.search(text)
    if found is None or not found.start():
        return text, ()
    rest = text[found.end() :].strip(" ),")
    return text[: found.start()].strip(" (,"), _families(rest.split()) if rest else ()


def _call_name(text: str) -> tuple[str | None, str]:
    found = _BRACKETS.search(text)
    if found is None:
        return None, text
    called = next((part.strip() for part in found.groups() if part and part.strip()), None)
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    plain = called is not None and len(called.split()) == 1 and called.isalpha()
    return (called if plain else None), " ".join(rest.split())


def _words(text: str) -> tuple[list[str], str, int | None]:
    """The words that name somebody, the generation, and how many stood before a comma."""
    kept: list[str] = []
    generation, comma = "", None
    parts = text.split(",")
    for at, part in enumerate(parts):
        before = len(kept)
        for word in part.split():
            bare = fold(word)
            if not bare:
                continue
            if found := _generation(bare, word, first=not kept):
                generation = generation or found
            elif not _is_title(word, bare, first=not kept):
                kept.append(word)
        if at and comma is None and before and len(kept) > before:
            comma = before
    if comma is not None and all(_is_initial(word) for word in kept[:comma]):
        comma = None
    return kept, generation, comma


def _generation(bare: str, word: str, *, first: bool) -> str:
    if first:
        return ""
    if bare in _JUNIOR:
        return "jr"
    if bare in _SENIOR:
        return "sr"
    return _ROMAN.get(bare, "") if word.isupper() else ""


def _is_title(word: str, bare: str, *, first: bool) -> bool:
    if bare.replace(" ", "") in ("phd", "msc", "bsc", "mba", "ba"):
        return True
    pieces = bare.split()
    if not all(piece in _TITLES for piece in pieces):
        return False
    return not all(piece in _ALSO_A_NAME for piece in pieces) or "." in word or (word.isupper() and not first)


def _is_initial(word: str) -> bool:
    return bool(_INITIALS.match(word))


def _in_order(words: list[str]) -> tuple[list[str], list[str], bool]:
    """Given names first, unless capitals tell the family name."""
    shouting = [len(word) > 1 and word.isupper() and "." not in word for word in words]
    if any(shouting[1:]) or (shouting[0] and len(words) > 1 and not _RUN.match(words[0])):
        family = [w for w, loud in zip(words, shouting, strict=True) if loud or fold(w) in PARTICLES]
        given = [w for w in words if w not in family]
        if given and len(family) > sum(map(_is_particle, family)):
            return given, family, True
    if len(words) == 1:
        return [], words, False
    if _is_initial(words[-1]) and not _is_initial(words[0]):
        start = next(at for at in range(len(words)) if all(map(_is_initial, words[at:])))
        return words[start:], words[:start], True  # "Smit J.P."
    if _is_particle(words[0]):
        swapped = len(words) > 2 and is_given(words[-1])  # "van der Berg Jan"
        return (words[-1:], words[:-1], True) if swapped else ([], words, False)
    for at in range(1, len(words)):
        if _is_particle(words[at]) or _opens_family(words[at]):
            return words[:at], words[at:], False
    return words[:-1], words[-1:], False


def _is_particle(word: str) -> bool:
    return fold(word) in PARTICLES and not _is_initial(word)


def _opens_family(word: str) -> bool:
    """``Smit-de`` opens ``Smit-de Vries``; ``v.d.`` opens ``v.d. Berg``."""
    *first, last = _HYPHEN.split(word)
    return bool(first and fold(last) in PARTICLES) or (
        word.islower() and fold(word).replace(" ", "") in _SHORT
    )


def _given(words: list[str]) -> tuple[Given, ...]:
    found: list[Given] = []
    for word in words:
        if _is_initial(word) or (_RUN.match(word) and word.isupper() and not is_given(word)):
            letters = [c for c in word if c.isalpha()]
            hyphened = "-" in word
            # "Th." and "Chr." are one initial, "J.P." are two.
            pieces = [p for p in re.split(r"[.\-\s]+", word) if p]
            letters = [p[0] for p in pieces] if len(pieces) > 1 or "." in word else letters
            found += [Given(c.casefold(), joined=hyphened and n > 0) for n, c in enumerate(letters)]
            continue
        pieces = [p.strip(".'’") for p in _HYPHEN.split(word) if p.strip(".'’")]
        found += [Given(p, joined=n > 0) for n, p in enumerate(pieces)]
    return tuple(found)


def _families(words: list[str]) -> tuple[Family, ...]:
    """``Smit-de Vries`` → ``Smit`` and ``de Vries``; ``García López`` stays two words of one name."""
    found: list[Family] = []
    for half in _HYPHEN.split(" ".join(words)):
        rest = _ELISION.sub(r"\1 ", half).split()
        particle: list[str] = []
        while len(rest) > 1 and (fold(rest[0]) in PARTICLES or fold(rest[0]).replace(" ", "") in _SHORT):
            particle.append(fold(rest.pop(0)))
        text = " ".join(rest).strip(" .,")
        if fold(text):
            found.append(Family(text, " ".join(particle)))
    return tuple(found)
