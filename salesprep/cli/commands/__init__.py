"""The commands with their arguments. What they do lies beside this package and is imported when one
runs, so that ``--help`` costs nothing more than click.
"""

from salesprep.cli.commands import adapter, doctor, link, own, settings, sources, visit
from salesprep.cli.commands.options import Common
from salesprep.cli.commands.root import salesprep

__all__ = ["Common", "adapter", "doctor", "link", "own", "salesprep", "settings", "sources", "visit"]
