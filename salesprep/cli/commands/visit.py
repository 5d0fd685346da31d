"""What one opens before a visit: the briefing, the contacts, the people, a note, the coming visits."""

from __future__ import annotations

from pathlib import Path

import click

from salesprep.cli.commands import options
from salesprep.cli.commands.root import salesprep
from salesprep.cli.exits import Exit


@salesprep.command()
@click.argument(
    "name", nargs=-1, shell_complete=lambda context, _param, begun: options.customers(context, begun)
)
@options.pages
@options.asking
@options.output
@click.option("--pick", metavar="ID", help="Which of several customers: an id such as crm:1042.")
@click.option("--why", is_flag=True, help="Tell of each line how it was matched to this customer.")
@click.option("--note", is_flag=True, help="In JSON too: your own note on the customer.")
@click.pass_context
def brief(
    context: click.Context,
    name: tuple[str, ...],
    settings_: Path | None,
    format_: options.Format | None,
    only: tuple[str, ...],
    deadline: float | None,
    offline: bool,
    fresh: bool,
    output: Path | None,
    pick: str | None,
    why: bool,
    note: bool,
) -> Exit:
    """The briefing on NAME; without NAME on the customer of the next visit."""
    from salesprep.cli import look

    spoken = options.spoken(context, name)
    wanted = look.Wanted(spoken, look.listed(only), deadline, offline, fresh, output, pick, why, note)
    return look.brief(options.chosen(context, settings_, format_), wanted)


@salesprep.command()
@options.on_a_customer
@click.option("--days", type=click.IntRange(1, 36500), metavar="N", help="Of the last N days; by default 90.")
@click.option("--person", metavar="NAME", help="Only contacts with this one.")
@click.option("--all", "--older", "every", is_flag=True, help="Older ones too: all that the sources give.")
@click.pass_context
def contacts(
    context: click.Context,
    name: tuple[str, ...],
    settings_: Path | None,
    format_: options.Format | None,
    only: tuple[str, ...],
    deadline: float | None,
    offline: bool,
    fresh: bool,
    output: Path | None,
    pick: str | None,
    why: bool,
    days: int | None,
    person: str | None,
    every: bool,
) -> Exit:
    """Recent contacts with NAME, or with the customer of the next visit: who of us with whom of them."""
    from salesprep.cli import contacts as shown
    from salesprep.cli import look

    wanted = look.Wanted(
        options.spoken(context, name), look.listed(only), deadline, offline, fresh, output, pick, why
    )
    if days is not None and every:
        raise click.UsageError("--days and --all contradict each other.", context)
    return shown.contacts(
        options.chosen(context, settings_, format_), wanted, shown.Span(days, person, every)
    )


@salesprep.command()
@options.on_a_customer
@click.pass_context
def people(
    context: click.Context,
    name: tuple[str, ...],
    settings_: Path | None,
    format_: options.Format | None,
    only: tuple[str, ...],
    deadline: float | None,
    offline: bool,
    fresh: bool,
    output: Path | None,
    pick: str | None,
    why: bool,
) -> Exit:
    """Who is there at NAME, or at the customer of the next visit; what each source tells of them."""
    from salesprep.cli import contacts as shown
    from salesprep.cli import look

    wanted = look.Wanted(
        options.spoken(context, name), look.listed(only), deadline, offline, fresh, output, pick, why
    )
    return shown.people(options.chosen(context, settings_, format_), wanted)


@salesprep.command()
@click.argument("name", nargs=-1)
@options.common
@options.asking
@click.option("--pick", metavar="ID", help="Which of several customers: an id such as crm:1042.")
@click.option("--show", is_flag=True, help="Print it.")
@click.option("--path", is_flag=True, help="Print where it lies, or would lie.")
@click.option("--add", metavar="WORDS", help="Append a line.")
@click.option("--new", is_flag=True, help="Also on a customer whom no source knows.")
@click.pass_context
def note(
    context: click.Context,
    name: tuple[str, ...],
    settings_: Path | None,
    format_: options.Format | None,
    only: tuple[str, ...],
    deadline: float | None,
    offline: bool,
    fresh: bool,
    pick: str | None,
    show: bool,
    path: bool,
    add: str | None,
    new: bool,
) -> Exit:
    """Your own note on NAME, or on the customer of the next visit, in your editor.

    A Markdown file on this machine. It stands last in the briefing and goes nowhere else.
    """
    from salesprep.cli import look
    from salesprep.cli import note as own

    if show + path + (add is not None) > 1:
        raise click.UsageError("only one of --show, --path and --add.", context)
    wanted = look.Wanted(
        options.spoken(context, name), look.listed(only), deadline, offline, fresh, pick=pick
    )
    return own.note(options.chosen(context, settings_, format_), wanted, own.Asked(show, path, add, new))


@salesprep.command()
@options.common
@options.asking
@click.option("--why", is_flag=True, help="Tell of each visit how its customer is known.")
@click.pass_context
def agenda(
    context: click.Context,
    settings_: Path | None,
    format_: options.Format | None,
    only: tuple[str, ...],
    deadline: float | None,
    offline: bool,
    fresh: bool,
    why: bool,
) -> Exit:
    """Coming visits, each with its customer and the first line of its quick scan."""
    from salesprep.cli import look

    wanted = look.Wanted(only=look.listed(only), deadline=deadline, offline=offline, fresh=fresh, why=why)
    return look.agenda(options.chosen(context, settings_, format_), wanted)
