"""Measurements: ratios within one run, never limits that a test could miss on a busy machine.

``python -m benchmarks`` prints a table and can write JSON; each module here measures one thing.
"""
