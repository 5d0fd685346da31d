"""All checks there are, in the order in which they are made. Data alone: what runs them is elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salesprep.kit.catalog import being, running, telling, wire
from salesprep.kit.report import CheckInfo

CHECKS: Mapping[str, CheckInfo] = MappingProxyType(
    {info.name: info for part in (being, telling, running, wire) for info in part.CHECKS}
)
"""By name, in their order."""
