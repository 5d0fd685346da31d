"""What another program reads."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import cycle
from typing import Any

import jsonschema
import pytest

from salesprep.adapter import (
    RECORD_TYPES,
    Failure,
    Invoice,
    Kind,
    Meeting,
    Money,
    Opportunity,
    Refusal,
)
from salesprep.briefing.model import Agenda, Briefing, Found, Match, Panel, Section
from salesprep.briefing.recognition.evidence import piece
from salesprep.output import json as output
from salesprep.output import models
from salesprep.settings import Us

LATE = Failure("deadline_exceeded", "no answer within 8 s", None, "nobody", retry=True, may_show_old=True)


def validate(document: str, name: output.Schema) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(document)
    schema = output.schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.FormatChecker(("date",))
    jsonschema.Draft202012Validator(schema, format_checker=checker).validate(loaded)
    return loaded


def one_of_each_kind(now: datetime) -> tuple[Found, ...]:
    made = []
    for number, (kind, cls) in enumerate(RECORD_TYPES.items()):
        more: dict[str, Any] = {"start": now, "end": now} if kind is Kind.MEETING else {}
        link: dict[str, Any] = (
            {"url": "https://crm.example/1"} if number % 2 else {"no_url_reason": "the source has none"}
        )
        record = cls(id=str(number), title=kind.value, fetched_at=now, **link, **more)
        made.append(Found("crm", record, Match("same", "id", (piece("id", "1"),))))
    return tuple(made)


class TestTheBriefing:
    def test_it_is_as_published(self, two: Briefing, seven: Briefing, us: Us) -> None:
        for briefing in (two, seven):
            loaded = validate(output.briefing(briefing, us), "briefing")
            assert loaded["schema"] == "salesprep.briefing/1"
            assert [panel["source"] for panel in loaded["panels"]] == [p.source for p in briefing.panels]

    def test_every_record_says_where_it_comes_from(self, seven: Briefing, us: Us) -> None:
        loaded = validate(output.briefing(seven, us), "briefing")
        records = [record for panel in loaded["panels"] for record in panel["records"]]
        assert len(records) == sum(len(s.records) for p in seven.panels for s in p.sections)
        for record in records:
            assert record["source"]
            assert (record["url"] is None) != (record["no_url_reason"] is None)
            assert record["fetched_at"].endswith("Z")
            assert record["match"]["outcome"] == "same"

    def test_all_twelve_kinds_are_described(self, two: Briefing, us: Us) -> None:
        found = one_of_each_kind(two.generated_at)
        sections = tuple(Section(f.record.kind, "fresh", (f,)) for f in found)
        panel = replace(two.panels[0], sections=sections)
        loaded = validate(output.briefing(replace(two, panels=(panel,)), us), "briefing")
        assert [r["kind"] for r in loaded["panels"][0]["records"]] == [kind.value for kind in Kind]

    def test_a_signal_points_to_its_records(self, two: Briefing, us: Us) -> None:
        loaded = validate(output.briefing(two, us), "briefing")
        rules = [signal["rule"] for signal in loaded["signals"]]
        assert rules == ["complaint", "promised", "offer", "new_face", "last_talk", "near"]
        offer = loaded["signals"][2]
        assert offer["word"] == "OFFER"
        assert offer["text"].startswith("LX-200, € 180.000")
        assert offer["evidence"] == [{"source": "crm", "kind": "opportunity", "id": "1"}]

    def test_times_are_utc_and_days_are_days(self, two: Briefing, us: Us) -> None:
        loaded = validate(output.briefing(two, us), "briefing")
        assert loaded["generated_at"] == "2026-11-23T12:21:00Z"
        assert loaded["visit"]["start"] == "2026-11-23T13:00:00Z"
        offers = [r for r in loaded["panels"][0]["records"] if r["kind"] == "opportunity"]
        assert {offer["closes"] for offer in offers} == {"2026-11-24", "2027-01-29"}

    @pytest.mark.parametrize(
        ("amount", "written"),
        [
            ("180000.00", "180000.00"),
            ("0.1", "0.1"),
            ("1E+5", "100000"),
            ("-3.10", "-3.10"),
            ("1E+999", "1E+999"),
        ],
    )
    def test_amounts_are_exact(self, amount: str, written: str, two: Briefing, us: Us) -> None:
        offer = Opportunity(
            id="1",
            title="x",
            fetched_at=two.generated_at,
            no_url_reason="none",
            amount=Money(Decimal(amount), "EUR"),
        )
        section = Section(Kind.OPPORTUNITY, "fresh", (Found("crm", offer, Match("same", "id")),))
        briefing = replace(two, panels=(replace(two.panels[0], sections=(section,)),))
        loaded = validate(output.briefing(briefing, us), "briefing")
        assert loaded["panels"][0]["records"][0]["amount"] == {"amount": written, "currency": "EUR"}

    def test_a_failure_says_who_mends_it(self, two: Briefing, us: Us) -> None:
        retry = datetime(2026, 11, 23, 12, 40, tzinfo=UTC)
        failure = replace(LATE, retry_at=retry)
        refusal = Refusal(2, "end before start", "agenda.ics line 1204")
        section = Section(Kind.MEETING, "failed", failure=failure, refused=(refusal,))
        panel = Panel(
            "calendar", "CALENDAR", "ics", "failed", (section,), failure=failure, elapsed_ms=8000.04
        )
        loaded = validate(output.briefing(replace(two, panels=(panel,)), us), "briefing")["panels"][0]
        assert loaded["error"]["actor"] == "nobody"
        assert loaded["error"]["retry_at"] == "2026-11-23T12:40:00Z"
        assert loaded["age_s"] is None
        assert loaded["elapsed_ms"] == 8000.0
        assert loaded["sections"][0]["refused"] == [
            {"count": 2, "why": "end before start", "where": "agenda.ics line 1204", "shown": False}
        ]

    def test_a_candidate_is_listed_once_and_never_among_the_records(self, two: Briefing, us: Us) -> None:
        account = two.panels[0].sections[0].records[0]
        maybe = replace(account, match=Match("maybe", "name", (piece("name", "equal name"),)))
        section = Section(Kind.ACCOUNT, "choose", candidates=(maybe,))
        panel = replace(two.panels[0], sections=(section,), candidates=(maybe,), state="choose")
        loaded = validate(output.briefing(replace(two, panels=(panel,)), us), "briefing")["panels"][0]
        assert loaded["records"] == []
        assert [each["match"]["outcome"] for each in loaded["candidates"]] == ["maybe"]

    def test_a_busy_visit_names_nobody(self, two: Briefing, us: Us) -> None:
        assert two.visit is not None
        busy = replace(two.visit, meeting=replace(two.visit.meeting, visibility="busy"))
        loaded = validate(output.briefing(replace(two, visit=busy), us), "briefing")
        assert loaded["visit"]["attendees"] == []


class TestTheAgenda:
    def test_it_is_as_published(self, agenda: Agenda, us: Us) -> None:
        loaded = validate(output.agenda(agenda, us), "agenda")
        assert [visit["title"] for visit in loaded["visits"]][:2] == ["Kwartaalbezoek", "Voortgang"]
        first = loaded["visits"][0]
        assert first["customer"] == {"id": "Van Dijk Machinebouw", "name": "Van Dijk Machinebouw"}
        assert [attendee["ours"] for attendee in first["attendees"]] == [True, False]
        assert first["first_line"]["rule"] == "offer"

    def test_an_unsure_visit_has_no_customer_but_candidates(self, agenda: Agenda, us: Us) -> None:
        unsure = validate(output.agenda(agenda, us), "agenda")["visits"][3]
        assert unsure["customer"] is None
        assert [each["title"] for each in unsure["candidates"]] == ["Berghout Staal", "Berghout Transport"]

    def test_an_all_day_visit_has_days(self, agenda: Agenda, us: Us) -> None:
        first = agenda.visits[0]
        day = agenda.generated_at.date()
        whole = replace(first, meeting=replace(first.meeting, start=day, end=day))
        loaded = validate(output.agenda(replace(agenda, visits=(whole, *agenda.visits[1:])), us), "agenda")
        assert loaded["visits"][0]["start"] == "2026-11-23"

    def test_a_calendar_that_failed_is_not_hidden(self, agenda: Agenda, us: Us) -> None:
        failed = replace(agenda.panels[0], state="failed", failure=LATE, sections=())
        loaded = validate(output.agenda(replace(agenda, panels=(failed,)), us), "agenda")
        assert loaded["sources"][0]["error"]["code"] == "deadline_exceeded"


class TestTheSchema:
    @pytest.mark.parametrize("name", ["briefing", "agenda", "contacts", "people"])
    def test_the_published_file_is_that_of_the_models(self, name: output.Schema) -> None:
        published = json.dumps(output.schema(name), indent=2, ensure_ascii=False) + "\n"
        assert published == models.text(name), "run: python -m salesprep.output.models"

    def test_the_documents_bear_the_models_names(self) -> None:
        assert {name: identity for name, (identity, _model) in models.DOCUMENTS.items()} == {
            "briefing": output.BRIEFING,
            "agenda": output.AGENDA,
            "contacts": output.CONTACTS,
            "people": output.PEOPLE,
        }

    def test_an_unknown_key_is_refused(self, two: Briefing, us: Us) -> None:
        loaded = json.loads(output.briefing(two, us))
        loaded["panels"][0]["records"][0]["more"] = 1
        with pytest.raises(jsonschema.ValidationError):
            validate(json.dumps(loaded), "briefing")

    @pytest.mark.parametrize("link", [("https://x.example", "and a reason"), (None, None)])
    def test_a_record_has_an_address_or_a_reason_and_not_both(
        self, link: tuple[str | None, str | None], two: Briefing, us: Us
    ) -> None:
        loaded = json.loads(output.briefing(two, us))
        record = loaded["panels"][0]["records"][0]
        record["url"], record["no_url_reason"] = link
        with pytest.raises(jsonschema.ValidationError):
            validate(json.dumps(loaded), "briefing")

    def test_writing_a_briefing_needs_no_model_library(self) -> None:
        code = (
            "import sys, salesprep.output.json; sys.exit('pydantic' in sys.modules or 'babel' in sys.modules)"
        )
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


class TestTextFromASourceIsText:
    HOSTILE = '\x1b]52;c;ZXZpbA==\x07\x9b31m\u202e\u2066\u2028\ud800<script>[bold]=cmd()"\\'

    def test_it_is_escaped_and_comes_back_as_it_was(self, two: Briefing, us: Us, rewrite: Any) -> None:
        document = output.briefing(rewrite(two, cycle([self.HOSTILE])), us)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", document)
        loaded = validate(document, "briefing")
        assert loaded["customer"]["name"] == self.HOSTILE
        document.encode("utf-8")

    def test_numbers_that_are_none_do_not_break_the_document(self, two: Briefing, us: Us) -> None:
        assert two.visit is not None
        place = two.visit.meeting.place
        assert place is not None
        odd = replace(place, latitude=float("nan"), longitude=float("inf"))
        meeting: Meeting = replace(two.visit.meeting, place=odd)
        invoice = Invoice(
            id="1",
            title="x",
            fetched_at=two.generated_at,
            no_url_reason="none",
            amount=Money(Decimal("NaN"), "EUR"),
        )
        section = Section(Kind.INVOICE, "fresh", (Found("crm", invoice, Match("same", "id")),))
        panel = replace(two.panels[0], sections=(section,), elapsed_ms=float("inf"))
        briefing = replace(two, visit=replace(two.visit, meeting=meeting), panels=(panel,))
        assert validate(output.briefing(briefing, us), "briefing")["visit"]["place"]["latitude"] is None


class TestAVisitOfAColleague:
    def test_it_is_beside_the_users_own(self, two: Briefing, us: Us) -> None:
        loaded = validate(
            output.briefing(replace(two, visit=None, colleague_visit=two.visit), us), "briefing"
        )
        assert loaded["visit"] is None
        assert loaded["colleague_visit"]["title"] == "Kwartaalbezoek"

    def test_that_nobody_knows_the_customer_is_told(self, two: Briefing, us: Us) -> None:
        assert validate(output.briefing(two, us), "briefing")["known"] is True
        assert validate(output.briefing(replace(two, known=False), us), "briefing")["known"] is False

    def test_all_of_a_rule_are_told_and_of_which_customer(self, two: Briefing, us: Us) -> None:
        loaded = validate(output.briefing(replace(two, signals=two.signals * 5), us), "briefing")
        assert len(loaded["signals"]) == 5 * len(two.signals)
        new = next(s for s in loaded["signals"] if s["rule"] == "new_face")
        assert new["text"].endswith("not in CRM under Van Dijk Machinebouw B.V.")
