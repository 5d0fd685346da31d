"""What mail and web addresses in a cell are found by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesprep.adapter.name_index import addresses_in


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("https://www.firm.example/", ["firm.example"]),
        ("firm.example", ["firm.example"]),
        ("http://firm.example", ["firm.example"]),
        ("https://www.firm.example/nl/contact", ["firm.example"]),
        ("https://shop.firm.example", ["shop.firm.example", "firm.example"]),
        ("www.example", ["www.example"]),
        ("info@mail.firm.example", ["info@mail.firm.example", "mail.firm.example", "firm.example"]),
        ("a@one.example; b@two.example", ["a@one.example", "b@two.example", "one.example", "two.example"]),
        ("a@gmail.com", ["a@gmail.com"]),
        ("https://www.gmail.com/", []),
        ("gmail.com", []),
        ("bücher.example", ["bücher.example"]),
        ("not an address", []),
        ("", []),
    ],
)
def test_an_address_is_found_by_itself_and_by_its_hosts(text: str, marks: list[str]) -> None:
    assert addresses_in(text) == marks


@given(st.from_regex(r"(https?://)?(www\.)?[a-z0-9-]{1,5}\.[a-z0-9-]{1,5}/?", fullmatch=True))
def test_how_most_websites_are_written_is_read_as_all_are(text: str) -> None:
    assert addresses_in(text) == addresses_in(f"<{text}>")
