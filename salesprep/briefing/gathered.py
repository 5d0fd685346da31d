"""What the sources of one scan have answered so far, raw: records by kind and native id.

Nothing here is decided; recognition reads it anew with every answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from salesprep.adapter import Account, Failure, Kind, Query, Record, Refusal
from salesprep.sources.answers import Answer, SourceInfo


@dataclass(slots=True)
class Slot:
    """The answers to one question (one kind, or ``find``), united by native id; a later one wins."""

    asked: bool = False
    """A call was made, or an answer stands for one."""
    under_way: int = 0
    records: dict[str, Record] = field(default_factory=dict)
    answer: Answer | None = None
    """The last answer with a page."""
    trouble: Answer | None = None
    """The last answer, if it had a failure: with an ``answer``, what is here is not all or not new."""
    part: Failure | None = None
    """What an answer said of a part of the source that could not be read."""
    refused: tuple[Refusal, ...] = ()
    cursor: str | None = None
    total: int | None = None
    pages: int = 0

    def take(self, answer: Answer, *, more: bool = False) -> None:
        """Add an answer. ``more``: it is a further page and not the question asked again."""
        self.asked = True
        self.trouble = answer if answer.failure is not None else None
        page = answer.page
        if page is None:
            self.pages += more
            return
        self.records.update((record.id, record) for record in page.records)
        # A question asked again meets the same unreadable items: they are told once.
        self.refused = tuple(dict.fromkeys((*self.refused, *page.refused)))
        self.part = page.failure or (self.part if more else None)
        self.cursor = page.cursor
        self.pages = self.pages + 1 if more else 1
        if not more or self.answer is None:
            self.answer, self.total = answer, page.total

    @property
    def whole(self) -> bool:
        """The source answered, without trouble, and there is no further page."""
        return self.heard and self.sound and self.cursor is None and not self.under_way

    @property
    def sound(self) -> bool:
        """No answer so far, or the last one without any failure."""
        return self.trouble is None and self.part is None

    @property
    def heard(self) -> bool:
        """The source answered with a page, new or old."""
        return self.answer is not None


@dataclass(slots=True)
class Gathered:
    """One source: what it was asked with, and what came."""

    info: SourceInfo
    kinds: dict[Kind, Slot]
    find: Slot | None
    upcoming: Slot | None
    wave: int = 0
    found_with: Query = field(default_factory=Query)
    """The keys of the last ``find``."""
    sought: frozenset[str] = frozenset()
    """All ids that ``find`` was asked for."""
    fetched_with: Query = field(default_factory=Query)
    """The keys of the last ``fetch``: a cursor is good for these alone."""
    fetched: bool = False
    """``fetch`` was asked in the running wave."""

    @property
    def name(self) -> str:
        """The source's name."""
        return self.info.name

    @property
    def busy(self) -> bool:
        """Calls about the customer are under way."""
        slots = [*self.kinds.values(), *([self.find] if self.find else [])]
        return any(slot.under_way for slot in slots)

    @property
    def told_accounts(self) -> Slot | None:
        """Where its accounts come from, if it has any to tell."""
        return self.find or self.kinds.get(Kind.ACCOUNT)

    def lacks(self, native_id: str) -> bool:
        """It was asked for this account by its id, answered without failure, and knows nothing of it."""
        find = self.find
        if find is None or self.busy or not find.heard or not find.sound:
            return False
        if native_id not in self.sought or any(a.id == native_id for a in self.accounts()):
            return False
        return not any(
            r.keys.account_id == native_id for slot in self.kinds.values() for r in slot.records.values()
        )

    def accounts(self) -> tuple[Account, ...]:
        """The accounts seen so far, by ``find`` and by ``fetch``; the first seen come first."""
        seen: dict[str, Account] = {}
        for slot in (self.find, self.kinds.get(Kind.ACCOUNT)):
            for record in slot.records.values() if slot is not None else ():
                if isinstance(record, Account):
                    seen[record.id] = record
        return tuple(seen.values())


def gathered(info: SourceInfo) -> Gathered:
    """A source of which nothing is known yet."""
    manifest = info.manifest
    if manifest is None or info.problem is not None:
        return Gathered(info, {}, None, None)
    finds = "find" in manifest.abilities
    return Gathered(
        info,
        kinds={kind: Slot() for kind in info.kinds if not (finds and kind is Kind.ACCOUNT)},
        find=Slot() if finds else None,
        upcoming=Slot() if "upcoming" in manifest.abilities else None,
    )
