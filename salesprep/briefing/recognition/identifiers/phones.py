"""Phone numbers, folded to compare. Pure.

Only what is written is used: a number with its country in front, or one that begins with the zero of a
national call. Where one side has the country and the other not, the rest has to be the same.
"""

from __future__ import annotations

import re

_EXTENSION = re.compile(r"(?:ext\.?|extension|toestel|tst\.?|durchwahl|poste|x)\s*\d+\s*$", re.IGNORECASE)
_TRUNK = re.compile(r"\(\s*0\s*\)")
_DIGITS = re.compile(r"\d")
_LEAST = 8
"""Digits without the country and the zero in front: shorter ones are a part of a number."""
_MOST = 15
"""Digits of the longest number there is (E.164)."""


def folded(phone: str) -> str | None:
    """``+31401234567`` or, with no country, ``0401234567``; ``None`` if it is no whole number."""
    text = _TRUNK.sub("", _EXTENSION.sub("", phone.strip()))
    digits = "".join(_DIGITS.findall(text))
    if text.lstrip(" (").startswith("+"):
        digits = f"+{digits}"
    elif digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif not digits.startswith("0"):
        return None
    return digits if _LEAST <= len(_bare(digits)) <= _MOST else None


def equal(one: str, other: str, *, one_country: bool = True) -> bool:
    """Whether two folded numbers are one; ``one_country``: nothing tells that they are in two countries."""
    if one.startswith("+") == other.startswith("+"):
        return one == other and (one.startswith("+") or one_country)
    whole, national = (one, other) if one.startswith("+") else (other, one)
    # The codes of countries have one to three digits.
    code = len(_bare(whole)) - len(_bare(national))
    return one_country and whole.endswith(_bare(national)) and 1 <= code <= 3


def _bare(folded_phone: str) -> str:
    return folded_phone.removeprefix("+") if folded_phone.startswith("+") else folded_phone[1:]
