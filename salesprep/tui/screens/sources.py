"""Every source and how it is; each can be asked for real."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from salesprep.tui.keys import bindings_for
from salesprep.tui.screens.room import FindLine, Room
from salesprep.tui.widgets.footer import Footer
from salesprep.tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from salesprep.adapter import Check
    from salesprep.sources import NotLoaded
    from salesprep.view.lines import Line
    from salesprep.view.sources_board import Told
    from salesprep.view.voice import Voice


class SourcesScreen(Room):
    """What is known without asking, and what checking found."""

    BINDINGS = bindings_for("sources")

    def __init__(self) -> None:
        super().__init__()
        self._asking: set[str] = set()
        self._checks: dict[str, tuple[Check, ...]] = {}

    def compose(self) -> ComposeResult:
        """The sources and the keys."""
        yield LinesView(id="sources", margin=1, title=1)
        yield FindLine()
        yield Footer("sources")

    def on_mount(self) -> None:
        """What is known, then what earlier runs saw as well."""
        self._show()
        self.set_focus(self.query_one("#sources"))
        self.run_worker(self._recall(), group="recall", exit_on_error=False)

    async def _recall(self) -> None:
        from salesprep.sources.threads import DaemonPool, on_thread

        # A thread that nobody waits for at the end: the files may lie on a share that is gone.
        pool = DaemonPool("recalling", 1)
        try:
            await on_thread(pool, self.session.host.recall)
        finally:
            pool.shutdown()
        self._show()

    def _show(self) -> None:
        from salesprep.view.voice import voice_of

        host, space = self.session.host, self.session.space
        spare = host.adapters_not_loaded
        where = {one.name: one.where for one in host.not_loaded if one not in spare}
        told = tuple(
            self._told(name, where.get(name) or where.get(info.adapter)) for name, info in host.infos.items()
        )
        voice = voice_of(self.session.us, space.now(), space.titles)
        self.query_one("#sources", LinesView).show(partial(_sources, told, spare, voice))

    def _told(self, name: str, where: str | None) -> Told:
        from salesprep.view.sources_board import Told

        host = self.session.host
        return Told(
            host.infos[name],
            host.standing(name),
            asking=name in self._asking,
            checks=self._checks.get(name, ()),
            where=where,
        )

    # -- asking for real ------------------------------------------------------------------------

    async def pick(self, about: object) -> None:
        """Two clicks: as Enter."""
        self._check(name for name, info in self.session.host.infos.items() if info is about)

    async def action_check(self) -> None:
        """Ask the source under the cursor."""
        await self.pick(self.query_one("#sources", LinesView).about)

    def action_ask_again(self) -> None:
        """Ask every source."""
        self._check(self.session.host.infos)

    def _check(self, names: Iterable[str]) -> None:
        for name in [name for name in names if name not in self._asking]:
            self._asking.add(name)
            # One that is slow holds up no other; asked once more while it is, it is not asked twice.
            self.run_worker(self._asked(name), group=f"check {name}", exclusive=True, exit_on_error=False)
        self._show()

    async def _asked(self, name: str) -> None:
        from salesprep.sources.standing import check

        try:
            deadline = monotonic() + self.session.settings.deadline
            self._checks[name] = await check(self.session.host, name, deadline=deadline)
        finally:
            self._asking.discard(name)
        self._show()


def _sources(
    told: Sequence[Told], not_loaded: Sequence[NotLoaded], voice: Voice, columns: int
) -> Sequence[Line]:
    from salesprep.view.sources_board import sources_board

    return sources_board(told, not_loaded, voice, columns)
