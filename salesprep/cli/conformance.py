"""``adapter check``: runs the conformance kit on one adapter and tells what it found.

The checks speak English, as the contract does: what they say is for whoever writes an adapter.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from salesprep import kit
from salesprep.cli.exits import Exit
from salesprep.cli.terminal import error_columns, show, standard_output, tell
from salesprep.cli.workspace import open_workspace, read_unchecked
from salesprep.kit import CHECKS, CheckInfo, Report, Result
from salesprep.output.listing import LEVELS, dump
from salesprep.settings import Settings, Us, near
from salesprep.view.lines import cut, one_line, width, wrap
from salesprep.view.sources_board import OUTCOMES
from salesprep.view.words import _, _n, count, say

if TYPE_CHECKING:
    from salesprep.cli.commands import Common

_MANIFEST = "adapter.toml"
_DEEP = 3
"""Folders down to which the adapter of a distribution is looked for."""
_SUBJECTS: Mapping[str, str] = {
    "loading": _("Loading it"),
    "settings": _("Its settings"),
    "secrets": _("Secrets, and what records say"),
    "answers": _("Its answers"),
    "clocks": _("Times"),
    "text": _("Texts"),
    "pages": _("Pages"),
    "lookups": _("Looking for a customer"),
    "running": _("Running it"),
    "apart": _("Calls that know nothing of each other"),
    "files": _("Files in trouble"),
    "status": _("A server that refuses"),
    "troubles": _("A server in trouble"),
    "bodies": _("Answers that are something else"),
    "fields": _("Answers that have changed"),
    "manners": _("Whom it speaks to"),
    "live": _("At the real source"),
}


def check(common: Common, which: str, *, live: bool, only: Sequence[str]) -> Exit:
    """Run the checks and show the report: 0 if nothing failed, 1 if something did."""
    settings, _dirs, catalogue = read_unchecked(common.settings, os.environ)
    us = settings.us
    # Of those that cannot be loaded, too: why not is what the kit tells.
    known = {one.name: Path(one.where) for one in catalogue.broken if one.where}
    known = {name: place for name, place in known.items() if (place / _MANIFEST).is_file()}
    known |= {name: Path(one.where) for name, one in catalogue.installed.items()}
    folder = known.get(which) or _folder(which, known, us)
    names = _names(only, us)
    source = _live(common, folder, us) if live else None
    progress = _Progress(len(names or CHECKS), us)
    try:
        report = kit.check(folder, live=source, only=names, tell=progress.tell)
    finally:
        progress.clear()
    if common.format == "json":
        show(report_json(report, folder))
    else:
        show(report_text(report, folder, us, standard_output(os.environ).width))
    return Exit.DONE if report.ok else Exit.IN_PART


# -- what is to be checked ----------------------------------------------------------------------


def _folder(which: str, known: Mapping[str, Path], us: Us) -> Path:
    """A folder with an adapter in it; of a distribution the one within.

    Raises:
        click.UsageError: there is none, or there are several.
    """
    place = Path(which).expanduser()
    if (place / _MANIFEST).is_file():
        return place
    found = [folder for deep in range(1, _DEEP + 1) for folder in _within(place, deep)]
    if len(found) == 1:
        return found[0]
    if found:
        line = _("there are several adapters in {folder}: {names}; name one of them")
        raise click.UsageError(say(us, line, folder=place, names=", ".join(map(str, found))))
    if place.is_dir():
        raise click.UsageError(say(us, _("there is no adapter.toml in {folder}"), folder=place))
    hint = near(which, known)
    line = _('there is no adapter and no folder "{name}"; did you mean "{hint}"?')
    if not hint:
        line = _('there is no adapter and no folder "{name}"; installed: {names}')
    raise click.UsageError(say(us, line, name=which, hint=hint, names=", ".join(sorted(known))))


def _within(place: Path, deep: int) -> Iterator[Path]:
    for manifest in sorted(place.glob("/".join(["*"] * deep + [_MANIFEST]))):
        if not any(part.startswith(".") for part in manifest.relative_to(place).parts):
            yield manifest.parent


def _names(only: Iterable[str], us: Us) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(part.strip() for one in only for part in one.split(",") if part.strip()))
    for name in names:
        if name not in CHECKS:
            hint = near(name, CHECKS)
            line = _('there is no check "{name}"; did you mean "{hint}"?')
            line = line if hint else _('there is no check "{name}"; docs/kit.md lists them')
            raise click.UsageError(say(us, line, name=name, hint=hint))
    return names


def _live(common: Common, folder: Path, us: Us) -> Settings:
    """The user's settings, with those sources alone that use the adapter.

    Raises:
        click.UsageError: there is no such source.
    """
    space = open_workspace(common.settings, os.environ)
    catalogue = read_unchecked(common.settings, os.environ, quiet=True)[2]
    names = {
        name for name, one in catalogue.installed.items() if Path(one.where).resolve() == folder.resolve()
    }
    sources = {name: one for name, one in space.settings.sources.items() if one.adapter in names}
    if not sources:
        line = _("no source of your settings uses the adapter in {folder}; --live asks one")
        raise click.UsageError(say(us, line, folder=folder))
    return replace(
        space.settings,
        sources={
            name: replace(one, config=_rooted(one.config, space.roots)) for name, one in sources.items()
        },
    )


def _rooted(config: Mapping[str, object], roots: Mapping[str, Path]) -> dict[str, object]:
    """With paths of the sample written out: the kit knows no named roots."""

    def value(told: object) -> object:
        if isinstance(told, str):
            root, colon, rest = told.partition(":")
            return str(roots[root] / rest) if colon and root in roots else told
        if isinstance(told, Mapping):
            return {key: value(inner) for key, inner in told.items()}
        return [value(inner) for inner in told] if isinstance(told, list) else told

    return {key: value(told) for key, told in config.items()}


# -- what is told -------------------------------------------------------------------------------


class _Progress:
    """One line on a terminal's standard error, elsewhere nothing: which check it is at."""

    def __init__(self, most: int, us: Us) -> None:
        self._most, self._us, self._done, self._shown = most, us, 0, 0
        self._columns = error_columns()

    def tell(self, info: CheckInfo) -> None:
        """It is the turn of ``info``."""
        self._done += 1
        if self._columns is not None:
            text = say(self._us, _("checking {n} of {most}: {name}"))
            self._draw(cut(text.format(n=self._done, most=self._most, name=info.name), self._columns - 1))

    def clear(self) -> None:
        """The line is empty again."""
        if self._shown:
            self._draw("")
            tell("\r")

    def _draw(self, text: str) -> None:
        blank = " " * max(0, self._shown - width(text))
        tell(f"\r{text}{blank}")
        self._shown = width(text)
        sys.stderr.flush()


def report_text(report: Report, folder: Path, us: Us, columns: int) -> str:
    """One line for each check, by subject; then what failed, why it matters and what mends it."""
    lines = [f"{report.adapter} {report.version}  {folder}"]
    names = max((len(result.check) for result in report.results), default=0)
    words = {outcome: say(us, OUTCOMES[outcome]) for outcome in ("passed", "failed", "skipped")}
    widest = max(map(width, words.values()))
    for subject, results in groupby(report.results, lambda result: CHECKS[result.check].subject):
        lines += ["", say(us, _SUBJECTS.get(subject, subject))]
        for result in results:
            word = words[result.outcome]
            start = f"  {word}{' ' * (widest - width(word))}  {result.check:<{names}}  "
            told = result.found if result.outcome == "skipped" else CHECKS[result.check].title
            lines += _beside(start, told, columns)
    failed = list(report.failed)
    if failed:
        lines += ["", say(us, _("WHAT FAILED"))]
        for result in failed:
            lines += ["", f"  {result.check}", *_explained(result, us, columns)]
    return "\n".join([*lines, "", *wrap(_summary(report, us), columns)]) + "\n"


def _beside(start: str, told: str, columns: int) -> list[str]:
    first, *more = wrap(one_line(told), max(20, columns - len(start))) or [""]
    return [f"{start}{first}".rstrip(), *(" " * len(start) + row for row in more)]


def _explained(result: Result, us: Us, columns: int) -> Iterator[str]:
    parts = ((_("found"), result.found), (_("why it matters"), result.why), (_("mend"), result.mend))
    labels = [say(us, label) for label, _text in parts]
    widest = max(map(width, labels))
    for label, (_label, text) in zip(labels, parts, strict=True):
        yield from _beside(f"    {label}{' ' * (widest - width(label))}  ", text, columns)


def _summary(report: Report, us: Us) -> str:
    found = Counter(result.outcome for result in report.results)
    line = _("{passed}, {failed}, {skipped}, in {seconds} s")
    text = say(
        us,
        line,
        passed=count(us, *_n("{n} passed", "{n} passed"), found["passed"]),
        failed=count(us, *_n("{n} failed", "{n} failed"), found["failed"]),
        skipped=count(us, *_n("{n} skipped", "{n} skipped"), found["skipped"]),
        seconds=f"{report.seconds:.1f}",
    )
    level = LEVELS.get(report.level)
    return f"{text}: {say(us, level)}" if level else text


def report_json(report: Report, folder: Path) -> str:
    """``salesprep.adapter-check/1``."""
    return dump(
        "salesprep.adapter-check/1",
        adapter=report.adapter,
        version=report.version,
        where=str(folder),
        ok=report.ok,
        level=report.level,
        seconds=round(report.seconds, 3),
        checks=[
            {**asdict(result), "subject": CHECKS[result.check].subject, "title": CHECKS[result.check].title}
            for result in report.results
        ],
    )
