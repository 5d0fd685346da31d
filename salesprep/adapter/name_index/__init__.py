"""A source's names of organisations, found again however they are written, among a million in milliseconds.

:class:`NameIndex` is a file in the source's own folder; one file holds the names of one source only.
:func:`nearest` does the same for a few thousand names that are at hand anyway. Both narrow: which account
is the customer is decided elsewhere. Needs ``rapidfuzz``, which is imported when it is first used.
"""

from salesprep.adapter.name_index.kept import MOST, Key, NameIndex, Near, Row, remove, state_of
from salesprep.adapter.name_index.marks import addresses_in
from salesprep.adapter.name_index.nearness import asked, nearest
from salesprep.adapter.name_index.spending import half_of

__all__ = [
    "MOST",
    "Key",
    "NameIndex",
    "Near",
    "Row",
    "addresses_in",
    "asked",
    "half_of",
    "nearest",
    "remove",
    "state_of",
]
