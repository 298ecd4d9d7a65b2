"""The tables of names: each word stands for one thing, can be found where it is written, and belongs to a known country."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from importlib.resources import files

import pytest

from salpi.evidence.claims.entities import Entity, add_world, country_names, currencies, fiscal_years, materials
from salpi.evidence.claims.vocabulary import Vocabulary

TABLES = ("countries", "cities", "companies", "products", "agencies", "areas")
WORDS = ("words_en", "words_ko", "adjectives")


def rows(table: str) -> list[dict[str, str]]:
    text = files("salpi.evidence.claims").joinpath(f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def words(row: dict[str, str]) -> list[str]:
    return [word.strip() for column in WORDS for word in (row.get(column) or "").split(";") if word.strip()]


def name(row: dict[str, str]) -> str:
    return row.get("name") or row["country"]


@pytest.fixture(scope="module")
def world() -> Vocabulary:
    vocabulary = Vocabulary()
    add_world(vocabulary)
    return vocabulary.freeze()


def test_a_word_stands_for_one_thing():
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for table in TABLES[:-1]:  # a therapeutic area may be a word of its own kind beside a name
        for row in rows(table):
            for word in words(row):
                korean = re.search("[가-힣]", word)
                found[word.replace(" ", "").casefold() if korean else re.sub("[ -]", " ", word)].add((table, name(row)))
    assert {word: things for word, things in found.items() if len(things) > 1} == {}


@pytest.mark.parametrize("table", TABLES)
def test_names_are_given_once_and_rows_repeat_no_word(table):
    names = [name(row) for row in rows(table)]
    assert len(names) == len(set(names))
    assert [row for row in rows(table) if len(words(row)) != len(set(words(row))) or not words(row)] == []


@pytest.mark.parametrize("table", TABLES)
def test_every_word_is_found_where_it_is_written(table, world):
    missed = []
    for row in rows(table):
        for word in words(row):
            if table == "areas" and not {"area", "modality"} & set(row["kinds"].split("; ")):
                continue
            if word == "FDA":  # a domain of the lexicon, and more than one country's
                continue
            text = word.replace("*", "")
            hits = [hit for hit in world.hits(text) if isinstance(hit.value, Entity)]
            whole = {hit.value.name for hit in hits if hit.end == len(text) and (hit.start == 0 or text[: hit.start].isdigit())}
            if name(row) not in whole:
                missed.append((name(row), word, hits))
    assert missed == []


def test_kinds_are_those_of_entities():
    assert {row["kind"] for row in rows("countries")} == {"country", "region"}
    assert {row["kind"] for row in rows("cities")} == {"region", "city", "place"}
    assert {kind for row in rows("areas") for kind in row["kinds"].split("; ")} == {"area", "modality", "material"}


@pytest.mark.parametrize("table", ["cities", "companies", "agencies"])
def test_countries_are_called_as_in_their_table(table):
    assert {row["country"] for row in rows(table)} <= country_names()


def test_korean_names_of_one_syllable_are_left_out():
    short = [word for table in TABLES[:-1] for row in rows(table) for word in words(row) if re.fullmatch("[가-힣]", word)]
    assert short == []


def test_companies_are_called_without_their_legal_form():
    legal = re.compile(r"\b(?:Inc|Ltd|Limited|plc|PLC|LLC|GmbH|A/S|AB|Oyj|Pty|Co)\.?$")
    assert [row["name"] for row in rows("companies") if legal.search(row["name"])] == []


def test_a_currency_speaks_for_one_country():
    codes = [row["currency"] for row in rows("countries") if row["currency"] and row["currency"] not in ("EUR", "USD")]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes)
    assert currencies()["KRW"] == "South Korea"


def test_fiscal_years_begin_in_a_month_and_are_named():
    assert all(2 <= month <= 12 and named in ("start", "end") for month, named in fiscal_years().values())


def test_a_name_said_by_world_and_plan_is_found_once(world):
    vocabulary = Vocabulary()
    add_world(vocabulary)
    add_world(vocabulary)
    vocabulary.freeze()
    text = "Celltrion, Johnson & Johnson and 삼성바이오로직스"
    assert vocabulary.hits(text) == world.hits(text)


def test_names_joined_by_an_ampersand_are_one(world):
    names = [hit.value.name for hit in world.hits("Sales of Johnson & Johnson and Gan & Lee rose.") if hit.kind == "entity"]
    assert names == ["Johnson & Johnson", "Gan & Lee"]


def test_a_korean_province_and_a_place_in_it_are_told_apart(world):
    text = "충북은 오송에 공장을 짓는다. 충북 오송은 크다."
    found = [hit.value.name for hit in world.hits(text) if hit.kind == "entity"]
    assert found == ["North Chungcheong", "Osong", "Osong"]


def test_materials_are_known_by_either_language():
    assert materials()["배지"] == materials()["cell culture media"] == "Culture media"
    assert materials()["원료의약품"] == materials()["api"] == "Active ingredients"
