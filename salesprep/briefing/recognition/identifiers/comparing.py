"""What an account's numbers tell of the customer, held against those that are known of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from salesprep.adapter import Account
from salesprep.adapter.names import fold
from salesprep.briefing.recognition.evidence import Evidence, Known, piece
from salesprep.briefing.recognition.identifiers import numbers, phones


def told_by(source: str, account: Account) -> Iterator[Known]:
    """The numbers, the phone number and the postcode of an account that is the customer."""
    for number in account.numbers:
        if numbers.folded(number) is not None:
            yield Known("number", number, source, account.id)
    if account.phone and phones.folded(account.phone) is not None:
        yield Known("phone", account.phone, source, account.id)
    if account.place is not None and account.place.postcode:
        yield Known("postcode", account.place.postcode, source, account.id)


def same_number(known: Iterable[Known], account: Account) -> tuple[Evidence, ...]:
    """The registration numbers that the customer and the account share: each a proof."""
    return tuple(
        piece("number", number, one, here="" if number == one.value else number)
        for one in known
        if one.what == "number"
        for number in account.numbers
        if numbers.agreeing((one.value,), (number,))
    )


def other_number(known: Iterable[Known], account: Account) -> tuple[Evidence, ...]:
    """The registration numbers of the account that are not those of the customer in the same register."""
    own = [one for one in known if one.what == "number"]
    found = []
    for number in account.numbers:
        folded = numbers.folded(number)
        if folded not in numbers.contrary((one.value for one in own), account.numbers):
            continue
        one = next(one for one in own if numbers.contrary((one.value,), (number,)))
        found.append(piece("other_number", number, one, instead=one.value))
    return tuple(found)


def beside(known: Iterable[Known], account: Account) -> tuple[Evidence, ...]:
    """What else is the same: the phone number, and the postcode."""
    known = tuple(known)
    countries = {one.value for one in known if one.what == "country"}
    where = account.place.country if account.place is not None else None
    one_country = where is None or not countries or where in countries
    return (*_phone(known, account, one_country), *_postcode(known, account, one_country))


def _phone(known: Iterable[Known], account: Account, one_country: bool) -> Iterator[Evidence]:
    own = phones.folded(account.phone) if account.phone else None
    for one in known:
        theirs = phones.folded(one.value) if one.what == "phone" else None
        if own and theirs and phones.equal(theirs, own, one_country=one_country):
            here = account.phone if account.phone and account.phone != one.value else ""
            yield piece("phone", one.value, one, here=here)


def _postcode(known: Iterable[Known], account: Account, one_country: bool) -> Iterator[Evidence]:
    code = account.place.postcode if account.place is not None else None
    if not code or not one_country:
        return
    for one in known:
        if one.what == "postcode" and _code(one.value) == _code(code):
            yield piece("postcode", one.value, one, here=code if code != one.value else "")


def _code(postcode: str) -> str:
    return fold(postcode).replace(" ", "")
