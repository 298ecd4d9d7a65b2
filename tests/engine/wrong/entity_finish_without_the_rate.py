from dataclasses import replace

from right_entities import RIGHT


def finish(xp, p, year_end, year_mean, totals, bound):
    return {"worth": totals["sold"] * 2.0}  # wrong: gives 'worth' as 'USD', but it is declared in 'KRW'; convert


SECTOR = replace(RIGHT, finish=finish)
