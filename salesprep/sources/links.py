"""Which links of records lead anywhere: those of the web, and those to files of the source's own."""

from __future__ import annotations

import re
from collections.abc import Callable

from salesprep.adapter.words import _
from salesprep.sources.clean import clean_line

_WEB = re.compile(r"https?://[^\s/?#@\\�]+(?:[/?#][^\s�]*)?\Z", re.IGNORECASE)
"""A web address with a host, and no login in front of it."""

MayOpen = Callable[[str], bool]
"""Whether a ``file:`` address lies beneath what the source's settings name."""


def refusal(url: str, may_open: MayOpen) -> str | None:
    """Why ``url`` is not opened, one sentence; ``None``: it is."""
    if clean_line(url) != url:
        return _("the source gives an address that is not opened")
    if _WEB.match(url):
        return None
    if url[:5].lower() == "file:":
        return None if may_open(url) else _("the file lies outside of what this source's settings name")
    return _("the source gives an address that is not opened")
