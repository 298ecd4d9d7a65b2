from dataclasses import replace

from right_entities import RIGHT, with_stage

from salpi.engine.numbers import MONTH


def trial(xp, e, p, u, at, start, first):
    if first:  # wrong: an `if`, `and`, `or`, `min` or `max` of Python on a traced value
        return 0.0 * MONTH, u["luck"] < 0.5
    return MONTH, u["luck"] < 0.5


SECTOR = replace(RIGHT, stages=with_stage(0, trial))
