"""Whether a number happened, is aimed at, is expected, or is money and capacity put on the table."""

from __future__ import annotations

import re

from salpi.evidence.judges import period as times
from salpi.evidence.judges.decided import Said, apart
from salpi.evidence.judges.surroundings import TOKEN, Asked, stem
from salpi.evidence.judges.weights import Floats, Weights, shares
from salpi.evidence.record import ClaimStatus

STATUSES: tuple[ClaimStatus, ...] = ("actual", "target", "forecast", "announced")
_WORDS = re.compile(r"[가-힣A-Za-z]+")


def around(names: list[str]) -> list[str]:
    """Those of a number's surroundings that speak of its status."""
    return [name for name in names if name[0] in "cuqlwrbn" or name.startswith(("pq", "m:"))]


def features(asked: Asked, said: Said, base: str, form: str, period: str | None, about: list[str]) -> list[str]:
    """What a number's words, its indicator and its period say of its status, beside its surroundings.

    ``about``: what it says of its time.
    """
    page, sentence, one = asked.page, asked.sentence, asked.one
    when, size = times.tense(page, period), times.grain(period)
    anchor = page.catalogue.anchors.get(base)
    out = [
        f"b={base}", f"f={form}", f"b={base}|f={form}", f"t={when}", f"g={size}", f"t={when}|g={size}", f"b={base}|t={when}",
        f"f={form}|t={when}", f"a={anchor}", f"a={anchor}|t={when}|f={form}",
    ]  # fmt: skip
    about = about[1:]
    out += about
    out += [f"{name}|t={when}" for name in about]
    out += [f"{name}|b={base}" for name in about if name[:3] in ("cue", "end", "aga")]
    same = [mention for mention in sentence.times if mention.period == period]
    out.append("mby" if any(mention.by for mention in same) else "mno" if same else "mcar")
    if sentence.lang == "ko":
        for word in _WORDS.findall(sentence.text[-24:])[-2:]:
            out += (f"tail:{word[-3:]}", f"tail1:{word[-1:]}")
    a, b = one.start - sentence.start, one.end - sentence.start
    out += [f"x:{stem(word)}" for word in TOKEN.findall(sentence.text[max(0, a - 80) : b + 60])]
    if said.named:
        last = said.named[-1]
        far = apart(sentence.number, last.sentence)
        if far != "2":
            tag = "ps" if far == "0" else "ps1"
            out += (f"{tag}={last.status}", f"{tag}={last.status}|t={when}|{last.period == period}")
    return out


def decide(weights: Weights, seen: Floats, names: list[str]) -> tuple[ClaimStatus, float]:
    """The status with its probability. ``seen``: the surroundings' weights, by status."""
    scores = shares(seen + weights.status.total(names))
    best = int(scores.argmax())
    return STATUSES[best], float(scores[best])
