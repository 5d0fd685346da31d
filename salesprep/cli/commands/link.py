"""Deciding which record is whose."""

from __future__ import annotations

from pathlib import Path

import click

from salesprep.cli.commands import options
from salesprep.cli.commands.root import salesprep
from salesprep.cli.exits import Exit


@salesprep.group()
@options.common
@click.pass_context
def link(context: click.Context, settings_: Path | None, format_: options.Format | None) -> None:
    """What you have decided: this account or record is, or is not, that customer.

    An account is written SOURCE:ID (crm:1042), any other record SOURCE/KIND:ID (wiki/document:7).
    NAME is a customer's name, an alias, an id of links.toml, or an account's SOURCE:ID.
    """
    context.obj = options.chosen(context, settings_, format_)


def _decisions(command: options.F) -> options.F:
    """``--offline`` and ``--deadline`` of the commands that look before they write."""
    offline = click.option("--offline", is_flag=True, help="Ask nothing over the network.")
    return offline(options.deadline(command))


_WORDS = click.argument(
    "words", nargs=-1, required=True, metavar="NAME SOURCE:ID...", shell_complete=options.decided
)


@link.command("list")
@click.argument("words", nargs=-1, metavar="[NAME]", shell_complete=options.decided)
@options.common
@click.pass_context
def link_list(
    context: click.Context, words: tuple[str, ...], settings_: Path | None, format_: options.Format | None
) -> Exit:
    """The remembered customers with every decision: what, who, when."""
    from salesprep.cli import link as deciding

    return deciding.remembered(options.chosen(context, settings_, format_), " ".join(words) or None)


@link.command("choose")
@click.argument("words", nargs=-1, required=True, metavar="NAME", shell_complete=options.decided)
@options.common
@_decisions
@click.pass_context
def link_choose(
    context: click.Context,
    words: tuple[str, ...],
    settings_: Path | None,
    format_: options.Format | None,
    offline: bool,
    deadline: float | None,
) -> Exit:
    """Everything that may be NAME's, over all sources, decided together."""
    from salesprep.cli import choose
    from salesprep.cli.link import Asked

    asked = Asked(" ".join(words), offline=offline, deadline=deadline)
    return choose.choose(options.chosen(context, settings_, format_), asked)


@link.command("confirm")
@_WORDS
@click.option("--move", is_flag=True, help="Take it from the customer that it was before.")
@options.common
@_decisions
@click.pass_context
def link_confirm(
    context: click.Context,
    words: tuple[str, ...],
    move: bool,
    settings_: Path | None,
    format_: options.Format | None,
    offline: bool,
    deadline: float | None,
) -> Exit:
    """These are the customer NAME."""
    from salesprep.cli import link as deciding

    asked = deciding.Asked(*deciding.split(words), move=move, offline=offline, deadline=deadline)
    return deciding.decided(options.chosen(context, settings_, format_), asked, "is")


@link.command("reject")
@_WORDS
@options.common
@_decisions
@click.pass_context
def link_reject(
    context: click.Context,
    words: tuple[str, ...],
    settings_: Path | None,
    format_: options.Format | None,
    offline: bool,
    deadline: float | None,
) -> Exit:
    """These are not the customer NAME, whatever they are called."""
    from salesprep.cli import link as deciding

    asked = deciding.Asked(*deciding.split(words), offline=offline, deadline=deadline)
    return deciding.decided(options.chosen(context, settings_, format_), asked, "is_not")


@link.command("forget")
@click.argument(
    "words", nargs=-1, required=True, metavar="NAME [SOURCE:ID]...", shell_complete=options.decided
)
@options.common
@click.pass_context
def link_forget(
    context: click.Context, words: tuple[str, ...], settings_: Path | None, format_: options.Format | None
) -> Exit:
    """Forget what was decided about these, or all of NAME."""
    from salesprep.cli import link as deciding

    return deciding.forgotten(
        options.chosen(context, settings_, format_), deciding.Asked(*deciding.split(words, some=False))
    )
