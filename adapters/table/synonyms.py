"""What people call their columns, and which column fills which field of a record. Data only.

Headers are folded as :func:`salesprep.adapter.names.fold` does, and stand in English, Dutch, German, French
and Spanish.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salesprep.adapter import Kind
from salesprep.adapter.words import _

_SYNONYMS = """
company: account, account name, accountnaam, company, company name, organisation, organization,
    organisation name, organization name, customer, customer name, business name, client name, bedrijf,
    bedrijfsnaam, naam bedrijf, organisatie, organisatienaam, naam organisatie, klant, klantnaam, naam klant,
    relatie, relatienaam, debiteur, debiteurnaam, handelsnaam, onderneming, firma, firmenname, unternehmen,
    kunde, kundenname, konto, societe, entreprise, raison sociale, client, nom du client, nom client,
    nom de l entreprise, empresa, cliente, nombre del cliente, nombre de la empresa, razon social, prospect
name: name, naam, nom, nombre
person: full name, contact, contact name, contact person, person, attendee, volledige naam, contactpersoon,
    naam contactpersoon, persoon, vollstandiger name, ansprechpartner, kontakt, kontaktperson, nom complet,
    interlocuteur, personne de contact, nombre completo, contacto, persona de contacto
first_name: first name, firstname, given name, voornaam, vorname, prenom, nombre de pila
middle_name: middle name, tussenvoegsel, tussenvoegsels
last_name: last name, lastname, surname, family name, achternaam, familienaam, nachname, familienname,
    nom de famille, apellido, apellidos
position: position, job title, job, role, functie, functietitel, rol, beroep, funktion, stelle, rolle, poste,
    fonction, cargo, puesto
emails: email, e mail, mail, email address, e mail address, mail address, emailadres, e mailadres,
    mailadres, e mail adres, email adres, e mail adresse, email adresse, mailadresse, adresse e mail,
    adresse email, courriel, correo, correo electronico, emails, email 1, e mail 1
phones: phone, phone number, telephone, mobile, mobile phone, cell, tel, telefoon, telefoonnummer, mobiel,
    telefoon mobiel, gsm, telefon, telefonnummer, handy, mobil, numero de telephone, portable, telefono, movil
website: website, web site, web, url website, homepage, site, webadres, internet, internetadres, webseite,
    internetseite, site web, site internet, sitio web, pagina web, domain, domein, domaine, dominio
city: city, town, plaats, woonplaats, vestigingsplaats, stad, plaatsnaam, ort, stadt, ville, ciudad,
    poblacion, localidad
country: country, land, landcode, country code, pays, pais
address: address, street, street address, adres, straat, bezoekadres, vestigingsadres, adresse, strasse,
    anschrift, rue, direccion, calle
owner: owner, account manager, accountmanager, account owner, sales rep, salesperson, sales person,
    assigned to, responsible, eigenaar, verkoper, vertegenwoordiger, verantwoordelijke, relatiebeheerder,
    accounteigenaar, beheerder, medewerker, behandelaar, toegewezen aan, betreuer, kundenbetreuer, verkaufer,
    vertriebsmitarbeiter, zustandig, verantwortlich, responsable, commercial, charge d affaires,
    propietario, vendedor, door
industry: industry, sector, branche, bedrijfstak, branch, secteur, industria
staff: employees, number of employees, staff, headcount, medewerkers, aantal medewerkers, aantal werknemers,
    mitarbeiter, anzahl mitarbeiter, mitarbeiterzahl, effectif, empleados, numero de empleados
status: status, state, statut, estado, toestand, zustand
customer_number: customer number, customer no, customer id, account id, account number, accountid,
    company id, organisation id, organization id, client id, klantnummer, klantnr, klant nr, klant id,
    debiteurnummer, debiteurnr, relatienummer, relatiecode, accountnummer, kundennummer, kundennr, kunden nr,
    numero client, numero de client, code client, codigo de cliente, numero de cliente, id cliente
number: id, nr, no, number, code, record id, nummer, numero, codigo
date: date, when, date and time, contact date, activity date, datum, datum tijd, tijdstip, contactdatum,
    wanneer, datum und uhrzeit, zeitpunkt, date et heure, fecha, fecha y hora
time: time, tijd, uhrzeit, zeit, heure, hora
created: created, created at, created on, date created, opened, opened at, aangemaakt, aangemaakt op,
    aanmaakdatum, geopend, geopend op, gemeld op, erstellt, erstellt am, angelegt, cree le, date de creation,
    creado, fecha de creacion
updated: updated, updated at, modified, last modified, last updated, gewijzigd, gewijzigd op,
    laatst gewijzigd, bijgewerkt, geandert, geandert am, zuletzt geandert, modifie, modifie le, modificado,
    ultima modificacion
due: due, due date, deadline, vervaldatum, vervaldag, uiterste datum, uiterlijk, fallig, fallig am,
    falligkeit, falligkeitsdatum, echeance, date d echeance, vencimiento, fecha de vencimiento
start: start, start date, starts, begin, begindatum, startdatum, ingangsdatum, starttijd, beginn, startzeit,
    debut, date de debut, inicio, fecha de inicio
end: end, end date, ends, einde, eind, einddatum, eindtijd, afloopdatum, ende, enddatum, fin, date de fin,
    fecha de fin
closes: close date, closing date, expected close, expected close date, valid until, sluitingsdatum,
    verwachte sluiting, verwachte sluitdatum, sluitdatum, geldig tot, abschlussdatum, gultig bis,
    date de cloture, valable jusqu au, fecha de cierre, valido hasta
delivery: delivery, delivery date, leverdatum, levering, liefertermin, lieferdatum, livraison,
    date de livraison, entrega, fecha de entrega
notice: notice date, notice by, opzegdatum, opzeggen voor, uiterste opzegdatum, kundigungsdatum,
    kundbar bis, date de preavis, fecha de preaviso
closed: closed at, closed on, resolved at, date closed, gesloten op, afgehandeld op, geschlossen am,
    gelost am, ferme le, cerrado el
subject: subject, title, topic, onderwerp, betreft, titel, betreff, thema, objet, sujet, asunto, titulo
body: note, notes, description, comment, comments, body, details, remarks, summary, notitie, notities,
    opmerking, opmerkingen, omschrijving, beschrijving, verslag, gespreksverslag, toelichting, inhoud, tekst,
    notiz, notizen, beschreibung, bemerkung, bemerkungen, kommentar, remarque, remarques, commentaire,
    commentaires, nota, notas, descripcion, observaciones, comentarios
type: type, kind, activity type, channel, soort, type activiteit, kanaal, art, kanal, canal, tipo
direction: direction, richting, richtung, sens, direccion de contacto
amount: amount, value, deal value, revenue, total, price, bedrag, waarde, omzet, orderwaarde, offertebedrag,
    totaal, totaalbedrag, betrag, wert, umsatz, summe, gesamtbetrag, montant, valeur, importe, valor
outstanding: outstanding, amount due, balance, open amount, openstaand, openstaand bedrag, restant, saldo,
    offener betrag, offen, solde, montant du, pendiente, importe pendiente
currency: currency, valuta, munt, wahrung, devise, moneda, divisa
stage: stage, sales stage, phase, fase, verkoopfase, verkaufsphase, etape, etapa
probability: probability, win chance, slagingskans, scoringskans, waarschijnlijkheid, wahrscheinlichkeit,
    probabilite, probabilidad
next_step: next step, next action, volgende stap, vervolgstap, vervolgactie, nachster schritt,
    prochaine etape, siguiente paso, proximo paso
opportunity: opportunity, opportunity name, deal, deal name, quote, offer, kans, verkoopkans, offerte,
    offertenummer, verkaufschance, angebot, angebotsnummer, opportunite, offre, devis, oportunidad, oferta
priority: priority, prioriteit, prio, urgentie, urgency, prioritat, dringlichkeit, priorite, prioridad
ticket: ticket, ticket number, ticket no, ticket id, case, case number, case id, incident, incident number,
    ticketnummer, ticketnr, casenummer, melding, meldingnummer, zaaknummer, incidentnummer, vorgangsnummer,
    numero de ticket
invoice: invoice, invoice number, invoice no, factuur, factuurnummer, factuurnr, rechnung, rechnungsnummer,
    rechnungsnr, facture, numero de facture, factura, numero de factura
order: order, order number, order no, sales order, ordernummer, ordernr, bestelnummer, bestelling,
    verkooporder, auftrag, auftragsnummer, bestellnummer, bestellung, commande, numero de commande, pedido,
    numero de pedido
contract: contract, contract number, contract no, agreement, contractnummer, overeenkomst, vertrag,
    vertragsnummer, contrat, numero de contrat, contrato, numero de contrato
task: task, to do, todo, action, action item, taak, actie, actiepunt, aufgabe, massnahme, tache, tarea
done: done, completed, finished, afgerond, gereed, klaar, voltooid, erledigt, abgeschlossen, termine,
    fait, hecho, completada
place: location, place, venue, locatie, standort, lieu, lugar, ubicacion
no_mail: do not email, do not mail, email opt out, no email, niet mailen, geen mail, afgemeld,
    keine e mail, ne pas envoyer d e mail, no enviar correo
no_phone: do not call, do not phone, niet bellen, nicht anrufen, ne pas appeler, no llamar
mail_ok: email opt in, mail ok, may be mailed, mailen toegestaan, mag gemaild worden
left: left, left company, uit dienst, vertrokken, ausgeschieden, parti, ha dejado la empresa
"""


def _read(text: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for line in text.replace("\n    ", " ").strip().splitlines():
        concept, _, words = line.partition(": ")
        for word in words.split(","):
            found.setdefault(word.strip(), concept)
    return MappingProxyType(found)


CONCEPTS = _read(_SYNONYMS)
"""Folded header → what it means, before it is known what the table is about."""

_BELONGS = {
    "organisation": ("company",),
    "account_id": ("customer_number",),
    "contact": ("person", "name"),
    "emails": ("emails",),
    "owner": ("owner",),
}
_MONEY = {"amount": ("amount",), "currency": ("currency",)}

FIELDS: Mapping[Kind, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        Kind.ACCOUNT: {
            "title": ("company", "name"),
            "city": ("city", "place"),
            "website": ("website",),
            "owner": ("owner",),
            "id": ("customer_number", "number"),
            "emails": ("emails",),
            "phone": ("phones",),
            "address": ("address",),
            "country": ("country",),
            "industry": ("industry",),
            "staff": ("staff",),
            "status": ("status",),
            "contact": ("person",),
            "updated_at": ("updated",),
        },
        Kind.PERSON: {
            "title": ("person", "name"),
            "first_name": ("first_name",),
            "middle_name": ("middle_name",),
            "last_name": ("last_name",),
            "organisation": ("company",),
            "position": ("position", "subject"),
            "emails": ("emails",),
            "phones": ("phones",),
            "account_id": ("customer_number",),
            "id": ("number",),
            "owner": ("owner",),
            "mail_ok": ("mail_ok",),
            "no_mail": ("no_mail",),
            "no_phone": ("no_phone",),
            "left": ("left",),
            "updated_at": ("updated",),
        },
        Kind.ACTIVITY: {
            "title": ("subject", "task"),
            "at": ("date", "created", "start"),
            "body": ("body",),
            "type": ("type",),
            "direction": ("direction",),
            **_BELONGS,
            "id": ("number",),
        },
        Kind.TASK: {
            "title": ("task", "subject", "body"),
            "due": ("due", "end", "date"),
            "done": ("done", "status"),
            "body": ("body",),
            "at": ("created",),
            **_BELONGS,
            "id": ("number",),
        },
        Kind.OPPORTUNITY: {
            "title": ("opportunity", "subject", "body", "number"),
            "stage": ("stage", "status"),
            **_MONEY,
            "closes": ("closes", "due", "end"),
            "next_step": ("next_step",),
            "status": ("status",),
            "at": ("created", "date"),
            **_BELONGS,
            "id": ("number",),
        },
        Kind.CONTRACT: {
            "title": ("contract", "subject", "body"),
            "starts": ("start",),
            "ends": ("end", "closes"),
            "notice_by": ("notice",),
            **_MONEY,
            "status": ("status",),
            **_BELONGS,
            "id": ("number",),
        },
        Kind.ORDER: {
            "title": ("order", "subject"),
            "at": ("date", "created"),
            "delivery": ("delivery",),
            **_MONEY,
            "status": ("status",),
            **_BELONGS,
            "id": ("number",),
        },
        Kind.INVOICE: {
            "title": ("invoice", "subject"),
            "at": ("date", "created"),
            "due": ("due",),
            **_MONEY,
            "outstanding": ("outstanding",),
            "status": ("status",),
            **_BELONGS,
            "id": ("number",),
        },
        Kind.TICKET: {
            "title": ("subject", "body"),
            "number": ("ticket", "number"),
            "status": ("status",),
            "open": ("status",),
            "priority": ("priority",),
            "type": ("type",),
            "at": ("created", "date", "start"),
            "closed_at": ("closed",),
            **_BELONGS,
            "id": ("ticket", "number"),
        },
        Kind.MEETING: {
            "title": ("subject", "body"),
            "start": ("start",),
            "end": ("end",),
            "place": ("place", "city"),
            "body": ("body",),
            "status": ("status",),
            **_BELONGS,
            "id": ("number",),
        },
    }
)
"""For each kind: field → concepts that fill it, the best first."""

SHARED = frozenset({"open", "id", "done"})
"""Fields that may be filled by a column that already fills another one."""

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "title": _("name"),
        "city": _("place"),
        "website": _("web site"),
        "owner": _("owner"),
        "id": _("number"),
        "emails": _("mail"),
        "phone": _("phone"),
        "phones": _("phone"),
        "address": _("address"),
        "country": _("country"),
        "industry": _("industry"),
        "staff": _("staff"),
        "status": _("status"),
        "contact": _("contact"),
        "updated_at": _("changed"),
        "first_name": _("first name"),
        "middle_name": _("middle name"),
        "last_name": _("last name"),
        "organisation": _("company"),
        "position": _("position"),
        "account_id": _("customer number"),
        "mail_ok": _("may be mailed"),
        "no_mail": _("not to be mailed"),
        "no_phone": _("not to be phoned"),
        "left": _("has left"),
        "at": _("date"),
        "body": _("text"),
        "type": _("type"),
        "direction": _("direction"),
        "due": _("due"),
        "done": _("done"),
        "stage": _("stage"),
        "amount": _("amount"),
        "currency": _("currency"),
        "closes": _("closes"),
        "next_step": _("next step"),
        "starts": _("starts"),
        "ends": _("ends"),
        "notice_by": _("notice by"),
        "delivery": _("delivery"),
        "outstanding": _("outstanding"),
        "number": _("number"),
        "open": _("open"),
        "priority": _("priority"),
        "closed_at": _("closed"),
        "start": _("start"),
        "end": _("end"),
        "place": _("place"),
    }
)
"""Fields as a rep reads them."""

LOOKS_LIKE: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.ACCOUNT: _("customers"),
        Kind.PERSON: _("people"),
        Kind.ACTIVITY: _("contact moments"),
        Kind.TASK: _("tasks"),
        Kind.OPPORTUNITY: _("opportunities"),
        Kind.CONTRACT: _("contracts"),
        Kind.ORDER: _("orders"),
        Kind.INVOICE: _("invoices"),
        Kind.TICKET: _("tickets"),
        Kind.MEETING: _("meetings"),
    }
)
SOURCES: Mapping[Kind, tuple[str, str]] = MappingProxyType(
    {
        Kind.ACCOUNT: ("crm", "CRM"),
        Kind.OPPORTUNITY: ("crm", "CRM"),
        Kind.ACTIVITY: ("crm", "CRM"),
        Kind.TASK: ("tasks", "Tasks"),
        Kind.PERSON: ("people", "People"),
        Kind.TICKET: ("tickets", "Tickets"),
        Kind.ORDER: ("orders", "Orders"),
        Kind.INVOICE: ("invoices", "Invoices"),
        Kind.CONTRACT: ("contracts", "Contracts"),
        Kind.MEETING: ("meetings", "Meetings"),
    }
)
"""What a source is called whose first table is of that kind: its name and its title."""
