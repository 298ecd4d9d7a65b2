"""What a word can be to a number: one of those before it, one of those after it, the first, second … on its side.

A role names features of pieces of the word: the whole, its senses, the syllables of a Korean one. The pieces are the same in all
roles, so they are taken apart once.
"""

from __future__ import annotations

from salpi.evidence.judges.senses import senses_of, stem

Pieces = tuple[tuple[str, ...], ...]
"""Of a word, by family."""
FAMILIES = range(8)
WHOLE, FAR, SENSES, GRAMS, LAST, ENDS, FIRSTS, OPENING = FAMILIES
"""The word without its ending; the same but for figures; its classes; of a Korean one its two and three syllables in a row, its last
syllable, its last one and two, its first one and two, its first two where it has more."""
Part = tuple[tuple[int, str], ...]
"""Of a role: families of pieces, with what stands before each piece in the name of a feature."""
Role = tuple[int, ...]
"""Parts that a role is made of, by number."""


def pieces(word: str) -> Pieces:
    """A word taken apart, by family."""
    whole = (stem(word),)
    meant = senses_of(word)
    last = word.rpartition(" ")[2]
    far = () if word == "#" else whole
    if not "가" <= last[0] <= "힣":
        return whole, far, meant, (), (), (), (), ()
    grams = tuple([last[i : i + n] for n in (2, 3) for i in range(len(last) - n + 1)])
    opening = (last[:2],) if len(last) > 2 else ()
    return whole, far, meant, grams, (last[-1],), (last[-1], last[-2:]), (last[:1], last[:2]), opening


def _far(side: str) -> Part:
    """A word further from a number."""
    return (FAR, f"b{side}="), (SENSES, f"b{side}s="), (OPENING, f"b{side}2=")


def _near(side: str) -> Part:
    """A word near a number, wherever."""
    part = (WHOLE, f"{side}w="), (SENSES, f"{side}s="), (GRAMS, f"{side}k=")
    return (*part, (LAST, "le=")) if side == "l" else part


def _at(side: str, at: int) -> Part:
    """A word at its place before or after a number."""
    place = f"{'-' if side == 'l' else '+'}{at + 1}"
    part = (WHOLE, f"w{place}="), (SENSES, f"s{place}=")
    return part if at else (*part, (ENDS, "le0=") if side == "l" else (FIRSTS, "r0="))


PARTS: tuple[Part, ...] = (
    *(_far(side) for side in "lr"),
    *(_near(side) for side in "lr"),
    *(_at(side, at) for side in "lr" for at in range(3)),
)
ROLES: tuple[Role, ...] = ((0,), (1,), (2, 4), (2, 5), (2, 6), (2,), (3, 7), (3, 8), (3, 9), (3,))
"""One of those before it, of those after it, the first, second, third before, one near before, the first, second … after."""
BEFORE, AFTER = 16, 10
"""How many words on each side are seen."""
NEXT = 5
"""How many of them are seen as near."""
BESIDE = (2, 3, 4, 5, 5), (6, 7, 8, 9, 9)
"""The roles of these, before and after."""


_IN_ROLE = tuple(tuple(each for part in role for each in PARTS[part]) for role in ROLES)


def in_role(role: int, word: str) -> tuple[str, ...]:
    """The names of a word's features in a role."""
    found = pieces(word)
    return tuple([head + piece for family, head in _IN_ROLE[role] for piece in found[family]])
