"""Which column fills which field of a record, once it is known what a table is about, and how fields and
kinds are called. Data only.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salesprep.adapter import Kind
from salesprep.adapter.words import _

_BELONGS = {
    "organisation": ("company",),
    "account_id": ("customer_number",),
    "contact": ("person", "name"),
    "emails": ("emails",),
    "owner": ("owner",),
}
_MONEY = {"amount": ("amount",), "currency": ("currency",)}

FIELDS: Mapping[Kind, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        Kind.ACCOUNT: {
            "title": ("company", "name"),
            "city": ("city", "place"),
            "website": ("website",),
            "owner": ("owner",),
            "id": ("customer_number", "number"),
            "emails": ("emails",),
            "phone": ("phones",),
            "vat": ("vat",),
            "kvk": ("kvk",),
            "lei": ("lei",),
            "address": ("address",),
            "postcode": ("postcode",),
            "country": ("country",),
            "industry": ("industry",),
            "staff": ("staff",),
            "status": ("status",),
            "contact": ("person",),
            "updated_at": ("updated",),
        },
        Kind.PERSON: {
            "title": ("person", "name"),
            "first_name": ("first_name", "initials"),
            "middle_name": ("middle_name",),
            "last_name": ("last_name",),
            "organisation": ("company",),
            "position": ("position", "subject"),
            "emails": ("emails",),
            "phones": ("phones",),
            "account_id": ("customer_number",),
            "id": ("person_number", "number"),
            "owner": ("owner",),
            "mail_ok": ("mail_ok",),
            "no_mail": ("no_mail",),
            "no_phone": ("no_phone",),
            "left": ("left",),
            "updated_at": ("updated",),
        },
        Kind.ACTIVITY: {
            "title": ("subject", "activity", "task"),
            "at": ("date", "created", "start"),
            "body": ("body",),
            "type": ("type",),
            "direction": ("direction",),
            **_BELONGS,
            "id": ("activity_number", "number"),
        },
        Kind.TASK: {
            "title": ("task", "subject", "body", "task_number"),
            "due": ("due", "end", "date"),
            "done": ("done", "status"),
            "body": ("body",),
            "at": ("created",),
            **_BELONGS,
            "id": ("task_number", "number"),
        },
        Kind.OPPORTUNITY: {
            "title": ("opportunity", "subject", "body", "opportunity_number", "number"),
            "stage": ("stage",),
            **_MONEY,
            "closes": ("closes", "due", "end"),
            "next_step": ("next_step",),
            "status": ("status",),
            "at": ("created", "date"),
            **_BELONGS,
            "id": ("opportunity_number", "number"),
        },
        Kind.CONTRACT: {
            "title": ("contract", "subject", "body", "contract_number", "number"),
            "starts": ("start",),
            "ends": ("end", "closes"),
            "notice_by": ("notice",),
            **_MONEY,
            "status": ("status",),
            **_BELONGS,
            "id": ("contract_number", "number"),
        },
        Kind.ORDER: {
            "title": ("order", "order_number", "subject", "body", "number"),
            "at": ("date", "created"),
            "delivery": ("delivery",),
            **_MONEY,
            "status": ("status",),
            **_BELONGS,
            "id": ("order_number", "number"),
        },
        Kind.INVOICE: {
            "title": ("invoice", "invoice_number", "subject", "body", "number"),
            "at": ("date", "created"),
            "due": ("due",),
            **_MONEY,
            "outstanding": ("outstanding",),
            "status": ("status",),
            **_BELONGS,
            "id": ("invoice_number", "number"),
        },
        Kind.TICKET: {
            "title": ("subject", "ticket", "body"),
            "number": ("ticket_number", "number"),
            "status": ("status",),
            "open": ("status",),
            "priority": ("priority",),
            "type": ("type",),
            "at": ("created", "date", "start"),
            "closed_at": ("closed",),
            **_BELONGS,
            "id": ("ticket_number", "number"),
        },
        Kind.MEETING: {
            "title": ("subject", "meeting", "body"),
            "start": ("start",),
            "end": ("end",),
            "place": ("place", "city"),
            "body": ("body",),
            "status": ("status",),
            **_BELONGS,
            "id": ("meeting_number", "number"),
        },
    }
)
"""For each kind: field → concepts that fill it, the best first."""

SHARED = frozenset({"open", "id", "done"})
"""Fields that may be filled by a column that already fills another one."""

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "title": _("name"),
        "city": _("place"),
        "website": _("web site"),
        "owner": _("owner"),
        "id": _("number"),
        "emails": _("mail"),
        "phone": _("phone"),
        "phones": _("phone"),
        "vat": _("VAT number"),
        "kvk": _("KvK number"),
        "lei": _("LEI"),
        "postcode": _("postcode"),
        "address": _("address"),
        "country": _("country"),
        "industry": _("industry"),
        "staff": _("staff"),
        "status": _("status"),
        "contact": _("contact"),
        "updated_at": _("changed"),
        "first_name": _("first name"),
        "middle_name": _("middle name"),
        "last_name": _("last name"),
        "organisation": _("company"),
        "position": _("position"),
        "account_id": _("customer number"),
        "mail_ok": _("may be mailed"),
        "no_mail": _("not to be mailed"),
        "no_phone": _("not to be phoned"),
        "left": _("has left"),
        "at": _("date"),
        "body": _("text"),
        "type": _("type"),
        "direction": _("direction"),
        "due": _("due"),
        "done": _("done"),
        "stage": _("stage"),
        "amount": _("amount"),
        "currency": _("currency"),
        "closes": _("closes"),
        "next_step": _("next step"),
        "starts": _("starts"),
        "ends": _("ends"),
        "notice_by": _("notice by"),
        "delivery": _("delivery"),
        "outstanding": _("outstanding"),
        "number": _("number"),
        "open": _("open"),
        "priority": _("priority"),
        "closed_at": _("closed"),
        "start": _("start"),
        "end": _("end"),
        "place": _("place"),
    }
)
"""Fields as a rep reads them."""

LOOKS_LIKE: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.ACCOUNT: _("customers"),
        Kind.PERSON: _("people"),
        Kind.ACTIVITY: _("contact moments"),
        Kind.TASK: _("tasks"),
        Kind.OPPORTUNITY: _("opportunities"),
        Kind.CONTRACT: _("contracts"),
        Kind.ORDER: _("orders"),
        Kind.INVOICE: _("invoices"),
        Kind.TICKET: _("tickets"),
        Kind.MEETING: _("meetings"),
    }
)
SOURCES: Mapping[Kind, tuple[str, str]] = MappingProxyType(
    {
        Kind.ACCOUNT: ("crm", "CRM"),
        Kind.OPPORTUNITY: ("crm", "CRM"),
        Kind.ACTIVITY: ("crm", "CRM"),
        Kind.TASK: ("tasks", "Tasks"),
        Kind.PERSON: ("people", "People"),
        Kind.TICKET: ("tickets", "Tickets"),
        Kind.ORDER: ("orders", "Orders"),
        Kind.INVOICE: ("invoices", "Invoices"),
        Kind.CONTRACT: ("contracts", "Contracts"),
        Kind.MEETING: ("meetings", "Meetings"),
    }
)
"""What a source is called whose first table is of that kind: its name and its title."""
