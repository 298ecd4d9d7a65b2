from dataclasses import replace

from right_entities import RIGHT, with_stage


def review(xp, e, p, u, at, start, first):
    end = start + at("days", start)  # wrong: adds 'month' and 'day'; one is 30.4375 times the other: multiply by a Number
    return end - start, u["luck"] < 0.9


SECTOR = replace(RIGHT, stages=with_stage(1, review))
