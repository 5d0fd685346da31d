"""Which of some names are nearest to the one that is meant. It decides nothing: who the customer is, is
decided elsewhere, and a name too many costs less than the right one too few."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from salesprep.adapter.name_index.blocks import initials_of, may_be_initials
from salesprep.adapter.names import fold, fold_organisation, without_form

LEAST = 70.0
"""Names less alike than this are not the same name in another spelling."""

_LOOKED_AT = 80
"""Names whose legal form is taken off; it takes its time."""
_PARTLY = 0.9
"""What it counts that all words of a name stand in a longer one."""
_TELLING = 6
"""Letters in which a wrong one may stand where they are but the beginning of the other name."""
_BEGUN = 85.0
"""Where it stands in the other from the beginning of a word: people type as much as tells."""
_AS_INITIALS = 80.0
_TIES = 0.01


def asked(names: Iterable[str]) -> tuple[str, ...]:
    """Names as they are looked for: folded, without legal form, each once. What is nothing but a legal form
    is taken whole."""
    bare = (fold_organisation(name) or fold(name) for name in names)
    return tuple(dict.fromkeys(name for name in bare if name))


def nearest(wanted: Sequence[str], names: Sequence[str], most: int) -> list[tuple[float, int]]:
    """Likeness (up to 101) and place of those of ``names``, folded, that are like one of ``wanted``, as
    :func:`asked` gives them; the nearest first."""
    best: dict[int, float] = {}
    for name in wanted:
        for place, likeness in _like(name, names):
            best[place] = max(likeness, best.get(place, 0.0))
    ranked = sorted((-likeness, place) for place, likeness in best.items())
    return [(-likeness, place) for likeness, place in ranked[:most]]


def _like(wanted: str, names: Sequence[str]) -> Iterable[tuple[int, float]]:
    from rapidfuzz import fuzz, process

    joined = wanted.replace(" ", "")
    # With their legal forms still: that tells which of them are worth a closer look.
    cut = len(joined)
    begins = [name.replace(" ", "")[:cut] for name in names]
    by_words = process.extract(wanted, names, scorer=fuzz.token_set_ratio, processor=None, limit=_LOOKED_AT)
    as_one = process.extract(joined, begins, scorer=fuzz.ratio, processor=None, limit=_LOOKED_AT)
    places = {place for found in (by_words, as_one) for _, _, place in found}
    begun = f" {wanted}"
    places.update(place for place, name in enumerate(names) if begun in f" {name}")
    initials, is_initials = initials_of(wanted), may_be_initials(wanted)
    if is_initials:
        places.update(place for place, name in enumerate(names) if initials_of(name).startswith(wanted))
    for place in places:
        whole = names[place]
        bare = without_form(whole)
        alike = fuzz.ratio(joined, bare.replace(" ", ""))
        if bare != whole:
            alike = max(alike, fuzz.ratio(joined, whole.replace(" ", "")))
        likeness = max(
            alike, fuzz.token_sort_ratio(wanted, bare), _PARTLY * fuzz.token_set_ratio(wanted, bare)
        )
        if cut >= _TELLING:
            likeness = max(likeness, _PARTLY * fuzz.ratio(joined, begins[place]))
        if begun in f" {bare}":
            likeness = max(likeness, _BEGUN)
        if bare and (bare == initials or (is_initials and initials_of(bare) == wanted)):
            likeness = max(likeness, _AS_INITIALS)
        if likeness >= LEAST:
            yield place, likeness + _TIES * alike
