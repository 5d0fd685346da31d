"""Sentences for people in what is kept: so that a later start can still say them in another language."""

from __future__ import annotations

from typing import Any

from salesprep.adapter.words import Message

Kept = str | dict[str, Any]
"""As JSON has it."""


def kept(text: str) -> Kept:
    """A text, or a sentence with what it was made of."""
    if not isinstance(text, Message):
        return text
    values = {name: kept(value) if isinstance(value, str) else value for name, value in text.values.items()}
    return {"forms": list(text.forms), "values": values}


def said(what: Kept) -> str:
    """As :func:`kept` was given it."""
    if isinstance(what, str):
        return what
    values = what["values"].items()
    return Message(
        tuple(what["forms"]), {name: said(one) if isinstance(one, dict) else one for name, one in values}
    )
