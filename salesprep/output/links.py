"""What is remembered about customers, what a decision changed, and what is left to decide; as text and JSON.

Text is for reading and may change its layout; JSON is for programs and names its schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from salesprep.adapter import Kind
from salesprep.briefing.choices import Choice
from salesprep.briefing.links import Decided, Forgotten, Links, Target, decided_by
from salesprep.briefing.links.checking import Checked, State
from salesprep.briefing.links.comparing import Compared
from salesprep.briefing.links.layers import Layered
from salesprep.briefing.model import Customer, Link
from salesprep.output.listing import dump
from salesprep.output.matches import matched
from salesprep.settings import Us
from salesprep.view.choices import command, numbered
from salesprep.view.flags import flagged
from salesprep.view.lines import one_line, width, wrap
from salesprep.view.voice import Voice, voice_of
from salesprep.view.words import _, say

VERDICTS = {"is": _("is"), "is_not": _("is not")}
Titles = Mapping[Target, str]
"""What each target is, in words, as far as that was looked up."""
NO_TITLES: Titles = {}


def remembered_text(
    customers: Sequence[Customer],
    us: Us,
    now: datetime,
    columns: int,
    layered: Layered,
    checked: Iterable[Checked] = (),
) -> str:
    """Each customer with what was decided: what, who, when and how; and where the team says otherwise."""
    if not customers:
        return say(us, _("no customer is remembered")) + "\n"
    state = {(one.customer.id, decided_by(one.link)): one for one in checked}
    blocks = []
    for customer in customers:
        lines = [_heading(customer)]
        called = [say(us, _("also called {name}"), name=name) for name in customer.aliases]
        about = " · ".join((*called, *customer.domains))
        lines += [f"  {row}" for row in wrap(one_line(about), columns - 2)] if about else []
        for link in customer.links:
            note = say(us, _("the team's")) if layered.is_teams(customer, link) else ""
            lines += _links((link,), us, now, columns, aside=note)
            looked_up = state.get((customer.id, decided_by(link)))
            if looked_up is not None:
                lines += [f"    {row}" for row in wrap(_standing(looked_up, us, now), columns - 4)]
        for other in layered.differences:
            if other.holder is not None and other.holder.id == customer.id:
                row = contrary(other, us, now)
                lines += [f"    {each}" for each in wrap(row, columns - 4)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


_STATES: Mapping[State, str] = {
    "there": _("still there, under that name"),
    "unknown": _("could not be looked up"),
    "no_source": _("there is no source of that name any more"),
    "not_asked": _("this source looks nothing up by its id"),
}


def _standing(checked: Checked, us: Us, now: datetime) -> str:
    if checked.flag is not None:
        return flagged(checked.flag, voice_of(us, now, {}))
    return say(us, _STATES[checked.state])


def remembered_json(layered: Layered, customers: Iterable[Customer], checked: Iterable[Checked] = ()) -> str:
    """``salesprep.links/1``."""
    state = {(one.customer.id, decided_by(one.link)): one for one in checked}
    return dump(
        "salesprep.links/1",
        file=str(layered.file),
        team_file=str(layered.team_file) if layered.team_file else None,
        customers=[_customer(c, layered, state) for c in customers],
        differences=[difference(each) for each in layered.differences],
        left_out=[str(problem) for problem in layered.problems],
    )


def contrary(other: Compared, us: Us, now: datetime) -> str:
    """``crm:1042: you: is Acme (2 Nov); team: is not Acme (Anna, 9 Nov)``."""
    from salesprep.view.dates import day

    own, holder = other.own, other.holder
    if own is None or holder is None:
        return ""
    line = _("{id}: you: {own} {name} ({day}); team: {theirs} {their_name} ({by}, {their_day})")
    return one_line(
        say(
            us,
            line,
            id=decided_by(other.link),
            own=say(us, VERDICTS[own.verdict]),
            name=holder.name,
            day=day(own.at, now, us),
            theirs=say(us, VERDICTS[other.link.verdict]),
            their_name=other.customer.name,
            by=other.link.by,
            their_day=day(other.link.at, now, us),
        )
    )


def difference(other: Compared) -> dict[str, object]:
    """Two decisions that contradict each other, one's own first."""
    whose = {"own": (other.holder, other.own), "team": (other.customer, other.link)}
    return {
        who: {"customer": {"id": customer.id, "name": customer.name}, **link_dict(link)}
        for who, (customer, link) in whose.items()
        if customer is not None and link is not None
    }


def decided_text(
    decided: Decided, file: Path, us: Us, now: datetime, columns: int, titles: Titles = NO_TITLES
) -> str:
    """What stands in the file now, and how it is undone."""
    lines = [_heading(decided.customer)]
    lines += _links(decided.written, us, now, columns, titles)
    for link in decided.unchanged:
        when = say(us, _("decided before"))
        lines += _links((link,), us, now, columns, titles, when)
    for customer, link in decided.moved:
        line = say(us, _("{id} was {name} before"), id=decided_by(link), name=customer.name)
        lines += [f"  {row}" for row in wrap(one_line(line), columns - 2)]
    if decided.written:
        lines += wrap(one_line(say(us, _("written to {file}"), file=file)), columns)
        lines += [f"{say(us, _('undo:'))} {each}" for each in undoing(decided)]
    else:
        lines += [say(us, _("nothing had to be written"))]
    return "\n".join(lines) + "\n"


def decided_json(decided: Decided, file: Path) -> str:
    """``salesprep.decided/1``."""
    return dump(
        "salesprep.decided/1",
        file=str(file),
        customer={"id": decided.customer.id, "name": decided.customer.name},
        written=[link_dict(link) for link in decided.written],
        unchanged=[link_dict(link) for link in decided.unchanged],
        moved=[{"from": customer.id, **link_dict(link)} for customer, link in decided.moved],
        undo=undoing(decided),
    )


def undoing(decided: Decided) -> list[str]:
    """The commands that bring back what was there before."""
    customer = _name(decided.links, decided.customer)
    before = {decided_by(link): link for link in decided.before}
    moved = {decided_by(link): other for other, link in decided.moved}
    new = [t for link in decided.written if (t := decided_by(link)) not in before and t not in moved]
    back: dict[str, list[Target]] = {"confirm": [], "reject": []}
    for target, link in before.items():
        back["confirm" if link.verdict == "is" else "reject"].append(target)
    commands = [command(verb, customer, targets) for verb, targets in back.items() if targets]
    commands += [command("forget", customer, new)] if new else []
    for target, other in moved.items():
        commands.append(command("confirm", _name(decided.links, other), [target], "--move"))
    return commands


def forgotten_text(forgotten: Forgotten, file: Path, us: Us, now: datetime, columns: int) -> str:
    """What is forgotten, and how it is decided again."""
    lines = [_heading(forgotten.customer)]
    lines += _links(forgotten.removed, us, now, columns)
    if forgotten.gone:
        lines += [say(us, _("this customer is forgotten"))]
    if forgotten.removed or forgotten.gone:
        lines += wrap(one_line(say(us, _("written to {file}"), file=file)), columns)
        lines += [f"{say(us, _('undo:'))} {each}" for each in deciding_again(forgotten)]
    return "\n".join(lines) + "\n"


def forgotten_json(forgotten: Forgotten, file: Path) -> str:
    """``salesprep.forgotten/1``."""
    return dump(
        "salesprep.forgotten/1",
        file=str(file),
        customer={"id": forgotten.customer.id, "name": forgotten.customer.name},
        removed=[link_dict(link) for link in forgotten.removed],
        missing=[str(target) for target in forgotten.missing],
        gone=forgotten.gone,
        undo=deciding_again(forgotten),
    )


def deciding_again(forgotten: Forgotten) -> list[str]:
    """The commands that decide again what was forgotten."""
    name = _name(forgotten.links, forgotten.customer)
    verbs = {"confirm": "is", "reject": "is_not"}
    return [
        command(verb, name, targets)
        for verb, verdict in verbs.items()
        if (targets := [decided_by(link) for link in forgotten.removed if link.verdict == verdict])
    ]


def choices_text(
    choices: Sequence[Choice], name: str, voice: Voice, columns: int, *, verbs: Sequence[str] = ()
) -> str:
    """The numbered list; below each the commands of these ``verbs`` that decide it, each in a line to be
    copied."""
    lines: list[str] = []
    for choice, block in zip(choices, numbered(choices, voice, columns), strict=True):
        lines += block
        start = " " * (width(block[0]) - width(block[0].lstrip(" 0123456789")))
        lines += [start + command(verb, name, [choice.target]) for verb in verbs]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def choices_json(name: str, choices: Iterable[Choice], customer: Customer | None) -> str:
    """``salesprep.choices/1``; ``customer`` is ``None`` where the name fits several."""
    return dump(
        "salesprep.choices/1",
        name=name,
        customer=None if customer is None else {"id": customer.id, "name": customer.name},
        choices=[
            {
                "id": str(choice.target),
                "source": choice.target.source,
                "kind": choice.target.kind,
                "native_id": choice.target.native_id,
                "title": choice.found.record.title,
                "times": choice.times,
                "under": {str(kind): n for kind, n in choice.under.items()},
                "match": matched(choice.found.match),
            }
            for choice in choices
        ],
    )


def _name(links: Links, customer: Customer) -> str:
    """What commands take to mean this customer: the name, unless somebody else has it too."""
    others = [c for c in links.called(customer.name) if c.id != customer.id]
    return customer.id if others else customer.name


def _heading(customer: Customer) -> str:
    return one_line(f"{customer.name} ({customer.id})")


def _links(
    links: Iterable[Link],
    us: Us,
    now: datetime,
    columns: int,
    titles: Titles = NO_TITLES,
    note: str = "",
    *,
    aside: str = "",
) -> list[str]:
    from salesprep.view.dates import day  # late: it brings the languages

    edge = max(width(say(us, word)) for word in VERDICTS.values()) + 4
    lines = []
    for link in links:
        target = decided_by(link)
        verdict = say(us, VERDICTS[link.verdict])
        start = f"  {verdict}{' ' * (edge - width(verdict) - 2)}"
        told = [str(target), *([titles[target]] if target in titles else [])]
        if note:
            told.append(note)
        if not titles or note:
            told += [day(link.at, now, us), link.by, link.how, *([aside] if aside else [])]
        first, *rest = wrap(one_line(" · ".join(told)), columns - edge)
        lines += [start + first, *(" " * edge + row for row in rest)]
    return lines


def _customer(
    customer: Customer, layered: Layered, state: Mapping[tuple[str, Target], Checked]
) -> dict[str, object]:
    return {
        "id": customer.id,
        "name": customer.name,
        "aliases": list(customer.aliases),
        "domains": list(customer.domains),
        "links": [
            {
                **link_dict(link),
                "from": "team" if layered.is_teams(customer, link) else "own",
                **_looked_up(state.get((customer.id, decided_by(link)))),
            }
            for link in customer.links
        ],
    }


def _looked_up(checked: Checked | None) -> dict[str, object]:
    if checked is None:
        return {}
    flag = checked.flag
    return {"check": checked.state, "now": flag.now if flag is not None else ""}


def link_dict(link: Link) -> dict[str, object]:
    """One decision."""
    return {
        "source": link.source,
        "kind": Kind(link.kind).value,
        "native_id": link.native_id,
        "verdict": link.verdict,
        "by": link.by,
        "at": link.at.isoformat(),
        "how": link.how,
        "on": list(link.on),
    }
