"""The HTML page: text stays text, nothing is loaded from elsewhere, every row says how it was matched."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from salesprep.output import html
from salesprep.settings import Us
from salesprep.view.lines import Span, one_line
from salesprep.view.sheet import Block, Entry, Part, Sheet, Told

US = Us()
LOADS = {
    "script",
    "link",
    "img",
    "iframe",
    "object",
    "embed",
    "video",
    "audio",
    "source",
    "base",
    "form",
    "svg",
}
HOSTILE = st.one_of(
    st.text(min_size=1, max_size=80).filter(lambda word: one_line(word).strip()),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "</style><script>",
            "</title><base href=//evil.example>",
            "&lt;b&gt; &amp; &#60;",
            "javascript:alert(1)",
            "]]>",
            "<!-- -->",
        ]
    ),
)


class Page(HTMLParser):
    """A page as a browser takes it apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def sheet(word: str, url: str | None = "https://crm.example/1") -> Sheet:
    """A sheet with ``word`` in every place."""
    entry = Entry((Span(word), Span("beside")), (Span(word, "alarm"),), url, word)
    part = Part(word, word, (entry,), rest=(entry,), remarks=(Span(word, "dim"),))
    one = one_line(word)
    return Sheet(
        one, "en", one, ((one, one),), (Told(one, one, one),), (Block(word, word, word, (part,), ()),)
    )


@given(HOSTILE)
def test_text_of_a_source_is_text(word: str) -> None:
    page = Page(html.document(sheet(word), US))
    plain = Page(html.document(sheet("harmless"), US))
    assert page.tags == plain.tags
    shown = Span(word).text.strip()
    assert not shown or shown in page.texts


@given(HOSTILE)
def test_nothing_is_loaded_from_elsewhere(word: str) -> None:
    page = Page(html.document(sheet(word), US))
    assert not LOADS & set(page.tags)
    assert {value for name, value in page.attributes if name in ("href", "src")} == {"https://crm.example/1"}
    assert not any(name.startswith("on") for name, _ in page.attributes)


@given(st.text(max_size=60))
def test_an_address_is_one_attribute(rest: str) -> None:
    page = Page(html.document(sheet("Offer", f"https://crm.example/{one_line(rest)}"), US))
    hrefs = {value for name, value in page.attributes if name == "href"}
    assert hrefs == {f"https://crm.example/{one_line(rest)}"}


def test_every_row_says_how_it_was_matched_and_the_rest_can_be_opened() -> None:
    part = Part(
        "Offers",
        "",
        (Entry((Span("LX-200"),), (), None, "matched by the domain vandijk.example"),),
        rest=(Entry((Span("LX-300"),), (), None, "matched by account 7"),),
    )
    page = Page(html.document(Sheet("X", "nl", "", (), (), (Block("CRM", "", "", (part,), ()),)), US))
    assert "matched by the domain vandijk.example" in page.texts
    assert "matched by account 7" in page.texts
    assert page.tags.count("details") == 1
    assert ("lang", "nl") in page.attributes
