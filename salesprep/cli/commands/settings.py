"""What is in force, and whom one trusts to say so."""

from __future__ import annotations

from pathlib import Path

import click

from salesprep.cli.commands import options
from salesprep.cli.commands.root import salesprep
from salesprep.cli.exits import Exit


@salesprep.group(invoke_without_command=True)
@click.option("--why", metavar="KEY", help="Who says what about this key, or all beneath it: us.zone")
@options.common
@click.pass_context
def settings(
    context: click.Context, why: str | None, settings_: Path | None, format_: options.Format | None
) -> Exit | None:
    """What is in force and which file decided it; secrets are hidden."""
    context.obj = options.chosen(context, settings_, format_)
    if context.invoked_subcommand is not None:
        return None
    from salesprep.cli import settings as listed

    return listed.settings(context.obj, why)


@settings.command("trust")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--list", "list_", is_flag=True, help="The folders that you trust.")
@click.option("--forget", is_flag=True, help="Trust FOLDER no more.")
@options.common
@click.pass_context
def settings_trust(
    context: click.Context,
    folder: Path | None,
    yes: bool,
    list_: bool,
    forget: bool,
    settings_: Path | None,
    format_: options.Format | None,
) -> Exit:
    """Let the settings.toml of FOLDER be read whenever you are there; by default the current folder's.

    It may name code and where secrets go, so it is shown first what it could do. Once the file
    changes it has to be trusted anew.
    """
    from salesprep.cli import trust

    asked = trust.Asked(folder, yes, list_, forget)
    return trust.settings_trust(options.chosen(context, settings_, format_), asked)
