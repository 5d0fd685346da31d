"""What comes out as Markdown is read as the words that went in: by a Markdown reader, not by us."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from salesprep.output import markdown
from salesprep.settings import Us
from salesprep.view.lines import Span, one_line
from salesprep.view.sheet import Block, Entry, Part, Sheet, Told

US = Us()
TAGS = {"h1", "h2", "h3", "ul", "li", "p", "strong", "a"}
WILD = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [
                *"\\`*_{}[]()<>#+-.!|~&:@=$\"' 1",
                "www.",
                "http://",
                "mailto:",
                "x.example",
                "&lt;",
                "<b>",
                "](",
                "a",
            ]
        ),
        max_size=12,
    ).map("".join),
)


class Reader(HTMLParser):
    """The words and tags of rendered Markdown."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(MarkdownIt("gfm-like").render(text))
    return reader


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def sheet(word: str, url: str | None = None) -> Sheet:
    """A sheet with ``word`` in every place."""
    entry = Entry((Span(word), Span(word)), (Span(word, "alarm"),), url, word)
    part = Part(word, word, (entry,), remarks=(Span(word, "dim"),), undecided=True)
    one = one_line(word)
    return Sheet(
        one, "en", one, ((one, one),), (Told(one, one, one),), (Block(word, word, word, (part,), ()),)
    )


@given(WILD)
def test_text_is_read_as_it_was_written(word: str) -> None:
    line = one_line(word)
    found = read(markdown.text(line))
    assert squeezed("".join(found.words)) == squeezed(line)
    assert set(found.tags) <= {"p"}
    assert found.links == []


@given(WILD)
def test_no_mark_of_a_source_shapes_the_document(word: str) -> None:
    found = read(markdown.document(sheet(word, "https://crm.example/1"), US))
    assert set(found.tags) <= TAGS
    assert set(found.links) <= {"https://crm.example/1"}


@pytest.mark.parametrize(
    "url",
    [
        "https://crm.example/a b",
        "https://crm.example/<x>",
        "https://crm.example/)](https://evil.example)",
        "https://crm.example/\\",
        'https://crm.example/"onclick="',
    ],
)
def test_an_address_stays_one_address(url: str) -> None:
    found = read(markdown.document(sheet("Offer", url), US))
    assert len(found.links) == 1
    assert found.links[0].startswith("https://crm.example/")


def test_it_reads_well_as_it_stands() -> None:
    entry = Entry(
        (Span("LX-200"), Span("€ 180.000")), (Span("next: call"),), "https://crm.example/1", "domain"
    )
    part = Part("Offers", "1 open", (entry,), rest=(entry, entry))
    whole = Sheet(
        "Van Dijk B.V.",
        "en",
        "Mon 23 Nov 13:21",
        (("", "today 14:00"), ("You meet", "R. Smit")),
        (Told("OFFER", "LX-200", "CRM · just now"),),
        (Block("CRM", "", "just now", (part,), (Span("knows only people connected to you", "dim"),)),),
    )
    assert markdown.document(whole, US) == (
        "# Van Dijk B.V.\n\n- today 14:00\n- **You meet:** R. Smit\n\n- **OFFER** LX-200 (CRM · just now)\n\n"
        "## CRM\n\njust now\n\n### Offers (1 open)\n\n- [LX-200](<https://crm.example/1>) · € 180.000\n"
        "  - next: call\n- 2 more\n\nknows only people connected to you\n\nMon 23 Nov 13:21\n"
    )
    assert "domain" in markdown.document(whole, US, why=True)
