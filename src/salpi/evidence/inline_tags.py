"""Tags inside a line: they part no word, but a figure and its label in two elements side by side are not one word."""

from __future__ import annotations

import re

_MOST_TAGS = 6
_LONGEST = 300
_FIGURE_ENDS = re.compile(r"\d[^\s<>]*(?: [^\W\d]{1,10})?$")
_SIGNS = frozenset("$€£¥₩")
_CHANGES = frozenset("+−-▲▼△▽(")


def parts(text: str, start: int, end: int) -> bool:
    """Whether the tag at a place opens an element right after another one and the one ends with a figure, the other begins with a
    word or its change, or the other way round: ``<b>1.2bn</b><i>Revenue</i>``.
    """
    if text[start - 1 : start] != ">" or text[start + 1] == "/":
        return False
    after = text[end : end + 1]
    if not (after.isalnum() or after in _SIGNS or after in _CHANGES):
        return False
    at, closed = start, False
    for _ in range(_MOST_TAGS):
        if text[at - 1 : at] != ">":
            break
        opened = text.rfind("<", max(0, at - _LONGEST), at)
        if opened < 0:
            return False
        closed = closed or text.startswith("</", opened)
        at = opened
    before = text[max(0, at - 24) : at]
    if not closed or not before:
        return False
    if after.isalpha() or after in _CHANGES:
        return _FIGURE_ENDS.search(before) is not None
    return before[-1].isalpha() or before[-1] == ")"
