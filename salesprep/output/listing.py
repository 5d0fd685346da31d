"""The lists that say what is there: sources, their checks, adapters; as text and as JSON.

Text is for reading and may change its layout; JSON is for programs and names its schema.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from math import isfinite

from salesprep.adapter import Check, Failure
from salesprep.adapter.manifest import Manifest
from salesprep.settings import Us
from salesprep.sources.answers import NotLoaded, SourceInfo
from salesprep.sources.standing import Standing
from salesprep.view.figures import in_figures, next_try
from salesprep.view.lines import one_line, width, wrap
from salesprep.view.sources_board import NOT_LOADED, OUTCOMES, READY, mend, place, trouble, unloaded
from salesprep.view.words import _, say


@dataclass(frozen=True, slots=True)
class Checked:
    """What asking a source for real came to."""

    info: SourceInfo
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """An installed adapter."""

    manifest: Manifest
    where: str
    level: str = "none"
    """How far it has been proved: ``bronze``, ``silver``, ``gold``."""


LEVELS: Mapping[str, str] = {"bronze": _("bronze"), "silver": _("silver"), "gold": _("gold")}
UNPROVED = _("not tried")


def sources_text(
    known: Iterable[tuple[SourceInfo, Standing]],
    now: datetime,
    us: Us,
    columns: int,
    *,
    not_loaded: Iterable[NotLoaded] = (),
) -> str:
    """One line per source, and below it what keeps it from being asked, or what its last calls came to."""
    rows: list[tuple[str, ...]] = []
    below: list[str] = []
    for info, standing in known:
        state = say(us, NOT_LOADED if info.problem else READY)
        rows.append((info.title, info.name, info.adapter, state, "" if info.problem else place(info, us)))
        below.append(trouble(info.problem, us) if info.problem else in_figures(standing, now, us))
    text = table(
        (say(us, _("SOURCE")), say(us, _("NAME")), say(us, _("ADAPTER")), "", ""), rows, columns, below
    )
    return text + _not_loaded(not_loaded, us, columns)


def sources_json(
    known: Iterable[tuple[SourceInfo, Standing]], now: datetime, *, not_loaded: Iterable[NotLoaded] = ()
) -> str:
    """``salesprep.sources/1``."""
    listed = [
        {
            "name": info.name,
            "title": info.title,
            "adapter": info.adapter,
            "state": "not_loaded" if info.problem else "ready",
            "remote": info.remote,
            "error": _failure(info.problem),
            "figures": figures(standing),
            "breaker": standing.breaker,
            "next_try": _utc(next_try(standing, now)),
        }
        for info, standing in known
    ]
    return dump("salesprep.sources/1", sources=listed, not_loaded=[_lost(one) for one in not_loaded])


def figures(standing: Standing) -> dict[str, object]:
    """What the last calls of a source came to; durations in milliseconds, times in UTC."""
    told = standing.figures
    return {
        "calls": told.calls,
        "answers": told.answers,
        "p50_ms": told.p50_ms,
        "p95_ms": told.p95_ms,
        "errors": dict(told.errors),
        "hits": told.hits,
        "misses": told.misses,
        "since": _utc(told.since),
        "last_call": _utc(told.last_call),
        "last_success": _utc(told.last_success),
        "last_error": told.last_code,
    }


def _utc(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC) if at is not None else None


_LEAST = 20
"""Columns in which a sentence can be read."""


def checks_text(checked: Iterable[Checked], us: Us, columns: int) -> str:
    """One line per check, with what to mend below it."""
    rows: list[tuple[str, ...]] = []
    below: list[str] = []
    for one in checked:
        for check in one.checks:
            rows.append(
                (one.info.title, say(us, check.name), say(us, OUTCOMES[check.outcome]), say(us, check.what))
            )
            below.append(mend(check.mend, us) if check.mend and check.outcome != "passed" else "")
    head = (say(us, _("SOURCE")), say(us, _("CHECK")), "", "")
    return table(head, rows, columns, below)


def checks_json(checked: Iterable[Checked]) -> str:
    """``salesprep.checks/1``."""
    listed = [
        {
            "source": one.info.name,
            "title": one.info.title,
            "adapter": one.info.adapter,
            "checks": [
                {"name": check.name, "outcome": check.outcome, "what": check.what, "mend": check.mend}
                for check in one.checks
            ],
        }
        for one in checked
    ]
    return dump("salesprep.checks/1", sources=listed)


def adapters_text(known: Iterable[Known], broken: Iterable[NotLoaded], us: Us, columns: int) -> str:
    """One line per adapter, and below it what it can tell."""
    rows: list[tuple[str, ...]] = []
    below: list[str] = []
    for one in known:
        manifest = one.manifest
        level = say(us, LEVELS.get(one.level, UNPROVED))
        rows.append((manifest.name, manifest.version, level, say(us, manifest.title)))
        kinds = ", ".join(kind.value for kind in manifest.kinds)
        below.append(f"{kinds} ({', '.join(sorted(manifest.abilities))})\n{one.where}")
    head = tuple(say(us, word) for word in (_("ADAPTER"), _("VERSION"), _("LEVEL"), _("TITLE")))
    return table(head, rows, columns, below) + _not_loaded(broken, us, columns)


def adapters_json(known: Iterable[Known], broken: Iterable[NotLoaded]) -> str:
    """``salesprep.adapters/1``."""
    listed = [
        {
            "name": one.manifest.name,
            "version": one.manifest.version,
            "title": one.manifest.title,
            "contract": ".".join(map(str, one.manifest.contract)),
            "level": one.level,
            "kinds": [kind.value for kind in one.manifest.kinds],
            "abilities": sorted(one.manifest.abilities),
            "where": one.where,
        }
        for one in known
    ]
    return dump("salesprep.adapters/1", adapters=listed, not_loaded=[_lost(one) for one in broken])


def _not_loaded(lost: Iterable[NotLoaded], us: Us, columns: int) -> str:
    text = ""
    for one in lost:
        text += "\n".join(wrap(unloaded(one, us), columns)) + "\n"
    return text


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]], columns: int, below: Sequence[str]) -> str:
    """Columns as wide as they need to be; the last one and the lines ``below`` a row are wrapped.

    Where no room is left for the last one, what does not fit stands beneath the row.
    """
    if not rows:
        return ""
    cells = [[one_line(cell) for cell in row] for row in (head, *rows)]
    widths = [max(width(row[index]) for row in cells) for index in range(len(head) - 1)]
    edge = sum(widths) + 2 * len(widths)
    lines: list[str] = []
    for row, told in zip(cells, ("", *below), strict=True):
        start = "".join(
            cell + " " * (size - width(cell) + 2) for cell, size in zip(row, widths, strict=False)
        )
        room = columns - edge
        fits = room >= _LEAST or width(row[-1]) <= room
        rest = wrap(row[-1], max(1, room)) if fits else [""]
        note = told if fits else f"{row[-1]}\n{told}"
        lines.append(start + rest[0])
        lines.extend(" " * edge + more for more in rest[1:])
        for part in note.splitlines():
            lines.extend(f"  {more}" for more in wrap(one_line(part), columns - 2))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _lost(one: NotLoaded) -> dict[str, object]:
    return {"name": one.name, "where": one.where, "error": _failure(one.failure)}


def _failure(failure: Failure | None) -> object:
    return None if failure is None else asdict(failure)


def dump(schema: str, **content: object) -> str:
    """One object as JSON, its ``schema`` named first."""
    # ASCII only, so that no letter of a setting can steer a terminal.
    return json.dumps({"schema": schema, **{k: _plain(v) for k, v in content.items()}}, indent=2) + "\n"


def _plain(value: object) -> object:
    """``value`` in JSON's own types; dates and times as ISO 8601, ``inf`` and ``nan`` as texts."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value
