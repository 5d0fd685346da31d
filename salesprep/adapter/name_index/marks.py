"""What mail and web addresses are found by: themselves, and the hosts that they lie beneath. Pure."""

from __future__ import annotations

import re

from salesprep.adapter.names import is_free_mail

_ADDRESS = re.compile(r"[^\s;,<>()\[\]\"']+@[\w.-]+")
_HOST = re.compile(r"(?:www\.)?([\w-]+(?:\.[\w-]+)+)")
_MOSTLY = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9-]+\.[a-z0-9-]+)/?")
"""As nearly all websites are written, which are told in half of the time."""


def addresses_in(text: str) -> list[str]:
    """``"info@mail.firm.example"`` → itself, ``"mail.firm.example"``, ``"firm.example"``; of text in small
    letters with any number of addresses in it. A public mail service is none of them, and ``www`` goes."""
    if only := _MOSTLY.fullmatch(text):
        return [] if is_free_mail(only[1]) else [only[1]]
    found: list[str] = _ADDRESS.findall(text) if "@" in text else []
    for host in _HOST.findall(text):
        if not is_free_mail(host):
            found.append(host)
            rest = host.partition(".")[2]
            while "." in rest:
                found.append(rest)
                rest = rest.partition(".")[2]
    return found
