"""Help, and how a command is used, in the environment's language: it is said before settings are read.

Help stands in the declarations of the commands, in English; it is put into another language here, where
the environment speaks one that there is. What click says itself goes through gettext too: what people can
come to read of it is listed here, so that the catalogues hold it.
"""

from __future__ import annotations

import gettext
import inspect

import click

from salesprep import words


def _(sentence: str) -> str:
    """Marks a sentence of click's; nothing is filled in here."""
    return sentence


def _n(one: str, many: str) -> tuple[str, str]:
    return one, many


CLICK: tuple[str | tuple[str, str], ...] = (
    _("Usage:"),
    _("Options"),
    _("Commands"),
    _("Show this message and exit."),
    _("Try '{command} {option}' for help."),
    _("No such option {name!r}."),
    _("No such command {name!r}."),
    _n("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    _("Missing argument"),
    _("Missing option"),
    _("Missing command."),
    _("Invalid value: {message}"),
    _("Invalid value for {param_hint}: {message}"),
    _n("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    _("Option {name!r} does not take a value."),
    _n("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    _n("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    _("{value!r} is not a valid {number_type}."),
    _("{value} is not in the range {range}."),
)
"""Word for word as click has them."""


def speak_here(command: click.Command) -> None:
    """Have ``command``, those beneath it and click speak the environment's language."""
    language = words.spoken_here()
    if language == "en":
        return
    gettext.bindtextdomain(words.DOMAIN, str(words.FOLDER))
    gettext.textdomain(words.DOMAIN)
    _translate(command, words.catalogue(language))


def _translate(command: click.Command, catalogue: gettext.NullTranslations) -> None:
    if command.help:
        command.help = catalogue.gettext(inspect.cleandoc(command.help))
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = catalogue.gettext(parameter.help)
    if isinstance(command, click.Group):
        for below in command.commands.values():
            _translate(below, catalogue)
