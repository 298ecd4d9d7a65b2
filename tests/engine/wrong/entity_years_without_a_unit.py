from dataclasses import replace

from right_entities import RIGHT

from salpi.engine.numbers import MONTHS


def outcome(xp, e, p, u, at, fate, years):
    age = years - (fate["review"] / MONTHS)[:, None]  # wrong: subtracts '1' and 'yr'; write the number with its unit
    return {"many": xp.where(age > 0.0, 1.0, 0.0)}


SECTOR = replace(RIGHT, outcome=outcome)
