"""Time, secrets and folders of this machine."""

from __future__ import annotations

import os
import shutil
import zoneinfo
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import salesprep
from salesprep import machine
from salesprep.adapter.manifest import walk
from salesprep.adapter.words import _, _n
from salesprep.cli.doctor.adapters import version_of
from salesprep.cli.doctor.examined import Examined, Patient
from salesprep.cli.doctor.settings import wrong
from salesprep.output.doctor import Finding
from salesprep.settings import is_reference

Reference = Literal["env", "file"]
Folder = Literal["config", "state", "cache"]
_LEAST_FREE = 50_000_000
"""Bytes: with less, indexes cannot be kept."""
_ONE_DAY = timedelta(days=1)


def time(examined: Examined) -> Iterator[Finding]:
    """The zone, the zones that there are, and the clock."""
    us = examined.us
    if "us.zone" not in examined.settings.origins and _zone_is_unknown(examined):
        what = _("this machine does not say in which time zone it is, so times are shown in UTC")
        yield Finding(
            "time", "zone", "warn", what, _('write zone = "…" under [us], such as "Europe/Amsterdam"')
        )
    else:
        yield Finding("time", "zone", "ok", _("times are shown in the zone {zone}", zone=us.zone.key))
    version = version_of("tzdata")
    try:
        zoneinfo.ZoneInfo("Europe/Amsterdam")
    except (zoneinfo.ZoneInfoNotFoundError, OSError):
        what, mend = _("there are no time zones on this machine"), _("install the library tzdata")
        yield Finding("time", "zones", "fail", what, mend)
    else:
        what = _("time zones are there (tzdata {version})", version=version or "-")
        yield Finding("time", "zones", "ok", what)
    installed = datetime.fromtimestamp(Path(salesprep.__file__).stat().st_mtime, UTC)
    if examined.real < installed - _ONE_DAY:
        what = _("the clock is behind: salesprep was installed later than what it says is now")
        yield Finding("time", "clock", "warn", what, _("set this machine's clock"))
    else:
        yield Finding("time", "clock", "ok", _("it is {when} by this machine's clock", when=examined.real))


def _zone_is_unknown(examined: Examined) -> bool:
    named = examined.environ.get("TZ", "").removeprefix(":")
    return machine.zone_name(examined.environ) == "UTC" and named not in ("UTC", "Etc/UTC")


def secrets(examined: Examined) -> Iterator[Finding]:
    """There is no store of keys: secrets are references. One that leads nowhere is its source's finding."""
    found = [kind for patient in examined.patients for kind in references(patient)]
    if not found:
        yield Finding("secrets", "references", "ok", _("no source is given a secret; no key store is used"))
        return
    variables, files = found.count("env"), found.count("file")
    what = _(
        "secrets that come from variables: {variables}, from files: {files}; no key store is used",
        variables=variables,
        files=files,
    )
    yield Finding("secrets", "references", "ok", what)


def references(patient: Patient) -> tuple[Reference, ...]:
    """Where the secrets of a source lie; what is no reference is not counted."""
    manifest = patient.manifest
    every = [
        value for key in (manifest.secrets if manifest else ()) for value in walk(patient.source.config, key)
    ]
    return tuple("env" if str(value).startswith("env:") else "file" for value in every if is_reference(value))


def folders(examined: Examined) -> Iterator[Finding]:
    """The three, whether they can be written and by whom; the disk; the file of decisions; the log."""
    dirs = examined.dirs
    named: dict[Folder, Path] = {"config": dirs.config, "state": dirs.state, "cache": dirs.cache}
    for name, folder in named.items():
        yield from _of_folder(name, folder)
    yield from _of_disk(dirs.cache)
    yield from _of_links(examined)
    yield from _of_log(examined)


def _of_folder(name: Folder, folder: Path) -> Iterator[Finding]:
    place = nearest(folder)
    if not os.access(place, os.W_OK | os.X_OK) or not place.is_dir():
        what = _("{folder} cannot be written", folder=folder)
        yield Finding(
            "folders", "unwritable", "fail", what, _("make it writable, or set SALESPREP_HOME"), name
        )
    elif place != folder:
        what = _("{folder} will be made when it is needed", folder=folder)
        yield Finding("folders", "writable", "ok", what, about=name)
    elif machine.others_may_write(folder):
        what = _("others may write to {folder}", folder=folder)
        yield Finding("folders", "foreign", "fail", what, _("make it yours alone: chmod 700"), name)
    elif name == "state" and not machine.is_private(folder):
        what = _("others can look into {folder}", folder=folder)
        yield Finding("folders", "open", "warn", what, _("make it yours alone: chmod 700"), name)
    else:
        yield Finding("folders", "writable", "ok", _("{folder} can be written", folder=folder), about=name)


def nearest(folder: Path) -> Path:
    """The folder, or the one above it in which it would be made."""
    return next((one for one in (folder, *folder.parents) if one.exists()), folder)


def _of_disk(cache: Path) -> Iterator[Finding]:
    try:
        free = shutil.disk_usage(nearest(cache)).free
    except OSError:
        return
    if free < _LEAST_FREE:
        what = _("the disk is nearly full: {n} MB are left", n=free // 1_000_000)
        yield Finding("folders", "disk", "warn", what, _("make room; the cache may be deleted at any time"))


def _of_links(examined: Examined) -> Iterator[Finding]:
    """The user's decisions, and what of the team's does not count."""
    from salesprep.briefing.links.layers import read_layered
    from salesprep.settings import SettingsError

    file = examined.settings.links_file or examined.dirs.state / "links.toml"
    try:
        layered = read_layered(file, examined.settings.links_team)
    except SettingsError as error:
        yield wrong("folders", "links-wrong", error)
        return
    what = _n("{n} customer is remembered in {file}", "{n} customers are remembered in {file}")
    yield Finding("folders", "links", "ok", what.of(len(layered.own.customers), file=file))
    for problem in layered.problems:
        yield replace(wrong("folders", "links-team", problem), outcome="warn")


def _of_log(examined: Examined) -> Iterator[Finding]:
    """Errors of the last day: what they say stays in the file."""
    from salesprep.cli.doctor.admitted import moment
    from salesprep.cli.doctor.digest import digest

    file = examined.dirs.log
    lines = digest((file.with_name("log.1"), file), tuple(examined.settings.sources))
    since = moment(examined.real - _ONE_DAY) or ""
    errors = sum(line.level in ("ERROR", "CRITICAL") and (line.at or "") >= since for line in lines)
    if errors:
        what = _n("{n} error of the last day stands in {file}", "{n} errors of the last day stand in {file}")
        mend = _("write a bundle with --bundle FILE, for whoever looks after salesprep for you")
        yield Finding("folders", "log-errors", "warn", what.of(errors, file=file), mend)
    else:
        yield Finding("folders", "log", "ok", _("no error of the last day stands in the log"))
