"""What people read: pure functions from a briefing to lines of styled text.

The one place for words shown to people. Knows columns, not terminals: colours are the output's.
"""

from salesprep.view.agenda import agenda_board
from salesprep.view.board import board
from salesprep.view.lines import Line, Span, Style
from salesprep.view.voice import labels as source_labels
from salesprep.view.wordings import signal_text

__all__ = ["Line", "Span", "Style", "agenda_board", "board", "signal_text", "source_labels"]
