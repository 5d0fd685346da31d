"""``salesprep`` itself: without a command the briefing for the next visit."""

from __future__ import annotations

import os
from pathlib import Path

import click

from salesprep.cli.commands import options
from salesprep.cli.exits import Exit


def _version(context: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"salesprep {version('salesprep')}")
        context.exit()


@click.group(invoke_without_command=True)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="Show the version and exit.",
)
@options.pages
@options.strict
@click.pass_context
def salesprep(context: click.Context, settings_: Path | None, format_: options.Format | None) -> Exit | None:
    """What every source knows about a customer, side by side, before the visit.

    Without a command: the interface; where there is no terminal, the briefing for the next visit.
    """
    context.obj = options.Common(settings_, format_ or "text", options.strictly(context))
    if context.invoked_subcommand is not None:
        return None
    from salesprep.cli import interface

    if format_ is None and interface.fits(os.environ):
        return interface.interface(context.obj)
    from salesprep.cli import look

    return look.brief(context.obj, look.Wanted())
