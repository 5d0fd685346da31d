"""A new adapter's folder: what ``salesprep adapter new`` writes.

Here is the text of its files, made from what the author says of the source; nothing is asked here. What
comes out is green in the kit at once, on a sample of its own, and small enough to be changed line by line.
"""

from salesprep.kit.starting.folder import Taken, project_name, write
from salesprep.kit.starting.sample import source_settings
from salesprep.kit.starting.wanted import LOOKUPS, NAME, SORTS, Sort, Wanted

__all__ = ["LOOKUPS", "NAME", "SORTS", "Sort", "Taken", "Wanted", "project_name", "source_settings", "write"]
