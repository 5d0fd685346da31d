"""A question that is answered by yes or no, in the user's own words or in English."""

from __future__ import annotations

import click

from salesprep.settings import Us
from salesprep.view.words import _, say


def agrees(question: str, us: Us, *, default: bool, err: bool = False) -> bool:
    """What the user says; Enter says ``default``. ``err``: it is asked on standard error.

    Raises:
        click.Abort: nobody is there any more.
    """
    choice = say(us, _("[Y/n]") if default else _("[y/N]"))
    while True:
        answer = click.prompt(
            f"{question} {choice}", default="", show_default=False, prompt_suffix=" ", err=err
        )
        word = answer.strip().casefold()
        if not word:
            return default
        if word in ("y", "yes", say(us, _("y")).casefold(), say(us, _("yes")).casefold()):
            return True
        if word in ("n", "no", say(us, _("no")).casefold()):
            return False
        click.echo(say(us, _("yes or no?")), err=err)
