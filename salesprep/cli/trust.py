"""``settings trust``: may the ``settings.toml`` of this folder be read?"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from salesprep import machine
from salesprep.cli import talk
from salesprep.cli.exits import Exit
from salesprep.cli.terminal import show
from salesprep.cli.workspace import read_elsewhere, real_now
from salesprep.cli.yes_or_no import agrees
from salesprep.output import settings as listing
from salesprep.settings import Settings, Us
from salesprep.settings.model import NAME
from salesprep.settings.powers import adapter_folders, powers
from salesprep.settings.trust import Offered, forget, offered, standing, trust, trusted
from salesprep.sources import find_adapters
from salesprep.view.words import _, say

if TYPE_CHECKING:
    from salesprep.cli.commands import Common


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line."""

    folder: Path | None = None
    yes: bool = False
    list_: bool = False
    forget: bool = False


def settings_trust(common: Common, asked: Asked) -> Exit:
    """Show what the folder's file could do, and trust it if the user says so."""
    elsewhere = read_elsewhere(common.settings, os.environ)
    us = elsewhere.us
    state = machine.dirs(os.environ).state
    if asked.list_:
        folders = [listing.TrustedFolder(one.folder, one.at, standing(one)) for one in trusted(state)]
        show(listing.trusted_json(folders) if common.format == "json" else listing.trusted_text(folders, us))
        return Exit.DONE
    folder = _folder(asked.folder)
    if asked.forget:
        return _forget(state, folder, us)
    return _offer(common, asked, state, offered(folder), elsewhere)


def _offer(common: Common, asked: Asked, state: Path, offer: Offered, elsewhere: Settings) -> Exit:
    us = elsewhere.us
    file = Path(offer.layer.file)
    known = any(one.folder == str(file.parent) and one.sha256 == offer.sha256 for one in trusted(state))
    catalogue = find_adapters((*elsewhere.adapter_folders, *adapter_folders(offer.layer)))
    manifests = {name: one.manifest for name, one in catalogue.installed.items()}
    before = {source.name: source.adapter for source in elsewhere.sources.values()}
    could = powers(offer.layer, manifests, before)
    if common.format == "json":
        show(listing.powers_json(file, could, trusted=known or asked.yes))
    else:
        show(listing.powers_text(file, could, us))
    if known:
        talk.line(say(us, _("{folder} is trusted already"), folder=file.parent))
        return Exit.DONE
    if not asked.yes and not _agrees(file, us):
        talk.line(say(us, _("not trusted; nothing of it will be read")))
        return Exit.DONE
    try:
        trust(state, offer, real_now())
    except OSError as error:
        raise _unwritten(state, error) from None
    talk.line(say(us, _("{folder} is trusted until its {file} changes"), folder=file.parent, file=file.name))
    return Exit.DONE


def _agrees(file: Path, us: Us) -> bool:
    """Ask; where nobody can answer, ``--yes`` must have been said."""
    if not sys.stdin.isatty():
        raise click.UsageError(say(us, _("there is nobody to ask here; look at the file, then say --yes")))
    return agrees(say(us, _("Read {file} from now on?"), file=file), us, default=False, err=True)


def _forget(state: Path, folder: Path, us: Us) -> Exit:
    try:
        was = forget(state, folder)
    except OSError as error:
        raise _unwritten(state, error) from None
    said = _("{folder} is trusted no more") if was else _("{folder} was not trusted")
    talk.line(say(us, said, folder=folder))
    return Exit.DONE


def _folder(named: Path | None) -> Path:
    """The folder that was named, be it by its file, or the current one."""
    try:
        folder = (named or Path()).expanduser().resolve()
    except (OSError, RuntimeError):
        raise click.UsageError(_("FOLDER is no path that can be followed")) from None
    return folder.parent if folder.name == NAME and folder.is_file() else folder


def _unwritten(state: Path, error: OSError) -> click.ClickException:
    what = _(
        "what you trust cannot be remembered in {state} ({error})", state=state, error=type(error).__name__
    )
    return click.ClickException(_("{what}; make that folder writable, or set SALESPREP_HOME", what=what))
