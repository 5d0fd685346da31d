"""Making and trying adapters; ``adapter list`` stands with the sources."""

from __future__ import annotations

from pathlib import Path

import click

from salesprep.cli.commands import options
from salesprep.cli.commands.sources import adapter
from salesprep.cli.exits import Exit


@adapter.command()
@click.argument("name")
@options.settings_file
@click.option(
    "--kind-of-source",
    "sort",
    type=click.Choice(["http", "file", "database", "blocking"]),
    help="What it reads: a web interface, a file, an SQLite database, or through a library that blocks.",
)
@click.option("--records", metavar="KINDS", multiple=True, help="What it has: ticket,person")
@click.option(
    "--look-up", metavar="KEYS", multiple=True, help="How a customer is looked up there: domain,name,id,email"
)
@click.option(
    "--folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False), help="Where to put it."
)
@click.option("--package", is_flag=True, help="Make a distribution of its own, to be installed.")
@click.option("--yes", is_flag=True, help="Ask nothing; take what Enter would.")
@click.pass_context
def new(
    context: click.Context,
    name: str,
    settings_: Path | None,
    sort: str | None,
    records: tuple[str, ...],
    look_up: tuple[str, ...],
    folder: Path | None,
    package: bool,
    yes: bool,
) -> Exit:
    """Make a new adapter, NAME: a folder with code and a sample that works at once, to be changed.

    Asks what the source is, unless the options say it. Nothing that is there is overwritten.
    """
    from salesprep.cli import new_adapter

    said = new_adapter.Said(name, sort, records, look_up, folder, package, yes)
    return new_adapter.new(options.chosen(context, settings_, None), said)


@adapter.command("check")
@click.argument("which", metavar="NAME|FOLDER")
@options.common
@click.option("--live", is_flag=True, help="Ask the sources of your settings that use it, too.")
@click.option("--report", type=click.Choice(["text", "json"]), help="As --format.")
@click.option("--only", metavar="CHECK", multiple=True, help="Only these checks: ids-unique,http-401")
@click.pass_context
def check_adapter(
    context: click.Context,
    which: str,
    settings_: Path | None,
    format_: options.Format | None,
    live: bool,
    report: options.Format | None,
    only: tuple[str, ...],
) -> Exit:
    """Try an adapter on its sample, offline: what it does well, what is wrong and how it is mended.

    Ends with 0 if nothing failed, else with 1.
    """
    from salesprep.cli import conformance

    common = options.chosen(context, settings_, report or format_)
    return conformance.check(common, which, live=live, only=only)
