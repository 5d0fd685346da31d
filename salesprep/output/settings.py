"""What is in force and who decided it, and which folders are trusted; as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from salesprep.output.listing import dump
from salesprep.settings import LayerKind, Us
from salesprep.settings.powers import Powers
from salesprep.view.lines import cut, one_line, width
from salesprep.view.words import _, say


@dataclass(frozen=True, slots=True)
class From:
    """Who gives a value: a layer, its file or variable, and the line in the file where that can be told."""

    origin: str
    layer: LayerKind
    line: int | None = None
    value: object = None
    """As it may be shown."""


@dataclass(frozen=True, slots=True)
class InForce:
    """One setting: its dotted key, its value as it may be shown, and who decided it."""

    key: str
    value: object
    decided: From | None = None
    """``None``: nobody, it is what salesprep takes by itself."""
    others: tuple[From, ...] = ()
    """What further layers say, from the last to the first."""
    locked_by: str | None = None
    """The file that keeps later layers from setting it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a layer lies."""

    layer: LayerKind
    file: str
    state: str = "read"
    """``read``, ``absent``, ``untrusted``, or ``copy``: out of reach, and what was read before serves."""


@dataclass(frozen=True, slots=True)
class TrustedFolder:
    """A folder that was trusted, and how its file is now."""

    folder: str
    at: str
    state: str
    """``unchanged``, ``changed`` or ``absent``."""


_LAYERS: dict[LayerKind, str] = {
    "company": _("company"),
    "team": _("team"),
    "person": _("person"),
    "folder": _("folder"),
    "named": _("named"),
    "sample": _("sample"),
    "variable": _("variable"),
}
_STATES = {
    "absent": _("not there"),
    "untrusted": _("not trusted, so not read"),
    "copy": _("out of reach: what was last read of it serves"),
    "unchanged": _("as it was trusted"),
    "changed": _("changed since, so not read"),
}


def settings_text(settings: Sequence[InForce], us: Us, places: Sequence[Place], columns: int) -> str:
    """``key = value`` cut to the line, and behind a ``#`` who decided it: the number of a file, or a
    variable. The numbers are explained above."""
    files = [place.file for place in places if place.state in ("read", "copy")]
    numbers = {file: str(number) for number, file in enumerate(files, 1)}
    legend = [_place(place, numbers.get(place.file, "-"), us) for place in places]
    rows = [(one_line(f"{one.key} = {toml(one.value)}"), _by(one, numbers, us)) for one in settings]
    edge = max((width(by) for _value, by in rows), default=0)
    room = max(20, columns - edge - 2)
    lines = []
    for value, by in rows:
        text = cut(value, room)
        lines.append(f"{text}{' ' * (room - width(text))}  {by}")
    return "\n".join([*legend, *lines]) + "\n"


def _place(place: Place, number: str, us: Us) -> str:
    note = "" if place.state == "read" else f" ({say(us, _STATES[place.state])})"
    return one_line(f"# {number} {say(us, _LAYERS[place.layer])}  {place.file}{note}")


def _by(one: InForce, numbers: Mapping[str, str], us: Us) -> str:
    if one.decided is None:
        by = say(us, _("taken by itself"))
    else:
        by = numbers.get(one.decided.origin, one.decided.origin)
    return f"# {by}, {say(us, _('locked'))}" if one.locked_by else f"# {by}"


def why_text(settings: Sequence[InForce], us: Us) -> str:
    """Each setting in full, below it who decided it, what the others say, and who locked it."""
    lines: list[str] = []
    for one in settings:
        lines.append(one_line(f"{one.key} = {toml(one.value)}"))
        rows = [(say(us, _("over")), one_line(_from(other, us, value=True))) for other in one.others]
        if one.decided is None:
            lines.append(f"  {say(us, _('taken by itself'))}")
        else:
            rows.insert(0, (say(us, _("decided by")), one_line(_from(one.decided, us))))
        if one.locked_by:
            rows.append((say(us, _("locked by")), one_line(one.locked_by)))
        edge = max((width(word) for word, _text in rows), default=0)
        lines.extend(f"  {word}{' ' * (edge - width(word))}  {text}" for word, text in rows)
    return "\n".join(lines) + "\n"


def _from(one: From, us: Us, *, value: bool = False) -> str:
    text = f"{say(us, _LAYERS[one.layer])}  {one.origin}"
    if one.line is not None:
        text += say(us, _(", line {n}"), n=one.line)
    return f"{text}: {toml(one.value)}" if value else text


def settings_json(settings: Sequence[InForce], places: Iterable[Place]) -> str:
    """``salesprep.settings/1``."""
    places = tuple(places)
    return dump(
        "salesprep.settings/1",
        files=[place.file for place in places if place.state in ("read", "copy")],
        layers=[asdict(place) for place in places],
        settings=[
            {
                "key": one.key,
                "value": one.value,
                "origin": one.decided.origin if one.decided else None,
                "layer": one.decided.layer if one.decided else None,
                "line": one.decided.line if one.decided else None,
                "locked_by": one.locked_by,
                "over": [_other(other) for other in one.others],
            }
            for one in settings
        ],
    )


def _other(one: From) -> dict[str, object]:
    return {"origin": one.origin, "layer": one.layer, "line": one.line, "value": one.value}


def powers_text(file: Path, could: Powers, us: Us) -> str:
    """What a settings file could do. What weighs most comes last, nearest to the question."""
    lines = [say(us, _("{file} could"), file=one_line(str(file)))]

    def part(title: str, rows: Iterable[str]) -> None:
        told = [f"    {one_line(row)}" for row in rows]
        if told:
            lines.extend([f"  {say(us, title)}", *told])

    part(_("set"), could.other_keys)
    part(_("lock"), could.locks)
    part(_("keep what you decide on customers in"), [str(could.links_file)] if could.links_file else [])
    part(_("take decisions on customers from"), [str(could.links_team)] if could.links_team else [])
    part(
        _("ask these sources"),
        (row for one in could.sources for row in _asked(one.name, one.adapter, one.keys)),
    )
    part(_("use these secrets"), (f"{key} = {toml(reference)}" for key, reference in could.secrets))
    part(_("run code in"), map(str, could.adapter_folders))
    if len(lines) == 1:
        lines.append(f"  {say(us, _('do nothing'))}")
    return "\n".join(lines) + "\n"


def _asked(name: str, adapter: str, keys: Iterable[tuple[str, object]]) -> Iterable[str]:
    yield f"{name} ({adapter})" if adapter else name
    for key, value in keys:
        yield cut(one_line(f"  {key} = {toml(value)}"), 160)


def powers_json(file: Path, could: Powers, *, trusted: bool) -> str:
    """``salesprep.trust/1``."""
    return dump(
        "salesprep.trust/1",
        folder=str(file.parent),
        file=str(file),
        trusted=trusted,
        could={
            "set": list(could.other_keys),
            "lock": list(could.locks),
            "links_file": str(could.links_file) if could.links_file else None,
            "links_team": str(could.links_team) if could.links_team else None,
            "sources": [
                {"name": one.name, "adapter": one.adapter, "keys": dict(one.keys)} for one in could.sources
            ],
            "secrets": dict(could.secrets),
            "adapter_folders": [str(folder) for folder in could.adapter_folders],
        },
    )


def trusted_text(folders: Iterable[TrustedFolder], us: Us) -> str:
    """One line per trusted folder."""
    lines = [f"{one_line(one.folder)}  {one.at}  {say(us, _STATES[one.state])}" for one in folders]
    return "\n".join(lines or [say(us, _("no folder is trusted"))]) + "\n"


def trusted_json(folders: Iterable[TrustedFolder]) -> str:
    """``salesprep.trusted/1``."""
    return dump("salesprep.trusted/1", folders=[asdict(one) for one in folders])


def toml(value: object) -> str:
    """``value`` as TOML writes it; texts as JSON does, whose escapes are TOML's too."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key} = {toml(item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(toml(item) for item in value)}]"
    if isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
