"""Amounts as the user's locale writes them, exactly: ``€ 180.000`` to a Dutch reader."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from salesprep.adapter import Money
from salesprep.settings import Us
from salesprep.view.dates import known_locale, plain_spaces

_LONGEST = 24
"""Digits; an amount beyond it is a source's mistake and is shown as the number that it is."""


def amount(money: Money, us: Us) -> str:
    """The amount with its currency's sign (its code if it has none); decimals only if not all zero."""
    value = money.amount
    if not value.is_finite() or abs(value.adjusted()) > _LONGEST or len(value.as_tuple().digits) > _LONGEST:
        return f"{money.currency} {value}"
    return _written(value, money.currency, us.locale)


def number(value: int, us: Us) -> str:
    """``1,480`` or ``1.480``."""
    return _number(value, us.locale)


@lru_cache(maxsize=1024)
def _number(value: int, locale: str) -> str:
    if abs(value) < 1000:
        return str(value)
    from babel.numbers import format_decimal

    return plain_spaces(format_decimal(value, locale=known_locale(locale, "en_GB")))


@lru_cache(maxsize=2048)
def _written(value: Decimal, currency: str, locale: str) -> str:
    from babel import Locale
    from babel.numbers import format_currency, get_currency_precision, get_currency_symbol

    known = Locale.parse(known_locale(locale, "en_GB"))
    pattern = known.currency_formats["standard"]
    whole = value == value.to_integral_value()
    places = 0 if whole else max(get_currency_precision(currency), _places(value))
    fraction = f".{'0' * places}" if places else ""
    # CLDR's own pattern with this amount's own decimals: nothing is rounded away.
    style = pattern.pattern.replace("#,##0.00", f"#,##0{fraction}").replace(
        "#,##,##0.00", f"#,##,##0{fraction}"
    )
    symbol = get_currency_symbol(currency, known)
    if not currency.strip() or symbol in ("¤", currency):
        # No sign of its own: the code stands apart, before the number or behind it as signs do.
        style = style.replace("¤", "")
        number = plain_spaces(
            format_currency(value, currency, format=style.strip(), locale=known, currency_digits=False)
        ).strip()
        named = (number, currency) if pattern.pattern.rstrip().endswith("¤") else (currency, number)
        return " ".join(part for part in named if part.strip())
    return plain_spaces(format_currency(value, currency, format=style, locale=known, currency_digits=False))


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
