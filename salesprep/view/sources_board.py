"""Every source and how it is: whether and when it answered, what keeps it from it and who mends that, what
checking it for real found. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from salesprep.adapter import Check, Failure
from salesprep.adapter.contract import CheckOutcome
from salesprep.settings import Us
from salesprep.sources.answers import NotLoaded, SourceInfo
from salesprep.sources.standing import NOT_ASKED, Standing
from salesprep.view import words
from salesprep.view.ages import ago
from salesprep.view.figures import in_figures
from salesprep.view.lines import Line, Span, inset, line, one_line, pad, spread, telling, wrap
from salesprep.view.reasons import reason
from salesprep.view.table import Column, Row, by_row
from salesprep.view.voice import Voice
from salesprep.view.words import _, _n, say

_SMALLEST = 20
_MARGIN = 3
"""The cursor's mark stands in it."""
_COLUMNS = (
    Column(least=8, gives=1, most=2),
    Column(least=10, gives=2, most=2),
    Column(least=8, gives=3, folds=True),
    Column(least=8, gives=4, folds=True),
)
_CHECKS = (Column(least=8, gives=2, most=2), Column(least=6), Column(least=12, gives=1, most=4, folds=True))

NOT_LOADED = _("not loaded")
READY = _("ready")
OUTCOMES: Mapping[CheckOutcome, str] = {
    "passed": _("passed"),
    "failed": _("FAILED"),
    "indeterminate": _("could not tell"),
    "skipped": _("skipped"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One source as it is known at one moment."""

    info: SourceInfo
    standing: Standing = NOT_ASKED
    asking: bool = False
    """It is being checked."""
    checks: tuple[Check, ...] = ()
    """What the last check found."""
    where: str | None = None
    """File and line of what keeps it from being loaded."""


def sources_board(
    sources: Sequence[Told], not_loaded: Sequence[NotLoaded], voice: Voice, columns: int
) -> list[Line]:
    """The sources in lines of exactly ``columns`` (at least 20). ``not_loaded``: what no source uses."""
    columns = max(_SMALLEST, columns)
    room = columns - _MARGIN - 1
    lines = [*_head(sources, voice, columns), Line()]
    drawn = by_row([_row(told, voice) for told in sources], _COLUMNS, room, 0, beside=False)
    for told, first in zip(sources, drawn, strict=True):
        block = telling([*first, *_beneath(told, voice, room)], told.info)
        lines += (inset(each, _MARGIN) for each in block)
    if not sources:
        lines += [line(Span(f" {part}", "dim")) for part in wrap(voice.say(_("there is no source")), room)]
    if not_loaded:
        lines += [Line(), line(Span(f" {voice.say(_('NOT LOADED'))}", "heading"))]
        for one in not_loaded:
            text = wrap(unloaded(one, voice.us), room)
            lines += telling((inset(line(Span(part, "alarm")), _MARGIN) for part in text), one)
    return [pad(each, columns) for each in lines]


def place(info: SourceInfo, us: Us) -> str:
    """Where a source lies."""
    return say(us, _("over the network") if info.remote else _("on this machine"))


def trouble(failure: Failure, us: Us) -> str:
    """What is wrong and how it is mended, for whoever mends it."""
    what = say(us, failure.what)
    return f"{what}; {mend(failure.mend, us)}" if failure.mend else what


def mend(how: str, us: Us) -> str:
    """``mend: put the file back``, without a word on who does it."""
    return say(us, _("mend: {mend}"), mend=how)


def unloaded(one: NotLoaded, us: Us) -> str:
    """What could not be loaded, where, and why."""
    where = f" ({one.where})" if one.where else ""
    return one_line(f"{one.name}: {say(us, NOT_LOADED)}{where}: {trouble(one.failure, us)}")


# -- one source ---------------------------------------------------------------------------------


def _head(sources: Sequence[Told], voice: Voice, columns: int) -> Iterator[Line]:
    title = line(Span(f" {voice.say(_('SOURCES'))}", "title"))
    asking = [voice.source(told.info.name) for told in sources if told.asking]
    if asking:
        right = voice.say(_("asking {names}…"), names=", ".join(asking))
    else:
        right = voice.count(*_n("{n} source", "{n} sources"), len(sources))
    end = line(Span(right, "dim"), Span(" "))
    if title.width + 2 + end.width <= columns:
        yield spread(title, end, columns)
    else:
        yield title
        yield from (line(Span(f" {part}", "dim")) for part in wrap(right, columns - 2))


def _row(told: Told, voice: Voice) -> Row:
    info = told.info
    cells = (Span(info.title, "fact"), _state(told, voice), Span(info.adapter, "dim"))
    return Row((*cells, Span("" if info.problem else place(info, voice.us), "dim")))


def _state(told: Told, voice: Voice) -> Span:
    """One of the words for how it is, with the moment that it is true of."""
    standing = told.standing
    if told.asking:
        return Span(voice.say(words.WAITING), "dim")
    if told.info.problem is not None:
        return Span(voice.say(NOT_LOADED), "alarm")
    if standing.stuck:
        return Span(voice.say(words.STUCK), "alarm")
    if standing.offline:
        return Span(voice.say(words.OFFLINE), "dim")
    if standing.failures and not standing.answers:
        return Span(words.missing(standing.failures[0], voice.us), "alarm")
    if standing.answered_at is None:
        return Span(voice.say(_("not asked yet")), "dim")
    answered = voice.say(_("answered {when}"), when=_when(standing, voice))
    if standing.failures:
        return Span(f"{voice.say(words.IN_PART)}, {answered}", "alarm")
    return Span(answered)


def _when(standing: Standing, voice: Voice) -> str:
    at = standing.answered_at or voice.now
    return f"{voice.said_at(at)}, {ago(at, voice.now, voice.us)}"


def _beneath(told: Told, voice: Voice, room: int) -> list[Line]:
    """What is wrong and who mends it; when it last answered; each check and what it found; what its last
    calls came to."""
    info, standing = told.info, told.standing
    said: list[str] = []
    if info.problem is not None:
        where = f"{told.where}: " if told.where else ""
        said.append(f"{where}{trouble(info.problem, voice.us)}")
    else:
        said += [f"{told.where}: {each}" if told.where else each for each in _reasons(standing, voice)]
    lines = [inset(line(Span(part, "alarm")), 2) for text in said for part in wrap(text, room - 2)]
    if standing.answered_at is not None and standing.failures and not standing.answers:
        last = voice.say(_("last answered {when}"), when=_when(standing, voice))
        lines += [inset(line(Span(part, "dim")), 2) for part in wrap(last, room - 2)]
    for block in by_row([_check(check, voice) for check in told.checks], _CHECKS, room - 2, 0, beside=False):
        lines += (inset(each, 2) for each in block)
    figures = in_figures(standing, voice.now, voice.us)
    lines += [inset(line(Span(part, "dim")), 2) for part in wrap(figures, room - 2) if figures]
    return lines


def _reasons(standing: Standing, voice: Voice) -> Iterable[str]:
    until = standing.paused_until
    failures = (replace(each, retry_at=until) if until else each for each in standing.failures)
    return dict.fromkeys(reason(failure, voice) for failure in failures)


def _check(check: Check, voice: Voice) -> Row:
    outcome = Span(voice.say(OUTCOMES[check.outcome]), "alarm" if check.outcome == "failed" else "plain")
    notes: tuple[Span, ...] = ()
    if check.mend and check.outcome != "passed":
        notes = (Span(mend(check.mend, voice.us), "alarm"),)
    return Row((Span(voice.say(check.name), "dim"), outcome, Span(voice.say(check.what))), notes)
