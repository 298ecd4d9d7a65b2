"""A document as plain text to be read, with the way back from each of its characters to the document's own text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True)
class View:
    """``text`` is what an extractor reads. ``pieces`` are (offset in it, start, end in the document): characters of a piece
    as long as its original stand one for one, others for all of it. No pieces: the text is the document's own.
    """

    text: str
    pieces: tuple[tuple[int, int, int], ...] = ()
    _starts: list[int] = field(init=False, repr=False, compare=False, default_factory=list)

    def __post_init__(self) -> None:
        self._starts.extend(piece[0] for piece in self.pieces)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the document. Raises IndexError outside of the text, or for an empty stretch."""
        if not 0 <= start < end <= len(self.text):
            raise IndexError(f"[{start}, {end}] is no stretch of a text of {len(self.text)} characters")
        if not self.pieces:
            return start, end
        return self._original(start)[0], self._original(end - 1)[1]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of ``text`` that stands at ``[start, end]`` of the document: the way that ``span`` came. Raises IndexError
        for a place in the document that is not read.
        """
        if not self.pieces:
            return start, end
        return self._read(start)[0], self._read(end - 1)[1]

    def _read(self, place: int) -> tuple[int, int]:
        index = bisect_right(self.pieces, place, key=_start) - 1
        begin, start, end = self.pieces[max(index, 0)]
        if not start <= place < end:
            raise IndexError(f"{place} stands in nothing that is read")
        after = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
        if after - begin == end - start:
            return begin + place - start, begin + place - start + 1
        return begin, after

    def _original(self, at: int) -> tuple[int, int]:
        index = bisect_right(self._starts, at) - 1
        begin, start, end = self.pieces[index]
        after = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
        if after - begin == end - start:
            return start + at - begin, start + at - begin + 1
        return start, end


def _start(piece: tuple[int, int, int]) -> int:
    return piece[1]
