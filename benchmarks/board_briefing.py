"""A briefing of six full panels, made in memory: whole, or growing step by step as the sources answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from salesprep.adapter import Activity, Document, Participant, Person, Post, Record, Task, Ticket
from salesprep.briefing.model import Briefing, Customer, Found, Match, Panel, Section, State
from salesprep.briefing.recognition.evidence import piece

NOW = datetime(2026, 11, 23, 13, 21, tzinfo=UTC)
"""When it always is, so that nothing is painted because a minute is over."""
RECORDS = 200
"""In each panel."""
STEPS = 20
"""In which the records of a source arrive."""
SOURCES: Mapping[str, str] = {
    "crm": "A",
    "linkedin": "B",
    "tickets": "C",
    "wiki": "D",
    "tasks": "E",
    "posts": "F",
}
"""In the order of the screen; the letter begins the words by which a source's records are known."""

_CUSTOMER = Customer(id="van-dijk", name="Van Dijk Machinebouw", domains=("vandijk.example",))
_SAME = Match("same", "id", (piece("id", "1042"),))
_THEIRS = ("storing lijn 4", "pompen vervangen in hal 2", "onderhoud 2027", "offerte besproken")


def marker(source: str, number: int) -> str:
    """The word that the row of a record holds, and no other row."""
    return f"{SOURCES[source]}-{number:03}"


def _activity(word: str, n: int, when: datetime) -> Record:
    people = (
        Participant(name=word, email=f"p{n}@vandijk.example"),
        Participant(name="Anna de Boer", email="anna@ons.example"),
    )
    kind = ("phone", "mail", "visit")[n % 3]
    return Activity(id=word, title=_THEIRS[n % 4], at=when, people=people, type=kind, direction="in", **_OF)


def _person(word: str, n: int, when: datetime) -> Record:
    return Person(id=word, title=f"{word} Bakker", position=f"Head of line {n}", at=when, **_OF)


def _ticket(word: str, n: int, when: datetime) -> Record:
    title = f"{word} {_THEIRS[n % 4]}"
    return Ticket(id=word, title=title, number=str(n), open=True, priority="2", at=when, **_OF)


def _document(word: str, n: int, when: datetime) -> Record:
    title = f"{word} {_THEIRS[n % 4]}"
    return Document(id=word, title=title, at=when, people=(Participant(name="R. Smit"),), **_OF)


def _task(word: str, n: int, when: datetime) -> Record:
    people = (Participant(name=word, role="owner"),)
    return Task(id=word, title=_THEIRS[n % 4], at=when, due=NOW + timedelta(days=n), people=people, **_OF)


def _post(word: str, n: int, when: datetime) -> Record:
    return Post(
        id=word, title=_THEIRS[n % 4], text=_THEIRS[n % 4], at=when, people=(Participant(name=word),), **_OF
    )


_OF: Mapping[str, Any] = {"fetched_at": NOW, "no_url_reason": "simulated"}
_MAKE: Mapping[str, Callable[[str, int, datetime], Record]] = {
    "crm": _activity,
    "linkedin": _person,
    "tickets": _ticket,
    "wiki": _document,
    "tasks": _task,
    "posts": _post,
}


def founds(source: str, numbers: Iterable[int]) -> tuple[Found, ...]:
    """Records of a source, the newest first: each is an hour older than the one before."""
    make = _MAKE[source]
    return tuple(
        Found(source, make(marker(source, n), n, NOW - timedelta(hours=n + 1)), _SAME) for n in numbers
    )


def panel(source: str, records: tuple[Found, ...], state: State = "fresh") -> Panel:
    """What a source shows of ``records``."""
    sections: tuple[Section, ...] = ()
    if records:
        sections = (Section(records[0].record.kind, "fresh", records, fetched_at=NOW),)
    return Panel(source, source.upper(), source, state, sections, fetched_at=NOW)


def briefing(panels: Mapping[str, Panel]) -> Briefing:
    """Of these panels; the others wait."""
    return Briefing(
        customer=_CUSTOMER,
        generated_at=NOW,
        deadline_s=8.0,
        visit=None,
        attendees=(),
        signals=(),
        contacts=(),
        panels=tuple(panels.get(source, panel(source, (), "waiting")) for source in SOURCES),
        complete=all(panels[source].state != "waiting" for source in SOURCES if source in panels)
        and len(panels) == len(SOURCES),
    )


def whole(*, but: str | None = None) -> Briefing:
    """All records of all sources; ``but`` has not answered yet."""
    return briefing(
        {source: panel(source, founds(source, range(RECORDS))) for source in SOURCES if source != but}
    )


def with_more(given: Briefing, source: str, records: tuple[Found, ...], state: State) -> Briefing:
    """``given``, in which ``source`` has got as far as ``records``."""
    panels = {each.source: each for each in given.panels}
    grown = replace(given, panels=tuple({**panels, source: panel(source, records, state)}.values()))
    return replace(grown, complete=all(each.state == "fresh" for each in grown.panels))
