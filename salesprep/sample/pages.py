"""What our own people wrote into the wiki: about customers, each in a folder, and about everything else."""

from __future__ import annotations

from dataclasses import dataclass

from salesprep.sample.customers import ANNA, BAKKER, JANSEN, US, WILLEMS

VAN_DIJK = "Van Dijk Machinebouw B.V."


@dataclass(frozen=True, slots=True)
class WikiPage:
    """A page; ``days`` is when it was last changed, from the first visit."""

    path: str
    title: str
    days: int
    author: str
    text: str
    customer: str = ""
    """As the page's own head names it."""


def _of(folder: str, customer: str, *pages: tuple[str, str, int, str, str]) -> tuple[WikiPage, ...]:
    return tuple(
        WikiPage(f"{CUSTOMERS}/{folder}/{name}.md", title, days, US[who], text, customer)
        for name, title, days, who, text in pages
    )


CUSTOMERS = "klanten"
"""The folder in which each customer has one."""

PAGES = (
    *_of(
        "Van Dijk Machinebouw",
        VAN_DIJK,
        (
            "lijn-4-ombouw",
            "Lijn 4, ombouw 2025",
            -2,
            JANSEN,
            "Na de ombouw draait lijn 4 bij Van Dijk Machinebouw met twee messen per slag.\n\n"
            "- besturing: nieuw\n- aandrijving: ongewijzigd\n- open punt: trilling bij *hoge* snelheid",
        ),
        (
            "lx-200-prijsafspraken",
            "LX-200, prijsafspraken",
            -37,
            ANNA,
            "Van Dijk Machinebouw rekent met de prijs van het voorjaar. Montage apart.\n\n"
            "| deel | afspraak |\n| --- | --- |\n| machine | vast |\n| montage | op nacalculatie |",
        ),
        (
            "wie-is-wie",
            "Van Dijk, wie is wie",
            -272,
            BAKKER,
            "Op de vloer beslist T. Aarts, boven de streep R. Smit. K. Vos koopt in.",
        ),
        (
            "inbedrijfstelling-lx-100",
            "LX-100, inbedrijfstelling",
            -320,
            BAKKER,
            "De LX-100 van Van Dijk Machinebouw is in drie dagen opgeleverd.",
        ),
        (
            "lijn-2-onderhoud",
            "Lijn 2, onderhoud",
            -350,
            JANSEN,
            "Elk half jaar, buiten de ploegendienst; melden bij de portier van Van Dijk Machinebouw.",
        ),
        ("garantie", "Garantieafspraken", -395, ANNA, "Twee jaar op lijn 4, één jaar op messen."),
        ("veiligheid-hal-3", "Veiligheid in hal 3", -480, WILLEMS, "Vest, bril, en nooit alleen."),
        ("onderdelen-lijn-1", "Onderdelen lijn 1", -555, BAKKER, "Lager 6204, riem 1120, mes 40."),
        ("levertijden-messen", "Levertijden messen", -640, JANSEN, "Zes weken, in de zomer acht."),
        ("opstelling", "Opstelling en toegang", -805, BAKKER, "Laaddeur 2; kraan aanvragen."),
        ("scholing", "Scholing van de operators", -990, JANSEN, "Twee dagen, in het Nederlands."),
        ("kennismaking", "Eerste kennismaking", -1400, ANNA, "Via de beurs; vraag naar lijn 1."),
    ),
    *_of(
        "Kaas & Co",
        "Kaas & Co",
        (
            "snijlijn-3",
            "Snijlijn 3, eisen",
            -16,
            ANNA,
            "Kaas & Co wil reinigen zonder gereedschap; de proefsnit beslist.",
        ),
        ("zuivel", "Reinigen in de zuivel", -210, BAKKER, "Heet water, geen schuim op de sensoren."),
    ),
    *_of(
        "Kaas & Co Logistiek",
        "Kaas & Co Logistiek B.V.",
        ("koelcellen", "Koelcellen Woerden", -6, WILLEMS, "Koelcel 2 loopt warm bij volle belading."),
    ),
    *_of(
        "Acme Sensoren",
        "Acme Sensoren",
        ("testbank", "Testbank, stand van zaken", -25, ANNA, "V. De Smet wil eerst de S-40 zien."),
    ),
    *_of(
        "Brink Pompen",
        "Brink Pompen B.V.",
        ("service", "Servicecontract, wat erin zit", -110, JANSEN, "Eén bezoek per kwartaal."),
    ),
    *_of(
        "Müller Anlagenbau",
        "Müller Anlagenbau GmbH & Co. KG",
        ("rahmenvertrag", "Rahmenvertrag, Konditionen", -60, WILLEMS, "Verlängert sich um ein Jahr."),
    ),
    *_of(
        "Ståhl & Söner",
        "Ståhl & Söner AB",
        ("reservdelar", "Reservdelar, priser", -75, ANNA, "Prislistan gäller till årsskiftet."),
    ),
    *_of(
        "Noordzee Offshore",
        "Noordzee Offshore",
        ("aanvraag", "Aanvraag via de website", -11, JANSEN, "Zoekt pompen die tegen zout kunnen."),
    ),
    *_of(
        "Van Dijk Transport",
        "Van Dijk Transport B.V.",
        ("laadkleppen", "Laadkleppen", -140, WILLEMS, "Zes wagens, twee typen klep."),
    ),
    # Two customers have this name; the page does not tell which one it means.
    *_of(
        "Visser Techniek",
        "Visser Techniek",
        ("kraan", "Kraan 3", -95, ANNA, "Offerte voor kraan 3 gevraagd."),
    ),
    WikiPage(
        "beurs/voorjaar.md",
        "Beurs in het voorjaar",
        -190,
        US[ANNA],
        "Op de stand: de LX-200. Uitnodigen: Kaas & Co, Acme Sensoren en wie er nog bij wil.",
    ),
    WikiPage("intern/kilometers.md", "Kilometers declareren", -700, US[WILLEMS], "Voor de vijfde."),
    WikiPage("producten/lx-200.md", "LX-200, wat hij kan", -30, US[BAKKER], "Snijdt tot 200 slagen."),
    WikiPage("producten/s-40.md", "S-40", -88, US[JANSEN], "Een sensor voor natte ruimten."),
)
