from dataclasses import replace

from right_entities import RIGHT


def prepare(xp, p):
    return {"odds": p["success"], "pace": xp.log(p["price"])}  # wrong: takes log of 'USD*million/L', which is no pure number


SECTOR = replace(RIGHT, prepare=prepare)
