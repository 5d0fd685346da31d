"""See ``tests/chaos/offences.py``."""

from tests.chaos.offences import ChaoticOnThread

__all__ = ["ChaoticOnThread"]
