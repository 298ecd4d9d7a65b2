from dataclasses import replace

from right_entities import RIGHT


def outcome(xp, e, p, u, at, fate, years):
    sold = e["sales"][:, None] * xp.numbers(years > 2000, "1")  # wrong: gives 'sold' as 'USD/yr', but it is declared in 'USD'
    return {"sold": sold}


SECTOR = replace(RIGHT, outcome=outcome)
