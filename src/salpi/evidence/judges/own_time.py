"""What a number says of its time: its measure, the verbs and cues of its sentence, the words beside it."""

from __future__ import annotations

import re

from salpi.evidence.claims.page import Sentence
from salpi.evidence.judges.senses import senses_of, stem
from salpi.evidence.judges.surroundings import Asked, words_of
from salpi.evidence.judges.traits import Trait, named

_AGAINST = re.compile(
    r"(?:\b(?:from|against|compared with|compared to|versus|vs\.?|(?<!more )(?<!less )(?<!fewer )than|up from|down from"
    r"|as against|after)[ ](?:the[ ])?(?:an?[ ](?:[a-z]+[ ])?(?:loss|profit|deficit|surplus|gain|shortfall"
    r"|total|level|record|high|low|peak|average|median)[ ]of[ ])?"
    r"(?:(?:about|around|just|only|nearly|current|roughly|over|a|some|previous)[ ]){0,3}|대비\s?|\()$",
    re.I,
)
_AGAINST_ENDS = (
    *("from", "against", "with", "to", "versus", "vs", "vs.", "than", "after", "the", "a", "an", "of", "about", "around", "just"),
    *("only", "nearly", "current", "roughly", "over", "some", "previous", "대비", "("),
)
"""How all that ``_AGAINST`` finds ends, but for blanks."""


def _of_measure(base: str, form: str, kind: str | None, unit: str) -> tuple[str, ...]:
    return "", f"b={base}", f"f={form}", f"kd={kind}", f"kd={kind}|{form}", f"u={unit}"


def _word(side: str, word: str) -> tuple[str, ...]:
    known = word[:2] if side == "r" and "가" <= word[0] <= "힣" else stem(word)
    return f"{side}w:{known}", *(f"{side}s:{sense}" for sense in senses_of(word))


def about(asked: Asked, base: str, form: str) -> list[Trait]:
    """What the number itself says of its time."""
    sentence, one = asked.sentence, asked.one
    start, text = sentence.start, sentence.text
    a, b = one.start - start, one.end - start
    out: list[Trait] = [(_of_measure, base, form, asked.page.catalogue.kinds.get(base, "flow"), asked.kind)]
    before = text[max(0, a - 64) : a]
    if before.rstrip().casefold().endswith(_AGAINST_ENDS) and _AGAINST.search(before):
        out.append((named, "against"))
    for hit in sentence.cues:
        side, far = ("L", sentence.far(hit.end, one.start)) if hit.end <= one.start else ("R", sentence.far(one.end, hit.start))
        if far < 8:
            out.append((named, f"cue:{hit.value}{side}"))
    words = words_of(asked)
    _, stop, again, _ = asked.window
    if stop and words.starts[stop - 1] >= a - 30:
        out.append((_word, "l", words.words[stop - 1]))
    if again < len(words.starts) and words.starts[again] < b + 24:
        out.append((_word, "r", words.words[again]))
    out += asked.once("said of time", _of_sentence, sentence, asked.cell)
    return out


def _of_sentence(sentence: Sentence, cell: bool) -> list[Trait]:
    """What all numbers of a sentence say of their time: its verbs or its ending, where it stands."""
    out: list[Trait] = []
    if sentence.lang == "en":
        out += [(named, f"v:{each}") for each in _verbs(sentence.text)]
    else:
        ending = _ENDING.search(sentence.text[-12:])
        if ending is not None:
            out.append((named, "end:" + ending[1][-2:]))
    for holds, name in ((sentence.bullet, "bullet"), (sentence.heading, "heading"), (cell, "cell")):
        if holds:
            out.append((named, name))
    return out


_VERBS = re.compile(
    r"\b(?=[\w'])(?:(?P<future>will|would|shall|should|could|may|might|to be|expects?|plans?|aims?|wants?|hopes?|'ll)"
    r"|(?P<perfect>(?:has|have|'ve)(?: \w+ly| now| already| since| so far| been| also)?(?: \w+ed\b| \w+[a-z]n\b| made| sold| won| built| cut| put| let| had)?)"
    r"|(?P<present>is|are|am|'s|'re|stands?|holds?|employs?|runs?|counts?|owns?|hosts?|makes?|takes?|needs?|sells?|does|do|lists?)"
    r"|(?P<past>was|were|had|did|\w{2,}ed|rose|fell|came|took|made|sold|won|built|grew|went|got|gave|held|stood|paid|spent|lost|brought|bought"
    r"|began|drew|ran|rang|shrank|sank|slid|swelled|hit|met|saw|became|kept|left|led|shot|leapt|outdid|beat|struck|set up))\b"
)


def _verbs(text: str) -> list[str]:
    """The tenses that an English sentence's verbs may be in."""
    return sorted({match.lastgroup or "" for match in _VERBS.finditer(text)})


_ENDING = re.compile(r"([가-힣]{1,3})[.\"”)]*\s*$")
