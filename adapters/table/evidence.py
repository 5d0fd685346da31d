"""How much a column speaks for a kind of record. Data only.

Points were set so that one column made for a kind (its number, a family name, a stage) with one that goes
with it is enough, and what many kinds have (a date, an amount, a text) never is.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salesprep.adapter import Kind

ENOUGH = 4
"""Points of a kind that is told."""
AHEAD = 2
"""Points by which it leads, if it is."""

OWN_NUMBER = 5
"""No two rows have the same number of such a thing: a row is one."""
OTHER_NUMBER = 1
"""Its number stands there, and the row may be something that only belongs to it."""
OF_A_THING = 2
"""A header names a thing beside what the thing has: ``Orderdatum``."""
ONE_EACH = 3
"""No two rows have the same customer: a row is one."""
MANY_EACH = -3
"""Rows have the same customer again and again."""
FIRMS = 3
"""Names have legal forms, as no person's has."""
FULL_NAMES = 3
"""Names are of two words and more, without legal forms: persons may be called so."""
NAME_ALONE = 2
"""A name with no company beside it may be that of a company."""
NAME_AND_COMPANY = 3
"""A name beside that of a company is a person's."""
TIMES_OF_DAY = 3
"""A beginning with a time of day is that of a meeting."""
WORDS = 3
"""A state, a stage or a type in words that one kind has."""

THINGS: Mapping[str, Kind] = MappingProxyType(
    {
        "person": Kind.PERSON,
        "opportunity": Kind.OPPORTUNITY,
        "order": Kind.ORDER,
        "invoice": Kind.INVOICE,
        "contract": Kind.CONTRACT,
        "ticket": Kind.TICKET,
        "task": Kind.TASK,
        "activity": Kind.ACTIVITY,
        "meeting": Kind.MEETING,
    }
)
"""What headers name → the records that these are."""

POINTS: Mapping[Kind, Mapping[str, int]] = MappingProxyType(
    {
        Kind.ACCOUNT: {
            **{
                "registration": 4,
                "kvk": 4,
                "vat": 4,
                "lei": 4,
                "industry": 3,
                "staff": 3,
                "city": 2,
                "address": 2,
                "website": 2,
            },
            **{"country": 1, "postcode": 1, "phones": 1, "emails": 1, "owner": 1},
            **{"date": -2, "subject": -2, "due": -3, "start": -1, "end": -1},
        },
        Kind.PERSON: {
            **{"last_name": 4, "first_name": 3, "initials": 3, "middle_name": 2, "salutation": 2},
            **{"person": 3, "position": 3, "name": 1, "emails": 1, "phones": 1, "left": 2},
            **{"mail_ok": 2, "no_mail": 2, "no_phone": 2, "date": -2, "subject": -2, "body": -1},
        },
        Kind.ACTIVITY: {
            **{"direction": 4, "activity": 3, "date": 2, "body": 2, "subject": 1, "created": 1, "time": 1},
            **{"type": 1, "person": 1},
        },
        Kind.TASK: {"task": 4, "done": 3, "due": 2, "owner": 1, "subject": 1, "priority": 1},
        Kind.OPPORTUNITY: {
            **{"opportunity": 4, "stage": 4, "probability": 4, "closes": 3, "next_step": 3, "amount": 2},
            **{"due": 1, "body": 1, "subject": 1},
        },
        Kind.CONTRACT: {
            **{"contract": 4, "notice": 4, "notice_period": 4, "start": 2, "end": 2, "amount": 1},
        },
        Kind.ORDER: {"order": 4, "delivery": 4, "amount": 1, "date": 1},
        Kind.INVOICE: {"invoice": 4, "outstanding": 4, "amount": 2, "due": 2, "date": 1},
        Kind.TICKET: {
            **{"ticket": 4, "priority": 3, "closed": 2, "created": 1, "subject": 1, "body": 1, "status": 1},
            **{"type": 1},
        },
        Kind.MEETING: {"meeting": 3, "start": 2, "end": 2, "place": 2, "subject": 1},
    }
)
"""For each kind: what a column is about → points."""


def _by_word(words: Mapping[Kind, str]) -> Mapping[str, Kind]:
    return MappingProxyType({word: kind for kind, listed in words.items() for word in listed.split()})


TELLING = _by_word(
    {
        Kind.OPPORTUNITY: """won lost gewonnen verloren gescoord gagne gagnee perdu perdue ganado ganada
            perdido perdida offered aangeboden geoffreerd angeboten proposal qualification negotiation
            onderhandeling""",
        Kind.INVOICE: """paid unpaid betaald onbetaald bezahlt unbezahlt payee payes impayee pagada pagado
            impagada overdue gemahnt aangemaand""",
        Kind.ORDER: """shipped delivered geleverd uitgeleverd geliefert versandt livre livree expedie
            entregado enviado backorder""",
        Kind.TICKET: """complaint klacht storing incident vraag beschwerde reklamation storung plainte
            reclamation queja incidencia bug""",
        Kind.CONTRACT: "opgezegd gekundigt terminated resilie renewed verlengd",
        Kind.ACTIVITY: """phone call telefoon telefonisch gebeld belafspraak anruf telefonat appel llamada
            mail email visit bezoek klantbezoek besuch visite visita note notitie notiz""",
    }
)
"""First words of states, stages and types → the kind that has them; folded."""
