"""Calendars in iCalendar form (RFC 5545): files, folders of files and addresses on the web."""
