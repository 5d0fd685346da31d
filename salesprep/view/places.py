"""Where something is, in as few words as tell it."""

from __future__ import annotations

from salesprep.adapter import Place


def town(place: Place | None) -> str | None:
    """The town; of ``Rooseveltlaan 12, Eindhoven`` what follows the street. The briefing has it all."""
    if place is None or place.city or not place.text:
        return place.city if place else None
    street, _comma, rest = place.text.partition(",")
    has_number = any(letter.isdigit() for letter in street)
    return rest.strip() if has_number and rest.strip()[-1:].isalpha() else place.text
