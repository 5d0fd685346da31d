"""Title, people, place, words and links of an event, and what a private one keeps to itself."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import Any

import pytest

from salesprep.adapter import Keys, Meeting, Participant, Place

Desk = Any

VISIT = """UID:visit-1
DTSTART:20261124T130000Z
DTEND:20261124T140000Z
SUMMARY;LANGUAGE=nl:Kwartaalbezoek\\, deel 2
LOCATION:Rooseveltlaan 12\\nEindhoven
GEO:51.4416;5.4697
DESCRIPTION:Neem mee:\\n- stuklijst\\; lijn 4
STATUS:TENTATIVE
LAST-MODIFIED:20261120T090000Z
CATEGORIES:Klant,Bezoek
ORGANIZER;CN="Bakker, Anna":mailto:Anna@ours.example
ATTENDEE;CN=Anna Bakker;PARTSTAT=ACCEPTED:MAILTO:anna@ours.example
ATTENDEE;CN=A. Yılmaz;PARTSTAT=NEEDS-ACTION:mailto:a.yilmaz@mail.vandijk.example
ATTENDEE;CN=R. Smit;ROLE=OPT-PARTICIPANT;PARTSTAT=DECLINED:mailto:r.smit@vandijk.example
ATTENDEE;CUTYPE=ROOM;CN=Zaal 1:mailto:zaal1@ours.example
ATTENDEE;CN=t.aarts@vandijk.example;EMAIL=t.aarts@vandijk.example:/principals/17/"""


async def only(desk: Any, *events: str, **calendar: object) -> Meeting:
    path = desk.write(*events)
    desk.opens({"path": str(path), **calendar})
    (meeting,) = (await desk.agenda()).records
    assert isinstance(meeting, Meeting)
    return meeting


class TestAVisit:
    async def test_is_told_whole(self, desk: Desk) -> None:
        meeting = await only(desk, VISIT, owner="Anna@ours.example", name="Anna")
        assert meeting.title == "Kwartaalbezoek, deel 2"
        assert meeting.place == Place("Rooseveltlaan 12, Eindhoven", latitude=51.4416, longitude=5.4697)
        assert meeting.body == "Neem mee:\n- stuklijst; lijn 4"
        assert meeting.status == "tentative"
        assert meeting.language == "nl"
        assert meeting.updated_at == datetime(2026, 11, 20, 9, tzinfo=UTC)
        assert meeting.calendar_owner == "anna@ours.example"
        assert meeting.fields == {"categories": "Klant, Bezoek", "calendar": "Anna"}
        assert (meeting.series_id, meeting.visibility) == ("visit-1", "internal")
        assert meeting.fetched_at == desk.now

    async def test_names_people_once_with_their_part_and_answer(self, desk: Desk) -> None:
        meeting = await only(desk, VISIT)
        assert meeting.people == (
            Participant("Bakker, Anna", "Anna@ours.example", "organiser", "accepted"),
            Participant("A. Yılmaz", "a.yilmaz@mail.vandijk.example", "attendee", "needs-action"),
            Participant("R. Smit", "r.smit@vandijk.example", "optional", "declined"),
            Participant(None, "t.aarts@vandijk.example", "attendee", None),
        )

    async def test_is_recognised_by_mail_addresses_and_domains(self, desk: Desk) -> None:
        meeting = await only(desk, VISIT)
        assert meeting.keys == Keys(
            emails=(
                "anna@ours.example",
                "a.yilmaz@mail.vandijk.example",
                "r.smit@vandijk.example",
                "t.aarts@vandijk.example",
            ),
            domains=("ours.example", "vandijk.example"),
        )

    async def test_cancelled_stays_and_says_so(self, desk: Desk) -> None:
        meeting = await only(desk, "UID:1\nDTSTART:20261124T130000Z\nSUMMARY:Off\nSTATUS:CANCELLED")
        assert (meeting.status, meeting.title) == ("cancelled", "Off")

    async def test_of_a_cancelling_file_is_cancelled(self, desk: Desk) -> None:
        path = desk.write("UID:1\nDTSTART:20261124T130000Z\nSUMMARY:Off", head="METHOD:CANCEL")
        desk.opens({"path": str(path)})
        assert [m.status for m in (await desk.agenda()).records] == ["cancelled"]

    async def test_described_in_html_is_read_as_words(self, desk: Desk) -> None:
        meeting = await only(
            desk,
            "UID:1\nDTSTART:20261124T130000Z\nSUMMARY:S\n"
            "DESCRIPTION:<html><head><style>p{}</style></head>"
            "<p>Kaas &amp\\; Co</p><br>tweede <b>regel</b></html>",
        )
        assert meeting.body == "Kaas & Co\n\ntweede regel"

    @pytest.mark.parametrize(
        ("html", "body"),
        [
            (
                '<p>Zie <a href="https://crm.example/1">dossier</a>.</p>',
                "Zie dossier (https://crm.example/1).",
            ),
            ('<p><a href="https://crm.example/1">https://crm.example/1</a></p>', "https://crm.example/1"),
            ('<p><a href="javascript:x()">dossier</a> <a>leeg</a></p>', "dossier leeg"),
        ],
    )
    async def test_described_in_html_says_where_its_words_lead_to(
        self, desk: Desk, html: str, body: str
    ) -> None:
        described = f"UID:1\nDTSTART:20261124T130000Z\nSUMMARY:S\nDESCRIPTION:{html}"
        assert (await only(desk, described)).body == body

    @pytest.mark.parametrize(
        ("uid", "series"),
        [
            ("k3v_R20261126T130000@google.com", "k3v@google.com"),
            ("k3v_R20261126@google.com", "k3v@google.com"),
            ("k3v_R20261126@ons.example", "k3v_R20261126@ons.example"),
            (
                "040000008200E00074C5B7101A82E00807EA0B19" + "0" * 48,
                "040000008200E00074C5B7101A82E008" + "0" * 56,
            ),
            ("040000008200E00074C5B7101A82E00807EA", "040000008200E00074C5B7101A82E00807EA"),
        ],
    )
    async def test_of_a_part_of_a_series_is_of_that_series(self, desk: Desk, uid: str, series: str) -> None:
        meeting = await only(desk, f"UID:{uid}\nDTSTART:20261124T130000Z\nSUMMARY:S")
        assert meeting.series_id == series
        assert meeting.id.startswith(uid)

    @pytest.mark.parametrize("geo", ["91;5", "nan;5", "51", "0;0", "x;y"])
    async def test_with_a_nonsense_position_has_none(self, desk: Desk, geo: str) -> None:
        meeting = await only(desk, f"UID:1\nDTSTART:20261124T130000Z\nSUMMARY:S\nGEO:{geo}")
        assert meeting.place is None

    async def test_takes_its_position_from_where_apple_writes_it(self, desk: Desk) -> None:
        where = 'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE="Brink":geo:51.48,5.66'
        meeting = await only(desk, f"UID:1\nDTSTART:20261124T130000Z\nSUMMARY:S\n{where}")
        assert meeting.place == Place(latitude=51.48, longitude=5.66)

    async def test_with_nothing_but_a_start_is_shown(self, desk: Desk) -> None:
        meeting = await only(desk, "DTSTART:20261124T130000Z")
        assert (meeting.title, meeting.people, meeting.place, meeting.series_id) == ("", (), None, None)


class TestItsLink:
    EVENT = "UID:a b/1\nDTSTART:20261124T130000Z\nSUMMARY:S"

    async def test_is_the_events_own_if_it_is_a_web_address(self, desk: Desk) -> None:
        meeting = await only(
            desk, self.EVENT + "\nURL:https://calendar.example/1", link="https://x.example/{uid}"
        )
        assert (meeting.url, meeting.no_url_reason) == ("https://calendar.example/1", None)

    async def test_else_follows_the_template_of_the_settings(self, desk: Desk) -> None:
        meeting = await only(desk, self.EVENT + "\nURL:javascript:alert(1)", link="https://x.example/e/{uid}")
        assert meeting.url == "https://x.example/e/a%20b%2F1"

    async def test_is_absent_with_a_reason(self, desk: Desk) -> None:
        meeting = await only(desk, self.EVENT + "\nURL:file:///etc/passwd")
        assert meeting.url is None
        assert meeting.no_url_reason


class TestAPrivateEvent:
    @pytest.mark.parametrize("word", ["PRIVATE", "confidential", "X-SECRET"])
    async def test_says_only_that_somebody_is_occupied(self, desk: Desk, word: str) -> None:
        meeting = await only(desk, VISIT + f"\nCLASS:{word}\nURL:https://calendar.example/1")
        assert meeting.visibility == "busy"
        assert (meeting.title, meeting.people, meeting.place, meeting.body, meeting.keys) == (
            "",
            (),
            None,
            None,
            Keys(),
        )
        assert (meeting.url, dict(meeting.fields), meeting.updated_at) == (None, {}, None)

    async def test_is_not_found_by_what_is_in_it(self, desk: Desk) -> None:
        desk.write(VISIT + "\nCLASS:PRIVATE", VISIT.replace("visit-1", "visit-2") + "\nCLASS:PUBLIC")
        page = await desk.about(
            "Kwartaalbezoek", domains=["vandijk.example"], emails=["r.smit@vandijk.example"]
        )
        assert [m.series_id for m in page.records] == ["visit-2"]

    async def test_leaves_no_word_in_the_instances_that_are_kept(self, desk: Desk) -> None:
        desk.write(VISIT + "\nCLASS:PRIVATE")
        await desk.agenda()
        await desk.about("Kwartaalbezoek")
        kept = sqlite3.connect(desk.store / "calendars.sqlite")
        details = " ".join(body for (body,) in kept.execute("SELECT body FROM detail"))
        kept.close()
        assert "visit-1" in details
        assert "Kwartaal" not in details

    async def test_hides_the_moved_instances_of_its_series_as_well(self, desk: Desk) -> None:
        master = "UID:s\nDTSTART:20261124T090000Z\nRRULE:FREQ=DAILY;COUNT=2\nSUMMARY:Arts\nCLASS:PRIVATE"
        moved = "UID:s\nRECURRENCE-ID:20261125T090000Z\nDTSTART:20261125T100000Z\nSUMMARY:Arts, later"
        desk.write(master, moved)
        assert [m.title for m in (await desk.agenda()).records] == ["", ""]
        assert (await desk.about("Arts")).records == ()

    async def test_that_is_one_instance_hides_that_one_only(self, desk: Desk) -> None:
        master = "UID:s\nDTSTART:20261124T090000Z\nRRULE:FREQ=DAILY;COUNT=2\nSUMMARY:Open"
        moved = "UID:s\nRECURRENCE-ID:20261125T090000Z\nDTSTART:20261125T100000Z\nSUMMARY:Arts\nCLASS:PRIVATE"
        desk.write(master, moved)
        assert [m.title for m in (await desk.agenda()).records] == ["Open", ""]
        assert (await desk.about("Arts")).records == ()
        assert len((await desk.about("Open")).records) == 1
