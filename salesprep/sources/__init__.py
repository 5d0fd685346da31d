"""Runs adapters: finds, loads, isolates, time-boxes, keeps answers, watches their health."""

import logging

from salesprep.sources.answers import EVERYBODY, Answer, Ask, NotLoaded, SourceInfo
from salesprep.sources.discover import Catalog, Installed, find_adapters
from salesprep.sources.host import Host

__all__ = [
    "EVERYBODY",
    "Answer",
    "Ask",
    "Catalog",
    "Host",
    "Installed",
    "NotLoaded",
    "SourceInfo",
    "find_adapters",
]

# Without a handler somewhere, Python writes warnings to standard error, across the screen.
logging.getLogger("salesprep").addHandler(logging.NullHandler())
