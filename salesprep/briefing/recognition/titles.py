"""Words of a meeting's title: does it name an organisation, and which words may be a name at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from salesprep.adapter.names import fold, fold_organisation, legal_form

_WORDS = """
    a aan afspraak an and at bei besuch bezoek bij call chez client coffee customer de demo der die een ein
    en et gesprek het in intro jaargesprek kennismaking kick kickoff klant klantbezoek koffie kunde
    kundenbesuch kwartaalbezoek la le les lunch meeting met mit off om on online op over overleg phone
    quarterly rdv rendez review rv teams tel telefoon termin the to und uur van visit visite voor vous with
    yearly zoom zu zum
"""
_ABOUT_VISITS = frozenset(_WORDS.split())
"""Words around a name in a title (English, Dutch, German, French), folded."""

_LONGEST_FORM = 4
"""Words after a name in which its legal form may stand ("GmbH & Co. KG", folded)."""

LOOKUPS = 24
"""So many runs of a title's words are looked up at most."""
_LONGEST_RUN = 5


def stands_in(name: str, title: str) -> bool:
    """Whether the folded organisation name stands in the folded title as whole words."""
    return bool(name) and f" {name} " in f" {title} "


def names_exactly(name: str, title: str, forms: Collection[str], beside: Collection[str] = ()) -> bool:
    """Whether ``title`` gives the whole of ``name`` (folded, without legal form), and nobody else's.

    A name of one word is too often an ordinary word or a family: it counts only if nothing but words
    about visits, or those of ``beside``, stands beside it. A name without any telling word ("AB", "H&M")
    never counts. A legal form after the name must be one of ``forms``, if those are known.
    """
    folded = fold(title)
    # What is no telling word is looked up nowhere, so that a namesake would not be seen either.
    if not stands_in(name, folded) or not telling_words(name):
        return False
    before, _, after = f" {folded} ".partition(f" {name} ")
    rest = after.split()
    for length in range(min(len(rest), _LONGEST_FORM), 0, -1):
        tail = " ".join(rest[:length])
        form = legal_form(f"{name} {tail}")
        if form is not None and fold_organisation(f"{name} {tail}") == name:
            if forms and form not in forms:
                return False
            rest = rest[length:]
            break
    if " " in name:
        return True
    return all(word in _ABOUT_VISITS or word in beside or word.isdigit() for word in [*before.split(), *rest])


def is_about_visits(text: str) -> bool:
    """Whether all words of ``text`` are such as stand around a name in a title."""
    return all(word in _ABOUT_VISITS or word.isdigit() for word in fold(text).split())


_ANDS = ("and", "en", "und", "et", "")


def spells(domain: str, names: Iterable[str], *, whole: bool = False) -> bool:
    """Whether the domain is written from one of the folded ``names``, or from the words it begins with:
    ``vandijk.example`` and (also if from the ``whole``) ``van-dijk-machinebouw.example`` from
    ``"van dijk machinebouw"``."""
    label = fold(domain.partition(".")[0]).replace(" ", "")
    return any(label in _as_one_word(name.split(), sign, whole) for name in names for sign in _ANDS)


def _as_one_word(words: list[str], sign: str, whole: bool) -> set[str]:
    """All words as one, and unless ``whole`` those that they begin with."""
    runs = [words]
    if not whole:
        runs += [run for n in range(1, len(words)) if telling_words(" ".join(run := words[:n]))]
    return {"".join(sign if word == "and" else word for word in run) for run in runs}


def telling_words(text: str) -> tuple[str, ...]:
    """The folded words that may be part of a name: at least three letters, not about visits."""
    return tuple(w for w in fold(text).split() if len(w) > 2 and w not in _ABOUT_VISITS and not w.isdigit())


def possible_names(title: str) -> tuple[str, ...]:
    """Runs of the title's words, as written, that may be an organisation's name.

    A run neither begins nor ends with a word about visits, except for a particle that begins a name
    ("Van Dijk", "De Groene Kas"), and holds at least one telling word. Those that begin with a capital
    come first, the longer before the shorter.
    """
    words = [word for w in title.split() if (word := w.strip(_AROUND_WORDS))]
    runs: list[str] = []
    for length in range(min(len(words), _LONGEST_RUN), 0, -1):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            if _may_begin(run) and fold(run[-1]) not in _ABOUT_VISITS and telling_words(" ".join(run)):
                runs.append(" ".join(run))
    return tuple(sorted(dict.fromkeys(runs), key=lambda run: run[0].islower()))[:LOOKUPS]


_AROUND_WORDS = ",;:()[]\"'“”„-–—/|"
_PARTICLES = frozenset({"de", "der", "die", "het", "la", "le", "les", "the", "van", "zum"})


def _may_begin(run: list[str]) -> bool:
    first = fold(run[0])
    return first not in _ABOUT_VISITS or (first in _PARTICLES and len(run) > 1)


_ARTICLES = frozenset({"das", "de", "der", "die", "het", "la", "le", "les", "the"})


def begins_with(name: str, typed: str) -> bool:
    """Whether ``typed`` stands at the beginning of ``name``, articles aside; both folded.

    Of several words the last may be begun only: ``"van dijk mach"``.
    """
    own, words = _without_article(name), _without_article(typed)
    if not words or len(words) > len(own):
        return False
    *whole, last = words
    beside = own[len(whole)]
    return own[: len(whole)] == whole and (beside == last or (bool(whole) and beside.startswith(last)))


def _without_article(name: str) -> list[str]:
    words = name.split()
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


def contains_words(name: str, words: Iterable[str]) -> bool:
    """Whether each of ``words`` is a word of ``name`` or begins one; both folded."""
    own = name.split()
    return all(any(o.startswith(w) for o in own) for w in words)
