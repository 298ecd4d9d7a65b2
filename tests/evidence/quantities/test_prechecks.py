"""A cheap look before a costly pattern lets through all that the pattern would find."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salpi.evidence import extract, tiles
from salpi.evidence.claims import coordination, fiscal, forms, page, periods
from salpi.evidence.claims.times_english import ALONE, ENGLISH
from salpi.evidence.claims.times_korean import KOREAN
from salpi.evidence.judges import names, own_time, persons
from salpi.evidence.occurrences import at_words, each
from salpi.evidence.quantities import cues, exclude, measured, namesakes, units
from salpi.evidence.quantities.found import Found

FIGURES = st.sampled_from(["1", "3", "9", "12", "24", "02", "031", "345", "1234", "1999", "2024", "2100"])


def behind(pattern: re.Pattern[str]) -> st.SearchStrategy[str]:
    """Text that a pattern matches, with something behind it."""
    return st.tuples(st.from_regex(pattern), st.sampled_from(["", " ", ".", "\n"])).map("".join)


@pytest.mark.parametrize(
    ("pattern", "may"),
    [
        (measured._UNIT, measured._may_unit),
        (units.CURRENCY_AFTER, units.may_money),
        (units.MINOR_AFTER, units.may_minor),
        (units.SCALE, units.may_scale),
    ],
    ids=["unit", "money", "part of money", "scale"],
)
@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_what_follows_a_figure_is_not_missed(
    pattern: re.Pattern[str], may: Callable[[str, int], bool], data: st.DataObject
) -> None:
    text = data.draw(behind(pattern))
    for at in range(len(text)):
        found = pattern.match(text, at)
        if found is not None and found.end() > at and (found.lastgroup or "") != "gap":
            assert may(text, at), text[at:]


def _figure_end(text: str, at: int) -> int:
    end = at
    while text[end : end + 1].isdecimal():
        end += 1
    return end


@settings(max_examples=1500, deadline=None)
@given(text=behind(exclude.MASK_FIGURE))
def test_no_date_or_identifier_is_missed(text: str) -> None:
    for at, char in enumerate(text):
        if char.isdecimal() and not text[at - 1 : at].isdecimal() and exclude.MASK_FIGURE.match(text, at) is not None:
            assert exclude.may_mask(text, [(at, _figure_end(text, at))]), text[at:]


@pytest.mark.parametrize("pattern", [ENGLISH, KOREAN], ids=["english", "korean"])
@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_each_kind_of_time_expression_says_how_it_may_begin(pattern: re.Pattern[str], data: st.DataObject) -> None:
    whole = re.compile(re.sub(r"\(\?=\[[^\]]+\]\)(?=\(\?P<)", "", pattern.pattern), pattern.flags)
    text = data.draw(st.from_regex(whole))
    for at in range(len(text)):
        one, other = pattern.match(text, at), whole.match(text, at)
        assert (one and (one.span(), one.groups())) == (other and (other.span(), other.groups())), text[at:]


@settings(max_examples=1500, deadline=None)
@given(text=behind(ENGLISH))
def test_no_time_expression_is_missed(text: str) -> None:
    for at, char in enumerate(text):
        if char.isdecimal() and not text[at - 1 : at].isdecimal() and (found := ENGLISH.match(text, at)) is not None:
            assert periods._may_begin(text, at, _figure_end(text, at)), found[0]


@settings(max_examples=500, deadline=None)
@given(
    before=st.sampled_from(["", " ", "in ", "$", "1,"]),
    year=st.sampled_from(["2024", "1949", "2101"]),
    after=st.from_regex(r"\A[^\n]{0,12}\Z"),
)
def test_a_year_by_itself_is_what_the_whole_pattern_finds(before: str, year: str, after: str) -> None:
    text = before + year + after
    for short, whole in ((ALONE, ENGLISH), (exclude.MASK_YEAR, exclude.MASK_FIGURE)):
        found = short.match(text, len(before))
        if found is not None:
            other = whole.match(text, len(before))
            assert other is not None
            assert other.span() == found.span()


def _ends_in(ends: frozenset[str], text: str) -> bool:
    return text.rstrip("\n")[-3:].casefold() in ends


def _ends_with(ends: tuple[str, ...], text: str) -> bool:
    return text.rstrip().casefold().endswith(ends)


@pytest.mark.parametrize(
    "pattern, tried",
    [
        (extract._BEFORE, partial(_ends_with, extract._QUALIFIER_ENDS)),
        (own_time._AGAINST, partial(_ends_with, own_time._AGAINST_ENDS)),
        (forms._NOUN_OF, partial(_ends_in, forms._NOUN_OF_ENDS)),
        (forms._BY, partial(_ends_in, forms._BY_ENDS)),
        (forms._ADDED, partial(_ends_in, forms._MOVED_ENDS)),
        (forms._MOVED, partial(_ends_in, forms._MOVED_ENDS)),
    ],
    ids=["qualifier", "against", "noun of", "by", "added", "moved"],
)
@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_nothing_that_stands_before_a_number_is_missed(
    pattern: re.Pattern[str], tried: Callable[[str], bool], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(pattern))
    assert pattern.search(text) is None or tried(text)


@settings(max_examples=400, deadline=None)
@given(text=st.from_regex(extract._AFTER))
def test_no_qualifier_behind_a_number_is_missed(text: str) -> None:
    assert extract._AFTER.match(text) is None or text.lstrip()[:1] in extract._QUALIFIER_BEGINS


@settings(max_examples=400, deadline=None)
@given(text=st.from_regex(names._PERSON))
def test_no_person_is_missed(text: str) -> None:
    assert names._PERSON.search(text[-20:]) is None or names._is_person(text, len(text))


@pytest.mark.parametrize(
    ("pattern", "tried"),
    [
        (namesakes._STATE, lambda text: any(word in text for word in namesakes._STATE_WORDS)),
        (names.SEAT, lambda text: "-" in text),
        (names.SPOKEN, lambda text: "'" in text or "’" in text),
        (names._NUMERAL, lambda text: text.lower().partition("-")[0] in names._NUMERALS),
        (persons._ROLE_AFTER, lambda text: text.startswith(",")),
    ],
    ids=["state", "seat", "spoken", "numeral", "role"],
)
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_what_a_pattern_cannot_do_without_is_there(
    pattern: re.Pattern[str], tried: Callable[[str], bool], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(pattern, fullmatch=True))
    assert tried(text), text


@settings(max_examples=400, deadline=None)
@given(text=st.from_regex(forms._LEVEL_BEFORE))
def test_no_word_before_a_level_is_missed(text: str) -> None:
    end = text.rstrip("\n")[-3:].casefold()
    assert end.endswith(forms._LEVEL_ENDS) or end.strip()[-1:] in forms._LEVEL_HARD or end[-1:].isalpha()


@pytest.mark.parametrize(
    ("pattern", "words"),
    [(forms._ADDED, forms._MOVING), (forms._MOVED, forms._MOVING), (coordination._TO, coordination._TO_WORDS)],
    ids=["added", "moved", "to"],
)
@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_a_word_without_which_nothing_is_found_is_there(
    pattern: re.Pattern[str], words: tuple[str, ...], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(pattern)).casefold()
    assert any(word in text for word in words)


def _tiled(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    return list(each(pattern, text, [0, *(match.end() for match in tiles._LINE.finditer(text))]))


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (fiscal._SPELLED, lambda text: each(fiscal._SPELLED, text, fiscal._spelled(text))),
        (fiscal._ENDS, lambda text: at_words(fiscal._ENDS, text, fiscal._YEARS)),
        (page._BUDGET_OF, lambda text: at_words(page._BUDGET_OF, text, page._BUDGETS)),
        (namesakes._CODE_SAID, lambda text: filter(None, [namesakes._code_said(text)])),
        (tiles._FIGURE, partial(_tiled, tiles._FIGURE)),
        (tiles._WORDED, partial(_tiled, tiles._WORDED)),
    ],
    ids=["fiscal year", "its end", "budget", "code", "figure", "figure with words"],
)
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_pattern_is_found_where_its_first_words_are(
    pattern: re.Pattern[str], found: Callable[[str], list[re.Match[str]]], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(pattern, alphabet=st.characters(exclude_characters="ſK")))
    one, other = next(iter(found(text)), None), pattern.search(text)
    assert (one and one.span()) == (other and other.span())


@settings(max_examples=400, deadline=None)
@given(lead=st.from_regex(cues.LABEL, alphabet=st.characters(max_codepoint=127)))
def test_no_noun_of_a_label_is_missed(lead: str) -> None:
    assert cues.last_label(lead) is not None


def test_a_copy_has_all_that_a_quantity_has() -> None:
    one = Found(1, 2, 3.0, "%", "figure", 4.0, 5, True, True, (1, 2), 1e3, 7.0, 0.5)
    assert one.copied() == one
    assert one.copied() is not one
