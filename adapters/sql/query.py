"""A query of the settings, made ready to ask for one customer.

Its text comes from the settings alone. Whom to look for is bound, as JSON that four small tables in
front of the query unfold: no value ever becomes part of the SQL, and one statement serves any number
of names and ids, so that order, pages and count are the database's own.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo

from salesprep.adapter import ConfigInvalid, Kind, Query
from salesprep.adapter.names import fold
from salesprep.adapter.words import _

ASKED = ("asked_names", "asked_domains", "asked_emails", "asked_ids")
PARAMETERS = (":now", ":today")

_TABLES = """WITH
asked_ids(value) AS (SELECT value FROM json_each(:asked_ids)),
asked_domains(value) AS (SELECT value FROM json_each(:asked_domains)),
asked_emails(value) AS (SELECT value FROM json_each(:asked_emails)),
asked_names(name, folded, pattern) AS MATERIALIZED (
  SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]')
  FROM json_each(:asked_names)
)"""

# Text, quoted names and comments: what looks like SQL in there is none.
_QUOTED = re.compile(
    r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | `(?:[^`]|``)*` | \[[^\]]*\] | --[^\n]* | /\*.*?(?:\*/|\Z)""",
    re.VERBOSE | re.DOTALL,
)
_PARAMETER = re.compile(r"[:@$]\w+|\?\d*")
_NUMBER = re.compile(r"(?:0|-?[1-9][0-9]{0,18})\Z")
_ASKED_TABLE = re.compile(r"\basked_\w*", re.IGNORECASE)


class Select:
    """One checked query. Its statements take the values of :func:`bound`."""

    def __init__(self, kind: Kind, sql: str) -> None:
        """Check what can be told from the text alone; the database tells the rest.

        Raises:
            ConfigInvalid: no ``SELECT``, several statements, an unknown parameter, or nothing in it
                that asks for the customer.
        """
        self.kind = kind
        bare = _QUOTED.sub(" ", sql).strip().removesuffix(";")
        if "\0" in sql:
            raise self._invalid(_("holds a zero byte"), _("remove it"))
        if not re.match(r"(SELECT|WITH)\b", bare, re.IGNORECASE):
            raise self._invalid(_("only SELECT is allowed"), _("begin it with SELECT or WITH"))
        if ";" in bare:
            raise self._invalid(_("holds more than one statement"), _("leave only the SELECT"))
        for parameter in _PARAMETER.findall(bare):
            if parameter not in PARAMETERS:
                raise self._invalid(
                    _('unknown parameter "{parameter}"', parameter=parameter), _hint(parameter)
                )
        asked = [name.lower() for name in _ASKED_TABLE.findall(bare)]
        for name in asked:
            if name not in ASKED:
                near = difflib.get_close_matches(name, ASKED, n=1)
                raise self._invalid(
                    _('unknown table "{name}"', name=name),
                    _('use "{near}"', near=near[0]) if near else _("use {names}", names=", ".join(ASKED)),
                )
        if not asked:
            raise self._invalid(
                _("does not ask for the customer"), _("use one of {names}", names=", ".join(ASKED))
            )
        self.asks = frozenset(asked)
        """Which of the tables of :data:`ASKED` it uses."""
        # A comment at its end must not swallow the bracket.
        self._from = f"FROM (\n{_without_end(sql)}\n)"

    @property
    def page(self) -> str:
        """The statement for one page; it takes ``page_start`` and ``page_size`` too."""
        return f"{_TABLES}\nSELECT * {self._from} LIMIT :page_size OFFSET :page_start"

    @property
    def count(self) -> str:
        """The statement that counts all rows."""
        return f"{_TABLES}\nSELECT count(*) {self._from}"

    @property
    def of_ids(self) -> str:
        """As :attr:`page`, of rows with an asked id alone: the database need not look at others."""
        where = "WHERE id IN asked_ids"
        return f"{_TABLES}\nSELECT * {self._from} {where} LIMIT :page_size OFFSET :page_start"

    def columns_of_all(self, columns: Sequence[str]) -> str:
        """The statement for some columns of all rows, with the values of :data:`EVERYBODY`; it takes
        ``first`` and ``most`` too."""
        return f"{_TABLES}\nSELECT {', '.join(columns)} {self._from} LIMIT :most OFFSET :first"

    def _invalid(self, what: str, mend: str) -> ConfigInvalid:
        return ConfigInvalid(
            _("query {kind}: {what}", kind=self.kind, what=what), mend=mend, field=f"queries.{self.kind}"
        )


EVERYBODY = Query(names=("%",))
"""This very query is a question whose pattern every name fits; typed, its name is one without letters."""


def bound(query: Query, now: datetime, zone: tzinfo) -> dict[str, str]:
    """The values of one question: whom to look for, and when it is."""
    names = [(name, fold(name)) for name in query.names]
    # A folded name has no % or _ left, so that nothing in a pattern needs an ESCAPE.
    spelled = [(name, folded, f"%{folded}%") for name, folded in names if folded]
    return {
        "asked_ids": json.dumps([form for native_id in query.ids for form in _forms(native_id)]),
        "asked_domains": json.dumps([domain.casefold() for domain in query.domains]),
        "asked_emails": json.dumps([address.casefold() for address in query.emails]),
        "asked_names": json.dumps([("", "", "%")] if query is EVERYBODY else spelled),
        "now": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "today": now.astimezone(zone).date().isoformat(),
    }


def _forms(native_id: str) -> tuple[str | int, ...]:
    """An id as text and, where it is one, as the number that a column without a type may hold.

    A column with a type turns either into its own; one without compares them as they are.
    """
    if _NUMBER.match(native_id) and -(2**63) <= int(native_id) < 2**63:
        return native_id, int(native_id)
    return (native_id,)


def _without_end(sql: str) -> str:
    """``sql`` without the semicolon that ends it; text, names and comments are left alone."""
    blanked = _QUOTED.sub(lambda found: " " * len(found[0]), sql).rstrip()
    return sql[: len(blanked) - 1] if blanked.endswith(";") else sql


def _hint(parameter: str) -> str:
    there_are = _("parameters are {names}", names=", ".join(PARAMETERS))
    meant = next((table for table in ASKED if table.removeprefix("asked_").rstrip("s") in parameter), None)
    return (
        _('whom to look for stands in the table "{meant}"; {there_are}', meant=meant, there_are=there_are)
        if meant
        else there_are
    )
