"""Whatever an event holds: a customer is told only by what is theirs alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from salesprep.adapter import Account, Keys, Meeting, Participant, Place
from salesprep.adapter.names import fold
from salesprep.briefing.events.given import Given
from salesprep.briefing.links import Links
from salesprep.briefing.recognition.ours import ours
from salesprep.briefing.visits.whose import Whose, whose
from salesprep.settings import Us

NOW = datetime(2026, 11, 23, 13, 21, tzinfo=UTC)
US = ours(Us(name="Anna de Boer", emails=("anna@ons.example",), domains=("ons.example",)))
NAMES = ("Acme B.V.", "Acme GmbH", "Acme Groep", "Kaas & Co", "Visser Techniek", "Visser Techniek", "Bouw")
TOWNS = ("Eindhoven", "Gouda", None)
DOMAINS = ("acme.example", "kaas.example", "gmail.com", None)


@st.composite
def accounts(draw: st.DrawFn) -> tuple[Account, ...]:
    made = []
    for number in range(draw(st.integers(1, 5))):
        domain, native_id = draw(st.sampled_from(DOMAINS)), str(number)
        made.append(
            Account(
                id=native_id,
                title=draw(st.sampled_from(NAMES)),
                url=f"https://crm.example/accounts/{native_id}",
                fetched_at=NOW,
                keys=Keys(account_id=native_id, domains=(domain,) if domain else ()),
                place=Place(city=draw(st.sampled_from(TOWNS))),
            )
        )
    return tuple(made)


_WORDS = st.sampled_from(
    ("Bezoek", "Acme", "(Eindhoven)", "Visser", "Techniek", "@", "HQ", "Kaas & Co", "Bouw", "planning", "bij")
)
_GUESTS = st.sampled_from(
    ("a@acme.example", "b@kaas.example", "c@gmail.com", "d@vreemd.example", "m@ons.example", "@", "niets")
)
_LINES = st.one_of(st.text(max_size=40), st.integers(0, 6).map(lambda n: f"https://crm.example/accounts/{n}"))


@st.composite
def events(draw: st.DrawFn) -> Meeting:
    guests = draw(st.lists(_GUESTS, max_size=4))
    return Meeting(
        id="m",
        title=draw(st.one_of(st.text(max_size=30), st.lists(_WORDS, max_size=5).map(" ".join))),
        fetched_at=NOW,
        no_url_reason="test",
        start=NOW,
        end=NOW + timedelta(hours=1),
        people=tuple(Participant(email=g) for g in guests),
        place=draw(st.sampled_from((None, Place(text="Eindhoven"), Place(text="Acme B.V., Gouda")))),
        body=draw(st.one_of(st.none(), _LINES)),
    )


def judged(meeting: Meeting, known: tuple[Account, ...]) -> Whose:
    made = Given(meeting, {"crm": known}, Links(), US)
    return whose(made, [("calendar", meeting)])


@given(events(), accounts())
def test_every_customer_has_a_reason_that_no_other_account_has_as_well(
    meeting: Meeting, known: tuple[Account, ...]
) -> None:
    found = judged(meeting, known)
    for involved in found.customers:
        assert involved.evidence, "told without a reason"
        assert any(e.weight in ("proof", "strong") for e in involved.evidence)
        own = [a for a in known if ("crm", a.id) in involved.customer.ids]
        if not own:
            continue  # only a domain is known
        guests = {p.email.partition("@")[2] for p in meeting.people if p.email}
        linked = {a.id for a in own if a.url and a.url in (meeting.body or "")}
        for account in own:
            by_domain = {*account.keys.domains} & guests - {"gmail.com"}
            first = fold(account.title).split()[0]
            assert linked or by_domain or first in fold(meeting.title).split()


@given(events(), accounts())
def test_the_order_of_the_accounts_decides_nothing(meeting: Meeting, known: tuple[Account, ...]) -> None:
    def told(found: Whose) -> tuple[set[frozenset[tuple[str, str]]], set[str], bool]:
        sure = {frozenset(i.customer.ids) for i in found.customers}
        return sure, {f.record.id for f in found.candidates}, found.about

    assert told(judged(meeting, known)) == told(judged(meeting, known[::-1]))


@given(events(), accounts())
def test_free_mail_and_our_own_people_bring_nobody(meeting: Meeting, known: tuple[Account, ...]) -> None:
    found = judged(meeting, known)
    for involved in found.customers:
        domains = {e.told for e in involved.evidence if e.what == "domain"}
        assert not domains & {"gmail.com", "ons.example"}
