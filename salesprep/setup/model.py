"""What is looked at, what came of it, and what could not be read: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from salesprep.adapter.errors import Failure
from salesprep.adapter.proposal import Proposal, Sureness
from salesprep.adapter.words import Message

ORDER: tuple[Sureness, ...] = ("certain", "likely", "possible")


class SetupError(Exception):
    """Something that was given cannot be looked at at all; shown whole."""

    def __init__(self, what: str, mend: str) -> None:
        self.sentence = Message(("{what}; {mend}",), {"what": what, "mend": mend})
        """All of it, to be said in the reader's language."""
        super().__init__(str(self.sentence))
        self.what = what
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Place:
    """A file or folder (``path``, absolute, links resolved) or an address (``url``, http or https)."""

    path: Path | None = None
    url: str | None = None
    head: bytes = b""
    """The beginning of what the address answers; a file is read when it is looked at."""

    @property
    def shown(self) -> str:
        """Its name for people, not yet cleaned. Of an address the host alone: the rest may be secret."""
        if self.path is not None:
            return self.path.name or str(self.path)
        from urllib.parse import urlsplit

        return urlsplit(self.url or "").hostname or ""


@dataclass(frozen=True, slots=True)
class Offer:
    """One source that could be set up."""

    place: Place
    adapter: str
    proposal: Proposal
    parts: tuple[str, ...] = ()
    """Keys of its settings that say which of several things at this place is meant: of a workbook the
    sheet."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one place could be: the offers of the adapter that is surest of it; of several that are
    equally sure the offers of each, in the order of the adapters."""

    place: Place
    readings: tuple[tuple[Offer, ...], ...]

    @property
    def sure(self) -> Sureness:
        """How sure the surest is."""
        return surest(self.readings[0])


def surest(offers: tuple[Offer, ...]) -> Sureness:
    """The best of what these say of themselves."""
    return min((offer.proposal.sure for offer in offers), key=ORDER.index)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A place that could not be read, or an adapter that could not be asked."""

    shown: str
    """The place's or the adapter's name, not yet cleaned."""
    failure: Failure
    own: bool = False
    """It is the adapter's own, not that of what it was to read."""
