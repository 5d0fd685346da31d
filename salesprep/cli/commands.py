"""The commands with their arguments. What they do lies beside this module and is imported when one
runs, so that ``--help`` costs nothing more than click.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

import click

from salesprep.cli.exits import Exit

Format = Literal["text", "json"]
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Common:
    """What every command takes, here or before its name."""

    settings: Path | None = None
    format: Format = "text"


def _common(command: F) -> F:
    """``--settings`` and ``--format``."""
    for option in (
        click.option(
            "--format",
            "format_",
            type=click.Choice(["text", "json"]),
            help="Text to read, or JSON for other programs.",
        ),
        click.option(
            "--settings",
            "settings_",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="A settings file over your own.",
        ),
    ):
        command = option(command)
    return command


def _chosen(context: click.Context, settings: Path | None, format_: Format | None) -> Common:
    before = context.find_object(Common) or Common()
    return Common(settings or before.settings, format_ or before.format)


def _deadline(command: F) -> F:
    """``--deadline``."""
    option = click.option(
        "--deadline", type=click.FloatRange(0.1, 600), metavar="SECONDS", help="How long it may take."
    )
    return option(command)


def _asking(command: F) -> F:
    """The options of the commands that ask for visits."""
    for option in (
        click.option("--fresh", is_flag=True, help="Take no kept answer."),
        click.option("--offline", is_flag=True, help="Ask nothing over the network."),
        _deadline,
        click.option(
            "--only",
            metavar="SOURCES",
            multiple=True,
            shell_complete=lambda context, _param, begun: _sources(context, begun),
            help="Ask only these sources: crm,wiki",
        ),
    ):
        command = option(command)
    return command


def _sources(context: click.Context, begun: str) -> list[str]:
    """Names of sources for the shell's completion; settings that are wrong complete to nothing."""
    from salesprep.cli.workspace import read_settings
    from salesprep.settings import SettingsError

    done, comma, last = begun.rpartition(",")
    try:
        settings, _, _ = read_settings(context.params.get("settings_"), os.environ)
    except (SettingsError, OSError):
        return []
    return [f"{done}{comma}{name}" for name in settings.sources if name.startswith(last)]


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
@_common
@click.pass_context
def salesprep(context: click.Context, settings_: Path | None, format_: Format | None) -> Exit | None:
    """What every source knows about a customer, side by side, before the visit.

    Without a command: the briefing for the next visit.
    """
    context.obj = Common(settings_, format_ or "text")
    if context.invoked_subcommand is not None:
        return None
    from salesprep.cli import look

    return look.brief(context.obj, look.Wanted())


@salesprep.command()
@click.argument("name", nargs=-1)
@_common
@_asking
@click.option(
    "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write there, not on the screen."
)
@click.option("--pick", metavar="ID", help="Which of several customers: an id such as crm:1042.")
@click.option("--why", is_flag=True, help="Tell of each line how it was matched to this customer.")
@click.pass_context
def brief(
    context: click.Context,
    name: tuple[str, ...],
    settings_: Path | None,
    format_: Format | None,
    only: tuple[str, ...],
    deadline: float | None,
    offline: bool,
    fresh: bool,
    output: Path | None,
    pick: str | None,
    why: bool,
) -> Exit:
    """The briefing on NAME; without NAME on the customer of the next visit."""
    from salesprep.cli import look

    spoken = " ".join(name)
    if name and not spoken.strip():
        raise click.UsageError("NAME is empty; leave it out for the next visit.", context)
    wanted = look.Wanted(
        spoken.strip() or None, look.listed(only), deadline, offline, fresh, output, pick, why
    )
    return look.brief(_chosen(context, settings_, format_), wanted)


@salesprep.command()
@_common
@_asking
@click.pass_context
def agenda(
    context: click.Context,
    settings_: Path | None,
    format_: Format | None,
    only: tuple[str, ...],
    deadline: float | None,
    offline: bool,
    fresh: bool,
) -> Exit:
    """Coming visits, each with its customer and the first line of its quick scan."""
    from salesprep.cli import look

    wanted = look.Wanted(only=look.listed(only), deadline=deadline, offline=offline, fresh=fresh)
    return look.agenda(_chosen(context, settings_, format_), wanted)


@salesprep.group(invoke_without_command=True)
@_common
@click.pass_context
def sources(context: click.Context, settings_: Path | None, format_: Format | None) -> Exit | None:
    """The configured sources, as far as they are known without asking them."""
    context.obj = _chosen(context, settings_, format_)
    if context.invoked_subcommand is not None:
        return None
    from salesprep.cli import tell

    return tell.sources(context.obj)


@sources.command()
@click.argument(
    "name", required=False, shell_complete=lambda context, _param, begun: _sources(context, begun)
)
@_common
@_deadline
@click.pass_context
def check(
    context: click.Context,
    name: str | None,
    settings_: Path | None,
    format_: Format | None,
    deadline: float | None,
) -> Exit:
    """Ask each source, or NAME, for real, and say what to mend."""
    from salesprep.cli import tell

    return tell.check(_chosen(context, settings_, format_), name, deadline)


@salesprep.command()
@click.option("--why", metavar="KEY", help="Only this key, or all beneath it: us.zone")
@_common
@click.pass_context
def settings(context: click.Context, why: str | None, settings_: Path | None, format_: Format | None) -> Exit:
    """What is in force and which file decided it; secrets are hidden."""
    from salesprep.cli import tell

    return tell.settings(_chosen(context, settings_, format_), why)


@salesprep.group()
@_common
@click.pass_context
def adapter(context: click.Context, settings_: Path | None, format_: Format | None) -> None:
    """Adapters: the code that reads one kind of source."""
    context.obj = _chosen(context, settings_, format_)


@adapter.command("list")
@_common
@click.pass_context
def list_(context: click.Context, settings_: Path | None, format_: Format | None) -> Exit:
    """The installed adapters; none is imported."""
    from salesprep.cli import tell

    return tell.adapters(_chosen(context, settings_, format_))
