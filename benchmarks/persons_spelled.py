"""Pairs whose names are written in two ways: one person, and two who are near."""

from __future__ import annotations

import unicodedata

from benchmarks.persons_made import Maker, Told, swapped
from benchmarks.persons_names import TONGUES


def _foreign(m: Maker) -> tuple[Maker, str]:
    """Whose name is written in another alphabet or without accents, and in which country."""
    code = m.tongue.code
    if code in ("el", "ru"):
        return m, m.rng.choice(("en", "de", "fr", "nl"))
    if m.rng.random() < 0.5:
        return Maker(TONGUES[m.rng.choice((4, 5))], m.rng), code
    return m, code


def transliteration_one(m: Maker) -> list[Told]:
    """One person."""
    who, country = _foreign(m)
    name = f"{who.given()} {who.family()}"
    other = who.romanised(name, country, by_ear=m.rng.random() < 0.5)
    return swapped(m.rng, [Told("a", "crm", name), Told("a", "linkedin", other)])


def transliteration_two(m: Maker) -> list[Told]:
    """Two."""
    who, country = _foreign(m)
    given, family = who.given(), who.family()
    other = m.rng.choice(
        (
            f"{who.given(given)} {family}",
            f"{given} {who.family(family)}",
            f"{given} {_one_letter_on(family, who)}",
            f"{_one_letter_on(given, who)} {family}",
        )
    )
    return swapped(
        m.rng, [Told("a", "crm", f"{given} {family}"), Told("b", "linkedin", who.romanised(other, country))]
    )


def _one_letter_on(word: str, m: Maker) -> str:
    """A neighbour by one letter: ``Müller`` and ``Möller``, ``Петров`` and ``Петрова``."""
    if m.tongue.code == "ru":
        return word + "а" if word[-1] not in "аяьй" else f"{word[:-1]}он"
    if m.tongue.code == "el":
        return word[:-1] + "υ" if word.endswith("ος") else f"{word}λη"
    at = m.rng.choice([n for n, c in enumerate(word) if c.isalpha() and n] or [0])
    swap = {
        "ü": "ö",
        "ö": "ä",
        "ä": "ö",
        "ß": "l",
        "é": "a",
        "è": "o",
        "a": "o",
        "o": "i",
        "e": "a",
        "i": "o",
        "u": "a",
        "n": "r",
        "r": "l",
        "l": "t",
        "s": "m",
        "t": "p",
    }
    return f"{word[:at]}{swap.get(word[at], 'q')}{word[at + 1 :]}"


def nickname_one(m: Maker) -> list[Told]:
    """One person."""
    full, short = m.rng.choice(m.tongue.short)
    family = m.family()
    sort = m.rng.randrange(4)
    if sort == 0:
        written = f"{full} ({short}) {family}"
        return swapped(m.rng, [Told("a", "crm", written), Told("a", "linkedin", f"{short} {family}")])
    return swapped(m.rng, [Told("a", "crm", f"{full} {family}"), Told("a", "linkedin", f"{short} {family}")])


def nickname_two(m: Maker) -> list[Told]:
    """Two."""
    full, short = m.rng.choice(m.tongue.short)
    family = m.family()
    same = {f for f, s in m.tongue.short if s == short} | {s for f, s in m.tongue.short if f == full}
    strangers = [p for p in m.tongue.short if p[0] not in same and p[1] not in same and p[0] != full]
    strange = m.rng.choice(m.rng.choice(strangers))
    sort = m.rng.randrange(3)
    if sort == 0:  # brothers
        return swapped(
            m.rng, [Told("a", "crm", f"{short} {family}"), Told("b", "linkedin", f"{strange} {family}")]
        )
    if sort == 1:  # father and son, both in one source
        return [
            Told("a", "crm", f"{full} {family}"),
            Told("b", "linkedin", f"{short} {family}"),
            Told("b", "crm", f"{short} {family}"),
        ]
    return swapped(
        m.rng, [Told("a", "crm", f"{full} {family}"), Told("b", "linkedin", f"{short} {m.family(family)}")]
    )


def married_one(m: Maker) -> list[Told]:
    """One person."""
    given, own = m.given(), m.family()
    partner = m.family(own)
    forms = [
        f"{given} {own}",
        f"{given} {partner}-{own}",
        f"{given} {own}-{partner}",
        f"{given} {partner} - {own}",
        f"{given} {partner} {m.tongue.born} {own}",
        f"{given} {partner} ({m.tongue.born} {own})",
    ]
    one, other = m.rng.sample(forms, 2)
    return swapped(m.rng, [Told("a", "crm", one), Told("a", "linkedin", other)])


def married_two(m: Maker) -> list[Told]:
    """Two."""
    given, own = m.given(), m.family()
    partner = m.family(own)
    third = m.family(own, partner)
    sort = m.rng.randrange(4)
    if sort == 0:  # sisters-in-law
        other = f"{m.given(given)} {partner}-{third}"
        return swapped(m.rng, [Told("a", "crm", f"{given} {partner}-{own}"), Told("b", "linkedin", other)])
    if sort == 1:  # of one given name, into one family
        return swapped(
            m.rng,
            [
                Told("a", "crm", f"{given} {partner}-{own}"),
                Told("b", "linkedin", f"{given} {partner}-{third}"),
            ],
        )
    if sort == 2:  # the wife and the daughter, both in one source
        return [
            Told("a", "crm", f"{given} {partner}"),
            Told("b", "linkedin", f"{given} {partner}-{own}"),
            Told("b", "crm", f"{given} {own}-{partner}"),
        ]
    return swapped(
        m.rng,
        [
            Told("a", "crm", f"{given} {partner} {m.tongue.born} {own}"),
            Told("b", "linkedin", f"{m.given(given)} {own}"),
        ],
    )


_PARTICLES = {
    "nl": ("van der", "van den", "van de", "de", "van", "ter"),
    "en": ("van der", "de", "von", "van"),
    "de": ("von der", "von", "zu", "von dem"),
    "fr": ("de la", "du", "de", "des"),
    "el": ("van der", "de", "von"),
    "ru": ("van der", "de", "von", "фон"),
}
_ROOTS = {
    "nl": ["Berg", "Heuvel", "Meer", "Linden", "Broek", "Velde", "Wal", "Molen"],
    "en": ["Berg", "Linden", "Broeck", "Walden", "Horst", "Veld"],
    "de": ["Berg", "Heide", "Stein", "Linde", "Tann", "Burg"],
    "fr": ["Tour", "Croix", "Pont", "Bosc", "Champ", "Mare"],
    "el": ["Berg", "Linden", "Broek", "Stein", "Veld"],
    "ru": ["Berg", "Linden", "Broek", "Stein", "Veld"],
}


def particle_one(m: Maker) -> list[Told]:
    """One person."""
    given = m.given()
    particle, root = m.rng.choice(_PARTICLES[m.tongue.code]), m.rng.choice(_ROOTS[m.tongue.code])
    parts = particle.split()
    forms = [
        f"{given} {particle} {root}",
        f"{given} {particle.title()} {root}",
        f"{root}, {given} {particle}",
        f"{particle} {root}, {given}",
        f"{given} {''.join(parts).capitalize()}{root.casefold()}",
    ]
    if particle.startswith("van de"):
        forms += [f"{given} v.d. {root}", f"{given} vd {root}"]
    one, other = m.rng.sample(forms, 2)
    return swapped(m.rng, [Told("a", "crm", one), Told("a", "linkedin", other)])


def particle_two(m: Maker) -> list[Told]:
    """Two."""
    given = m.given()
    one, other = m.rng.sample(_PARTICLES[m.tongue.code], 2)
    root = m.rng.choice(_ROOTS[m.tongue.code])
    sort = m.rng.randrange(3)
    if sort == 0:  # two families that differ in the particle alone
        return swapped(
            m.rng,
            [Told("a", "crm", f"{given} {one} {root}"), Told("b", "linkedin", f"{given} {other} {root}")],
        )
    if sort == 1:
        return swapped(
            m.rng,
            [
                Told("a", "crm", f"{given} {one} {root}"),
                Told("b", "linkedin", f"{m.given(given)} {one} {root}"),
            ],
        )
    elsewhere = m.rng.choice([r for r in _ROOTS[m.tongue.code] if r != root])
    return swapped(
        m.rng,
        [Told("a", "crm", f"{given} {one} {root}"), Told("b", "linkedin", f"{given} {one} {elsewhere}")],
    )


def initials_one(m: Maker) -> list[Told]:
    """One person."""
    first, second, family = m.given(), m.given(), m.family()
    letters = m.rng.choice(
        (f"{first[0]}.{second[0]}.", f"{first[0]}. {second[0]}.", f"{first[0]}{second[0]}")
    )
    forms = [
        f"{first} {second} {family}",
        f"{letters} {family}",
        f"{first} {second[0]}. {family}",
        f"{first} {family}",
        f"{first[0]}. {family}",
        f"{family}, {letters}",
    ]
    one, other = m.rng.sample(forms, 2)
    return swapped(m.rng, [Told("a", "crm", one), Told("a", "linkedin", other)])


def initials_two(m: Maker) -> list[Told]:
    """Two."""
    first, family = m.given(), m.family()
    second = m.given(first)
    alike = [
        g
        for g in (*m.tongue.given, *(f for f, _ in m.tongue.short))
        if _letter(g) == _letter(first) and g[:3] != first[:3]
    ]
    twin = m.rng.choice(alike) if alike else m.given(first)
    sort = m.rng.randrange(5)
    if sort == 0:  # same initials, other names
        return swapped(
            m.rng,
            [
                Told("a", "crm", f"{first} {second} {family}"),
                Told("b", "linkedin", f"{twin} {second} {family}"),
            ],
        )
    if sort == 1:  # the initial of somebody who is not in sight
        return swapped(
            m.rng, [Told("a", "crm", f"{first} {family}"), Told("b", "linkedin", f"{twin[0]}. {family}")]
        )
    if sort == 2:  # two whom the initials fit
        return [
            Told("a", "crm", f"{first[0]}.{second[0]}. {family}"),
            Told("b", "linkedin", f"{twin} {second} {family}"),
            Told("a", "linkedin", f"{first} {second} {family}"),
        ]
    if sort == 3:
        other = m.rng.choice([g for g in m.tongue.given if _letter(g) != _letter(first)])
        return swapped(
            m.rng, [Told("a", "crm", f"{first[0]}. {family}"), Told("b", "linkedin", f"{other[0]}. {family}")]
        )
    return swapped(
        m.rng,
        [Told("a", "crm", f"{first[0]}. {family}"), Told("b", "linkedin", f"{first[0]}. {m.family(family)}")],
    )


def _letter(name: str) -> str:
    """What it begins with, without its accent: ``Άγγελος`` and ``Αθηνά`` have one."""
    return unicodedata.normalize("NFD", name)[0]


def order_one(m: Maker) -> list[Told]:
    """One person."""
    given, family = m.given(), m.family()
    turned = m.rng.choice(
        (f"{family}, {given}", f"{family} {given}", f"{family.upper()} {given}", f"{family},{given}")
    )
    return swapped(m.rng, [Told("a", "crm", f"{given} {family}"), Told("a", "linkedin", turned)])


def order_two(m: Maker) -> list[Told]:
    """Two."""
    one, other = m.rng.sample(m.tongue.two_ways, 2)
    sort = m.rng.randrange(3)
    if sort == 0:  # two people of two given names each
        return swapped(m.rng, [Told("a", "crm", f"{one} {other}"), Told("b", "linkedin", f"{other} {one}")])
    if sort == 1:
        return swapped(
            m.rng, [Told("a", "crm", f"{one}, {other}"), Told("b", "linkedin", f"{one} {m.family()}")]
        )
    given, family = m.given(), m.family()
    return swapped(
        m.rng, [Told("a", "crm", f"{family}, {given}"), Told("b", "linkedin", f"{m.given(given)} {family}")]
    )
