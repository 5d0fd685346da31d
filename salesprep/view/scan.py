"""The quick scan: which signals are shown in which order, worded, and where each comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from salesprep.adapter import When
from salesprep.briefing.model import (
    Briefing,
    Complaint,
    Differs,
    Found,
    LastTalk,
    Near,
    NewFace,
    Offer,
    Promised,
    Section,
    Signal,
)
from salesprep.view import ages
from salesprep.view.voice import Voice
from salesprep.view.wordings import Clauses, wording
from salesprep.view.words import _n

_OF_A_RULE = 3
"""Lines of one rule; the rest is counted."""


@dataclass(frozen=True, slots=True)
class ScanLine:
    """One line of the quick scan, worded: the word, the fact's clauses, and where it comes from."""

    word: str
    clauses: Clauses
    sources: tuple[tuple[str, When | None], ...]
    """Source name, and how old what it says is."""
    glue: str = "; "
    evidence: tuple[Found, ...] = ()
    """The records that it was derived from."""

    @property
    def fact(self) -> str:
        """The clauses in one line."""
        return self.glue.join(self.clauses)


def scan_lines(briefing: Briefing, voice: Voice, *, short: bool) -> list[ScanLine]:
    """The quick scan in its order: at most three of a rule, then how many more there are.

    What differs is gathered in one line, where its first one stands. On a narrow screen what the head
    says of those at the table is not said again.
    """
    voice = replace(voice, customer="")  # it stands above: "here" tells enough
    told = [signal for signal in briefing.signals if not (short and _is_in_head(signal, briefing))]
    of_rule: dict[type[Signal], list[Signal]] = {}
    for signal in told:
        of_rule.setdefault(type(signal), []).append(signal)
    lines: list[ScanLine] = []
    seen: Counter[type[Signal]] = Counter()
    for signal in told:
        alike, at = of_rule[type(signal)], seen[type(signal)]
        seen[type(signal)] += 1
        if isinstance(signal, Differs):
            if at == 0:
                lines.append(_all_that_differs(alike, briefing, voice, short))
        elif at < _OF_A_RULE:
            word, clauses = wording(signal, voice, short=short)
            sources = _sources(signal.evidence, briefing)
            lines.append(ScanLine(word, clauses, sources, evidence=signal.evidence))
        elif at == _OF_A_RULE:
            lines.append(ScanLine("", (_how_many_more(type(signal), len(alike) - at, voice),), ()))
    return lines


def _is_in_head(signal: Signal, briefing: Briefing) -> bool:
    """The narrow head tells of each attendee who is new, and what every source calls their job."""
    if isinstance(signal, NewFace):
        return signal.attendee in briefing.attendees
    if not isinstance(signal, Differs) or signal.what != "position":
        return False
    told = {(said.source, said.value) for said in signal.said}
    return any(told <= {(said.source, said.value) for said in each.positions} for each in briefing.attendees)


def _all_that_differs(signals: list[Signal], briefing: Briefing, voice: Voice, short: bool) -> ScanLine:
    worded = [wording(each, voice, short=short) for each in signals[:_OF_A_RULE]]
    clauses = ["; ".join(clauses) for _word, clauses in worded]
    if len(signals) > _OF_A_RULE:
        clauses.append(_how_many_more(Differs, len(signals) - _OF_A_RULE, voice))
    evidence = tuple(found for each in signals for found in each.evidence)
    return ScanLine(worded[0][0], tuple(clauses), _sources(evidence, briefing), " · ", evidence)


def _how_many_more(rule: type[Signal], n: int, voice: Voice) -> str:
    return voice.count(*_MORE[rule], n)


def _sources(evidence: Iterable[Found], briefing: Briefing) -> tuple[tuple[str, When | None], ...]:
    ages_of: dict[str, When | None] = {}
    for found in evidence:
        section = _section(briefing, found)
        # A file's own day counts, not when the file was read.
        ages_of.setdefault(found.source, (section and section.as_of) or found.record.fetched_at)
    return tuple(ages_of.items())


def _section(briefing: Briefing, found: Found) -> Section | None:
    panel = next((panel for panel in briefing.panels if panel.source == found.source), None)
    return panel.section(found.record.kind) if panel else None


def sources_text(given: ScanLine, voice: Voice, *, short: bool) -> str:
    """``CRM · just now``; on a narrow screen only an age that is not ``just now``."""
    told = []
    for source, when in given.sources:
        name = voice.source(source)
        if when is None or (short and ages.is_new(when, voice.now, voice.us)):
            told.append(name)
        else:
            told.append(f"{name}{' ' if short else ' · '}{voice.age(when)}")
    return ", ".join(told)


_MORE: Mapping[type[Signal], tuple[str, str]] = {
    Complaint: _n("{n} more ticket", "{n} more tickets"),
    Promised: _n("{n} more promise", "{n} more promises"),
    Offer: _n("{n} more offer", "{n} more offers"),
    NewFace: _n("{n} more new face", "{n} more new faces"),
    LastTalk: _n("{n} more contact", "{n} more contacts"),
    Differs: _n("{n} more", "{n} more"),
    Near: _n("{n} more colleague nearby", "{n} more colleagues nearby"),
}
