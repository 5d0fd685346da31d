"""SQLite's errors in terms of the contract: what happened, who mends it, and with what."""

from __future__ import annotations

import sqlite3

from salesprep.adapter import BadData, ConfigInvalid, DeadlineExceeded, Kind, SourceError, Unavailable
from salesprep.adapter.words import _


def damaged(name: str) -> BadData:
    """The file called ``name`` is a database and yet cannot be read."""
    return BadData(
        _("{name} is damaged", name=name),
        mend=_("restore it from a backup; PRAGMA integrity_check tells more"),
    )


def told(error: sqlite3.Error, name: str) -> SourceError | None:
    """A trouble of the file called ``name``; ``None`` if it is the query that is wrong."""
    match _primary(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return Unavailable(
                _("{name} is locked by another program", name=name), mend=_("ask again in a moment")
            )
        case sqlite3.SQLITE_INTERRUPT:
            return DeadlineExceeded(
                _("{name} did not answer in time", name=name),
                mend=_("an index on the columns that are asked helps"),
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_FORMAT:
            return damaged(name)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
            # A log or journal that only a program that writes can work off.
            return Unavailable(
                _("{name} was left in the middle of a change", name=name),
                mend=_("open and close it once with the CRM's own program"),
            )
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_FULL:
            return Unavailable(_("{name} cannot be read", name=name), mend=_("check the drive that it is on"))
        case sqlite3.SQLITE_TOOBIG:
            return BadData(
                _("{name} holds a value of more than 8 million bytes", name=name),
                mend=_("select the beginning only: substr(body, 1, 4000)"),
            )
        case _:
            return None


def told_of_query(error: sqlite3.Error, kind: Kind, *, prepared: bool) -> SourceError:
    """A trouble of the query of ``kind``. SQLite's own words are passed on only if it could not be
    ``prepared``: they are about the admin's SQL then, and cannot hold what is in the database."""
    where = f"queries.{kind}"
    if _primary(error) == sqlite3.SQLITE_AUTH:
        return ConfigInvalid(
            _("query {kind}: does more than read", kind=kind),
            mend=_("leave only what SELECT can do"),
            field=where,
        )
    if not prepared:
        return ConfigInvalid(
            _("query {kind}: {error}", kind=kind, error=error), mend=_("correct the query"), field=where
        )
    if "user-defined function" in str(error):
        return BadData(
            _("query {kind}: a name or address is not written in UTF-8", kind=kind),
            mend=_("write fold(CAST(… AS BLOB)), and the same with domain_of"),
            field=where,
        )
    return BadData(
        _("query {kind}: fails on what is in the database", kind=kind),
        mend=_("try the query in a tool of SQLite"),
        field=where,
    )


def _primary(error: sqlite3.Error) -> int:
    # Errors of the module itself have no code.
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
