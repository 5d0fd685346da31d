"""What a decision is about: one id of one source, written ``crm:1042`` for an account and
``crm/person:21`` for any other record. Ids of two kinds of one source may be equal.
"""

from __future__ import annotations

from dataclasses import dataclass

from salesprep.adapter import Kind, Meeting, Record
from salesprep.adapter.words import _
from salesprep.briefing.model import Link


@dataclass(frozen=True, slots=True)
class Target:
    """One id of one source."""

    source: str
    native_id: str
    kind: Kind = Kind.ACCOUNT

    def __str__(self) -> str:
        kind = "" if self.kind is Kind.ACCOUNT else f"/{self.kind}"
        return f"{self.source}{kind}:{self.native_id}"


def target_of(source: str, record: Record) -> Target:
    """What is decided on where ``record`` is: of a meeting all its instances and copies at once."""
    native_id = record.id
    if isinstance(record, Meeting) and record.series_id:
        native_id = record.series_id
    return Target(source, native_id, record.kind)


def decided_by(link: Link) -> Target:
    """What ``link`` decides on."""
    return Target(link.source, link.native_id, link.kind)


def read_target(written: str) -> Target:
    """A target as people write it.

    Raises:
        ValueError: it is of no such form; the message says what is.
    """
    where, colon, native_id = written.partition(":")
    source, slash, named = where.partition("/")
    if not (source and colon and native_id.strip()):
        raise ValueError(
            _("{written} is no SOURCE:ID such as crm:1042 or crm/person:21", written=repr(written))
        )
    if not slash:
        return Target(source, native_id)
    try:
        return Target(source, native_id, Kind(named))
    except ValueError:
        raise ValueError(
            _(
                "{written}: {named} is none of {names}",
                written=repr(written),
                named=repr(named),
                names=", ".join(Kind),
            )
        ) from None
