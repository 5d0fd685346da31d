"""Who the user is, by what most of the material says."""

from __future__ import annotations

from salesprep.adapter.proposal import Me
from salesprep.setup import me_of

ANNA = Me(emails=("anna@ons.example",))
JANSEN = Me(emails=("j.jansen@ons.example",))


class TestWhoIsMeant:
    def test_is_whom_most_files_are_about(self) -> None:
        found = me_of([JANSEN, ANNA, Me(), ANNA])
        assert found == Me(emails=("anna@ons.example",), domains=("ons.example",))

    def test_is_the_first_of_equals(self) -> None:
        assert me_of([JANSEN, ANNA]) == Me(emails=("j.jansen@ons.example",), domains=("ons.example",))

    def test_is_nobody_where_nothing_names_an_address(self) -> None:
        assert me_of([Me(name="Anna"), Me()]) is None

    def test_brings_the_other_addresses_of_the_same_hint(self) -> None:
        export = Me(name="Anna de Boer", emails=("anna@freemail.example", "anna@ons.example"))
        assert me_of([ANNA, export]) == Me(
            name="Anna de Boer",
            emails=("anna@ons.example", "anna@freemail.example"),
            domains=("ons.example",),
        )


class TestAPublicMailService:
    def test_is_never_us(self) -> None:
        hint = Me(emails=("anna@freemail.example",), domains=("freemail.example",))
        assert me_of([hint]) == Me(emails=("anna@freemail.example",))

    def test_gives_way_to_an_address_at_work(self) -> None:
        found = me_of([Me(emails=("anna@freemail.example",)), Me(emails=("anna@freemail.example",)), ANNA])
        assert found is not None
        assert found.emails == ("anna@ons.example",)
