"""Which column names there are for each kind, and how each is read; the README's tables are these."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from salesprep.adapter import ConfigInvalid, Kind
from salesprep.adapter.words import _

Reader = Literal["text", "moment", "day", "amount", "number", "whole", "flag", "several", "objects"]
"""The function in ``values``."""

ROLES = ("owner", "contact", "author", "from", "to")
"""Whom columns such as ``owner_name`` name."""
PERSON_PARTS = ("name", "email", "position", "id")
OWN_FIELD = "field_"
"""Begins the name of a column that has no place of its own in a record."""
NUMBERS = ("vat", "kvk", "lei")
"""Registers whose numbers have a column each."""
CONSENTS = MappingProxyType({"mail_ok": "mail", "phone_ok": "phone", "post_ok": "post", "visit_ok": "visit"})

_COMMON: Mapping[str, Reader] = MappingProxyType(
    {
        "id": "text",
        "title": "text",
        "url": "text",
        "at": "moment",
        "updated_at": "moment",
        "account_id": "text",
        "organisation": "text",
        "emails": "several",
        "domains": "several",
        "language": "text",
        "people": "objects",
        **{f"{role}_{part}": "text" for role in ROLES for part in PERSON_PARTS},
    }
)
_BELONGS_TO = ("account_id", "organisation", "emails", "domains")

_OWN: Mapping[Kind, Mapping[str, Reader]] = MappingProxyType(
    {
        Kind.ACCOUNT: {
            "aliases": "several",
            "parent_id": "text",
            "industry": "text",
            "staff": "whole",
            "owner": "text",
            "status": "text",
            "phone": "text",
            "website": "text",
            **dict.fromkeys(NUMBERS, "text"),
            "address": "text",
            "postcode": "text",
            "city": "text",
            "country": "text",
            "latitude": "number",
            "longitude": "number",
        },
        Kind.PERSON: {
            "position": "text",
            "phones": "several",
            "handles": "several",
            **dict.fromkeys(CONSENTS, "flag"),
            "started": "day",
            "left": "flag",
        },
        Kind.ACTIVITY: {"type": "text", "direction": "text", "body": "text", "answered": "flag"},
        Kind.TASK: {"due": "moment", "done": "flag", "body": "text"},
        Kind.OPPORTUNITY: {
            "stage": "text",
            "status": "text",
            "amount": "amount",
            "currency": "text",
            "closes": "day",
            "next_step": "text",
        },
        Kind.CONTRACT: {
            "status": "text",
            "amount": "amount",
            "currency": "text",
            "starts": "day",
            "ends": "day",
            "notice_by": "day",
        },
        Kind.ORDER: {"status": "text", "amount": "amount", "currency": "text", "delivery": "day"},
        Kind.INVOICE: {
            "status": "text",
            "amount": "amount",
            "outstanding": "amount",
            "currency": "text",
            "due": "day",
        },
        Kind.TICKET: {
            "number": "text",
            "status": "text",
            "open": "flag",
            "priority": "text",
            "type": "text",
            "closed_at": "moment",
            "last_message": "text",
            "last_message_at": "moment",
            "last_message_by": "text",
        },
    }
)

WORDS: Mapping[tuple[Kind, str], tuple[str, ...]] = MappingProxyType(
    {
        (Kind.ACTIVITY, "direction"): ("in", "out"),
        (Kind.OPPORTUNITY, "status"): ("open", "won", "lost"),
        (Kind.TICKET, "last_message_by"): ("us", "them"),
    }
)
"""Columns that take these words and no others."""


def readers(kind: Kind) -> Mapping[str, Reader]:
    """Every column of ``kind`` but the free ``field_…`` ones."""
    # An account is itself what the others belong to.
    left_out = ("account_id", "organisation") if kind is Kind.ACCOUNT else ()
    return {name: read for name, read in {**_COMMON, **_OWN[kind]}.items() if name not in left_out}


def check_columns(kind: Kind, names: Sequence[str], currency: str | None) -> None:
    """Whether a record of ``kind`` can be made of these columns.

    Raises:
        ConfigInvalid: a column is unknown, selected twice or missing; the nearest right one is named.
    """
    known = readers(kind)
    for name in names:
        # SQLite itself renames the second of two equal names to "id:1".
        first, colon, _rest = name.partition(":")
        if names.count(name) > 1 or (colon and first in names):
            raise _invalid(
                kind, _('column "{first}" is selected twice', first=first), _("leave one of them out")
            )
        if name not in known and not (name.startswith(OWN_FIELD) and name != OWN_FIELD):
            near = difflib.get_close_matches(name, known, n=1)
            own = f"{OWN_FIELD}{name}"
            mend = _('give it a name of the README with AS, or call it "{own}"', own=own)
            if near:
                mend = _('did you mean "{near}"? Else call it "{own}"', near=near[0], own=own)
            raise _invalid(kind, _('unknown column "{name}"', name=name), mend)
    for name in ("id", "title"):
        if name not in names:
            raise _invalid(
                kind, _('column "{name}" is missing', name=name), _('select it: … AS "{name}"', name=name)
            )
    if kind is not Kind.ACCOUNT and not any(name in names for name in _BELONGS_TO):
        raise _invalid(
            kind, _("no column says whose a row is"), _('select the account\'s id AS "account_id"')
        )
    amounts = [name for name in names if known.get(name) == "amount"]
    if amounts and currency is None and "currency" not in names:
        raise _invalid(
            kind,
            _('column "{name}" has no currency', name=amounts[0]),
            _('set "currency" for the source, or select one'),
        )


def _invalid(kind: Kind, what: str, mend: str) -> ConfigInvalid:
    return ConfigInvalid(_("query {kind}: {what}", kind=kind, what=what), mend=mend, field=f"queries.{kind}")
