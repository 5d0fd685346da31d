"""Contacts, people and one's own note, as another program reads them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema

from salesprep.briefing.contacts.recent import recent
from salesprep.briefing.contacts.time_line import contacts
from salesprep.briefing.model import Briefing, Note
from salesprep.briefing.recognition.ours import ours
from salesprep.briefing.roster import roster
from salesprep.output import json as output
from salesprep.settings import Us


def validate(document: str, name: output.Schema) -> Any:
    loaded = json.loads(document)
    jsonschema.Draft202012Validator(output.schema(name)).validate(loaded)
    return loaded


def lined(briefing: Briefing, us: Us) -> Briefing:
    now = briefing.generated_at
    return replace(briefing, contacts=contacts(briefing.panels, ours(us), now, us.zone))


class TestTheContacts:
    def test_are_as_published(self, two: Briefing, seven: Briefing, us: Us) -> None:
        for briefing in (two, seven):
            loaded = validate(output.contacts(recent(lined(briefing, us), us, every=True), us), "contacts")
            assert loaded["schema"] == "salesprep.contacts/1"
            assert len(loaded["contacts"]) == len(lined(briefing, us).contacts)

    def test_hold_the_records_of_a_line_side_by_side(self, two: Briefing, us: Us) -> None:
        loaded = validate(output.contacts(recent(lined(two, us), us), us), "contacts")
        visit = next(c for c in loaded["contacts"] if c["type"] == "visit")
        assert [(r["source"], r["kind"], r["title"]) for r in visit["records"]] == [
            ("crm", "activity", "bezoek lijn 4"),
            ("calendar", "meeting", "Bezoek lijn 4"),
        ]
        assert all(record["match"]["outcome"] == "same" for record in visit["records"])

    def test_tell_who_was_asked_and_what_was_not_read(self, two: Briefing, us: Us) -> None:
        loaded = validate(output.contacts(recent(lined(two, us), us), us), "contacts")
        assert [(s["source"], s["read"], s["more"]) for s in loaded["sources"]] == [
            ("crm", 7, True),
            ("calendar", 3, False),
        ]
        assert (loaded["in_days_complete"], loaded["in_all"]) == (False, 65)
        assert [(a["name"], len(a["last"])) for a in loaded["attendees"]] == [
            ("R. Smit", 1),
            ("A. Yılmaz", 0),
        ]
        assert [c["reply"] for c in loaded["contacts"]][:2] == ["no_answer", None]

    def test_without_anything_are_a_document_too(self, two: Briefing, us: Us) -> None:
        bare = replace(two, panels=(), contacts=(), attendees=(), visit=None)
        assert validate(output.contacts(recent(bare, us), us), "contacts")["contacts"] == []
        assert validate(output.people(roster(bare), us), "people")["people"] == []


class TestThePeople:
    def test_are_as_published(self, two: Briefing, seven: Briefing, us: Us) -> None:
        for briefing in (two, seven):
            loaded = validate(output.people(roster(lined(briefing, us)), us), "people")
            assert loaded["schema"] == "salesprep.people/1"

    def test_have_every_sources_word_beside_the_others(self, seven: Briefing, us: Us) -> None:
        loaded = validate(output.people(roster(lined(seven, us)), us), "people")
        smit = next(p for p in loaded["people"] if p["name"] == "R. Smit")
        assert [(r["source"], r["position"]) for r in smit["records"]] == [
            ("crm", "Plant manager"),
            ("linkedin", "COO"),
        ]
        assert smit["differs"] == [
            {
                "what": "position",
                "said": [{"source": "crm", "value": "Plant manager"}, {"source": "linkedin", "value": "COO"}],
            }
        ]
        assert (smit["invited"], smit["last_contact"]["type"]) == (True, "phone")


class TestOnesOwnNote:
    def test_is_left_out_of_what_goes_to_other_programs(self, two: Briefing, us: Us) -> None:
        noted = replace(two, note=Note("ask about Zwaluw"))
        assert "Zwaluw" not in output.briefing(noted, us)
        assert validate(output.briefing(noted, us), "briefing")["note"] is None
        assert "Zwaluw" not in output.contacts(recent(noted, us), us) + output.people(roster(noted), us)

    def test_comes_where_it_was_asked_for(self, two: Briefing, us: Us) -> None:
        noted = replace(two, note=Note("ask about Zwaluw", "Van Dijk"))
        loaded = validate(output.briefing(noted, us, note=True), "briefing")
        assert loaded["note"] == {"text": "ask about Zwaluw", "customer": "Van Dijk", "cut": False}
        assert validate(output.briefing(two, us, note=True), "briefing")["note"] is None
