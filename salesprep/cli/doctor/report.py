"""All findings, shown; and put into a file for whoever maintains salesprep, if that is wanted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from salesprep.adapter.words import _
from salesprep.cli import talk
from salesprep.cli.doctor import adapters, machine, settings, terminal
from salesprep.cli.doctor.examined import Examined
from salesprep.cli.exits import Exit
from salesprep.cli.terminal import show, standard_output
from salesprep.output.doctor import Area, Finding, doctor_json, doctor_text, worst
from salesprep.settings.requires import installed_version
from salesprep.view.words import say

if TYPE_CHECKING:
    from salesprep.cli.commands import Common

LOOKS: dict[Area, Callable[[Examined], Iterator[Finding]]] = {
    "settings": settings.findings,
    "adapters": adapters.adapters,
    "sources": adapters.sources,
    "dependencies": adapters.dependencies,
    "terminal": terminal.terminal,
    "time": machine.time,
    "clipboard": terminal.clipboard,
    "secrets": machine.secrets,
    "folders": machine.folders,
}


def doctor(common: Common, bundle: Path | None, force: bool) -> Exit:
    """Look at everything, and say what is to be mended."""
    examined = Examined(common.settings, os.environ)
    found = tuple(examine(examined))
    written: dict[str, object] | None = None
    if bundle is not None:
        from salesprep.cli.doctor import bundle as packing

        packed = packing.pack(examined, found, installed_version())
        packing.write(bundle, packed, examined.us, force=force)
        written = {"file": str(bundle), "holds": sorted(packed)}
    if common.format == "json":
        show(doctor_json(found, installed_version(), written))
    else:
        show(doctor_text(found, examined.us, standard_output(os.environ).width))
    if bundle is not None:
        line = _("written: {file}; docs/doctor.md tells what is in it. Look into it before you send it")
        talk.line(say(examined.us, line, file=bundle))
    return Exit.IN_PART if worst(found) == "fail" else Exit.DONE


def examine(examined: Examined) -> Iterator[Finding]:
    """Every finding, area by area."""
    for area, look in LOOKS.items():
        try:
            yield from look(examined)
        except Exception as error:  # the boundary: a part that cannot be looked at hides no other
            what = _("this could not be looked at ({kind})", kind=type(error).__name__)
            yield Finding(
                area, "not-looked-at", "fail", what, _("tell whoever looks after salesprep for you")
            )
