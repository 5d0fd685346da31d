"""Questions of ``add`` and ``init``, asked on the terminal; or their defaults taken, where nobody is asked.

Every question can be answered by Enter, and one that is not understood is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import click

from salesprep.adapter.proposal import Choice, Me
from salesprep.cli.terminal import show
from salesprep.cli.yes_or_no import agrees
from salesprep.settings import Us
from salesprep.setup import (
    Finding,
    Offer,
    SetupError,
    is_stated,
    lacking,
    own_domains,
    with_choice,
    with_statement,
)
from salesprep.view import proposals as view
from salesprep.view.words import _, say

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_DOMAIN = re.compile(r"[^@\s/:.]+(?:\.[^@\s/:.]+)+\Z")
_FEW = 6
"""So many sure things are set up without asking which of them."""
_LEAST = 4
"""Letters of a statement in words: a stray y or n is none."""


class Dialogue:
    """Asks, if ``asking``; else every answer is what Enter would give."""

    def __init__(self, us: Us, columns: int, *, asking: bool) -> None:
        self.us = us
        self.columns = columns
        self.asking = asking

    def say(self, lines: Iterable[str]) -> None:
        """Lines that belong to a question."""
        if self.asking:
            show("".join(f"{line}\n" for line in lines))

    def agrees(self, question: str) -> bool:
        """Yes or no; Enter is yes."""
        return agrees(question, self.us, default=True) if self.asking else True

    def line(self, question: str, default: str = "") -> str:
        """A line of text; Enter gives ``default``."""
        if not self.asking:
            return default
        answer = click.prompt(question, default=default, show_default=False, prompt_suffix=" ")
        return str(answer).strip()

    def until(self, question: str, default: str, read: Callable[[str], str | None], again: str) -> str:
        """A line that ``read`` understands; ``again`` is said where it does not."""
        while True:
            answer = self.line(question, default)
            understood = read(answer)
            if understood is not None or not self.asking:
                return understood or ""
            self.say([f"   {again}"])

    # -- what is set up --

    def reading(self, finding: Finding, titles: Sequence[str]) -> tuple[Offer, ...]:
        """Which adapter's, where several are as sure."""
        self.say(view.readings(finding.place.shown, titles, self.us, self.columns))
        number = self.until(
            say(self.us, _("   which? [1]")), "1", _number_to(1, len(titles)), self._again(1, len(titles))
        )
        return finding.readings[int(number or 1) - 1]

    def picked(self, offers: Sequence[Offer], usual: Sequence[Offer]) -> list[Offer]:
        """Those to be set up. Not asked where all are sure and there are only a few."""
        if not self.asking or (len(usual) == len(offers) <= _FEW):
            return list(usual)
        numbers = " ".join(str(n) for n, offer in enumerate(offers, 1) if offer in usual)
        enter = numbers or say(self.us, _("none"))
        question = say(self.us, _(" Add which? numbers, or 0 for none; Enter for {numbers}:"), numbers=enter)
        understood = self.until(
            question,
            numbers or "0",
            lambda text: self._numbers(text, len(offers)),
            self._again(0, len(offers)),
        )
        return [offers[number - 1] for number in picks(understood, len(offers)) or ()]

    def _numbers(self, text: str, most: int) -> str | None:
        """``text`` as :func:`picks` reads it; none and all in the user's words too."""
        if text.casefold() in self._nothing():
            return "0"
        if text.casefold() in ("all", say(self.us, _("all")).casefold()):
            return f"1-{most}"
        return text if picks(text, most) is not None else None

    def chosen(self, number: int, offer: Offer) -> Offer | None:
        """``offer`` with its choices confirmed or made; ``None`` to leave it out."""
        guessed = [one for one in offer.proposal.choices if not is_stated(one)]
        if not self.asking:
            return None if lacking(offer.proposal) else offer
        if guessed:
            confirmed = self._guesses(number, offer, guessed)
            if confirmed is None:
                return None
            offer = confirmed
        for choice in (one for one in offer.proposal.choices if is_stated(one) and one.value is None):
            words = self._statement(number, offer, choice)
            if words:
                offer = replace(offer, proposal=with_statement(offer.proposal, words))
            elif choice.needed:
                return None
        return offer

    def _guesses(self, number: int, offer: Offer, guessed: Sequence[Choice]) -> Offer | None:
        """All of them confirmed at once, or made one by one; what nobody could guess is asked in any case."""
        unknown = [one for one in guessed if one.value is None]
        *lines, last = view.choices(number, offer, self.us, self.columns)
        self.say(lines)
        if len(unknown) == len(guessed):
            self.say([last.removesuffix(say(self.us, _("right?"))).rstrip()])
        elif not self.agrees(last):
            unknown = list(guessed)
        for choice in unknown:
            self.say(view.options(choice, self.us, self.columns))
            kept = choice.options.index(choice.value) + 1 if choice.value in choice.options else 0
            most = len(choice.options)
            answer = self.until(
                say(self.us, _("   which? [{number}]"), number=kept),
                str(kept),
                _number_to(0, most),
                self._again(0, most),
            )
            made = _made(choice, int(answer or kept), kept)
            if choice.needed and made is None:
                return None
            offer = replace(offer, proposal=with_choice(offer.proposal, choice, made))
            if choice.leads_to:
                return self.chosen(number, offer)  # another proposal, with choices of its own
        return offer

    def _statement(self, number: int, offer: Offer, choice: Choice) -> str:
        """What only a person can say, in words of their own or by number; empty if they do not."""
        self.say(view.statement(number, offer, choice, self.us, self.columns))
        options = [say(self.us, one) for one in choice.options]
        nothing = self._nothing()

        def read(text: str) -> str | None:
            if text.casefold() in nothing:
                return ""
            if text.isdecimal():
                return options[int(text[:9]) - 1] if 1 <= int(text[:9]) <= len(options) else None
            return text if len(text) >= _LEAST and text.isprintable() else None

        question = _("   a number, or your own words (Enter: leave this file out):")
        question = question if choice.needed else _("   a number, or your own words (Enter: leave it open):")
        again = say(self.us, _("a number from 1 to {n}, or a few words"), n=len(options))
        return self.until(say(self.us, question), "", read, again)

    # -- who the user is --

    def me(self, hint: Me | None) -> Me | None:
        """Who the user says to be; ``None`` where that stays open."""
        if hint is not None and self.agrees(f" {view.you_are(hint, self.us)}"):
            return hint
        # What was refused is never what Enter gives.
        nothing = self._nothing()
        self.say([" " + say(self.us, _("So that you can be told from a customer:"))])
        address = self.until(
            say(self.us, _(" Your own mail address (Enter: leave it open):")),
            "",
            lambda text: "" if text.casefold() in nothing else _matching(_MAIL, text.lower()),
            say(self.us, _("that is no mail address; Enter leaves it open")),
        )
        if not address:
            return None
        refused = hint.domains if hint is not None else ()
        usual = ", ".join(domain for domain in own_domains(address) if domain not in refused)
        question = _(" Your company's own domain (Enter: {usual}; 0: none):")
        if not usual:
            question = _(" Your company's own domain, if it has one (Enter: none):")
        domains = self.until(
            say(self.us, question, usual=usual),
            usual,
            lambda text: (
                ""
                if text.casefold() in nothing
                else text
                if all(map(_DOMAIN.match, _domains(text)))
                else None
            ),
            say(self.us, _('that is no domain; write it as "ons.example", or 0 for none')),
        )
        return Me(emails=(address,), domains=tuple(_domains(domains)))

    def zone(self) -> str | None:
        """The user's time zone, where the machine does not tell it."""
        from zoneinfo import available_timezones

        every = {zone.casefold(): zone for zone in available_timezones()}
        question = _(" Your time zone, such as Europe/Amsterdam (Enter: as the machine's clock, UTC):")
        again = _("that is no time zone that is known; write a continent, a slash and a city")
        answer = self.until(
            say(self.us, question),
            "",
            lambda text: every.get(text.casefold().replace(" ", "_")) if text else "",
            say(self.us, again),
        )
        return answer or None

    def _nothing(self) -> frozenset[str]:
        """Answers that say: none of it."""
        return frozenset({"", "0", "none", say(self.us, _("none")).casefold()})

    def _again(self, low: int, high: int) -> str:
        return say(self.us, _("a number from {low} to {high}"), low=low, high=high)


def _made(choice: Choice, number: int, kept: int) -> str | None:
    if number == kept:
        return choice.value
    return choice.options[number - 1] if number else None


def _matching(pattern: re.Pattern[str], text: str) -> str | None:
    return text if pattern.match(text) else None


def _domains(text: str) -> list[str]:
    return [part.lower().removeprefix("@") for part in text.replace(",", " ").split()]


def _number_to(low: int, high: int) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        return text if text.isascii() and text.isdigit() and low <= int(text[:9]) <= high else None

    return read


def picks(text: str, most: int) -> list[int] | None:
    """``1 3-5`` as numbers up to ``most``, ``0`` and ``none`` as none; ``None`` if it is no such thing."""
    found: list[int] = []
    words = text.replace(",", " ").split()
    if words in (["0"], ["none"], []):
        return []
    for word in words:
        first, dash, last = word.partition("-")
        if not (first.isascii() and first.isdigit() and (not dash or (last.isascii() and last.isdigit()))):
            return None
        low, high = int(first[:9]), int((last if dash else first)[:9])
        if not 1 <= low <= high <= most:
            return None
        found.extend(range(low, high + 1))
    return list(dict.fromkeys(found))


def named(offers: Sequence[Offer], wanted: Iterable[str]) -> list[Offer]:
    """The offers that ``--only`` names: by number, file, adapter or name of the source.

    Raises:
        SetupError: one of the words names none.
    """
    found: list[Offer] = []
    for word in wanted:
        numbers = picks(word, len(offers)) if word[:1].isdigit() and word != "0" else None
        those = [offers[number - 1] for number in numbers or ()] or [
            offer
            for offer in offers
            if word.casefold()
            in (offer.place.shown.casefold(), offer.adapter, offer.proposal.name.casefold())
        ]
        if not those:
            raise SetupError(
                _("--only {word}: nothing of that name was found", word=word),
                _("look at the list without it"),
            )
        found += those
    return [offer for offer in offers if offer in found]
