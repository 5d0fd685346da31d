"""The adapters that come with salesprep, one folder each; every one stands on its own."""
