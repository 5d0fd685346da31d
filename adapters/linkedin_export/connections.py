"""The connections of all exports become blocks, one for each organisation: who is there, and who is or
was there of whom an older export tells something else.

Rows are kept as they are written, and only those of one organisation are taken apart when it is asked
for: most of a file is never needed.
"""

from __future__ import annotations

import csv
import html
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain, islice

from adapters.linkedin_export import dates
from adapters.linkedin_export.archive import Part
from adapters.linkedin_export.columns import CONNECTIONS, Columns
from adapters.linkedin_export.profile import name_key, slug
from adapters.linkedin_export.sheets import AT_ONCE, ENDLESS, MISFIT, Sheet, read, rows_of, text_of
from adapters.linkedin_export.written import LONGEST, QUOTE, joined, pattern, quoted, unquoted
from salesprep.adapter import Refusal
from salesprep.adapter.words import _

_NAMELESS = _("a row without a name")

State = tuple[str, str]
"""Company and position in one export."""

Past = list[tuple[int, State | None]]
"""Going back: from which older export on (its number, from 1) which other state was true; ``None``: they
are not in it."""


@dataclass
class People:
    """The connections of one export."""

    columns: Columns
    width: int
    """Columns, known or not."""
    delimiter: str
    companies: dict[bytes, list[bytes]] = field(default_factory=dict)
    """The rows by organisation, both as they are written."""
    missing: frozenset[bytes] = frozenset()
    """Rows of the newest export that an older one does not have to the letter. Those that it has are not
    in ``companies``."""
    hidden: int = 0
    """Members who show neither name nor anything else; they are not in ``companies``."""
    refused: tuple[Refusal, ...] = ()

    @property
    def count(self) -> int:
        """How many they are."""
        return sum(map(len, self.companies.values()))

    @cached_property
    def rows(self) -> frozenset[bytes]:
        """All that are in ``companies``."""
        return frozenset(chain.from_iterable(self.companies.values()))


def read_people(part: Part, deadline: float, newest: People | None = None) -> People:
    """All connections of one export; of an older one, those whom the ``newest`` has in other words.

    Raises:
        BadData, DeadlineExceeded: as in :class:`adapters.linkedin_export.sheets.Sheet`.
    """
    return read(part.open, CONNECTIONS, part.shown, deadline, lambda sheet: _people(sheet, newest))


def newest_day(part: Part, deadline: float, today: date) -> date | None:
    """The last day, until ``today``, on which somebody was connected: the export is from then or later.

    Raises:
        BadData, DeadlineExceeded: as in :func:`read_people`.
    """

    def days(sheet: Sheet) -> set[str]:
        place = sheet.columns["connected"]
        return {row[place] for row in sheet.each() if len(row) > place}

    written = read(part.open, CONNECTIONS, part.shown, deadline, days)
    return max((day for text in written if (day := dates.day(text)) and day <= today), default=None)


def _people(sheet: Sheet, newest: People | None) -> People:
    reading = _Reading(sheet)
    lines = iter(sheet.lines)
    if newest is not None:
        reading.people.missing = newest.rows
        if _is_one_form(sheet, newest):
            # Nearly all rows are the same to the letter, and need not be looked at.
            given = list(lines)
            reading.people.missing = newest.rows.difference(given)
            lines = iter([line for line in given if line not in newest.rows])
    # A stray quotation mark draws the rows after it into one: those are read again by themselves.
    waiting = [(lines, sheet.line)]
    while waiting:
        lines, number = waiting.pop()
        drawn_in = reading.take(lines, number)
        if drawn_in is not None:
            waiting.append((lines, number + reading.taken))
            waiting.append((iter(drawn_in), number + reading.taken - len(drawn_in)))
    people = reading.people
    people.companies = dict(reading.companies)
    people.refused = sheet.problems.refusals()
    return people


def _is_one_form(sheet: Sheet, people: People) -> bool:
    form = (people.columns, people.width, people.delimiter)
    return "url" in sheet.columns and (sheet.columns, sheet.width, sheet.delimiter) == form


class _Reading:
    """Takes lines, and sorts the rows in them by organisation."""

    def __init__(self, sheet: Sheet) -> None:
        self.people = People(sheet.columns, sheet.width, sheet.delimiter)
        self.companies: defaultdict[bytes, list[bytes]] = defaultdict(list)
        self.taken = 0
        """Lines of the last call."""
        self._sheet = sheet
        cells = {name: sheet.columns[name] for name in ("first", "company")}
        self._whole = pattern(sheet.delimiter, sheet.width, cells, besides="\\n").fullmatch

    def take(self, lines: Iterator[bytes], before: int) -> list[bytes] | None:
        """Read on until the end (``None``), or to a row of several lines: those of them that a broken row has
        drawn in.

        ``before``: the number of the line before the first.
        """
        sheet, number = self._sheet, before
        company, first = sheet.columns["company"], sheet.columns["first"]
        delimiter, width, companies = sheet.delimiter.encode(), sheet.width, self.companies
        whole = self._whole
        # What is done for each row decides how long the first look takes: a row without quotation marks
        # is cut at its delimiters, and none is taken apart any further than is needed now.
        while True:
            began = number
            for number, line in enumerate(islice(lines, AT_ONCE), began + 1):
                name = where = b""
                if QUOTE not in line:
                    cells = line.split(delimiter)
                    if len(cells) == width:
                        name, where = cells[first], cells[company]
                elif found := whole(line):
                    name, where = map(unquoted, found.group("first", "company"))
                if name.strip() and len(line) <= LONGEST:
                    companies[where].append(line)
                    continue
                further, broken = self._closer(line, lines, number)
                if further:
                    self.taken = number - before + len(further)
                    return further if broken else []
            if number == began or sheet.is_over(number, number):
                return None

    def _closer(self, line: bytes, lines: Iterator[bytes], number: int) -> tuple[list[bytes], bool]:
        """A row that needs a second look: the further lines that it takes, and whether it is broken."""
        sheet, further = self._sheet, list[bytes]()
        sheet.is_over(0, number)

        def all_of_it() -> Iterator[bytes]:
            yield line
            for one in lines:
                further.append(one)
                yield one

        try:
            row = next(rows_of(all_of_it(), sheet.delimiter), [])
        except csv.Error:
            sheet.problems.add(ENDLESS, number)
            return further, True
        if not any(row):
            return further, False
        # A line with all delimiters of a row was one; what follows it was drawn in.
        whole = line.count(sheet.delimiter.encode()) >= sheet.width - 1
        fitted = sheet.fitted(row)
        if not fitted:
            sheet.problems.add(MISFIT, number)
            return further, whole
        place = sheet.columns
        named = [
            fitted[place[name]].strip() for name in ("first", "last", "connected", "url") if name in place
        ]
        if whole and any("\n" in cell for cell in named):
            sheet.problems.add(ENDLESS, number)
            return further, True
        if not (named[0] or named[1]):
            if any(cell.strip() for at, cell in enumerate(fitted) if at != place["connected"]):
                sheet.problems.add(_NAMELESS, number)
            else:
                self.people.hidden += 1
            return further, False
        # Written anew, as what stands there may be readable by chance alone.
        company = fitted[place["company"]].encode("utf-8", "replace")
        self.companies[company].append(joined(map(quoted, fitted), sheet.delimiter))
        return further, False


# -- blocks -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Blocks:
    """By organisation, each in one spelling."""

    here: dict[str, bytes]
    """Rows of those who are there, and of whom no older export tells anything else."""
    changed: dict[str, bytes]
    """Of all others who are or were there: rows, in each its :data:`Past` behind its own cells."""


def blocks(newest: People, older: Iterable[People], also: Iterable[str]) -> Blocks:
    """All that is to be kept.

    ``older``: the other exports, from the newest to the oldest. ``also``: organisations to be known
    besides, even with nobody there.
    """
    here: dict[str, bytes] = {}
    changed: dict[str, list[bytes]] = {}
    pasts = _pasts(newest, older)
    for written, lines in newest.companies.items():
        company = tidy(text_of(written))
        moved = [line for line in lines if line in pasts] if pasts else []
        for line in moved:
            row = _with_past(line, pasts[line], newest.delimiter)
            before = (tidy(state[0]) for _at, state in pasts[line] if state is not None)
            # In the same order in every process: the index of names tells organisations by their number.
            for one in dict.fromkeys((company, *before)):
                changed.setdefault(one, []).append(row)
        text = b"".join([line for line in lines if line not in pasts] if moved else lines)
        here[company] = _ended(here[company]) + text if company in here else text
    for company in (*changed, *map(tidy, also)):
        here.setdefault(company, b"")
    return Blocks(here, {company: b"".join(rows) for company, rows in changed.items()})


def _with_past(line: bytes, past: Past, delimiter: str) -> bytes:
    cells: list[str] = []
    for at, state in past:
        cells += (str(-at), "", "") if state is None else (str(at), *state)
    return joined([line.rstrip(b"\r\n"), *map(quoted, cells)], delimiter)


def past_of(cells: Sequence[str]) -> Past:
    """What stands behind the own cells of a row that is kept in :attr:`Blocks.changed`."""
    steps = zip(cells[::3], cells[1::3], cells[2::3], strict=True)
    return [
        (abs(int(at)), None if at.startswith("-") else (company, position)) for at, company, position in steps
    ]


def tidy(text: str) -> str:
    """One line, without the codes of web pages (``&amp;``)."""
    if "&" in text:
        text = html.unescape(text)
    elif text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text
    return " ".join(text.split())


def _ended(text: bytes) -> bytes:
    """The last row of a file often has no end of line."""
    return text if not text or text.endswith((b"\n", b"\r")) else text + b"\n"


def _pasts(newest: People, older: Iterable[People]) -> dict[bytes, Past]:
    """By the row in the newest export, as it is written."""
    pasts: dict[bytes, Past] = {}
    last: dict[bytes, State | None] = {}
    for number, export in enumerate(older, 1):
        by_name = not ("url" in newest.columns and "url" in export.columns)
        before = _members(export.rows, export, by_name=by_name)
        now = _members(export.missing | pasts.keys(), newest, by_name=by_name)
        for key, (line, own) in now.items():
            state: State | None = own
            if line in export.missing:
                if by_name and key not in before:
                    continue  # they may be in it under another name
                state = before[key][1] if key in before else None
            if last.get(line, own) != state:
                pasts.setdefault(line, []).append((number, state))
                last[line] = state
    return pasts


def _members(lines: Iterable[bytes], people: People, *, by_name: bool) -> dict[str, tuple[bytes, State]]:
    """Row and state by the address's slug, or by the folded name where one of two exports has no addresses;
    whoever shares their key with another member cannot be known again by it."""
    place, given = people.columns, list(lines)
    first, last, company, position = place["first"], place["last"], place["company"], place.get("position")
    found: dict[str, tuple[bytes, State]] = {}
    twice: set[str] = set()
    for line, row in zip(given, rows_of(given, people.delimiter), strict=True):
        key = name_key(row[first], row[last]) if by_name else slug(row[place["url"]])
        if not key:
            continue
        if key in found:
            twice.add(key)
        found[key] = (line, (row[company], row[position] if position is not None else ""))
    return {key: one for key, one in found.items() if key not in twice}
