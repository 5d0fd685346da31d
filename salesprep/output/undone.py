"""What was taken back of one's decisions, and what could be; as text and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from salesprep.briefing.links import decided_by
from salesprep.briefing.links.history import Step
from salesprep.briefing.model import Customer, Link
from salesprep.output.links import VERDICTS, link_dict
from salesprep.output.listing import dump
from salesprep.settings import Us
from salesprep.view.lines import one_line, wrap
from salesprep.view.words import _, say


def undone_text(steps: Iterable[Step], file: Path, us: Us, now: datetime, columns: int) -> str:
    """Each decision that was taken back, and what stands in its place again."""
    lines: list[str] = []
    for step in steps:
        lines += _step(step, us, now, columns)
    lines += wrap(one_line(say(us, _("taken back, written to {file}"), file=file)), columns)
    return "\n".join(lines) + "\n"


def history_text(steps: Sequence[Step], us: Us, now: datetime, columns: int) -> str:
    """What could be taken back; ``link undo 2`` takes back the first two."""
    if not steps:
        return say(us, _("there is nothing to take back")) + "\n"
    blocks = []
    for number, step in enumerate(steps, 1):
        rows = _step(step, us, now, columns - 5)
        blocks += [f"{number:>3}  {rows[0]}", *(f"     {row}" for row in rows[1:])]
    return "\n".join(blocks) + "\n"


def undone_json(steps: Iterable[Step], file: Path) -> str:
    """``salesprep.undone/1``."""
    return dump("salesprep.undone/1", file=str(file), steps=[_told(step) for step in steps])


def history_json(steps: Iterable[Step], file: Path) -> str:
    """``salesprep.history/1``; the last change first."""
    return dump("salesprep.history/1", file=str(file), steps=[_told(step) for step in steps])


def erased_json(file: Path, there: bool) -> str:
    """``salesprep.erased/1``."""
    return dump("salesprep.erased/1", file=str(file), erased=there)


def _step(step: Step, us: Us, now: datetime, columns: int) -> list[str]:
    from salesprep.view.dates import slot  # late: it brings the languages

    lines = wrap(one_line(f"{step.of.name} ({step.of.id}) · {slot(step.at, now, us)}"), columns)
    for customer, taken, back in step.undone:
        lines += [f"  {row}" for row in wrap(_change(step.of, customer, taken, back, us), columns - 2)]
    if not step.undone:
        lines.append("  " + say(us, _("this customer is forgotten")))
    return lines


def _change(of: Customer, customer: Customer, taken: Link | None, back: Link | None, us: Us) -> str:
    link = taken or back
    if link is None:
        return ""
    was = say(us, VERDICTS[taken.verdict]) if taken is not None else say(us, _("forgotten"))
    before = say(us, VERDICTS[back.verdict]) if back is not None else say(us, _("nothing decided"))
    whose = "" if customer.id == of.id else f" · {customer.name}"
    line = _("{id}: {now}; before: {before}")
    return one_line(say(us, line, id=decided_by(link), now=was, before=before) + whose)


def _told(step: Step) -> dict[str, object]:
    return {
        "at": step.at.isoformat(),
        "customer": {"id": step.of.id, "name": step.of.name},
        "decisions": [
            {
                "id": str(decided_by(link)),
                "customer": customer.id,
                "taken_back": link_dict(taken) if taken is not None else None,
                "before": link_dict(back) if back is not None else None,
            }
            for customer, taken, back in step.undone
            if (link := taken or back) is not None
        ],
    }
