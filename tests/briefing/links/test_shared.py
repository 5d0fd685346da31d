"""Decisions as a file for a team: one a line, sorted, merged by git, wrong lines named."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesprep.adapter import Kind
from salesprep.briefing.links import Links
from salesprep.briefing.links.shared import parse_shared, read_shared, shared_text
from salesprep.briefing.model import Customer, Link
from salesprep.settings import SettingsError

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
FILE = Path("team.toml")


def link(native_id: str, verdict: str = "is", **more: object) -> Link:
    made = Link("crm", native_id, "is" if verdict == "is" else "is_not", "anna@ons.example", AT, "asked them")
    return replace(made, **more)  # type: ignore[arg-type]  # of the tests' own making


VAN_DIJK = Customer("crm:1042", "Van Dijk B.V.", ("VDM",), ("vandijk.example",), links=(link("1042"),))
KAAS = Customer("kaas", "Kaas & Co", links=(link("9", "is_not", on=("name Kaas",)), link("8")))
BOTH = Links((KAAS, VAN_DIJK))


class TestTheFile:
    def test_says_what_it_was_made_of(self) -> None:
        shared = parse_shared(FILE, shared_text(BOTH, "team.toml"))
        assert (shared.problems, shared.contradictions) == ((), ())
        assert {c.id: (c.name, c.aliases, c.domains, set(c.links)) for c in shared.links.customers} == {
            c.id: (c.name, c.aliases, c.domains, set(c.links)) for c in BOTH.customers
        }

    def test_has_one_decision_a_line_in_an_order_of_its_own(self) -> None:
        text = shared_text(BOTH, "team.toml")
        turned = Links(tuple(replace(c, links=c.links[::-1]) for c in BOTH.customers[::-1]))
        assert shared_text(turned, "team.toml") == text
        decisions = [row for row in text.splitlines() if "verdict" in row]
        assert [row.split("native_id = ")[1].split(",")[0] for row in decisions] == ['"1042"', '"8"', '"9"']

    def test_has_the_decisions_of_one_customer_together(self) -> None:
        links = Links(
            (Customer("b", "B", links=(link("1"),)), Customer("a", "A", links=(link("2"), link("0"))))
        )
        rows = [row for row in shared_text(links, "team.toml").splitlines() if "verdict" in row]
        assert [row.split('"')[1] for row in rows] == ["a", "a", "b"]

    def test_changes_one_line_for_one_decision(self) -> None:
        before = shared_text(BOTH, "team.toml").splitlines()
        more = replace(VAN_DIJK, links=(*VAN_DIJK.links, link("7", "is_not")))
        after = shared_text(Links((KAAS, more)), "team.toml").splitlines()
        assert len(after) == len(before) + 1
        assert set(before) < set(after)

    def test_names_people_as_the_team_does(self) -> None:
        text = shared_text(BOTH, "team.toml", lambda by: {"anna@ons.example": "Anna"}[by])
        assert "ons.example" not in text
        assert 'by = "Anna"' in text

    def test_is_read_with_line_ends_of_windows_and_a_mark_in_front(self, tmp_path: Path) -> None:
        file = tmp_path / "team.toml"
        file.write_bytes(("\ufeff" + shared_text(BOTH, "team.toml").replace("\n", "\r\n")).encode())
        shared = read_shared(file)
        assert shared is not None
        assert sum(len(c.links) for c in shared.links.customers) == 3

    def test_may_be_a_links_toml_too(self) -> None:
        text = """
            [[customer]]
            id = "kaas"
            name = "Kaas & Co"
            [[customer.link]]
            source = "crm"
            native_id = "9"
            verdict = "is"
            by = "anna"
            at = 2026-11-20T10:00:00Z
            how = "asked"
            [[customer.link]]
            source = "crm"
            native_id = "10"
            verdict = "perhaps"
            by = "anna"
            at = 2026-11-20T10:00:00Z
            how = "asked"
        """
        shared = parse_shared(FILE, text)
        assert [k.native_id for k in shared.links.customers[0].links] == ["9"]
        assert [problem.key for problem in shared.problems] == ["customer[1].link[2].verdict"]

    def test_that_is_not_there_is_none(self, tmp_path: Path) -> None:
        assert read_shared(tmp_path / "none.toml") is None


class TestAWrongLine:
    @pytest.mark.parametrize(
        ("right", "wrong", "told"),
        [
            ('native_id = "9"', "native_id = 9", "line 13.native_id"),
            ('native_id = "9", ', "", "line 13.native_id"),
            ('native_id = "9"', 'native_id = "9', "line 13"),
            ('{ customer = "kaas", source = "crm", native_id = "9"', "oops", "line 13"),
            (
                'customer = "kaas", source = "crm", native_id = "9"',
                'customer = "who", source = "crm", native_id = "9"',
                "line 13",
            ),
            ('native_id = "9"', 'native_id = "9", colour = "red"', "line 13.colour"),
        ],
    )
    def test_costs_itself_alone_and_is_named(self, right: str, wrong: str, told: str) -> None:
        text = shared_text(BOTH, "team.toml")
        assert right in text.splitlines()[12]
        shared = parse_shared(FILE, text.replace(right, wrong))
        assert [problem.key for problem in shared.problems] == [told]
        assert {k.native_id for c in shared.links.customers for k in c.links} == {"1042", "8"}

    @pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> theirs", "||||||| base"])
    def test_of_a_conflict_in_git_is_told_with_its_number(self, mark: str) -> None:
        rows = shared_text(BOTH, "team.toml").splitlines()
        with pytest.raises(SettingsError, match="from line 12 on"):
            parse_shared(FILE, "\n".join([*rows[:11], mark, *rows[11:]]))

    def test_that_says_the_contrary_of_another_leaves_both_out(self) -> None:
        text = shared_text(BOTH, "team.toml")
        row = next(row for row in text.splitlines() if '"8"' in row)
        shared = parse_shared(FILE, text.replace(row, row + "\n" + row.replace('"is"', '"is_not"')))
        (found,) = shared.contradictions
        assert found.where == ("line 12", "line 13")
        assert {k.native_id for c in shared.links.customers for k in c.links} == {"1042", "9"}

    def test_that_gives_one_account_to_two_leaves_both_out(self) -> None:
        taken = replace(KAAS, links=(link("1042"),))
        shared = parse_shared(FILE, shared_text(Links((VAN_DIJK, taken)), "team.toml"))
        assert len(shared.contradictions) == 1
        assert [c.links for c in shared.links.customers] == [(), ()]

    def test_that_says_the_same_twice_counts_once_with_the_later_day(self) -> None:
        text = shared_text(Links((VAN_DIJK,)), "team.toml")
        row = next(row for row in text.splitlines() if "verdict" in row)
        later = row.replace("2026-11-20", "2026-11-22").replace("asked them", "saw them")
        shared = parse_shared(FILE, text.replace(row, f"{row}\n{later}"))
        (known,) = shared.links.customers[0].links
        assert (known.how, shared.contradictions) == ("saw them", ())

    def test_that_is_no_toml_at_all_is_refused(self) -> None:
        with pytest.raises(SettingsError, match="not valid TOML"):
            parse_shared(FILE, "nothing of the kind")


_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=9)
_WORD = _TEXT.map(str.strip).filter(bool)
_LINK = st.builds(
    Link,
    st.sampled_from(["crm", "wiki"]),
    _WORD,
    st.sampled_from(["is", "is_not"]),
    _WORD,
    st.integers(0, 10**6).map(lambda n: AT + timedelta(seconds=n)),
    _WORD,
    st.sampled_from([Kind.DOCUMENT, Kind.MEETING]),
    st.lists(_WORD, max_size=2).map(tuple),
)


class TestWhateverIsDecided:
    @settings(max_examples=80)
    @given(st.lists(_LINK, max_size=4, unique_by=lambda k: (k.source, k.kind, k.native_id)), _WORD, _WORD)
    def test_comes_back_as_it_was(self, links: list[Link], id: str, name: str) -> None:
        customer = Customer(id, name, links=tuple(links))
        shared = parse_shared(FILE, shared_text(Links((customer,)), "team.toml"))
        assert shared.problems == ()
        (read,) = shared.links.customers
        assert (read.id, read.name, set(read.links)) == (id, name, set(links))

    @settings(max_examples=80)
    @given(st.text(max_size=200))
    def test_any_other_text_is_read_or_refused_in_words(self, text: str) -> None:
        frame = f"customers = [\n{text}\n]\n"
        for each in (text, frame):
            with suppress(SettingsError):
                assert all(problem.mend for problem in parse_shared(FILE, each).problems)


def git(folder: Path, *words: str) -> str:
    own = ("user.name=A", "user.email=a@ons.example", "init.defaultBranch=main")
    said = subprocess.run(
        ["git", *(word for each in own for word in ("-c", each)), *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"},
    )
    return said.stdout


class TestTwoBranches:
    """Anna and Bakker each have a clone and each decide."""

    @pytest.fixture
    def clones(self, tmp_path: Path) -> tuple[Path, Path]:
        assert shutil.which("git"), "git is needed for these tests"
        anna, bakker = tmp_path / "anna", tmp_path / "bakker"
        anna.mkdir()
        git(anna, "init", "-q")
        (anna / "who.toml").write_text(shared_text(BOTH, "who.toml"), encoding="utf-8")
        (anna / ".gitattributes").write_text("who.toml merge=union\n", encoding="utf-8")
        git(anna, "add", ".")
        git(anna, "commit", "-qm", "who is who")
        git(tmp_path, "clone", "-q", str(anna), str(bakker))
        return anna, bakker

    def merged(self, anna: Path, bakker: Path, hers: Links, his: Links) -> Path:
        for folder, links in ((anna, hers), (bakker, his)):
            (folder / "who.toml").write_text(shared_text(links, "who.toml"), encoding="utf-8")
            git(folder, "commit", "-qam", "decided")
        git(anna, "pull", "-q", "--no-rebase", "--no-edit", str(bakker), "main")
        return anna / "who.toml"

    def test_keep_what_both_decided_even_side_by_side(self, clones: tuple[Path, Path]) -> None:
        hers = Links((KAAS, replace(VAN_DIJK, links=(*VAN_DIJK.links, link("2001")))))
        his = Links((KAAS, replace(VAN_DIJK, links=(*VAN_DIJK.links, link("2002", "is_not")))))
        shared = read_shared(self.merged(*clones, hers, his))
        assert shared is not None
        assert (shared.problems, shared.contradictions) == ((), ())
        assert {k.native_id for c in shared.links.customers for k in c.links} == {
            "1042",
            "2001",
            "2002",
            "8",
            "9",
        }

    def test_that_contradict_each_other_are_told_by_their_lines(self, clones: tuple[Path, Path]) -> None:
        hers = Links((KAAS, replace(VAN_DIJK, links=(*VAN_DIJK.links, link("2001")))))
        his = Links((KAAS, replace(VAN_DIJK, links=(*VAN_DIJK.links, link("2001", "is_not")))))
        shared = read_shared(self.merged(*clones, hers, his))
        assert shared is not None
        (found,) = shared.contradictions
        assert {known.verdict for _customer, known in found.said} == {"is", "is_not"}
        assert {k.native_id for c in shared.links.customers for k in c.links} == {"1042", "8", "9"}
