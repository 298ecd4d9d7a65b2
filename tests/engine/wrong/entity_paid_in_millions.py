from dataclasses import replace

from right_entities import RIGHT, with_stage

from salpi.engine.declare import Passage
from salpi.engine.numbers import MONTH


def trial(xp, e, p, u, at, start, first):
    paid = p["price"] * e["litres"]  # wrong: gives 'paid' as 'USD*million', but it is declared in 'USD'; one is 1e+06 times
    return Passage(u["time"] * MONTH, u["luck"] < 0.5, {}, {"paid": (start, paid)})


SECTOR = replace(RIGHT, stages=with_stage(0, trial))
