"""The company itself, tickets, pages and posts."""

from __future__ import annotations

from collections.abc import Sequence

from salesprep.adapter import Account, Document, Post, Ticket
from salesprep.adapter.names import fold, fold_organisation
from salesprep.view.ages import ago
from salesprep.view.dates import as_day
from salesprep.view.lines import Span
from salesprep.view.money import number
from salesprep.view.sections.drawing import Drawing, day_of, differs_notes, joined, newest, quoted
from salesprep.view.table import Column, Row
from salesprep.view.voice import Voice
from salesprep.view.words import _

_TITLE = Column(least=8, gives=3, most=2)
_SNIPPET = 70
"""Characters of the lines around the hit: one line at 80 columns."""
_ACCOUNT_FACTS = frozenset({"city", "name"})


def _account(account: Account, source: str, voice: Voice) -> Row:
    staff = owner = None
    if account.staff is not None:
        staff = voice.say(_("{n} staff"), n=number(account.staff, voice.us))
    if account.owner:
        mine = account.owner.casefold() in voice.us.emails or fold(account.owner) == fold(voice.us.name or "")
        colleague = next((c.name for c in voice.us.colleagues if c.email == account.owner.casefold()), None)
        named = voice.say(_("you")) if mine else colleague or account.owner
        owner = voice.say(_("owner: {name}"), name=named)
    other_name = account.title if fold(account.title) != fold(voice.customer) else None
    city = account.place.city if account.place else None
    if city and voice.place and city.casefold() in (voice.place.text or voice.place.city or "").casefold():
        city = None  # the head has it
    known = (other_name, account.industry, staff, owner, account.status, city)
    own = (f"{label}: {value}" for label, value in account.fields.items())
    text = " · ".join(part for part in (*known, *own) if part)
    return Row((), (Span(text), *differs_notes(source, account.title, _ACCOUNT_FACTS, voice)))


def _open_and_newest_first(ticket: Ticket, voice: Voice) -> tuple[bool, float]:
    return (not ticket.open, -newest(ticket.at, voice).timestamp())


def _open_and_closed(tickets: Sequence[Ticket], voice: Voice) -> str | None:
    if any(ticket.open is None for ticket in tickets):
        return None
    opened = sum(bool(ticket.open) for ticket in tickets)
    closed = len(tickets) - opened
    if not closed:
        return voice.say(_("{n} open"), n=opened)
    return voice.say(_("{n} open, {m} closed") if opened else _("{m} closed"), n=opened, m=closed)


def _ticket(ticket: Ticket, _source: str, voice: Voice) -> Row:
    number_ = f"#{ticket.number.lstrip('#')}" if ticket.number else ""
    if not ticket.open:
        return Row((Span(""), Span(ticket.title), Span(_not_open(ticket, voice)), Span(number_)))
    state = voice.say(_("open"))
    if ticket.at is not None:
        days = (as_day(voice.now, voice.us) - as_day(ticket.at, voice.us)).days
        state = voice.say(_("open {n} d"), n=days) if days > 0 else voice.say(_("open since today"))
    notes: list[Span] = []
    if last := last_word(ticket, voice):
        notes.append(Span(joined_message(last, ticket)))
    if ticket.last_message_by == "them":
        notes.append(Span(voice.say(_("no answer from us since")), "alarm"))
    return Row((Span(priority(ticket)), Span(ticket.title), Span(state), Span(number_)), tuple(notes))


def _not_open(ticket: Ticket, voice: Voice) -> str:
    """``closed 5 Jun``; of one of unknown state what the source says, and when it was opened."""
    if ticket.closed_at is not None:
        return voice.say(_("closed {day}"), day=voice.day(ticket.closed_at))
    of = voice.say(_("of {day}"), day=voice.day(ticket.at)) if ticket.at is not None else None
    return joined(voice.say(_("closed")) if ticket.open is False else ticket.status, of)


def priority(ticket: Ticket) -> str:
    """``P1`` for a bare number, else the source's own word."""
    given = (ticket.priority or "").strip()
    return f"P{given}" if given.isdigit() else given


def last_word(ticket: Ticket, voice: Voice) -> str:
    """``theirs, Thu 09:12``; nothing if the source does not tell whose it is."""
    if ticket.last_message_by is None:
        return ""
    whose = voice.say(_("theirs")) if ticket.last_message_by == "them" else voice.say(_("ours"))
    when = voice.said_at(ticket.last_message_at) if ticket.last_message_at is not None else None
    return joined(whose, when)


def joined_message(last: str, ticket: Ticket) -> str:
    """``theirs, Thu 09:12: "staat weer stil"``."""
    return f"{last}: {quoted(ticket.last_message)}" if ticket.last_message else last


def _document(page: Document, _source: str, voice: Voice) -> Row:
    changed = page.updated_at if page.updated_at is not None else page.at
    age = ago(changed, voice.now, voice.us) if changed is not None else ""
    # What hangs under the customer is told by its title; what only mentions them, by the words around it.
    mentions = page.keys.account_id is None and page.snippet and page.snippet.strip()
    notes = (Span(quoted(page.snippet or "", _SNIPPET)),) if mentions else ()
    cells = (page.title, _space(page, voice), voice.people(page.people, 2), age)
    return Row(tuple(map(Span, cells)), notes)


def _space(page: Document, voice: Voice) -> str:
    """Where the page lies, unless that is the customer's own place."""
    if page.space is None:
        return ""
    own = fold_organisation(voice.customer)
    return "" if own and fold_organisation(page.space.rpartition("/")[2]) == own else page.space


def _post(post: Post, _source: str, voice: Voice) -> Row:
    author = voice.people(post.people[:1])
    return Row((Span(day_of(post, voice)), Span(author), Span(quoted(post.text or post.title))))


COMPANY = Drawing((), _account, note_at=0, most=3)
TICKETS = Drawing(
    (Column(least=2, gives=1), _TITLE, Column(), Column(folds=True)),
    _ticket,
    rank=_open_and_newest_first,
    tally=_open_and_closed,
)
PAGES = Drawing(
    (_TITLE, Column(gives=3, folds=True), Column(least=6, gives=2, folds=True), Column(folds=True)),
    _document,
    note_at=0,
    most=3,
    of_total=_("{n} of {total} pages"),
)
POSTS = Drawing((Column(right=True), Column(least=6, gives=2), _TITLE), _post)
