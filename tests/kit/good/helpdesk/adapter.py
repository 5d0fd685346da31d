"""Tickets and callers of a help desk, asked over its web interface."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, TypeVar

from pydantic import BaseModel, ValidationError

from salesprep.adapter import (
    Account,
    Adapter,
    BadData,
    Check,
    Keys,
    Kind,
    Page,
    Participant,
    Person,
    Query,
    Record,
    Request,
    SourceError,
    Ticket,
)
from salesprep.adapter.config import Config, Secret


class HelpdeskConfig(Config):
    """The keys of a source that uses this adapter."""

    url: str
    """Where the help desk is: https://help.ons.example"""
    token: Secret
    """A token that may read tickets."""
    closed: bool = True
    """Whether closed tickets are told, too."""


class CustomerRow(BaseModel):
    """What is read of a customer."""

    nr: int
    name: str
    domain: str | None = None


class Customers(BaseModel):
    """All customers of a domain."""

    customers: list[CustomerRow]


class TicketRow(BaseModel):
    """What is read of a ticket."""

    nr: str
    subject: str
    open: bool
    opened: datetime
    customer: int
    caller: str | None = None
    message: str | None = None


class Tickets(BaseModel):
    """One page of tickets, newest first."""

    tickets: list[TicketRow]
    total: int | None = None
    next: str | None = None


class CallerRow(BaseModel):
    """What is read of somebody who called."""

    nr: int
    name: str
    mail: str | None = None
    customer: int


class Callers(BaseModel):
    """Everybody who called for a customer."""

    callers: list[CallerRow]


AnswerT = TypeVar("AnswerT", bound=BaseModel)


class Helpdesk(Adapter[HelpdeskConfig]):
    """One request a page."""

    Config: ClassVar[type[HelpdeskConfig]] = HelpdeskConfig

    async def find(self, query: Query, request: Request) -> Page[Account]:
        """The customers of the domains."""
        params = {"domains": ",".join(query.domains)}
        answer = await self._ask("customers", params, Customers, request)
        accounts = tuple(self._account(row, request) for row in answer.customers)
        page: Page[Account] = Page(accounts)
        return page

    async def fetch(self, query: Query, kind: Kind, cursor: str | None, request: Request) -> Page[Record]:
        """Tickets as the help desk sorts them, newest first; or who called."""
        params = {"customers": ",".join(query.ids), "domains": ",".join(query.domains)}
        if kind is Kind.PERSON:
            callers = await self._ask("callers", params, Callers, request)
            return Page(tuple(self._person(row, request) for row in callers.callers))
        answer = await self._ask("tickets", {**params, "after": cursor or ""}, Tickets, request)
        return self._page(answer, request)

    async def search(self, text: str, cursor: str | None, request: Request) -> Page[Record]:
        """Tickets in which the words stand."""
        answer = await self._ask("search", {"text": text, "after": cursor or ""}, Tickets, request)
        return self._page(answer, request)

    async def check(self, request: Request) -> tuple[Check, ...]:
        """Whether the token is accepted."""
        try:
            await self._ask("customers", {"domains": ""}, Customers, request)
        except SourceError as error:
            return (Check("login", "failed", error.what, error.mend),)
        return (Check("login", "passed", "the token is accepted"),)

    async def _ask(
        self, what: str, params: Mapping[str, str], form: type[AnswerT], request: Request
    ) -> AnswerT:
        response = await request.http.get(
            f"{self.config.url}/api/{what}",
            params=params,
            headers={"Authorization": f"Bearer {self.config.token.get_secret_value()}"},
        )
        try:
            return form.model_validate_json(response.body)
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
            raise BadData("the help desk answers in another form", field=where) from None

    def _page(self, answer: Tickets, request: Request) -> Page[Record]:
        rows = [row for row in answer.tickets if row.open or self.config.closed]
        return Page(
            records=tuple(self._ticket(row, request) for row in rows),
            cursor=answer.next,
            total=answer.total,
        )

    def _account(self, row: CustomerRow, request: Request) -> Account:
        return Account(
            id=str(row.nr),
            title=row.name,
            fetched_at=request.now(),
            url=f"{self.config.url}/customers/{row.nr}",
            keys=Keys(
                account_id=str(row.nr),
                organisation=row.name,
                domains=(row.domain,) if row.domain is not None else (),
            ),
        )

    def _ticket(self, row: TicketRow, request: Request) -> Ticket:
        zone = request.now().tzinfo
        opened = row.opened if row.opened.tzinfo is not None else row.opened.replace(tzinfo=zone)
        return Ticket(
            id=row.nr,
            number=row.nr,
            title=row.subject,
            fetched_at=request.now(),
            url=f"{self.config.url}/tickets/{row.nr}",
            at=opened,
            open=row.open,
            last_message=row.message,
            people=(Participant(name=row.caller, role="contact"),) if row.caller else (),
            keys=Keys(account_id=str(row.customer)),
        )

    def _person(self, row: CallerRow, request: Request) -> Person:
        return Person(
            id=str(row.nr),
            title=row.name,
            fetched_at=request.now(),
            no_url_reason="the help desk has no page for callers",
            emails=(row.mail,) if row.mail is not None else (),
            keys=Keys(account_id=str(row.customer)),
        )
