"""salesprep: what every source knows about a customer, side by side, before the visit."""
