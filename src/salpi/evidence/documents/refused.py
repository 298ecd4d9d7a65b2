"""What is refused and why: limits on documents, and the one line that a refusal gives."""

from __future__ import annotations

from dataclasses import dataclass

from salpi.evidence.printable import printable

MB = 1_000_000


class Refused(Exception):
    """A document that is not taken in: ``name`` which, the message why and, where it helps, what to do instead."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(name, why)
        self.name, self.why = name, why

    def __str__(self) -> str:
        return f"{printable(self.name)}: {printable(self.why)}"


@dataclass(frozen=True)
class Limits:
    """What one document may cost. Bytes, characters, seconds; all can be raised by who knows the document."""

    bytes: int = 32 * MB
    """Of the file or the page as fetched: a 300-page report as PDF has 5 to 20 MB."""
    unpacked: int = 100 * MB
    """Of a DOCX once unpacked."""
    ratio: int = 200
    """Unpacked to packed size of a part of a DOCX above 1 MB: prose packs 5 to 20 times."""
    characters: int = 8 * MB
    """Of text: a thousand pages have about three million."""
    line: int = 1 * MB
    """Characters of one line: a minified page has up to some hundred thousand."""
    digits: int = 1_000
    """Of one unbroken number: beyond about 300 it is no finite number any more."""
    claims: int = 20_000
    """Figures of one document: a thousand pages of tables have some ten thousand."""
    pages: int = 3_000
    seconds: float = 20.0
    """To read one document and to find its claims."""
    waiting: float = 0.0
    """More, for answers from another machine, where such are asked for."""
    memory: int = 768 * MB
    """Address space that a reading process may take beyond what it starts with."""
