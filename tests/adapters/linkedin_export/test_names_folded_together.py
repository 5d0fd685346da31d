"""All organisations are folded in one go: each as recognition folds it by itself."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from adapters.linkedin_export.looking import fold_lines
from salesprep.adapter.names import fold

NAMES = [
    *("Zuiderpomp B.V.", "Kaas & Co", "Kaas + Co.", "K.P.N.", "Café Åre A/S", "Straße GmbH", "İstanbul A.Ş."),
    *("a_b c", "x.y.z", "株式会社 東京", "Łódź sp. z o.o.", "e\u0301cole", "&", "ﬁrma", "D.E. Shaw & Co."),
    *("A&B", "½ pints", "a.b.cd", "", " .. "),
]
LETTERS = st.characters(
    codec="utf-8", exclude_characters="\n", exclude_categories=["Cc"], max_codepoint=0x24F
)


@given(st.lists(st.text(LETTERS, max_size=20) | st.sampled_from(NAMES), min_size=1, max_size=5))
@example(NAMES)
def test_as_one_by_one(names: list[str]) -> None:
    tidied = [" ".join(name.split()) for name in names]
    assert fold_lines(tidied).split("\n") == [fold(name) for name in tidied]
