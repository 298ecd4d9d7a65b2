from dataclasses import replace

from right_entities import RIGHT


def outcome(xp, e, p, u, at, fate, years):
    litres = e["litres"] * 2.0  # wrong: gives 'many' as 'L', but it is declared in 'count'; they differ by 'L/count'
    return {"many": litres}


SECTOR = replace(RIGHT, outcome=outcome)
