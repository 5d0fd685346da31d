"""Which column of an export's file is which: by the words over it, else by where LinkedIn puts it.

Column order and number have changed over the years, and the words differ by language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from adapters.linkedin_export import dates
from adapters.linkedin_export.profile import slug
from salesprep.adapter.names import fold

Columns = Mapping[str, int]
"""Where the columns are that a file has, by our name for them."""


@dataclass(frozen=True, slots=True)
class Form:
    """What one file of an export holds."""

    words: Mapping[str, str]
    """Our name for a column → what stands over it, folded and without blanks."""
    needed: tuple[str, ...]
    """Without these it is another file."""
    order: tuple[str, ...]
    """LinkedIn's own order, where it helps to know columns whose words nobody knows."""
    most: int
    """Rows that are read."""


def _form(words: Mapping[str, str], needed: str, order: str = "", most: int = 1_000_000) -> Form:
    known = {word: name for name, words_ in words.items() for word in words_.split()}
    return Form(MappingProxyType(known), tuple(needed.split()), tuple(order.split()), most)


CONNECTIONS = _form(
    {
        "first": "firstname voornaam vorname prenom nombre",
        "last": "lastname achternaam familienaam nachname familienname nom nomdefamille apellido apellidos",
        "url": "url profileurl profielurl profilurl urldelperfil urldeperfil urlduprofil",
        "email": "emailaddress email emailadres emailadresse adresseemail adressemail courriel"
        " correoelectronico direcciondecorreoelectronico direcciondeemail",
        "company": "company bedrijf bedrijfsnaam organisatie unternehmen firma entreprise societe empresa",
        "position": "position functie functietitel positie poste fonction cargo puesto",
        "connected": "connectedon connectedop verbondenop verbondensinds connectiegemaaktop verbundenam"
        " verbundenseit invernetztseit vernetztam vernetztseit connectele enrelationdepuis misenrelationle"
        " daterelation conectadoel conectadodesde fechadeconexion contactodesde",
    },
    needed="first last company connected",
    order="first last url email company position connected",
    most=100_000,  # LinkedIn lets one have 30,000
)
MESSAGES = _form(
    {
        "conversation": "conversationid",
        "title": "conversationtitle",
        "from": "from",
        "sender": "senderprofileurl",
        "to": "to",
        "recipients": "recipientprofileurls recipientprofileurl",
        "date": "date",
        "subject": "subject",
        "content": "content",
        "folder": "folder",
        "draft": "ismessagedraft",
        "conversation_draft": "isconversationdraft",
    },
    needed="conversation from sender date content",
)
INVITATIONS = _form(
    {
        "from": "from van von de",
        "to": "to aan an a para",
        "at": "sentat verzondenop gesendetam envoyele enviadoel",
        "message": "message bericht nachricht mensaje",
        "direction": "direction richting richtung direccion",
        "inviter": "inviterprofileurl",
        "invitee": "inviteeprofileurl",
    },
    needed="from to at direction",
)
PROFILE = _form(
    {
        "first": "firstname voornaam vorname prenom nombre",
        "last": "lastname achternaam nachname nom apellidos",
    },
    needed="first last",
)
EMAILS = _form(
    {
        "email": "emailaddress emailadres emailadresse adresseemail direcciondecorreoelectronico",
        "confirmed": "confirmed bevestigd bestatigt confirme confirmado",
        "primary": "primary primair primar principal principale",
    },
    needed="email",
)
POSITIONS = _form(
    {
        "company": "companyname bedrijfsnaam unternehmensname nomdelentreprise nombredelaempresa",
        "title": "title functie titel titre cargo",
        "started": "startedon begonnenop begonnenam debutele iniciadoel",
        "finished": "finishedon geeindigdop beendetam termineele finalizadoel",
    },
    needed="company started finished",
)


def find_header(rows: Sequence[Sequence[str]], form: Form) -> tuple[int, Columns] | None:
    """Which of ``rows`` is the header, and what its columns are; ``None``: this is no such file."""
    for number, row in enumerate(rows):
        columns = _by_words(row, form)
        if all(name in columns for name in form.needed):
            return number, columns
    return _by_shape(rows, form) if form.order else None


def _by_words(row: Sequence[str], form: Form) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        name = form.words.get(fold(cell).replace(" ", ""))
        if name is not None:
            found.setdefault(name, place)
    return found


def _by_shape(rows: Sequence[Sequence[str]], form: Form) -> tuple[int, Columns] | None:
    """A header in words that nobody knows, above rows with a profile address and a day at the end.

    Known words hold; of the other columns each is taken for the one that LinkedIn has at its place.
    """
    for number, row in enumerate(rows[:-1]):
        width = len(row)
        if width != len(form.order) or not all(cell.strip() for cell in row):
            continue
        below = [one for one in rows[number + 1 :] if len(one) == width]
        if slug(row[form.order.index("url")]) or not any(_looks_right(one, form.order) for one in below):
            continue
        found = _by_words(row, form)
        for place, name in enumerate(form.order):
            if name not in found and place not in found.values():
                found[name] = place
        if all(name in found for name in form.needed):
            return number, found
    return None


def _looks_right(row: Sequence[str], order: tuple[str, ...]) -> bool:
    return bool(slug(row[order.index("url")])) and _is_day(row[-1])


def _is_day(text: str) -> bool:
    return dates.day(text) is not None or text.count("/") == 2
