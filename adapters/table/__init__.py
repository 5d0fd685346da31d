"""Tables that somebody exported: CSV files and Excel workbooks, with a mapping of their columns."""
