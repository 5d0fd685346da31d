"""Why records are one person's, as the JSON documents have it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from salesprep.briefing.model import Attendee, Found, Tie


def ties(every: Iterable[Tie]) -> list[dict[str, Any]]:
    """The values of ``pieces.TieOf``."""
    return [
        {
            **reference(tie.found),
            "why": [{"what": each.what, "told": each.text, "against": each.against} for each in tie.why],
            "to": reference(tie.to) if tie.to is not None else None,
        }
        for tie in every
    ]


def attending(attendee: Attendee) -> dict[str, Any]:
    """The values of ``models.GuestOf``."""
    return {
        "name": attendee.name,
        "email": attendee.email,
        "ours": attendee.ours,
        "first_time": attendee.first_time,
        "known_as": ties(attendee.ties),
    }


def reference(found: Found) -> dict[str, Any]:
    """The values of ``pieces.Reference``."""
    return {"source": found.source, "kind": found.record.kind.value, "id": found.record.id}
