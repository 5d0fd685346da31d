"""Deciding which record is whose."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

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
@click.option("--check", is_flag=True, help="Look up whether the confirmed accounts are still the same.")
@options.common
@_decisions
@click.pass_context
def link_list(
    context: click.Context,
    words: tuple[str, ...],
    check: bool,
    settings_: Path | None,
    format_: options.Format | None,
    offline: bool,
    deadline: float | None,
) -> Exit:
    """The remembered customers with every decision: what, who, when."""
    from salesprep.cli import link as deciding

    common, looking = options.chosen(context, settings_, format_), None
    if check:
        from salesprep.cli.checking import LookingUp

        looking = LookingUp(common, offline=offline, deadline=deadline)
    elif offline or deadline is not None:
        raise click.UsageError("--offline and --deadline are for --check.", context)
    return deciding.remembered(common, " ".join(words) or None, looking)


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


@link.command("undo")
@click.argument("number", required=False, type=click.IntRange(1, 50), default=1, metavar="[NUMBER]")
@click.option("--list", "list_", is_flag=True, help="Show what can be taken back, and change nothing.")
@click.option("--erase", is_flag=True, help="Forget what could be taken back; the decisions stay.")
@options.common
@click.pass_context
def link_undo(
    context: click.Context,
    number: int,
    list_: bool,
    erase: bool,
    settings_: Path | None,
    format_: options.Format | None,
) -> Exit:
    """Take back what you decided last, or the last NUMBER changes."""
    from salesprep.cli import undo

    chosen = options.chosen(context, settings_, format_)
    if list_ and erase:
        raise click.UsageError("--list and --erase do not go together.", context)
    if list_:
        return undo.listed(chosen)
    return undo.erased(chosen) if erase else undo.undo(chosen, number)


@link.command("export")
@click.argument("words", nargs=-1, metavar="[NAME]", shell_complete=options.decided)
@options.output
@click.option("--mail", is_flag=True, help="Name by mail address who decided.")
@click.option("--replace", is_flag=True, help="Lose what only the file holds.")
@options.common
@click.pass_context
def link_export(
    context: click.Context,
    words: tuple[str, ...],
    output: Path | None,
    mail: bool,
    replace: bool,
    settings_: Path | None,
    format_: options.Format | None,
) -> Exit:
    """Your decisions and the team's as a file for others: one a line, sorted, made for git."""
    from salesprep.cli import exchange

    wanted = exchange.Handed(" ".join(words) or None, output, mail, replace)
    return exchange.hand_on(options.chosen(context, settings_, format_), wanted)


@link.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--ours", "settle", flag_value="ours", help="Where they contradict yours, yours stay.")
@click.option("--theirs", "settle", flag_value="theirs", help="Where they contradict yours, theirs count.")
@click.option("--ask", "settle", flag_value="ask", help="Where they contradict yours, ask about each.")
@options.common
@click.pass_context
def link_import(
    context: click.Context,
    file: Path,
    yes: bool,
    settle: Literal["ours", "theirs", "ask"] | None,
    settings_: Path | None,
    format_: options.Format | None,
) -> Exit:
    """Take over decisions from FILE: shown first, written only when you say so."""
    from salesprep.cli import exchange

    wanted = exchange.Offered(file.expanduser(), yes, settle)
    return exchange.take_in(options.chosen(context, settings_, format_), wanted)
