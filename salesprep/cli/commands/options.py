"""What several commands share: ``--settings``, ``--format`` and their like, and what a shell completes."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from salesprep.cli.commands import values

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Format = Literal["text", "md", "html", "json"]


F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Common:
    """What every command takes, here or before its name."""

    settings: Path | None = None
    format: Format = "text"
    strict: bool = False
    """What cannot be loaded is an error, though nobody needs it."""


def common(command: F) -> F:
    """``--settings`` and ``--format``."""
    format_ = click.option(
        "--format",
        "format_",
        type=click.Choice(["text", "json"]),
        help="Text to read, or JSON for other programs.",
    )
    return settings_file(format_(command))


def pages(command: F) -> F:
    """As :func:`common`, of what can be written as a page too."""
    format_ = click.option(
        "--format",
        "format_",
        type=click.Choice(["text", "md", "html", "json"]),
        help="Text to read, a page (Markdown, HTML), or JSON for other programs.",
    )
    return settings_file(format_(command))


def settings_file(command: F) -> F:
    """``--settings``."""
    option = click.option(
        "--settings",
        "settings_",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="A settings file over your own.",
    )
    return option(command)


_STRICT = "salesprep.strict"


def _is_strict(context: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted:
        context.meta[_STRICT] = True  # what is typed before a command holds for it, too


def strict(command: F) -> F:
    """``--strict``, for commands that use adapters; :class:`Common` has it."""
    option = click.option(
        "--strict",
        is_flag=True,
        expose_value=False,
        callback=_is_strict,
        help="End with 2 if any adapter or source cannot be loaded.",
    )
    return option(command)


def strictly(context: click.Context) -> bool:
    """Whether ``--strict`` was given, here or before the command's name."""
    return bool(context.meta.get(_STRICT, False))


def chosen(context: click.Context, settings: Path | None, format_: Format | None) -> Common:
    before = context.find_object(Common) or Common()
    chosen = Common(settings or before.settings, format_ or before.format, strictly(context))
    if chosen.strict and not any(param.name == "strict" for param in context.command.params):
        raise click.UsageError("--strict is for commands that use adapters.", context)
    if chosen.format in ("md", "html") and context.command.name not in (None, "salesprep", "brief"):
        raise click.UsageError("Only a briefing is written as md or html; this is text or json.", context)
    return chosen


def deadline(command: F) -> F:
    """``--deadline``."""
    option = click.option(
        "--deadline", type=values.Seconds(), metavar="SECONDS", help="How long it may take."
    )
    return option(command)


def output(command: F) -> F:
    """``--output``."""
    option = click.option(
        "--output", metavar="FILE", type=values.OutputFile(), help="Write there, not on the screen."
    )
    return option(command)


def asking(command: F) -> F:
    """The options of the commands that ask for visits."""
    for option in (
        strict,
        click.option("--fresh", is_flag=True, help="Take no kept answer."),
        click.option("--offline", is_flag=True, help="Ask nothing over the network."),
        deadline,
        click.option(
            "--only",
            metavar="SOURCES",
            multiple=True,
            shell_complete=lambda context, _param, begun: source_names(context, begun),
            help="Ask only these sources: crm,wiki",
        ),
    ):
        command = option(command)
    return command


def source_names(context: click.Context, begun: str) -> list[str]:
    """Names of sources for the shell's completion; settings that are wrong complete to nothing."""
    from salesprep.cli.workspace import read_settings
    from salesprep.settings import SettingsError

    done, comma, last = begun.rpartition(",")
    try:
        settings, _, _ = read_settings(context.params.get("settings_"), os.environ, quiet=True)
    except (SettingsError, OSError):
        return []
    return [f"{done}{comma}{name}" for name in settings.sources if name.startswith(last)]


def customers(context: click.Context, begun: str) -> list[CompletionItem]:
    """Ids of remembered customers for the shell's completion, found by id or by name."""
    from click.shell_completion import CompletionItem

    from salesprep.cli.link import remembered_quietly
    from salesprep.settings import SettingsError

    try:
        customers = remembered_quietly(context.params.get("settings_")).customers
    except (SettingsError, OSError):
        return []
    begun = begun.casefold()
    return [
        CompletionItem(c.id, help=c.name)
        for c in customers
        if any(word.casefold().startswith(begun) for word in (c.id, c.name, *c.aliases))
    ]


def decided(context: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """A customer first, then the sources whose ids may follow; for ``forget`` the ids themselves."""
    from click.shell_completion import CompletionItem

    given = tuple(context.params.get("words") or ())
    if not given:
        return customers(context, begun)
    if context.info_name in ("list", "choose", "export"):
        return []
    if context.info_name == "forget":
        from salesprep.cli.link import decided_ids

        ids = decided_ids(context.params.get("settings_"), " ".join(given))
        return [CompletionItem(each) for each in ids if each.startswith(begun) and each not in given]
    return [CompletionItem(f"{name}:") for name in source_names(context, begun)]


def spoken(context: click.Context, name: tuple[str, ...]) -> str | None:
    """NAME as one name, however many words it was typed in."""
    spoken = " ".join(name).strip()
    if name and not spoken:
        raise click.UsageError("NAME is empty; leave it out for the next visit.", context)
    return spoken or None


def on_a_customer(command: F) -> F:
    """NAME, and the options of the commands that show a part of what ``brief`` shows."""
    for option in (
        click.option("--why", is_flag=True, help="Tell of each line how it was matched to this customer."),
        click.option("--pick", metavar="ID", help="Which of several customers: an id such as crm:1042."),
        output,
        asking,
        common,
        click.argument("name", nargs=-1),
    ):
        command = option(command)
    return command
