"""The JSON documents as pydantic models, and the schemas made from them.

Only the schemas need this module: writing a briefing does not import it. ``python -m
salesprep.output.models`` writes the schema files anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field

from salesprep.briefing.model import Reply, State
from salesprep.output.json import AGENDA, BRIEFING, CONTACTS, PEOPLE, Schema
from salesprep.output.pieces import (
    AnyRecord,
    AttendeeOf,
    CustomerName,
    CustomerOf,
    ErrorOf,
    Moment,
    Person,
    ReasonOf,
    RefusedOf,
    SectionOf,
    SignalOf,
    Strict,
    TieOf,
    When,
    Where,
)

_FOLDER = Path(__file__).parent / "schemas"


class InvolvedOf(CustomerName):
    """A customer of a meeting and what tells so; not ``there``: the meeting is about them, without any of
    them. ``evidence`` is the text of ``reasons``."""

    there: bool
    evidence: list[str]
    reasons: list[ReasonOf]


class VisitOf(Strict):
    """A coming meeting, and whose customer it is with."""

    source: str
    id: str
    start: When
    end: When
    title: str
    place: Where | None
    customer: CustomerName | None
    how: str | None
    customers: list[InvolvedOf]
    candidates: list[AnyRecord]
    attendees: list[AttendeeOf]


class PlannedVisit(VisitOf):
    """A coming visit with the first line of its customer's quick scan."""

    first_line: SignalOf | None


class FlagOf(Strict):
    """A link whose account is gone, or is called otherwise by now."""

    id: str
    what: Literal["gone", "moved"]
    then: str
    now: str


class PanelOf(Strict):
    """What one source tells about the customer."""

    source: str
    title: str
    adapter: str
    state: State
    age_s: float | None
    elapsed_ms: float
    error: ErrorOf | None
    sections: list[SectionOf]
    records: list[AnyRecord]
    candidates: list[AnyRecord]
    flags: list[FlagOf]


class SourceOf(Strict):
    """A source that was asked, and what became of it."""

    source: str
    adapter: str
    state: State
    elapsed_ms: float
    error: ErrorOf | None
    refused: list[RefusedOf]


class NoteOf(Strict):
    """The user's own note."""

    text: str
    customer: str | None
    cut: bool


class GuestOf(Strict):
    """Somebody at the coming visit, and their records in the sources that know them."""

    name: str
    email: str | None
    ours: bool
    first_time: bool
    known_as: list[TieOf]


class BriefingOf(Strict):
    """One customer at one moment."""

    schema_: Literal["salesprep.briefing/1"] = Field(alias="schema")
    generated_at: Moment
    deadline_s: float
    complete: bool
    example: bool
    known: bool
    customer: CustomerOf
    visit: VisitOf | None
    colleague_visit: VisitOf | None
    internal: list[VisitOf]
    attendees: list[GuestOf]
    signals: list[SignalOf]
    panels: list[PanelOf]
    note: NoteOf | None


class AgendaOf(Strict):
    """The coming visits, earliest first."""

    schema_: Literal["salesprep.agenda/1"] = Field(alias="schema")
    generated_at: Moment
    example: bool
    visits: list[PlannedVisit]
    internal: list[VisitOf]
    sources: list[SourceOf]


class KeeperOf(SourceOf):
    """A source of contacts or persons: how many records were read, and whether it has more."""

    read: int
    more: bool


class ContactOf(Strict):
    """What went on between us and them once, as one source tells it or several side by side."""

    when: When
    type: str
    direction: Literal["in", "out"] | None
    reply: Reply | None
    cc: bool
    new_face: bool
    ours: list[Person]
    theirs: list[Person]
    records: list[AnyRecord]


class LastOf(Strict):
    """An attendee's last contacts with any of us."""

    name: str
    email: str | None
    sure: bool
    known_as: list[TieOf]
    last: list[ContactOf]


class AboutOf(Strict):
    """Whom and when a document is about."""

    generated_at: Moment
    complete: bool
    example: bool
    known: bool
    customer: CustomerOf
    visit: VisitOf | None


class ContactsOf(AboutOf):
    """The recent contacts with one customer, newest first."""

    schema_: Literal["salesprep.contacts/1"] = Field(alias="schema")
    person: str | None
    days: int
    in_days: int
    in_days_complete: bool
    in_all: int | None
    attendees: list[LastOf]
    contacts: list[ContactOf]
    left_out: int
    sources: list[KeeperOf]


class SaidOf(Strict):
    """One source's word."""

    source: str
    value: str


class DiffersOf(Strict):
    """Something on which sources contradict each other."""

    what: Literal["position", "left", "employer", "city", "name"]
    said: list[SaidOf]


class EntryOf(Strict):
    """One person, with every source's record side by side."""

    name: str
    news: Literal["new", "position", "left"] | None
    invited: bool
    unknown_to: list[str]
    records: list[AnyRecord]
    same: list[TieOf]
    perhaps: list[TieOf]
    differs: list[DiffersOf]
    last_contact: ContactOf | None


class PeopleOf(AboutOf):
    """Who is there at one customer."""

    schema_: Literal["salesprep.people/1"] = Field(alias="schema")
    people: list[EntryOf]
    sources: list[KeeperOf]


DOCUMENTS: dict[Schema, tuple[str, type[BaseModel]]] = {
    "briefing": (BRIEFING, BriefingOf),
    "agenda": (AGENDA, AgendaOf),
    "contacts": (CONTACTS, ContactsOf),
    "people": (PEOPLE, PeopleOf),
}


def text(name: Schema) -> str:
    """The schema as the models have it now, as it stands in its file."""
    identity, model = DOCUMENTS[name]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:{identity}"}
    return json.dumps({**head, **model.model_json_schema()}, indent=2, ensure_ascii=False) + "\n"


def write() -> None:
    """Write the published files anew."""
    _FOLDER.mkdir(exist_ok=True)
    for name in DOCUMENTS:
        (_FOLDER / f"{name}-1.json").write_text(text(name), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
