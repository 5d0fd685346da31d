"""``link list --check``: every confirmed account looked up at its source."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from salesprep.briefing.links.checking import Checked, check
from salesprep.briefing.model import Customer
from salesprep.cli import log, talk
from salesprep.cli.exits import Exit
from salesprep.cli.progress import Progress
from salesprep.cli.workspace import open_workspace
from salesprep.view.words import mends, say

if TYPE_CHECKING:
    from salesprep.cli.commands import Common


class LookingUp:
    """One look at all sources that hold a confirmed account."""

    def __init__(self, common: Common, *, offline: bool = False, deadline: float | None = None) -> None:
        # Quiet: whoever lists the links has said already how the settings came.
        self.space = open_workspace(common.settings, os.environ, quiet=True)
        self.offline = offline
        self.seconds = deadline or self.space.settings.deadline
        log.start(os.environ)

    def up(self, customers: Sequence[Customer]) -> tuple[Checked, ...]:
        """What became of each confirmed account of ``customers``; failures are told on standard error."""
        checked = asyncio.run(self._checked(customers))
        us = self.space.settings.us
        for source in dict.fromkeys(c.link.source for c in checked if c.failure is not None):
            failure = next(c.failure for c in checked if c.failure is not None and c.link.source == source)
            title = self.space.titles.get(source, source)
            talk.line(f"{title}: {say(us, failure.what)}; {mends(failure, us)}")
        return checked

    async def _checked(self, customers: Sequence[Customer]) -> tuple[Checked, ...]:
        host = self.space.host(offline=self.offline)
        try:
            async with Progress(self.space.settings.us) as progress:
                progress.asking = tuple(self.space.titles.values())
                return await check(host, customers, deadline=time.monotonic() + self.seconds)
        finally:
            await host.close()

    def verdict(self, checked: Iterable[Checked]) -> Exit:
        """Whether some source failed."""
        failed = any(each.failure is not None for each in checked)
        return Exit.IN_PART if failed else Exit.DONE
