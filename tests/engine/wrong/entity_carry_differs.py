from dataclasses import replace

from right_entities import RIGHT, with_stage

from salpi.engine.declare import Passage
from salpi.engine.numbers import MONTH


def review(xp, e, p, u, at, start, first):
    rate = e["sales"] * 2.0  # wrong: carries 'worth' in 'USD/yr', but an earlier stage carries it in 'USD'; they differ by '1/yr'
    return Passage(u["luck"] * MONTH, u["luck"] < 0.9, {"worth": rate})


SECTOR = replace(RIGHT, stages=with_stage(1, review))
