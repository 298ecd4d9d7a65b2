"""Scorecard, simulate, replay, explain as a user types them: text and the documented JSON."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from salpi.cli import main

NUMBER = {"type": "number"}
MAYBE = {"type": ["number", "null"]}
SPEC = {
    "type": "object",
    "required": ["plan", "hash", "scenario", "seed", "draws", "as_of", "version", "engine", "measures"],
    "properties": {"draws": {"type": "integer"}, "measures": {"type": "array", "items": {"type": "string"}}},
}
SCORECARD = {
    "type": "object",
    "required": ["spec", "targets"],
    "properties": {
        "spec": SPEC,
        "targets": {
            "type": "array",
            "items": {
                "type": "object",
                "required": [
                    "id", "indicator", "subject", "target", "unit", "by", "comparison", "baseline", "latest", "pace_needed",
                    "pace_seen", "probability", "probability_reason", "forecast", "expected_date", "verdict", "why", "supersedes",
                    "superseded_by", "sources",
                ],
                "properties": {
                    "probability": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
                    "comparison": {"enum": [">=", "<="]},
                    "pace_needed": {"type": "object", "required": ["from_now", "from_baseline", "unit"]},
                    "forecast": {"type": ["object", "null"], "required": ["p05", "p25", "p50", "p75", "p95"]},
                    "sources": {"type": "array", "minItems": 1},
                },
            },
        },
    },
}  # fmt: skip
QUANTILES = ["p05", "p25", "p50", "p75", "p95"]
TABLE = {"type": "object", "required": QUANTILES, "additionalProperties": {"type": "array", "items": NUMBER}}
SIMULATE = {
    "type": "object",
    "required": ["spec", "indicators", "moved"],
    "properties": {
        "spec": SPEC,
        "moved": {"type": "array", "items": {"type": "string"}},
        "indicators": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["unit", "periods", "plan", "scenario", "difference"],
                "properties": {"plan": TABLE, "scenario": TABLE, "difference": TABLE},
            },
        },
    },
}


@pytest.fixture
def salpi(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            main(list(words))
        told = capsys.readouterr()
        return int(stop.value.code or 0), told.out, told.err

    return run


def test_scorecard_json_has_its_shape(salpi) -> None:
    code, out, _ = salpi("scorecard", "--json", "--draws", "40")
    assert code == 0
    card = json.loads(out)
    jsonschema.validate(card, SCORECARD)
    current = [t for t in card["targets"] if t["variant_of"] is None]
    assert len({t["id"] for t in current}) >= 45
    for target in current:
        if target["verdict"] == "unverifiable":
            assert target["probability"] is None
            assert target["why"]["en"]


def test_without_the_measures_chances_differ(salpi) -> None:
    with_all = json.loads(salpi("scorecard", "--json", "--draws", "400")[1])
    without = json.loads(salpi("scorecard", "--json", "--draws", "400", "--set", "all=0")[1])
    assert without["spec"]["measures"] == []
    on_model = {t["id"]: t for t in with_all["targets"] if t["basis"] == "model" and t["variant_of"] is None}
    other = {t["id"]: t for t in without["targets"]}
    assert len(on_model) >= 15
    assert sum(t["probability"] != other[id]["probability"] for id, t in on_model.items()) >= 5


def test_scorecard_text_in_both_languages(salpi) -> None:
    _, english, _ = salpi("scorecard", "--draws", "20")
    _, korean, _ = salpi("scorecard", "--draws", "20", "--lang", "ko")
    assert "Three blockbuster new drugs" in english
    assert "unverifiable" in english
    assert "검증 불가" in korean
    assert "unverifiable" not in korean


def test_one_target_with_its_reasons(salpi) -> None:
    code, out, _ = salpi("scorecard", "--target", "kbio2025.blockbusters.2030", "--draws", "40")
    assert code == 0
    assert "source:" in out


def test_simulate_json_and_replay(salpi, tmp_path: Path) -> None:
    words = ("simulate", "--set", "regulation.review-240=0", "--draws", "40", "--out", "run.json")
    code, out, _ = salpi(*words, "--json")
    assert code == 0
    made = json.loads(out)
    jsonschema.validate(made, SIMULATE)
    assert json.loads((tmp_path / "run.json").read_text("utf-8")) == made
    assert made["moved"]
    first = (tmp_path / "run.json").read_bytes()
    salpi(*words)
    assert (tmp_path / "run.json").read_bytes() == first
    code, out, _ = salpi("replay", "run.json")
    assert (code, made["digest"] in out) == (0, True)


def test_a_scenario_equal_to_the_plan_moves_nothing(salpi) -> None:
    made = json.loads(salpi("simulate", "--set", "all=1", "--draws", "20", "--json")[1])
    assert made["moved"] == []
    for body in made["indicators"].values():
        assert all(v == 0 for row in body["difference"].values() for v in row)
        assert body["plan"] == body["scenario"]


def test_a_lever_that_moves_nothing_says_why(salpi) -> None:
    made = json.loads(salpi("simulate", "--set", "all=0", "--draws", "20", "--json")[1])
    assert made["unmoved"]
    assert all(made["unmoved"].values())
    assert any("not modelled yet" in why for why in made["unmoved"].values())


def test_replay_says_what_differs(salpi, tmp_path: Path) -> None:
    salpi("simulate", "--draws", "20", "--out", "run.json")
    path = tmp_path / "run.json"
    told = json.loads(path.read_text("utf-8"))
    for change, said in (
        ({"digest": "0" * 64}, "numbers differ"),
        ({"spec": {**told["spec"], "hash": "0" * 64}}, "hash differs"),
        ({"indicators": {}}, "changed by hand"),
    ):
        path.write_text(json.dumps({**told, **change}), "utf-8")
        code, _, err = salpi("replay", "run.json")
        assert code == 1
        assert said in err


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"spec": {}}', "\x00", '{"spec": 3, "digest": "x"}', "[" * 100_000])
def test_replay_of_what_is_no_run(salpi, tmp_path: Path, text: str) -> None:
    (tmp_path / "run.json").write_text(text)
    code, _, err = salpi("replay", "run.json")
    assert code == 2
    assert len(err.strip().splitlines()) == 1


def test_explain_shows_every_version_with_its_source(salpi) -> None:
    code, out, _ = salpi("explain", "exports.biopharma@khidi2022", "2025", "--json")
    assert code == 0
    found = json.loads(out)["indicators"][0]
    assert found["values"]
    assert all(v["source"]["title"] and v["status"] and v["unit"] for v in found["values"])
    code, out, _ = salpi("explain", "exports.biopharma", "--lang", "ko")
    assert code == 0
    assert "정의" in out


def test_explain_takes_a_target(salpi) -> None:
    code, out, _ = salpi("explain", "kbio2025.blockbusters.2030")
    assert code == 0
    assert "blockbusters" in out


def test_a_new_plan_goes_the_whole_way(salpi) -> None:
    assert salpi("new-plan", "mine")[0] == 0
    assert salpi("check", "mine")[0] == 0
    assert salpi("scorecard", "--plan", "mine", "--draws", "30")[0] == 0
    assert salpi("new-plan", "mine")[0] == 2
