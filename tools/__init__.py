"""What keeps files of this project in step with its code; not part of what is installed."""
