"""What was decided can be taken back, the last first; the history is bounded and can be erased."""

from __future__ import annotations

import stat
import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.briefing.links import Verdict, decide, forget, read_links, read_target
from salesprep.briefing.links.history import (
    ChangedSinceError,
    erase_history,
    read_history,
    take_back,
    update_and_note,
)
from salesprep.briefing.model import Customer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.briefing.links.conftest import Notebook


class Remembering:
    """Anna's notebook, with what she can take back."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.path = notebook.path.parent / "state" / "undo.jsonl"

    def says(self, whom: str, verdict: str, target: str, *, move: bool = False) -> None:
        wish = Verdict(
            read_target(target), "is" if verdict == "is" else "is_not", "confirmed by user", ("name X",)
        )
        customer = Customer(whom.casefold(), whom)
        change = partial(
            decide, customer=customer, verdicts=[wish], by="anna", at=self.notebook.at, move=move
        )
        update_and_note(self.notebook.path, change, self.path, self.notebook.at)

    def forgets(self, id: str) -> None:
        update_and_note(self.notebook.path, partial(forget, customer_id=id), self.path, self.notebook.at)

    def takes_back(self, n: int = 1) -> None:
        take_back(self.notebook.path, self.path, read_history(self.path)[::-1][:n])


@pytest.fixture
def anna(notebook: Notebook) -> Remembering:
    return Remembering(notebook)


class TestTakingBack:
    @pytest.mark.parametrize(
        "does",
        [
            lambda anna: anna.says("VDM", "is", "erp:7"),
            lambda anna: anna.says("VDM", "is_not", "crm:1042"),
            lambda anna: anna.says("Nieuw", "is", "crm:77"),
            lambda anna: anna.says("Kaas & Co", "is", "crm:1042", move=True),
            lambda anna: anna.forgets("kaas"),
            lambda anna: anna.forgets("van-dijk"),
        ],
    )
    def test_brings_back_what_was(self, anna: Remembering, does: Callable[[Remembering], None]) -> None:
        before = read_links(anna.notebook.path)
        does(anna)
        assert read_links(anna.notebook.path) != before
        anna.takes_back()
        after = read_links(anna.notebook.path)
        assert {c.id: (c.name, c.domains, set(c.links)) for c in after.customers} == {
            c.id: (c.name, c.domains, set(c.links)) for c in before.customers
        }
        assert "Ask Anna before you change anything" in anna.notebook.text
        assert read_history(anna.path) == ()

    def test_goes_from_the_last_to_the_first(self, anna: Remembering) -> None:
        anna.says("VDM", "is", "erp:7")
        anna.says("VDM", "is_not", "erp:7")
        anna.says("VDM", "is", "erp:8")
        anna.takes_back(2)
        assert [(k.native_id, k.verdict) for k in read_links(anna.notebook.path).customers[0].links][2:] == [
            ("7", "is")
        ]
        anna.takes_back()
        assert len(read_links(anna.notebook.path).customers[0].links) == 2

    def test_leaves_alone_what_somebody_has_decided_since(self, anna: Remembering) -> None:
        anna.says("VDM", "is", "erp:7")
        anna.notebook.decide("VDM", no="erp:7", by="bakker")
        text = anna.notebook.text
        with pytest.raises(ChangedSinceError):
            anna.takes_back()
        assert anna.notebook.text == text
        assert len(read_history(anna.path)) == 1

    def test_keeps_what_was_decided_since_about_something_else(self, anna: Remembering) -> None:
        anna.says("Nieuw", "is", "erp:7")
        anna.notebook.decide("Nieuw", yes="erp:8", by="bakker")
        anna.takes_back()
        nieuw = read_links(anna.notebook.path).customers[2]
        assert [k.native_id for k in nieuw.links] == ["8"]


class TestTheHistory:
    def test_is_the_users_alone_and_bounded(self, anna: Remembering, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("salesprep.briefing.links.history.MOST", 2)
        for number in range(5):
            anna.says("VDM", "is", f"erp:{number}")
        steps = read_history(anna.path)
        assert len(steps) == 2
        assert steps[0].undone[0][1] is not None
        assert steps[0].undone[0][1].native_id == "3"
        if sys.platform != "win32":
            assert stat.S_IMODE(anna.path.stat().st_mode) == 0o600

    def test_can_be_erased_and_the_decisions_stay(self, anna: Remembering) -> None:
        anna.says("VDM", "is", "erp:7")
        text = anna.notebook.text
        assert erase_history(anna.path)
        assert not erase_history(anna.path)
        assert (read_history(anna.path), anna.notebook.text) == ((), text)

    def test_holds_nothing_of_what_changed_nothing(self, anna: Remembering) -> None:
        anna.says("VDM", "is", "crm:1042")
        anna.says("VDM", "is", "crm:1042")
        assert len(read_history(anna.path)) == 1

    def test_that_cannot_be_written_keeps_nobody_from_deciding(self, anna: Remembering) -> None:
        anna.path.parent.write_text("in the way", encoding="utf-8")
        anna.says("VDM", "is", "erp:7")
        assert len(read_links(anna.notebook.path).customers[0].links) == 3

    @given(st.text(max_size=80) | st.binary(max_size=80))
    def test_of_any_content_is_read(
        self, tmp_path_factory: pytest.TempPathFactory, wild: str | bytes
    ) -> None:
        path = tmp_path_factory.mktemp("history") / "undo.jsonl"
        data = wild if isinstance(wild, bytes) else wild.encode("utf-8", "replace")
        path.write_bytes(b'{"at": "2026-11-20T10:00:00+00:00", "customers": [[null, null]]}\n[]\n1\n' + data)
        assert read_history(path) == ()
