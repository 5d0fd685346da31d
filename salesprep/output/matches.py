"""How a record was matched, as all JSON documents have it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from salesprep.briefing.model import Match
from salesprep.briefing.recognition.evidence import Evidence


def matched(match: Match) -> dict[str, Any]:
    """The values of ``pieces.MatchOf``."""
    return {
        "outcome": match.outcome,
        "how": match.how,
        "evidence": [each.text for each in match.evidence],
        "reasons": reasons(match.evidence),
        "related": [
            {"relation": r.relation, "name": r.name, "source": r.source, "id": r.native_id}
            for r in match.related
        ],
    }


def reasons(evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
    """The values of ``pieces.ReasonOf``, one of each piece."""
    return [_reason(each) for each in evidence]


def _reason(evidence: Evidence) -> dict[str, Any]:
    return {
        "what": evidence.what,
        "told": evidence.told,
        "weight": evidence.weight,
        "source": evidence.source,
        "id": evidence.record,
        "here": evidence.here,
        "instead": evidence.instead,
    }
