"""Names and domains of organisations, so that an adapter can narrow its search as recognition does.

Pure functions. Comparing is done on the folded form; what is shown is always as the source writes it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from salesprep.adapter.forms import without_forms

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_AND_WORDS = frozenset({"en", "und", "et", "och", "og"})
"""What people write for the ``&`` in a name."""

# ISO 8859 letters that NFKD leaves whole.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"}
)
_DOTTED = re.compile(r"\b(?:\w\.){2,}\w?(?!\w)")
_MAY_BE_DOTTED = re.compile(r"\.\w\.")
"""Stands in all that :data:`_DOTTED` finds, and is looked for in less time."""
_NOT_WORD = re.compile(r"[^\w]+")
_ASCII_WORDS = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() else ord(" ") for code in range(128)
).ljust(256)
"""To small letters, and spaces for what is no letter: as bytes, which are translated five times as fast."""
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+")
_PLAIN_ADDRESS = re.compile(r"(?:https?:)?//([a-z0-9.-]+)(?:[/?#]|\Z)")
"""As nearly all web addresses are: of these the host is told sooner, without taking all apart."""
_AND = re.compile(r"\s*(?:&|\+)\s*")

_FREE_MAIL_DOMAINS = """
    gmail.com googlemail.com outlook.com hotmail.com hotmail.nl live.com live.nl msn.com yahoo.com yahoo.co.uk
    yahoo.fr yahoo.de icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.com gmx.at gmx.ch web.de
    t-online.de freenet.de mail.com mail.ru yandex.ru yandex.com
    proton.me protonmail.com pm.me tutanota.com tuta.io
    fastmail.com zoho.com ziggo.nl kpnmail.nl kpnplanet.nl planet.nl xs4all.nl home.nl hetnet.nl casema.nl
    upcmail.nl telenet.be skynet.be proximus.be scarlet.be orange.fr wanadoo.fr free.fr laposte.net sfr.fr
    libero.it virgilio.it tiscali.it btinternet.com sky.com comcast.net verizon.net att.net qq.com 163.com
    126.com naver.com rediffmail.com bluewin.ch hispeed.ch freemail.example
"""
_FREE_MAIL = frozenset(_FREE_MAIL_DOMAINS.split())


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower case, without accents, points and punctuation, single spaces: the form to compare.

    ``"Café Åre B.V."`` → ``"cafe are bv"``; ``"Kaas & Co"`` and ``"Kaas + Co"`` → ``"kaas and co"``.
    """
    # The guards count: a table of a million names is folded in a quarter of the time with them. Twice bare:
    # capitals that stand for others only show after the first, accents of small ones after both.
    if not text.isascii() and not (text := _bare(text)).isascii():
        text = _bare(text.casefold()).translate(_LETTERS)
    if "." in text and _MAY_BE_DOTTED.search(text):
        text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    if "&" in text or "+" in text:
        text = _AND.sub(" and ", text)
    if text.isascii():
        return " ".join(text.encode().translate(_ASCII_WORDS).decode().split())
    return _NOT_WORD.sub(" ", text.replace("_", " ")).strip()


class _Signs(dict[int, int | None]):
    """What becomes of a letter: nothing is left of an accent."""

    def __missing__(self, code: int) -> int | None:
        kept = self[code] = None if unicodedata.combining(chr(code)) else code
        return kept


_SIGNS = _Signs()


def _bare(text: str) -> str:
    return unicodedata.normalize("NFKD", text).translate(_SIGNS)


@lru_cache(maxsize=4096)
def fold_organisation(name: str) -> str:
    """:func:`fold` without legal forms: ``"Van Dijk Machinebouw B.V."`` → ``"van dijk machinebouw"``."""
    return " ".join(_split(name)[0])


@lru_cache(maxsize=4096)
def legal_form(name: str) -> str | None:
    """The family of the name's legal form (``"bv"``, ``"gmbh"``), or ``None`` if it states none."""
    return _split(name)[1]


def without_form(folded: str) -> str:
    """:func:`fold_organisation` of a name that is folded already; for many names, which no cache holds."""
    return " ".join(_split_folded(folded)[0])


def _split(name: str) -> tuple[list[str], str | None]:
    return _split_folded(fold(name))


def _split_folded(folded: str) -> tuple[list[str], str | None]:
    words = folded.split()
    words[1:-1] = ["and" if word in _AND_WORDS else word for word in words[1:-1]]
    return without_forms(words)


def variants(name: str) -> tuple[str, ...]:
    """Spellings to search by, from full to short, no doubles: as given, without legal form, with ``&``.

    The short one keeps the writing of the original ("Van Dijk Machinebouw"), so that a source that
    compares letters finds it.
    """
    words = name.split()
    if not words:
        return ()
    found = [" ".join(words), *_without_form(words, fold_organisation(name))]
    inner = ["&" if fold(word) in _AND_WORDS else word for word in words[1:-1]]
    if "&" in inner and inner != words[1:-1]:
        found.append(" ".join([words[0], *inner, words[-1]]))
    return tuple(dict.fromkeys(found))


def _without_form(words: list[str], bare: str) -> list[str]:
    """The longest run of ``words``, from the first or the second, that folds to ``bare``."""
    for start in (0, 1):
        for end in range(len(words) - (start == 0), start, -1):
            short = " ".join(words[start:end]).rstrip(" ,")
            if fold_organisation(short) == bare and legal_form(short) is None:
                return [short]
    return []


def domain_of(address: str) -> str | None:
    """The registrable domain of a mail address, web address or host name; ``None`` if it has none.

    ``"r.smit@mail.vandijk.example"`` and ``"https://www.vandijk.example/nl"`` → ``"vandijk.example"``;
    an encoded domain comes out as it is read, ``"xn--bcher-kva.example"`` → ``"bücher.example"``.
    """
    text = address.strip().casefold()
    if "@" in text and "//" not in text:
        text = text.rpartition("@")[2].partition("?")[0]
    elif plain := _PLAIN_ADDRESS.match(text):
        text = plain[1]
    elif "//" in text:
        try:
            text = urlsplit(text).hostname or ""
        except ValueError:
            return None
    else:
        text = re.split(r"[/:?#]", text, maxsplit=1)[0]
    # Looked at as it is read, so that an encoded name and the same name written out have one answer.
    text = _spelled(text.strip(".> "))
    if not _HOST.fullmatch(_unmarked(text)) or text.replace(".", "").isdigit():
        return None
    # The list has its own idea of small letters; ours is the one to compare by.
    domain = _suffixes().privatesuffix(text)
    return domain.casefold() if domain is not None else None


def _unmarked(text: str) -> str:
    """Without the signs that many scripts write their vowels with: to ``re`` these are no letters."""
    return text if text.isascii() else "".join(c for c in text if not unicodedata.category(c).startswith("M"))


def _spelled(host: str) -> str:
    """``xn--bcher-kva.example`` → ``bücher.example``: one domain has one spelling."""
    if "xn--" not in host:
        return host
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def is_free_mail(domain: str) -> bool:
    """Whether anybody can have an address there, so that it says nothing about an organisation."""
    return domain.casefold() in _FREE_MAIL


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    # Tens of milliseconds to load: only when the first domain is looked at. Domains come in spelled out
    # (see _spelled), so that the list need not be held in both spellings, which is half of that time.
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(accept_encoded_idn=False)
