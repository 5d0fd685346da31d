"""Which fields a column can be mapped to, for each kind of record, and how each is read.

The README's tables are these.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from salesprep.adapter import Kind

Reader = Literal[
    "text",
    "moment",
    "day",
    "amount",
    "number",
    "whole",
    "flag",
    "state",
    "emails",
    "domains",
    "several",
    "people",
]

ROLES = ("owner", "contact", "author", "from", "to", "attendee", "organiser")
"""Whom a column may name; ``owner`` is who of us it belongs to."""
PERSON_PARTS = ("name", "email", "position", "id")
NUMBERS = ("vat", "kvk", "lei")
"""Registers whose numbers have a column each."""
CONSENTS = ("mail", "phone", "post", "visit")
NAME_PARTS = ("first_name", "middle_name", "last_name")

_COMMON: Mapping[str, Reader] = MappingProxyType(
    {
        "id": "text",
        "title": "text",
        "url": "text",
        "at": "moment",
        "updated_at": "moment",
        "account_id": "text",
        "organisation": "text",
        "emails": "emails",
        "domains": "domains",
        "language": "text",
        **dict.fromkeys(ROLES, "people"),
        **{f"{role}_{part}": "text" for role in ROLES for part in PERSON_PARTS},
    }
)
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
            **dict.fromkeys(NAME_PARTS, "text"),
            "position": "text",
            "phones": "several",
            "handles": "several",
            **{f"{channel}_ok": "flag" for channel in CONSENTS},
            **{f"no_{channel}": "flag" for channel in CONSENTS},
            "started": "day",
            "left": "flag",
        },
        Kind.ACTIVITY: {"type": "text", "direction": "text", "body": "text", "answered": "flag"},
        Kind.TASK: {"due": "moment", "done": "state", "body": "text"},
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
            "open": "state",
            "priority": "text",
            "type": "text",
            "closed_at": "moment",
            "last_message": "text",
            "last_message_at": "moment",
            "last_message_by": "text",
        },
        Kind.MEETING: {
            "start": "moment",
            "end": "moment",
            "status": "text",
            "place": "text",
            "city": "text",
            "series_id": "text",
            "calendar_owner": "text",
            "body": "text",
        },
        Kind.DOCUMENT: {"snippet": "text", "space": "text", "version": "text"},
        Kind.POST: {"text": "text", "network": "text"},
    }
)

INSTEAD_OF_TITLE: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.PERSON: NAME_PARTS,
        Kind.ACTIVITY: ("body", "type"),
        Kind.TASK: ("body",),
        Kind.TICKET: ("number",),
        Kind.POST: ("text",),
    }
)
"""Where a kind can do without a ``title``: one of these, then."""

NEEDED: Mapping[Kind, tuple[str, ...]] = MappingProxyType({Kind.MEETING: ("start",)})

BELONGS = (
    "account_id",
    "organisation",
    "emails",
    "domains",
    *(name for role in ROLES if role != "owner" for name in (role, f"{role}_email")),
)
"""One of these says whose a row is; an account is its own."""

ADDRESSES = tuple(name for name in BELONGS if name not in ("account_id", "organisation", "domains"))
"""Fields that hold mail addresses which a row is found by. An owner is one of us and says nothing."""

NEWEST_BY = ("at", "start", "updated_at", "due", "closes", "ends", "delivery")
"""Rows are told newest first, by the first of these that is mapped."""

_TELLING: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.ACCOUNT: ("title", "website", "address", "city", "country"),
        Kind.PERSON: ("title", *NAME_PARTS, "emails", "organisation", "account_id"),
    }
)


def readers(kind: Kind) -> Mapping[str, Reader]:
    """Every field of ``kind`` and how its cells are read."""
    # An account is itself what the others belong to.
    left_out = ("account_id", "organisation") if kind is Kind.ACCOUNT else ()
    return {name: read for name, read in {**_COMMON, **_OWN[kind]}.items() if name not in left_out}


def telling(kind: Kind) -> tuple[str, ...] | None:
    """What a row without an ``id`` column is known again by; ``None``: by all of it."""
    return _TELLING.get(kind)
