"""What is no YAML is told in words for people who have never heard of a token."""

from __future__ import annotations

import pytest

from salpi.plan.yamlfile import YamlFault, read

TEXT = 'put the text in "quotes"'
FLOW = f"{TEXT} if it holds any of : , # {{ }} [ ], or add "


@pytest.mark.parametrize(
    "text, line, what, mend",
    [
        ("a:\n  comparison: >=\n", 2, "a text cannot begin with '>'", 'put it in quotes: ">="'),
        ("a: | x  # why\n", 1, "a text cannot begin with '|'", 'put it in quotes: "| x"'),
        ("a: @x\n", 1, "a text cannot begin with '@'", TEXT),
        ("a: *x\n", 1, "a text cannot begin with '*'", TEXT),
        ("a:\n\tb: 1\n", 2, "a tab where a line begins: only spaces are allowed there", "replace it by spaces"),
        ("a:\n  b: 1\n\tc: 2\n", 3, "a tab where a line begins: only spaces are allowed there", "replace it by spaces"),
        ("a: {en: Litres: x}\n", 1, "'{' is not closed by '}'", FLOW + "'}'"),
        ("a: [b, c\nd: 1\n", 2, "'[' on line 1 is not closed by ']'", FLOW + "']'"),
        ('a: "x\nb: 1\n', 3, "the quotes opened on line 1 are never closed", "close them"),
        ("a: 1\n---\nb: 2\n", 2, "a second document begins", "remove the `---`"),
    ],
)
def test_a_fault_is_told_with_its_mend(text: str, line: int, what: str, mend: str) -> None:
    with pytest.raises(YamlFault) as caught:
        read(text)
    assert (caught.value.line, caught.value.what, caught.value.mend) == (line, f"not valid YAML: {what}", mend)


@pytest.mark.parametrize(
    "text", ["a: b: c\n", "a: 1\n- b\n", 'a: "x" y\n', "  a: 1\nb: 2\n", "- a\nb: 1\n", "a: ? x\n", "a: & b\n"]
)
def test_every_fault_says_what_to_write(text: str) -> None:
    with pytest.raises(YamlFault) as caught:
        read(text)
    assert caught.value.mend
    assert not any(word in caught.value.what for word in ("expected", "scanning", "token"))
