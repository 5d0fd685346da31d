"""Messages and invitations: sorted into blocks when an export is first read, taken apart when one is needed.

A block is one conversation, so that what was answered is known. Drafts, advertising and spam are no
contact with anybody.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import count

from adapters.linkedin_export import dates
from adapters.linkedin_export.archive import Part
from adapters.linkedin_export.columns import INVITATIONS, MESSAGES, Columns
from adapters.linkedin_export.profile import slug, slugs
from adapters.linkedin_export.sheets import Problems, Sheet, read, text_of
from adapters.linkedin_export.written import rows_written, unquoted
from salesprep.adapter import Refusal
from salesprep.adapter.names import fold
from salesprep.adapter.words import _

_YES = frozenset(["yes", "true", "1"])
_NO_DATE = _("a date that cannot be read")
_MARKUP = re.compile(r"<(?:/?[a-z][a-z0-9]*)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*>\s?", re.IGNORECASE)
_LONGEST = 20_000
"""Letters of one message that are shown at most."""


@dataclass(slots=True)
class Sorted:
    """The rows of one file by conversation."""

    columns: Columns
    delimiter: str
    conversations: list[bytes]
    """Their rows, as they are written."""
    of: dict[str, set[int]]
    """By the slug of who takes part: the numbers of conversations."""
    owner: str = ""
    """The slug of the member themself, if it can be told."""
    refused: tuple[Refusal, ...] = ()


@dataclass(slots=True)
class Talk:
    """One message or invitation. Members are named by slug; ``""`` is one whose address is not told."""

    kind: str
    """``chat`` or ``invitation``."""
    id: str
    at: datetime
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    recipient_names: tuple[str, ...]
    subject: str
    body: str
    direction: str = ""
    """``in``, ``out`` or ``""``."""
    answered: bool | None = None


def read_messages(
    part: Part, owner_name: str, connected: Callable[[], frozenset[str]], deadline: float
) -> Sorted:
    """All messages. ``connected`` gives the slugs of the member's connections, of whom none is the member.

    Raises:
        BadData, DeadlineExceeded: as in :class:`adapters.linkedin_export.sheets.Sheet`.
    """

    def use(sheet: Sheet) -> Sorted:
        sorting = _Sorting(sheet)
        senders: dict[bytes, bytes] = {}
        for row, talk, name, sender, recipients in rows_written(
            sheet, "conversation", "from", "sender", "recipients"
        ):
            number = sorting.numbers[talk]
            sorting.rows[number].append(row)
            sorting.talks_of[sender].append(number)
            sorting.talks_of[recipients].append(number)
            senders.setdefault(sender, name)
        found = sorting.done()
        found.owner = _owner(found.of, senders, owner_name, connected)
        return found

    return read(part.open, MESSAGES, part.shown, deadline, use)


def read_invitations(part: Part, first: int, deadline: float) -> Sorted:
    """All invitations to connect, in and out; those between the same two are one conversation, and the first
    has the number ``first``.

    Raises:
        BadData, DeadlineExceeded: as in :func:`read_messages`.
    """

    def use(sheet: Sheet) -> Sorted:
        sorting = _Sorting(sheet)
        for row, *parties in rows_written(sheet, "inviter", "invitee"):
            number = sorting.numbers[b" ".join(map(unquoted, parties))]
            sorting.rows[number].append(row)
            for one in parties:
                sorting.talks_of[one].append(number)
        return sorting.done(first)

    return read(part.open, INVITATIONS, part.shown, deadline, use)


class _Sorting:
    """Rows on their way into conversations; what these are told by is taken as it is written."""

    def __init__(self, sheet: Sheet) -> None:
        self.numbers: defaultdict[bytes, int] = defaultdict(count().__next__)
        """Of conversations."""
        self.rows: defaultdict[int, list[bytes]] = defaultdict(list)
        """By number."""
        self.talks_of: defaultdict[bytes, list[int]] = defaultdict(list)
        """Numbers, by the addresses in a cell."""
        self._sheet = sheet

    def done(self, first: int = 0) -> Sorted:
        blocks: list[bytes] = []
        by_text: dict[bytes, int] = {}
        at: list[int] = []
        for talk, number in self.numbers.items():
            # What is in quotation marks in one row may do without in the next.
            at.append(by_text.setdefault(unquoted(talk), first + len(blocks)))
            rows = b"".join(self.rows[number])
            if at[number] == first + len(blocks):
                blocks.append(rows)
            else:
                blocks[at[number] - first] += rows
        of: dict[str, set[int]] = {}
        for urls, numbers in self.talks_of.items():
            for one in slugs(text_of(unquoted(urls))):
                of.setdefault(one, set()).update(map(at.__getitem__, numbers))
        sheet = self._sheet
        return Sorted(sheet.columns, sheet.delimiter, blocks, of, refused=sheet.problems.refusals())


def _owner(
    of: Mapping[str, set[int]],
    senders: Mapping[bytes, bytes],
    name: str,
    connected: Callable[[], frozenset[str]],
) -> str:
    """The slug of the member themself: who bears their name by ``senders`` (the newest that each address
    wrote under) and is no connection, else who is in more conversations than
    anybody else; ``""``: that cannot be told."""
    exact, folded = name.encode("utf-8", "replace"), fold(name)
    for is_they in (lambda who: who == exact, lambda who: fold(text_of(who)) == folded):
        urls = [url for url, who in senders.items() if name and is_they(unquoted(who))]
        named = [one for url in urls for one in slugs(text_of(unquoted(url)))]
        if len(named) > 1:
            others = connected()
            named = [one for one in named if one not in others] or named
        if named:
            return max(named, key=lambda one: len(of[one]))
    strangers = of.keys() - connected()
    best = Counter({one: len(of[one]) for one in strangers}).most_common(2)
    return best[0][0] if len(best) == 1 or (best and best[0][1] > best[1][1]) else ""


# -- taken apart --------------------------------------------------------------------------------

Cells = dict[str, str]
"""Of a row, by column."""


def cells_of(conversation: bytes, columns: Columns, delimiter: str) -> Iterator[Cells]:
    """The rows of one of :attr:`Sorted.conversations`."""
    for row in csv.reader(map(text_of, io.BytesIO(conversation)), delimiter=delimiter):
        yield {name: row[place] for name, place in columns.items()}


def messages_in(rows: Iterable[Cells], owner: str, name: str, problems: Problems) -> list[Talk]:
    """One conversation in the order of time. ``owner`` and ``name`` are the member's."""
    found: list[tuple[datetime, int, Talk]] = []
    for number, cell in enumerate(rows):
        if _is_no_talk(cell):
            continue
        at = dates.moment(cell["date"], UTC)
        if at is None:
            problems.add(_NO_DATE, None)
            continue
        talk = Talk(
            kind="chat",
            id=cell["conversation"].strip(),
            at=at,
            sender=slug(cell["sender"]),
            sender_name=_line(cell["from"]),
            recipients=tuple(slugs(cell.get("recipients", ""))),
            recipient_names=_names(cell.get("to", "")),
            subject=_line(cell.get("subject", "")) or _line(cell.get("title", "")),
            body=_body(cell["content"]),
        )
        # The newest message stands first in the file: of one second, what is further down came before.
        found.append((at, -number, talk))
    talks = [talk for _at, _number, talk in sorted(found, key=lambda one: one[:2])]
    _number(talks)
    _direct(talks, owner, fold(name))
    return talks


def invitations_in(rows: Iterable[Cells], zone: tzinfo, problems: Problems) -> list[Talk]:
    """The invitations between two. ``zone``: of their times, which name none."""
    talks = []
    for cell in rows:
        at = dates.moment(cell["at"], zone)
        if at is None:
            problems.add(_NO_DATE, None)
            continue
        sender, recipient = slug(cell.get("inviter", "")), slug(cell.get("invitee", ""))
        direction = {"OUTGOING": "out", "INCOMING": "in"}.get(cell["direction"].strip().upper(), "")
        talks.append(
            Talk(
                kind="invitation",
                id=f"invitation {sender} {recipient} {at:%Y%m%dT%H%M}",
                at=at,
                sender=sender,
                sender_name=_line(cell["from"]),
                recipients=(recipient,) if recipient else (),
                recipient_names=(_line(cell["to"]),),
                subject="",
                body=_body(cell.get("message", "")),
                direction=direction,
            )
        )
    return talks


def _is_no_talk(cell: Cells) -> bool:
    if any(cell.get(name, "").strip().lower() in _YES for name in ("draft", "conversation_draft")):
        return True
    place, about = cell.get("folder", "").strip().lower(), cell.get("title", "").strip().lower()
    return place in ("spam", "junk") or "sponsor" in place or about.startswith("sponsored ")


def _number(talks: list[Talk]) -> None:
    """Messages have no id of their own: the conversation and the second, and which one of that second."""
    seen: Counter[str] = Counter()
    for talk in talks:
        id_ = f"{talk.id} {talk.at.astimezone(UTC):%Y%m%dT%H%M%S}"
        seen[id_] += 1
        talk.id = id_ if seen[id_] == 1 else f"{id_} {seen[id_]}"


def _direct(talks: list[Talk], owner: str, name: str) -> None:
    """In or out, and whether anything came back: as far as this conversation tells."""
    came = went = False
    for talk in reversed(talks):
        if (owner and talk.sender == owner) or (not talk.sender and name and fold(talk.sender_name) == name):
            talk.direction, talk.answered = "out", came
            went = True
        elif owner or name:
            talk.direction, talk.answered = "in", went
            came = True


# -- texts --------------------------------------------------------------------------------------


def _line(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for one in re.split(r"[,;]", text) if (name := _line(one)))


def _body(text: str) -> str:
    """As plain text: mails on LinkedIn are written in the language of web pages."""
    shown = text[:_LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    if "<" in shown:
        shown = _MARKUP.sub("", _BREAK.sub("\n", shown))
    shown = html.unescape(shown).strip()
    return shown if len(text) <= _LONGEST else f"{shown} …"
