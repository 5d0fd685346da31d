"""Text from a source is text: whatever stands in a field, every output shows it and nothing obeys it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from tests.journey.conftest import Rep


HOSTILE = (
    "[bold red]x[/] [@click=app.bell]y[/]",
    "\x1b[31mred\x1b[0m \x9b31m \x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "\x1b]52;c;aGVsbG8=\x07 clip",
    "a\u202eb\u2066c\u2069d",
    "<script>alert(1)</script> <b>html</b> &amp;",
    '=cmd|"/c calc"!A1',
    "line one\nline two\r\nline\tthree\x00\x7f\x85",
    "{name} %s {0!r} $HOME `id`",
)
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
TEXTS = {
    "account": ("industry", "street", "city"),
    "person": ("name", "position", "phone"),
    "activity": ("subject", "body", "type"),
    "task": ("text",),
    "opportunity": ("title", "stage", "next_step"),
    "contract": ("title", "status"),
    "orders": ("title", "status"),
    "invoice": ("number", "status"),
    "ticket": ("title", "number", "priority", "type", "contact", "last_message"),
}


def poison(field: str, text: str) -> Callable[[re.Match[str]], str]:
    """For ``re.sub``: ``text`` before what the field holds."""
    return lambda found: f"{field}{text} {found[1]}"


@pytest.fixture
def poisoned(sample: Path) -> Path:
    with closing(sqlite3.connect(sample / "crm.sqlite")) as crm, crm:
        for table, columns in TEXTS.items():
            for number, column in enumerate(columns):
                # Table and column names are this test's own.
                rows = crm.execute(f"SELECT id FROM {table} ORDER BY id").fetchall()  # noqa: S608
                for (row,) in rows:
                    bad = HOSTILE[(row + number) % len(HOSTILE)]
                    change = f"UPDATE {table} SET {column} = ? WHERE id = ?"  # noqa: S608
                    crm.execute(change, (f"{row} {bad}", row))
    anna = sample / "calendars" / "anna.ics"
    text = anna.read_text(encoding="utf-8").replace("\r\n ", "")
    texts = [bad.replace("\n", "\\n").replace("\r", "") for bad in HOSTILE]
    for number, field in enumerate(("SUMMARY:", "LOCATION:")):
        text = re.sub(f"{field}(.*)", poison(field, texts[number]), text)
    text = text.replace('CN="R. Smit"', 'CN="\x1b]52;c;aGVsbG8=\x07[bold]R. Smit"')
    anna.write_bytes(text.encode())
    for number, page in enumerate(sorted((sample / "wiki").rglob("*.md"))):
        bad = HOSTILE[number % len(HOSTILE)]
        text = page.read_text(encoding="utf-8")
        head, line, rest = text.partition("\ntitle:")
        poisoned = bad.replace("\n", " ").replace("\r", " ").replace("'", "''")
        title, _, body = rest.partition("\n")
        page.write_text(f"{head}{line} '{poisoned} {title.strip()}'\n{body}\n{bad}\n", encoding="utf-8")
    return sample


@pytest.mark.parametrize("width", [160, 80, 40])
@pytest.mark.parametrize(
    "words", [["brief", "Van Dijk Machinebouw"], ["agenda"], ["brief", "--why"], ["contacts"], ["people"]]
)
def test_is_text_on_the_screen(words: list[str], width: int, poisoned: Path, rep: Rep) -> None:
    said = rep(*words, width=width)
    assert said.code in (0, 1), said.err
    assert FORBIDDEN.search(said.out) is None
    assert FORBIDDEN.search(said.err) is None


def test_is_seen_as_it_stands(poisoned: Path, rep: Rep) -> None:
    shown = rep("brief", "Van Dijk Machinebouw", width=160).out
    assert "[bold red]x[/]" in shown
    assert "<script>alert(1)</script>" in shown
    assert '=cmd|"/c calc"!A1' in shown


def test_is_text_in_markdown(poisoned: Path, rep: Rep) -> None:
    said = rep("brief", "Van Dijk Machinebouw", "--format", "md", "--why")
    assert said.code == 0, said.err
    assert FORBIDDEN.search(said.out) is None
    page = Page(MarkdownIt("gfm-like").render(said.out))
    assert set(page.tags) <= {"h1", "h2", "h3", "ul", "li", "p", "strong", "a"}
    assert page.addresses
    assert not any("evil" in address for address in page.addresses)
    assert "<script>alert(1)</script>" in page.text


def test_is_text_in_html(poisoned: Path, rep: Rep) -> None:
    said = rep("brief", "Van Dijk Machinebouw", "--format", "html")
    assert said.code == 0, said.err
    assert FORBIDDEN.search(said.out) is None
    page = Page(said.out)
    assert not {"script", "img", "iframe", "link", "base", "form"} & set(page.tags)
    assert page.addresses
    assert not any("evil" in address for address in page.addresses)
    assert "<script>alert(1)</script>" in page.text


class Page(HTMLParser):
    """An HTML page taken apart."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_is_text_in_json(poisoned: Path, rep: Rep) -> None:
    said = rep("brief", "Van Dijk Machinebouw", "--format", "json")
    assert said.code == 0, said.err
    strings: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, str):
            strings.append(value)
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(item)

    walk(json.loads(said.out))
    assert any("[bold red]x[/]" in s for s in strings)
    assert any("�]52;c;" in s for s in strings)
    assert [s for s in strings if FORBIDDEN.search(s)] == []
