"""Whatever sources write as a name: nothing breaks, and it does not matter who comes first."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from salesprep.briefing.persons import traces
from salesprep.briefing.persons.fit import fit
from salesprep.briefing.persons.match import Known, known, match
from salesprep.briefing.persons.parts import read
from salesprep.briefing.persons.spelling import latin, sounds, spellings
from salesprep.briefing.persons.together import together

_WRITTEN = """
    Rob Roos R. J.P. JP Jan Jan-Willem Smit SMIT Smit-de Vries de van v.d. Berg , ( ) geb. née jr. ir. -
    Müller Mueller Γιώργος Παπάς Щербаков Саша 山田 محمد O'Brien 't İ ß
"""
WORDS = [*_WRITTEN.split(), "\u0308", "\u200d"]
NAMES = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join) | st.text(max_size=24)
MAILS = st.sampled_from(
    ["rob@a.example", "r.smit@a.example", "r.smit@gmail.com", "info@a.example", "@", "a@", ""]
)
PHONES = st.sampled_from(["+31612345678", "0612345678", "06", "x", "+" * 9]) | st.text(max_size=14)
HANDLES = st.sampled_from(
    ["linkedin.com/in/a", "https://nl.linkedin.com/in/a/", "linkedin.com/in/b", "a", "x.example"]
)
PERSONS = st.builds(
    lambda source, name, mails, phones, handles: known(
        source, name, mails=tuple(mails), phones=tuple(phones), handles=tuple(handles)
    ),
    st.sampled_from(["crm", "linkedin", "wiki"]),
    NAMES,
    st.lists(MAILS, max_size=2),
    st.lists(PHONES, max_size=2),
    st.lists(HANDLES, max_size=2),
)


@given(NAMES)
def test_a_name_folded_twice_is_the_name_folded_once(name: str) -> None:
    once = latin(name)
    assert latin(once) == once
    assert once in spellings(name)


@given(NAMES)
def test_any_text_is_read(name: str) -> None:
    parts = read(name)
    assert all(g.text for g in parts.given)
    assert all(f.text for f in parts.families)
    sounds(name)


@given(NAMES, NAMES)
def test_two_names_fit_alike_whichever_comes_first(one: str, other: str) -> None:
    assert fit(one, other) == fit(other, one)


@given(NAMES)
def test_a_name_is_never_against_itself(name: str) -> None:
    assert fit(name, name).level in ("equal", "part", "none")


@given(st.text(max_size=30))
def test_any_address_number_and_profile_is_read(text: str) -> None:
    traces.number(text)
    traces.profile(text)
    traces.mailbox(text)
    traces.is_role(text)
    traces.spells(text, text)


@settings(max_examples=150)
@given(PERSONS, PERSONS)
def test_a_verdict_is_the_same_whoever_comes_first(one: Known, other: Known) -> None:
    there, back = match(one, other), match(other, one)
    assert (there.outcome, there.by, set(there.why)) == (back.outcome, back.by, set(back.why))


@settings(max_examples=150)
@given(st.lists(PERSONS, max_size=7))
def test_everybody_is_on_one_line_and_no_doubt_is_within_one(people: list[Known]) -> None:
    told = together(tuple(people))
    assert sorted(n for group in told.groups for n in group) == list(range(len(people)))
    line = {n: at for at, group in enumerate(told.groups) for n in group}
    assert all(line[d.one] != line[d.other] for d in told.doubts)
    assert set(told.joined) == {n for group in told.groups for n in group[1:]}
    assert all(line[n] == line[joined.to] for n, joined in told.joined.items())
