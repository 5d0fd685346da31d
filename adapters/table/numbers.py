"""Numbers and amounts in the ways of different countries; one that can be two numbers is not read.

``1.234`` is a thousand and more in one country and little more than one in the next. The settings tell,
or the table's other numbers: one ``1.234,56`` shows how all of them are meant.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from adapters.table.cells import NUMBER, is_typed, text
from adapters.table.values import Unreadable
from adapters.table.words import NO_NUMBER
from salesprep.adapter.words import _

SYMBOLS = {
    "€": "EUR",
    "£": "GBP",
    "US$": "USD",
    "A$": "AUD",
    "C$": "CAD",
    "zł": "PLN",
    "Kč": "CZK",
    "₺": "TRY",
}
_NAMELESS = frozenset({"$", "kr", "kr.", "Fr.", "¥"})
"""Signs of more than one currency: the settings tell which."""
_CODE = re.compile(r"[A-Z]{3}\Z")

_PARTS = re.compile(
    r"""\s*(?P<bracket>\()?\s*(?P<sign>[-+−–])?\s*(?P<before>[^0-9\s.,()'’−–+-]{1,3}[.]?)?\s*(?P<sign2>[-+−–])?
    \s*(?P<digits>[0-9.,][0-9.,'’\s]*?)\s*(?P<nothing>[.,][-–—]{1,2})?\s*(?P<sign3>[-−–])?
    \s*(?P<after>[^0-9\s.,()'’−–+-]{1,3}[.]?)?\s*(?P<end>\))?\s*\Z""",
    re.VERBOSE,
)
_MINUS = frozenset("-−–")
_GROUPS = re.compile(r"\d{1,3}(?:\D\d{3})+\Z")
_PLAIN = re.compile(r"\d+\Z")
_SPACES = re.compile(r"[\s'’]")
_LONGEST = 60


class DecimalSign:
    """Collects from a table's numbers which sign stands before the decimals."""

    def __init__(self, marks: str = "") -> None:
        """``marks``: those of an earlier look, as :attr:`marks` gave them."""
        self._marks = set(marks)

    def note(self, cell: str) -> None:
        """Look at one cell of a column of numbers."""
        if len(self._marks) == 2 or is_typed(cell) or ("," not in cell and "." not in cell):
            return
        found = _PARTS.match(cell) if len(cell) <= _LONGEST else None
        if found is not None:
            self._marks.update(_tells(_SPACES.sub("", found["digits"])))

    @property
    def marks(self) -> str:
        """What was seen, to be kept."""
        return "".join(sorted(self._marks))

    @property
    def sign(self) -> str | None:
        """``,`` or ``.``; ``None`` if nothing tells, or the table contradicts itself."""
        return self.marks if len(self.marks) == 1 else None


def amount(cell: str, decimal: str | None) -> tuple[Decimal, str | None] | None:
    """A number and the ISO 4217 code beside it, if one is written there.

    Raises:
        Unreadable: no number, or one that can be read in two ways.
    """
    if is_typed(cell):
        if cell[:2] == NUMBER:
            return _made(cell[2:]), None
        if text(cell) is None:
            return None
        raise Unreadable(_("no number"))
    written = text(cell)
    if written is None or written in NO_NUMBER:
        return None
    found = _PARTS.match(written) if len(written) <= _LONGEST else None
    if found is None or (found["bracket"] is None) is not (found["end"] is None):
        raise Unreadable(_("not a number"))
    named = [name for name in (found["before"], found["after"]) if name]
    if len(named) > 1:
        raise Unreadable(_("not a number"))
    value = _made(_digits(_SPACES.sub("", found["digits"]), decimal))
    signs = [sign for sign in (found["sign"], found["sign2"], found["sign3"]) if sign]
    if len(signs) > 1 or (signs and found["bracket"]):
        raise Unreadable(_("not a number"))
    if found["bracket"] or (signs and signs[0] in _MINUS):
        value = -value
    return value, _currency(named[0]) if named else None


def number(cell: str, decimal: str | None) -> Decimal | None:
    """A number without a currency: ``None`` for nothing.

    Raises:
        Unreadable: no number, or one that can be read in two ways.
    """
    found = amount(cell, decimal)
    if found is not None and found[1] is not None:
        raise Unreadable(_("not a number"))
    return None if found is None else found[0]


def _currency(written: str) -> str | None:
    if written in _NAMELESS:
        return None
    code = SYMBOLS.get(written, written)
    if not _CODE.match(code):
        raise Unreadable(_("not a number"))
    return code


def _tells(digits: str) -> set[str]:
    """The decimal sign, if these digits leave no doubt."""
    comma, point = digits.count(","), digits.count(".")
    if comma and point:
        return {"," if digits.rfind(",") > digits.rfind(".") else "."}
    if comma + point == 0:
        return set()
    sign, other = (",", ".") if comma else (".", ",")
    if comma + point > 1:
        return {other} if _GROUPS.match(digits) else set()
    before, _, after = digits.partition(sign)
    if len(after) == 3 and len(before) in (1, 2, 3) and before != "0":
        return set()
    return {sign}


def _digits(digits: str, decimal: str | None) -> str:
    """The same number with a decimal point and nothing else.

    Raises:
        Unreadable: the digits make no number, or two.
    """
    if _PLAIN.match(digits):
        return digits
    told = _tells(digits)
    sign = next(iter(told)) if told else decimal
    if sign is None:
        raise Unreadable(_("a number that can be read in two ways"))
    whole, _sign, fraction = digits.rpartition(sign) if sign in digits else (digits, "", "")
    if fraction and not _PLAIN.match(fraction):
        raise Unreadable(_("not a number"))
    if whole and not _PLAIN.match(whole) and not _GROUPS.match(whole):
        raise Unreadable(_("not a number"))
    bare = re.sub(r"\D", "", whole)
    if not bare and not _PLAIN.match(fraction):
        raise Unreadable(_("not a number"))
    return f"{bare or '0'}.{fraction}" if fraction else bare or "0"


def _made(digits: str) -> Decimal:
    try:
        found = Decimal(digits)
    except InvalidOperation:
        raise Unreadable(_("not a number")) from None
    if not found.is_finite() or found.adjusted() > 30:
        raise Unreadable(_("not a number"))
    return found
