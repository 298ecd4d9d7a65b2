from dataclasses import replace

from right_entities import RIGHT, with_stage

from salpi.engine.numbers import MONTH


def trial(xp, e, p, u, at, start, first):
    big = e["sales"] > 5.0e8  # wrong: compares '1' and 'USD/yr'; write the number with its unit: Number(5e+08, 'USD/yr')
    return xp.where(big, 2.0, 1.0) * MONTH, u["luck"] < 0.5


SECTOR = replace(RIGHT, stages=with_stage(0, trial))
