"""What ``doctor`` found, as text and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from salesprep.output.listing import dump
from salesprep.settings import Us
from salesprep.view.lines import one_line, width, wrap
from salesprep.view.words import _, _n, count, say

Area = Literal[
    "settings", "adapters", "sources", "dependencies", "terminal", "time", "clipboard", "secrets", "folders"
]
Outcome = Literal["ok", "warn", "fail"]
Name = Literal[
    "answers", "clock", "colours", "company", "contract", "disk", "example", "failed-last", "folder",
    "foreign", "inside", "installed", "interface", "libraries", "library", "links",
    "links-team", "links-wrong", "log", "log-errors", "missing",
    "named", "no-terminal", "not-asked", "not-loaded", "not-looked-at", "not-usable", "nowhere", "open",
    "other-version", "person", "program", "python", "references", "salesprep", "sample", "size", "ssh",
    "team", "team-copy", "term", "terminal", "unicode", "unlaid", "untrusted", "unwritable", "us",
    "variable", "writable", "wrong", "zone", "zones",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    area: Area
    name: Name
    """Which of the area's; the same in every language."""
    outcome: Outcome
    what: str
    """One sentence, no full stop."""
    mend: str = ""
    """What to do about it."""
    about: str | None = None
    """The source, adapter or folder it is about, where there are several."""


AREAS: Mapping[Area, str] = {
    "settings": _("SETTINGS"),
    "adapters": _("ADAPTERS"),
    "sources": _("SOURCES"),
    "dependencies": _("LIBRARIES"),
    "terminal": _("TERMINAL"),
    "time": _("TIME"),
    "clipboard": _("CLIPBOARD"),
    "secrets": _("SECRETS"),
    "folders": _("FOLDERS"),
}
_OUTCOMES: Mapping[Outcome, str] = {"ok": _("ok"), "warn": _("LOOK"), "fail": _("MEND")}
_SMALLEST = 20


def doctor_text(findings: Sequence[Finding], us: Us, columns: int) -> str:
    """Area by area, a sentence for each finding and below it what to mend; in the end how many there are."""
    outcomes = {outcome: say(us, word) for outcome, word in _OUTCOMES.items()}
    edge = 4 + max(map(width, outcomes.values()))
    room = max(_SMALLEST, columns) - edge
    lines: list[str] = []
    for area, title in AREAS.items():
        here = [one for one in findings if one.area == area]
        if here:
            lines += ["", say(us, title)] if lines else [say(us, title)]
        for one in here:
            first, *rest = wrap(one_line(say(us, one.what)), room) or [""]
            word = outcomes[one.outcome]
            lines.append(f"  {word}{' ' * (edge - 2 - width(word))}{first}")
            if one.mend and one.outcome != "ok":
                rest += wrap(one_line(say(us, _("mend: {mend}"), mend=one.mend)), room)
            lines += [" " * edge + part for part in rest]
    told = [line.rstrip() for line in lines]
    return "\n".join([*told, "", *wrap(_sum(findings, us), max(_SMALLEST, columns))]) + "\n"


def doctor_json(findings: Sequence[Finding], version: str, bundle: Mapping[str, object] | None) -> str:
    """``salesprep.doctor/1``."""
    return dump(
        "salesprep.doctor/1",
        salesprep=version,
        outcome=worst(findings),
        findings=[
            {
                "area": one.area,
                "name": one.name,
                "outcome": one.outcome,
                "what": one.what,
                "mend": one.mend or None,
                "about": one.about,
            }
            for one in findings
        ],
        bundle=bundle,
    )


def worst(findings: Sequence[Finding]) -> Outcome:
    """The worst of them."""
    outcomes = {one.outcome for one in findings}
    return "fail" if "fail" in outcomes else "warn" if "warn" in outcomes else "ok"


def _sum(findings: Sequence[Finding], us: Us) -> str:
    n = {outcome: sum(one.outcome == outcome for one in findings) for outcome in _OUTCOMES}
    parts = [
        count(us, *_n("{n} thing to mend", "{n} things to mend"), n["fail"]) if n["fail"] else "",
        count(us, *_n("{n} to look at", "{n} to look at"), n["warn"]) if n["warn"] else "",
        count(us, *_n("{n} in order", "{n} in order"), n["ok"]),
    ]
    return ", ".join(filter(None, parts))
