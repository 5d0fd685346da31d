"""What a user may decide on, in numbered lines, and the commands that decide it. Pure."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Sequence

from salesprep.adapter import Kind
from salesprep.adapter.records import Meeting
from salesprep.briefing.choices import Choice, undecided
from salesprep.briefing.links import Target
from salesprep.briefing.model import Briefing, Found
from salesprep.view.evidence import for_and_against
from salesprep.view.lines import Line, Span, line, one_line, width, wrap
from salesprep.view.voice import Voice
from salesprep.view.words import _, _n

KINDS: dict[Kind, tuple[str, str, str]] = {
    Kind.ACCOUNT: (_("company"), *_n("{n} company", "{n} companies")),
    Kind.PERSON: (_("person"), *_n("{n} person", "{n} persons")),
    Kind.ACTIVITY: (_("contact"), *_n("{n} contact", "{n} contacts")),
    Kind.TASK: (_("promise"), *_n("{n} promise", "{n} promises")),
    Kind.OPPORTUNITY: (_("offer"), *_n("{n} offer", "{n} offers")),
    Kind.CONTRACT: (_("contract"), *_n("{n} contract", "{n} contracts")),
    Kind.ORDER: (_("order"), *_n("{n} order", "{n} orders")),
    Kind.INVOICE: (_("invoice"), *_n("{n} invoice", "{n} invoices")),
    Kind.TICKET: (_("ticket"), *_n("{n} ticket", "{n} tickets")),
    Kind.MEETING: (_("meeting"), *_n("{n} meeting", "{n} meetings")),
    Kind.DOCUMENT: (_("page"), *_n("{n} page", "{n} pages")),
    Kind.POST: (_("post"), *_n("{n} post", "{n} posts")),
}
"""What one record is called, and so many of them."""

UNSETTLED = {
    "unknown": _("nothing was written: no source knows a customer called {name}"),
    "unanswered": _("nothing was written: not all sources answered, so nobody can tell whom {name} means"),
}
"""Why nothing can be remembered of a customer."""

_PLAIN = re.compile(r"[A-Za-z0-9_@+:,./][A-Za-z0-9_@%+=:,./-]*")
_QUOTABLE = re.compile(r'[^"$`\\!\x00-\x1f\x7f]*')


def numbered(choices: Sequence[Choice], voice: Voice, columns: int) -> list[list[str]]:
    """The lines of each choice: what it is and where, what speaks for and against it, what hangs under it."""
    edge = len(str(len(choices))) + 4
    return [
        [
            *_hanging(f"{number:>{edge - 2}}  ", _title(choice, voice), edge, columns),
            *_hanging(" " * edge, for_and_against(choice.found.match, voice), edge, columns),
            *(_hanging(" " * edge, hanging, edge, columns) if (hanging := under(choice, voice)) else []),
        ]
        for number, choice in enumerate(choices, 1)
    ]


def named(found: Found, voice: Voice) -> str:
    """``Visser Techniek (CRM, company, Gent)``."""
    title = found.record.title or voice.say(KINDS[found.record.kind][0])
    return one_line(f"{title} ({voice.source(found.source)}, {sort(found, voice)})")


def sort(found: Found, voice: Voice) -> str:
    """What sort of thing it is, when and where, and whose web or mail: ``company, Gent, visser.example``."""
    record = found.record
    place = getattr(record, "place", None)
    where = (place.city or place.text) if place is not None else None
    when = record.start if isinstance(record, Meeting) else record.at
    slot = voice.slot if isinstance(record, Meeting) else voice.day
    day = slot(when) if when is not None else None
    kind = voice.say(KINDS[record.kind][0])
    return ", ".join(filter(None, (kind, day, where, *record.keys.domains[:1])))


def with_times(title: str, choice: Choice, voice: Voice) -> str:
    """``title``, and of a series how often: it is decided on at once."""
    return voice.say(_("{title}, {n} times"), title=title, n=choice.times) if choice.times > 1 else title


def under(choice: Choice, voice: Voice) -> str:
    """``with 1 person and 3 contacts``: what hangs under an account."""
    counted = [voice.count(*KINDS[kind][1:], n) for kind, n in choice.under.items()]
    return voice.say(_("with {what}"), what=voice.together(counted)) if counted else ""


def hint(briefing: Briefing, voice: Voice, columns: int) -> list[Line]:
    """``3 of these may be theirs or not: salesprep link choose crm:1042``; nothing where all is decided."""
    n = len(undecided(briefing.panels)) if briefing.complete else 0
    if not n:
        return []
    customer = briefing.customer
    how = command("choose", customer.id if customer.ids or customer.links else customer.name)
    how = voice.how("decide", how)
    one, many = _n("{n} that may be theirs: {command}", "{n} that may be theirs: {command}")
    return [line(Span(row, "dim")) for row in wrap(voice.count(one, many, n, command=how), columns)]


def command(verb: str, name: str, targets: Iterable[Target | str] = (), *options: str) -> str:
    """``salesprep link confirm "Van Dijk" crm:1042``, as a shell takes it."""
    words = [name, *map(str, targets)]
    ended = ["--"] if any(word.startswith("-") for word in words) else []
    return " ".join(["salesprep", "link", verb, *options, *ended, *map(shell_word, words)])


def shell_word(text: str) -> str:
    """``text`` as one word that no shell takes for anything else: names come from sources. Double quotes
    where they are enough, since every shell knows those."""
    text = one_line(text)
    if _PLAIN.fullmatch(text):
        return text
    return f'"{text}"' if _QUOTABLE.fullmatch(text) else shlex.quote(text)


def _title(choice: Choice, voice: Voice) -> str:
    return with_times(named(choice.found, voice), choice, voice)


def _hanging(start: str, text: str, edge: int, columns: int) -> list[str]:
    first, *rest = wrap(text, columns - max(edge, width(start)))
    return [start + first, *(" " * edge + row for row in rest)]
