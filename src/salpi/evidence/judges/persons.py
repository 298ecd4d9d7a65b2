"""Which of a page's possible names are those of people: no number of the field is about one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from salpi.evidence.claims.name_forms import KOREAN_PERSON

_ROLE = (
    r"(?:chief|CEO|CFO|COO|president|vice|head|director|analysts?|professor|minister|founder|co-founder|spokes\w+|chair\w*|manager|partner|researcher"
    r"|economist|scientist|secretary|commissioner|mayor|governor|editor|lawyer|consultant|strategist)\b"
)
_ROLE_AFTER = re.compile(
    rf",[ ](?:(?:the|its|an?|our|their|then|who is|now)[ ])?(?:(?!whose|which)[A-Za-z’'-]+[ ]){{0,3}}?{_ROLE}"
)
_SAYS_BEFORE = re.compile(r"\b(?:says|said|asks|asked)[ ]$")
_LABEL = re.compile(r"^[\s*_>]*([A-Z][\w’'.-]*(?:[ ][A-Z][\w’'-]+)?)[*_]{0,2}:[*_]{0,2}[ ]", re.M)
_FIRM = re.compile(r"(?:bio|pharm|gen|cell|thera|med|vax|lab|science|health|group|capital|inc|corp)", re.I)


def speakers(text: str) -> set[str]:
    """Who takes part in a conversation that is written down: two or more names that head lines again and again."""
    labels = Counter(match[1] for match in _LABEL.finditer(text))
    repeated = {label for label, count in labels.items() if count > 1}
    return repeated if len(repeated) > 1 else set()


def people(text: str, runs: Iterable[tuple[int, int, str]], firms: Iterable[str] = ()) -> set[str]:
    """The names, among runs of capitalised words, that a role, a title or a way of speaking shows to be a person's.

    A person's last name alone is one's, too, unless one of the ``firms`` or another name begins with it.
    """
    said = speakers(text)
    found = set[str]()
    koreans = set[str]()
    names = list(runs)
    for start, end, name in names:
        if name in said:
            found.add(name)
        if "-" in name and KOREAN_PERSON.fullmatch(name):
            koreans.add(name)
        elif " " in name and name not in found:
            words = name.split(" ")
            if len(words) <= 3 and not _FIRM.search(name) and all(word[0].isupper() for word in words):
                initials = "".join(word[0] for word in words)
                if (
                    (said and said & {words[0], words[-1], initials})
                    or (text[end : end + 1] == "," and _ROLE_AFTER.match(text, end))
                    or _SAYS_BEFORE.search(text, max(0, start - 16), start)
                ):
                    found.add(name)
    found |= koreans
    if not found:
        return found
    last = {name.split(" ")[-1] for name in found - koreans} | {name.split(" ")[0] for name in koreans}
    begun = {name.split(" ")[0] for name in (*firms, *(name for _, _, name in names)) if " " in name and name not in found}
    return found | {name for _, _, name in names if name in last - begun}
