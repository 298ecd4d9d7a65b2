from dataclasses import replace

from right_entities import RIGHT, with_stage

from salpi.engine.numbers import MONTHS, Number


def review(xp, e, p, u, at, start, first):
    days = at("days", start / MONTHS)  # wrong: reads 'days' at 'yr', but a path is read at a month; a year has 12 months
    return days / Number(30.4375, "day/month"), u["luck"] < 0.9


SECTOR = replace(RIGHT, stages=with_stage(1, review))
