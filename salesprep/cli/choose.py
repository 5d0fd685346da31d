"""``link choose``: everything that may be a customer's, over all sources, decided together on one screen."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import click

from salesprep.briefing.choices import Choice, choices, decision, undecided
from salesprep.briefing.links import Decided, Verdict, decided_by
from salesprep.briefing.model import Customer
from salesprep.cli import answer, here, talk
from salesprep.cli.asked_back import say_near
from salesprep.cli.exits import Exit
from salesprep.cli.link import Asked, meant, tell, why_unsettled, write
from salesprep.cli.terminal import show, standard_output
from salesprep.cli.whose import Lookup, Seen, known_customer
from salesprep.output import links as listing
from salesprep.view.choices import UNSETTLED
from salesprep.view.words import _, _n, count, say

if TYPE_CHECKING:
    from salesprep.cli.commands import Common


def choose(common: Common, asked: Asked) -> Exit:
    """Show what is to be decided, take one line of answer, write it all at once.

    A name that fits several customers is decided first, then what may belong to the one that is meant.
    Where nobody can be asked, the list is shown with the commands that decide it.
    """
    lookup = Lookup(common, offline=asked.offline, deadline=asked.deadline)
    choosing = _Choosing(common, lookup, asking=common.format == "text" and here.is_terminal())
    name = asked.name
    known = known_customer(lookup.links, name, lookup.us)
    while True:
        seen = choosing.with_owner(lookup.ask(name if known is None else known.id))
        open_ = choosing.still_open(seen)
        done = choosing.decided(asked.name, seen, open_)
        if done is None or not seen.several:
            return Exit.NOTHING if not (seen.known or open_) and seen.verdict is Exit.DONE else seen.verdict
        known = done.customer


@dataclass(slots=True)
class _Choosing:
    """The conversation."""

    common: Common
    lookup: Lookup
    asking: bool
    words: Mapping[str, answer.Said] = field(init=False)

    def __post_init__(self) -> None:
        us = self.lookup.us
        own: dict[str, answer.Said] = {
            say(us, _("yes")).casefold(): "yes",
            say(us, _("no")).casefold(): "no",
            say(us, _("later")).casefold(): "later",
        }
        self.words = {**answer.WORDS, **own}

    def with_owner(self, seen: Seen) -> Seen:
        """Of several accounts some may be one remembered customer's: the others are asked about as theirs."""
        owners = {c.id: c for f in seen.several if (c := self.lookup.links.of(f.source, f.record.id))}
        return replace(seen, customer=next(iter(owners.values()))) if len(owners) == 1 else seen

    def still_open(self, seen: Seen) -> tuple[Choice, ...]:
        """What is to be decided, without what was."""
        if not seen.several:
            return undecided(seen.panels)
        before = {decided_by(link) for link in seen.customer.links} if seen.customer else set()
        return tuple(choice for choice in choices(seen.several) if choice.target not in before)

    def decided(self, name: str, seen: Seen, open_: Sequence[Choice]) -> Decided | None:
        """What was decided; ``None`` if nothing was."""
        us = self.lookup.us
        if self.common.format == "json":
            show(listing.choices_json(name, open_, seen.customer))
            return None
        called = name if seen.customer is None else seen.customer.name
        if not open_:
            talk.line(say(us, self._nothing(seen), name=called))
            say_near(seen.near, us)
            return None
        voice, columns = self.lookup.voice(), standard_output(os.environ).width
        show(f"{self._head(called, seen, len(open_))}\n")
        whom = self._for_commands(name, seen)
        why_not = None if seen.several else why_unsettled(seen)
        verbs = () if self.asking or why_not is not None else self._verbs(seen, open_)
        show(listing.choices_text(open_, whom, voice, columns, verbs=verbs))
        if why_not is not None:
            talk.line(say(us, UNSETTLED[why_not], name=called))
        if not self.asking or why_not is not None:
            return None
        verdicts = self._verdicts(seen, open_)
        if not verdicts:
            talk.line(say(us, _("nothing was written")))
            return None
        done = write(self.lookup, self._customer(seen, open_, verdicts), verdicts)
        tell(self.common, self.lookup, done, seen)
        return done

    def _nothing(self, seen: Seen) -> str:
        if not seen.known:
            return _("no source knows a customer called {name}")
        if seen.verdict is not Exit.DONE:
            return _("those that answered leave nothing to decide about {name}")
        return _("nothing is left to decide about {name}")

    def _head(self, name: str, seen: Seen, n: int) -> str:
        us = self.lookup.us
        if seen.several and seen.customer is None:
            return count(us, *_n("{name} may be this one:", "{name} may be any of these {n}:"), n, name=name)
        return count(us, *_n("{n} may be of {name}:", "{n} may be of {name}:"), n, name=name)

    def _for_commands(self, name: str, seen: Seen) -> str:
        """NAME as commands take it so that it means this customer and nobody else."""
        if seen.customer is None:
            return name
        known = {c.id for c in self.lookup.links.customers}
        by_id = seen.customer.id in known or bool(seen.customer.ids)
        return seen.customer.id if by_id else seen.customer.name

    def _verbs(self, seen: Seen, open_: Sequence[Choice]) -> tuple[str, ...]:
        """The commands by which each can be decided on. While nobody is known to be meant, one is rejected
        only as not the other of two: of more, or of none, nothing would tell whose it is not."""
        return ("confirm", "reject") if seen.customer is not None or len(open_) == 2 else ("confirm",)

    def _verdicts(self, seen: Seen, open_: Sequence[Choice]) -> list[Verdict]:
        """What the user says; asked again until it is understood."""
        us = self.lookup.us
        example = say(us, _("1 3 yes, 2 no, rest later") if len(open_) > 2 else _("1 yes"))
        question = _('which of them are theirs? such as "{example}"; Enter leaves all open')
        asked = say(us, question, example=example)
        while True:
            text = click.prompt(asked, default="", show_default=False, prompt_suffix=": ")
            try:
                said = answer.read_answer(text, len(open_), self.words)
            except answer.NotUnderstoodError as error:
                talk.line(say(us, error.sentence))
                continue
            verdicts = [
                decision((one := open_[number - 1]).target, theirs=word == "yes", found=one.found)
                for number, word in sorted(said.items())
                if word != "later"
            ]
            if seen.customer is not None or not verdicts or self._whom(open_, verdicts) is not None:
                return verdicts
            talk.line(say(us, _("one of them must be meant: say yes to it")))

    def _customer(self, seen: Seen, open_: Sequence[Choice], verdicts: Sequence[Verdict]) -> Customer:
        if seen.several and seen.customer is not None:
            return seen.customer
        chosen = self._whom(open_, verdicts) if seen.several else None
        if chosen is not None:
            return Customer(str(chosen.target), chosen.found.record.title)
        return meant(self.lookup, seen)

    def _whom(self, open_: Sequence[Choice], verdicts: Sequence[Verdict]) -> Choice | None:
        """Of several that a name fits: the first that is, or the only one that is left."""
        said = {wish.target: wish.verdict for wish in verdicts}
        left = [choice for choice in open_ if said.get(choice.target) != "is_not"]
        return next((c for c in left if said.get(c.target) == "is"), left[0] if len(left) == 1 else None)
