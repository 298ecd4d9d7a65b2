from dataclasses import replace

from right_entities import RIGHT, with_stage


def trial(xp, e, p, u, at, start, first):
    months = p["years"] * u["time"]  # wrong: makes stage 'trial' last 'yr', but a duration is in 'month'; a year has 12 months
    return months, u["luck"] < 0.5


SECTOR = replace(RIGHT, stages=with_stage(0, trial))
