"""What somebody gave is a calendar, or it is not: how it would be set up, and whose it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.ics.adapter import Calendars
from salesprep.adapter.proposal import Given, Proposal

NOW = datetime(2026, 11, 23, 13, 21, tzinfo=ZoneInfo("Europe/Amsterdam"))
ANNA = "anna@ons.example"
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n"


def event(day: int, *people: str, title: str = "Bezoek", more: str = "") -> str:
    """An event on that day of November 2026, the first of ``people`` its organiser."""
    lines = [
        "BEGIN:VEVENT",
        f"UID:{day}-{title}-{len(people)}",
        f"DTSTART:202611{day:02}T100000Z",
        f"DTEND:202611{day:02}T110000Z",
        f"SUMMARY:{title}",
    ]
    lines += [f"ORGANIZER:mailto:{people[0]}"] if people else []
    lines += [f'ATTENDEE;CN="X":mailto:{person}' for person in people]
    return "\r\n".join([*lines, *([more] if more else []), "END:VEVENT", ""])


def calendar(*events: str, head: str = "") -> str:
    return f"{HEAD}{head}{''.join(events)}END:VCALENDAR\r\n"


Ask = Callable[..., tuple[Proposal, ...]]


@dataclass
class _Asking:
    folder: Path

    def __call__(
        self, text: str | bytes, name: str = "agenda.ics", now: datetime = NOW
    ) -> tuple[Proposal, ...]:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self.of(path, now)

    def of(self, path: Path, now: datetime = NOW) -> tuple[Proposal, ...]:
        head = b"" if path.is_dir() else path.read_bytes()[:65536]
        return Calendars.recognise(Given(path=path, head=head, now=now, deadline=time.monotonic() + 30))


@pytest.fixture
def asking(tmp_path: Path) -> _Asking:
    return _Asking(tmp_path)


def at(url: str, text: str) -> tuple[Proposal, ...]:
    given = Given(url=url, head=text.encode()[:65536], now=NOW, deadline=time.monotonic() + 30)
    return Calendars.recognise(given)


MINE = calendar(
    event(24, ANNA, "r.smit@vandijk.example"),
    event(25, ANNA, "k.vos@kaas.example", title="Kaas"),
    event(26, ANNA, "j.jansen@ons.example", title="Overleg"),
    event(27, title="Tandarts"),
    event(24, ANNA, "d@kaas.example", title="Afgezegd", more="STATUS:CANCELLED"),
    event(5, ANNA, "r.smit@vandijk.example", title="Eerder"),
)


class TestAFile:
    def test_is_a_calendar_with_its_visits_of_the_next_days(self, asking: _Asking) -> None:
        (found,) = asking(MINE)
        assert found.what == "a calendar: 6 events, 2 visits in the next 7 days"
        assert (found.sure, found.name, found.title, found.unites) == (
            "certain",
            "calendar",
            "Calendar",
            "calendars",
        )
        assert found.config == {"calendars": [{"path": str(asking.folder / "agenda.ics"), "owner": ANNA}]}
        assert found.me.emails == (ANNA,)

    def test_looked_at_on_a_sunday_tells_the_visits_of_the_days_to_come(self, asking: _Asking) -> None:
        sunday = NOW - timedelta(days=1)
        assert asking(MINE, now=sunday)[0].what == "a calendar: 6 events, 2 visits in the next 7 days"
        saturday = NOW + timedelta(days=5)
        assert asking(MINE, now=saturday)[0].what == "a calendar: 6 events, no visit in the next 90 days"

    def test_without_a_visit_soon_tells_when_the_next_one_is(self, asking: _Asking) -> None:
        (found,) = asking(MINE, now=NOW - timedelta(days=14))
        assert found.what == "a calendar: 6 events, the next visit is on 2026-11-24"

    def test_is_one_whatever_its_name(self, asking: _Asking) -> None:
        assert asking(MINE, "download(3)")[0].sure == "certain"
        assert asking("\ufeff" + MINE.lower().replace("\r\n", "\n"), "x.txt")[0].sure == "certain"

    @pytest.mark.parametrize(
        "text", ["", "x", "<html>BEGIN:VCALENDAR", "# Notes\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n", b"\x00\xff"]
    )
    def test_of_another_sort_is_none(self, text: str | bytes, asking: _Asking) -> None:
        assert asking(text) == ()

    def test_is_called_as_it_says(self, asking: _Asking) -> None:
        (found,) = asking(calendar(event(24), head="X-WR-CALNAME:Team\\, buiten\r\n"))
        assert found.config["calendars"][0]["name"] == "Team, buiten"

    def test_that_was_cut_off_says_so(self, asking: _Asking) -> None:
        (found,) = asking(MINE[: len(MINE) // 2])
        assert found.notice is not None
        assert "ends in the middle" in found.notice

    def test_with_one_invitation_is_hardly_a_calendar(self, asking: _Asking) -> None:
        (found,) = asking(calendar(event(24, ANNA), head="METHOD:REQUEST\r\n"))
        assert (found.sure, found.what) == ("possible", "an invitation: 1 event")

    def test_of_very_many_events_is_counted_whole(self, asking: _Asking) -> None:
        many = calendar(*(event(n % 28 + 1, title=f"Afspraak {n}" + "x" * 600) for n in range(4000)))
        assert asking(many)[0].what.startswith("a calendar: 4,000 events")

    def test_proposes_what_the_adapter_takes(self, asking: _Asking) -> None:
        (found,) = asking(MINE)
        Calendars.Config.model_validate(dict(found.config))


class TestItsOwner:
    def test_is_whom_it_is_named_after(self, asking: _Asking) -> None:
        (found,) = asking(calendar(event(24, "x@y.example"), head=f"X-WR-CALNAME:{ANNA}\r\n"))
        assert found.config["calendars"][0] == {"path": str(asking.folder / "agenda.ics"), "owner": ANNA}

    def test_is_not_a_customer_who_is_in_every_meeting(self, asking: _Asking) -> None:
        """Of a small calendar it cannot be told, and a customer must never become one of us."""
        (found,) = asking(
            calendar(
                event(24, "r.smit@vandijk.example", ANNA),
                event(25, "r.smit@vandijk.example", "a@ons.example", title="b"),
            )
        )
        assert "owner" not in found.config["calendars"][0]
        assert found.me.emails == ()
        assert found.what == "a calendar: 2 events, 2 with other people in the next 7 days"

    def test_is_no_room(self, asking: _Asking) -> None:
        room = "ATTENDEE;CUTYPE=ROOM:mailto:zaal@ons.example"
        events = [event(n, ANNA, f"a@c{n}.example", title=str(n), more=room) for n in range(1, 5)]
        assert asking(calendar(*events))[0].me.emails == (ANNA,)

    def test_is_read_over_folded_lines(self, asking: _Asking) -> None:
        folded = MINE.replace("anna@ons.example", "anna@ons\r\n .example")
        assert asking(folded)[0].me.emails == (ANNA,)


class TestAFolder:
    def test_with_a_file_for_each_event_is_one_calendar(self, asking: _Asking) -> None:
        folder = asking.folder / "store"
        folder.mkdir()
        for n in range(1, 6):
            (folder / f"{n}.ics").write_text(
                calendar(event(n + 20, ANNA, f"a@c{n}.example", title=str(n))), "utf-8"
            )
        (found,) = asking.of(folder)
        assert found.what == "a calendar: 5 files of one event each, 2 visits in the next 7 days"
        assert found.config == {"calendars": [{"path": str(folder), "owner": ANNA}]}
        assert found.sure == "likely"

    def test_of_whole_calendars_or_of_anything_is_none(self, asking: _Asking) -> None:
        for names in (["anna.ics", "jansen.ics"], ["anna.ics"], ["anna.ics", "x.csv"], []):
            folder = asking.folder / "-".join(["f", *names])
            folder.mkdir()
            for name in names:
                (folder / name).write_text(MINE, "utf-8")
            assert asking.of(folder) == ()


class TestAnAddress:
    def test_that_anybody_may_know_stands_in_the_settings(self) -> None:
        (found,) = at("https://calendar.ons.example/jansen/agenda.ics", MINE)
        assert found.config == {
            "calendars": [{"url": "https://calendar.ons.example/jansen/agenda.ics", "owner": ANNA}]
        }
        assert found.what == "a calendar at calendar.ons.example: 6 events"

    @pytest.mark.parametrize(
        "url",
        [
            "https://calendar.example/calendar/ical/anna%40ons.example/private-0a1b2c/basic.ics",
            "https://mail.example/owa/calendar/8f14e45fceea167a5a36dedd4bea2543@ons.example/calendar.ics",
            "https://p12.example/published/2/MTIzNDU2Nzg5MDEyMzQ1Nj",
            "https://calendar.example/feed?token=abc",
            "https://cloud.example/remote.php/dav/public-calendars/x7Kd92LmQp4TzY?export",
        ],
    )
    def test_that_is_a_secret_is_kept_as_one(self, url: str) -> None:
        (found,) = at(url, MINE)
        assert found.config == {"calendars": [{"secret_url": url, "owner": ANNA}]}
        assert found.notice is not None
        assert "kept in a file of its own" in found.notice

    def test_of_a_long_calendar_does_not_guess_how_long(self) -> None:
        long = calendar(*(event(n % 28 + 1, title=f"{n}" + "x" * 900) for n in range(200)))
        assert at("https://calendar.ons.example/a.ics", long)[0].what == "a calendar at calendar.ons.example"

    def test_of_a_login_page_is_none(self) -> None:
        assert at("https://calendar.ons.example/a.ics", "<!doctype html><title>Log in</title>") == ()
