"""The terminal interface: screens over the lines that ``view`` draws. Knows no source and no adapter."""
