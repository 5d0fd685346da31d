"""Messages and invitations: sorted into blocks when an export is first read, taken apart when one is needed.

A block is one conversation, so that what was answered is known. Drafts, advertising and spam are no
contact with anybody.
"""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from operator import itemgetter

from adapters.linkedin_export import dates
from adapters.linkedin_export.archive import Part
from adapters.linkedin_export.columns import INVITATIONS, MESSAGES, Columns
from adapters.linkedin_export.profile import slug, slugs
from adapters.linkedin_export.sheets import Problems, Sheet, read
from adapters.linkedin_export.shelf import ENTRY, FIELD, plain
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
    conversations: list[str] = field(default_factory=list)
    """Their rows, as texts."""
    slugs: list[set[str]] = field(default_factory=list)
    """Who takes part in each."""
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
        found, taking_part = _sorted(sheet, ("conversation",), ("from", "sender", "recipients"))
        found.owner = _owner(taking_part, owner_name, connected)
        found.slugs = [_slugs(one) for one in taking_part]
        return found

    return read(part.open, MESSAGES, part.shown, deadline, use)


def read_invitations(part: Part, deadline: float) -> Sorted:
    """All invitations to connect, in and out; those between the same two are one conversation.

    Raises:
        BadData, DeadlineExceeded: as in :func:`read_messages`.
    """

    def use(sheet: Sheet) -> Sorted:
        parties = ("inviter", "invitee")
        found, taking_part = _sorted(sheet, parties, parties)
        found.slugs = [{slug(url) for cells in one for url in cells} for one in taking_part]
        return found

    return read(part.open, INVITATIONS, part.shown, deadline, use)


_Cells = list[list[str]]


def _sorted(sheet: Sheet, by: tuple[str, ...], parties: tuple[str, ...]) -> tuple[Sorted, list[_Cells]]:
    """Rows by the cells ``by``, and the cells ``parties`` of each group, each once."""
    rows: defaultdict[str, list[str]] = defaultdict(list)
    taking_part: dict[str, None] = {}
    # A column that the file does not have is the empty cell that is put behind each row.
    cells = itemgetter(*(sheet.columns.get(name, sheet.width) for name in (*by, *parties)))
    between = sheet.width - 1
    for given in sheet.rows():
        line, row = FIELD.join(given), given
        if line.count(FIELD) != between or ENTRY in line:
            row = [plain(cell) for cell in given]
            line = FIELD.join(row)
        row.append("")
        who = FIELD.join(cells(row))
        taking_part[who] = None
        rows[who.rsplit(FIELD, len(parties))[0]].append(line)
    groups: dict[str, _Cells] = {key: [] for key in rows}
    for who in taking_part:
        key, *found = who.rsplit(FIELD, len(parties))
        groups[key].append(found)
    conversations = [ENTRY.join(lines) for lines in rows.values()]
    return Sorted(sheet.columns, conversations, refused=sheet.problems.refusals()), list(groups.values())


def _slugs(messages: _Cells) -> set[str]:
    """Who wrote, and to whom, in a conversation."""
    return {slug(sender) for _name, sender, _urls in messages}.union(
        *(slugs(urls) for _name, _sender, urls in messages)
    )


def _owner(taking_part: Iterable[_Cells], name: str, connected: Callable[[], frozenset[str]]) -> str:
    """The slug of the member themself: who bears their name, else who is in more conversations than
    anybody else; ``""``: that cannot be told."""
    conversations = list(taking_part)
    if name:
        senders = Counter((cells[0], cells[1]) for one in conversations for cells in one)
        for is_they in (lambda who: who == name, lambda who: fold(who) == fold(name)):
            named = Counter({url: count for (who, url), count in senders.items() if url and is_they(who)})
            if named:
                return slug(named.most_common(1)[0][0])
    present: Counter[str] = Counter()
    for one in conversations:
        present.update(_slugs(one))
    for slug_ in connected() | {""}:
        del present[slug_]
    best = present.most_common(2)
    return best[0][0] if len(best) == 1 or (best and best[0][1] > best[1][1]) else ""


# -- taken apart --------------------------------------------------------------------------------


def messages_in(text: str, columns: Columns, owner: str, name: str, problems: Problems) -> list[Talk]:
    """One conversation in the order of time. ``owner`` and ``name`` are the member's."""
    found: list[tuple[datetime, int, Talk]] = []
    for number, cell in enumerate(_cells(text, columns)):
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


def invitations_in(text: str, columns: Columns, zone: tzinfo, problems: Problems) -> list[Talk]:
    """The invitations between two. ``zone``: of their times, which name none."""
    talks = []
    for cell in _cells(text, columns):
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


def _cells(text: str, columns: Columns) -> Iterator[dict[str, str]]:
    width = max(columns.values()) + 1
    for line in text.split(ENTRY):
        row = line.split(FIELD)
        if len(row) >= width:
            yield {name: row[place] for name, place in columns.items()}


def _is_no_talk(cell: dict[str, str]) -> bool:
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
    return " ".join(html.unescape(plain(text)).split())


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for one in re.split(r"[,;]", plain(text)) if (name := _line(one)))


def _body(text: str) -> str:
    """As plain text: mails on LinkedIn are written in the language of web pages."""
    text = text[:_LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    if "<" in text:
        text = _MARKUP.sub("", _BREAK.sub("\n", text))
    return html.unescape(plain(text)).strip()
