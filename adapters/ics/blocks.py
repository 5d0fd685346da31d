"""Raw calendar text cut into its events, fast and without understanding them.

Twenty thousand events take seconds to parse, so only those are parsed that a question is about. What
is done here is bytes work: find ``BEGIN:VEVENT`` .. ``END:VEVENT``, unfold (RFC 5545, 3.1), and read
the few lines that tell which events belong together and on which days they may fall. Everything that
has to *understand* a value is left to the iCalendar library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from salesprep.adapter.words import _

BETWEEN = b"\x1e"
"""Stands between the events of a piece of text; a control character that no calendar may hold."""

PIECE = 500
"""Events that are worked on at a time: some 200 KB, a few milliseconds."""

EVER = 10_000_000
"""The day number of "no end"."""

# No calendar may hold them, and one of them in a name costs its whole line. Some write a line's end within
# a text as a vertical tab.
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\r\v\f"))
_SPACES = bytes.maketrans(b"\v\f", b"  ")

# The look at the first letter halves the time: nine lines of ten are passed over by it.
_EDGE = re.compile(rb"\n(?=[BbEe])(?i:(BEGIN|END):(VEVENT|VTIMEZONE|VCALENDAR))[ \t]*\r?(?=\n(?![ \t])|\Z)")
_ALARM = re.compile(rb"\n(?i:BEGIN:VALARM)\n.*?\n(?i:END:VALARM)(?=\n)", re.DOTALL)
_UNTOLD = re.compile(rb"\n(?=[DdAa])(?i:DTSTAMP|ATTACH)[;:][^\n]*")
_TZID = re.compile(rb"\n(?i:TZID)[^:\n]*:([^\n]+)")
_HEAD = re.compile(rb"\n(?i:(METHOD|CALSCALE))[^:\n]*:[ \t]*([\w-]+)")
_FIELD = re.compile(
    rb"\n(?=[UuDdRrCc])(?i:(UID|DTSTART|DTEND|DURATION|RRULE|RDATE|RECURRENCE-ID|CLASS))((?:[;:])[^\n]*)"
)
_DAY = re.compile(rb":[ \t]*(\d{4})(\d\d)(\d\d)(?!\d)")
_UNTIL = re.compile(rb"(?i:UNTIL)=(\d{4})(\d\d)(\d\d)")
_DURATION = re.compile(rb"(\d{1,6})([WDHM])")
_DAYS_PER = {b"W": 7.0, b"D": 1.0, b"H": 1 / 24, b"M": 1 / 1440}


@dataclass(slots=True)
class Scan:
    """Where the parts of a calendar are; offsets are into ``raw``."""

    raw: bytes
    spans: list[tuple[int, int, int, bool]] = field(default_factory=list)
    """Of each event: begin, end, line (from 1), and whether it has its own end."""
    zones: dict[str, bytes] = field(default_factory=dict)
    """The file's own time zones: TZID → unfolded ``VTIMEZONE``; the first of equal names counts."""
    cancelled: bool = False
    """``METHOD:CANCEL``: all of it is called off."""
    scale: str | None = None
    """A calendar that is not Gregorian."""


def is_calendar(raw: bytes) -> bool:
    """Whether this is iCalendar text at all, and not a login page or a picture."""
    return re.search(rb"(?i)(?:\A|[\r\n])\s*BEGIN:VCALENDAR", raw[:100_000]) is not None


def scan(raw: bytes) -> Scan:
    """Find the events and time zones of ``raw``.

    An event ends at its ``END`` or, broken, where the next part begins: garbage costs one event.
    """
    raw = b"\n" + raw.removeprefix(b"\xef\xbb\xbf").translate(_SPACES, _CONTROLS)
    if b"\r\r\n" in raw:  # line ends that were converted twice
        raw = raw.replace(b"\r\r\n", b"\r\n")
    if raw.count(b"\n") == 1:  # line ends of old
        raw = raw.replace(b"\r", b"\n")
    found = Scan(raw)
    opened: bytes | None = None
    begin = line = counted = 0
    first_event = len(raw)

    def close(end: int, whole: bool) -> None:
        if opened == b"VEVENT":
            found.spans.append((begin, end, line, whole))
        elif opened == b"VTIMEZONE" and whole:
            block = unfold(raw[begin:end]).rstrip()
            name = _TZID.search(block)
            if name:
                found.zones.setdefault(name[1].decode("utf-8", "replace").strip().strip('"'), block)

    for edge in _EDGE.finditer(raw):
        what, part = edge[1].upper(), edge[2].upper()
        if what == b"BEGIN":
            close(edge.start(), False)
            opened, begin = part, edge.start() + 1
            line += raw.count(b"\n", counted, begin)
            counted = begin
            if part == b"VEVENT" and not found.spans:
                first_event = min(first_event, begin)
        elif part == opened:
            close(edge.end(), True)
            opened = None
        elif part == b"VCALENDAR":
            close(edge.start(), False)
            opened = None
    close(len(raw), False)
    _read_head(found, raw[:first_event])
    return found


def _read_head(found: Scan, head: bytes) -> None:
    for name, value in _HEAD.findall(unfold(head)):
        word = value.decode("ascii", "replace").upper()
        if name.upper() == b"METHOD":
            found.cancelled = word == "CANCEL"
        elif word != "GREGORIAN":
            found.scale = word


def unfold(text: bytes) -> bytes:
    """Lines as they were before folding, ended by ``\\n`` alone."""
    text = text.replace(b"\r\n", b"\n").replace(b"\r", b" ")
    return text.replace(b"\n ", b"").replace(b"\n\t", b"")


def pieces(found: Scan) -> Iterator[tuple[list[bytes], int]]:
    """The events, unfolded and in UTF-8, :data:`PIECE` at a time, and how many were in another coding.

    Alarms, attachments and ``DTSTAMP`` are left out: nobody is told of them, and a server that stamps
    anew at each request would make every event look changed.
    """
    for at in range(0, len(found.spans), PIECE):
        spans = found.spans[at : at + PIECE]
        text = b"".join(found.raw[begin:end].rstrip() + BETWEEN for begin, end, _, _ in spans)
        text = _UNTOLD.sub(b"", unfold(text))
        blocks = text.split(BETWEEN)[:-1]
        if b"BEGIN:VALARM" in text:
            blocks = [_ALARM.sub(b"", block) for block in blocks]
        try:
            text.decode("utf-8")
        except UnicodeDecodeError:
            yield _recode(blocks)
        else:
            yield blocks, 0


def _recode(blocks: list[bytes]) -> tuple[list[bytes], int]:
    recoded = 0
    for n, block in enumerate(blocks):
        try:
            block.decode("utf-8")
        except UnicodeDecodeError:
            blocks[n] = block.decode("latin-1").encode("utf-8")
            recoded += 1
    return blocks, recoded


@dataclass(slots=True)
class Facts:
    """The little that is known of an event before it is parsed."""

    uid: bytes | None = None
    first: int = EVER
    """No instance before this day (proleptic ordinal)."""
    last: int = 0
    """No instance after this day."""
    private: bool = False
    override: bool = False
    problem: str | None = None
    """Why it can never be read, where that shows at once."""


def facts(block: bytes) -> Facts:
    """Read the few lines that matter for choosing; generous where unsure."""
    known = Facts()
    start = end = None
    length = 0.0
    rule: bytes | None = None
    open_ended = False
    for given, value in _FIELD.findall(block):
        name = given.upper()
        if name == b"UID":
            if known.uid is None:
                known.uid = value.partition(b":")[2].strip() or None
        elif name == b"DTSTART":
            start = start or _day(value)
        elif name == b"DTEND":
            end = _day(value)
        elif name == b"RRULE":
            rule = value
        elif name == b"CLASS":
            # An unknown word counts as private (RFC 5545, 3.8.1.3).
            known.private = value.rpartition(b":")[2].strip().upper() not in (b"PUBLIC", b"")
        elif name == b"DURATION":
            length = sum(int(n) * _DAYS_PER[unit] for n, unit in _DURATION.findall(value.upper()))
        elif name == b"RDATE":
            open_ended = True
        else:
            known.override = True
            open_ended = open_ended or b"RANGE" in value.upper()
    if start is None:
        known.problem = _("no start that is a date")
        return known
    days = int(max(length, (end or start) - start, 0)) + 2
    known.first, known.last = start - 1, start + days
    if open_ended:
        known.first, known.last = 0, EVER
    elif rule is not None:
        until = _UNTIL.search(rule)
        ordinal = _ordinal(until) if until else None
        known.last = EVER if ordinal is None else max(ordinal, start) + days
    return known


def _day(value: bytes) -> int | None:
    match = _DAY.search(value)
    return _ordinal(match) if match else None


def _ordinal(match: re.Match[bytes]) -> int | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).toordinal()
    except ValueError:
        return None
