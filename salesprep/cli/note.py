"""``note``: one's own words on a customer, in the user's own editor. Nothing of them leaves this machine."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from salesprep import machine
from salesprep.adapter import Kind
from salesprep.briefing import notes
from salesprep.briefing.scan import scan
from salesprep.briefing.seed import linked
from salesprep.cli import talk
from salesprep.cli.asked_back import QUESTIONS, ask_back, is_unknown, who_is_unknown
from salesprep.cli.exits import Exit
from salesprep.cli.look import Look, Wanted, others
from salesprep.cli.progress import Progress
from salesprep.cli.terminal import show
from salesprep.view.words import _, say

if TYPE_CHECKING:
    from salesprep.briefing.model import Briefing, Customer, Panel, Visit
    from salesprep.cli.commands import Common
    from salesprep.sources import Host


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be done with the note; nothing of these: edit it."""

    show: bool = False
    path: bool = False
    add: str | None = None
    new: bool = False
    """On a customer whom no source knows."""


def note(common: Common, wanted: Wanted, asked: Asked) -> Exit:
    """The note on a customer, or on that of the next visit."""
    if common.format == "json":
        raise click.UsageError(_("a note has no JSON; it stays on this machine"))
    if asked.add is not None and not asked.add.strip():
        raise click.UsageError(_("--add takes some words"))
    look = _Note(common, wanted, asked)
    return asyncio.run(look.with_host(look.note))


class _Note(Look):
    """Finds out whose note is meant, just as a briefing does, and asks no further."""

    def __init__(self, common: Common, wanted: Wanted, asked: Asked) -> None:
        super().__init__(common, wanted)
        self.asked = asked

    async def note(self, host: Host) -> Exit:
        """Do what is asked."""
        try:
            customer = await self.customer(host)
        except QUESTIONS as question:
            ask_back(question, self.space.titles, self.us)
            return Exit.WRONG
        if isinstance(customer, Exit):
            return customer
        kept = notes.find(self.notes, customer, others(self.links, customer))
        try:
            return self.act(customer, kept)
        except OSError as error:
            what = _(
                "the note in {notes} cannot be written ({error})",
                notes=self.notes,
                error=type(error).__name__,
            )
            line = _("{what}; make that folder writable, or set SALESPREP_HOME")
            raise click.ClickException(say(self.us, line, what=what)) from None

    def act(self, customer: Customer, kept: notes.Kept | None) -> Exit:
        """Show, name, append or edit."""
        if self.asked.path:
            path = kept.path if kept is not None else notes.place_for(self.notes, customer)
            show(f"{path}\n")
        elif self.asked.add is not None:
            notes.add(self.notes, customer, kept, self.asked.add)
        elif self.asked.show:
            found = notes.show(kept) if kept is not None else None
            if found is None:
                talk.line(say(self.us, _("there is no note on {name}"), name=customer.name))
                return Exit.NOTHING
            show(f"{found.text}\n")
            if found.cut:
                talk.line(say(self.us, _("the note is longer: {path}"), path=kept.path if kept else ""))
        else:
            return self.edit(customer, kept)
        return Exit.DONE

    def edit(self, customer: Customer, kept: notes.Kept | None) -> Exit:
        """In the user's editor; a new note comes to be only if something was written."""
        ended = Exit.DONE

        def run(path: Path) -> bool:
            nonlocal ended
            ended = self.run_editor(path)
            return ended is Exit.DONE

        notes.edited(self.notes, customer, kept, run)
        return ended

    def run_editor(self, path: Path) -> Exit:
        """Wait until it is closed; what it leaves behind is the user's alone."""
        command = machine.editor(os.environ, at_a_terminal=sys.stdin.isatty())
        if command is None:
            line = _("no editor is known: set EDITOR, or use --add; the note is {path}")
            talk.line(say(self.us, line, path=path))
            return Exit.WRONG
        try:
            ended = subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603  the user's own
        except OSError as error:
            line = _("the editor {name} cannot be started ({error}): set EDITOR")
            talk.line(say(self.us, line, name=command[0], error=type(error).__name__))
            return Exit.WRONG
        if path.exists():
            machine.make_private(path)
        if ended:
            talk.line(
                say(self.us, _("the editor ended with {code}; the note is {path}"), code=ended, path=path)
            )
            return Exit.IN_PART
        return Exit.DONE

    # -- whose note ---------------------------------------------------------------------------------

    async def customer(self, host: Host) -> Customer | Exit:
        """Whom the user means; sources are asked only if no decision of theirs tells it."""
        name, pick = self.wanted.name, self.wanted.pick
        if name is not None and pick is None:
            remembered = self.links.named(name)
            if remembered is not None:
                return linked(remembered, self.links).customer
        whom: tuple[str, Visit | None] | Exit = (name, None) if name is not None else await self.whom(host)
        if isinstance(whom, Exit):
            return whom
        until = monotonic() + self.seconds
        briefing = await self.until_known(host, *whom)
        if briefing is None:
            talk.line(say(self.us, _("there is no source to ask")))
            return Exit.NOTHING
        self.audit(briefing.customer, [panel.source for panel in briefing.panels], {})
        if name is not None and briefing.complete and is_unknown(briefing):
            return await self.unknown(host, briefing, name, until)
        return briefing.customer

    async def unknown(self, host: Host, briefing: Briefing, name: str, until: float) -> Customer | Exit:
        """A misspelt name would have a note that is never seen again. Where not all sources answered, or one
        is there already, it is kept all the same."""
        customer = briefing.customer
        if notes.find(self.notes, customer, others(self.links, customer)) is not None:
            return customer
        talk.failures(briefing.panels, self.us)
        talk.line(who_is_unknown(briefing, name, self.us))
        writing = not (self.asked.show or self.asked.path)
        if not self.asked.new:
            await self.did_you_mean(host, name, until)
            if not briefing.known:
                if writing:
                    talk.line(say(self.us, _("a note on a customer whom no source knows takes --new")))
                return Exit.NOTHING
        if writing:
            talk.line(say(self.us, _("the note is kept under that name")))
        return customer

    async def until_known(self, host: Host, name: str, visit: Visit | None) -> Briefing | None:
        """Ask until every source of accounts has told, and one knows the customer; at most till the end."""
        briefing = None
        async with Progress(self.us) as progress:
            updates = scan(
                name, host, self.settings, pick=self.wanted.pick, visit=visit, **self.how(self.seconds)
            )
            async with aclosing(updates):
                async for update in updates:
                    briefing = update.briefing
                    waiting = [p for p in briefing.panels if _may_tell_accounts(p)]
                    progress.asking = tuple(p.title for p in waiting)
                    if briefing.customer.ids and not waiting:
                        break
        return briefing


def _may_tell_accounts(panel: Panel) -> bool:
    section = panel.section(Kind.ACCOUNT)
    return section is not None and section.state == "waiting"
