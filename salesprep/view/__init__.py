"""What people read: pure functions from a briefing to lines of styled text.

The one place for words shown to people. Knows columns, not terminals: colours are the output's.
"""
