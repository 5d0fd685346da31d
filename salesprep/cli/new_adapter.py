"""``adapter new``: asks what the source is and has a folder made that works at once."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, TypeVar

import click

from salesprep.adapter import Kind
from salesprep.adapter.manifest import Lookup
from salesprep.cli.dialogue import Dialogue, picks
from salesprep.cli.exits import Exit
from salesprep.cli.terminal import show, standard_output
from salesprep.cli.workspace import read_unchecked
from salesprep.kit.starting import (
    LOOKUPS,
    NAME,
    SORTS,
    Sort,
    Taken,
    Wanted,
    project_name,
    source_settings,
    write,
)
from salesprep.settings import Settings, Us, near, person_file
from salesprep.view.lines import wrap
from salesprep.view.words import HEADINGS, _, say

if TYPE_CHECKING:
    from salesprep.cli.commands import Common

WordT = TypeVar("WordT", bound=str)

_SORTS: Mapping[Sort, str] = {
    "http": _("a web interface that answers in JSON"),
    "file": _("a file"),
    "database": _("an SQLite database"),
    "blocking": _("something that a library reads, which blocks"),
}
_LOOKUPS: Mapping[Lookup, str] = {
    "domain": _("its domain: vandijk.example"),
    "name": _("its name"),
    "id": _("the source's own number of it"),
    "email": _("the mail address of somebody there"),
    "handle": _("the name of somebody there on a network"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """The command as it was typed; what is ``None`` or empty is asked."""

    name: str
    sort: str | None
    records: tuple[str, ...]
    look_up: tuple[str, ...]
    folder: Path | None
    package: bool
    yes: bool


def new(common: Common, said: Said) -> Exit:
    """Make it, and say what comes next."""
    settings, dirs, catalogue = read_unchecked(common.settings, os.environ)
    us = settings.us
    if not NAME.match(said.name):
        line = _('"{name}" is no name for an adapter: small letters, digits and _, beginning with a letter')
        raise click.UsageError(say(us, line, name=said.name))
    known = catalogue.installed.get(said.name)
    if known is not None:
        line = _('there is already an adapter named "{name}", in {where}; take another name')
        raise click.UsageError(say(us, line, name=said.name, where=known.where))
    wanted = _asked(said, us)
    folder = said.folder or Path("." if said.package else "adapters")
    try:
        files = write(wanted, folder)
    except Taken as error:
        line = _("{path} is there already, and nothing is overwritten; take another name or --folder")
        raise click.UsageError(say(us, line, path=error)) from None
    except OSError as error:
        line = _("{folder} cannot be written ({error})")
        raise click.ClickException(say(us, line, folder=folder, error=type(error).__name__)) from None
    file = common.settings or person_file(dirs)
    show("\n".join(_told(wanted, folder, files, settings, file)) + "\n")
    return Exit.DONE


# -- what is asked ------------------------------------------------------------------------------


def _asked(said: Said, us: Us) -> Wanted:
    columns = standard_output(os.environ).width
    complete = said.sort and said.records and said.look_up
    dialogue = Dialogue(us, columns, asking=not (said.yes or complete) and sys.stdin.isatty())
    if not (said.yes or complete or dialogue.asking):
        line = _("nobody can be asked here: give --kind-of-source, --records and --look-up, or --yes")
        raise click.UsageError(say(us, line))
    kinds: dict[Kind, str] = {kind: HEADINGS[kind] for kind in Kind}
    sort: Sort = (
        _one_of([said.sort], SORTS, us)[0]
        if said.sort
        else _asks(dialogue, _("What is it that the new adapter reads?"), _SORTS, (SORTS[0],), several=False)[
            0
        ]
    )
    records = _one_of(said.records, list(Kind), us)
    if not records:
        records = _asks(dialogue, _("What does it have?"), kinds, (Kind.TICKET,))
    lookups = _one_of(said.look_up, LOOKUPS, us)
    if not lookups:
        lookups = _asks(dialogue, _("By what can a customer be looked up there?"), _LOOKUPS, LOOKUPS[:1])
    return Wanted(said.name, sort, tuple(records), tuple(lookups), said.package)


def _asks(
    dialogue: Dialogue,
    question: str,
    choices: Mapping[WordT, str],
    usual: Sequence[WordT],
    *,
    several: bool = True,
) -> list[WordT]:
    """Numbers or words out of a list; Enter takes what is usual."""
    us, words = dialogue.us, list(choices)
    longest = max(map(len, words))
    dialogue.say(
        [
            f" {say(us, question)}",
            *(f"   {n:>2}  {word:<{longest}}  {say(us, choices[word])}" for n, word in enumerate(words, 1)),
        ]
    )
    enter = " ".join(str(words.index(word) + 1) for word in usual)
    more = _(" Which? numbers or words; Enter for {numbers}:")
    again = say(us, _("numbers from 1 to {n}, or words of the list"), n=len(words))
    read = _reader(words, several=several)
    answer = dialogue.until(say(us, more, numbers=enter), enter, read, again)
    return [words[int(number) - 1] for number in (answer or enter).split()]


def _reader(words: Sequence[str], *, several: bool) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        parts = text.replace(",", " ").split()
        if parts and all(part in words for part in parts):
            numbers = [words.index(part) + 1 for part in parts]
        else:
            numbers = picks(text, len(words)) or []
        if not numbers or 0 in numbers or (not several and len(numbers) > 1):
            return None
        return " ".join(map(str, dict.fromkeys(numbers)))

    return read


def _one_of(given: Iterable[str], words: Sequence[WordT], us: Us) -> list[WordT]:
    """Words of an option, each of which must be one that there is."""
    found: list[WordT] = []
    for part in (part.strip() for one in given for part in one.split(",")):
        if not part:
            continue
        if part not in words:
            hint = near(part, words)
            mend = _('did you mean "{hint}"?') if hint else _("there are {names}")
            mend = say(us, mend, hint=hint, names=", ".join(words))
            raise click.UsageError(say(us, _('"{word}" is not known here; {mend}'), word=part, mend=mend))
        found.append(next(word for word in words if word == part))
    return list(dict.fromkeys(found))


# -- what is said -------------------------------------------------------------------------------


def _told(wanted: Wanted, folder: Path, files: Sequence[str], settings: Settings, file: Path) -> list[str]:
    us, columns = settings.us, standard_output(os.environ).width
    target = folder / project_name(wanted)
    shown = quote(str(target))

    def paragraph(text: str, left: str = "") -> list[str]:
        return [f"{left}{row}" for row in wrap(text, columns - len(left))]

    inside = [name for name in files if "/sample/" not in f"/{name}"]
    lines = [*paragraph(say(us, _("Made {target}, which works on the sample in it:"), target=target)), ""]
    lines += [f"  {name}" for name in inside]
    more = _("and {n} files in sample/: what the source would answer, invented")
    lines += paragraph(say(us, more, n=len(files) - len(inside)), "  ")
    if wanted.package:
        lines += [
            "",
            *paragraph(say(us, _("Have it found, in the environment that salesprep is installed in:"))),
        ]
        lines += ["", f"  python -m pip install --editable {shown}"]
    lines += ["", *paragraph(say(us, _("Try it; it passes as it is:")))]
    lines += ["", f"  salesprep adapter check {shown}", ""]
    change = _(
        "Change adapter.py and sample/ to what your source answers, until it passes again. Then have it"
        " asked, by adding this to your settings, {file}:"
    )
    lines += [*paragraph(say(us, change, file=file)), ""]
    place, beside = folder.absolute(), file.absolute().parent
    if not wanted.package and place not in (known.absolute() for known in settings.adapter_folders):
        named = place.relative_to(beside) if place.is_relative_to(beside) else place
        lines += ["[adapters]", f"folders = [{json.dumps(named.as_posix(), ensure_ascii=False)}]", ""]
    return [*lines, *source_settings(wanted).splitlines()]
