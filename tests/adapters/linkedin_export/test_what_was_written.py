"""Messages and invitations: the contacts that a member had with people at a customer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from salesprep.adapter import Kind

Desk = Any
HERE = "Van Dijk Machinebouw"
ME, THEY = "Anna Bakker", "Ruben Smit"


@pytest.fixture
def wrote(desk: Desk, talk_table: Any, profile: str) -> Any:
    """Writes an export with these messages; Ewa Nowak alone is not at the customer."""

    def write(*rows: tuple[str, str, str, str, str], **form: Any) -> None:
        desk.export(
            desk.row(THEY, HERE),
            desk.row("Tom Aarts", f"{HERE} B.V."),
            desk.row("Ewa Nowak", "Kaas & Co"),
            messages=talk_table(*rows, **form),
            Profile=profile,
        )

    return write


class TestAMessage:
    def test_is_told_with_who_when_and_what(self, desk: Desk, wrote: Any) -> None:
        wrote(("2-a==", THEY, ME, "2026-11-12 08:41:10 UTC", "Dag Anna,\n\nkun je bellen?"))
        (talk,) = desk.talks(HERE)
        assert talk.at == datetime(2026, 11, 12, 8, 41, 10, tzinfo=UTC)
        assert (talk.type, talk.direction, talk.origin) == ("chat", "in", "outside")
        assert talk.body == "Dag Anna,\n\nkun je bellen?"
        assert talk.title == "Dag Anna, kun je bellen?"
        assert [(p.name, p.role, p.id) for p in talk.people] == [
            (THEY, "from", "ruben-smit-invented"),
            (ME, "owner", "anna-bakker-invented"),
        ]
        assert talk.keys.organisation == HERE
        assert talk.keys.account_id == desk.find(HERE).records[0].id
        assert talk.no_url_reason

    def test_names_the_member_by_the_address_of_the_settings(self, desk: Desk, wrote: Any) -> None:
        wrote(("2-a==", ME, THEY, "2026-11-12 08:41:10 UTC", "Dag"))
        desk.opens(owner="Anna@ons.example")
        (talk,) = desk.talks(HERE)
        assert [(p.name, p.role, p.email) for p in talk.people] == [
            (ME, "from", "anna@ons.example"),
            (THEY, "to", None),
        ]
        assert (talk.direction, talk.origin) == ("out", "own")

    def test_of_somebody_elsewhere_or_not_connected_is_not_told(self, desk: Desk, wrote: Any) -> None:
        wrote(
            ("2-a==", "Ewa Nowak", ME, "2026-11-12 08:41:10 UTC", "Dag"),
            ("2-b==", "Somebody Else", ME, "2026-11-12 08:41:10 UTC", "Ik werk bij Van Dijk Machinebouw"),
        )
        assert desk.talks(HERE) == []

    def test_of_somebody_who_bears_the_members_name_is_theirs(self, desk: Desk, talk_table: Any) -> None:
        table = talk_table(
            ("2-a==", ME, ME, "2026-11-12 08:00:00 UTC", "dag"),
            ("2-b==", ME, "Ewa Nowak", "2026-11-12 08:00:00 UTC", "dag"),
        )
        sender, member = "namesake-invented", "anna-bakker-invented"
        desk.export(
            desk.row(ME, HERE, slug=sender),
            messages=table.replace(member, sender, 1),
            Profile=f"First Name,Last Name\n{ME.replace(' ', ',')}\n",
        )
        desk.opens(owner="anna@ons.example")
        (talk,) = desk.talks(HERE)
        assert talk.direction == "in"
        assert [(p.role, p.email, p.id) for p in talk.people] == [
            ("from", None, sender),
            ("to", "anna@ons.example", member),
        ]

    def test_newest_comes_first_over_all_conversations(self, desk: Desk, wrote: Any) -> None:
        wrote(
            ("2-a==", THEY, ME, "2026-11-12 08:00:00 UTC", "b"),
            ("2-a==", ME, THEY, "2026-11-10 08:00:00 UTC", "d"),
            ("2-b==", "Tom Aarts", ME, "2026-11-13 08:00:00 UTC", "a"),
            ("2-b==", ME, "Tom Aarts", "2026-11-11 08:00:00 UTC", "c"),
        )
        assert [talk.body for talk in desk.talks(HERE)] == ["a", "b", "c", "d"]

    def test_has_an_id_of_its_own_even_within_one_second(self, desk: Desk, wrote: Any) -> None:
        at = "2026-11-12 08:00:00 UTC"
        wrote(*(("2-a==", THEY, ME, at, text) for text in ("third", "second", "first")))
        talks = desk.talks(HERE)
        assert len({talk.id for talk in talks}) == 3
        assert {talk.body for talk in talks} == {"first", "second", "third"}

    def test_keeps_its_id_when_later_ones_come(self, desk: Desk, wrote: Any) -> None:
        first = ("2-a==", THEY, ME, "2026-11-12 08:00:00 UTC", "first")
        wrote(first)
        before = desk.talks(HERE)[0].id
        wrote(("2-a==", ME, THEY, "2026-11-13 08:00:00 UTC", "second"), first)
        assert desk.talks(HERE)[1].id == before

    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ('<p class="x">Dag Anna,</p><p>tot &amp; met <b>dinsdag</b></p>', "Dag Anna,\ntot & met dinsdag"),
            ("5 < 6 en 7 > 6", "5 < 6 en 7 > 6"),
            ("a<br>b\r\nc", "a\nb\nc"),
        ],
    )
    def test_in_the_language_of_web_pages_is_plain_text(
        self, desk: Desk, wrote: Any, written: str, read: str
    ) -> None:
        wrote(("2-a==", THEY, ME, "2026-11-12 08:00:00 UTC", written))
        assert desk.talks(HERE)[0].body == read

    def test_without_words_has_a_title_still(self, desk: Desk, wrote: Any) -> None:
        wrote(("2-a==", THEY, ME, "2026-11-12 08:00:00 UTC", ""))
        (talk,) = desk.talks(HERE)
        assert talk.title
        assert talk.body is None

    def test_without_a_date_is_counted(self, desk: Desk, wrote: Any) -> None:
        wrote(
            ("2-a==", THEY, ME, "some day", "a"),
            ("2-a==", THEY, ME, "2026-11-12 08:00:00 UTC", "b"),
        )
        page = desk.fetch(Kind.ACTIVITY, HERE)
        assert [record.body for record in page.records] == ["b"]
        assert [(refused.count, refused.why) for refused in page.refused] == [
            (1, "a date that cannot be read")
        ]


class TestWhetherItWasAnswered:
    def test_is_told_by_what_came_after_in_the_conversation(self, desk: Desk, wrote: Any) -> None:
        wrote(
            ("2-a==", THEY, ME, "2026-11-14 08:00:00 UTC", "nobody answered this"),
            ("2-a==", ME, THEY, "2026-11-13 08:00:00 UTC", "they answered this"),
            ("2-a==", THEY, ME, "2026-11-12 08:00:00 UTC", "I answered this"),
            ("2-b==", ME, "Tom Aarts", "2026-11-20 08:00:00 UTC", "another conversation"),
        )
        assert {talk.body: (talk.direction, talk.answered) for talk in desk.talks(HERE)} == {
            "another conversation": ("out", False),
            "nobody answered this": ("in", False),
            "they answered this": ("out", True),
            "I answered this": ("in", True),
        }

    def test_does_not_hang_on_the_order_of_the_file(self, desk: Desk, wrote: Any) -> None:
        wrote(
            ("2-a==", THEY, ME, "2026-11-12 08:00:00 UTC", "asked"),
            ("2-a==", ME, THEY, "2026-11-13 08:00:00 UTC", "answered"),
        )
        assert [(talk.body, talk.answered) for talk in desk.talks(HERE)] == [
            ("answered", False),
            ("asked", True),
        ]


class TestAConversationOfMany:
    def test_tells_what_they_wrote_and_what_was_written_to_them(self, desk: Desk, wrote: Any) -> None:
        wrote(
            ("2-a==", "Ewa Nowak", f"{ME},{THEY}", "2026-11-14 08:00:00 UTC", "a third one"),
            ("2-a==", ME, f"Ewa Nowak,{THEY}", "2026-11-13 08:00:00 UTC", "mine"),
            ("2-a==", THEY, f"{ME},Ewa Nowak", "2026-11-12 08:00:00 UTC", "theirs"),
        )
        talks = desk.talks(HERE)
        assert [talk.body for talk in talks] == ["mine", "theirs"]
        assert [p.name for p in talks[0].people] == [ME, "Ewa Nowak", THEY]
        assert [p.role for p in talks[1].people] == ["from", "owner", "to"]


class TestWhoTheMemberIs:
    """An export has a file of the member's name, but not of their address."""

    def exports(self, desk: Desk, table: str, **others: str) -> None:
        desk.export(desk.row(THEY, HERE), desk.row("Tom Aarts", HERE), messages=table, **others)

    def test_is_told_by_being_in_all_conversations(self, desk: Desk, talk_table: Any) -> None:
        self.exports(
            desk,
            talk_table(
                ("2-a==", THEY, ME, "2026-11-12 08:00:00 UTC", "in"),
                ("2-b==", ME, "Tom Aarts", "2026-11-11 08:00:00 UTC", "out"),
                ("2-c==", "Somebody Else", ME, "2026-11-10 08:00:00 UTC", "other"),
            ),
        )
        assert [(talk.body, talk.direction) for talk in desk.talks(HERE)] == [("in", "in"), ("out", "out")]

    def test_is_told_in_a_single_conversation_by_not_being_connected(
        self, desk: Desk, talk_table: Any
    ) -> None:
        self.exports(desk, talk_table(("2-a==", THEY, ME, "2026-11-12 08:00:00 UTC", "in")))
        assert [talk.direction for talk in desk.talks(HERE)] == ["in"]

    def test_is_left_open_where_it_cannot_be_told(self, desk: Desk, talk_table: Any) -> None:
        self.exports(
            desk, talk_table(("2-a==", THEY, f"{ME},Somebody Else", "2026-11-12 08:00:00 UTC", "to whom?"))
        )
        (talk,) = desk.talks(HERE)
        assert (talk.direction, talk.answered) == (None, None)

    def test_a_name_in_other_letters_is_theirs(self, desk: Desk, talk_table: Any, profile: str) -> None:
        self.exports(
            desk,
            talk_table(("2-a==", "ANNA BAKKER", THEY, "2026-11-12 08:00:00 UTC", "out")),
            Profile=profile,
        )
        assert [talk.direction for talk in desk.talks(HERE)] == ["out"]


class TestWhatIsNoContact:
    HEADER = (
        "FROM,TO,CONVERSATION ID,CONVERSATION TITLE,SENDER PROFILE URL,RECIPIENT PROFILE URLS,DATE,SUBJECT,"
        "CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT"
    )

    @pytest.mark.parametrize(
        ("folder", "title", "draft", "conversation_draft", "told"),
        [
            ("INBOX", "", "No", "No", True),
            ("ARCHIVE", "", "", "", True),
            ("SPAM", "", "No", "No", False),
            ("INBOX", "", "Yes", "No", False),
            ("INBOX", "", "No", "true", False),
            ("INBOX", "Sponsored Conversation", "No", "No", False),
            ("SPONSORED", "", "No", "No", False),
        ],
    )
    def test_is_left_out(
        self, desk: Desk, folder: str, title: str, draft: str, conversation_draft: str, told: bool
    ) -> None:
        url = "https://www.linkedin.com/in/ruben-smit-invented"
        row = [THEY, ME, "2-a==", title, url, "", "2026-11-12 08:00:00 UTC", "", "x", folder, "", draft]
        table = desk.table(self.HEADER.split(","), [[*row, conversation_draft]])
        desk.export(desk.row(THEY, HERE), messages=table)
        assert bool(desk.talks(HERE)) is told


class TestTheFormOf2026:
    def test_with_everything_quoted_and_real_line_breaks_is_read(self, desk: Desk, wrote: Any) -> None:
        text = 'Regel 1,\n"aangehaald", en\n\nregel 4'
        wrote(("2-a==", THEY, ME, "2026-11-12 08:00:00 UTC", text), quoting=1)
        assert [talk.body for talk in desk.talks(HERE)] == [text]


class TestInvitations:
    HEADER = ("From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl")
    URLS = (
        "https://www.linkedin.com/in/anna-bakker-invented",
        "https://www.linkedin.com/in/ruben-smit-invented",
    )

    def export(self, desk: Desk, *rows: tuple[str, ...], profile: str = "") -> None:
        table = desk.table(self.HEADER, rows)
        desk.export(desk.row(THEY, HERE), Invitations=table, **({"Profile": profile} if profile else {}))

    def test_are_told_with_direction_and_in_the_users_zone(self, desk: Desk, profile: str) -> None:
        self.export(
            desk,
            (ME, THEY, "7/29/26, 2:37 PM", "Leuk gesprek", "OUTGOING", *self.URLS),
            (THEY, ME, "1/29/26, 12:05 AM", "", "INCOMING", *reversed(self.URLS)),
            profile=profile,
        )
        out, incoming = desk.talks(HERE)
        assert out.at == datetime(2026, 7, 29, 12, 37, tzinfo=UTC)
        assert (out.type, out.direction, out.body, out.answered) == (
            "invitation",
            "out",
            "Leuk gesprek",
            None,
        )
        assert incoming.at == datetime(2026, 1, 28, 23, 5, tzinfo=UTC)
        assert (incoming.direction, incoming.body, incoming.title) == ("in", None, "invitation")
        assert [(p.name, p.role) for p in incoming.people] == [(THEY, "from"), (ME, "owner")]

    @pytest.mark.parametrize("at", ["1/29/26,\u202f2:37\u202fPM", "1/29/26, 2:37 p.m.", "2026-01-29 14:37"])
    def test_are_read_in_other_forms_of_time(self, desk: Desk, at: str) -> None:
        self.export(desk, (ME, THEY, at, "", "OUTGOING", *self.URLS))
        assert [talk.at for talk in desk.talks(HERE)] == [datetime(2026, 1, 29, 13, 37, tzinfo=UTC)]

    def test_of_whom_no_address_is_told_are_nobodys(self, desk: Desk) -> None:
        table = desk.table(self.HEADER[:5], [(ME, THEY, "1/29/26, 2:37 PM", "", "OUTGOING")])
        desk.export(desk.row(THEY, HERE), Invitations=table)
        assert desk.talks(HERE) == []


class TestAnExportWithoutMessages:
    def test_tells_none(self, desk: Desk) -> None:
        desk.export(desk.row(THEY, HERE))
        page = desk.fetch(Kind.ACTIVITY, HERE)
        assert (page.records, page.total, page.failure) == ((), 0, None)

    def test_leaves_them_to_the_newest_that_has_some(self, desk: Desk, older: str, wrote: Any) -> None:
        wrote(("2-a==", THEY, ME, "2026-10-12 08:00:00 UTC", "old"))
        (desk.folder / "Basic_LinkedInDataExport_11-21-2026.zip").rename(desk.folder / older)
        desk.export(desk.row(THEY, HERE))
        page = desk.fetch(Kind.ACTIVITY, HERE)
        assert [record.body for record in page.records] == ["old"]
        assert page.as_of.day == 18


class TestManyMessages:
    def test_go_on_on_the_next_page(self, desk: Desk, wrote: Any) -> None:
        wrote(
            *(
                ("2-a==", THEY, ME, f"2026-11-{1 + n // 24:02} {n % 24:02}:00:00 UTC", str(n))
                for n in range(70)
            )
        )
        first = desk.fetch(Kind.ACTIVITY, HERE)
        second = desk.fetch(Kind.ACTIVITY, HERE, cursor=first.cursor)
        assert (len(first.records), first.total, second.cursor) == (50, 70, None)
        assert [record.body for record in (*first.records, *second.records)] == [
            str(n) for n in range(69, -1, -1)
        ]
