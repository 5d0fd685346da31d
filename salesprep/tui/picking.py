"""What a line is about, so that a cursor finds it again in the next drawing."""

from __future__ import annotations

from collections.abc import Hashable


def identity(about: object) -> Hashable:
    """Equal for the same thing told twice, be it with news; ``None`` for nothing.

    A record is its source, kind and id; a visit its meeting; a contact the record it is told by; a line of
    the quick scan the first record that it was derived from.
    """
    if about is None:
        return None
    name = type(about).__name__
    if (record := getattr(about, "record", None)) is not None:
        return (name, getattr(about, "source", ""), str(record.kind), record.id)
    if (meeting := getattr(about, "meeting", None)) is not None:
        return (name, getattr(about, "source", ""), meeting.id, str(meeting.start))
    if (found := getattr(about, "found", None)) is not None:
        return (name, identity(found))
    if evidence := getattr(about, "evidence", ()):
        return (name, getattr(about, "word", ""), identity(evidence[0]))
    return (name, about) if isinstance(about, Hashable) else (name, id(about))


def records(about: object) -> tuple[object, ...]:
    """The found records that a line tells of, the one that it is told by first."""
    if getattr(about, "record", None) is not None:
        return (about,)
    if evidence := getattr(about, "evidence", ()):
        return tuple(evidence)
    found = getattr(about, "found", None)
    if isinstance(found, tuple):
        return found
    return (found,) if found is not None else ()
