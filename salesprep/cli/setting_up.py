"""Setting up what lies at one place: look, ask the little that is not known, write it down, tell."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from salesprep.cli import here, log, talk
from salesprep.cli.dialogue import Dialogue, named
from salesprep.cli.exits import Exit
from salesprep.cli.looking import Looking
from salesprep.cli.terminal import show, standard_output
from salesprep.cli.workspace import company_file, read_settings
from salesprep.settings import Settings, Source, check_secrets, load, near, person_file
from salesprep.setup import (
    Adapters,
    Change,
    Looked,
    Offer,
    Place,
    Plan,
    SetupError,
    Trouble,
    apply,
    changed_us,
    fetch,
    look,
    me_of,
    plan,
    unsaid,
)
from salesprep.sources import find_adapters
from salesprep.view import proposals as view
from salesprep.view.lines import one_line
from salesprep.view.words import _, say

if TYPE_CHECKING:
    from salesprep.cli.commands import Common

FOR_A_CHECK = 10.0
"""Seconds for an adapter's look at the settings that it proposed itself."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    place: str
    name: str | None = None
    adapter: str | None = None
    only: tuple[str, ...] = ()
    yes: bool = False
    dry_run: bool = False
    legal_basis: str | None = None
    """By what right people are kept, in words."""


@dataclass(frozen=True, slots=True)
class Done:
    """How one place came out."""

    code: Exit
    added: bool = False


class SettingUp:
    """One run over the settings as they are now."""

    def __init__(self, common: Common, wanted: Wanted) -> None:
        self.common = common
        self.wanted = wanted
        # Whatever is wrong with the settings is said before anybody is asked anything.
        _settings, self.dirs, self.catalogue = read_settings(common.settings, os.environ)
        self.file = person_file(self.dirs)
        self.settings = self.load(self.file)
        self.catalogue = find_adapters(self.settings.adapter_folders)
        self.adapters = Adapters(self.catalogue, only=self.adapter())
        self.manifests = {name: self.adapters.manifest(name) for name in self.adapters.names}
        self.json = common.format == "json"
        asking = not (wanted.yes or wanted.dry_run or self.json) and here.is_terminal()
        self.columns = standard_output(os.environ).width
        self.dialogue = Dialogue(self.settings.us, self.columns, asking=asking)
        log.start(os.environ)

    def load(self, person: Path) -> Settings:
        """The settings in force with ``person`` as the user's own file, and never the sample's."""
        return load(
            os.environ,
            explicit=self.common.settings,
            person=person,
            company=company_file(),
            state=self.dirs.state,
        )

    def adapter(self) -> str | None:
        """The one that ``--as`` names."""
        name = self.wanted.adapter
        able = [
            one.manifest.name
            for one in self.catalogue.installed.values()
            if "recognise" in one.manifest.abilities
        ]
        if name is None or name in able:
            return name
        hint = near(name, able)
        mend = (
            _('did you mean "{hint}"?', hint=hint)
            if hint
            else _("there are {names}", names=", ".join(sorted(able)))
        )
        line = _('--as: no adapter called "{name}" recognises anything; {mend}')
        raise click.UsageError(say(self.settings.us, line, name=name, mend=mend))

    def now(self) -> datetime:
        """Aware, in the user's zone."""
        return datetime.now(self.settings.us.zone)

    def show(self, lines: Iterable[str]) -> None:
        """On standard output."""
        show("".join(f"{line}\n" for line in lines))

    # -- one place --

    def add(self, place: Place) -> Done:
        """Look, ask, write, tell. Once: what is in force is another thing afterwards."""
        try:
            return self._add(place)
        except click.Abort:
            self.show([""])  # the question's own line stays open
            talk.line(say(self.settings.us, _("nothing was added")))
            raise
        finally:
            self.adapters.close()

    def _add(self, place: Place) -> Done:
        looked = self.look(place)
        self.tell_troubles(looked)
        usual = _usual(looked)
        offers = [offer for finding in looked.findings for offer in finding.readings[0]]
        if not offers:
            return self.nothing(place, looked)
        try:
            only = named(offers, self.wanted.only) if self.wanted.only else None
        except SetupError as error:
            raise click.UsageError(say(self.settings.us, error.sentence)) from None
        if not self.json:
            self.show(view.found(offers, self.settings.us, self.columns))
        picked = only if only is not None else self.dialogue.picked(offers, usual)
        if not picked and not self.dialogue.asking and not self.json:
            talk.line(
                say(self.settings.us, _("none of this is sure; choose with --only, such as --only 1,2"))
            )
            return Done(Exit.NOTHING)
        chosen, left = self.chosen(looked, offers, picked)
        self.tell_left(left)
        changes = self.plan(chosen)
        changed = any(change.kind != "there" for change in changes)
        return self.write(offers, Plan(changes, self.us(chosen) if changed else {}), looked, left)

    def us(self, chosen: Iterable[Offer]) -> dict[str, object]:
        """What is to be written of us: who the user says to be, and what the machine tells."""
        me = None
        if not self.settings.us.emails and self.locked("us.emails") is None:
            me = self.dialogue.me(me_of(offer.proposal.me for offer in chosen))
        zone = here.told_zone()
        if zone is None and "us.zone" not in self.settings.origins and sys.platform == "win32":
            zone = self.dialogue.zone()  # Windows has no name for it that others know
        return changed_us(self.settings, me, zone=zone, locale=here.known_locale(), locked=self.locked)

    def look(self, place: Place) -> Looked:
        """What there is; an address is asked first."""
        with Looking(self.settings.us) as tell:
            if place.url is not None:
                tell(place.shown, 1, 1)
                fetched = fetch(place, now=self.now)
                if isinstance(fetched, Trouble):
                    return Looked(troubles=(fetched,), asked=1)
                place = fetched
            looked = look(place, self.adapters, now=self.now(), tell=tell)
        if self.wanted.legal_basis is not None:
            looked = looked.stating(self.wanted.legal_basis)
        broken = tuple(
            Trouble(one.name, one.failure, own=True)
            for one in self.catalogue.broken
            if self.wanted.adapter in (None, one.name)
        )
        return replace(looked, troubles=(*broken, *looked.troubles))

    def chosen(
        self, looked: Looked, offers: Sequence[Offer], picked: Sequence[Offer]
    ) -> tuple[list[Offer], list[Offer]]:
        """The picked ones, each in the reading and with the choices that the user wants; and those left
        out, because something was not said that only the user can say."""
        chosen: list[Offer] = []
        left: list[Offer] = []
        for finding in looked.findings:
            mine = [offer for offer in finding.readings[0] if offer in picked]
            if mine and len(finding.readings) > 1 and self.dialogue.asking:
                titles = [
                    f"{self.manifests[one.adapter].title}: {say(self.settings.us, one.proposal.what)}"
                    for one in (reading[0] for reading in finding.readings)
                ]
                reading = self.dialogue.reading(finding, titles)
                mine = mine if reading is finding.readings[0] else list(reading)
            for offer in mine:
                is_there = all(change.kind == "there" for change in self.plan([offer]))
                number = offers.index(offer) + 1 if offer in offers else 1
                made = offer if is_there else self.dialogue.chosen(number, offer)
                if made is not None:
                    chosen.append(made)
                else:
                    left.append(offer)
        return chosen, left

    def plan(self, offers: Iterable[Offer]) -> tuple[Change, ...]:
        """What becomes of these."""
        try:
            return plan(
                offers,
                self.settings,
                self.manifests,
                file=self.file,
                name=self.wanted.name,
                locked=self.locked,
            )
        except SetupError as error:
            raise click.UsageError(say(self.settings.us, error.sentence)) from None

    def locked(self, dotted: str) -> str | None:
        """The company's or team's file that keeps the user's own from setting a key."""
        above = {str(layer.file) for layer in self.settings.layers if layer.kind in ("company", "team")}
        key = tuple(dotted.split("."))
        for lock, file in self.settings.locks.items():
            shorter = min(len(lock), len(key))
            # A lock on one source does not keep others from being added to "sources".
            if file in above and lock[:shorter] == key[:shorter] and len(key) >= min(len(lock), 2):
                return file
        return None

    # -- writing --

    def write(self, offers: Sequence[Offer], whole: Plan, looked: Looked, left: Sequence[Offer] = ()) -> Done:
        """Write the plan, if it is to be written, and tell what came of it."""
        us = self.settings.us
        accepted = self.accepted(whole.changes)
        refused = len(accepted) < len(whole.changes)
        whole = replace(whole, changes=accepted)
        writes = not whole.is_empty and (self.wanted.yes or self.dialogue.asking) and not self.wanted.dry_run
        if writes:
            head = say(us, view.HEAD)
            apply(
                whole,
                self.file,
                self.manifests,
                secrets=self.dirs.config / "secrets",
                head=head,
                check=self.check,
            )
        code = self.code(whole, looked, lost=refused or bool(left and not self.dialogue.asking))
        if self.json:
            from salesprep.output.proposals import proposals_json

            text = proposals_json(
                offers,
                whole.changes,
                us=whole.us,
                troubles=[*looked.troubles, *map(unsaid, left)],
                manifests=self.manifests,
                file=self.file,
                added=writes,
            )
            show(text)
            return Done(code, writes)
        if writes or not whole.changes or all(change.kind == "there" for change in whole.changes):
            lines = view.done(whole.changes, self.file, us) or [" " + say(us, _("Nothing was added"))]
            self.show([*lines, *view.notices(whole.changes, us, self.columns)])
            if writes and "emails" not in whole.us:
                self.tell_open()
            return Done(code, writes)
        lines = view.would(whole.changes, whole.us, self.file, us)
        self.show([*lines, *view.notices(whole.changes, us, self.columns)])
        if self.wanted.dry_run:
            return Done(code)
        talk.line(say(us, _("nothing was added: nobody can be asked here; say --yes to add this")))
        return Done(Exit.WRONG)

    def code(self, whole: Plan, looked: Looked, *, lost: bool) -> Exit:
        """How it ended. ``lost``: something that was to be added is not.

        A file that nobody can read counts where all that there is was asked for and something came of
        it: not beside what was named or picked, and not where there was nothing to do.
        """
        if lost:
            return Exit.IN_PART if whole.changes else Exit.WRONG
        everything = not (self.dialogue.asking or self.wanted.only)
        return Exit.IN_PART if everything and looked.troubles and not whole.is_empty else Exit.DONE

    def accepted(self, changes: Iterable[Change]) -> tuple[Change, ...]:
        """Those whose adapter takes the settings that it proposed itself; of the others it is said."""
        kept: list[Change] = []
        for change in changes:
            before = self.settings.sources.get(change.name)
            file = before.file if before is not None else self.file
            config: dict[str, Any] = dict(before.config) if before is not None else {}
            for key, value in change.config.items():
                config[key] = [*config[key], *value] if key in config else value
            source = Source(change.name, change.adapter, change.title, config, file)
            # What is a secret is no reference yet, and its adapter would refuse it.
            ready = change.kind == "there" or _holds_secret(change, self.manifests[change.adapter].secrets)
            failure = None if ready else self.adapters.check(source, os.environ, FOR_A_CHECK)
            if failure is None:
                kept.append(change)
            else:
                talk.line(view.trouble(change.title, failure, self.settings.us))
        return tuple(kept)

    def check(self, draft: Path) -> None:
        """Load the settings with ``draft`` in place of the user's own file."""
        check_secrets(
            self.load(draft), {name: one.manifest for name, one in self.catalogue.installed.items()}
        )

    def tell_open(self) -> None:
        """Who we are is what makes a guest a customer: where that stays open, it is said."""
        us = self.settings.us
        if us.emails:
            return
        by = self.locked("us.emails")
        line = _("who you are is not known, so anybody may be taken for a customer; {mend}")
        mend = _("write emails = [...] under [us] in {file}, or add something on a terminal")
        mend = _("us.emails is locked by {file}") if by else mend
        talk.line(say(us, line, mend=say(us, mend, file=by or self.file)))

    # -- what cannot be had --

    def tell_troubles(self, looked: Looked) -> None:
        """Each with who mends it, on standard error; the others go on."""
        if self.json:
            return
        for trouble in looked.troubles:
            talk.line(view.trouble(trouble.shown, trouble.failure, self.settings.us))
        if looked.beyond:
            line = _("{n} older ones were not looked at; name one of them to have it read")
            talk.line(say(self.settings.us, line, n=looked.beyond))

    def tell_left(self, left: Iterable[Offer]) -> None:
        """What is not added: because the user said so, or because nobody could be asked."""
        us = self.settings.us
        if self.dialogue.asking:
            self.show(view.left_out(offer, us) for offer in left)
        elif not self.json:
            for one in map(unsaid, left):
                talk.line(view.trouble(one.shown, one.failure, us))

    def nothing(self, place: Place, looked: Looked) -> Done:
        """Nobody here can read it."""
        if self.json:
            self.write([], Plan((), {}), looked)
        elif not looked.troubles:
            us = self.settings.us
            line = _("{place}: nothing that I can read; what I can: {titles}")
            titles = ", ".join(say(us, one.title) for one in self.manifests.values())
            talk.line(say(us, line, place=one_line(place.shown), titles=titles))
        return Done(Exit.NOTHING)


def _usual(looked: Looked) -> list[Offer]:
    """What is set up without further ado: all that is more than possible; of a single thing that was
    named itself, that too."""
    every = [offer for finding in looked.findings for offer in finding.readings[0]]
    sure = [offer for offer in every if offer.proposal.sure != "possible"]
    return sure or (every if looked.asked == 1 else [])


def _holds_secret(change: Change, secrets: Iterable[str]) -> bool:
    """Whether it waits for a file of a secret, which is made when all else is well."""
    from salesprep.adapter.manifest import walk

    return any(True for dotted in secrets for _value in walk(dict(change.config), dotted))
