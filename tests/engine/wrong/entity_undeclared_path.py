from dataclasses import replace

from right_entities import RIGHT, with_stage


def review(xp, e, p, u, at, start, first):
    days = at("dayz", start)  # wrong: reads 'dayz', which is not declared among the sector's channels and needs
    return days, u["luck"] < 0.9


SECTOR = replace(RIGHT, stages=with_stage(1, review))
