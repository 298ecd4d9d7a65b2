from dataclasses import replace

from right_entities import RIGHT, with_stage

from salpi.engine.numbers import MONTH


def trial(xp, e, p, u, at, start, first):
    odds = xp.pick(p["success"], e["litres"])  # wrong: picks from 'success' at 'L'; a place in a table is an attribute
    return u["time"] * MONTH, u["luck"] < odds


SECTOR = replace(RIGHT, stages=with_stage(0, trial))
