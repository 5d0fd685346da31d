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
from salesprep.setup import Finding, Offer, SetupError, is_free, own_domains, with_choice
from salesprep.view import proposals as view
from salesprep.view.words import _, say

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_DOMAIN = re.compile(r"[^@\s/:.]+(?:\.[^@\s/:.]+)+\Z")
_FEW = 6
"""So many sure things are set up without asking which of them."""


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
            lambda text: text if picks(text, len(offers)) is not None else None,
            self._again(0, len(offers)),
        )
        return [offers[number - 1] for number in picks(understood, len(offers)) or ()]

    def chosen(self, number: int, offer: Offer) -> Offer | None:
        """``offer`` with its choices confirmed or made; ``None`` to leave it out."""
        choices = offer.proposal.choices
        lacking = [one for one in choices if one.needed and one.value is None]
        if not choices:
            return offer
        if not self.asking:
            return None if lacking else offer
        *lines, last = view.choices(number, offer, self.us, self.columns)
        self.say(lines)
        if lacking:
            self.say([last.removesuffix(say(self.us, _("right?"))).rstrip()])
        elif self.agrees(last):
            return offer
        for choice in lacking or choices:
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
        return offer

    # -- who the user is --

    def me(self, hint: Me | None) -> Me | None:
        """Who the user says to be; ``None`` where that stays open."""
        if hint is not None and self.agrees(f" {view.you_are(hint, self.us)}"):
            return hint
        known = hint.emails[0] if hint is not None else ""
        question = _(" Your own mail address, so that you can be told from a customer (Enter: {known}):")
        question = (
            question if known else _(" Your own mail address, so that you can be told from a customer:")
        )
        address = self.until(
            say(self.us, question, known=known),
            known,
            lambda text: text.lower() if not text or _MAIL.match(text) else None,
            say(self.us, _("that is no mail address; Enter leaves it open")),
        )
        if not address:
            return None
        usual = ", ".join(own_domains(address))
        question = _(" Your company's own domain (Enter: {usual}):")
        if is_free(address):
            question = _(" Your company's own domain, if it has one (Enter: none):")
        domains = self.until(
            say(self.us, question, usual=usual),
            usual,
            lambda text: text if all(map(_DOMAIN.match, _domains(text))) else None,
            say(self.us, _('that is no domain; write it as "ons.example"')),
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

    def _again(self, low: int, high: int) -> str:
        return say(self.us, _("a number from {low} to {high}"), low=low, high=high)


def _made(choice: Choice, number: int, kept: int) -> str | None:
    if number == kept:
        return choice.value
    return choice.options[number - 1] if number else None


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
