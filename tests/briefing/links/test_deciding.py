"""What a decision makes of the links: what is written, what stands already, what is another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salesprep.briefing.links import NotRememberedError, TakenError, read_links, read_target
from salesprep.briefing.model import Customer

if TYPE_CHECKING:
    from tests.briefing.links.conftest import Notebook


def said(customer: Customer) -> list[str]:
    """``is crm:1042`` for each link."""
    return [
        f"{link.verdict} {link.source}{'' if link.kind == 'account' else '/' + link.kind}:{link.native_id}"
        for link in customer.links
    ]


class TestATarget:
    @pytest.mark.parametrize(
        "written", ["crm:1042", "crm/person:21", "wiki/document:klanten/van dijk.md", "mail/activity:<a:b@c>"]
    )
    def test_reads_as_it_is_written(self, written: str) -> None:
        assert str(read_target(written)) == written

    @pytest.mark.parametrize("written", ["1042", ":1042", "crm:", "crm: ", "crm/persons:1", "crm/:1", ""])
    def test_of_another_form_is_refused_with_the_right_one(self, written: str) -> None:
        with pytest.raises(ValueError, match=r"crm:1042|none of account, person"):
            read_target(written)


class TestConfirming:
    def test_a_customer_whom_nobody_remembers_becomes_one(self, empty: Notebook) -> None:
        decided = empty.decide(Customer("crm:1042", "Van Dijk Machinebouw B.V."), yes="crm:1042")
        (customer,) = read_links(empty.path).customers
        assert (customer.id, customer.name) == ("crm:1042", "Van Dijk Machinebouw B.V.")
        assert (customer.aliases, customer.domains) == ((), ())
        assert said(customer) == ["is crm:1042"]
        assert decided.written == customer.links
        link = customer.links[0]
        assert (link.by, link.at, link.how) == ("anna@ons.example", empty.at, "confirmed by user")

    def test_by_name_it_is_the_one_who_is_remembered(self, notebook: Notebook) -> None:
        notebook.decide(Customer("crm:1050", "KAAS + CO"), yes="crm:1050")
        assert [c.id for c in read_links(notebook.path).customers] == ["van-dijk", "kaas"]
        assert said(read_links(notebook.path).customers[1]) == ["is crm:1050"]

    def test_what_stands_already_stays_with_its_day_and_author(self, notebook: Notebook) -> None:
        before = notebook.text
        decided = notebook.decide("VDM", yes="crm:1042", by="somebody@else.example")
        assert notebook.text == before
        assert decided.written == ()
        assert [link.by for link in decided.unchanged] == ["anna@ons.example"]

    def test_what_was_rejected_is_now_theirs_in_the_same_place(self, notebook: Notebook) -> None:
        decided = notebook.decide("VDM", yes="crm:1043")
        assert said(decided.customer) == ["is crm:1042", "is crm:1043"]
        assert [link.by for link in decided.before] == ["bakker@ons.example"]

    def test_an_equal_id_of_another_kind_is_another_record(self, notebook: Notebook) -> None:
        decided = notebook.decide("VDM", no="crm/ticket:1042")
        assert said(decided.customer) == ["is crm:1042", "is_not crm:1043", "is_not crm/ticket:1042"]

    @pytest.mark.parametrize("target", ["crm:1042", "crm/person:9"])
    def test_what_is_another_customers_is_refused(self, notebook: Notebook, target: str) -> None:
        notebook.decide("VDM", yes=target)
        before = notebook.text
        with pytest.raises(TakenError) as taken:
            notebook.decide("Kaas & Co", yes=target)
        assert (str(taken.value.target), taken.value.customer.id) == (target, "van-dijk")
        assert notebook.text == before

    def test_it_may_be_moved(self, notebook: Notebook) -> None:
        decided = notebook.decide("Kaas & Co", yes="crm:1042", move=True)
        van_dijk, kaas = read_links(notebook.path).customers
        assert said(van_dijk) == ["is_not crm:1043"]
        assert said(kaas) == ["is crm:1042"]
        assert [(c.id, link.native_id) for c, link in decided.moved] == [("van-dijk", "1042")]

    def test_whom_a_move_leaves_with_nothing_is_forgotten(self, empty: Notebook) -> None:
        empty.decide(Customer("crm:1", "Alfa"), yes="crm:1")
        empty.decide(Customer("erp:2", "Beta"), yes="crm:1", move=True)
        assert [c.id for c in read_links(empty.path).customers] == ["erp:2"]

    @pytest.mark.parametrize("kind", ["meeting", "document", "post", "activity"])
    def test_a_meeting_or_a_page_may_be_about_two_customers(self, notebook: Notebook, kind: str) -> None:
        notebook.decide("VDM", yes=f"wiki/{kind}:x")
        notebook.decide("Kaas & Co", yes=f"wiki/{kind}:x")
        assert all(f"is wiki/{kind}:x" in said(c) for c in read_links(notebook.path).customers)

    def test_that_it_is_not_one_customer_may_be_said_of_what_is_another(self, notebook: Notebook) -> None:
        decided = notebook.decide("Kaas & Co", no="crm:1042")
        assert said(decided.customer) == ["is_not crm:1042"]


class TestIds:
    def test_two_customers_never_share_one(self, empty: Notebook) -> None:
        for name in ("Visser Techniek B.V.", "Visser Techniek GmbH", "Visser Techniek AG"):
            empty.decide(Customer("visser-techniek", name), no="crm:1")
        ids = [c.id for c in read_links(empty.path).customers]
        assert ids == ["visser-techniek", "visser-techniek-gmbh", "visser-techniek-ag"]

    def test_one_that_says_which_account_it_is_changes_when_that_is_denied(self, empty: Notebook) -> None:
        empty.decide(Customer("crm:1100", "Visser Techniek B.V."), yes="crm:1100")
        decided = empty.decide(Customer("crm:1100", "Visser Techniek B.V."), no="crm:1100")
        assert decided.customer.id == "visser-techniek"
        assert read_links(empty.path).customers == (decided.customer,)
        assert said(decided.customer) == ["is_not crm:1100"]


class TestForgetting:
    def test_one_decision(self, notebook: Notebook) -> None:
        forgotten = notebook.forget("van-dijk", "crm:1043")
        assert [link.native_id for link in forgotten.removed] == ["1043"]
        assert not forgotten.gone
        assert said(read_links(notebook.path).customers[0]) == ["is crm:1042"]

    def test_a_customer(self, notebook: Notebook) -> None:
        forgotten = notebook.forget("van-dijk")
        assert forgotten.gone
        assert [c.id for c in read_links(notebook.path).customers] == ["kaas"]

    def test_all_decisions_of_a_customer_leaves_what_was_written_by_hand(self, notebook: Notebook) -> None:
        assert not notebook.forget("van-dijk", "crm:1042", "crm:1043").gone
        assert read_links(notebook.path).customers[0].aliases == ("VDM",)

    def test_the_last_decision_of_one_whom_a_decision_made(self, empty: Notebook) -> None:
        empty.decide(Customer("crm:1", "Alfa"), yes="crm:1")
        assert empty.forget("crm:1", "crm:1").gone
        assert read_links(empty.path).customers == ()

    def test_what_was_never_decided_says_so(self, notebook: Notebook) -> None:
        before = notebook.text
        forgotten = notebook.forget("kaas", "crm:1")
        assert [str(target) for target in forgotten.missing] == ["crm:1"]
        assert notebook.text == before

    def test_a_customer_whom_nobody_remembers_is_refused(self, notebook: Notebook) -> None:
        with pytest.raises(NotRememberedError):
            notebook.forget("acme")
