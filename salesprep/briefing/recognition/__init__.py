"""Which accounts are the customer and which records are theirs: evidence, its worth, the verdict."""
