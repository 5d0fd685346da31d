"""JSON that is like another but for one thing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salesprep.kit import twist

BODY = {"rows": [{"nr": 1, "who": {"name": "A"}}, {"nr": 2, "more": None}], "total": 2}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


def test_every_field_is_found_that_of_entries_once() -> None:
    assert list(twist.paths(BODY)) == [
        ("rows",),
        ("rows", "nr"),
        ("rows", "who"),
        ("rows", "who", "name"),
        ("rows", "more"),
        ("total",),
    ]


def test_a_field_is_taken_out_of_all_entries() -> None:
    assert twist.without(BODY, ("rows", "nr")) == {
        "rows": [{"who": {"name": "A"}}, {"more": None}],
        "total": 2,
    }


def test_a_value_is_put_only_where_the_field_is() -> None:
    assert twist.put(BODY, ("rows", "who", "name"), None) == {
        "rows": [{"nr": 1, "who": {"name": None}}, {"nr": 2, "more": None}],
        "total": 2,
    }


def test_null_everywhere_leaves_tables_and_lists() -> None:
    assert twist.nothing_but_null(BODY) == {
        "rows": [{"nr": None, "who": {"name": None}}, {"nr": None, "more": None}],
        "total": None,
    }


@given(VALUES)
def test_what_is_taken_out_is_not_found_again(value: object) -> None:
    for path in twist.paths(value):
        assert path not in set(twist.paths(twist.without(value, path)))


@given(VALUES)
def test_a_new_field_is_all_that_is_new(value: object) -> None:
    extra = twist.with_extra(value)
    added = [path for path in twist.paths(extra) if path[-1] == twist.EXTRA]

    for path in sorted(added, key=len):
        extra = twist.without(extra, path)
    assert extra == value
