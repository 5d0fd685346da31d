"""What is known of the customer beside what a record tells, piece by piece. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from salesprep.briefing.model import Match
from salesprep.briefing.recognition.evidence import Evidence
from salesprep.view.evidence import NOT_SAID, WEIGHTS, customers_side, in_its_group, worded
from salesprep.view.lines import Line, Span, Style, beside, line, width, wrap
from salesprep.view.voice import Voice
from salesprep.view.words import _

_GAP = 2


def both_sides(match: Match, voice: Voice, columns: int) -> list[Line]:
    """A row for each piece, under headings: how much it counts, what is known of the customer and from where,
    and what this record tells. In lines of at most ``columns`` (at least 60); nothing where there is none."""
    told = [each for each in match.evidence if each.what not in NOT_SAID]
    if not told:
        return []
    weights = [voice.say(WEIGHTS[each.weight]) for each in told]
    first = max(map(width, weights))
    half = (columns - first - 2 * _GAP) // 2
    widths = (first, half, half)
    heads = ("", voice.say(_("known of the customer")), voice.say(_("told here")))
    rows = _row([[line(Span(part, "dim")) for part in wrap(head, half)] for head in heads], widths)
    for each, weight in zip(told, weights, strict=True):
        style: Style = "plain" if each.speaks_for else "alarm"
        sides = [
            wrap(side, half) if side else [] for side in (_customers(each, voice), _records(each, voice))
        ]
        cells = [[line(Span(weight, style))], *([line(Span(part)) for part in side] for side in sides)]
        rows += _row(cells, widths)
    return rows + [line(Span(part, "dim")) for part in _group(match, voice, columns)]


def _row(cells: list[list[Line]], widths: tuple[int, ...]) -> list[Line]:
    return beside(cells, widths, _GAP)


def _customers(evidence: Evidence, voice: Voice) -> str:
    """``vandijk.example, of CRM 1042``."""
    side = customers_side(evidence, voice)
    if evidence.instead or not side:
        return side
    return f"{evidence.told}, {side}" if evidence.told else side


def _records(evidence: Evidence, voice: Voice) -> str:
    """``the domain vandijk.example: r.smit@vandijk.example``."""
    said = worded(evidence, voice)
    return f"{said}: {evidence.here}" if evidence.here else said


def _group(match: Match, voice: Voice, columns: int) -> Iterator[str]:
    if told := in_its_group(match, voice):
        yield from wrap(told, columns)
