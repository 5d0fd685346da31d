"""``python -m salesprep``."""

from salesprep.cli import main

if __name__ == "__main__":
    main()
