"""LinkedIn: the member's own data export."""
