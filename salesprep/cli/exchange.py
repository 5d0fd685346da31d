"""``link export`` and ``link import``: decisions handed on as a file, and somebody's file taken over."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from salesprep.briefing.links import Links
from salesprep.briefing.links.comparing import Compared, Comparison, Place, Taken, compare, take_over
from salesprep.briefing.links.layers import Layered
from salesprep.briefing.links.shared import lost_by, read_shared, shared_text
from salesprep.briefing.links.writing import LinksNotWrittenError, replace_text
from salesprep.cli import here, talk
from salesprep.cli.decisions import Decisions, open_decisions
from salesprep.cli.exits import Exit
from salesprep.cli.link import one_of
from salesprep.cli.terminal import show, standard_output
from salesprep.cli.workspace import real_now
from salesprep.cli.yes_or_no import agrees
from salesprep.output import exchange as listing
from salesprep.output.links import contrary
from salesprep.settings import SettingsError, Us
from salesprep.view.words import _, _n, count, say

if TYPE_CHECKING:
    from salesprep.cli.commands import Common

Settle = Literal["ours", "theirs", "ask"]


@dataclass(frozen=True, slots=True)
class Handed:
    """What was asked of ``link export``."""

    name: str | None = None
    output: Path | None = None
    mail: bool = False
    """Whoever decided is named by mail address, as it is written here."""
    replace: bool = False
    """What the file holds already may be lost."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What was asked of ``link import``."""

    file: Path
    yes: bool = False
    settle: Settle | None = None
    """Whose word counts where two contradict; ``None``: asked on a terminal, else left as it is."""


def hand_on(common: Common, wanted: Handed) -> Exit:
    """All decisions that count, or those on one customer, as a file for others; no source is asked."""
    decisions = open_decisions(common.settings, os.environ)
    us, links = decisions.us, decisions.layered.links
    if wanted.name is not None:
        links = Links((one_of(links, wanted.name, us),))
    called = str if wanted.mail else (lambda by: team_name(by, us))
    name = wanted.output.name if wanted.output is not None else "links.toml"
    json = common.format == "json"
    text = listing.exported_json(links, called) if json else shared_text(links, name, called)
    n = sum(len(customer.links) for customer in links.customers)
    if wanted.output is None:
        show(text)
    else:
        if not (wanted.replace or json):
            _refuse_to_lose(wanted.output, links, us)
        try:
            replace_text(wanted.output.resolve(), text)
        except LinksNotWrittenError as error:
            line = _("{file}: nothing was written: {why}")
            raise click.ClickException(say(us, line, file=error.path, why=say(us, error.why))) from None
        one, many = _n("{n} decision written to {file}", "{n} decisions written to {file}")
        talk.line(count(us, one, many, n, file=wanted.output))
    place = wanted.output.absolute() if wanted.output is not None else Path("-")
    decisions.audit("link export", place, customers=len(links.customers), decisions=n)
    return Exit.DONE


def take_in(common: Common, wanted: Offered) -> Exit:
    """Somebody's decisions beside one's own; written only when the user says so. No source is asked."""
    return _Taking(common, wanted).run()


def team_name(by: str, us: Us) -> str:
    """As the team calls whoever decided: the name to the mail address, or what stands before the @."""
    if "@" not in by:
        return by
    names = {one.email: one.name for one in us.colleagues}
    names |= {mail: us.name for mail in us.emails if us.name}
    return names.get(by.casefold()) or by.partition("@")[0] or by


def _refuse_to_lose(file: Path, links: Links, us: Us) -> None:
    """
    Raises:
        click.ClickException: the file holds decisions that would be lost.
    """
    try:
        there = read_shared(file)
    except SettingsError as error:
        line = _("{problem}; or replace the whole file with --replace")
        raise click.ClickException(say(us, line, problem=say(us, error.sentence))) from None
    if there is None:
        return
    lost = lost_by(there, links)
    if lost:
        one, many = _n(
            "{file}: nothing was written: {n} decision there would be lost, {id}; "
            "take it over with link import first, or lose it with --replace",
            "{file}: nothing was written: {n} decisions there would be lost, {id} among them; "
            "take them over with link import first, or lose them with --replace",
        )
        raise click.ClickException(count(us, one, many, len(lost), file=file, id=lost[0]))


class _Taking:
    """One import."""

    def __init__(self, common: Common, wanted: Offered) -> None:
        self.json = common.format == "json"
        self.wanted = wanted
        self.decisions: Decisions = open_decisions(common.settings, os.environ)
        self.us = self.decisions.us
        self.now = real_now().astimezone(self.us.zone)
        self.asking = here.is_terminal() and not self.json and not wanted.yes
        if wanted.settle == "ask" and not (here.is_terminal() and not self.json):
            raise click.UsageError(say(self.us, _("--ask asks on a terminal; here take --ours or --theirs")))

    def run(self) -> Exit:
        """Compare, show, ask, write."""
        shared = read_shared(self.wanted.file)
        if shared is None:
            line = _("{file}: there is no such file")
            raise click.UsageError(say(self.us, line, file=self.wanted.file))
        # Held up as a team's file would be, for the words about what is left out.
        offered = Layered(self.decisions.file, self.decisions.layered.own, self.wanted.file, shared)
        compared = compare(offered.own, shared.links)
        if not self.json:
            show(listing.plan_text(compared, self.wanted.file, self.us, self.now, self._columns()))
        for problem in offered.problems:
            talk.line(say(self.us, problem.sentence))
        theirs, open_ = self._settled(compared.of("conflict"))
        taken = self._written(compared, theirs)
        if open_:
            one, many = _n(
                "{n} stays as you have it; to settle it: --ask, --theirs or --ours",
                "{n} stay as you have them; to settle them: --ask, --theirs or --ours",
            )
            talk.line(count(self.us, one, many, len(open_)))
        if self.json:
            show(
                listing.imported_json(
                    compared, taken, offered.problems, self.wanted.file, self.decisions.file, open_
                )
            )
        if taken is None:
            declined = self.asking or self._is_nothing(compared, theirs)
            return (Exit.IN_PART if open_ or offered.problems else Exit.DONE) if declined else Exit.WRONG
        return Exit.IN_PART if open_ or offered.problems else Exit.DONE

    def _settled(self, conflicts: Sequence[Compared]) -> tuple[frozenset[Place], tuple[Compared, ...]]:
        """Where their word is to count, and what nobody has settled."""
        settle = self.wanted.settle
        if settle == "theirs":
            return frozenset(each.place for each in conflicts), ()
        if settle == "ours":
            return frozenset(), ()
        if settle == "ask" or self.asking:
            return self._asked(conflicts), ()
        return frozenset(), tuple(conflicts)

    def _asked(self, conflicts: Sequence[Compared]) -> frozenset[Place]:
        theirs = set()
        for each in conflicts:
            question = _("{difference}. Take theirs?")
            if agrees(
                say(self.us, question, difference=contrary(each, self.us, self.now)), self.us, default=False
            ):
                theirs.add(each.place)
        return frozenset(theirs)

    def _is_nothing(self, compared: Comparison, theirs: Collection[Place]) -> bool:
        taken = take_over(self.decisions.layered.own, compared, theirs)
        return taken.links == self.decisions.layered.own

    def _written(self, compared: Comparison, theirs: frozenset[Place]) -> Taken | None:
        """What was taken over; ``None``: nothing was written."""
        us = self.us
        if self._is_nothing(compared, theirs):
            talk.line(say(us, _("nothing had to be written")))
            return None
        n = len(take_over(self.decisions.layered.own, compared, theirs).written)
        if self.asking:
            one, many = _n("take over {n} decision?", "take over {n} decisions?")
            if not agrees(count(us, one, many, n), us, default=False):
                talk.line(say(us, _("nothing was written")))
                return None
        elif not self.wanted.yes:
            talk.line(say(us, _("nothing was written: say --yes to take this over")))
            return None
        before = self.decisions.layered.own

        def change(own: Links) -> Taken:
            if own != before:
                line = _("nothing was written: your decisions have changed meanwhile; try again")
                raise click.ClickException(say(us, line))
            return take_over(own, compared, theirs)

        taken = self.decisions.update(change)
        self.decisions.audit("link import", self.wanted.file.absolute(), decisions=len(taken.written))
        if not self.json:
            show(listing.taken_text(taken, self.decisions.file, us, self._columns()))
        return taken

    def _columns(self) -> int:
        return standard_output(os.environ).width
