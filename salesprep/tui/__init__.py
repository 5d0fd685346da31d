"""The terminal interface: screens over the lines that ``view`` draws. Knows no source and no adapter."""

from salesprep.tui.start import Left, run

__all__ = ["Left", "run"]
