"""``link list``, ``confirm``, ``reject`` and ``forget``: what is remembered, and one decision at a time."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from salesprep.adapter import Kind
from salesprep.briefing.choices import unsettled
from salesprep.briefing.links import (
    Decided,
    Links,
    NotRememberedError,
    TakenError,
    Target,
    Verdict,
    decide,
    decided_by,
    forget,
    read_target,
)
from salesprep.briefing.links.layers import read_layered
from salesprep.briefing.links.pieces import pieces
from salesprep.briefing.model import Customer
from salesprep.cli import talk
from salesprep.cli.asked_back import say_near
from salesprep.cli.decisions import history_file, links_file, open_decisions, update
from salesprep.cli.exits import Exit
from salesprep.cli.terminal import show, standard_output
from salesprep.cli.whose import Lookup, Seen, known_customer
from salesprep.cli.workspace import known_source, read_settings, real_now
from salesprep.output import links as listing
from salesprep.settings import SettingsError, Us, near
from salesprep.view.choices import UNSETTLED, command, named
from salesprep.view.words import _, say

if TYPE_CHECKING:
    from salesprep.cli.checking import LookingUp
    from salesprep.cli.commands import Common

Sort = Literal["is", "is_not"]
HOW: dict[Sort, str] = {"is": "confirmed by user", "is_not": "rejected by user"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line."""

    name: str
    targets: tuple[str, ...] = ()
    move: bool = False
    offline: bool = False
    deadline: float | None = None


def remembered(common: Common, name: str | None, look: LookingUp | None = None) -> Exit:
    """All remembered customers, or one; no source is asked, unless it is to be looked up (``look``) whether
    the confirmed accounts are still there."""
    decisions = open_decisions(common.settings, os.environ)
    layered, us = decisions.layered, decisions.us
    customers = layered.links.customers if name is None else (one_of(layered.links, name, us),)
    checked = look.up(customers) if look is not None else ()
    if common.format == "json":
        show(listing.remembered_json(layered, customers, checked))
    else:
        now = real_now().astimezone(us.zone)
        show(listing.remembered_text(customers, us, now, _columns(), layered, checked))
    return look.verdict(checked) if look is not None else Exit.DONE


def forgotten(common: Common, asked: Asked) -> Exit:
    """Forget decisions, or a whole customer; no source is asked."""
    decisions = open_decisions(common.settings, os.environ)
    us, file = decisions.us, decisions.file
    targets = _targets(asked.targets, us)
    customer = one_of(decisions.layered.links, asked.name, us)
    of_team = {decided_by(k) for k in customer.links if decisions.layered.is_teams(customer, k)}
    if decisions.layered.own_of(customer.id) is None:
        line = _(
            "{name} is remembered by the team alone, in {file}; to say otherwise: link confirm, link reject"
        )
        team_file = decisions.layered.team_file
        raise click.UsageError(say(us, line, name=customer.name, file=team_file))
    try:
        done = decisions.update(partial(forget, customer_id=customer.id, targets=targets))
    except NotRememberedError:
        raise click.UsageError(say(us, _NOBODY, name=asked.name)) from None
    for target in done.missing:
        line = _("the team decided about {id}, in {file}") if target in of_team else _NOTHING_DECIDED
        talk.line(say(us, line, id=target, file=decisions.layered.team_file))
    if common.format == "json":
        show(listing.forgotten_json(done, file))
    else:
        show(listing.forgotten_text(done, file, us, real_now().astimezone(us.zone), _columns()))
    return Exit.DONE


def decided(common: Common, asked: Asked, sort: Sort) -> Exit:
    """Write down that these are, or are not, the customer.

    The sources are asked first whom the name means and what the ids are: one that is misspelt would
    bring somebody else's facts. What stands already needs no asking.
    """
    lookup = Lookup(common, offline=asked.offline, deadline=asked.deadline)
    targets = _targets(asked.targets, lookup.us)
    for target in targets:
        known_source(target.source, lookup.settings)
    verdicts = [Verdict(target, sort, HOW[sort]) for target in targets]
    customer = known_customer(lookup.links, asked.name, lookup.us)
    seen = Seen(asked.name)
    if customer is None:
        seen = lookup.ask(asked.name)
        customer = _new_customer(lookup, seen, targets, sort)
        _look_at(lookup, seen, targets)
    elif not _stands(customer, verdicts):
        seen = lookup.ask(
            customer.id, only=tuple(dict.fromkeys(t.source for t in targets)), undecided=targets
        )
        _look_at(lookup, seen, targets)
    told = [
        replace(v, on=pieces(seen.found[v.target], sort)) if v.target in seen.found else v for v in verdicts
    ]
    done = write(lookup, customer, told, move=asked.move)
    tell(common, lookup, done, seen)
    return seen.verdict


def write(lookup: Lookup, customer: Customer, verdicts: Sequence[Verdict], *, move: bool = False) -> Decided:
    """Write decisions of the user; afterwards ``lookup`` knows them.

    Raises:
        click.ClickException: something is another customer's, or the file cannot be written.
    """
    us = lookup.us
    by = us.emails[0] if us.emails else us.name or "user"
    change = partial(decide, customer=customer, verdicts=verdicts, by=by, at=lookup.space.real(), move=move)
    try:
        if not move:
            lookup.look.remembered.refuse_taken(customer, verdicts)
        done = update(lookup.file, change, history_file(lookup.space.dirs), lookup.space.real(), us)
    except TakenError as taken:
        line = _("nothing was written: {id} is {name} already; with --move it is taken from them")
        raise click.ClickException(say(us, line, id=taken.target, name=taken.customer.name)) from None
    lookup.decided(done.links)
    return done


def tell(common: Common, lookup: Lookup, done: Decided, seen: Seen) -> None:
    """Show what was written, and say what is still open."""
    us = lookup.us
    if common.format == "json":
        show(listing.decided_json(done, lookup.file))
    else:
        voice = lookup.voice()
        titles = {target: named(found, voice) for target, found in seen.found.items()}
        now = real_now().astimezone(us.zone)
        show(listing.decided_text(done, lookup.file, us, now, _columns(), titles))
    hint = _still_open(lookup, done, seen)
    if hint:
        line = _('"{name}" is still asked back; to settle it: {command}')
        talk.line(say(us, line, name=seen.name, command=hint))


def _still_open(lookup: Lookup, done: Decided, seen: Seen) -> str:
    """The command after which a name that fitted several means one; empty if it does, or several are left."""
    accounts = [(f.source, f.record.id) for f in seen.several]
    if not accounts or lookup.links.meant_by(seen.name, accounts) is not None:
        return ""
    said = {decided_by(link): link.verdict for link in done.customer.links}
    nobodys = [Target(*key) for key in accounts if lookup.links.of(*key) is None]
    left = [target for target in nobodys if target not in said]
    if any(said.get(Target(*key)) == "is" for key in accounts):
        return command("choose", seen.name) if left else ""
    return command("confirm", done.customer.name, left) if len(left) == 1 else ""


_NOBODY = _("no customer called {name} is remembered; salesprep link list shows them all")


_NOTHING_DECIDED = _("nothing was decided about {id}")


def one_of(links: Links, name: str, us: Us) -> Customer:
    """The remembered customer of this name or id.

    Raises:
        click.UsageError: there is none, or several.
    """
    customer = known_customer(links, name, us)
    if customer is not None:
        return customer
    words = [word for c in links.customers for word in (c.id, c.name, *c.aliases)]
    hint = near(name, words)
    mend = say(us, _(' (did you mean "{name}"?)'), name=hint) if hint else ""
    raise click.UsageError(say(us, _NOBODY, name=name) + mend)


def _stands(customer: Customer, verdicts: Sequence[Verdict]) -> bool:
    # Where it is known on what it was decided that may be otherwise by now, and so decided anew.
    known = {decided_by(link): link.verdict for link in customer.links if not link.on}
    return all(known.get(wish.target) == wish.verdict for wish in verdicts)


def _new_customer(lookup: Lookup, seen: Seen, targets: Sequence[Target], sort: Sort) -> Customer:
    """Whom nobody has decided on before: whom the name means, if need be with the help of the decision."""
    us = lookup.us
    accounts = [t for t in targets if t.kind is Kind.ACCOUNT]
    if seen.several:
        fitting = {Target(f.source, f.record.id): f for f in seen.several}
        left = [t for t in fitting if (t in accounts) == (sort == "is")]
        if left and (sort == "is" or len(left) == 1):
            return Customer(str(left[0]), fitting[left[0]].record.title)
        talk.candidates(seen.name, seen.several, lookup.space.titles, us, picking=False)
        line = _("nothing was written: it is not told which of these is meant; take its ID for NAME")
        raise click.ClickException(say(us, line))
    if sort == "is" and accounts and seen.customer is not None and not seen.customer.ids:
        return Customer(str(accounts[0]), seen.customer.name)
    return meant(lookup, seen)


def meant(lookup: Lookup, seen: Seen) -> Customer:
    """The one customer of a name, so far as it can be told.

    Raises:
        click.ClickException: nobody has heard of them, or those who could have did not answer: words that
            are only a part of a name would then be remembered as the whole.
    """
    us, customer = lookup.us, seen.customer
    say_near(seen.near, us)
    why = why_unsettled(seen)
    if customer is None or why is not None:
        raise click.ClickException(say(us, UNSETTLED[why or "unknown"], name=seen.name))
    return customer


def why_unsettled(seen: Seen) -> Literal["unknown", "unanswered"] | None:
    """Why nobody can tell whom the name means, so that nothing can be decided about them."""
    if seen.customer is None:
        return "unknown"
    return unsettled(seen.customer, seen.panels, known=seen.known or bool(seen.found))


def _look_at(lookup: Lookup, seen: Seen, targets: Sequence[Target]) -> None:
    """See what each target is; an account that its source does not know is refused."""
    us = lookup.us
    for target in targets:
        if target in seen.found:
            continue
        if target.kind is Kind.ACCOUNT:
            seen.found.update(lookup.ask(str(target), only=(target.source,)).found)
        if target not in seen.found:
            line = _("{id} was not seen, so that nobody could check it")
            talk.line(say(us, line, id=target))


def _targets(written: Sequence[str], us: Us) -> list[Target]:
    try:
        return list(dict.fromkeys(map(read_target, written)))
    except ValueError as error:
        raise click.UsageError(say(us, error.args[0])) from None


def split(words: Sequence[str], *, some: bool = True) -> tuple[str, tuple[str, ...]]:
    """The name and the ids behind it; a name of several words needs no quotes.

    Raises:
        click.UsageError: there is no id, and ``some`` are needed.
    """
    first = len(words)
    while first > 1 and _is_target(words[first - 1]):
        first -= 1
    if some and first == len(words):
        raise click.UsageError(_("SOURCE:ID is missing: which account or record, such as crm:1042?"))
    return " ".join(words[:first]), tuple(words[first:])


def _is_target(word: str) -> bool:
    try:
        read_target(word)
    except ValueError:
        # A kind that does not exist is an id misspelt, and no part of a name.
        return re.match(r"[a-z0-9_]+/\w+:\S", word) is not None
    return True


def decided_ids(settings: Path | None, name: str) -> list[str]:
    """The ids that something was decided about, of one customer; for the shell's completion."""
    try:
        customer = remembered_quietly(settings).named(name)
    except (SettingsError, OSError):
        return []
    return [str(decided_by(link)) for link in customer.links] if customer is not None else []


def remembered_quietly(settings: Path | None) -> Links:
    """All that counts, without a word about how it came; for the shell's completion.

    Raises:
        SettingsError: the settings or the decisions are wrong.
    """
    found, dirs, _catalogue = read_settings(settings, os.environ, quiet=True)
    return read_layered(links_file(found, dirs), found.links_team).links


def _columns() -> int:
    return standard_output(os.environ).width
