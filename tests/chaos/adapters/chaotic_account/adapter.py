"""Only the manifests differ; see ``tests/chaos/offences.py``."""

from tests.chaos.offences import Chaotic

__all__ = ["Chaotic"]
