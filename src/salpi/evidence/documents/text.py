"""Plain text and Markdown: the text is the file's own, offsets and all."""

from __future__ import annotations

from salpi.evidence.documents.encoding import decode
from salpi.evidence.documents.parts import Parts


def read_text(data: bytes, declared: str | None = None) -> Parts:
    """Raises EncodingFault."""
    text, encoding = decode(data, declared)
    return Parts(text, encoding=encoding)
