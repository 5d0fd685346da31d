"""What people write in the columns of tables, in Dutch, German, French, Spanish and English. Data only.

All words are folded as :func:`salesprep.adapter.names.fold` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salesprep.adapter import Kind


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _by_word(meanings: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({word: meaning for meaning, words in meanings.items() for word in words.split()})


ERRORS = _set(
    """#N/A #NA #DIV/0! #REF! #VALUE! #NAME? #NULL! #NUM! #N/B #DEEL/0! #VERW! #WAARDE! #NAAM? #LEEG!
    #GETAL! #NV #BEZUG! #WERT! #ZAHL! #N/D #VALEUR! #NOM? #NOMBRE! #¡DIV/0! #¡REF! #¡VALOR! #¿NOMBRE?
    #¡NUM!"""
)
"""What spreadsheets write where a formula failed."""

YES = _set("1 x yes y true t ja j waar wahr oui o vrai si s verdadero v ✓ ✔ ok on aan")
NO = _set("0 no n false f nee nein onwaar falsch non faux falso off uit")

SHUT = _set(
    """closed done completed complete finished resolved solved cancelled canceled gesloten klaar gereed
    afgerond afgehandeld opgelost geannuleerd vervallen geschlossen erledigt abgeschlossen gelost ferme
    termine clos resolu annule cerrado terminado hecho completado resuelto"""
)
OPEN = _set(
    """open new pending waiting planned started nieuw lopend gepland wachtend offen neu laufend geplant
    wartend ouvert nouveau prevu abierto nuevo pendiente planificado"""
) | {"in progress", "on hold", "not started", "in behandeling", "in bearbeitung", "en cours", "en curso"}
"""States of tickets and tasks."""

NOBODY = _set("- n/a na none geen onbekend unknown ?")
NO_NUMBER = _set("- – — n/a na ? tbd")
NO_DATE = _set("- 0000-00-00 00-00-0000 00/00/0000 n/a na 0 ? tbd")

WORDS: Mapping[tuple[Kind, str], Mapping[str, str]] = MappingProxyType(
    {
        (Kind.ACTIVITY, "type"): _by_word(
            {
                "phone": "phone call telephone telefoon telefonisch gebeld belafspraak telefoontje anruf"
                " telefon telefonat appel llamada telefono",
                "mail": "mail email brief correo courriel",
                "visit": "visit bezoek klantbezoek afspraak meeting vergadering besuch termin visite visita"
                " reunion rendezvous",
                "note": "note notitie aantekening memo notiz nota",
                "chat": "chat teams whatsapp",
            }
        ),
        (Kind.ACTIVITY, "direction"): _by_word(
            {
                "in": "in incoming inbound received inkomend ontvangen eingehend empfangen entrant recu"
                " entrante recibido",
                "out": "out outgoing outbound sent uitgaand verzonden verstuurd ausgehend gesendet sortant"
                " envoye saliente enviado",
            }
        ),
        (Kind.OPPORTUNITY, "status"): _by_word(
            {
                "open": "open lopend offen ouvert abierto abierta new nieuw neu",
                "won": "won gewonnen gescoord gagne gagnee ganada ganado",
                "lost": "lost verloren perdu perdue perdida perdido",
            }
        ),
        (Kind.TICKET, "last_message_by"): _by_word(
            {
                "us": "us wij ons wir uns nous nosotros agent medewerker support",
                "them": "them klant customer client cliente kunde zij ellos",
            }
        ),
        (Kind.MEETING, "status"): _by_word(
            {
                "confirmed": "confirmed bevestigd bestatigt confirme confirmado definitief",
                "tentative": "tentative voorlopig vorlaufig provisoire provisional optie",
                "cancelled": "cancelled canceled geannuleerd afgezegd vervallen abgesagt annule cancelado",
            }
        ),
    }
)
"""Fields that know certain words → what is written → the word."""

OWN_WORD_TOO = frozenset({(Kind.ACTIVITY, "type")})
"""Of these, the fields that may also hold the source's own word."""

_MONTH_WORDS = """
jan january januari januar janvier enero ene janv
feb february februari februar fevrier febrero fev fevr febr
mar march maart marz mars marzo mrt maa mrz
apr april avril abril avr abr
may mei mai mayo
jun june juni juin junio
jul july juli juillet julio juil
aug august augustus aout agosto ago aou
sep sept september septembre septiembre setiembre
oct october oktober octobre octubre okt
nov november novembre noviembre
dec december dezember decembre diciembre dez dic
"""
MONTHS: Mapping[str, int] = MappingProxyType(
    {
        word: number
        for number, words in enumerate(_MONTH_WORDS.strip().splitlines(), start=1)
        for word in words.split()
    }
)
