"""SQLite's errors in terms of the contract: what happened, who mends it, and with what."""

from __future__ import annotations

import sqlite3

from salesprep.adapter import BadData, ConfigInvalid, DeadlineExceeded, Kind, SourceError, Unavailable


def damaged(name: str) -> BadData:
    """The file called ``name`` is a database and yet cannot be read."""
    return BadData(f"{name} is damaged", mend="restore it from a backup; PRAGMA integrity_check tells more")


def told(error: sqlite3.Error, name: str) -> SourceError | None:
    """A trouble of the file called ``name``; ``None`` if it is the query that is wrong."""
    match _primary(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return Unavailable(f"{name} is locked by another program", mend="ask again in a moment")
        case sqlite3.SQLITE_INTERRUPT:
            return DeadlineExceeded(
                f"{name} did not answer in time", mend="an index on the columns that are asked helps"
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_FORMAT:
            return damaged(name)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
            # A log or journal that only a program that writes can work off.
            return Unavailable(
                f"{name} was left in the middle of a change",
                mend="open and close it once with the CRM's own program",
            )
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_FULL:
            return Unavailable(f"{name} cannot be read", mend="check the drive that it is on")
        case sqlite3.SQLITE_TOOBIG:
            return BadData(
                f"{name} holds a value of more than 8 million bytes",
                mend="select the beginning only: substr(body, 1, 4000)",
            )
        case _:
            return None


def told_of_query(error: sqlite3.Error, kind: Kind, *, prepared: bool) -> SourceError:
    """A trouble of the query of ``kind``. SQLite's own words are passed on only if it could not be
    ``prepared``: they are about the admin's SQL then, and cannot hold what is in the database."""
    where = f"queries.{kind}"
    if _primary(error) == sqlite3.SQLITE_AUTH:
        return ConfigInvalid(
            f"query {kind}: does more than read", mend="leave only what SELECT can do", field=where
        )
    if not prepared:
        return ConfigInvalid(f"query {kind}: {error}", mend="correct the query", field=where)
    if "user-defined function" in str(error):
        return BadData(
            f"query {kind}: a name or address is not written in UTF-8",
            mend="write fold(CAST(… AS BLOB)), and the same with domain_of",
            field=where,
        )
    return BadData(
        f"query {kind}: fails on what is in the database",
        mend="try the query in a tool of SQLite",
        field=where,
    )


def _primary(error: sqlite3.Error) -> int:
    # Errors of the module itself have no code.
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
