"""``brief`` and ``agenda``: ask, show, say who failed, leave a line in the audit."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypedDict

import click

from salesprep.adapter import Kind
from salesprep.briefing import audit
from salesprep.briefing.events.given import guest_domains
from salesprep.briefing.links import target_of
from salesprep.briefing.links.layers import Layered, read_layered
from salesprep.briefing.model import Customer
from salesprep.briefing.recognition.evidence import piece
from salesprep.briefing.recognition.ours import ours
from salesprep.briefing.scan import scan
from salesprep.briefing.seed import with_picked
from salesprep.briefing.visits.agenda import agenda as ask_agenda
from salesprep.briefing.visits.agenda import next_visit
from salesprep.briefing.visits.whose import only_name
from salesprep.cli import log, talk
from salesprep.cli.asked_back import QUESTIONS, ask_back, did_you_mean, is_unknown, who_is_unknown
from salesprep.cli.exits import Exit
from salesprep.cli.progress import Progress
from salesprep.cli.terminal import show, standard_output
from salesprep.cli.workspace import Workspace, known_source, open_workspace
from salesprep.view.words import _, say

if TYPE_CHECKING:
    from salesprep.briefing.links import Links
    from salesprep.briefing.model import Agenda, Briefing, Note, Panel, Visit
    from salesprep.briefing.reach import Reach
    from salesprep.cli.commands import Common
    from salesprep.sources import Host

DAYS = 14
"""How far ahead visits are looked for."""
_FOR_THE_VISIT = 0.5
"""Which part of the time may go by before it is known whose visit is the next."""
_LEAST = 0.1
"""Seconds that the sources get, however long it took to find the visit."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    name: str | None = None
    only: tuple[str, ...] = ()
    deadline: float | None = None
    offline: bool = False
    fresh: bool = False
    output: Path | None = None
    pick: str | None = None
    why: bool = False
    note: bool = False
    """With the user's own note, also where it is left out by itself."""


def listed(given: Iterable[str]) -> tuple[str, ...]:
    """The names in ``crm,wiki``, or in an option given twice."""
    return tuple(dict.fromkeys(name for part in given for name in part.replace(",", " ").split()))


def brief(common: Common, wanted: Wanted) -> Exit:
    """The briefing on a name, or on the customer of the next visit."""
    look = Look(common, wanted)
    return asyncio.run(look.with_host(look.brief))


def agenda(common: Common, wanted: Wanted) -> Exit:
    """The coming visits."""
    look = Look(common, wanted)
    return asyncio.run(look.with_host(look.agenda))


class Look:
    """One run of a command that asks sources."""

    def __init__(self, common: Common, wanted: Wanted) -> None:
        self.format, self.strict = common.format, common.strict
        self.json = common.format == "json"
        self.wanted = wanted
        self.space: Workspace = open_workspace(common.settings, os.environ)
        self.settings = self.space.settings
        self.us = self.settings.us
        self.remembered: Layered = read_layered(self.space.links_file, self.settings.links_team)
        self.links: Links = self.remembered.links
        for problem in self.remembered.problems:
            talk.line(say(self.us, problem.sentence))
        self.seconds = wanted.deadline or self.settings.deadline
        self.reach: Reach | None = None
        """How far back further pages are read."""
        picked = [wanted.pick.partition(":")[0]] if wanted.pick else []
        if wanted.pick and not wanted.pick.partition(":")[2]:
            raise click.UsageError(say(self.us, _("--pick takes SOURCE:ID, such as crm:1042")))
        for name in (*wanted.only, *picked):
            known_source(name, self.settings)
        log.start(os.environ)

    async def with_host(self, work: Callable[[Host], Awaitable[Exit]]) -> Exit:
        """Do ``work``, end whatever is still under way, and say which adapters cannot be used."""
        host = self.space.host(offline=self.wanted.offline)
        try:
            code = await work(host)
        finally:
            await host.close()
        talk.not_loaded(host.adapters_not_loaded, self.us)
        return Exit.WRONG if self.strict and host.not_loaded else code

    async def brief(self, host: Host) -> Exit:
        """Ask and show."""
        until = monotonic() + self.seconds
        if self.wanted.name is not None:
            whom: tuple[str, Visit | None] | Exit = (self.wanted.name, None)
        else:
            whom = await self.whom(host)
        if isinstance(whom, Exit):
            return whom
        try:
            briefing = await self.scan(host, *whom, max(_LEAST, until - monotonic()))
        except QUESTIONS as question:
            ask_back(question, self.space.titles, self.us)
            return Exit.WRONG
        if briefing is None:
            talk.line(say(self.us, _("there is no source to ask")))
            return Exit.NOTHING
        self.deliver(self.print_briefing(replace(briefing, note=self.own_note(briefing.customer))))
        self.audit(briefing.customer, [panel.source for panel in briefing.panels], audit.counts(briefing))
        talk.failures(briefing.panels, self.us)
        code = talk.verdict(briefing.panels)
        if self.wanted.name is None or not is_unknown(briefing):
            return code
        talk.line(who_is_unknown(briefing, self.wanted.name, self.us))
        await self.did_you_mean(host, self.wanted.name, until)
        return Exit.NOTHING if code is Exit.DONE and not briefing.known else code

    async def did_you_mean(self, host: Host, name: str, until: float) -> None:
        """A name that nobody knows is most likely misspelt. ``until``: on the monotonic clock."""
        await did_you_mean(name, host, self.us, links=self.links, until=until, only=self.wanted.only)

    async def whom(self, host: Host) -> tuple[str, Visit | None] | Exit:
        """The name and the visit of a briefing for which no name was given; else what it ends with.

        A pick decides: it is the customer of the next visit where that can be, else a customer
        without that visit, never one under somebody else's.
        """
        async with Progress(self.us) as progress:
            progress.asking = tuple(self.space.titles.values())
            visit, panels = await next_visit(host, self.settings, **self.how(self.seconds * _FOR_THE_VISIT))
        if self.wanted.pick is not None:
            visit = with_picked(visit, self.wanted.pick, self.links) if visit is not None else None
            return (visit.customer.name if visit and visit.customer else self.wanted.pick), visit
        if visit is not None and visit.customer is not None:
            return visit.customer.name, visit
        if visit is not None and visit.candidates:
            return self.whom_it_may_be(visit, panels)
        talk.failures(panels, self.us)
        if any(map(_is_calendar_that_answered, panels)):
            talk.line(say(self.us, _("no visit with a customer in the next {n} days"), n=DAYS))
        else:
            line = _("the calendar could not be asked, so no visit is known: name a customer")
            talk.line(say(self.us, line))
        return Exit.WRONG if talk.verdict(panels) is Exit.WRONG else Exit.NOTHING

    def whom_it_may_be(self, visit: Visit, panels: Sequence[Panel]) -> tuple[str, Visit | None] | Exit:
        """Whose briefing it is where that is not certain. A source that failed costs its own panel: where it
        might have told, the briefing is of the one customer whom the title names, and the visit stands in it
        as one that may be theirs; else of whoever has the guests' domain."""
        meeting, us = visit.meeting, ours(self.us)
        if any(map(_could_not_tell_accounts, panels)):
            name = only_name(meeting, visit.candidates, us)
            domain = next(iter(guest_domains(meeting, us)), None)
            if name is not None:
                line = _("the next visit, {title}, names {name}: not certain, since not all sources answered")
                talk.line(say(self.us, line, title=meeting.title, name=name))
                return name, None
            if domain is not None:
                known = Customer(domain, domain, domains=(domain,))
                why = piece("domain", domain)
                return domain, replace(
                    visit, customer=known, candidates=(), how=why.text, why=why, reasons=(why,)
                )
        talk.failures(panels, self.us)
        target = target_of(visit.source, meeting)
        talk.candidates(meeting.title, visit.candidates, self.space.titles, self.us, meeting=target)
        return Exit.WRONG

    async def scan(self, host: Host, name: str, visit: Visit | None, seconds: float) -> Briefing | None:
        """What all sources together said in the end."""
        briefing = None
        async with Progress(self.us) as progress:
            progress.asking = tuple(self.space.titles.values())
            pick = self.wanted.pick
            how = self.how(seconds)
            updates = scan(name, host, self.settings, pick=pick, visit=visit, reach=self.reach, **how)
            async with aclosing(updates):
                async for update in updates:
                    briefing = update.briefing
                    progress.asking = tuple(p.title for p in briefing.panels if p.state == "waiting")
        return briefing and replace(briefing, example=self.space.example, deadline_s=self.seconds)

    async def agenda(self, host: Host) -> Exit:
        """Ask and show."""
        async with Progress(self.us) as progress:
            progress.asking = tuple(self.space.titles.values())
            found = await ask_agenda(host, self.settings, days=DAYS, **self.how(self.seconds))
        found = replace(found, example=self.space.example)
        self.deliver(self.print_agenda(found))
        for customer in {
            visit.customer.id: visit.customer for visit in found.visits if visit.customer
        }.values():
            self.audit(customer, self.wanted.only or tuple(self.settings.sources), {})
        if not found.panels:
            talk.line(say(self.us, _("there is no source that tells coming visits")))
        talk.failures(found.panels, self.us)
        return talk.verdict(found.panels)

    def own_note(self, customer: Customer) -> Note | None:
        """The user's own words on the customer."""
        from salesprep.briefing import notes

        return notes.read(self.notes, customer, others(self.links, customer))

    @property
    def notes(self) -> Path:
        """Where the user's notes lie."""
        return self.space.dirs.state / "notes"

    def how(self, seconds: float) -> _How:
        """What every look takes."""
        return {
            "now": self.space.now,
            "links": self.links,
            "deadline_s": seconds,
            "only": self.wanted.only,
            "fresh": self.wanted.fresh,
        }

    def print_briefing(self, briefing: Briefing) -> str:
        """As text, Markdown, HTML or JSON."""
        if self.json:
            from salesprep.output import json as output

            return output.briefing(briefing, self.us, note=self.wanted.note)
        if self.format == "md":
            from salesprep.output import markdown

            return markdown.briefing(briefing, self.us, why=self.wanted.why)
        if self.format == "html":
            from salesprep.output import html

            return html.briefing(briefing, self.us, why=self.wanted.why)
        from salesprep.output import text

        width, colour = self.room()
        return text.briefing(briefing, self.us, width, colour, why=self.wanted.why)

    def print_agenda(self, found: Agenda) -> str:
        """As text or JSON."""
        if self.json:
            from salesprep.output import json as output

            return output.agenda(found, self.us)
        from salesprep.output import text

        return text.agenda(found, self.us, *self.room(), why=self.wanted.why)

    def room(self) -> tuple[int, bool]:
        """How wide, and whether in colours; a file gets none."""
        terminal = standard_output(os.environ)
        return terminal.width, terminal.colour and self.wanted.output is None

    def deliver(self, text: str) -> None:
        """To standard output, or into the file that was named."""
        text = text if text.endswith("\n") else f"{text}\n"
        if self.wanted.output is None:
            show(text)
            return
        try:
            self.wanted.output.write_text(text, encoding="utf-8")
        except OSError as error:
            line = _("--output: {file} cannot be written ({error})")
            file, kind = self.wanted.output, type(error).__name__
            raise click.ClickException(say(self.us, line, file=file, error=kind)) from None

    def audit(self, customer: Customer, sources: Sequence[str], counts: Mapping[str, int]) -> None:
        """One line; a home that cannot be written must not keep the briefing from its reader."""
        file = self.space.dirs.state / "audit.jsonl"
        try:
            audit.append(file, when=self.space.real(), customer=customer, sources=sources, counts=counts)
        except OSError as error:
            line = _("this look-up is not in the audit: {file} cannot be written ({error})")
            talk.line(say(self.us, line, file=file, error=type(error).__name__))


def others(links: Links, customer: Customer) -> frozenset[str]:
    """The ids of all remembered customers but this one."""
    return frozenset(c.id for c in links.customers) - {customer.id}


def _could_not_tell_accounts(panel: Panel) -> bool:
    accounts = panel.section(Kind.ACCOUNT)
    if accounts is None:
        return not panel.sections and panel.failure is not None
    return accounts.failure is not None


def _is_calendar_that_answered(panel: Panel) -> bool:
    return talk.answered(panel) and panel.section(Kind.MEETING) is not None


class _How(TypedDict):
    now: Callable[[], datetime]
    links: Links
    deadline_s: float
    only: tuple[str, ...]
    fresh: bool
