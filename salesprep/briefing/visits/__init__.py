"""Whom the user sees: meetings of calendars, whose visit each is, and the coming ones."""
