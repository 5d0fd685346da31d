"""What people call the tables and columns of a CRM, in English, Dutch and German: data for guessing.

All in the form of :func:`words_of`: small letters without accents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from salesprep.adapter import Kind
from salesprep.adapter.names import fold

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PREFIXES = frozenset({"tbl", "t", "crm", "dbo", "vw", "v", "view", "tab"})


def words_of(name: str) -> tuple[str, ...]:
    """``tblContactPersoon`` → ``("contact", "persoon")``; ``E-Mail`` → ``("e", "mail")``."""
    words = fold(_HUMP.sub(" ", name)).split()
    while len(words) > 1 and words[0] in _PREFIXES:
        words.pop(0)
    return tuple(words)


def _tables(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(word.split()) for word in text.split(","))


TABLES: Mapping[Kind, frozenset[tuple[str, ...]]] = MappingProxyType(
    {
        Kind.ACCOUNT: _tables(
            """
            account, accounts, company, companies, customer, customers, client, clients,
            organisation, organisations, organization, organizations, klant, klanten, relatie,
            relaties, bedrijf, bedrijven, debiteur, debiteuren, organisatie, organisaties, kunde,
            kunden, firma, firmen, unternehmen, debitor, debitoren, geschaftspartner
            """
        ),
        Kind.PERSON: _tables(
            """
            person, persons, people, contact, contacts, contact person, contact persons, persoon,
            personen, contactpersoon, contactpersonen, contact persoon, contact personen, contacten,
            ansprechpartner, kontakt, kontakte, kontaktperson, kontaktpersonen
            """
        ),
        Kind.ACTIVITY: _tables(
            """
            activity, activities, interaction, interactions, note, notes, visit, visits, visit
            reports, call, calls, history, contact moments, activiteit, activiteiten, contactmoment,
            contactmomenten, bezoek, bezoeken, bezoekverslagen, gesprek, gesprekken, notitie,
            notities, aktivitat, aktivitaten, besuch, besuche, besuchsberichte, notiz, notizen,
            historie
            """
        ),
        Kind.TASK: _tables(
            """
            task, tasks, todo, todos, to do, follow up, follow ups, followups, taak, taken, actie,
            acties, actiepunten, aufgabe, aufgaben, wiedervorlage, wiedervorlagen
            """
        ),
        Kind.OPPORTUNITY: _tables(
            """
            opportunity, opportunities, deal, deals, offer, offers, quote, quotes, quotation,
            quotations, offerte, offertes, kans, kansen, verkoopkans, verkoopkansen, angebot,
            angebote, chance, chancen, verkaufschance, verkaufschancen
            """
        ),
        Kind.TICKET: _tables(
            """
            ticket, tickets, case, cases, issue, issues, complaint, complaints, incident, incidents,
            melding, meldingen, storing, storingen, klacht, klachten, meldung, meldungen, storung,
            storungen, beschwerde, beschwerden, reklamation, reklamationen, service request, service
            requests
            """
        ),
    }
)
"""What the tables of a kind are called."""


def _columns(**named: str) -> Mapping[str, tuple[str, ...]]:
    split = {name: (word.split() for word in text.split(",")) for name, text in named.items()}
    return MappingProxyType({name: tuple(map(" ".join, words)) for name, words in split.items()})


ID = ("id", "uuid", "guid", "nr", "nummer", "number", "no", "code", "key")
FIRST_NAMES = ("first name", "firstname", "given name", "voornaam", "vorname")
LAST_NAMES = ("last name", "lastname", "surname", "family name", "achternaam", "nachname", "familienaam")

_NAME = "name, naam, full name, fullname, display name, title"
_SUBJECT = """
    subject, title, onderwerp, betreff, titel, summary, name, naam, omschrijving, beschreibung,
    description
"""
_AT = """
    at, date, datum, day, dag, tag, created, created at, created on, aangemaakt, aangemaakt op,
    erstellt, erstellt am, timestamp, moment, start, started at, datetime, besuchsdatum, bezoekdatum
"""
_BODY = """
    body, text, tekst, note, notes, notitie, notiz, description, omschrijving, beschreibung,
    remarks, opmerking, opmerkingen, bemerkung, bemerkungen, verslag, bericht, report, content,
    inhoud, inhalt
"""
_OWNER = """
    owner, owner name, account manager, accountmanager, sales rep, salesperson, rep, by name,
    employee, user name, username, medewerker, verkoper, eigenaar, vertegenwoordiger, mitarbeiter,
    verkaufer, betreuer, vertreter, author, auteur, autor
"""
_MAIL = """
    email, e mail, mail, email address, emailadres, e mailadres, mail address, mailadresse, e mail
    adresse
"""
_PHONE = """
    phone, telephone, telefoon, telefoonnummer, telefon, telefonnummer, tel, phone number, mobile,
    mobiel, mobil, handy, gsm
"""
_STATUS = "status, state, toestand, zustand"

COLUMNS: Mapping[Kind, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        Kind.ACCOUNT: _columns(
            title=f"""
                {_NAME}, company name, company, bedrijfsnaam, bedrijf, klantnaam, klant,
                relatienaam, organisatienaam, customer name, customer, account name, account, client
                name, organisation, organization, firmenname, firma, kundenname, kunde, unternehmen
            """,
            website="website, web site, web, url, homepage, site, www, webseite, internet, domain, domein",
            emails=_MAIL,
            phone=_PHONE,
            address="address, street, adres, straat, adresse, strasse, anschrift, bezoekadres",
            city="city, town, plaats, woonplaats, stad, vestigingsplaats, ort, stadt",
            country="country, country code, land, landcode",
            industry="industry, sector, branche, branch",
            staff="""
                staff, employees, number of employees, aantal medewerkers, medewerkers, mitarbeiter,
                mitarbeiterzahl
            """,
            owner=_OWNER,
            status=_STATUS,
        ),
        Kind.PERSON: _columns(
            title=f"{_NAME}, naam contactpersoon",
            position="""
                position, job, job title, jobtitle, function, role, functie, rol, functietitel,
                funktion, stelle, rolle
            """,
            emails=_MAIL,
            phones=_PHONE,
            mail_ok="mail ok",
            phone_ok="phone ok",
            left="has left, gone, uit dienst",
        ),
        Kind.ACTIVITY: _columns(
            title=_SUBJECT,
            at=_AT,
            type="type, kind, soort, art, typ, channel, kanaal, kanal",
            body=_BODY,
            owner_name=_OWNER,
        ),
        Kind.TASK: _columns(
            title=f"{_SUBJECT}, task, taak, aufgabe, text, tekst, todo",
            due="""
                due, due date, due at, deadline, vervaldatum, uiterlijk, klaar op, fallig, fallig
                am, faellig, faellig am, termin
            """,
            done="""
                done, completed, complete, finished, closed, gereed, klaar, afgerond, erledigt,
                fertig
            """,
            owner_name=_OWNER,
        ),
        Kind.OPPORTUNITY: _columns(
            title=_SUBJECT,
            stage="stage, phase, fase, status, state, stadium",
            amount="""
                amount, value, total, price, bedrag, waarde, totaal, prijs, betrag, wert, summe,
                preis, revenue, omzet, umsatz
            """,
            currency="currency, currency code, valuta, munt, wahrung, waehrung",
            closes="""
                closes, close date, closing date, expected close, expected close date, valid until,
                expires, sluitdatum, verwachte sluitdatum, einddatum, geldig tot, vervaldatum,
                abschlussdatum, gultig bis, ablaufdatum
            """,
            next_step="next step, nextstep, volgende stap, vervolgstap, nachster schritt, naechster schritt",
            owner_name=_OWNER,
        ),
        Kind.TICKET: _columns(
            title=_SUBJECT,
            number="number, nr, nummer, ticket number, ticketnummer, case number, reference, referentie",
            status=_STATUS,
            priority="priority, prio, prioriteit, prioritat, prioritaet, urgency, urgentie",
            type="type, kind, soort, art, category, categorie, kategorie",
            at=f"opened, opened at, reported, gemeld, gemeld op, gemeldet, {_AT}",
            closed_at="""
                closed at, closed on, resolved at, gesloten op, opgelost op, geschlossen am, gelost
                am
            """,
        ),
    }
)
"""What the columns of a kind are called, the likeliest first, by the name of ours."""

CLOSED = (
    *("closed", "resolved", "solved", "done", "cancelled", "rejected", "gesloten", "opgelost", "afgehandeld"),
    *("afgesloten", "gereed", "geannuleerd", "geschlossen", "gelöst", "erledigt", "abgeschlossen"),
)
"""States of tickets that are over, in small letters."""
