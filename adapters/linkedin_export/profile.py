"""A member's profile address, brought into the one form by which the same member is known again."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from salesprep.adapter.names import fold

_PROFILE = re.compile(
    r"\s*(?:https?:)?(?://)?(?:[a-z0-9-]{1,20}\.)?linkedin\.com/(in|pub)/([^?#\s]+)", re.IGNORECASE
)
_NOT_IN_NAMES = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")
_BETWEEN = re.compile(r"[,;\s]+")
_USUAL = "https://www.linkedin.com/in/"


def slug(url: str) -> str:
    """``https://nl.linkedin.com/in/Ruben-Smit%C3%A9/?x=1`` → ``ruben-smité``; ``""`` if it is no profile.

    Lower case, percent-decoded, without query and last slash. The old ``pub`` form keeps its beginning.
    """
    # Nearly all are written so; a network of 30,000 is read in half the time.
    if url.startswith(_USUAL):
        rest = url[len(_USUAL) :]
        if rest.replace("-", "").isalnum() and rest.isascii():
            return rest.lower()
    found = _PROFILE.match(url)
    if found is None:
        return ""
    path = unquote(found[2]).strip("/").casefold()
    if _NOT_IN_NAMES.search(path):
        return ""
    if found[1].lower() == "pub":
        return f"pub/{path}" if path else ""
    # What follows the name is a language of the page: in/ruben-smit/nl.
    return path.partition("/")[0]


def address(known: str) -> str:
    """The profile's address for a :func:`slug`."""
    path = known if known.startswith("pub/") else f"in/{known}"
    return f"https://www.linkedin.com/{quote(path)}"


def slugs(urls: str) -> list[str]:
    """All members in a cell that holds several addresses (joined by comma, semicolon or blank)."""
    if urls.count("://") == 1:
        only = slug(urls.rstrip(",; "))
        return [only] if only else []
    found = (slug(url) for url in _BETWEEN.split(urls))
    return [one for one in dict.fromkeys(found) if one]


def name_key(first: str, last: str) -> str:
    """What stands for a member whose address an old export does not tell."""
    return f"name:{fold(f'{first} {last}')}"
