"""What an import would change and has changed, and decisions for others; as text and JSON."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from salesprep.briefing.links import Links, decided_by
from salesprep.briefing.links.comparing import Compared, Comparison, Taken
from salesprep.output.links import VERDICTS, contrary, difference, link_dict
from salesprep.output.listing import dump
from salesprep.settings import SettingsError, Us
from salesprep.view.lines import one_line, wrap
from salesprep.view.words import _, _n, count, say


def plan_text(compared: Comparison, file: Path, us: Us, now: datetime, columns: int) -> str:
    """What is new, whom it is about, and line by line where the file says otherwise."""
    new, equal, conflicts = (compared.of(state) for state in ("new", "equal", "conflict"))
    told = [
        count(us, *_n("{n} new", "{n} new"), len(new)),
        count(us, *_n("{n} as you have it", "{n} as you have them"), len(equal)),
        count(us, *_n("{n} otherwise", "{n} otherwise"), len(conflicts)),
    ]
    lines = wrap(one_line(f"{file}: {', '.join(told)}"), columns)
    named = {each.customer.id: each for each in compared.named}
    for customer in dict.fromkeys([*(line.customer for line in new), *(n.customer for n in compared.named)]):
        more = named.get(customer.id)
        head = one_line(f"{customer.name} ({compared.whose[customer.id]})")
        if more is not None and more.is_new:
            head = say(us, _("{name}, a new customer"), name=head)
        lines += ["", *wrap(head, columns)]
        if more is not None:
            called = [say(us, _("also called {name}"), name=name) for name in more.aliases]
            if about := " · ".join((*called, *more.domains)):
                lines += [f"  {row}" for row in wrap(one_line(about), columns - 2)]
        for line in new:
            if line.customer is customer:
                lines += _row(line, us, now, columns)
    if conflicts:
        lines.append("")
        lines += [row for each in conflicts for row in wrap(contrary(each, us, now), columns)]
    return "\n".join(lines) + "\n"


def taken_text(taken: Taken, file: Path, us: Us, columns: int) -> str:
    """What was done, and how it is undone."""
    one, many = _n(
        "{n} decision taken over, written to {file}", "{n} decisions taken over, written to {file}"
    )
    rows = wrap(one_line(count(us, one, many, len(taken.written), file=file)), columns)
    return "\n".join(["", *rows, f"{say(us, _('undo:'))} salesprep link undo"]) + "\n"


def imported_json(
    compared: Comparison,
    taken: Taken | None,
    problems: Iterable[SettingsError],
    source: Path,
    file: Path,
    open_: Collection[Compared],
) -> str:
    """``salesprep.imported/1``."""
    written = {line.place for line in taken.written} if taken is not None else set()
    return dump(
        "salesprep.imported/1",
        **{"from": str(source)},
        file=str(file),
        written=taken is not None,
        new=[_told(line, compared) for line in compared.of("new")],
        equal=len(compared.of("equal")),
        conflicts=[
            {
                "id": str(decided_by(each.link)),
                **difference(each),
                "taken": "team" if each.place in written else None if each in open_ else "own",
            }
            for each in compared.of("conflict")
        ],
        customers=[
            {
                "id": compared.whose[each.customer.id],
                "name": each.customer.name,
                "new": each.is_new,
                "aliases": list(each.aliases),
                "domains": list(each.domains),
            }
            for each in compared.named
        ],
        left_out=[str(problem) for problem in problems],
    )


def exported_json(links: Links, called: Callable[[str], str]) -> str:
    """``salesprep.exported/1``; in the order of the file."""
    return dump(
        "salesprep.exported/1",
        customers=[
            {
                "id": customer.id,
                "name": customer.name,
                "aliases": list(customer.aliases),
                "domains": list(customer.domains),
                "links": [link_dict(replace(link, by=called(link.by))) for link in customer.links],
            }
            for customer in sorted(links.customers, key=lambda c: c.id)
        ],
    )


def _told(line: Compared, compared: Comparison) -> dict[str, object]:
    whose = compared.whose[line.customer.id]
    return {"customer": {"id": whose, "name": line.customer.name}, **link_dict(line.link)}


def _row(line: Compared, us: Us, now: datetime, columns: int) -> list[str]:
    from salesprep.view.dates import day  # late: it brings the languages

    link = line.link
    told = (say(us, VERDICTS[link.verdict]), str(decided_by(link)))
    text = " · ".join((" ".join(told), day(link.at, now, us), link.by, link.how))
    first, *rest = wrap(one_line(text), columns - 4)
    return [f"  {first}", *(f"    {row}" for row in rest)]
