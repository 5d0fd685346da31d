"""Offers, contracts, orders and invoices: what there is to earn, and until when."""

from __future__ import annotations

from collections.abc import Sequence

from salesprep.adapter import Contract, Invoice, Opportunity, Order
from salesprep.adapter.records import Money
from salesprep.view.dates import as_day, named_day, short_day
from salesprep.view.lines import Span
from salesprep.view.sections.drawing import Drawing, day_of, newest
from salesprep.view.table import Column, Row
from salesprep.view.voice import Voice
from salesprep.view.words import _

_TITLE = Column(least=8, gives=3, most=2)
_MONEY = Column(right=True)
_STAGE = Column(least=6, gives=2, folds=True)
_UNTIL = Column(least=6, gives=1, folds=True)
_DAY = Column(right=True)


def _is_open(offer: Opportunity) -> bool:
    return offer.status in (None, "open")


def _open_and_soonest_first(offer: Opportunity, voice: Voice) -> tuple[bool, float]:
    if offer.closes is None:
        return (not _is_open(offer), float("inf"))
    closes = newest(offer.closes, voice).timestamp()
    return (not _is_open(offer), closes if _is_open(offer) else -closes)


def _how_many_open(offers: Sequence[Opportunity], voice: Voice) -> str | None:
    return voice.say(_("{n} open"), n=sum(map(_is_open, offers)))


def _offer(offer: Opportunity, _source: str, voice: Voice) -> Row:
    notes: tuple[Span, ...] = ()
    until = ""
    if offer.status in ("won", "lost"):
        until = voice.say(_("won")) if offer.status == "won" else voice.say(_("lost"))
        if offer.closes is not None:
            until = f"{until} {voice.day(offer.closes)}"
    elif offer.closes is not None:
        passed = offer.closes < as_day(voice.now, voice.us)
        words = _("expired {day}") if passed else _("until {day}")
        until = voice.say(words, day=short_day(offer.closes, voice.now, voice.us))
    if offer.next_step and _is_open(offer):
        notes = (Span(voice.say(_("next: {step}"), step=offer.next_step)),)
    cells = (offer.title, _amount(offer.amount, voice), offer.stage or "", until)
    return Row(tuple(map(Span, cells)), notes)


def _contract(contract: Contract, _source: str, voice: Voice) -> Row:
    runs = ""
    if contract.ends is not None:
        runs = voice.say(_("until {day}"), day=voice.day(contract.ends))
    elif contract.starts is not None:
        runs = voice.say(_("since {day}"), day=voice.day(contract.starts))
    notes: tuple[Span, ...] = ()
    if contract.notice_by is not None:
        notes = (Span(voice.say(_("notice by {day}"), day=voice.day(contract.notice_by))),)
    cells = (contract.title, _amount(contract.amount, voice), contract.status or "", runs)
    return Row(tuple(map(Span, cells)), notes)


def _order(order: Order, _source: str, voice: Voice) -> Row:
    delivery = ""
    if order.delivery is not None:
        delivery = voice.say(_("delivery {day}"), day=named_day(order.delivery, voice.now, voice.us))
    cells = (day_of(order, voice), order.title, _amount(order.amount, voice), order.status or "", delivery)
    return Row(tuple(map(Span, cells)))


def _invoice(invoice: Invoice, _source: str, voice: Voice) -> Row:
    owed = invoice.outstanding
    notes: tuple[Span, ...] = ()
    due = ""
    if owed is not None and owed.amount:
        if owed != invoice.amount:
            notes = (Span(voice.say(_("still to pay: {amount}"), amount=voice.amount(owed))),)
        if invoice.due is not None:
            late = invoice.due < as_day(voice.now, voice.us)
            words = _("overdue since {day}") if late else _("due {day}")
            due = voice.say(words, day=voice.day(invoice.due))
    status = invoice.status or ""
    if due and due.casefold().startswith(status.casefold()):
        status = ""  # "overdue", beside since when
    cells = (day_of(invoice, voice), invoice.title, _amount(invoice.amount, voice), status, due)
    return Row(tuple(map(Span, cells)), notes)


def _amount(money: Money | None, voice: Voice) -> str:
    return voice.amount(money) if money is not None else ""


OFFERS = Drawing(
    (_TITLE, _MONEY, _STAGE, _UNTIL), _offer, note_at=0, rank=_open_and_soonest_first, tally=_how_many_open
)
CONTRACTS = Drawing((_TITLE, _MONEY, _STAGE, _UNTIL), _contract, note_at=0)
ORDERS = Drawing((_DAY, _TITLE, _MONEY, _STAGE, _UNTIL), _order)
INVOICES = Drawing((_DAY, _TITLE, _MONEY, _STAGE, _UNTIL), _invoice)
