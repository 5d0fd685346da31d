"""A wiki that is a folder of Markdown pages."""
