"""The command line. :func:`main` is the boundary: whatever goes wrong becomes a line on standard
error and an exit code, and never a traceback.

click, and not typer over it: typer builds a pydantic adapter for every parameter before a command
runs, which makes the whole start 2.5 times as long (measured: 380 against 155 ms of CPU, where
argparse takes 150). Here only click is imported; a command imports what it needs when it runs.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from salesprep.cli.exits import Exit


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command that ``arguments`` (by default those of the process) name, and exit."""
    try:
        try:
            code = run(sys.argv[1:] if arguments is None else arguments)
        finally:
            # The work is done or given up: from here on Ctrl-C could only interrupt the way out.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:
        code = Exit.INTERRUPTED
    # All that was written is out. A normal exit would wait for calls that do not come back, and for
    # threads that an adapter's library left at work.
    os._exit(code)


def run(arguments: Sequence[str]) -> Exit:
    """Run a command and say how it ended; talk goes to standard error."""
    import click

    from salesprep.cli import talk
    from salesprep.cli.commands import salesprep
    from salesprep.cli.speak import speak_here
    from salesprep.cli.terminal import prepare

    prepare()
    speak_here(salesprep)
    try:
        code = salesprep.main(list(arguments), prog_name="salesprep", standalone_mode=False)
    except click.ClickException as error:
        talk.wrong_use(error)
        return Exit.WRONG
    except click.Abort:
        return Exit.INTERRUPTED
    except Exception as error:  # the boundary: above this nobody would say more than a traceback
        # Only now, since --help needs neither.
        from salesprep.cli import log
        from salesprep.settings import SettingsError
        from salesprep.words import here

        if isinstance(error, SettingsError):
            talk.line(here(error.sentence))
            return Exit.WRONG
        log.bug(error, os.environ)
        return Exit.BUG
    return code if isinstance(code, Exit) else Exit.DONE
