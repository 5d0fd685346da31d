"""How much the names of two organisations are alike, and what that is worth. Pure."""
