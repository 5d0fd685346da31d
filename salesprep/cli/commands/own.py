"""Getting one's own data in."""

from __future__ import annotations

from pathlib import Path

import click

from salesprep.cli.commands import options
from salesprep.cli.commands.root import salesprep
from salesprep.cli.exits import Exit


@salesprep.command()
@click.argument("place", metavar="PATH|URL")
@options.common
@click.option("--yes", is_flag=True, help="Ask nothing; take what Enter would.")
@click.option("--dry-run", is_flag=True, help="Say what would be added, and add nothing.")
@click.option(
    "--only", metavar="WHICH", multiple=True, help="Of what is found only these: numbers, files or names."
)
@click.option("--name", metavar="NAME", help="What the new source is called in the settings.")
@click.option(
    "--legal-basis",
    metavar="WORDS",
    help="By what right the people in a list are kept; it is nobody's but yours to say.",
)
@click.option("--as", "adapter", metavar="ADAPTER", help="Read it with this adapter.")
@click.pass_context
def add(
    context: click.Context,
    place: str,
    settings_: Path | None,
    format_: options.Format | None,
    yes: bool,
    dry_run: bool,
    only: tuple[str, ...],
    name: str | None,
    adapter: str | None,
    legal_basis: str | None,
) -> Exit:
    """Set up what lies there: a table, an export, a calendar, a wiki, or a folder of them.

    PATH is a file or a folder, URL the address of a calendar. What is in it decides, not its name.
    Nothing is copied; your own settings file is written, and its comments stay.
    """
    from salesprep.cli import add as adding
    from salesprep.cli.setting_up import Wanted

    names = tuple(part for one in only for part in one.split(",") if part.strip())
    if legal_basis is not None and not legal_basis.strip():
        raise click.UsageError("--legal-basis is empty.", context)
    wanted = Wanted(place, name, adapter, names, yes, dry_run, legal_basis and legal_basis.strip())
    return adding.add(options.chosen(context, settings_, format_), wanted)


@salesprep.command()
@options.common
@click.pass_context
def init(context: click.Context, settings_: Path | None, format_: options.Format | None) -> Exit:
    """Set up your own data, one file after the other; Enter takes what is proposed."""
    from salesprep.cli import add as adding

    return adding.init(options.chosen(context, settings_, format_))
