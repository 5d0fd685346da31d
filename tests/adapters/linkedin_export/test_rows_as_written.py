"""Rows are kept as they are written: what stands oddly in one of them costs nobody else anything."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesprep.adapter import Kind, Page, Record, Refusal

Desk = Any
HERE = "Van Dijk Machinebouw"
ME, THEY = "Anna Bakker", "Ruben Smit"
TOO_LONG = "x" * 140_000
CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"


@pytest.fixture
def row() -> Any:
    """Makes a line of messages.csv: what Ruben Smit wrote to the member, its text as it is written."""

    def make(text: str, *, talk: str = "2-a==", minute: int = 0) -> str:
        urls = [f"https://www.linkedin.com/in/{name}-invented" for name in ("ruben-smit", "anna-bakker")]
        at = f"2026-11-12 08:{minute:02}:00 UTC"
        return f"{talk},,{THEY},{urls[0]},{ME},{urls[1]},{at},,{text},INBOX\n"

    return make


@pytest.fixture
def talks(desk: Desk, talk_table: Any, profile: str) -> Any:
    """What the page tells of a messages.csv with these lines."""

    def read(*lines: str) -> Page[Record]:
        table = talk_table() + "".join(lines)
        desk.export(desk.row(THEY, HERE), messages=table, Profile=profile)
        page: Page[Record] = desk.fetch(Kind.ACTIVITY, HERE)
        return page

    return read


def bodies(page: Any) -> list[str]:
    return [one.body for one in page.records]


def told(page: Any) -> list[tuple[int, str, int]]:
    """What was refused: how many, why, and the line of the first."""
    return [(one.count, str(one.why), int(one.where.rpartition(" ")[2])) for one in page.refused]


class TestAMessage:
    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ('"Dag,\nAnna"', "Dag,\nAnna"),
            ('"zei ""dag"" en\r\nging"', 'zei "dag" en\nging'),
            ('"een\rtwee"', "een\ntwee"),
            ('zei "dag"', 'zei "dag"'),
            ("een\rtwee", "een twee"),
            ('"x" y"', 'x y"'),
            (f'"{chr(34) * 1200}"', '"' * 600),
            ('"' + "lang " * 20_000 + '"', ("lang " * 4_000).strip() + " …"),
        ],
        ids=[
            "lines",
            "quotes",
            "carriage return",
            "bare quotes",
            "bare return",
            "quote inside",
            "only quotes",
            "long",
        ],
    )
    def test_is_read_however_it_is_written(self, talks: Any, row: Any, written: str, read: str) -> None:
        page = talks(row("voor", minute=1), row(written), row("na", minute=2))
        assert bodies(page) == ["na", "voor", read]
        assert page.refused == ()

    @pytest.mark.parametrize(
        ("broken", "count", "why"),
        [
            ("te, veel", 1, "a row with too few or too many cells"),
            ('"zonder einde', 1, "a row with too few or too many cells"),
            ('"x" y\n"', 2, "a row with too few or too many cells"),  # what follows it looks like another
            (f'"{TOO_LONG}"', 1, "a cell without end"),
            (f"{TOO_LONG}", 1, "a cell without end"),
        ],
        ids=["too many cells", "no closing quote", "quote inside", "long", "long and bare"],
    )
    def test_in_a_broken_row_costs_no_other(
        self, talks: Any, row: Any, broken: str, count: int, why: str
    ) -> None:
        others = [row(f"tekst {n}, en\nmeer".join('""'), minute=n) for n in range(1, 5)]
        page = talks(others[0], row(broken), *others[1:])
        assert bodies(page) == [f"tekst {n}, en\nmeer" for n in (4, 3, 2, 1)]
        assert told(page) == [(count, why, 4)]

    def test_belongs_to_its_conversation_with_or_without_quotation_marks(self, talks: Any, row: Any) -> None:
        answer = row("dank", talk='"2-a=="', minute=5).replace(THEY, "§").replace(ME, THEY).replace("§", ME)
        answer = answer.replace("ruben-smit", "§").replace("anna-bakker", "ruben-smit")
        answer = answer.replace("§", "anna-bakker")
        page = talks(answer, row("dag"))
        assert [(one.body, one.direction, one.answered) for one in page.records] == [
            ("dank", "out", False),
            ("dag", "in", True),
        ]

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
    def test_of_any_letters_is_told_once(
        self, desk: Desk, talk_table: Any, profile: str, texts: list[str]
    ) -> None:
        desk.store = None
        rows = [
            ("2-a==", THEY, ME, f"2026-11-12 08:{59 - n}:00 UTC", f"{n} {text}")
            for n, text in enumerate(texts)
        ]
        table = talk_table(*rows).encode("utf-8", "replace")
        desk.export(desk.row(THEY, HERE), messages=table, Profile=profile)
        page = desk.fetch(Kind.ACTIVITY, HERE)
        assert [one.body.split()[0] for one in page.records] == [str(n) for n in range(len(texts))]
        assert page.refused == ()

    @pytest.mark.parametrize(
        "date",
        [
            "2026-11-12 08:00:00 +9999",
            "2026-11-12 08:00:00 +99:59",
            "2026-11-12 25:61:61 UTC",
            "0001-01-01 00:00:00 +05:00",
            "9999-12-31 23:59:59 UTC",
            "31 Dec 9999 23:59",
        ],
    )
    def test_of_a_time_that_cannot_be_is_counted(self, desk: Desk, row: Any, talks: Any, date: str) -> None:
        page = talks(row("dag"), row("ooit").replace("2026-11-12 08:00:00 UTC", date))
        assert bodies(page) == ["dag"]
        assert page.refused == (Refusal(1, "a date that cannot be read", None),)


class TestSomebody:
    def test_in_a_row_with_a_cell_without_end_costs_that_row(self, desk: Desk) -> None:
        url = "https://www.linkedin.com/in/{}-invented"
        rows = [f"{name},Smit,{url.format(name)},,{HERE},Buyer,07 Feb 2022" for name in ("Tom", "Ewa", "Jan")]
        rows[1] = rows[1].replace("Buyer", TOO_LONG)
        desk.raw("\n".join([CONNECTIONS, *rows]))
        page = desk.fetch(Kind.PERSON, HERE)
        assert [one.title for one in page.records] == ["Jan Smit", "Tom Smit"]
        assert told(page) == [(1, "a cell without end", 3)]

    def test_hidden_is_counted_where_the_name_stands_last(self, desk: Desk) -> None:
        header = "Connected On,Company,Position,URL,Last Name,First Name"
        row = f"07 Feb 2022,{HERE},Buyer,https://www.linkedin.com/in/zoe-invented,Smit,Zoë"
        desk.raw("\n".join([header, "30 Jun 2018,,,,,", row, '"30 Jun 2018","","","","",""']))
        page = desk.fetch(Kind.PERSON, HERE)
        assert [one.title for one in page.records] == ["Zoë Smit"]
        assert "2 more hide their names." in page.notice

    @pytest.mark.parametrize("path", ["%0Ax", "a%0D%0Ab", "%1b%5b31m", "a%20b", "%C2%85"])
    def test_whose_address_holds_controls_has_none(self, desk: Desk, path: str, talk_table: Any) -> None:
        desk.export(
            desk.row(THEY, HERE, slug=path),
            desk.row("Tom Aarts", HERE),
            messages=talk_table(("2-a==", "Tom Aarts", ME, "2026-11-12 08:00:00 UTC", "dag")).replace(
                "anna-bakker-invented", path
            ),
        )
        for _start in range(2):
            desk.opens()
            people = {one.title: (one.url, one.handles) for one in desk.people(HERE)}
            assert people[THEY] == (None, ())
            assert [one.body for one in desk.talks(HERE)] == ["dag"]


class TestAPreamble:
    def test_without_end_is_no_export(self, desk: Desk) -> None:
        path = desk.folder / "Connections.csv"
        path.write_text(f"{CONNECTIONS.replace('Last', chr(34) + TOO_LONG)}\n")
        desk.opens(path)
        with pytest.raises(Exception, match="no data export"):
            desk.find(HERE)
