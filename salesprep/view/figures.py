"""What the last calls of a source came to, in one sentence: how long answers took, which errors there were,
how often memory served. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from salesprep.settings import Us
from salesprep.sources.figures import NO_FIGURES, Figures
from salesprep.sources.standing import Standing
from salesprep.view.ages import ago
from salesprep.view.dates import known_locale, plain_spaces, said_at
from salesprep.view.words import _, _n, count, say

_SECOND = 1000.0

_ERRORS: Mapping[str, str] = {
    "adapter_bug": _("fault of the adapter"),
    "auth_required": _("not logged in"),
    "bad_data": _("not understood"),
    "config_invalid": _("wrong settings"),
    "consent_missing": _("no consent"),
    "deadline_exceeded": _("too late"),
    "permission_denied": _("not allowed"),
    "rate_limited": _("asked too often"),
    "unavailable": _("not available"),
}


def in_figures(standing: Standing, now: datetime, us: Us) -> str:
    """``57 answers: p50 12 ms, p95 80 ms; 2 errors: too late 2; 5 of 64 from memory``; empty where
    nothing was counted."""
    return "; ".join(_parts(standing, now, us)) if standing.figures != NO_FIGURES else ""


def error(code: str, us: Us) -> str:
    """A word for a kind of error."""
    return say(us, _ERRORS.get(code, code))


def took(ms: float, us: Us) -> str:
    """``12 ms``, ``1.2 s``."""
    if ms < _SECOND:
        return say(us, _("{n} ms"), n=max(1, round(ms)))
    from babel.numbers import format_decimal  # late: it brings all of Babel

    locale = known_locale(us.locale, "en_GB")
    return say(us, _("{n} s"), n=plain_spaces(format_decimal(ms / _SECOND, "#,##0.0", locale=locale)))


def _parts(standing: Standing, now: datetime, us: Us) -> Iterator[str]:
    figures = standing.figures
    if standing.answered_at is None and not standing.failures:  # this run has not asked
        if figures.last_call is not None and figures.last_code is not None:
            when, code = _when(figures.last_call, now, us), error(figures.last_code, us)
            yield say(us, _("last asked {when}: {error}"), when=when, error=code)
        if figures.last_success is not None:
            yield say(us, _("last answered {when}"), when=_when(figures.last_success, now, us))
    yield _answers(figures, us)
    if figures.errors:
        several = len(figures.errors) > 1
        kinds = ", ".join(
            f"{error(code, us)} {times}" if several else error(code, us) for code, times in figures.errors
        )
        times = sum(times for _code, times in figures.errors)
        yield count(us, *_n("{n} error: {kinds}", "{n} errors: {kinds}"), times, kinds=kinds)
    if figures.hits:
        asked = figures.hits + figures.misses
        yield say(us, _("{n} of {all} from memory"), n=figures.hits, all=asked)
    if standing.breaker == "half_open":
        yield say(us, _("the next question finds out whether it is back"))
    until = next_try(standing, now)
    if until is not None:
        yield say(us, _("next try {when}"), when=said_at(until, now, us))


def _when(at: datetime, now: datetime, us: Us) -> str:
    return f"{said_at(at, now, us)}, {ago(at, now, us)}"


def next_try(standing: Standing, now: datetime) -> datetime | None:
    """When it is asked again at the earliest, if that is not now: what this run keeps to, or what the source
    itself said in an earlier one."""
    if standing.paused_until is not None:
        return standing.paused_until
    said = standing.figures.not_before
    return said if said is not None and said > now else None


def _answers(figures: Figures, us: Us) -> str:
    if figures.p50_ms is None or figures.p95_ms is None:
        return say(us, _("no answer yet"))
    return count(
        us,
        *_n("{n} answer: {half}", "{n} answers: p50 {half}, p95 {most}"),
        figures.answers,
        half=took(figures.p50_ms, us),
        most=took(figures.p95_ms, us),
    )
