"""What becomes of what was found: new sources, lists that grow, and what is there already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from salesprep.adapter.manifest import Manifest, read_manifest
from salesprep.adapter.proposal import Choice, Me, Proposal
from salesprep.settings import Settings
from salesprep.setup import Change, Offer, Place, SetupError, changed_us, plan

InForce = Callable[[str], Settings]

MANIFEST = """
name = "{name}"
title = "x"
version = "1.0"
contract = "1.0"
class = "It"
kinds = ["account"]
abilities = ["fetch", "recognise"]
asks_as = "none"
hosts = ["config:calendars.url", "config:calendars.secret_url"]
secrets = ["calendars.secret_url"]
"""


@pytest.fixture
def manifests(tmp_path: Path) -> dict[str, Manifest]:
    found = {}
    for name in ("table", "ics", "linkedin"):
        folder = tmp_path / "adapters" / name
        folder.mkdir(parents=True)
        (folder / "adapter.toml").write_text(MANIFEST.format(name=name), encoding="utf-8")
        found[name] = read_manifest(folder / "adapter.toml")
    return found


@pytest.fixture
def planned(in_force: InForce, manifests: dict[str, Manifest], tmp_path: Path) -> Callable[..., list[Change]]:
    """``planned(offers, settings text)``."""

    def make(offers: Sequence[Offer], text: str = "", **more: Any) -> list[Change]:
        file = tmp_path / "settings.toml"
        return list(plan(offers, in_force(text), manifests, file=file, **more))

    return make


def offer(adapter: str, path: Path, config: dict[str, Any], **more: Any) -> Offer:
    name = more.pop("name", "crm")
    parts = more.pop("parts", ())
    proposal = Proposal(
        name=name,
        title=more.pop("title", name.upper()),
        what="it",
        sure=more.pop("sure", "likely"),
        config=config,
        **more,
    )
    return Offer(Place(path=path), adapter, proposal, parts)


def table(path: Path, **more: Any) -> Offer:
    return offer("table", path, {"path": str(path)}, **more)


def export(path: Path) -> Offer:
    return offer(
        "linkedin", path, {"exports": [str(path)]}, unites="exports", name="linkedin", title="LinkedIn"
    )


def calendar(path: Path, **keys: str) -> Offer:
    item = {"path": str(path), **keys}
    return offer("ics", path, {"calendars": [item]}, unites="calendars", name="calendar")


def address(url: str, key: str = "url") -> Offer:
    proposal = Proposal(
        name="calendar",
        title="Calendar",
        what="a calendar",
        sure="certain",
        config={"calendars": [{key: url}]},
        unites="calendars",
    )
    return Offer(Place(url=url), "ics", proposal)


def kinds(changes: Sequence[Change]) -> list[tuple[str, str]]:
    return [(change.kind, change.name) for change in changes]


class TestNewSources:
    def test_get_names_that_nothing_has_yet(
        self, planned: Callable[..., list[Change]], tmp_path: Path
    ) -> None:
        text = '[sources.crm]\nadapter = "sql"\ntitle = "crm"\n'
        changes = planned([table(tmp_path / "a.csv"), table(tmp_path / "b.csv")], text)
        assert kinds(changes) == [("new", "crm_2"), ("new", "crm_3")]
        assert [change.title for change in changes] == ["CRM 2", "CRM 3"]

    @pytest.mark.parametrize(
        ("name", "becomes"),
        [
            ("My Wiki", "my_wiki"),
            ("Kundendienst Süd", "kundendienst_sud"),
            ("2026", "source_2026"),
            ("…", "source"),
        ],
    )
    def test_get_names_that_settings_allow(
        self, name: str, becomes: str, planned: Callable[..., list[Change]], tmp_path: Path
    ) -> None:
        assert kinds(planned([table(tmp_path / "a.csv", name=name)])) == [("new", becomes)]

    def test_can_be_named_by_the_user(self, planned: Callable[..., list[Change]], tmp_path: Path) -> None:
        assert kinds(planned([table(tmp_path / "a.csv")], name="Prospects")) == [("new", "prospects")]

    def test_of_several_export_files_are_one(
        self, planned: Callable[..., list[Change]], tmp_path: Path
    ) -> None:
        (change,) = planned([export(tmp_path / "oct.zip"), export(tmp_path / "nov.zip")])
        assert change.config == {"exports": [str(tmp_path / "oct.zip"), str(tmp_path / "nov.zip")]}
        assert len(change.offers) == 2

    def test_keep_calendars_that_are_files_apart_from_addresses(
        self, planned: Callable[..., list[Change]], tmp_path: Path
    ) -> None:
        changes = planned([calendar(tmp_path / "a.ics"), address("https://calendar.ons.example/b.ics")])
        assert kinds(changes) == [("new", "calendar"), ("new", "calendar_2")]

    def test_are_refused_where_the_company_decides_on_all_of_them(
        self, planned: Callable[..., list[Change]], tmp_path: Path
    ) -> None:
        with pytest.raises(SetupError, match=r"locked by /etc/company\.toml"):
            planned([table(tmp_path / "a.csv")], locked=lambda _key: "/etc/company.toml")

    def test_do_not_take_a_name_that_is_locked(
        self, planned: Callable[..., list[Change]], tmp_path: Path
    ) -> None:
        locked = {"sources.crm": "company.toml"}.get
        assert kinds(planned([table(tmp_path / "a.csv")], locked=locked)) == [("new", "crm_2")]


class TestTheSamePathOnceMore:
    def test_is_there_already_however_it_is_written(
        self, planned: Callable[..., list[Change]], tmp_path: Path
    ) -> None:
        for written in (str(tmp_path / "a.csv"), "a.csv", "./x/../a.csv"):
            text = f'[sources.prospects]\nadapter = "table"\npath = "{written}"\n'
            assert kinds(planned([table(tmp_path / "a.csv")], text)) == [("there", "prospects")]

    def test_is_there_though_its_columns_were_changed_by_hand(
        self, planned: Callable[..., list[Change]], tmp_path: Path
    ) -> None:
        text = '[sources.crm]\nadapter = "table"\npath = "a.csv"\ncolumns = { title = "Naam" }\n'
        given = offer(
            "table", tmp_path / "a.csv", {"path": str(tmp_path / "a.csv"), "columns": {"title": "X"}}
        )
        assert kinds(planned([given], text)) == [("there", "crm")]

    def test_is_there_however_deep_its_path_lies(
        self, planned: Callable[..., list[Change]], tmp_path: Path
    ) -> None:
        text = '[sources.crm]\nadapter = "table"\ntables.account = { path = "a.csv", dates = "D-M-Y" }\n'
        path = str(tmp_path / "a.csv")
        given = offer("table", tmp_path / "a.csv", {"tables": {"account": {"path": path, "decimal": ","}}})
        assert kinds(planned([given], text)) == [("there", "crm")]
        given = offer("table", tmp_path / "a.csv", {"tables": {"person": {"path": path}}})
        assert kinds(planned([given], text)) == [("new", "crm_2")]

    def test_is_new_if_it_means_another_sheet(
        self, planned: Callable[..., list[Change]], tmp_path: Path
    ) -> None:
        text = '[sources.crm]\nadapter = "table"\npath = "a.xlsx"\nsheet = "Klanten"\n'
        path = tmp_path / "a.xlsx"

        def sheet(name: str) -> Offer:
            return offer("table", path, {"path": str(path), "sheet": name}, parts=("sheet",))

        assert kinds(planned([sheet("Klanten"), sheet("Personen")], text)) == [
            ("there", "crm"),
            ("new", "crm_2"),
        ]

    def test_is_there_as_whatever_it_was_said_to_be(
        self, planned: Callable[..., list[Change]], tmp_path: Path
    ) -> None:
        path = tmp_path / "a.csv"

        def read_as(kind: str, *choices: Choice) -> Proposal:
            config = {"tables": {kind: {"path": str(path)}}}
            return Proposal(name="crm", title="CRM", what="it", sure="likely", config=config, choices=choices)

        leads_to = {kind: read_as(kind) for kind in ("order", "invoice")}
        kind = Choice(key="tables", label="it holds", value=None, options=tuple(leads_to), leads_to=leads_to)
        given = Offer(Place(path=path), "table", read_as("order", kind))
        text = '[sources.bills]\nadapter = "table"\ntables.invoice = { path = "a.csv" }\n'
        assert kinds(planned([given], text)) == [("there", "bills")]
        assert kinds(planned([given])) == [("new", "crm")]

    def test_of_a_calendar_is_there_in_whatever_source(
        self, planned: Callable[..., list[Change]], tmp_path: Path
    ) -> None:
        text = (
            '[sources.a]\nadapter = "ics"\n[[sources.a.calendars]]\npath = "a.ics"\nowner = "a@ons.example"\n'
        )
        given = [calendar(tmp_path / "a.ics", owner="b@ons.example")]
        assert kinds(planned(given, text)) == [("there", "a")]

    def test_of_an_address_is_there_by_whatever_scheme(self, planned: Callable[..., list[Change]]) -> None:
        text = '[sources.a]\nadapter = "ics"\ncalendars = [{ url = "webcal://c.ons.example/a.ics" }]\n'
        assert kinds(planned([address("https://c.ons.example/a.ics")], text)) == [("there", "a")]

    def test_of_a_secret_address_is_there_too(
        self, planned: Callable[..., list[Change]], tmp_path: Path
    ) -> None:
        (tmp_path / "secret").write_text("https://c.ons.example/x9/a.ics\n", encoding="utf-8")
        text = '[sources.a]\nadapter = "ics"\ncalendars = [{ secret_url = "file:secret" }]\n'
        given = [address("https://c.ons.example/x9/a.ics", "secret_url")]
        assert kinds(planned(given, text)) == [("there", "a")]
        given = [address("https://c.ons.example/other/a.ics", "secret_url")]
        assert kinds(planned(given, text)) == [("grown", "a")]


class TestAFurtherFile:
    TEXT = '[sources.mine]\nadapter = "linkedin"\nexports = ["oct.zip"]\n'

    def test_is_added_to_the_list_that_is_there(
        self, planned: Callable[..., list[Change]], tmp_path: Path
    ) -> None:
        (change,) = planned([export(tmp_path / "oct.zip"), export(tmp_path / "nov.zip")], self.TEXT)
        assert (change.kind, change.name) == ("grown", "mine")
        assert change.config == {"exports": [str(tmp_path / "nov.zip")]}

    def test_becomes_a_source_of_its_own_where_another_file_holds_the_list(
        self, in_force: InForce, manifests: dict[str, Manifest], tmp_path: Path
    ) -> None:
        changes = plan(
            [export(tmp_path / "nov.zip")], in_force(self.TEXT), manifests, file=tmp_path / "other.toml"
        )
        assert kinds(changes) == [("new", "linkedin")]

    def test_becomes_a_source_of_its_own_where_the_list_is_locked(
        self, planned: Callable[..., list[Change]], tmp_path: Path
    ) -> None:
        locked = {"sources.mine.exports": "company.toml"}.get
        assert kinds(planned([export(tmp_path / "nov.zip")], self.TEXT, locked=locked)) == [
            ("new", "linkedin")
        ]

    def test_becomes_a_source_of_its_own_if_it_is_named(
        self, planned: Callable[..., list[Change]], tmp_path: Path
    ) -> None:
        assert kinds(planned([export(tmp_path / "nov.zip")], self.TEXT, name="hers")) == [("new", "hers")]

    def test_of_a_calendar_does_not_make_files_go_over_the_network(
        self, planned: Callable[..., list[Change]]
    ) -> None:
        text = '[sources.calendar]\nadapter = "ics"\ncalendars = [{ path = "a.ics" }]\n'
        assert kinds(planned([address("https://c.ons.example/a.ics")], text)) == [("new", "calendar_2")]


class TestWhoWeAre:
    ME = Me(name="Anna de Boer", emails=("anna@ons.example",), domains=("ons.example",))

    def test_is_written_where_nobody_has_said_it(self, in_force: InForce) -> None:
        assert changed_us(in_force(""), self.ME, zone="Europe/Amsterdam", locale="nl_NL") == {
            "name": "Anna de Boer",
            "emails": ["anna@ons.example"],
            "domains": ["ons.example"],
            "zone": "Europe/Amsterdam",
            "locale": "nl_NL",
        }

    def test_is_left_as_it_is_where_it_is_set_or_locked(self, in_force: InForce) -> None:
        settings = in_force('[us]\nemails = ["a@ons.example"]\nzone = "Europe/Paris"\n')
        locked = {"us.domains": "company.toml"}.get
        assert changed_us(settings, self.ME, zone="Europe/Amsterdam", locale=None, locked=locked) == {
            "name": "Anna de Boer"
        }

    def test_may_stay_open(self, in_force: InForce) -> None:
        assert changed_us(in_force(""), None, zone=None, locale=None) == {}
