"""``links.toml`` on the disk: what people wrote stays, writers wait for each other, nothing is half."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesprep.adapter import Kind
from salesprep.briefing.links import (
    Decided,
    Links,
    LinksNotWrittenError,
    NotRememberedError,
    Target,
    Verdict,
    decide,
    forget,
    read_links,
    update_links,
)
from salesprep.briefing.links.editing import edited
from salesprep.briefing.links.reading import parse_links
from salesprep.briefing.model import Customer
from salesprep.machine import alone
from salesprep.settings import SettingsError

if TYPE_CHECKING:
    from tests.briefing.links.conftest import Notebook


class TestWhatPeopleWrote:
    def test_comments_order_and_spelling_stay(self, notebook: Notebook) -> None:
        before = notebook.text.splitlines()
        notebook.decide("VDM", yes="erp:77")
        after = notebook.text.splitlines()
        rows = iter(after)
        assert all(row in rows for row in before), "lines are added, none is changed or moved"
        at = after.index('native_id = "77"')
        assert after.index("how = 'the haulier'") < at < after.index("# -- dairy --")

    def test_a_change_touches_its_own_lines(self, notebook: Notebook) -> None:
        notebook.decide("VDM", no="crm:1042")
        text = notebook.text
        assert 'how = "confirmed by user"  # by phone' in text
        assert "# asked R. Smit\n[[customer.link]]" in text
        assert "'the haulier'" in text

    def test_what_goes_takes_no_others_comment_with_it(self, notebook: Notebook) -> None:
        notebook.forget("van-dijk")
        text = notebook.text
        assert "van-dijk" not in text
        assert "# Who is who. Ask Anna before you change anything here." in text
        assert "# -- dairy --\n[[customer]]\n" in text
        notebook.forget("kaas")
        assert "# the end" in notebook.text
        assert read_links(notebook.path).customers == ()

    def test_a_file_from_windows_stays_one(self, notebook: Notebook) -> None:
        notebook.path.write_bytes(notebook.text.replace("\n", "\r\n").encode())
        notebook.decide("VDM", yes="erp:77")
        assert notebook.path.read_bytes().startswith(
            b"# Who is who. Ask Anna before you change anything here.\r\n"
        )
        assert len(read_links(notebook.path).customers[0].links) == 3

    def test_tables_in_one_line_are_understood_too(self, notebook: Notebook) -> None:
        notebook.path.write_text('customer = [{ id = "kaas", name = "Kaas & Co" }]\n', encoding="utf-8")
        notebook.decide("Kaas & Co", yes="crm:1", no="crm:2")
        notebook.decide(Customer("crm:3", "Acme"), yes="crm:3")
        notebook.forget("kaas", "crm:1")
        kaas, acme = read_links(notebook.path).customers
        assert [link.native_id for link in (*kaas.links, *acme.links)] == ["2", "3"]

    def test_a_file_without_a_last_line_end(self, notebook: Notebook) -> None:
        notebook.path.write_text(notebook.text.rstrip("\n"), encoding="utf-8")
        notebook.decide(Customer("crm:3", "Acme"), yes="crm:3")
        assert "# the end\n" in notebook.text

    def test_keys_of_ones_own_stay(self, notebook: Notebook) -> None:
        text = notebook.text.replace('how = "asked them"', 'how = "asked them"\nx_phone = "on the 3rd"  # !')
        notebook.path.write_text(text.replace('id = "kaas"', 'id = "kaas"\nx_since = 1987'), encoding="utf-8")
        notebook.decide("VDM", no="crm:1042")
        notebook.decide("Kaas & Co", yes="crm:7")
        assert 'x_phone = "on the 3rd"  # !' in notebook.text
        assert "x_since = 1987" in notebook.text
        assert read_links(notebook.path).customers[0].links[0].verdict == "is_not"

    def test_other_names_and_domains_come_without_the_rest_changing(self, notebook: Notebook) -> None:
        before = notebook.text.splitlines()
        van_dijk, kaas = read_links(notebook.path).customers
        more = replace(kaas, aliases=("K&C",), domains=("kaas.example",))
        wider = replace(van_dijk, aliases=("VDM", "Van Dijk"))
        update_links(notebook.path, lambda _: Decided(Links((wider, more)), more))
        assert read_links(notebook.path).customers == (wider, more)
        after = notebook.text.splitlines()
        changed = 'aliases = ["VDM"]'
        assert [row for row in before if row not in after] == [changed]


class TestTheFile:
    def test_is_made_for_its_user_alone(self, empty: Notebook) -> None:
        empty.decide(Customer("crm:1", "Alfa"), yes="crm:1")
        assert read_links(empty.path).customers
        if sys.platform != "win32":
            assert stat.S_IMODE(empty.path.stat().st_mode) == 0o600
            assert stat.S_IMODE(empty.path.parent.stat().st_mode) == 0o700

    def test_that_a_team_shares_stays_readable_for_it(self, notebook: Notebook) -> None:
        notebook.path.chmod(0o644)
        notebook.path.parent.chmod(0o755)
        notebook.decide("VDM", yes="erp:77")
        if sys.platform != "win32":
            assert stat.S_IMODE(notebook.path.stat().st_mode) == 0o644
            assert stat.S_IMODE(notebook.path.parent.stat().st_mode) == 0o755

    def test_in_a_teams_checkout_is_written_through_the_link_to_it(
        self, notebook: Notebook, tmp_path: Path
    ) -> None:
        checkout = tmp_path / "team"
        checkout.mkdir()
        notebook.path.rename(checkout / "who.toml")
        notebook.path.symlink_to(checkout / "who.toml")
        notebook.decide("VDM", yes="erp:77")
        assert notebook.path.is_symlink()
        assert "77" in (checkout / "who.toml").read_text(encoding="utf-8")

    def test_is_replaced_at_once(self, notebook: Notebook) -> None:
        with notebook.path.open(encoding="utf-8") as reader:
            notebook.forget("van-dijk")
            assert "van-dijk" in reader.read()
        assert sorted(p.name for p in notebook.path.parent.iterdir()) == [".links.toml.lock", "links.toml"]

    @pytest.mark.parametrize("broken", ['[[customer]]\nid = "x\n', "[[customer]]\nid = 'x'\n", "\xff"])
    def test_that_is_broken_is_never_written_over(self, notebook: Notebook, broken: str) -> None:
        notebook.path.write_bytes(broken.encode("latin-1"))
        with pytest.raises(SettingsError):
            notebook.decide("VDM", yes="erp:77")
        assert notebook.path.read_bytes() == broken.encode("latin-1")

    def test_that_cannot_be_put_in_place_is_what_it_was(
        self, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = notebook.text

        def full(_: Path, __: object) -> Path:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(LinksNotWrittenError, match="nothing was written"):
            notebook.decide("VDM", yes="erp:77")
        assert notebook.text == before
        assert sorted(p.name for p in notebook.path.parent.iterdir()) == [".links.toml.lock", "links.toml"]

    def test_whose_folder_is_a_file_says_so(self, tmp_path: Path, empty: Notebook) -> None:
        (tmp_path / "state").write_text("in the way", encoding="utf-8")
        with pytest.raises(LinksNotWrittenError, match="folder cannot be used"):
            empty.decide(Customer("crm:1", "Alfa"), yes="crm:1")

    def test_that_would_not_say_what_is_meant_is_not_written(self, notebook: Notebook) -> None:
        """No form is known that fails, so the check itself is asked: a name never changes here."""
        before = notebook.text

        class Renamed:
            links = Links((Customer("van-dijk", "Somebody Else"), Customer("kaas", "Kaas & Co")))

        with pytest.raises(LinksNotWrittenError, match="by hand"):
            update_links(notebook.path, lambda _: Renamed())
        assert notebook.text == before


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from salesprep.briefing.links import Target, Verdict, decide, update_links
from salesprep.briefing.model import Customer

path, name = Path(sys.argv[1]), sys.argv[2]
sys.stdin.readline()
for number in range(8):
    verdict = Verdict(Target("crm", f"{name}-{number}"), "is", "confirmed by user")
    update_links(path, lambda links: decide(
        links, Customer("kaas", "Kaas & Co"), [verdict], by=name, at=datetime.now(UTC)
    ), patience=60)
"""


class TestSeveralWriters:
    def test_lose_nothing(self, notebook: Notebook) -> None:
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", WRITER, str(notebook.path), name],
                stdin=subprocess.PIPE,
                env=os.environ,
            )
            for name in ("anna", "bakker", "jansen")
        ]
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write(b"go\n")
            writer.stdin.close()
        assert [writer.wait(60) for writer in writers] == [0, 0, 0]
        van_dijk, kaas = read_links(notebook.path).customers
        assert len(van_dijk.links) == 2
        assert {link.native_id for link in kaas.links} == {
            f"{name}-{number}" for name in ("anna", "bakker", "jansen") for number in range(8)
        }
        assert "# -- dairy --" in notebook.text

    def test_one_that_hangs_makes_the_other_give_up(self, notebook: Notebook) -> None:
        with (
            alone(notebook.path.with_name(".links.toml.lock"), patience=0),
            pytest.raises(LinksNotWrittenError, match="another salesprep"),
        ):
            update_links(notebook.path, lambda links: forget(links, "kaas"), patience=0)
        assert len(read_links(notebook.path).customers) == 2


_WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip)
_TARGETS = st.builds(
    Target, st.sampled_from(["crm", "erp"]), st.sampled_from("abc"), st.sampled_from(list(Kind)[:2])
)
_VERDICTS = st.builds(Verdict, _TARGETS, st.sampled_from(["is", "is_not"]), _WORDS)
_CUSTOMERS = st.builds(Customer, st.sampled_from("xyz"), st.sampled_from(["Alfa", "Beta", "Gamma B.V."]))
_STEPS = st.lists(
    st.one_of(
        st.tuples(_CUSTOMERS, st.lists(_VERDICTS, min_size=1, max_size=3), _WORDS),
        st.tuples(st.sampled_from("xyz"), st.lists(_TARGETS, max_size=2), st.none()),
    ),
    max_size=8,
)
_FILE = Path("links.toml")
_AT = datetime(2026, 11, 23, 12, 21, tzinfo=UTC)
_BEGUN = """\
# at the top
[[customer]]
id = "x"
name = "Alfa"
  # of Alfa's first, indented: it goes with Alfa
[[customer.link]]
source = "crm"
native_id = "a"
verdict = "is"
by = "anna"
at = 2026-11-20T10:00:00Z
how = "asked"
# before the next customer
[[customer]]
id = "z"
name = "Delta"
domains = ["delta.example"]
# at the end
"""


class TestWhateverStandsThere:
    @settings(max_examples=60)
    @given(
        st.text(max_size=80)
        | st.sampled_from(
            ["[[customer]]\n", '[[customer]]\nid = "k"\nname = "K"\n', 'customer = [{id="k",name="K"}]\n']
        ).flatmap(lambda begun: st.text(max_size=30).map(lambda text: f"{begun}{text}\n"))
    )
    def test_is_refused_and_left_alone_or_kept(
        self, tmp_path_factory: pytest.TempPathFactory, text: str
    ) -> None:
        path = tmp_path_factory.mktemp("wild") / "links.toml"
        path.write_bytes(text.encode("utf-8", "replace"))
        before = path.read_bytes()
        wish = Verdict(Target("crm", "1"), "is", "picked", ("name K",))
        try:
            update_links(path, lambda links: decide(links, Customer("new", "New"), [wish], by="anna", at=_AT))
        except (SettingsError, LinksNotWrittenError):
            assert path.read_bytes() == before
        else:
            comments = [row for row in before.decode().splitlines() if row.strip().startswith("#")]
            after = path.read_text(encoding="utf-8").splitlines()
            assert all(row in after for row in comments)
            assert any(k.on == ("name K",) for c in read_links(path).customers for k in c.links)


class TestWhateverIsDecided:
    @settings(max_examples=60)
    @given(_STEPS, st.sampled_from(["", "customer = []\n", "# at the top\n\n", _BEGUN]))
    def test_the_text_says_it_and_keeps_every_comment(
        self, steps: list[tuple[Any, Any, str | None]], text: str
    ) -> None:
        comments = [row for row in text.split("\n") if row.startswith("#")]
        for whom, what, by in steps:
            links = parse_links(_FILE, text)
            try:
                after = (
                    forget(links, whom, what).links
                    if by is None
                    else decide(links, whom, what, by=by, at=_AT, move=True).links
                )
            except NotRememberedError:
                continue
            text = edited(text, links, after)
            assert parse_links(_FILE, text) == after
            ids = [customer.id for customer in after.customers]
            assert len(ids) == len(set(ids))
        assert sorted(row for row in text.split("\n") if row.startswith("#")) == sorted(comments)
