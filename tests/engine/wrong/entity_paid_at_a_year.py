from dataclasses import replace

from right_entities import MILLION, RIGHT, with_stage

from salpi.engine.declare import Passage
from salpi.engine.numbers import MONTH, MONTHS


def trial(xp, e, p, u, at, start, first):
    when = start / MONTHS  # wrong: pays 'paid' at 'yr', but a time is in 'month'; a year has 12 months
    return Passage(u["time"] * MONTH, u["luck"] < 0.5, {}, {"paid": (when, MILLION * p["price"] * e["litres"])})


SECTOR = replace(RIGHT, stages=with_stage(0, trial))
