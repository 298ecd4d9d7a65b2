"""YAML read safely: plain data, within limits, every key with its line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salpi.plan.yamlfile import MAX_ALIASES, MAX_DEPTH, YamlFault, compose, locate, read


def data(text: str) -> Any:
    return read(text)[0]


@pytest.mark.parametrize(
    "scalar, value",
    [
        ("~", None),
        ("null", None),
        ("", None),
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("12", 12),
        ("-7", -7),
        ("+7", 7),
        ("012", 12.0),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1:30", "1:30"),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1.5e+9", 1.5e9),
        ("2e3", 2000.0),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("2025-01-01", "2025-01-01"),
        ("2025-09", "2025-09"),
        ("'12'", "12"),
        ('"true"', "true"),
    ],
)
def test_plain_words_are_numbers_truths_or_text(scalar: str, value: Any) -> None:
    found = data(f"key: {scalar}\n")["key"]
    assert found == value
    assert type(found) is type(value)


def test_a_number_too_long_for_one_stays_text() -> None:
    assert data("a: " + "9" * 60)["a"] == "9" * 60


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text("ab é\"'\n", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=4), inner, max_size=3),
    max_leaves=12,
)


@given(PLAIN)
def test_json_is_yaml(value: Any) -> None:
    assert data(json.dumps(value, ensure_ascii=False)) == value


def test_a_key_that_stands_twice_is_told_with_both_lines_and_the_first_counts() -> None:
    found, twice = read("a: 1\nb: {c: 2, c: 3}\na: 4\n")
    assert found == {"a": 1, "b": {"c": 2}}
    assert sorted(twice) == [("a", 3, 1), ("c", 2, 2)]


def fault(text: str) -> YamlFault:
    with pytest.raises(YamlFault) as caught:
        read(text)
    return caught.value


def test_depth_has_a_limit() -> None:
    assert data("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert fault("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).what == f"nested deeper than {MAX_DEPTH} levels"
    assert "nest" in fault("[" * 100_000).what


def test_aliases_have_a_limit() -> None:
    some = "a: &x [1]\nb:\n" + "- *x\n" * MAX_ALIASES
    assert len(data(some)["b"]) == MAX_ALIASES
    assert fault(some + "- *x\n").what == f"more than {MAX_ALIASES} aliases"


def test_an_alias_bomb_costs_nothing() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12))
    assert fault(bomb).what == f"more than {MAX_ALIASES} aliases"


def test_an_alias_of_itself() -> None:
    assert fault("a: &a [*a]\n").what


@pytest.mark.parametrize("text", ["a: !!python/object/apply:os.system [ls]", "a: !x 1", "!!set {a}", "a: !!binary aGk="])
def test_tags_are_not_allowed(text: str) -> None:
    found = fault(text)
    assert found.what.startswith("the tag `")
    assert found.line == 1
    assert found.mend == "remove it"


def test_a_key_must_be_a_word() -> None:
    found = fault("a: 1\n? [b, c]\n: 2\n")
    assert (found.what, found.line) == ("a key must be a word", 2)


@pytest.mark.parametrize(
    "text, line", [("a: 1\nb: [1\n", 3), ("a: 'x\n", 2), ("a: 1\n- b\n", 2), ("\tb: 1", 1), ("a: *gone", 1), ("a: \x00", 1)]
)
def test_what_is_no_yaml_says_where(text: str, line: int) -> None:
    found = fault(text)
    assert found.what.startswith("not valid YAML: ")
    assert found.line in (line, None)


@given(st.text("ab:-[]{}&*!|>'\"#%@`,? \n\t0", max_size=40))
def test_any_text_is_data_or_a_fault(text: str) -> None:
    try:
        read(text)
    except YamlFault as found:
        what = found.what
        assert what


def test_lines_of_keys_and_items() -> None:
    node = compose("a:\n  b: 1\n  c:\n    - x\n    - y: 2\nd: 3\n")
    assert locate(node, ()) == 1
    assert locate(node, ("a", "b")) == 2
    assert locate(node, ("a", "c", 1)) == 5
    assert locate(node, ("a", "c", 1, "y")) == 5
    assert locate(node, ("d",)) == 6
    assert locate(node, ("a", "gone")) == 1
    assert locate(node, ("a", "c", 9)) == 3


def test_an_empty_document_is_nothing() -> None:
    assert read("# only a word\n") == (None, [])
