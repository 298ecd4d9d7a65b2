"""``python -m salpi``."""

from salpi.cli import entry

if __name__ == "__main__":
    entry()
