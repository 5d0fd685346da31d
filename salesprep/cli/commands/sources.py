"""The sources and the adapters that read them."""

from __future__ import annotations

from pathlib import Path

import click

from salesprep.cli.commands import options
from salesprep.cli.commands.root import salesprep
from salesprep.cli.exits import Exit


@salesprep.group(invoke_without_command=True)
@options.common
@options.strict
@click.pass_context
def sources(context: click.Context, settings_: Path | None, format_: options.Format | None) -> Exit | None:
    """The configured sources, as far as they are known without asking them."""
    context.obj = options.chosen(context, settings_, format_)
    if context.invoked_subcommand is not None:
        return None
    from salesprep.cli import tell

    return tell.sources(context.obj)


@sources.command()
@click.argument(
    "name", required=False, shell_complete=lambda context, _param, begun: options.source_names(context, begun)
)
@options.common
@options.strict
@options.deadline
@click.pass_context
def check(
    context: click.Context,
    name: str | None,
    settings_: Path | None,
    format_: options.Format | None,
    deadline: float | None,
) -> Exit:
    """Ask each source, or NAME, for real, and say what to mend."""
    from salesprep.cli import tell

    return tell.check(options.chosen(context, settings_, format_), name, deadline)


@sources.command()
@options.common
@click.pass_context
def kept(context: click.Context, settings_: Path | None, format_: options.Format | None) -> Exit:
    """Every file that salesprep keeps, and whose it is."""
    from salesprep.cli import kept as files

    return files.kept(options.chosen(context, settings_, format_))


@salesprep.group()
@options.common
@options.strict
@click.pass_context
def adapter(context: click.Context, settings_: Path | None, format_: options.Format | None) -> None:
    """Adapters: the code that reads one kind of source."""
    context.obj = options.chosen(context, settings_, format_)


@adapter.command("list")
@options.common
@options.strict
@click.pass_context
def list_(context: click.Context, settings_: Path | None, format_: options.Format | None) -> Exit:
    """The installed adapters; none is imported."""
    from salesprep.cli import tell

    return tell.adapters(options.chosen(context, settings_, format_))
