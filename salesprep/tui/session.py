"""What screens ask for: visits, a briefing, what is remembered. Between them and ``briefing``; no screen
talks to a source.

Made before the first paint and opened after it: until then nothing of this is imported.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Collection, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from salesprep.briefing.links import Decided, Links, Verdict
    from salesprep.briefing.links.history import Step
    from salesprep.briefing.links.layers import Layered
    from salesprep.briefing.model import Agenda, Briefing, Customer, Visit
    from salesprep.briefing.reach import Reach
    from salesprep.machine import Dirs
    from salesprep.settings import Settings, Us
    from salesprep.sources import Host

DAYS = 14
"""How far ahead visits are looked for."""


class Space(Protocol):
    """What a run stands on: settings, clock, folders, sources."""

    @property
    def settings(self) -> Settings: ...

    @property
    def dirs(self) -> Dirs: ...

    @property
    def now(self) -> Callable[[], datetime]: ...

    @property
    def real(self) -> Callable[[], datetime]: ...

    @property
    def example(self) -> bool: ...

    @property
    def links_file(self) -> Path: ...

    @property
    def titles(self) -> Mapping[str, str]: ...

    def host(self, *, offline: bool = False) -> Host: ...


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a briefing is for: words, a visit, an account that the user picked."""

    name: str = ""
    visit: Visit | None = None
    pick: str | None = None


class Session:
    """One run of the interface; belongs to the loop that asks."""

    def __init__(self, space: Space, *, offline: bool = False) -> None:
        from salesprep.briefing.links.layers import read_layered

        self.space = space
        self.settings: Settings = space.settings
        self.us: Us = space.settings.us
        self.host: Host = space.host(offline=offline)
        self.remembered: Layered = read_layered(space.links_file, space.settings.links_team)
        """What is decided: by the user, over what the team has."""
        self.offline = offline
        self.last: Decided | None = None
        """What the user decided last, as long as it can be taken back."""
        self._step: Step | None = None

    @property
    def links(self) -> Links:
        """All decisions that count."""
        return self.remembered.links

    @property
    def names(self) -> tuple[str, ...]:
        """The sources, in the order of the screen."""
        return tuple(self.host.infos)

    async def close(self) -> None:
        """End all sources; over in less than a second."""
        await self.host.close()

    # -- asking ---------------------------------------------------------------------------------

    async def visits(self, *, fresh: bool = False) -> AsyncGenerator[Agenda, None]:
        """The coming visits: first as the calendars tell them, then each with its first line."""
        from salesprep.briefing.visits.agenda import agenda

        for first_lines in (False, True):
            found = await agenda(
                self.host,
                self.settings,
                now=self.space.now,
                links=self.links,
                fresh=fresh and not first_lines,
                days=DAYS,
                first_lines=first_lines,
            )
            yield replace(found, example=self.space.example)
        for customer in {v.customer.id: v.customer for v in found.visits if v.customer}.values():
            self._audit(customer, self.names, {})

    async def briefing(
        self, whom: Whom, *, fresh: bool | Collection[str] = False, reach: Reach | None = None
    ) -> AsyncGenerator[Briefing, None]:
        """The briefing as it comes.

        Raises:
            Ambiguous: the name fits several customers.
            UnknownPick: the source of the pick has no such account.
        """
        from salesprep.briefing import audit
        from salesprep.briefing.scan import scan

        found: Briefing | None = None
        updates = scan(
            whom.name,
            self.host,
            self.settings,
            now=self.space.now,
            links=self.links,
            pick=whom.pick,
            visit=whom.visit,
            fresh=fresh,
            reach=reach,
        )
        async with aclosing(updates):
            async for update in updates:
                found = self.dressed(update.briefing)
                yield found
        if found is not None:
            sources = [panel.source for panel in found.panels]
            self._audit(found.customer, sources, audit.counts(found))

    async def nearest(self, name: str) -> tuple[str, ...]:
        """Customers whose names are near to one that nobody knows."""
        from salesprep.briefing.recognition.misspelt import nearest

        seconds = self.settings.deadline / 2
        return tuple(await nearest(name, self.host, links=self.links, seconds=seconds))

    def dressed(self, briefing: Briefing) -> Briefing:
        """With the user's own note, and whether it is the sample's."""
        from salesprep.briefing import notes

        note = notes.read(self.notes, briefing.customer, self.others(briefing.customer))
        return replace(briefing, note=note, example=self.space.example)

    # -- what is remembered ---------------------------------------------------------------------

    def decide(self, customer: Customer, verdicts: Sequence[Verdict]) -> Decided:
        """Write down what the user decided, all at once.

        Raises:
            TakenError: something is another customer's already.
            LinksNotWrittenError: the file cannot be written.
        """
        from salesprep.briefing.links import decide
        from salesprep.briefing.links.history import update_and_note

        now = self.space.real()
        self.remembered.refuse_taken(customer, verdicts)
        change = partial(decide, customer=customer, verdicts=verdicts, by=self._by, at=now)
        done, self._step = update_and_note(self.space.links_file, change, self._history, now)
        self.remembered = self.remembered.with_own(done.links)
        return done

    def undo(self) -> None:
        """Take back what was decided last; what stood in its place before stands there again.

        Raises:
            ChangedSinceError: somebody has decided otherwise since.
            LinksNotWrittenError: the file cannot be written.
        """
        from salesprep.briefing.links.history import take_back

        if self._step is not None:
            done = take_back(self.space.links_file, self._history, [self._step])
            self.remembered = self.remembered.with_own(done.links)
            self._step = None

    @property
    def _history(self) -> Path:
        return self.space.dirs.state / "undo.jsonl"

    @property
    def _by(self) -> str:
        return self.us.emails[0] if self.us.emails else self.us.name or "user"

    @property
    def notes(self) -> Path:
        """Where the user's notes lie."""
        return self.space.dirs.state / "notes"

    def others(self, customer: Customer) -> frozenset[str]:
        """The ids of all remembered customers but this one."""
        return frozenset(c.id for c in self.links.customers) - {customer.id}

    def _audit(self, customer: Customer, sources: Collection[str], counts: Mapping[str, int]) -> None:
        """One line; a home that cannot be written must not keep the briefing from its reader."""
        from salesprep.briefing import audit

        file = self.space.dirs.state / "audit.jsonl"
        try:
            audit.append(file, when=self.space.real(), customer=customer, sources=sources, counts=counts)
        except OSError as error:
            import logging

            logging.getLogger("salesprep.tui").warning("no audit: %s", type(error).__name__)
