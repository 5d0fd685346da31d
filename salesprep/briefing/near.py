"""How far two places are from each other, as the crow flies."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from salesprep.adapter import Place

_EARTH_KM = 6371.0088
"""Mean radius (IUGG)."""


def kilometres(one: Place | None, other: Place | None) -> float | None:
    """The great-circle distance; ``None`` unless both places have coordinates on the globe."""
    here, there = _point(one), _point(other)
    if here is None or there is None:
        return None
    (lat1, lon1), (lat2, lon2) = here, there
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


def _point(place: Place | None) -> tuple[float, float] | None:
    if place is None or place.latitude is None or place.longitude is None:
        return None
    if not (-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180):
        return None
    return radians(place.latitude), radians(place.longitude)
