"""Pairs that something beside the name tells of, and namesakes: one person, and two who are near."""

from __future__ import annotations

from benchmarks.persons_made import Maker, Told, initialled, swapped


def profile_one(m: Maker) -> list[Told]:
    """One person."""
    name = f"{m.given()} {m.family()}"
    handle = f"{m.latin(name)}-{m.rng.randrange(1000)}"
    other = m.rng.choice((name, initialled(name), name.upper(), m.romanised(name, "en")))
    urls = (
        f"https://www.linkedin.com/in/{handle}/",
        f"linkedin.com/in/{handle}?trk=x",
        f"https://{m.rng.choice(('nl', 'de', 'fr'))}.linkedin.com/in/{handle}",
    )
    a, b = m.rng.sample(urls, 2)
    return swapped(m.rng, [Told("a", "crm", name, handles=(a,)), Told("a", "linkedin", other, handles=(b,))])


def profile_two(m: Maker) -> list[Told]:
    """Two."""
    name = f"{m.given()} {m.family()}"
    handle = m.latin(name)
    other = m.rng.choice((name, name, initialled(name)))
    url = f"https://www.linkedin.com/in/{handle}"
    return swapped(
        m.rng,
        [
            Told("a", "crm", name, handles=(url,)),
            Told("b", "linkedin", other, handles=(f"{url}{m.rng.randrange(1, 99)}",)),
        ],
    )


def mail_one(m: Maker) -> list[Told]:
    """One person."""
    name = f"{m.given()} {m.family()}"
    mail = m.mail(name)
    other = m.rng.choice(
        (name, initialled(name), f"{name.partition(' ')[0]} {m.family()}", m.romanised(name, "en"))
    )
    return swapped(
        m.rng,
        [
            Told("a", "crm", name, mails=(mail.upper(),)),
            Told("a", "linkedin", other, mails=(mail, f"{m.latin(name)}@gmail.com")),
        ],
    )


def mail_two(m: Maker) -> list[Told]:
    """Two."""
    family = m.family()
    given = m.given()
    sort = m.rng.randrange(4)
    if sort == 0:  # a desk's address
        other = m.family(family)
        desk = f"{m.rng.choice(('info', 'sales', 'office', 'service', 'contact'))}@{m.domain}"
        return swapped(
            m.rng,
            [
                Told("a", "crm", f"{given} {family}", mails=(desk,)),
                Told("b", "linkedin", f"{m.given(given)} {m.rng.choice((family, other))}", mails=(desk,)),
            ],
        )
    if sort == 1:  # two of one name in one company
        local = f"{m.latin(given)[:1]}.{m.latin(family)}"
        return swapped(
            m.rng,
            [
                Told("a", "crm", f"{given} {family}", mails=(f"{local}@{m.domain}",)),
                Told("b", "linkedin", f"{given} {family}", mails=(f"{local}2@{m.domain}",)),
            ],
        )
    if sort == 2:  # an address that was handed on
        mail = f"{m.latin(given)[:1]}.{m.latin(family)}@{m.domain}"
        return swapped(
            m.rng,
            [
                Told("a", "crm", f"{given} {family}", mails=(mail,)),
                Told("b", "linkedin", f"{m.given(given)} {family}", mails=(mail,)),
            ],
        )
    mail = f"werkplaats3@{m.domain}"  # shared, and told of several by one source
    return [
        Told("a", "crm", f"{given} {family}", mails=(mail,)),
        Told("b", "linkedin", f"{initialled(given + ' ' + family)}", mails=(mail,)),
        Told("c", "crm", f"{m.given(given)} {m.family(family)}", mails=(mail,)),
    ]


def phone_one(m: Maker) -> list[Told]:
    """One person."""
    name = f"{m.given()} {m.family()}"
    one, other = m.phone()
    written = m.rng.choice((name, initialled(name), name.upper()))
    return swapped(
        m.rng, [Told("a", "crm", name, phones=(one,)), Told("a", "linkedin", written, phones=(other,))]
    )


def phone_two(m: Maker) -> list[Told]:
    """Two."""
    given, family = m.given(), m.family()
    board, written = m.phone()
    other = m.given(given)
    sort = m.rng.randrange(3)
    if sort == 0:  # one number for all, two of one family
        return swapped(
            m.rng,
            [
                Told("a", "crm", f"{given} {family}", phones=(board,)),
                Told("b", "linkedin", f"{other} {family}", phones=(written,)),
            ],
        )
    if sort == 1:  # an initial that is another's, and a third at the same number
        return swapped(
            m.rng,
            [
                Told("a", "crm", f"{given} {family}", phones=(board,)),
                Told("b", "linkedin", f"{given[0]}. {family}", phones=(written,)),
                Told("c", "crm", f"{m.given(given)} {m.family(family)}", phones=(written,)),
            ],
        )
    return swapped(
        m.rng,
        [
            Told("a", "crm", f"{given} {family}", phones=(board,)),
            Told("b", "linkedin", f"{other} {m.family(family)}", phones=(written,)),
        ],
    )


def name_one(m: Maker) -> list[Told]:
    """One person."""
    name = f"{m.given()} {m.family()}"
    title = m.rng.choice(m.tongue.titles)
    written = m.rng.choice((name, name.upper(), name.lower(), f"{title} {name}", f"{name}, MSc", f" {name} "))
    return swapped(m.rng, [Told("a", "crm", name), Told("a", "linkedin", written)])


def name_two(m: Maker) -> list[Told]:
    """Two."""
    given, family = m.given(), m.family()
    name = f"{given} {family}"
    sort = m.rng.randrange(5)
    if sort == 0:  # two of one name in one source
        return [Told("a", "crm", name), Told("b", "linkedin", name), Told("b", "crm", name)]
    if sort == 1:
        return swapped(m.rng, [Told("a", "crm", f"{name} jr."), Told("b", "linkedin", f"{name} sr.")])
    if sort == 2:
        return swapped(m.rng, [Told("a", "crm", name), Told("b", "linkedin", f"{m.given(given)} {family}")])
    if sort == 3:  # a middle name tells them apart
        first, second = m.rng.sample(m.tongue.given, 2)
        return swapped(
            m.rng,
            [
                Told("a", "crm", f"{given} {first} {family.split()[-1]}"),
                Told("b", "linkedin", f"{given} {second} {family.split()[-1]}"),
            ],
        )
    return swapped(m.rng, [Told("a", "crm", name), Told("b", "linkedin", f"{given} {m.family(family)}")])
