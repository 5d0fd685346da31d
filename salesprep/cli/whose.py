"""Whom a name means and what the sources tell of it, for the commands that decide on links."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from salesprep.adapter import Kind
from salesprep.briefing import audit
from salesprep.briefing.links import Links, Target, decided_by, read_target, target_of
from salesprep.briefing.model import Briefing, Customer, Found, Panel
from salesprep.briefing.questions import Ambiguous, UnknownPick
from salesprep.briefing.recognition.misspelt import nearest
from salesprep.briefing.told import failures_of
from salesprep.cli import talk
from salesprep.cli.asked_back import is_unknown
from salesprep.cli.exits import Exit
from salesprep.cli.look import Look, Wanted
from salesprep.settings import Settings, Us
from salesprep.view.voice import Voice, voice_of
from salesprep.view.words import _, say

if TYPE_CHECKING:
    from salesprep.cli.commands import Common
    from salesprep.cli.workspace import Workspace
    from salesprep.sources import Host


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of asking for a name."""

    name: str
    customer: Customer | None = None
    """``None``: the name fits several, or nobody was asked."""
    known: bool = True
    """``False``: every source answered, and none knows a customer of this name."""
    several: tuple[Found, ...] = ()
    """The accounts that the name fits."""
    panels: tuple[Panel, ...] = ()
    found: dict[Target, Found] = field(default_factory=dict)
    """All that was seen, as the customer's or as perhaps theirs."""
    near: tuple[str, ...] = ()
    """Where nothing was: names that are nearly it."""

    @property
    def verdict(self) -> Exit:
        """Whether some source failed."""
        failed = any(failures_of(panel) for panel in self.panels)
        return Exit.IN_PART if failed else Exit.DONE


class Lookup:
    """Asks the sources, and says on standard error which of them failed."""

    def __init__(self, common: Common, *, offline: bool = False, deadline: float | None = None) -> None:
        self.look = Look(common, Wanted(offline=offline, deadline=deadline))
        self._told: set[str] = set()

    @property
    def space(self) -> Workspace:
        """What the command works with."""
        return self.look.space

    @property
    def settings(self) -> Settings:
        """What is in force."""
        return self.look.settings

    @property
    def us(self) -> Us:
        """Who the user is."""
        return self.look.us

    @property
    def file(self) -> Path:
        """Where the decisions lie."""
        return self.space.links_file

    @property
    def links(self) -> Links:
        """The decisions."""
        return self.look.links

    def decided(self, own: Links) -> None:
        """Go on with what the user has decided meanwhile."""
        self.look.remembered = self.look.remembered.with_own(own)
        self.look.links = self.look.remembered.links

    def voice(self) -> Voice:
        """The voice in which records are named."""
        return voice_of(self.us, self.space.now(), self.space.titles)

    def ask(self, name: str, *, only: tuple[str, ...] = (), undecided: Collection[Target] = ()) -> Seen:
        """What the sources, or ``only`` these, tell of ``name``: a name, or an account's ``source:id``.

        ``undecided``: as if nothing had been decided about these, so that they show.

        Raises:
            click.ClickException: no source has the account; or there is no source.
        """
        pick = name if self._is_account(name) else None
        self.look.wanted = replace(self.look.wanted, only=only, pick=pick)
        before = self.look.links
        self.look.links = _without(before, undecided)
        seen = Seen(name)

        async def work(host: Host) -> Exit:
            nonlocal seen
            seen = await self._scan(host, name)
            return Exit.DONE

        try:
            asyncio.run(self.look.with_host(work))
        finally:
            self.look.links = before
        talk.failures((p for p in seen.panels if p.source not in self._told), self.us)
        self._told.update(panel.source for panel in seen.panels)
        return seen

    async def _scan(self, host: Host, name: str) -> Seen:
        try:
            briefing = await self.look.scan(host, name, None, self.look.seconds)
        except Ambiguous as several:
            found = {target_of(f.source, f.record): f for f in several.candidates}
            return Seen(name, several=several.candidates, panels=several.panels, found=found)
        except UnknownPick as unknown:
            source, _colon, native_id = unknown.pick.partition(":")
            line = _("nothing was written: {source} knows no account {id}")
            raise click.ClickException(say(self.us, line, source=source, id=native_id)) from None
        if briefing is None:
            raise click.ClickException(say(self.us, _("there is no source to ask")))
        self.look.audit(briefing.customer, [p.source for p in briefing.panels], audit.counts(briefing))
        if is_unknown(briefing) and not self.look.wanted.only:
            near = await nearest(name, host, links=self.links, seconds=self.look.seconds)
            return Seen(name, briefing.customer, briefing.known, (), briefing.panels, near=near)
        return Seen(name, briefing.customer, briefing.known, (), briefing.panels, _found(briefing))

    def _is_account(self, name: str) -> bool:
        if self.links.called(name):
            return False
        try:
            target = read_target(name)
        except ValueError:
            return False
        return target.kind is Kind.ACCOUNT and target.source in self.settings.sources


def known_customer(links: Links, name: str, us: Us) -> Customer | None:
    """The remembered customer of this name or id.

    Raises:
        click.UsageError: several have it.
    """
    called = links.called(name)
    if len(called) > 1:
        line = _("{name} is what several remembered customers are called; take an id: {ids}")
        raise click.UsageError(say(us, line, name=name, ids=", ".join(c.id for c in called)))
    return called[0] if called else None


def _found(briefing: Briefing) -> dict[Target, Found]:
    return {target_of(f.source, f.record): f for f in _everything(briefing.panels)}


def _everything(panels: Iterable[Panel]) -> Iterator[Found]:
    for panel in panels:
        yield from panel.candidates
        for section in panel.sections:
            yield from section.candidates
            yield from section.records


def _without(links: Links, targets: Collection[Target]) -> Links:
    if not targets:
        return links
    return Links(
        tuple(
            replace(c, links=tuple(k for k in c.links if decided_by(k) not in targets))
            for c in links.customers
        )
    )
