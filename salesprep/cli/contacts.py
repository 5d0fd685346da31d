"""``contacts`` and ``people``: who of us spoke with whom of them, and who is there."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from salesprep.adapter import Kind
from salesprep.briefing.contacts.recent import DAYS, recent
from salesprep.briefing.contacts.time_line import KINDS
from salesprep.briefing.reach import ALL, RECENT, Reach
from salesprep.briefing.roster import roster
from salesprep.cli import talk
from salesprep.cli.look import Look, Wanted
from salesprep.view.words import _, say

if TYPE_CHECKING:
    from salesprep.briefing.model import Briefing
    from salesprep.cli.commands import Common
    from salesprep.cli.exits import Exit


@dataclass(frozen=True, slots=True)
class Span:
    """Which contacts are wanted."""

    days: int | None = None
    person: str | None = None
    every: bool = False


def contacts(common: Common, wanted: Wanted, span: Span) -> Exit:
    """The recent contacts with a customer."""
    look = _Contacts(common, wanted, span)
    return asyncio.run(look.with_host(look.brief))


def people(common: Common, wanted: Wanted) -> Exit:
    """Who is there at a customer."""
    look = _People(common, wanted)
    return asyncio.run(look.with_host(look.brief))


class _Contacts(Look):
    """A briefing of which the contacts alone are shown, read further back."""

    def __init__(self, common: Common, wanted: Wanted, span: Span) -> None:
        super().__init__(common, wanted)
        self.span = span
        if span.every:
            self.reach = Reach(KINDS, ALL)
        else:
            days = DAYS if span.days is None else span.days
            self.reach = Reach(KINDS, RECENT, since=self.space.now() - timedelta(days=days))

    def print_briefing(self, briefing: Briefing) -> str:
        span = self.span
        found = recent(briefing, self.us, days=span.days, person=span.person, every=span.every)
        if span.person is not None and not found.line and not found.left_out:
            line = _("no contact with anybody called {name} was found")
            talk.line(say(self.us, line, name=span.person))
        if self.json:
            from salesprep.output import json as output

            return output.contacts(found, self.us)
        from salesprep.output import text

        return text.contacts(found, self.us, *self.room(), why=self.wanted.why)


class _People(Look):
    """A briefing of which the persons alone are shown, all there are."""

    def __init__(self, common: Common, wanted: Wanted) -> None:
        super().__init__(common, wanted)
        self.reach = Reach((Kind.PERSON,), ALL)

    def print_briefing(self, briefing: Briefing) -> str:
        found = roster(briefing)
        if self.json:
            from salesprep.output import json as output

            return output.people(found, self.us)
        from salesprep.output import text

        return text.people(found, self.us, *self.room(), why=self.wanted.why)
