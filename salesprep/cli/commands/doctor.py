"""Whether everything is in order on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from salesprep.cli.commands import options, values
from salesprep.cli.commands.root import salesprep
from salesprep.cli.exits import Exit


@salesprep.command()
@click.option(
    "--bundle",
    metavar="FILE",
    type=values.OutputFile(),
    help="Write what a maintainer needs into a zip file: names of adapters, versions, codes and figures.",
)
@click.option("--force", is_flag=True, help="Write over FILE if it is there.")
@options.common
@click.pass_context
def doctor(
    context: click.Context,
    bundle: Path | None,
    force: bool,
    settings_: Path | None,
    format_: options.Format | None,
) -> Exit:
    """Look at settings, adapters, libraries, terminal and folders, and say what to mend. Asks no source."""
    if bundle is not None and bundle.exists() and not force:
        raise click.UsageError("FILE is there already: name another, or write over it with --force.", context)
    from salesprep.cli.doctor import report

    return report.doctor(options.chosen(context, settings_, format_), bundle, force)
