"""Each customer of the sample: a whole briefing whose every fact says where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from salesprep.output import json as output
from salesprep.sample.customers import (
    ACME,
    BERGHOUT_BOUW,
    BERGHOUT_INSTALLATIE,
    BRINK,
    CUSTOMERS,
    GROENE_KAS,
    KAAS,
    KAAS_LOGISTIEK,
    MULLER,
    NOORDZEE,
    STAHL,
    TRANSPORT,
    VAN_DIJK,
    VISSER_BE,
    VISSER_NL,
)

if TYPE_CHECKING:
    from tests.journey.conftest import Rep

NAMESAKES = {VISSER_NL, VISSER_BE}

PEOPLE_AND_TALKS = {
    VAN_DIJK: "a-yilmaz p-de-vries r-smit k-vos t-aarts l-peeters m-claessens n-verhagen s-wouters w-kuipers",
    TRANSPORT: "g-van-dijk",
    KAAS: "k-vos d-mulder n-bos talk:mulder",
    KAAS_LOGISTIEK: "e-prins",
    NOORDZEE: "",
    BERGHOUT_BOUW: "a-berghout",
    BERGHOUT_INSTALLATIE: "",
    ACME: "hoa-nguyen-thi l-claes v-de-smet talk:smet talk:invitation",
    BRINK: "p-brink",
    VISSER_NL: "",  # two customers have this name, and nothing in the files tells them apart
    VISSER_BE: "",
    MULLER: "jurgen-grossmann",
    STAHL: "asa-oberg lukasz-zak talk:oberg",
    GROENE_KAS: "m-de-groot",
}
"""Of the LinkedIn files: profiles, and conversations by their first word."""
MEETINGS = {
    VAN_DIJK: "kwartaalbezoek vdm-jaargesprek vdm-lijn4",
    TRANSPORT: "transport-afgezegd",
    KAAS: "kaas-voortgang",
    NOORDZEE: "noordzee-kennismaking",
    ACME: "acme-demo",
    BRINK: "brink-service",
    MULLER: "muller-jour-fixe",
    STAHL: "stahl-video",
}
PAGES = {
    VAN_DIJK: (12, "Van Dijk Machinebouw"),
    TRANSPORT: (1, "Van Dijk Transport"),
    KAAS: (2, "Kaas & Co"),
    KAAS_LOGISTIEK: (1, "Kaas & Co Logistiek"),
    NOORDZEE: (1, "Noordzee Offshore"),
    ACME: (1, "Acme Sensoren"),
    BRINK: (1, "Brink Pompen"),
    MULLER: (1, "Müller Anlagenbau"),
    STAHL: (1, "Ståhl & Söner"),
}
"""How many pages of the wiki, and in which folder."""


def found(briefing: Any) -> list[Any]:
    """All records that are shown as facts."""
    return [record for panel in briefing["panels"] for record in panel["records"]]


@pytest.mark.parametrize("customer", CUSTOMERS, ids=lambda c: c.name)
class TestEachCustomer:
    def test_has_a_briefing_that_keeps_to_the_schema(self, customer: Any, rep: Rep) -> None:
        pick = ["--pick", f"crm:{customer.id}"] if customer.id in NAMESAKES else []
        said = rep("brief", customer.name, *pick, "--format", "json")
        assert said.code == 0, said.err
        jsonschema.validate(said.json, output.schema("briefing"), format_checker=jsonschema.FormatChecker())
        assert said.json["customer"]["name"] == customer.name
        for record in found(said.json):
            assert record["source"] in {"crm", "linkedin", "calendar", "wiki"}
            assert (record["url"] is None) != (record["no_url_reason"] is None)
            assert record["fetched_at"]
            assert record["match"]["outcome"] == "same"
            assert record["match"]["how"] != "none"

    def test_never_holds_a_fact_of_another(self, customer: Any, rep: Rep) -> None:
        pick = ["--pick", f"crm:{customer.id}"] if customer.id in NAMESAKES else []
        said = rep("brief", customer.name, *pick, "--format", "json")
        facts = {panel["source"]: panel["records"] for panel in said.json["panels"]}
        assert {record["keys"]["account_id"] for record in facts["crm"]} == {str(customer.id)}
        known = {
            f"talk:{record['id'].split()[0]}"
            if record["kind"] == "activity"
            else record["id"].partition("-in-the-salesprep-sample")[0]
            for record in facts["linkedin"]
        }
        assert known == set(PEOPLE_AND_TALKS[customer.id].split())
        meetings = {record["id"].partition("@")[0] for record in facts["calendar"]}
        assert meetings == set(MEETINGS.get(customer.id, "").split())
        pages = [record["id"] for record in facts["wiki"]]
        count, folder = PAGES.get(customer.id, (0, ""))
        assert len(pages) == count
        assert all(page.startswith(f"klanten/{folder}/") for page in pages)
        domain = customer.website.rpartition("/")[2].removeprefix("www.").removeprefix("logistiek.")
        for record in found(said.json):
            guests = {p["email"].rpartition("@")[2] for p in record["people"] if p["email"]}
            assert guests <= {domain, "ons.example"}

    @pytest.mark.parametrize("width", [160, 80, 40])
    def test_is_printed_to_the_exact_width(self, customer: Any, rep: Rep, width: int) -> None:
        pick = ["--pick", f"crm:{customer.id}"] if customer.id in NAMESAKES else []
        said = rep("brief", customer.name, *pick, width=width)
        assert said.code == 0, said.err
        assert {len(line) for line in said.out.splitlines()} == {width}


class TestWhomTheyMean:
    def test_a_namesake_is_asked_for(self, rep: Rep) -> None:
        said = rep("brief", "Visser Techniek")
        assert said.code == 2
        assert said.out == ""
        assert f"crm:{VISSER_NL}" in said.err
        assert f"crm:{VISSER_BE}" in said.err

    @pytest.mark.parametrize(
        ("typed", "customer"),
        [
            ("van dijk machinebouw", "Van Dijk Machinebouw B.V."),
            ("VDM", "Van Dijk Machinebouw B.V."),
            ("noordzee", "Noordzee Offshore"),
            ("stahl & soner", "Ståhl & Söner AB"),
            ("Mueller Anlagenbau", "Müller Anlagenbau GmbH & Co. KG"),
            ("muller anlagenbau", "Müller Anlagenbau GmbH & Co. KG"),
            ("kaas en co", "Kaas & Co"),
        ],
    )
    def test_a_name_may_be_written_otherwise(self, typed: str, customer: str, rep: Rep) -> None:
        said = rep("brief", typed, "--format", "json")
        assert said.code == 0, said.err
        assert said.json["customer"]["name"] == customer

    @pytest.mark.parametrize("typed", ["Van Dijk Machinebouw GmbH", "van dijk", "kas", "berghout"])
    def test_what_is_not_certain_is_a_question(self, typed: str, rep: Rep) -> None:
        said = rep("brief", typed)
        assert said.code == 2
        assert "--pick" in said.err

    def test_a_subsidiary_stays_apart_from_its_parent(self, rep: Rep) -> None:
        parent = rep("brief", "Kaas & Co", "--format", "json").json
        child = rep("brief", "Kaas & Co Logistiek", "--format", "json").json
        assert "koelcel 2 te warm" in {r["title"] for r in found(child)}
        assert "koelcel 2 te warm" not in {r["title"] for r in found(parent)}

    def test_a_pick_is_never_given_the_visit_of_another(self, rep: Rep) -> None:
        said = rep("brief", "--pick", f"crm:{BERGHOUT_BOUW}", "--format", "json")
        assert said.code == 0, said.err
        assert said.json["customer"]["name"] == "Berghout Bouw B.V."
        assert said.json["visit"] is None

    @pytest.mark.parametrize("width", [160, 80, 40])
    def test_an_old_acquaintance_from_elsewhere_is_new_here_alone(self, width: int, rep: Rep) -> None:
        """K. Vos had our mail while at Van Dijk, which a look at Kaas & Co does not ask for."""
        shown = " ".join(rep("brief", "Kaas & Co", width=width).out.split())
        assert "K. Vos" in shown
        assert shown.count("first time") == shown.count("first time here") > 0
        assert "found with any of us" not in shown
