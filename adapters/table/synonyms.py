"""What people call their columns. Data only.

Headers are folded as :func:`salesprep.adapter.names.fold` does, and stand in English, Dutch, German, French
and Spanish.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_SYNONYMS = """
company: account, accountnaam, company, organisation, organization, customer, business name, bedrijf,
    organisatie, klant, relatie, debiteur, handelsnaam, onderneming, firma, unternehmen, kunde, konto,
    societe, entreprise, raison sociale, client, nom de l entreprise, empresa, cliente,
    nombre de la empresa, razon social, prospect, debitor, trade name, statutaire naam, lead
name: name, naam, nom, nombre
person: full name, contact, contact person, person, attendee, volledige naam, contactpersoon, persoon,
    vollstandiger name, ansprechpartner, kontakt, kontaktperson, nom complet, interlocuteur,
    personne de contact, nombre completo, contacto, persona de contacto, hoofdcontact
salutation: salutation, title of address, aanhef, geslacht, gender, anrede, civilite, tratamiento
first_name: first name, firstname, given name, voornaam, roepnaam, vorname, prenom, nombre de pila
initials: initials, voorletters, initialen, initiales
middle_name: middle name, tussenvoegsel, tussenvoegsels
last_name: last name, lastname, surname, family name, achternaam, familienaam, nachname, familienname,
    nom de famille, apellido, apellidos
position: position, job title, job, role, functie, functietitel, rol, beroep, funktion, stelle, rolle, poste,
    fonction, cargo, puesto
emails: email, e mail, mail, email address, e mail address, mail address, emailadres, e mailadres,
    mailadres, e mail adres, email adres, e mail adresse, email adresse, mailadresse, adresse e mail,
    adresse email, courriel, correo, correo electronico, emails, email 1, e mail 1
phones: phone, phone number, telephone, mobile, mobile phone, cell, tel, telefoon, telefoonnummer,
    telefoonnr, tel nr, mobiel, telefoon mobiel, gsm, telefon, telefonnummer, handy, mobil,
    numero de telephone, portable, telefono, movil
website: website, web site, web, url website, homepage, site, webadres, internet, internetadres, webseite,
    internetseite, site web, site internet, sitio web, pagina web, domain, domein, domaine, dominio
city: city, town, plaats, woonplaats, vestigingsplaats, stad, plaatsnaam, ort, stadt, ville, ciudad,
    poblacion, localidad
postcode: postcode, postal code, zip, zip code, zip postal code, plz, postleitzahl, code postal, codigo postal
country: country, land, landcode, country code, pays, pais
address: address, street, street address, adres, straat, bezoekadres, vestigingsadres, adresse, strasse,
    anschrift, rue, direccion, calle
kvk: kvk, kvk nummer, kvk nr, kvknummer, kvknr
vat: vat number, vat no, vat id, vat registration number, btw nummer, btw nr, btw id, btwnummer, btwnr,
    ustid, ust id, ust idnr, ust id nr, numero de tva
lei: lei, lei code, lei number
registration: company registration number, registration number, handelsregisternummer, siren, siret, nif, cif
owner: owner, account manager, accountmanager, account owner, sales rep, salesperson, sales person,
    assigned to, responsible, eigenaar, verkoper, vertegenwoordiger, verantwoordelijke, relatiebeheerder,
    accounteigenaar, beheerder, medewerker, behandelaar, toegewezen aan, betreuer, kundenbetreuer, verkaufer,
    vertriebsmitarbeiter, zustandig, verantwortlich, responsable, commercial, charge d affaires,
    propietario, vendedor, door
industry: industry, sector, branche, bedrijfstak, branch, secteur, industria
staff: employees, number of employees, staff, headcount, medewerkers, aantal medewerkers, aantal werknemers,
    mitarbeiter, anzahl mitarbeiter, mitarbeiterzahl, effectif, empleados, numero de empleados
status: status, state, statut, estado, toestand, zustand
number: id, nr, no, num, number, code, key, record id, nummer, numero, codigo
date: date, when, date and time, contact date, datum, datum tijd, tijdstip, contactdatum, wanneer,
    datum und uhrzeit, zeitpunkt, date et heure, fecha, fecha y hora
time: time, tijd, uhrzeit, zeit, heure, hora
created: created, created at, created on, date created, opened, opened at, aangemaakt, aangemaakt op,
    aanmaakdatum, geopend, geopend op, gemeld, gemeld op, datum gemeld, melddatum, meldingsdatum, erstellt,
    erstellt am, angelegt, angelegt am, gemeldet am, cree le, date de creation, creado, fecha de creacion
updated: updated, updated at, modified, last modified, last updated, gewijzigd, gewijzigd op,
    laatst gewijzigd, bijgewerkt, geandert, geandert am, zuletzt geandert, modifie, modifie le, modificado,
    ultima modificacion
due: due, due date, deadline, vervaldatum, vervaldag, uiterste datum, uiterlijk, fallig, fallig am,
    falligkeit, falligkeitsdatum, echeance, date d echeance, vencimiento, fecha de vencimiento
start: start, start date, starts, begin, begindatum, startdatum, ingangsdatum, starttijd, beginn, startzeit,
    startdatum, vertragsbeginn, debut, date de debut, inicio, fecha de inicio
end: end, end date, ends, einde, eind, einddatum, eindtijd, afloopdatum, ende, enddatum, vertragsende, fin,
    date de fin, fecha de fin
closes: close date, closing date, expected close, expected close date, valid until, expiry date,
    expiration date, expires, sluitingsdatum, verwachte sluiting, verwachte sluitdatum, sluitdatum,
    geldig tot, geldig tot en met, abschlussdatum, gultig bis, date de cloture, valable jusqu au,
    fecha de cierre, valido hasta
delivery: delivery, delivery date, leverdatum, levering, liefertermin, lieferdatum, livraison,
    date de livraison, entrega, fecha de entrega
notice: notice date, notice by, opzegdatum, opzeggen voor, uiterste opzegdatum, kundigungsdatum,
    kundbar bis, date de preavis, fecha de preaviso
notice_period: notice period, opzegtermijn, kundigungsfrist, preavis, periodo de preaviso
closed: closed at, closed on, resolved at, date closed, gesloten op, afgehandeld op, geschlossen am,
    gelost am, ferme le, cerrado el
subject: subject, title, topic, onderwerp, betreft, titel, betreff, thema, objet, sujet, asunto, titulo
body: note, notes, description, comment, comments, body, details, remarks, summary, notitie, notities,
    opmerking, opmerkingen, omschrijving, beschrijving, verslag, gespreksverslag, toelichting, inhoud, tekst,
    notiz, notizen, beschreibung, bezeichnung, bemerkung, bemerkungen, kommentar, remarque, remarques,
    commentaire, commentaires, nota, notas, descripcion, observaciones, comentarios
type: type, kind, channel, soort, kanaal, art, kanal, canal, tipo
direction: direction, richting, richtung, sens, direccion de contacto
amount: amount, value, revenue, total, price, bedrag, waarde, omzet, totaal, totaalbedrag, prijs, betrag,
    wert, umsatz, summe, preis, gesamtbetrag, montant, valeur, importe, valor
outstanding: outstanding, amount due, balance, open amount, openstaand, openstaand bedrag, restant, saldo,
    offener betrag, offen, solde, montant du, pendiente, importe pendiente
currency: currency, valuta, munt, wahrung, devise, moneda, divisa
stage: stage, sales stage, phase, fase, verkoopfase, verkaufsphase, etape, etapa
probability: probability, win chance, slagingskans, scoringskans, waarschijnlijkheid, wahrscheinlichkeit,
    probabilite, probabilidad
next_step: next step, next action, volgende stap, vervolgstap, vervolgactie, nachster schritt,
    prochaine etape, siguiente paso, proximo paso
opportunity: opportunity, deal, quote, quotation, offer, proposal, kans, verkoopkans, offerte, verkaufschance,
    angebot, opportunite, offre, devis, oportunidad, oferta
priority: priority, prioriteit, prio, urgentie, urgency, prioritat, dringlichkeit, priorite, prioridad
ticket: ticket, case, incident, melding, storing, klacht, complaint, service request, storung, beschwerde,
    vorfall, reclamation, incidencia
invoice: invoice, factuur, rechnung, facture, factura
order: order, sales order, bestelling, verkooporder, auftrag, bestellung, commande, pedido
contract: contract, agreement, overeenkomst, abonnement, subscription, vertrag, contrat, contrato
activity: activity, contactmoment, activiteit, gesprek, bezoek, aktivitat, gesprach, activite, actividad
meeting: meeting, appointment, afspraak, termin
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

_STEMS = """
company: business, firmen, deb, rel, cust, acct
order: bestel, bestell
ticket: zaak, vorgang
"""


def _read(text: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for line in text.replace("\n    ", " ").strip().splitlines():
        concept, _, words = line.partition(": ")
        for word in words.split(","):
            found.setdefault(word.strip(), concept)
    return MappingProxyType(found)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CONCEPTS = _read(_SYNONYMS)
"""Folded header → what it means, before it is known what the table is about."""


THINGS = (
    *("company", "person", "opportunity", "order", "invoice", "contract"),
    *("ticket", "task", "activity", "meeting"),
)
"""Concepts that have a number, a date, a name of their own: ``Factuurnr``, ``Datum factuur``."""

STEMS: Mapping[str, str] = MappingProxyType(
    {word: concept for word, concept in {**_read(_STEMS), **CONCEPTS}.items() if concept in THINGS}
)
"""Folded word → the thing that it means, where it is but a part of a header."""

BEFORE = _words("billing business mailing shipping primary main work visiting zakelijk zakelijke")
"""Words before another one that change nothing of what a column is: ``Billing City``."""
BEHIND = _words(
    """excl incl ex exkl inkl zzgl btw vat tax mwst tva iva ht ttc netto net bruto brutto gross in eur euro
    usd gbp chf"""
)
"""Words behind another one that do not either: ``Bedrag excl. btw``."""
BETWEEN_WORDS = _words("de du des del d der van of")
"""As in ``numero de client``."""
