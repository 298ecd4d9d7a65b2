"""``python -m salpi``."""

from salpi.cli import main

if __name__ == "__main__":
    main()
