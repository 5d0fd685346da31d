"""The pieces that the JSON documents consist of, and the records, as pydantic models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from salesprep.adapter import RECORD_TYPES, Kind, Money, Participant, Place, Record
from salesprep.adapter.errors import Actor
from salesprep.adapter.records import Keys
from salesprep.briefing.model import How, Outcome, State
from salesprep.briefing.persons.match import Reason as Because
from salesprep.briefing.recognition.evidence import Weight, What
from salesprep.briefing.recognition.group import Relation

if TYPE_CHECKING:
    from pydantic.config import JsonDict

Moment = Annotated[str, Field(json_schema_extra={"format": "date-time", "pattern": r"Z$"})]
Day = Annotated[str, Field(json_schema_extra={"format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"})]
When = Moment | Day
Amount = Annotated[str, Field(pattern=r"^(-?\d+(\.\d+)?(E[+-]?\d+)?|-?Infinity|-?s?NaN\d*)$")]


class Strict(BaseModel):
    """No key that is not named here; all keys always there."""

    model_config = ConfigDict(extra="forbid")


class Amounts(Strict):
    """An exact amount."""

    amount: Amount
    currency: str


class Where(Strict):
    """A place: words, and WGS 84 degrees where the source has them."""

    text: str | None
    city: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    postcode: str | None


class Person(Strict):
    """Somebody as one record names them."""

    name: str | None
    email: str | None
    role: str | None
    status: str | None
    position: str | None
    id: str | None


class AttendeeOf(Person):
    """Somebody invited; ``ours``: one of us."""

    ours: bool


class KeysOf(Strict):
    """Whom the source says that the record belongs to."""

    account_id: str | None
    organisation: str | None
    emails: list[str]
    domains: list[str]
    hit: str | None


class ReasonOf(Strict):
    """One piece of evidence: ``source`` and ``id`` are of the record that told it of the customer, ``null``
    where the user did; ``here`` is how this record has it, if otherwise; ``instead`` is what is known of the
    customer where a piece speaks against it, or where a name is only like it."""

    what: What
    told: str
    weight: Weight
    source: str | None
    id: str | None
    here: str
    instead: str


class RelatedOf(Strict):
    """What an account is to another one of its group; ``name`` is empty where only its id is known."""

    relation: Relation
    name: str
    source: str
    id: str


class MatchOf(Strict):
    """How a record was matched to the customer; ``evidence`` is the text of ``reasons``."""

    outcome: Outcome
    how: How
    evidence: list[str]
    reasons: list[ReasonOf]
    related: list[RelatedOf]


class ErrorOf(Strict):
    """What went wrong, who acts, and when it is tried again."""

    code: str
    what: str
    mend: str | None
    actor: Actor
    retry: bool
    may_show_old: bool
    drop_old: bool
    retry_at: Moment | None
    field: str | None


class RefusedOf(Strict):
    """Items that could not be read."""

    count: int
    why: str
    where: str | None
    shown: bool


class Reference(Strict):
    """A record in ``panels``."""

    source: str
    kind: Kind
    id: str


class BecauseOf(Strict):
    """One reason why two records are one person's, or may be; ``told`` is what both tell of it."""

    what: Because
    told: str
    against: bool


class TieOf(Reference):
    """A person's record, and by what it is theirs; ``to``: the other record that it was compared with, or
    ``null`` where the invitation itself was."""

    why: list[BecauseOf]
    to: Reference | None


class SignalOf(Strict):
    """One line of the quick scan, in the user's language."""

    rule: str
    word: str
    text: str
    evidence: list[Reference]


class NativeId(Strict):
    """An account of a source that is this customer."""

    source: str
    id: str


class CustomerOf(Strict):
    """Whom the briefing is about."""

    id: str
    name: str
    aliases: list[str]
    domains: list[str]
    ids: list[NativeId]


class CustomerName(Strict):
    """A customer, named."""

    id: str
    name: str


class SectionOf(Strict):
    """One record kind of one source."""

    kind: Kind
    state: State
    shown: int
    total: int | None
    cursor: str | None
    age_s: float | None
    as_of: Moment | None
    elapsed_ms: float
    error: ErrorOf | None
    refused: list[RefusedOf]
    notice: str | None


# -- records: made from the contract's own classes, so that a new field cannot be forgotten -----

_SAME: dict[Any, Any] = {
    Money: Amounts,
    Place: Where,
    Participant: Person,
    Keys: KeysOf,
    datetime: Moment,
    date: Day,
}

_ONE_LINK: JsonDict = {
    "oneOf": [
        {"properties": {"url": {"type": "string"}, "no_url_reason": {"type": "null"}}},
        {"properties": {"url": {"type": "null"}, "no_url_reason": {"type": "string"}}},
    ]
}


def _as_json(hint: Any) -> Any:
    """A type of the contract as the type that JSON has for it."""
    if hint in _SAME:
        return _SAME[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal or not inner:
        return hint
    if origin is tuple:
        return list[_as_json(inner[0])]  # type: ignore[misc]
    if origin is Mapping:
        return dict[str, _as_json(inner[1])]  # type: ignore[misc]
    return reduce(or_, map(_as_json, inner))


def _record_model(kind: Kind, cls: type[Record]) -> type[BaseModel]:
    hints = get_type_hints(cls)
    members: dict[str, Any] = {each.name: (_as_json(hints[each.name]), ...) for each in fields(cls)}
    members = {"kind": (Literal[kind.value], ...), "source": (str, ...), **members, "match": (MatchOf, ...)}
    config = ConfigDict(extra="forbid", json_schema_extra=_ONE_LINK)
    doc = (cls.__doc__ or "").partition("\n")[0]
    return create_model(f"{cls.__name__}Record", __config__=config, __doc__=doc, **members)


if TYPE_CHECKING:
    AnyRecord = BaseModel
else:
    AnyRecord = Annotated[
        reduce(or_, (_record_model(kind, cls) for kind, cls in RECORD_TYPES.items())),
        Field(discriminator="kind"),
    ]
