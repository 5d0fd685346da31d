"""What is said on standard error: what failed and who mends it, and what salesprep needs to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from salesprep.cli.exits import Exit
from salesprep.cli.terminal import error_columns, tell

if TYPE_CHECKING:
    import click

    from salesprep.adapter import Failure
    from salesprep.briefing.links import Target
    from salesprep.briefing.model import Found, Panel
    from salesprep.settings import Us
    from salesprep.sources import NotLoaded


def line(text: str) -> None:
    """One line, as salesprep's own; whatever could steer a terminal is taken out.

    On a terminal it is broken between words: a path or a command stays whole, to be copied.
    """
    told = f"salesprep: {_clean(text)}"
    columns = error_columns()
    if columns is not None:
        rows = wrap(told, columns, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
        told = "\n".join(rows)
    tell(f"{told}\n")


def _clean(text: str) -> str:
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def wrong_use(error: click.ClickException) -> None:
    """A command that cannot be understood, with how it is used."""
    from click.exceptions import NoArgsIsHelpError

    from salesprep.words import here

    if isinstance(error, NoArgsIsHelpError):
        tell(f"{error.format_message()}\n")
        return
    context = getattr(error, "ctx", None)
    if context is not None:
        tell(f"{context.get_usage()}\n")
    line(here(error.format_message()))


def failures(panels: Iterable[Panel], us: Us) -> None:
    """Every source that failed: what happened, and who mends it how."""
    from salesprep.briefing.told import failures_of
    from salesprep.view.words import mends, say

    for panel in panels:
        for failure in failures_of(panel):
            line(f"{panel.title}: {say(us, failure.what)}; {mends(failure, us)}")


def not_loaded(lost: Iterable[NotLoaded], us: Us) -> None:
    """Each adapter that cannot be used, and why."""
    for one in lost:
        from salesprep.view.sources_board import unloaded

        line(unloaded(one, us))


def verdict(panels: Sequence[Panel]) -> Exit:
    """How a look at these sources ended."""
    from salesprep.briefing.told import failures_of

    found = [failures_of(panel) for panel in panels]
    if any(is_wrong_setting(failure) for failures in found for failure in failures):
        return Exit.WRONG
    if not any(map(answered, panels)):
        return Exit.NOTHING
    return Exit.IN_PART if any(found) else Exit.DONE


def is_wrong_setting(failure: Failure) -> bool:
    """Whether a key of this source is wrong; what it leads to (a file that is gone) is a failure."""
    return failure.code == "config_invalid" and failure.field is not None


def answered(panel: Panel) -> bool:
    """Whether the source told anything, be it that it has nothing."""
    return panel.state not in ("waiting", "failed", "stuck", "withheld")


def candidates(
    name: str,
    found: Sequence[Found],
    titles: Mapping[str, str],
    us: Us,
    *,
    meeting: Target | None = None,
    picking: bool = True,
) -> None:
    """Whom ``name`` may mean, what ``--pick`` takes, and how it is decided for good.

    ``meeting``: it is this one's title. ``picking=False``: the command takes no ``--pick``.
    """
    from salesprep.view.choices import command
    from salesprep.view.lines import width
    from salesprep.view.words import _, say

    which = _("{name} may be any of these; choose with --pick ID:")
    line(say(us, which if picking else _("{name} may be any of these:"), name=name))
    rows = [[_clean(cell) for cell in _row(one, titles)] for one in found]
    edges = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (edge - width(cell)) for cell, edge in zip(row, edges, strict=True))
        tell(f"  {'  '.join(cells).rstrip()}\n")
    if picking:
        how = command("choose", name) if meeting is None else command("confirm", "ID", [meeting])
        line(say(us, _("to have it remembered: {command}"), command=how))


def _row(found: Found, titles: Mapping[str, str]) -> tuple[str, str, str, str]:
    record = found.record
    return (
        f"{found.source}:{record.id}",
        record.title,
        titles.get(found.source, found.source),
        " · ".join(_tells_apart(found)),
    )


def _tells_apart(found: Found) -> Iterator[str]:
    record = found.record
    place = getattr(record, "place", None)
    if place is not None and (place.city or place.text):
        yield place.city or place.text
    yield from record.keys.domains
