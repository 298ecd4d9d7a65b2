"""What a user names, file by file: files, folders, standard input, addresses; found first, read one by one later."""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from salpi.evidence.documents.clean import written_out
from salpi.evidence.documents.read import ENDINGS, Raw, too_large
from salpi.evidence.documents.refused import Limits, Refused
from salpi.evidence.documents.web import fetch, is_address, without_credentials

STDIN = "-"
ORIGIN = 2_000
"""Bytes of a path or an address: a longer one cannot be looked up, since an index of PostgreSQL takes 2,700 at most."""


@dataclass(frozen=True)
class Named:
    """A document that is named, not read yet: a file, an address, or ``-``. ``name`` is what messages call it: the path as it was
    given, and from there on, where a folder was.
    """

    name: str
    place: str


def found(places: Sequence[str], skipped: Counter[str] | None = None) -> Iterator[Named | Refused]:
    """Every document that is meant, in order: of a folder all files with a known ending, in the order of their names.

    What cannot be found comes as a Refused, in its place. Links in a folder are not followed out of it. ``skipped`` counts what
    is left out of folders, by ending; hidden files are not spoken of.
    """
    skipped = Counter() if skipped is None else skipped
    seen: set[str] = set()
    for place in places:
        for item in _found(place, skipped):
            if isinstance(item, Refused):
                yield item
            elif item.place not in seen:
                seen.add(item.place)
                yield item


def _found(place: str, skipped: Counter[str]) -> Iterator[Named | Refused]:
    if place == STDIN or is_address(place):
        yield Named("standard input" if place == STDIN else without_credentials(place), place)
        return
    path = Path(place)
    try:
        if path.is_dir():
            yield from _folder(path, skipped)
        elif path.exists():
            yield Named(written_out(place), place)
        else:
            yield Refused(written_out(place), "there is no such file or folder")
    except (OSError, ValueError) as error:
        yield Refused(written_out(place), f"cannot be read: {_reason(error)}")


def _folder(path: Path, skipped: Counter[str]) -> Iterator[Named | Refused]:
    any_ = False
    unread: list[OSError] = []
    for folder, folders, files in os.walk(path, onerror=unread.append, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            file = os.path.join(folder, name)
            ending = Path(name).suffix.lower()
            if name.startswith("."):
                continue
            if ending in ENDINGS and not os.path.islink(file):
                any_ = True
                yield Named(written_out(file), file)
            else:
                skipped["link" if os.path.islink(file) else ending.removeprefix(".") or "without ending"] += 1
    for error in unread:
        yield Refused(written_out(os.fspath(error.filename or path)), f"the folder cannot be read: {_reason(error)}")
    if not any_ and not unread:
        yield Refused(written_out(str(path)), f"the folder holds no document ({' '.join(ENDINGS)})")


def left_out(skipped: Counter[str]) -> str:
    """One line for what was left out of folders: how much, and of which kinds."""
    number = sum(skipped.values())
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(skipped.items(), key=lambda item: (-item[1], item[0]))[:8])
    more = f", and {len(skipped) - 8} kinds more" if len(skipped) > 8 else ""
    files = "1 file that is no document" if number == 1 else f"{number} files that are no documents"
    return f"left out of folders: {files} ({kinds}{more})"


def load(named: Named, limits: Limits | None = None, allow_private: bool = False) -> Raw:
    """The bytes of a document. Raises Refused: not there, no plain file, too large, not to be fetched."""
    limits = limits or Limits()
    if named.place == STDIN:
        try:
            data = sys.stdin.buffer.read(limits.bytes + 1)
        except (OSError, ValueError, AttributeError) as error:  # closed, a folder, a stream that gives no bytes
            raise Refused(named.name, f"cannot be read: {_reason(error)}") from None
        if len(data) > limits.bytes:
            raise Refused(named.name, too_large(len(data), limits))
        return Raw("-", data)
    origin = named.place if is_address(named.place) else written_out(os.path.abspath(named.place))
    if len(origin.encode("utf-8", "replace")) > ORIGIN:
        what = "an address" if is_address(named.place) else "a path"
        raise Refused(named.name, f"has {what} of more than {ORIGIN:,} bytes; give a shorter one")
    if is_address(named.place):
        return fetch(named.place, limits, allow_private)
    try:
        size = os.stat(named.place)
        if not stat.S_ISREG(size.st_mode):
            raise Refused(named.name, "is no plain file")
        if size.st_size > limits.bytes:
            raise Refused(named.name, too_large(size.st_size, limits))
        with open(named.place, "rb") as file:
            data = file.read(limits.bytes + 1)
    except (OSError, ValueError) as error:
        raise Refused(named.name, f"cannot be read: {_reason(error)}") from None
    return Raw(os.path.basename(origin), data, origin)


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()
