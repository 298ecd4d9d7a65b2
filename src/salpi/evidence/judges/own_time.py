"""What a number says of its time: its measure, the verbs and cues of its sentence, the words beside it."""

from __future__ import annotations

import re

from salpi.evidence.judges.senses import senses, stem
from salpi.evidence.judges.surroundings import Asked, words_of
from salpi.evidence.judges.traits import Trait, named

_AGAINST = re.compile(
    r"(?:\b(?:from|against|compared with|compared to|versus|vs\.?|(?<!more )(?<!less )(?<!fewer )than|up from|down from"
    r"|as against|after)[ ](?:the[ ])?(?:an?[ ](?:[a-z]+[ ])?(?:loss|profit|deficit|surplus|gain|shortfall"
    r"|total|level|record|high|low|peak|average|median)[ ]of[ ])?"
    r"(?:(?:about|around|just|only|nearly|current|roughly|over|a|some|previous)[ ]){0,3}|대비\s?|\()$",
    re.I,
)


def _of_measure(base: str, form: str, kind: str | None, unit: str) -> tuple[str, ...]:
    return "", f"b={base}", f"f={form}", f"kd={kind}", f"kd={kind}|{form}", f"u={unit}"


def _word(side: str, word: str) -> tuple[str, ...]:
    known = word[:2] if side == "r" and "가" <= word[0] <= "힣" else stem(word)
    return f"{side}w:{known}", *(f"{side}s:{sense}" for sense in senses().of(word))


def about(asked: Asked, base: str, form: str) -> list[Trait]:
    """What the number itself says of its time."""
    sentence, one = asked.sentence, asked.one
    a, b, start, text = one.start, one.end, sentence.start, sentence.text
    out: list[Trait] = [(_of_measure, base, form, asked.page.catalogue.kinds.get(base, "flow"), asked.kind)]
    if _AGAINST.search(text[max(0, a - start - 64) : a - start]):
        out.append((named, "against"))
    for hit in sentence.cues:
        side, far = ("L", sentence.far(hit.end, a)) if hit.end <= a else ("R", sentence.far(b, hit.start))
        if far < 8:
            out.append((named, f"cue:{hit.value}{side}"))
    words = words_of(asked)
    first, stop, again, last = words.window(a - start, b - start, (1, 30), (1, 24))
    out += [(_word, "l", word) for word in words.words[first:stop]]
    out += [(_word, "r", word) for word in words.words[again:last]]
    if sentence.lang == "en":
        out += asked.once("verbs", lambda: [(named, f"v:{each}") for each in _verbs(text)])
    else:
        ending = asked.once("ending", lambda: _ENDING.search(text[-12:]))
        if ending is not None:
            out.append((named, "end:" + ending[1][-2:]))
    for holds, name in ((sentence.bullet, "bullet"), (sentence.heading, "heading"), (asked.cell, "cell")):
        if holds:
            out.append((named, name))
    return out


_VERBS = re.compile(
    r"\b(?:(?P<future>will|would|shall|should|could|may|might|to be|expects?|plans?|aims?|wants?|hopes?|'ll)"
    r"|(?P<perfect>(?:has|have|'ve)(?: \w+ly| now| already| since| so far| been| also)?(?: \w+ed\b| \w+[a-z]n\b| made| sold| won| built| cut| put| let| had)?)"
    r"|(?P<present>is|are|am|'s|'re|stands?|holds?|employs?|runs?|counts?|owns?|hosts?|makes?|takes?|needs?|sells?|does|do|lists?)"
    r"|(?P<past>was|were|had|did|\w{2,}ed|rose|fell|came|took|made|sold|won|built|grew|went|got|gave|held|stood|paid|spent|lost|brought|bought"
    r"|began|drew|ran|rang|shrank|sank|slid|swelled|hit|met|saw|became|kept|left|led|shot|leapt|outdid|beat|struck|set up))\b"
)


def _verbs(text: str) -> list[str]:
    """The tenses that an English sentence's verbs may be in."""
    return sorted({match.lastgroup or "" for match in _VERBS.finditer(text)})


_ENDING = re.compile(r"([가-힣]{1,3})[.\"”)]*\s*$")
