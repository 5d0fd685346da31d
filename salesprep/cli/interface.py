"""``salesprep`` on a terminal: the interface. What is wrong before or while it opens is said as any command
says it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from salesprep.cli.exits import Exit
from salesprep.cli.workspace import open_workspace, read_layers

if TYPE_CHECKING:
    from salesprep.cli.commands import Common
    from salesprep.settings import Settings

_DUMB = frozenset({"", "dumb", "unknown"})


def fits(environ: Mapping[str, str]) -> bool:
    """Whether there is a terminal at both ends that can show a screen."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    return os.name == "nt" or environ.get("TERM", "") not in _DUMB


def interface(common: Common) -> Exit:
    """Show it until the user leaves."""
    from salesprep.tui.start import run

    settings, _dirs = read_layers(common.settings, os.environ)
    if common.strict and _is_any_lost(settings):
        return Exit.WRONG
    left = run(settings, partial(open_workspace, common.settings, os.environ, quiet=True), os.environ)
    if left.refusal is not None:
        raise left.refusal
    if left.said:
        from salesprep.cli import talk

        talk.line(left.said)
        return Exit.BUG
    return Exit.DONE


def _is_any_lost(settings: Settings) -> bool:
    """Whether some adapter cannot be loaded; each is told."""
    from salesprep.cli import talk
    from salesprep.sources import find_adapters

    catalogue = find_adapters(settings.adapter_folders)
    lost = (*catalogue.broken, *catalogue.lacking)
    talk.not_loaded(lost, settings.us)
    return bool(lost)
