"""A briefing, an agenda, contacts or people as JSON: ``salesprep.briefing/1`` and the others.

Times are UTC (ISO 8601, ``Z``), days are days, amounts are decimal strings beside their currency.
Built by hand from the frozen types, so that a briefing needs no model library; the models in
:mod:`salesprep.output.models` describe the same and make the published schemas.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from salesprep.adapter import Failure, Kind, Meeting, Money, Participant
from salesprep.briefing.contacts.time_line import KINDS
from salesprep.briefing.model import (
    Agenda,
    Briefing,
    Contact,
    Customer,
    Found,
    Involved,
    Panel,
    Said,
    Section,
    Signal,
    Visit,
)
from salesprep.briefing.recognition.ours import ours
from salesprep.output.matches import matched, reasons
from salesprep.output.ties import attending, reference, ties
from salesprep.settings import Us
from salesprep.view.voice import labels as source_labels
from salesprep.view.wordings import signal_text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from salesprep.briefing.contacts.recent import Recent
    from salesprep.briefing.roster import Roster

Schema = Literal["briefing", "agenda", "contacts", "people"]

BRIEFING = "salesprep.briefing/1"
AGENDA = "salesprep.agenda/1"
CONTACTS = "salesprep.contacts/1"
PEOPLE = "salesprep.people/1"

_FOLDER = Path(__file__).parent / "schemas"

# What json.dumps leaves as it is although it could steer a terminal or break a reader: DEL, C1, line
# separators, direction controls, lone surrogates.
_STEERING = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def briefing(briefing: Briefing, us: Us, *, note: bool = False) -> str:
    """The briefing as one JSON document, ended by a line break.

    ``note``: with the user's own note, which is left out else, as JSON goes to other programs.
    """
    labels = source_labels(briefing.panels)
    visit, theirs, name = briefing.visit, briefing.colleague_visit, briefing.customer.name
    return _dump(
        {
            "schema": BRIEFING,
            "generated_at": _plain(briefing.generated_at),
            "deadline_s": briefing.deadline_s,
            "complete": briefing.complete,
            "example": briefing.example,
            "known": briefing.known,
            "customer": _customer(briefing.customer),
            "visit": _visit(visit, us) if visit else None,
            "colleague_visit": _visit(theirs, us) if theirs else None,
            "internal": [_visit(each, us) for each in briefing.internal],
            "attendees": [attending(each) for each in briefing.attendees],
            "signals": [
                _signal(signal, us, briefing.generated_at, labels, name) for signal in briefing.signals
            ],
            "panels": [_panel(panel, briefing.generated_at) for panel in briefing.panels],
            "note": _fields(briefing.note) if note and briefing.note is not None else None,
        }
    )


def agenda(agenda: Agenda, us: Us) -> str:
    """The coming visits as one JSON document, ended by a line break."""
    labels = source_labels(agenda.panels)
    visits = []
    for visit, first in zip(agenda.visits, agenda.first_lines, strict=True):
        name = visit.customer.name if visit.customer else ""
        line = _signal(first, us, agenda.generated_at, labels, name) if first else None
        visits.append({**_visit(visit, us), "first_line": line})
    return _dump(
        {
            "schema": AGENDA,
            "generated_at": _plain(agenda.generated_at),
            "example": agenda.example,
            "visits": visits,
            "internal": [_visit(visit, us) for visit in agenda.internal],
            "sources": [_source(panel, panel.sections) for panel in agenda.panels],
        }
    )


def contacts(recent: Recent, us: Us) -> str:
    """The recent contacts as one JSON document, ended by a line break."""
    return _dump(
        {
            "schema": CONTACTS,
            **_about(recent.briefing, us),
            "person": recent.person,
            "days": recent.days,
            "in_days": recent.in_days,
            "in_days_complete": recent.days_whole,
            "in_all": recent.in_all,
            "attendees": [
                {
                    "name": each.attendee.name,
                    "email": each.attendee.email,
                    "sure": each.sure,
                    "known_as": ties(each.attendee.ties),
                    "last": [_contact(contact, recent.new_faces) for contact in each.last],
                }
                for each in recent.at_table
            ],
            "contacts": [_contact(contact, recent.new_faces) for contact in recent.line],
            "left_out": recent.left_out,
            "sources": [_keeper(panel, KINDS) for panel in recent.keepers],
        }
    )


def people(roster: Roster, us: Us) -> str:
    """The persons as one JSON document, ended by a line break."""
    return _dump(
        {
            "schema": PEOPLE,
            **_about(roster.briefing, us),
            "people": [
                {
                    "name": entry.name,
                    "news": entry.news,
                    "invited": entry.invited,
                    "unknown_to": list(entry.unknown_to),
                    "records": [_record(found) for found in entry.found],
                    "same": ties(entry.ties),
                    "perhaps": ties(entry.doubts),
                    "differs": [
                        {"what": signal.what, "said": [_said(said) for said in signal.said]}
                        for signal in entry.differs
                    ],
                    "last_contact": _contact(entry.last) if entry.last is not None else None,
                }
                for entry in roster.entries
            ],
            "sources": [_keeper(panel, (Kind.PERSON,)) for panel in roster.keepers],
        }
    )


def schema(name: Schema) -> dict[str, Any]:
    """The published JSON schema (2020-12) of one of the documents."""
    text = (_FOLDER / f"{name}-1.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _dump(document: object) -> str:
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


# -- pieces -------------------------------------------------------------------------------------


def _customer(customer: Customer) -> dict[str, Any]:
    return {
        "id": customer.id,
        "name": customer.name,
        "aliases": list(customer.aliases),
        "domains": list(customer.domains),
        "ids": [{"source": source, "id": native} for source, native in customer.ids],
    }


def _signal(
    signal: Signal, us: Us, now: datetime, labels: Mapping[str, str], customer: str
) -> dict[str, Any]:
    word, text = signal_text(signal, us, now, labels, customer)
    evidence = [reference(found) for found in signal.evidence]
    return {"rule": signal.rule, "word": word, "text": text, "evidence": evidence}


def _panel(panel: Panel, now: datetime) -> dict[str, Any]:
    candidates = [*panel.candidates, *(found for section in panel.sections for found in section.candidates)]
    return {
        "source": panel.source,
        "title": panel.title,
        "adapter": panel.adapter,
        "state": panel.state,
        "age_s": _age(panel.fetched_at, now),
        "elapsed_ms": _number(panel.elapsed_ms),
        "error": _failure(panel.failure),
        "sections": [_section(section, now) for section in panel.sections],
        "records": [_record(found) for section in panel.sections for found in section.records],
        "candidates": [_record(found) for found in _once(candidates)],
        "flags": [
            {"id": flag.target, "what": flag.what, "then": flag.then, "now": flag.now} for flag in panel.flags
        ],
    }


def _about(briefing: Briefing, us: Us) -> dict[str, Any]:
    """Whom and when a document is about."""
    return {
        "generated_at": _plain(briefing.generated_at),
        "complete": briefing.complete,
        "example": briefing.example,
        "known": briefing.known,
        "customer": _customer(briefing.customer),
        "visit": _visit(briefing.visit, us) if briefing.visit else None,
    }


def _source(panel: Panel, sections: Iterable[Section]) -> dict[str, Any]:
    return {
        "source": panel.source,
        "adapter": panel.adapter,
        "state": panel.state,
        "elapsed_ms": _number(panel.elapsed_ms),
        "error": _failure(panel.failure),
        "refused": [_plain(each) for section in sections for each in section.refused],
    }


def _keeper(panel: Panel, kinds: Collection[Kind]) -> dict[str, Any]:
    """A source of some kinds: how it did, how much was read, and whether there is more."""
    sections = [section for section in panel.sections if section.kind in kinds]
    return {
        **_source(panel, sections),
        "read": sum(len(section.records) for section in sections),
        "more": any(section.cursor is not None for section in sections),
    }


def _contact(contact: Contact, new_faces: Collection[tuple[str, str]] = ()) -> dict[str, Any]:
    return {
        "when": _plain(contact.when),
        "type": contact.type,
        "direction": contact.direction,
        "reply": contact.reply,
        "cc": contact.cc,
        "new_face": (contact.found.source, contact.found.record.id) in new_faces,
        "ours": [_fields(person) for person in contact.ours],
        "theirs": [_fields(person) for person in contact.theirs],
        "records": [_record(found) for found in contact.evidence],
    }


def _said(said: Said) -> dict[str, Any]:
    return {"source": said.source, "value": said.value}


def _section(section: Section, now: datetime) -> dict[str, Any]:
    return {
        "kind": section.kind.value,
        "state": section.state,
        "shown": len(section.records),
        "total": section.total,
        "cursor": section.cursor,
        "age_s": _age(section.fetched_at, now),
        "as_of": _plain(section.as_of),
        "elapsed_ms": _number(section.elapsed_ms),
        "error": _failure(section.failure),
        "refused": [_plain(refusal) for refusal in section.refused],
        "notice": section.notice,
    }


def _once(founds: Iterable[Found]) -> list[Found]:
    """An account may be a candidate of its section and of the panel."""
    return list({(found.source, found.record.kind, found.record.id): found for found in founds}.values())


def _record(found: Found) -> dict[str, Any]:
    record = found.record
    return {
        "kind": record.kind.value,
        "source": found.source,
        **_fields(record),
        "match": matched(found.match),
    }


def _visit(visit: Visit, us: Us) -> dict[str, Any]:
    meeting = visit.meeting
    return {
        "source": visit.source,
        "id": meeting.id,
        "start": _plain(meeting.start),
        "end": _plain(meeting.end),
        "title": meeting.title,
        "place": _plain(meeting.place),
        "customer": {"id": visit.customer.id, "name": visit.customer.name} if visit.customer else None,
        "how": visit.how,
        "customers": [_involved(each) for each in _all_involved(visit)],
        "candidates": [_record(found) for found in _once(visit.candidates)],
        "attendees": [_attendee(person, us) for person in _attending(meeting)],
    }


def _all_involved(visit: Visit) -> Iterator[Involved]:
    if visit.customer is not None:
        yield Involved(visit.customer, visit.reasons, about=visit.about)
    yield from visit.also


def _involved(involved: Involved) -> dict[str, Any]:
    return {
        "id": involved.customer.id,
        "name": involved.customer.name,
        "there": not involved.about,
        "evidence": [each.text for each in involved.evidence],
        "reasons": reasons(involved.evidence),
    }


def _attending(meeting: Meeting) -> tuple[Participant, ...]:
    return () if meeting.visibility == "busy" else meeting.people


def _attendee(person: Participant, us: Us) -> dict[str, Any]:
    return {**_fields(person), "ours": ours(us).has(person)}


def _failure(failure: Failure | None) -> dict[str, Any] | None:
    return _fields(failure) if failure is not None else None


def _age(when: datetime | None, now: datetime) -> float | None:
    return None if when is None else max(0.0, round((now - when).total_seconds(), 1))


def _number(value: float) -> float:
    return round(value, 1) if math.isfinite(value) else 0.0


# -- values -------------------------------------------------------------------------------------


def _fields(value: DataclassInstance) -> dict[str, Any]:
    return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}


def _plain(value: Any) -> Any:
    """A value of the contract as JSON has it."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, datetime):
        return _utc(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Money):
        return {"amount": _decimal(value.amount), "currency": value.currency}
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def _utc(when: datetime) -> str:
    try:
        when = when.astimezone(UTC)
    except OverflowError:  # within a day of year 1 or 9999
        when = when.replace(tzinfo=UTC)
    return when.isoformat().replace("+00:00", "Z")


def _decimal(amount: Decimal) -> str:
    """Digits without an exponent, unless those would be hundreds."""
    return format(amount, "f") if amount.is_finite() and abs(amount.adjusted()) < 100 else str(amount)
