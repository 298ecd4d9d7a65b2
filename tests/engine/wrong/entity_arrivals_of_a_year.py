from dataclasses import replace

from right_entities import RIGHT


def arrivals(xp, p, at, t):
    return p["rate"] * at("push")  # wrong: gives arrivals as 'assets/yr', but they are counts of one month


SECTOR = replace(RIGHT, arrivals=arrivals)
