"""The words for people: how salesprep speaks, and what it calls states, kinds, actors and channels.

Messages are English in the code and go through gettext. ``_()`` and ``_n()`` mark them where they
stand; ``say`` and ``count`` say them in the user's language (:mod:`salesprep.words`).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from salesprep import words as spoken
from salesprep.adapter import Failure, Kind
from salesprep.adapter.errors import Actor
from salesprep.adapter.words import Forms, _, _n
from salesprep.settings import Us

__all__ = ["_", "_n", "count", "say"]

_GROUPED = 1000
"""From here on the digits of a number stand in groups."""


def say(us: Us, message: str, **values: object) -> str:
    """``message`` in the user's language, its ``{names}`` filled in."""
    return spoken.say(message, values, us.language, lambda value: _written(value, us))


def count(us: Us, one: str, many: str, n: int, **values: object) -> str:
    """The form of ``n`` of a message; ``{n}`` is filled in: ``count(us, *_n("{n} day", "{n} days"), 3)``."""
    return spoken.count(one, many, {"n": n, **values}, us.language, lambda value: _written(value, us))


def _written(value: object, us: Us) -> object:
    # Late, and only for what looks different elsewhere: these bring Babel.
    if isinstance(value, int) and abs(value) >= _GROUPED:
        from salesprep.view.money import number

        return number(value, us)
    if isinstance(value, datetime):
        from salesprep.view.dates import clock

        return clock(value, us)
    if isinstance(value, date):
        from salesprep.view.dates import whole_day

        return whole_day(value, us)
    return value


WAITING = _("asking…")
EMPTY = _("nothing found")
CHOOSE = _("which one?")
WITHHELD = _("not allowed to show")
OFFLINE = _("not asked: offline")
DID_NOT_ANSWER = _("did not answer")
CANNOT_BE_READ = _("cannot be read")
IN_PART = _("in part")
STUCK = _("not back")
FIRST_VISIT = _("first visit · no contact person known")

HEADINGS: dict[Kind, str] = {
    Kind.ACCOUNT: _("Company"),
    Kind.PERSON: _("People"),
    Kind.ACTIVITY: _("Last contacts"),
    Kind.TASK: _("Promised"),
    Kind.OPPORTUNITY: _("Offers"),
    Kind.CONTRACT: _("Contracts"),
    Kind.ORDER: _("Orders"),
    Kind.INVOICE: _("Invoices"),
    Kind.TICKET: _("Tickets"),
    Kind.MEETING: _("Visits"),
    Kind.DOCUMENT: _("Pages"),
    Kind.POST: _("Posts"),
}

REFUSED: dict[Kind, Forms] = {
    Kind.ACCOUNT: _n("{n} company could not be read", "{n} companies could not be read"),
    Kind.PERSON: _n("{n} person could not be read", "{n} persons could not be read"),
    Kind.ACTIVITY: _n("{n} contact could not be read", "{n} contacts could not be read"),
    Kind.TASK: _n("{n} promise could not be read", "{n} promises could not be read"),
    Kind.OPPORTUNITY: _n("{n} offer could not be read", "{n} offers could not be read"),
    Kind.CONTRACT: _n("{n} contract could not be read", "{n} contracts could not be read"),
    Kind.ORDER: _n("{n} order could not be read", "{n} orders could not be read"),
    Kind.INVOICE: _n("{n} invoice could not be read", "{n} invoices could not be read"),
    Kind.TICKET: _n("{n} ticket could not be read", "{n} tickets could not be read"),
    Kind.MEETING: _n("{n} event could not be read", "{n} events could not be read"),
    Kind.DOCUMENT: _n("{n} page could not be read", "{n} pages could not be read"),
    Kind.POST: _n("{n} post could not be read", "{n} posts could not be read"),
}

VALUES_REFUSED: Forms = _n("{n} value could not be read", "{n} values could not be read")
"""Of records that are shown without them."""

_MENDS: dict[Actor, str] = {
    "admin": _("your admin mends it"),
    "user": _("you mend it"),
    "nobody": _("passes by itself"),
}

_CONSENT: dict[str, tuple[str, str]] = {
    "mail": (_("mail ok"), _("do not mail")),
    "phone": (_("phone ok"), _("do not phone")),
    "post": (_("post ok"), _("do not post")),
    "visit": (_("visit ok"), _("do not visit")),
}

_TYPES: dict[str, str] = {
    "phone": _("phone"),
    "mail": _("mail"),
    "visit": _("visit"),
    "meeting": _("meeting"),
    "note": _("note"),
    "chat": _("chat"),
    "post": _("post"),
    "ticket": _("ticket"),
}

_HOW: dict[str, str] = {
    "link": _("your own decision"),
    "id": _("this source's id"),
    "number": _("registration number"),
    "domain": _("domain"),
    "name": _("equal name"),
    "text": _("words in a text"),
    "none": _("nothing"),
}


def heading(kind: Kind, us: Us) -> str:
    """The title of a section."""
    return say(us, HEADINGS[kind])


def refused(kind: Kind, n: int, us: Us) -> str:
    """``2 events could not be read``."""
    return count(us, *REFUSED[kind], n)


def mends(failure: Failure, us: Us, *, reader: Literal["user", "admin"] = "user") -> str:
    """Who mends it, and how: ``your admin mends it: put the file back``; to the admin ``mend: …``."""
    if reader == "admin" and failure.actor == "admin":
        return say(us, _("mend: {how}"), how=failure.mend) if failure.mend else ""
    who = say(us, _MENDS[failure.actor])
    return say(us, _("{who}: {how}"), who=who, how=failure.mend) if failure.mend else who


def consent(channel: str, allowed: bool, us: Us) -> str:
    """``mail ok`` or ``do not mail``; stands beside the channel, always."""
    known = _CONSENT.get(channel)
    if known is None:
        return say(us, _("{channel} ok") if allowed else _("do not {channel}"), channel=channel)
    return say(us, known[0] if allowed else known[1])


def contact_type(word: str, us: Us) -> str:
    """What kind of contact it was; a source's own word stays as it is."""
    known = _TYPES.get(word)
    return word if known is None else say(us, known)


def how(way: str, us: Us) -> str:
    """By what a record was matched, where nothing more exact is known."""
    return say(us, _HOW.get(way, way))


def missing(failure: Failure, us: Us) -> str:
    """What a source that is not shown at all did: it is late, or it cannot be read."""
    return say(us, DID_NOT_ANSWER if failure.actor == "nobody" else CANNOT_BE_READ)
