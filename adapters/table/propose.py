"""Proposals for tables: the settings, what the user may change in them, and what is in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.table.dates import SERIAL
from adapters.table.filling import LABELS, LOOKS_LIKE, SOURCES
from adapters.table.guess import Guess, Mapped
from salesprep.adapter import Kind
from salesprep.adapter.proposal import Choice, Given, Proposal, Sureness
from salesprep.adapter.words import _, _n, joined

_BASES = (_("legitimate interest"), _("contract"), _("consent"), _("legal obligation"))
"""Of Art. 6 GDPR, those that a customer file can rest on. Which of them it is only a person can say."""
_DATES = ("D-M-Y", "M-D-Y", "Y-M-D")
_NAMED = (Kind.ACCOUNT, Kind.PERSON)
"""Kinds whose title is a name."""
_CURRENCIES = ("EUR", "GBP", "USD", "CHF", "SEK", "DKK", "NOK", "PLN")
_QUESTION = _("which column is what?")


@dataclass(frozen=True, slots=True)
class Found:
    """A table in the file."""

    guess: Guess
    sheet: str | None
    """The name of its sheet; a text file has none."""
    rows: int
    more: bool
    """Not all rows were counted."""


@dataclass(frozen=True, slots=True)
class Left:
    """A sheet that is not proposed, though something is in it."""

    sheet: str
    rows: int = 0
    """Of which something is known."""
    more: bool = False
    hidden: bool = False


def together(
    path: Path, found: Sequence[Found], given: Given, *, left: Sequence[Left], by_sheet: bool
) -> Proposal:
    """One source with these tables, no two of which are of one kind.

    ``by_sheet``: there are others, so that the one is told by the name of its sheet.
    """
    told = all(one.guess.told and not one.guess.best.lacking for one in found)
    foreign = any(one.guess.foreign for one in found)
    sure: Sureness = "likely" if told and not foreign else "possible"
    if len(found) == 1:
        return _alone(path, found[0], given, sure, left=left, by_sheet=by_sheet)
    kinds = {one.guess.best.kind for one in found}
    name, title = SOURCES[Kind.ACCOUNT if Kind.ACCOUNT in kinds else found[0].guess.best.kind]
    parts = [
        _("{rows} of {looks}", rows=_counted(one.rows, more=one.more), looks=LOOKS_LIKE[one.guess.best.kind])
        for one in found
    ]
    return Proposal(
        name=name,
        title=title,
        what=_("{n} tables: {parts}", n=len(found), parts=joined(parts, ", ")),
        sure=sure,
        config={"tables": {one.guess.best.kind.value: _settings(path, one, given) for one in found}},
        question=_QUESTION,
        choices=tuple(
            choice for one in found for choice in _choices(one.guess, one.guess.best, several=True)
        ),
        notice=_notice([one.guess.best for one in found], left),
    )


def alone(path: Path, one: Found, given: Given) -> Proposal:
    """A further sheet as a source of its own. Only possible: nobody but the user knows whether it is an
    old copy of another one, or the other half of it."""
    return _alone(path, one, given, "possible", left=(), by_sheet=True, apart=True)


def _alone(
    path: Path,
    one: Found,
    given: Given,
    sure: Sureness,
    *,
    left: Sequence[Left],
    by_sheet: bool,
    apart: bool = False,
) -> Proposal:
    readings = {
        LOOKS_LIKE[mapped.kind]: _reading(
            path, one, mapped, given, sure, left, by_sheet=by_sheet, apart=apart
        )
        for mapped in one.guess.readings
    }
    best = next(iter(readings.values()))
    if one.guess.told:
        return best
    rows = _counted(one.rows, more=one.more)
    what = _("a table: {rows}; of what is not certain", rows=rows)
    if by_sheet:
        what = _('sheet "{sheet}": {rows}; of what is not certain', sheet=one.sheet or "", rows=rows)
    kind = Choice(
        key="tables",
        label=_("it holds"),
        value=None,
        options=tuple(readings),
        needed=True,
        leads_to=readings,
    )
    return Proposal(
        name=best.name,
        title=best.title,
        what=what,
        sure="possible",
        config=best.config,
        question=_("what does it hold?"),
        choices=(kind,),
        notice=best.notice,
    )


def _reading(
    path: Path,
    one: Found,
    mapped: Mapped,
    given: Given,
    sure: Sureness,
    left: Sequence[Left],
    *,
    by_sheet: bool,
    apart: bool,
) -> Proposal:
    """The table as records of one kind."""
    name, title = SOURCES[mapped.kind]
    rows, looks = _counted(one.rows, more=one.more), LOOKS_LIKE[mapped.kind]
    what = _("a table: {rows}, looks like {looks}", rows=rows, looks=looks)
    if by_sheet:
        sheet = one.sheet or ""
        what = _('sheet "{sheet}": {rows}, looks like {looks}', sheet=sheet, rows=rows, looks=looks)
    return Proposal(
        name=f"{name} {one.sheet}" if apart else name,
        title=f"{title} {one.sheet}" if apart else title,
        what=what,
        sure=sure,
        config={"tables": {mapped.kind.value: _settings(path, one, given, mapped)}},
        question=_QUESTION,
        choices=tuple(_choices(one.guess, mapped, several=False)),
        notice=_notice([mapped], left),
    )


def _settings(path: Path, one: Found, given: Given, mapped: Mapped | None = None) -> dict[str, Any]:
    table = mapped or one.guess.best
    made: dict[str, Any] = {"path": str(path), "columns": dict(table.columns)}
    if one.sheet is not None:
        made["sheet"] = one.sheet
    if table.dates is not None:
        made["dates"] = table.dates
    if table.decimal is not None:
        made["decimal"] = table.decimal
    if table.currency is not None:
        made["currency"] = table.currency
    if table.kind is Kind.PERSON:
        made["origin"] = f"{path.name}, added {given.now.date().isoformat()}"
    return made


def _choices(found: Guess, table: Mapped, *, several: bool) -> Iterator[Choice]:
    """What the user may change: the columns first, then what is in doubt."""
    key = f"tables.{table.kind}"

    def of(label: str) -> str:
        return _("{label} ({looks})", label=label, looks=LOOKS_LIKE[table.kind]) if several else label

    def column(field: str, header: str | None, *, needed: bool) -> Choice:
        label = _("title") if field == "title" and table.kind not in _NAMED else LABELS[field]
        return Choice(
            key=f"{key}.columns.{field}", label=of(label), value=header, options=found.labels, needed=needed
        )

    alone = not table.columns.keys() & {"first_name", "last_name"}
    for field in table.lacking:
        yield column(field, None, needed=True)
    for field, header in table.columns.items():
        if isinstance(header, str):
            yield column(field, header, needed=(field == "title" and alone) or field == "start")
    if table.kind is Kind.PERSON:
        yield Choice(
            key=f"{key}.legal_basis",
            label=of(_("kept on the basis of")),
            value=None,
            options=_BASES,
            needed=True,
        )
    if table.dates == SERIAL:
        yield Choice(
            key=f"{key}.dates", label=of(_("dates as numbers")), value=SERIAL, options=(SERIAL, *_DATES)
        )
    elif table.dates_in_doubt:
        yield Choice(key=f"{key}.dates", label=of(_("03/04/2026 is")), value=table.dates, options=_DATES)
    if table.decimals_in_doubt:
        label = of(_("decimal sign"))
        yield Choice(key=f"{key}.decimal", label=label, value=table.decimal, options=(",", "."))
    if "amount" in table.columns and "currency" not in table.columns and table.currency is None:
        yield Choice(key=f"{key}.currency", label=of(LABELS["currency"]), value=None, options=_CURRENCIES)


def _counted(rows: int, *, more: bool) -> str:
    return _("more than {n} rows", n=rows) if more else _n("{n} row", "{n} rows").of(rows)


def _notice(tables: Sequence[Mapped], left: Sequence[Left]) -> str | None:
    told: list[str] = []
    if any(table.dates_in_doubt and table.dates is None for table in tables):
        told.append(_("days and months cannot be told apart in its dates"))
    if any(table.dates == SERIAL for table in tables):
        told.append(_("some of its dates are numbers, taken for days as a spreadsheet counts them"))
    by_number = [table for table in tables if table.kind is not Kind.ACCOUNT and _is_by_number(table)]
    if by_number and not any(table.kind is Kind.ACCOUNT for table in tables):
        told.append(_("its rows name customers by number alone: only a table of these tells whose they are"))
    if left:
        told.append(_("left out: {sheets}", sheets=joined([_left(sheet) for sheet in left], ", ")))
    return joined(told) if told else None


def _is_by_number(table: Mapped) -> bool:
    others = ("organisation", "emails", "domains", "contact")
    return "account_id" in table.columns and not table.columns.keys() & set(others)


def _left(sheet: Left) -> str:
    if not sheet.rows:
        return _('sheet "{sheet}"', sheet=sheet.sheet)
    rows = _counted(sheet.rows, more=sheet.more)
    if sheet.hidden:
        return _('hidden sheet "{sheet}" ({rows})', sheet=sheet.sheet, rows=rows)
    return _('sheet "{sheet}" ({rows})', sheet=sheet.sheet, rows=rows)
