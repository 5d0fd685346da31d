"""What was between them and us: one time line over all sources, each mail and meeting once."""
