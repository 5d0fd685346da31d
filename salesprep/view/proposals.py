"""What was found to be set up, in lines for people: the list, which column is what, who is us.

File names and column headers come from outside: whatever could steer a terminal is taken out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from salesprep.adapter import Failure
from salesprep.adapter.proposal import Choice, Me
from salesprep.settings import Us
from salesprep.setup import Change, Offer
from salesprep.view.lines import one_line, width, wrap
from salesprep.view.words import _, _n, count, say

_NAMES = 22
"""Columns for the names of files; a longer one takes what it needs."""


def found(offers: Sequence[Offer], us: Us, columns: int) -> list[str]:
    """The list of what can be read, numbered from 1."""
    if any(offer.place.url for offer in offers):
        head = say(us, _("Found this (it was read once; nothing is copied):"))
    else:
        head = count(
            us,
            *_n(
                "Found {n} file that I can read (nothing is copied, nothing leaves this machine):",
                "Found {n} files that I can read (nothing is copied, nothing leaves this machine):",
            ),
            len({offer.place for offer in offers}),
        )
    lines = _wrapped(head, columns)
    for number, offer in enumerate(offers, 1):
        unsure = say(us, _(" (perhaps)")) if offer.proposal.sure == "possible" else ""
        lines += _entry(
            f"   {number}  ", one_line(offer.place.shown), say(us, offer.proposal.what) + unsure, columns
        )
    return lines


def _entry(start: str, name: str, what: str, columns: int) -> list[str]:
    room = columns - width(start) - width(name) - width(what)
    gap = min(max(3, _NAMES + 3 - width(name)), room)
    if gap >= 2:
        return [start + name + " " * gap + what]
    return [*_wrapped(name, columns, start), *_wrapped(what, columns, " " * (len(start) + 2))]


def _wrapped(text: str, columns: int, indent: str = " ") -> list[str]:
    rows = wrap(one_line(text), columns - len(indent))
    return [indent + rows[0], *(" " * len(indent) + row for row in rows[1:])]


def choices(number: int, offer: Offer, us: Us, columns: int) -> list[str]:
    """``1 accounts.xlsx: which column is what?   name = "Account"   place = "Plaats"``; the last line
    has room for the question behind it."""
    proposal = offer.proposal
    question = say(us, proposal.question or _("is this right?"))
    parts = [f"{number} {one_line(offer.place.shown)}: {question}"]
    parts += [
        f"{say(us, one.label)} = {quoted(one.value)}" for one in proposal.choices if one.value is not None
    ]
    lines = [" " + parts[0]]
    for part in parts[1:]:
        if width(lines[-1]) + 3 + width(part) <= columns:
            lines[-1] += "   " + part
        else:
            lines.append("   " + part)
    right = say(us, _("right?"))
    if width(lines[-1]) + 3 + width(right) + len(" [Y/n] ") <= columns:
        lines[-1] += f"   {right}"
    else:
        lines.append(f"   {right}")
    return lines


def quoted(value: str) -> str:
    """A column's header, as it may stand in a line."""
    return f'"{one_line(value)}"'


def options(choice: Choice, us: Us, columns: int) -> list[str]:
    """What a choice may be: ``1 Account``, ``2 Plaats``; 0 for nothing."""
    names = [f"{number} {one_line(say(us, option))}" for number, option in enumerate(choice.options, 1)]
    none = say(us, _("leave this file out")) if choice.needed else say(us, _("none of these"))
    return _listed(f"{say(us, choice.label)}:", [f"0 {none}", *names], columns)


def statement(number: int, offer: Offer, choice: Choice, us: Us, columns: int) -> list[str]:
    """What a person has to say, and the usual answers: ``1 contract   2 consent``."""
    question = say(us, _("by what right may you keep the people in it? That is yours to say."))
    lines = _wrapped(f"{number} {one_line(offer.place.shown)}: {question}", columns)
    names = [f"{at} {one_line(say(us, option))}" for at, option in enumerate(choice.options, 1)]
    return lines + _listed(names[0], names[1:], columns) if names else lines


def left_out(offer: Offer, us: Us) -> str:
    """That a file was not added, because the user said so."""
    return " " + say(us, _("{file} is left out"), file=one_line(offer.place.shown))


def trouble(shown: str, failure: Failure, us: Us) -> str:
    """What is wrong with a file, which is named once, and how it is mended."""
    told = "; ".join(say(us, part) for part in (failure.what, failure.mend) if part)
    name = one_line(shown)
    return told if one_line(told).startswith(name) else f"{name}: {told}"


def readings(shown: str, titles: Sequence[str], us: Us, columns: int) -> list[str]:
    """Adapters that are as sure as each other about one file."""
    head = say(us, _("{file} may be read in more than one way:"), file=one_line(shown))
    return _listed(head, [f"{number} {one_line(title)}" for number, title in enumerate(titles, 1)], columns)


def _listed(head: str, items: Iterable[str], columns: int) -> list[str]:
    lines = [f"   {head}"]
    for item in items:
        if width(lines[-1]) + 3 + width(item) <= columns:
            lines[-1] += f"   {item}"
        else:
            lines.append(f"     {item}")
    return lines


def you_are(me: Me, us: Us) -> str:
    """``You are  anna@ons.example; "ons.example" is us, not a customer?``."""
    if not me.domains:
        return say(us, _("You are  {address}?"), address=me.emails[0])
    names = ", ".join(f'"{domain}"' for domain in me.domains)
    return say(
        us, _("You are  {address}; {domains} is us, not a customer?"), address=me.emails[0], domains=names
    )


def notices(changes: Iterable[Change], us: Us, columns: int) -> list[str]:
    """What the user should know of each new source."""
    said = dict.fromkeys(
        f"{change.title}: {say(us, offer.proposal.notice)}"
        for change in changes
        if change.kind == "new"
        for offer in change.offers
        if offer.proposal.notice
    )
    return [line for text in said for line in _wrapped(text, columns)]


def done(changes: Iterable[Change], file: Path, us: Us) -> list[str]:
    """What came of it, and where it is written."""
    changes = tuple(changes)
    lines = []
    for kind, said in _DONE.items():
        titles = ", ".join(change.title for change in changes if change.kind == kind)
        if titles:
            lines.append(" " + say(us, said, sources=one_line(titles), file=one_line(str(file))))
    return lines


def would(changes: Iterable[Change], us_keys: Mapping[str, object], file: Path, us: Us) -> list[str]:
    """What would come of it."""
    lines = []
    for change in changes:
        shown = ", ".join(dict.fromkeys(one_line(offer.place.shown) for offer in change.offers))
        line = say(us, _WOULD[change.kind], source=one_line(change.title), files=shown, name=change.name)
        lines.append(f" {line}")
    for key, value in us_keys.items():
        written = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        lines.append(f" us.{key} = {one_line(written)}")
    return [*lines, " " + say(us, _("all of it in {file}"), file=one_line(str(file)))] if lines else []


_DONE = {
    "there": _("{sources}: there already"),
    "grown": _("Added a further file to {sources} in {file}"),
    "new": _("Added {sources} to {file}"),
}
_WOULD = {
    "there": _("{source}: there already, with {files}"),
    "grown": _("would add {files} to {source} (sources.{name})"),
    "new": _("would add {source} (sources.{name}) from {files}"),
}

HEAD = _(
    "Settings of salesprep, your own.\n"
    "Written by salesprep add; change what you like, comments and order stay.\n"
    "salesprep settings tells what is in force."
)
"""Begins a file that is not there yet, as a comment."""


def introduction(us: Us, columns: int) -> list[str]:
    """What ``init`` says first: what can be taken along, and from where."""
    head = _("This sets up your own data, a file at a time. Nothing is copied, nothing leaves this machine.")
    lines = [*_wrapped(say(us, head), columns), " " + say(us, _("What you can take along:"))]
    rows = [(say(us, name), say(us, where)) for name, where in _TO_TAKE]
    edge = max(width(name) for name, _where in rows)
    for name, where in rows:
        lines += _wrapped(where, columns, f"   {name}{' ' * (edge - width(name))}  ")
    return lines


_TO_TAKE = (
    (_("customers"), _("from your CRM, exported as CSV or Excel; its database, if that is a file")),
    (
        _("calendar"),
        _(
            "a file from your calendar's export, or its private address in iCal form; in most programs under"
            " settings, then sharing or export"
        ),
    ),
    (
        _("LinkedIn"),
        _(
            "settings, data privacy, get a copy of your data; the small file comes within minutes by mail,"
            " the one that holds all within a day"
        ),
    ),
    (_("wiki"), _("a folder of Markdown pages")),
)
