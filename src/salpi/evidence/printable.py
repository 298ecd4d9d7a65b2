"""Text of documents as it may be shown on a terminal: nothing in it moves the cursor, sets a title or turns the writing round.

Light: commands that print need nothing else of the evidence.
"""

from __future__ import annotations

LINE = 500
"""Characters of one safe line."""


def printable(text: str, most: int | None = LINE) -> str:
    """Text as one safe line: control characters, line ends, reversed writing and halves of characters are escaped; a blank of
    another width is a blank. ``most`` None: of any length.
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_shown, text))
    return text if most is None or len(text) <= most else text[: most - 3] + "..."


def _shown(char: str) -> str:
    if char.isprintable():
        return char
    if char.isspace() and char > "\x9f":
        return " "
    return char.encode("unicode_escape").decode("ascii")
