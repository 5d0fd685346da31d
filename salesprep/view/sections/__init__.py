"""How each record kind is drawn in a panel, and in which order the kinds stand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from salesprep.adapter import Kind
from salesprep.view.sections import contacts, dealings, papers
from salesprep.view.sections.drawing import Drawing

DRAWINGS: Mapping[Kind, Drawing[Any]] = MappingProxyType(
    {
        Kind.ACCOUNT: papers.COMPANY,
        Kind.OPPORTUNITY: dealings.OFFERS,
        Kind.PERSON: contacts.PEOPLE,
        Kind.ACTIVITY: contacts.ACTIVITIES,
        Kind.TICKET: papers.TICKETS,
        Kind.TASK: contacts.TASKS,
        Kind.MEETING: contacts.MEETINGS,
        Kind.CONTRACT: dealings.CONTRACTS,
        Kind.ORDER: dealings.ORDERS,
        Kind.INVOICE: dealings.INVOICES,
        Kind.DOCUMENT: papers.PAGES,
        Kind.POST: papers.POSTS,
    }
)
"""Every kind; the order is that of a panel."""

__all__ = ["DRAWINGS", "Drawing"]
