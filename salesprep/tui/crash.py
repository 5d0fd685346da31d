"""What becomes of a fault of salesprep's own in the interface: a screen that says so, a line in the log,
and the way back to today. Nothing that is shown or kept holds what a variable or a message held.

Textual prints an error with the values of all variables; :class:`Safe` never lets it come to that. Its
app ends instead, since a screen whose messages are no longer handled cannot be trusted, and :func:`run`
shows what happened and begins anew.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from textual._context import active_message_pump
from textual.app import App, ScreenStackError
from textual.css.query import NoMatches
from textual.widget import Widget
from textual.worker import Worker, WorkerFailed, WorkerState
from textual.worker_manager import WorkerManager

from salesprep import words
from salesprep.adapter.words import _, in_english
from salesprep.tui import log, trace

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

Returned = TypeVar("Returned")


@dataclass(frozen=True, slots=True)
class Crash:
    """A fault, as it may be shown and kept: types and places only."""

    kinds: tuple[str, ...]
    """The error's type, then those that it came after."""
    places: tuple[str, ...] = ()
    """In our own code, the innermost first: ``salesprep/tui/app.py:12 in compose``."""
    raised: str | None = None
    """The place in a library, if it was raised there."""

    @classmethod
    def of(cls, error: BaseException) -> Crash:
        """What may be told of ``error``."""
        return cls(trace.kinds(error), trace.places(error), trace.raised(error))


class Safe(App[Returned]):
    """An app whose faults end in :attr:`crash`, and whose workers' faults end in a toast."""

    language = "en"
    """What its toasts speak."""

    def __init__(self) -> None:
        super().__init__()
        self.crash: Crash | None = None
        """The first fault; the app ends with it."""
        self._workers = _Workers(self)
        self._told: set[Crash] = set()

    def worker_failed(self, error: BaseException) -> None:
        """Log what ended a worker, and tell it once for each place: the app lives on without."""
        log.logger.error("a worker stopped", exc_info=error)
        crash = Crash.of(error)
        if crash in self._told:
            return
        self._told.add(crash)
        line = _("something went wrong in the background ({kind}); the log has the details")
        text = words.say(line, {"kind": crash.kinds[0]}, self.language, in_english)
        self.notify(text, severity="error", markup=False)

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, WorkerFailed):
            if error.__traceback__ is None:
                return  # told by the worker itself, which has been seen to; nothing was raised here
            error = error.error if isinstance(error.error, Exception) else error
        if _was_left(active_message_pump.get(self), error):
            return
        if self._exception is None:  # tests, which have no screen to look at, are told so by Textual's pilot
            self._exception = error
            self._exception_event.set()
        log.logger.error("the interface stopped", exc_info=error)
        self._stop(Crash.of(error))

    def panic(self, *renderables: object) -> None:
        """Textual's, for what went wrong on its own threads. What it wants to show of it is not shown."""
        log.logger.error("the terminal can no longer be read")
        self._stop(Crash(_kinds(renderables)))

    def _stop(self, crash: Crash) -> None:
        if self.crash is None:
            self.crash = crash
        self._return_code = 1
        self._close_messages_no_wait()


class _Workers(WorkerManager):
    """The one place that every worker passes at its end, whatever screen or widget has started it."""

    def __init__(self, app: Safe[Any]) -> None:
        super().__init__(app)
        self._safe = app

    def _remove_worker(self, worker: Worker[Any]) -> None:
        super()._remove_worker(worker)
        if worker.state is not WorkerState.ERROR or worker.error is None:
            return
        if not _was_left(worker.node, worker.error):
            self._safe.worker_failed(worker.error)


def _was_left(node: MessagePump, error: BaseException) -> bool:
    """Whether ``node`` looked for what was there until its screen was left: nobody misses that."""
    if not isinstance(error, NoMatches | ScreenStackError):
        return False
    app = node.app
    if isinstance(node, Widget):
        return not node.is_attached or set(app.screen_stack).isdisjoint(node.ancestors_with_self)
    return not app.screen_stack


def _kinds(renderables: tuple[object, ...]) -> tuple[str, ...]:
    """The types of the errors in what Rich would print."""
    traces = (getattr(each, "trace", None) for each in renderables)
    kinds = tuple(stack.exc_type for trace in traces if trace is not None for stack in trace.stacks)
    return kinds or ("Exception",)


async def run(
    make: Callable[[], Safe[Returned]],
    show: Callable[[Crash], Awaitable[bool]],
) -> Returned | Crash | None:
    """Run the app that ``make`` makes; after a fault ``show`` it, and begin anew if that is wanted.

    Returns what the app returned, or the fault that nobody wanted to go on after.
    """
    while True:
        app: Safe[Returned] | None = None
        crash: Crash | None = None
        try:
            app = make()
            returned = await app.run_async()
        except Exception as error:
            # What Textual itself does not hand to its app: a fault before its first screen, or while it ends.
            log.logger.error("the interface stopped", exc_info=error)
            crash = Crash.of(error)
        if app is not None and app.crash is not None:
            crash = app.crash
        if crash is None:
            return returned
        if not await show(crash):
            return crash


async def show(crash: Crash, kept: log.Log, environ: Mapping[str, str], *, language: str, theme: str) -> bool:
    """Show what happened until the user has read it. Whether they want to go on."""
    try:
        from salesprep.tui.screens.crash import CrashApp

        app = CrashApp(crash, kept, environ, language=language, theme=theme)
        again = await app.run_async()
    except Exception as error:
        # The last resort: a terminal that cannot even show this is left, and the line after it tells.
        log.logger.error("what happened cannot be shown", exc_info=error)
        return False
    return bool(again) and app.crash is None


def line(crash: Crash, kept: log.Log, language: str) -> str:
    """One line on a fault, for the terminal that the interface has left."""
    where = _("the details are in {file}", file=kept.file) if kept.written else _("no log could be written")
    said = _("this should not have happened ({kind}); {where}", kind=crash.kinds[0], where=where)
    return words.say(said, {}, language, in_english)
