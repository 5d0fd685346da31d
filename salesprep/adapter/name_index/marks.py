"""What mail and web addresses are found by: themselves, and the hosts that they lie beneath. Pure."""

from __future__ import annotations

import re

from salesprep.adapter.names import is_free_mail

_ADDRESS = re.compile(r"[^\s;,<>()\[\]\"']+@[\w.-]+")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")


def addresses_in(text: str) -> list[str]:
    """``"info@mail.firm.example"`` → itself, ``"mail.firm.example"``, ``"firm.example"``; of text in small
    letters with any number of addresses in it. A public mail service is none of them."""
    found: list[str] = _ADDRESS.findall(text) if "@" in text else []
    for host in _HOST.findall(text):
        if not is_free_mail(host):
            found.append(host)
            rest = host.partition(".")[2]
            while "." in rest:
                found.append(rest)
                rest = rest.partition(".")[2]
    return found
