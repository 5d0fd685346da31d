"""From which width on what is drawn. Imports nothing: a screen is laid out before anything is drawn."""

SMALLEST = 20
"""Columns; a narrower window is drawn as this wide."""
PHONE = 60
"""Below so many columns there is one column of short lines."""
SIDE_BY_SIDE = 100
"""From so many columns on panels stand beside each other; below, one at a time."""
_THREE = 160


def columns_for(panels: int, columns: int) -> int:
    """Up to four panels: two columns; five or more: three at 160, two below; one under 100."""
    if columns < SIDE_BY_SIDE or panels < 2:
        return 1
    return 3 if panels > 4 and columns >= _THREE else 2
