"""The terminal interface: screens over the lines that ``view`` draws. Knows no source and no adapter."""

import os

# Textual reads it when it is imported, which nothing but what is in here does. With its own 60 a key waits up
# to 17 ms for the next picture while answers come; with this, half of that. Idle, none is painted.
os.environ.setdefault("TEXTUAL_FPS", "120")
