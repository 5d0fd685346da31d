"""``doctor``: is everything in order on this machine, and if not, what is to be mended. Asks no source.

Each module looks at one part and yields findings; it works whatever the settings are.
"""
