"""What holds for every record, however wild: laws of recognition, tried on made-up ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from salesprep.adapter import Account, Activity, Keys, Kind, Meeting, Participant, Place, Record
from salesprep.briefing.model import Customer, Link
from salesprep.briefing.recognition.customer import grow
from salesprep.briefing.recognition.ours import domains_of, ours
from salesprep.briefing.recognition.recognise import Recogniser, recognise
from salesprep.briefing.seed import Seed
from salesprep.settings import Us

NOW = datetime(2026, 11, 23, 12, 21, tzinfo=UTC)
US = Us(name="Anna", emails=("anna@ons.example",), domains=("ons.example",))
NAMES = (
    "Berghout",
    "Berghout B.V.",
    "Berghout GmbH",
    "Berghout Bouw B.V.",
    "Kaas & Co",
    "Bezoek Berghout Bouw",
)
DOMAINS = ("a.example", "b.example", "ons.example", "gmail.com")
SOURCES = ("crm", "erp")

names = st.sampled_from(NAMES)
domains = st.lists(st.sampled_from(DOMAINS), max_size=2, unique=True).map(tuple)
emails = domains.map(lambda ds: tuple(f"x@{d}" for d in ds))
ids = st.sampled_from(("1", "2", "3"))
keys = st.builds(
    Keys,
    account_id=st.none() | ids,
    organisation=st.none() | names,
    emails=emails,
    domains=domains,
    hit=st.none() | names,
)


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    native_id = draw(ids)
    return Account(
        id=native_id,
        title=draw(names),
        keys=Keys(account_id=native_id, domains=draw(domains)),
        parent_id=draw(st.none() | ids),
        place=Place(country=draw(st.sampled_from((None, "NL", "BE")))),
        fetched_at=NOW,
        no_url_reason="-",
    )


@st.composite
def records(draw: st.DrawFn) -> Record:
    if draw(st.booleans()):
        people = tuple(Participant(email=e) for e in draw(emails))
        return Meeting(
            id="r",
            title=draw(names),
            start=NOW,
            end=NOW,
            people=people,
            keys=draw(keys),
            fetched_at=NOW,
            no_url_reason="-",
        )
    return Activity(id="r", title=draw(names), keys=draw(keys), fetched_at=NOW, no_url_reason="-")


worlds = st.fixed_dictionaries(
    {s: st.lists(accounts(), max_size=3, unique_by=lambda a: a.id).map(tuple) for s in SOURCES}
)
customers = st.builds(
    Customer,
    id=st.just("c"),
    name=names,
    domains=domains,
    ids=st.lists(st.tuples(st.sampled_from(SOURCES), ids), max_size=2, unique=True).map(tuple),
    countries=st.sampled_from(((), ("NL",))),
)
sources = st.sampled_from(SOURCES)


@given(customers, worlds, records(), sources)
def test_no_record_of_another_account_is_ever_the_customers(
    customer: Customer, world: dict[str, tuple[Account, ...]], record: Record, source: str
) -> None:
    recogniser = Recogniser(customer, US, world)
    own = {i for s, i in customer.ids if s == source}
    own |= {a.id for a in world[source] if recogniser.match(a, source).outcome == "same"}
    other = record.keys.account_id
    if own and other is not None and other not in own:
        assert recogniser.match(record, source).outcome != "same"


@given(customers, worlds, records(), sources)
def test_no_record_of_another_domain_is_ever_the_customers_without_an_id(
    customer: Customer, world: dict[str, tuple[Account, ...]], record: Record, source: str
) -> None:
    named = ours(US).outside_all(record.keys.domains)
    if named and not named & set(customer.domains) and record.keys.account_id is None:
        record = replace(record, keys=replace(record.keys, emails=()), people=())
        if customer.domains and ours(US).outside_all(customer.domains):
            assert recognise(customer, record, source, us=US, accounts=world).outcome != "same"


@given(customers, worlds, records(), sources)
def test_a_rejection_makes_it_other_and_nothing_else_the_customer(
    customer: Customer, world: dict[str, tuple[Account, ...]], record: Record, source: str
) -> None:
    link = Link(source, record.id, "is_not", "anna", NOW, "rejected", record.kind)
    rejected = replace(customer, links=(link,))
    assert recognise(rejected, record, source, us=US, accounts=world).outcome == "other"
    if record.keys.account_id is not None:
        link = replace(link, native_id=record.keys.account_id, kind=Kind.ACCOUNT)
        rejected = replace(customer, links=(link,))
        assert recognise(rejected, record, source, us=US, accounts=world).outcome == "other"


@given(customers, worlds, records(), sources)
def test_text_alone_is_never_a_fact(
    customer: Customer, world: dict[str, tuple[Account, ...]], record: Record, source: str
) -> None:
    match = recognise(customer, record, source, us=US, accounts=world)
    assert not (match.how in ("text", "none") and match.outcome == "same")


@given(st.sampled_from(NAMES), worlds, st.booleans())
def test_growing_again_from_what_was_grown_changes_nothing(
    name: str, world: dict[str, tuple[Account, ...]], settled: bool
) -> None:
    grown = grow(Seed(Customer(id="c", name=name)), world, ours(US), settled=settled)
    if grown.known:
        again = grow(Seed(grown.customer, sure=True, named=True), world, ours(US), settled=settled)
        assert again.customer.ids == grown.customer.ids
        assert again.customer.domains == grown.customer.domains


@given(st.sampled_from(NAMES), worlds)
def test_the_order_of_accounts_within_a_source_decides_nothing(
    name: str, world: dict[str, tuple[Account, ...]]
) -> None:
    start = Seed(Customer(id="c", name=name))
    turned = {source: tuple(reversed(seen)) for source, seen in world.items()}
    one, two = (grow(start, w, ours(US), settled=True) for w in (world, turned))
    assert set(one.customer.ids) == set(two.customer.ids)
    assert {k: m.outcome for k, m in one.matches.items()} == {k: m.outcome for k, m in two.matches.items()}


@given(st.sampled_from(NAMES), worlds)
def test_no_two_unlike_accounts_of_one_source_are_one_customer(
    name: str, world: dict[str, tuple[Account, ...]]
) -> None:
    grown = grow(Seed(Customer(id="c", name=name)), world, ours(US), settled=True)
    for source, seen in world.items():
        own = [a for a in seen if grown.matches[source, a.id].outcome == "same"]
        for one in own:
            for two in own:
                assert one is two or domains_of(one, ours(US)) & domains_of(two, ours(US))
