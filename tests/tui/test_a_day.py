"""A rep's day in the interface: from the coming visits to what was said last, key by key."""

from __future__ import annotations

from tests.desk import Sit


class TestTheNextVisit:
    async def test_is_under_the_cursor_and_enter_opens_its_briefing(self, sit: Sit) -> None:
        async with sit(80, 24) as desk:
            assert desk.line_with("Van Dijk Machinebouw").startswith(" › 14:00")
            await desk.presses("enter")
            assert desk.lines[0].startswith(" VAN DIJK MACHINEBOUW B.V.")
            assert "COMPLAINT  storing lijn 4" in desk.screen
            assert "[1 CRM]  2 LinkedIn  3 Calendar  4 Wiki" in desk.screen

    async def test_shows_all_panels_at_once_where_there_is_room(self, sit: Sit) -> None:
        async with sit(160, 45) as desk:
            await desk.presses("enter")
            for title in ("CRM", "LINKEDIN", "CALENDAR", "WIKI"):
                assert f" {title} " in desk.screen
            assert " › machine building" in desk.screen

    async def test_of_another_day_is_a_key_away(self, sit: Sit) -> None:
        async with sit() as desk:
            await desk.presses("down", "enter")
            assert desk.lines[0].startswith(" KAAS & CO")
            await desk.presses("escape")
            assert desk.line_with("Kaas & Co").startswith(" › 16:30")


class TestAPanelInANarrowWindow:
    async def test_gives_way_to_the_next_at_its_number_and_at_tab(self, sit: Sit) -> None:
        async with sit(80, 24) as desk:
            await desk.presses("enter", "2")
            assert "1 CRM !  [2 LinkedIn]" in desk.screen
            assert "New here since your file of 18 Oct" in desk.screen
            await desk.presses("tab")
            assert "[3 Calendar]" in desk.screen

    async def test_on_a_phone_is_a_part_of_one_column(self, sit: Sit) -> None:
        async with sit(40, 20) as desk:
            await desk.presses("enter", "2")
            assert any(line.startswith("LINKEDIN ") for line in desk.lines)
            assert all(len(line) <= 40 for line in desk.lines)


class TestAFilter:
    async def test_leaves_the_lines_that_hold_the_words_until_it_is_lifted(self, sit: Sit) -> None:
        async with sit(160, 45) as desk:
            await desk.presses("enter", "/", *"vos")
            assert "K. Vos" in desk.screen
            assert "T. Aarts" not in desk.screen
            await desk.presses("enter", "escape")
            assert "T. Aarts" in desk.screen


class TestRecentContactsThreeMinutesBefore:
    async def test_say_who_at_the_table_was_spoken_with_last(self, sit: Sit) -> None:
        async with sit(80, 24) as desk:
            await desk.presses("enter", "h")
            assert desk.lines[0].startswith(" RECENT CONTACTS   Van Dijk Machinebouw B.V.")
            assert desk.line_with("A. Yılmaz").split("  ")[-1].endswith("3 sources asked")
            assert "+ shows them" in desk.screen
            await desk.presses("+")
            assert "58 older contacts" not in desk.screen

    async def test_can_be_of_one_person(self, sit: Sit) -> None:
        async with sit(80, 24) as desk:
            await desk.presses("enter", "h", "p")
            assert "With R. Smit, newest first" in desk.screen
            await desk.presses("p")
            assert "Everybody, newest first" in desk.screen


class TestAPanelAlone:
    async def test_has_all_that_its_source_told(self, sit: Sit) -> None:
        async with sit(120, 60) as desk:
            await desk.presses("enter", "1", "z")
            assert "P. de Vries" not in desk.screen
            assert desk.screen.count("phone") > 3
            await desk.presses("escape")
            assert " LINKEDIN " in desk.screen

    async def test_reads_on_as_the_end_comes_into_sight(self, sit: Sit) -> None:
        async with sit(120, 60) as desk:
            await desk.presses("enter", "1", "z", "G")
            assert "there are more" not in desk.screen


class TestACustomerByName:
    async def test_is_opened_from_home(self, sit: Sit) -> None:
        async with sit() as desk:
            await desk.presses("/", *"brink pompen", "enter")
            assert desk.lines[0].startswith(" BRINK POMPEN")

    async def test_is_opened_in_the_place_of_another_and_marks_are_not_lost_with_that(self, sit: Sit) -> None:
        async with sit() as desk:
            await desk.presses("/", *"visser", "enter", "y", "l", "n")
            await desk.presses("ctrl+p", *"brief visser", "enter")
            assert desk.lines[0].startswith(" TO DECIDE")
            assert any("leave once more" in toast for toast in desk.toasts)
            for _turn in range(3):
                await desk.presses("ctrl+p", *"brief visser", "enter")
                assert desk.lines[0].startswith(" VISSER TECHNIEK B.V.")
            await desk.presses("escape")
            assert desk.lines[0].startswith(" TODAY")


class TestTheHelp:
    async def test_cuts_no_sentence_short_where_there_is_little_room(self, sit: Sit) -> None:
        async with sit(80, 24) as desk:
            await desk.presses("enter", "question_mark", *"zoom")
            assert "…" not in desk.screen
            rows = " ".join(line.strip(" │▃▇") for line in desk.lines)
            assert "Shows one panel alone, with all that" in rows
            assert any(line.strip(" │").startswith("it has.") for line in desk.lines), "on a second line"
