"""What is wrong with a text that is no YAML, in our words: what stands there, and what to write instead."""

from __future__ import annotations

QUOTE = 'put the text in "quotes"'
TAB = "a tab where a line begins: only spaces are allowed there"
_INDENT = "begin keys of one level in one column, and put text with quotes or brackets in it in quotes as a whole"


def told(problem: str, text: str, line: int, column: int, opened: int | None) -> tuple[str, str]:
    """What is wrong and how to mend it; ``line``, ``column`` from 0, ``opened`` the line where what is unfinished begins."""
    lines = text.split("\n")
    its = lines[line] if line < len(lines) else ""
    at = its[column : column + 1]
    since = "" if opened is None or opened == line else f" on line {opened + 1}"
    if its[: len(its) - len(its.lstrip())].count("\t") or at == "\t":
        return TAB, "replace it by spaces"
    if problem == "found character that cannot start any token":
        return f"a text cannot begin with '{at}'", QUOTE
    if problem == "did not find expected comment or line break":
        start = max(its.rfind(">", 0, column + 1), its.rfind("|", 0, column + 1))
        return f"a text cannot begin with '{its[start]}'", f'put it in quotes: "{its[start:].partition(" #")[0].strip()}"'
    if problem == "mapping values are not allowed in this context":
        return "a colon where no key can stand", f"{QUOTE} if it holds a colon, or mend the spaces at the line's beginning"
    if problem in ("did not find expected ',' or '}'", "did not find expected ',' or ']'"):
        begin, end = "{}" if problem[-2] == "}" else "[]"
        return f"'{begin}'{since} is not closed by '{end}'", f"{QUOTE} if it holds any of : , # {{ }} [ ], or add '{end}'"
    if problem == "found unexpected end of stream":
        return f"the quotes opened{since} are never closed", "close them"
    if problem == "found undefined alias":
        return "a text cannot begin with '*'", QUOTE
    if problem == "did not find expected alphabetic or numeric character":
        return "a text cannot begin with '&' or '*'", QUOTE
    if problem in ("did not find expected key", "did not find expected '-' indicator", "did not find expected <document start>"):
        return "a line, or the rest of one, that belongs to nothing", _INDENT
    if problem == "but found another document":
        return "a second document begins", "remove the `---`"
    return problem, 'put text that holds any of : , # { } [ ] > | @ % & * ! in "quotes"'
