"""What lists of shares write behind a company's name: ``ACME CORP.SP.ADR 2 EO-,10`` is Acme Corp.

A share's face value, its class, a receipt for it. These are not the company's own words, and so nothing by
which two companies differ. Only what is not likely meant otherwise counts: ``NA`` alone is a national
association.
"""

from __future__ import annotations

import re

_BEGINS = r"(?:^|(?<=[\s.()/-]))"
_ENDS = r"[\s.,)-]*$"

# As German lists of securities abbreviate them: Euro, Dollar, Pound Sterling, Swedish krona, yuan, ...
_CURRENCY = r"(?:AD|BA|CD|DK|DL|EO|HD|IS|LS|NK|RP|SD|SF|SK|SW|YC|YN)"
_FRACTION = r"(?:-,\d+|\d+,(?:\d+|-))"
_FACE_VALUE = rf"(?:[A-Z]{{2}}\s*-?{_FRACTION}|{_CURRENCY}\s*-?\d+|{_FRACTION}|O\.\s?N\.)"
_RECEIPT = r"(?:ADR|ADS|GDR|GDS)"
_RATIO = r"(?:[A-Z]?\d*/\d+|\d+)"
_SHARE = r"(?:SHS?|SHARES?|STOCK|STK)"

_MARKS = (
    rf"(?-i:{_FACE_VALUE})",
    rf"SP(?:ON(?:S|SORED)?)?[.\s]+{_RECEIPT}S?\s*{_RATIO}?",
    rf"{_RECEIPT}S?\s*(?:[A-Z]?\d*/\d+|EACH(?:\s+REP\w*)?)",
    rf"(?:AMERICAN|GLOBAL)\s+DEPOSIT[AO]RY\s+(?:{_SHARE}|RECEIPTS?)",
    r"(?:CLASS\s|CL\b\.?)\s*[A-Z0-9]",
    rf"(?:ORD(?:INARY)?|COM(?:MON)?|PREF(?:ERRED)?|REG(?:ISTERED)?)\.?\s+(?:{_SHARE}|(?<=ORD\s)S)",
    rf"CERTS?\.?\s+OF\s+{_SHARE}",
    r"-FGN\.?-?",
)
_BESIDE = (_RECEIPT, "(?-i:REGS|INH|NA|VZO|VZ|NEW)")
"""Marks only where another stands behind: a registered share, one of the bearer, a new one."""

_MARK = re.compile(f"{_BEGINS}(?:{'|'.join(_MARKS)}){_ENDS}", re.IGNORECASE)
_MARK_BEFORE_ANOTHER = re.compile(f"{_BEGINS}(?:{'|'.join((*_MARKS, *_BESIDE))}){_ENDS}", re.IGNORECASE)


def without_share(name: str) -> str:
    """A name, as it is written, without what it says of a share; all of it if it says nothing else."""
    bare, mark = name, _MARK
    while (found := mark.search(bare)) and any(c.isalpha() for c in bare[: found.start()]):
        bare, mark = bare[: found.start()], _MARK_BEFORE_ANOTHER
    return bare
