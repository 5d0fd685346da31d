"""A briefing as one HTML file: readable on a phone, printable, with nothing loaded from elsewhere.

Built as a tree, so that whatever came from a source is text by construction. No script; the page's own
policy forbids everything but its own style, and links tell the other side nothing.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from salesprep.briefing.model import Briefing
from salesprep.settings import Us
from salesprep.view.lines import Span, Style
from salesprep.view.sheet import Block, Entry, Part, Sheet, sheet
from salesprep.view.words import _n, count

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; --line: #8886; --quiet: #595959; --alarm: #a4161a }
@media (prefers-color-scheme: dark) { :root { --quiet: #b0b0b0; --alarm: #ff9b9b } }
* { box-sizing: border-box }
body { font: 1rem/1.45 system-ui, sans-serif; margin: 0 auto; padding: 1rem; max-width: 84rem;
  overflow-wrap: anywhere }
h1 { font-size: 1.4rem; margin: 0 0 .4rem }
h2 { font-size: 1rem; letter-spacing: .04em; margin: 0; text-transform: uppercase }
h3 { font-size: 1rem; margin: .9rem 0 .2rem }
h2 small, h3 small { font-weight: normal; letter-spacing: 0; text-transform: none }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .9rem; margin: 0 }
dt { font-weight: 600 } dd { margin: 0 }
ul { list-style: none; margin: 0; padding: 0 } li { padding: .2rem 0 } li ul { padding-left: 1rem }
.scan li { display: grid; grid-template-columns: 7rem 1fr auto; gap: 0 .9rem }
.board { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem }
section, .scan { border-top: 1px solid var(--line); padding: .8rem 0; margin-top: .8rem }
.board section { margin-top: 0 }
small, .quiet { color: var(--quiet); font-size: .85rem } .alarm { color: var(--alarm) }
b { font-weight: 600 } p { margin: .4rem 0 } summary { cursor: pointer; color: var(--quiet) }
a { color: inherit }
@media (max-width: 40rem) { .scan li { display: block } dl { grid-template-columns: 1fr } }
@media print { body { max-width: none; padding: 0 } section { break-inside: avoid } }
"""
_CLASS: dict[Style, str] = {"alarm": "alarm", "dim": "quiet", "source": "quiet"}


def briefing(briefing: Briefing, us: Us, *, why: bool = False) -> str:
    """The briefing as one HTML document.

    Each row tells how it was matched; what a reader does not take in at once is there to be opened, and
    with ``why`` stands open.
    """
    return document(sheet(briefing, us, why=why), us)


def document(given: Sheet, us: Us) -> str:
    """A sheet as HTML."""
    return "<!doctype html>\n" + tostring(_page(given, us), encoding="unicode", method="html") + "\n"


def _page(given: Sheet, us: Us) -> Element:
    html = Element("html", lang=given.language)
    head = SubElement(html, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY})
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "meta", name="referrer", content="no-referrer")
    SubElement(head, "meta", name="robots", content="noindex")
    SubElement(head, "title").text = given.customer
    SubElement(head, "style").text = _STYLE
    body = SubElement(html, "body")
    top = SubElement(body, "header")
    SubElement(top, "h1").text = given.customer
    facts = SubElement(top, "dl")
    for label, said in given.head:
        SubElement(facts, "dt").text = label
        SubElement(facts, "dd").text = said
    if given.scan:
        scan = SubElement(body, "ul", {"class": "scan"})
        for told in given.scan:
            row = SubElement(scan, "li")
            SubElement(row, "b").text = told.word
            SubElement(row, "span").text = told.fact
            SubElement(row, "small").text = told.sources
    board = SubElement(body, "main", {"class": "board"})
    for block in given.blocks:
        _block(SubElement(board, "section"), block, us)
    foot = SubElement(body, "footer")
    SubElement(foot, "small").text = given.made
    return html


def _block(into: Element, given: Block, us: Us) -> None:
    title = SubElement(into, "h2")
    title.text = f"{given.title} "
    if given.state:
        SubElement(title, "small", {"class": "alarm"}).text = f"{given.state} "
    SubElement(title, "small").text = given.age
    for part in given.parts:
        _part(into, part, us)
    for remark in given.remarks:
        _said(SubElement(into, "p"), remark)


def _part(into: Element, given: Part, us: Us) -> None:
    if given.heading:
        title = SubElement(into, "h3", {"class": "alarm"} if given.undecided else {})
        title.text = f"{given.heading} "
        SubElement(title, "small").text = given.tally
    _entries(into, given.entries)
    if given.rest:
        more = SubElement(into, "details")
        SubElement(more, "summary").text = count(us, *_n("{n} more", "{n} more"), len(given.rest))
        _entries(more, given.rest)
    for remark in given.remarks:
        _said(SubElement(into, "p"), remark)


def _entries(into: Element, entries: tuple[Entry, ...]) -> None:
    if not entries:
        return
    rows = SubElement(into, "ul")
    for entry in entries:
        row = SubElement(rows, "li")
        for at, cell in enumerate(entry.cells):
            if at:
                SubElement(row, "span", {"class": "quiet"}).text = " · "
            link = entry.url if at == 0 else None
            target = {"href": link, "rel": "noopener noreferrer"} if link else {}
            _said(SubElement(row, "a" if link else "span", target), cell)
        for note in entry.notes:
            _said(SubElement(row, "div"), note)
        if entry.why:
            SubElement(SubElement(row, "div"), "small").text = entry.why


def _said(into: Element, given: Span) -> None:
    into.text = given.text.strip()
    if given.style in _CLASS:
        into.set("class", _CLASS[given.style])
