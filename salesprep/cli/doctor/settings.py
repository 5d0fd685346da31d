"""The settings: which layers there are, what is wrong in which, and what is missing in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from salesprep.adapter.words import Message, _
from salesprep.cli.doctor.examined import Examined
from salesprep.cli.workspace import company_file
from salesprep.output.doctor import Area, Finding, Name
from salesprep.settings import LayerKind, SettingsError, person_file
from salesprep.settings.reading import read_environment, read_file

_WHOSE: dict[LayerKind, str] = {
    "company": _("the company's settings: {file}"),
    "team": _("the team's settings: {file}"),
    "person": _("your settings: {file}"),
    "folder": _("the settings of this folder: {file}"),
    "named": _("the settings that were named: {file}"),
    "sample": _("the example's settings: {file}"),
    "variable": _("a variable: {file}"),
}


def findings(examined: Examined) -> Iterator[Finding]:
    """Layer by layer, then all together."""
    error, settings = examined.error, examined.settings
    if error is not None:
        yield wrong("settings", "wrong", error)
        yield from _each_by_itself(examined, error)
    for layer in settings.layers:
        what = _filled(_WHOSE[layer.kind], file=layer.file)
        if layer.kind == "team" and settings.team_as_of is not None:
            copy = _("{what}: out of reach, what was read of it before serves", what=what)
            yield Finding("settings", "team-copy", "warn", copy, _("connect to where it lies"))
        else:
            yield Finding("settings", layer.kind, "ok", what)
    if settings.untrusted is not None:
        what = _("{file} is there and is not read", file=settings.untrusted)
        mend = _('look at it with "salesprep settings trust"; leave it so if it is not yours')
        yield Finding("settings", "untrusted", "warn", what, mend)
    if error is None or settings.layers:
        yield from _gaps(examined)
    if examined.unlaid is not None:
        yield Finding("settings", "unlaid", "fail", examined.unlaid, _("make that folder writable"))


def _gaps(examined: Examined) -> Iterator[Finding]:
    settings = examined.settings
    if settings.example:
        what, mend = _("no source of yours is named: the example serves"), _("salesprep add PATH names one")
        yield Finding("settings", "example", "warn", what, mend)
    elif not settings.us.emails and not settings.us.domains:
        what = _("nothing says who you are, so a customer cannot be told from a colleague")
        yield Finding("settings", "us", "warn", what, _("write emails and domains under [us]"))
    else:
        yield Finding("settings", "us", "ok", _("they say who you are"))


def _each_by_itself(examined: Examined, error: SettingsError) -> Iterator[Finding]:
    """The layers of settings that cannot be used as a whole: which are well, and what else is wrong."""
    if examined.settings.layers:
        return  # they can be read, and are told as such
    places: dict[Path, LayerKind] = {company_file(): "company", person_file(examined.dirs): "person"}
    named = examined.explicit or examined.environ.get("SALESPREP_SETTINGS")
    if named:
        places[Path(named).absolute()] = "named"
    for file, kind in places.items():
        if str(file) == str(error.file):
            continue
        try:
            there = file.exists()
            if there:
                read_file(file, kind)
        except SettingsError as other:
            yield wrong("settings", "wrong", other)
        except OSError:
            continue  # whether it is there cannot be told
        else:
            if there:
                yield Finding("settings", kind, "ok", _filled(_WHOSE[kind], file=file))
    if not str(error.file).startswith("SALESPREP_"):
        try:
            read_environment(examined.environ)
        except SettingsError as other:
            yield wrong("settings", "wrong", other)


def wrong(area: Area, name: Name, error: SettingsError) -> Finding:
    """A finding on a file that is wrong."""
    form = _("{file}: {key}: {what}") if error.key else _("{file}: {what}")
    return Finding(
        area, name, "fail", _filled(form, file=error.file, key=error.key, what=error.what), error.mend
    )


def _filled(sentence: str, **values: object) -> str:
    """A sentence that was marked before its values were known."""
    texts = {name: value if isinstance(value, str) else str(value) for name, value in values.items()}
    return Message((sentence,), texts)
