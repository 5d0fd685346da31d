"""The commands with their arguments. What they do lies beside this module and is imported when one
runs, so that ``--help`` costs nothing more than click.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from salesprep.cli.exits import Exit

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Format = Literal["text", "md", "html", "json"]
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Common:
    """What every command takes, here or before its name."""

    settings: Path | None = None
    format: Format = "text"


def _common(command: F) -> F:
    """``--settings`` and ``--format``."""
    format_ = click.option(
        "--format",
        "format_",
        type=click.Choice(["text", "json"]),
        help="Text to read, or JSON for other programs.",
    )
    return _settings(format_(command))


def _briefing(command: F) -> F:
    """As :func:`_common`, of what can be written as a page too."""
    format_ = click.option(
        "--format",
        "format_",
        type=click.Choice(["text", "md", "html", "json"]),
        help="Text to read, a page (Markdown, HTML), or JSON for other programs.",
    )
    return _settings(format_(command))


def _settings(command: F) -> F:
    """``--settings``."""
    option = click.option(
        "--settings",
        "settings_",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="A settings file over your own.",
    )
    return option(command)


def _chosen(context: click.Context, settings: Path | None, format_: Format | None) -> Common:
    before = context.find_object(Common) or Common()
    chosen = Common(settings or before.settings, format_ or before.format)
    if chosen.format in ("md", "html") and context.command is not brief:
        raise click.UsageError("Only a briefing is written as md or html; this is text or json.", context)
    return chosen


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
        settings, _, _ = read_settings(context.params.get("settings_"), os.environ, quiet=True)
    except (SettingsError, OSError):
        return []
    return [f"{done}{comma}{name}" for name in settings.sources if name.startswith(last)]


def _customers(context: click.Context, begun: str) -> list[CompletionItem]:
    """Ids of remembered customers for the shell's completion, found by id or by name."""
    from click.shell_completion import CompletionItem

    from salesprep.briefing.links import read_links
    from salesprep.cli.link import links_file
    from salesprep.settings import SettingsError

    try:
        customers = read_links(links_file(context.params.get("settings_"))).customers
    except (SettingsError, OSError):
        return []
    begun = begun.casefold()
    return [
        CompletionItem(c.id, help=c.name)
        for c in customers
        if any(word.casefold().startswith(begun) for word in (c.id, c.name, *c.aliases))
    ]


def _links(context: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """A customer first, then the sources whose ids may follow; for ``forget`` the ids themselves."""
    from click.shell_completion import CompletionItem

    given = tuple(context.params.get("words") or ())
    if not given:
        return _customers(context, begun)
    if context.info_name == "forget":
        from salesprep.cli.link import decided_ids

        ids = decided_ids(context.params.get("settings_"), " ".join(given))
        return [CompletionItem(each) for each in ids if each.startswith(begun) and each not in given]
    return [CompletionItem(f"{name}:") for name in _sources(context, begun)]


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
@_briefing
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
@click.argument("name", nargs=-1, shell_complete=lambda context, _param, begun: _customers(context, begun))
@_briefing
@_asking
@click.option(
    "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write there, not on the screen."
)
@click.option("--pick", metavar="ID", help="Which of several customers: an id such as crm:1042.")
@click.option("--why", is_flag=True, help="Tell of each line how it was matched to this customer.")
@click.option("--note", is_flag=True, help="In JSON too: your own note on the customer.")
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
    note: bool,
) -> Exit:
    """The briefing on NAME; without NAME on the customer of the next visit."""
    from salesprep.cli import look

    spoken = _spoken(context, name)
    wanted = look.Wanted(spoken, look.listed(only), deadline, offline, fresh, output, pick, why, note)
    return look.brief(_chosen(context, settings_, format_), wanted)


def _spoken(context: click.Context, name: tuple[str, ...]) -> str | None:
    """NAME as one name, however many words it was typed in."""
    spoken = " ".join(name).strip()
    if name and not spoken:
        raise click.UsageError("NAME is empty; leave it out for the next visit.", context)
    return spoken or None


def _on_a_customer(command: F) -> F:
    """NAME, and the options of the commands that show a part of what ``brief`` shows."""
    for option in (
        click.option("--why", is_flag=True, help="Tell of each line how it was matched to this customer."),
        click.option("--pick", metavar="ID", help="Which of several customers: an id such as crm:1042."),
        click.option(
            "--output",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Write there, not on the screen.",
        ),
        _asking,
        _common,
        click.argument("name", nargs=-1),
    ):
        command = option(command)
    return command


@salesprep.command()
@_on_a_customer
@click.option("--days", type=click.IntRange(1, 36500), metavar="N", help="Of the last N days; by default 90.")
@click.option("--person", metavar="NAME", help="Only contacts with this one.")
@click.option("--all", "--older", "every", is_flag=True, help="Older ones too: all that the sources give.")
@click.pass_context
def contacts(
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
    days: int | None,
    person: str | None,
    every: bool,
) -> Exit:
    """Recent contacts with NAME, or with the customer of the next visit: who of us with whom of them."""
    from salesprep.cli import contacts as shown
    from salesprep.cli import look

    wanted = look.Wanted(
        _spoken(context, name), look.listed(only), deadline, offline, fresh, output, pick, why
    )
    if days is not None and every:
        raise click.UsageError("--days and --all contradict each other.", context)
    return shown.contacts(_chosen(context, settings_, format_), wanted, shown.Span(days, person, every))


@salesprep.command()
@_on_a_customer
@click.pass_context
def people(
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
    """Who is there at NAME, or at the customer of the next visit; what each source tells of them."""
    from salesprep.cli import contacts as shown
    from salesprep.cli import look

    wanted = look.Wanted(
        _spoken(context, name), look.listed(only), deadline, offline, fresh, output, pick, why
    )
    return shown.people(_chosen(context, settings_, format_), wanted)


@salesprep.command()
@click.argument("name", nargs=-1)
@_common
@_asking
@click.option("--pick", metavar="ID", help="Which of several customers: an id such as crm:1042.")
@click.option("--show", is_flag=True, help="Print it.")
@click.option("--path", is_flag=True, help="Print where it lies, or would lie.")
@click.option("--add", metavar="WORDS", help="Append a line.")
@click.pass_context
def note(
    context: click.Context,
    name: tuple[str, ...],
    settings_: Path | None,
    format_: Format | None,
    only: tuple[str, ...],
    deadline: float | None,
    offline: bool,
    fresh: bool,
    pick: str | None,
    show: bool,
    path: bool,
    add: str | None,
) -> Exit:
    """Your own note on NAME, or on the customer of the next visit, in your editor.

    A Markdown file on this machine. It stands last in the briefing and goes nowhere else.
    """
    from salesprep.cli import look
    from salesprep.cli import note as own

    if show + path + (add is not None) > 1:
        raise click.UsageError("only one of --show, --path and --add.", context)
    wanted = look.Wanted(_spoken(context, name), look.listed(only), deadline, offline, fresh, pick=pick)
    return own.note(_chosen(context, settings_, format_), wanted, own.Asked(show, path, add))


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


@salesprep.command()
@click.argument("place", metavar="PATH|URL")
@_common
@click.option("--yes", is_flag=True, help="Ask nothing; take what Enter would.")
@click.option("--dry-run", is_flag=True, help="Say what would be added, and add nothing.")
@click.option(
    "--only", metavar="WHICH", multiple=True, help="Of what is found only these: numbers, files or names."
)
@click.option("--name", metavar="NAME", help="What the new source is called in the settings.")
@click.option("--as", "adapter", metavar="ADAPTER", help="Read it with this adapter.")
@click.pass_context
def add(
    context: click.Context,
    place: str,
    settings_: Path | None,
    format_: Format | None,
    yes: bool,
    dry_run: bool,
    only: tuple[str, ...],
    name: str | None,
    adapter: str | None,
) -> Exit:
    """Set up what lies there: a table, an export, a calendar, a wiki, or a folder of them.

    PATH is a file or a folder, URL the address of a calendar. What is in it decides, not its name.
    Nothing is copied; your own settings file is written, and its comments stay.
    """
    from salesprep.cli import add as adding
    from salesprep.cli.setting_up import Wanted

    names = tuple(part for one in only for part in one.split(",") if part.strip())
    wanted = Wanted(place, name, adapter, names, yes, dry_run)
    return adding.add(_chosen(context, settings_, format_), wanted)


@salesprep.command()
@_common
@click.pass_context
def init(context: click.Context, settings_: Path | None, format_: Format | None) -> Exit:
    """Set up your own data, one file after the other; Enter takes what is proposed."""
    from salesprep.cli import add as adding

    return adding.init(_chosen(context, settings_, format_))


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


@salesprep.group(invoke_without_command=True)
@click.option("--why", metavar="KEY", help="Who says what about this key, or all beneath it: us.zone")
@_common
@click.pass_context
def settings(
    context: click.Context, why: str | None, settings_: Path | None, format_: Format | None
) -> Exit | None:
    """What is in force and which file decided it; secrets are hidden."""
    context.obj = _chosen(context, settings_, format_)
    if context.invoked_subcommand is not None:
        return None
    from salesprep.cli import settings as listed

    return listed.settings(context.obj, why)


@settings.command("trust")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--list", "list_", is_flag=True, help="The folders that you trust.")
@click.option("--forget", is_flag=True, help="Trust FOLDER no more.")
@_common
@click.pass_context
def settings_trust(
    context: click.Context,
    folder: Path | None,
    yes: bool,
    list_: bool,
    forget: bool,
    settings_: Path | None,
    format_: Format | None,
) -> Exit:
    """Let the settings.toml of FOLDER be read whenever you are there; by default the current folder's.

    It may name code and where secrets go, so it is shown first what it could do. Once the file
    changes it has to be trusted anew.
    """
    from salesprep.cli import trust

    asked = trust.Asked(folder, yes, list_, forget)
    return trust.settings_trust(_chosen(context, settings_, format_), asked)


@sources.command()
@_common
@click.pass_context
def kept(context: click.Context, settings_: Path | None, format_: Format | None) -> Exit:
    """Every file that salesprep keeps, and whose it is."""
    from salesprep.cli import kept as files

    return files.kept(_chosen(context, settings_, format_))


@salesprep.group()
@_common
@click.pass_context
def link(context: click.Context, settings_: Path | None, format_: Format | None) -> None:
    """What you have decided: this account or record is, or is not, that customer.

    An account is written SOURCE:ID (crm:1042), any other record SOURCE/KIND:ID (wiki/document:7).
    NAME is a customer's name, an alias, an id of links.toml, or an account's SOURCE:ID.
    """
    context.obj = _chosen(context, settings_, format_)


def _decisions(command: F) -> F:
    """``--offline`` and ``--deadline`` of the commands that look before they write."""
    offline = click.option("--offline", is_flag=True, help="Ask nothing over the network.")
    return offline(_deadline(command))


_WORDS = click.argument("words", nargs=-1, required=True, metavar="NAME SOURCE:ID...", shell_complete=_links)


@link.command("list")
@click.argument("words", nargs=-1, metavar="[NAME]", shell_complete=_links)
@_common
@click.pass_context
def link_list(
    context: click.Context, words: tuple[str, ...], settings_: Path | None, format_: Format | None
) -> Exit:
    """The remembered customers with every decision: what, who, when."""
    from salesprep.cli import link as deciding

    return deciding.remembered(_chosen(context, settings_, format_), " ".join(words) or None)


@link.command("choose")
@click.argument("words", nargs=-1, required=True, metavar="NAME", shell_complete=_links)
@_common
@_decisions
@click.pass_context
def link_choose(
    context: click.Context,
    words: tuple[str, ...],
    settings_: Path | None,
    format_: Format | None,
    offline: bool,
    deadline: float | None,
) -> Exit:
    """Everything that may be NAME's, over all sources, decided together."""
    from salesprep.cli import choose
    from salesprep.cli.link import Asked

    asked = Asked(" ".join(words), offline=offline, deadline=deadline)
    return choose.choose(_chosen(context, settings_, format_), asked)


@link.command("confirm")
@_WORDS
@click.option("--move", is_flag=True, help="Take it from the customer that it was before.")
@_common
@_decisions
@click.pass_context
def link_confirm(
    context: click.Context,
    words: tuple[str, ...],
    move: bool,
    settings_: Path | None,
    format_: Format | None,
    offline: bool,
    deadline: float | None,
) -> Exit:
    """These are the customer NAME."""
    from salesprep.cli import link as deciding

    asked = deciding.Asked(*deciding.split(words), move=move, offline=offline, deadline=deadline)
    return deciding.decided(_chosen(context, settings_, format_), asked, "is")


@link.command("reject")
@_WORDS
@_common
@_decisions
@click.pass_context
def link_reject(
    context: click.Context,
    words: tuple[str, ...],
    settings_: Path | None,
    format_: Format | None,
    offline: bool,
    deadline: float | None,
) -> Exit:
    """These are not the customer NAME, whatever they are called."""
    from salesprep.cli import link as deciding

    asked = deciding.Asked(*deciding.split(words), offline=offline, deadline=deadline)
    return deciding.decided(_chosen(context, settings_, format_), asked, "is_not")


@link.command("forget")
@click.argument("words", nargs=-1, required=True, metavar="NAME [SOURCE:ID]...", shell_complete=_links)
@_common
@click.pass_context
def link_forget(
    context: click.Context, words: tuple[str, ...], settings_: Path | None, format_: Format | None
) -> Exit:
    """Forget what was decided about these, or all of NAME."""
    from salesprep.cli import link as deciding

    return deciding.forgotten(
        _chosen(context, settings_, format_), deciding.Asked(*deciding.split(words, some=False))
    )


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
