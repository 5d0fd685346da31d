"""Only the manifests differ; see ``benchmarks/simulated.py``."""

from benchmarks.simulated import Simulated

__all__ = ["Simulated"]
