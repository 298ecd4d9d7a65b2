"""The claim catalogue: every id under which claims are given has a place or an alias, and words to be found by."""

from __future__ import annotations

from collections.abc import Iterator

from salpi.plan.checks.context import Context
from salpi.plan.problems import Problem, nearest


def check_claim_ids(c: Context) -> Iterator[Problem]:
    """Every id of the plan's ``claims`` is an indicator, a family of indicators or an alias of one."""
    if "indicator" in c.unread:
        return
    places = {id.partition("@")[0] for id in c.ids["indicator"]}
    places |= {alias for indicator in c.plan.indicators.values() for alias in indicator.aliases}
    for at, id in enumerate(c.plan.meta.claims):
        if id not in places:
            guess = nearest(id, places)
            mend = f"did you mean '{guess}'?" if guess else "add an indicator of that id, or the id to an indicator's `aliases`"
            yield c.problem(
                ("plan", ""), ("claims", at), f"claim id '{id}' has no place in indicators.yaml", "an indicator or an alias", mend
            )


def check_claim_phrases(c: Context) -> Iterator[Problem]:
    """Every id of the plan's ``claims`` has a phrase in each language of the plan, or it is never found in texts."""
    languages = ("en", "ko") if c.plan.meta.title.ko else ("en",)
    spoken: dict[str, set[str]] = {}
    first: dict[str, str] = {}
    for id, indicator in c.plan.indicators.items():
        for claim in indicator.aliases or (id.partition("@")[0],):
            first.setdefault(claim, id)
            spoken.setdefault(claim, set()).update(lang for lang, phrases in indicator.phrases.items() if phrases)
    for id in c.plan.meta.claims:
        for lang in languages:
            if id in first and lang not in spoken[id]:
                what = f"no phrase in '{lang}' speaks of claim id '{id}'"
                yield c.problem(
                    ("indicator", first[id]), (), what, "one", f"add `phrases.{lang}` to one of its indicators", level="warning"
                )
