"""The words for people: how salesprep speaks, and what it calls states, kinds, actors and channels.

Messages are English in the code and go through gettext (domain ``salesprep``); catalogues lie in
``salesprep/view/locale/LANGUAGE/LC_MESSAGES``. ``_()`` marks a message where it stands in a table,
``say`` and ``count`` translate it.
"""

from __future__ import annotations

from functools import lru_cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Literal

from salesprep.adapter import Failure, Kind
from salesprep.adapter.errors import Actor
from salesprep.settings import Us

LOCALE_FOLDER = Path(__file__).parent / "locale"


def _(message: str) -> str:
    """Marks ``message`` for the catalogue; it is translated when it is said."""
    return message


@lru_cache(maxsize=8)
def _catalogue(language: str) -> NullTranslations:
    return translation("salesprep", LOCALE_FOLDER, languages=[language], fallback=True)


def say(us: Us, message: str, **values: object) -> str:
    """``message`` in the user's language, its ``{names}`` filled in."""
    translated = _catalogue(us.language).gettext(message)
    return translated.format_map(values) if values else translated


def count(us: Us, one: str, many: str, n: int, **values: object) -> str:
    """The form of ``n`` of a message; ``{n}`` is filled in."""
    return _catalogue(us.language).ngettext(one, many, n).format(n=n, **values)


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

REFUSED: dict[Kind, tuple[str, str]] = {
    Kind.ACCOUNT: (_("{n} company could not be read"), _("{n} companies could not be read")),
    Kind.PERSON: (_("{n} person could not be read"), _("{n} persons could not be read")),
    Kind.ACTIVITY: (_("{n} contact could not be read"), _("{n} contacts could not be read")),
    Kind.TASK: (_("{n} promise could not be read"), _("{n} promises could not be read")),
    Kind.OPPORTUNITY: (_("{n} offer could not be read"), _("{n} offers could not be read")),
    Kind.CONTRACT: (_("{n} contract could not be read"), _("{n} contracts could not be read")),
    Kind.ORDER: (_("{n} order could not be read"), _("{n} orders could not be read")),
    Kind.INVOICE: (_("{n} invoice could not be read"), _("{n} invoices could not be read")),
    Kind.TICKET: (_("{n} ticket could not be read"), _("{n} tickets could not be read")),
    Kind.MEETING: (_("{n} event could not be read"), _("{n} events could not be read")),
    Kind.DOCUMENT: (_("{n} page could not be read"), _("{n} pages could not be read")),
    Kind.POST: (_("{n} post could not be read"), _("{n} posts could not be read")),
}

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

_HOW: dict[str, str] = {
    "link": _("your own decision"),
    "id": _("this source's id"),
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
    return f"{who}: {failure.mend}" if failure.mend else who


def consent(channel: str, allowed: bool, us: Us) -> str:
    """``mail ok`` or ``do not mail``; stands beside the channel, always."""
    known = _CONSENT.get(channel)
    if known is None:
        return f"{channel} ok" if allowed else f"do not {channel}"
    return say(us, known[0] if allowed else known[1])


def how(way: str, us: Us) -> str:
    """By what a record was matched, where nothing more exact is known."""
    return say(us, _HOW.get(way, way))


def missing(failure: Failure, us: Us) -> str:
    """What a source that is not shown at all did: it is late, or it cannot be read."""
    return say(us, DID_NOT_ANSWER if failure.actor == "nobody" else CANNOT_BE_READ)
