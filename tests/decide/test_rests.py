"""What a probability rests on: counted assumptions, and outputs that move with it."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
from scipy.stats import spearmanr

import salpi
from salpi.decide.rests import Drivers, _standard, assumptions, feeding
from salpi.decide.scorecard import scorecard
from salpi.model.run import Output


def output(name: str, values: np.ndarray) -> Output:
    return Output(name, "x", "end", name, f"{name}(한)", values[:, None])


def drivers(**columns: np.ndarray) -> Drivers:
    outputs = {name: output(name, values) for name, values in columns.items()}
    return Drivers(SimpleNamespace(outputs=outputs, years=np.array([2030])))  # type: ignore[arg-type]


def test_ranks_correlate_as_scipys_do() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.integers(0, 6, 200).astype(float), rng.normal(size=200)
    b = b + a
    assert np.isclose(float(_standard(a) @ _standard(b)) / 200, spearmanr(a, b).statistic, atol=1e-12)


def test_the_strongest_two_are_named_and_none_twice() -> None:
    rng = np.random.default_rng(2)
    z = rng.normal(size=(5, 400))
    values = z[0] + 0.7 * z[1] + 0.1 * z[2]
    feeds = {"strong": z[0], "twin": 2 * z[0] + 1, "second": -z[1], "weak": z[2], "none": z[3], "still": np.ones(400)}
    columns = {"exports.own": values, "exports.part": values + z[3], "trials.after": values + z[4]}
    homes = {"second": "pipeline", "none": "biosimilars", "weak": "manufacturing"}
    named = {f"{homes.get(k, 'economy')}.{k}": v for k, v in feeds.items()}
    found = drivers(**columns, **named, **{"economy.same": 3 * values + 1}).of(values, 2030, ("exports.own",))
    assert [name.en for name, _ in found] == ["economy.strong", "pipeline.second"]
    assert found[0][1] > 0.6
    assert found[1][1] < -0.3


def test_too_few_draws_or_no_spread_name_nothing() -> None:
    z = np.arange(400.0)
    assert drivers(a=z).of(np.ones(400), 2030, ()) == ()
    assert drivers(a=z[:40]).of(z[:40] ** 3, 2030, ()) == ()
    assert drivers(a=z).of(z + np.sin(z) * 300, 2031, ()) == ()


def test_sectors_behind_an_output_and_all_that_feed_them(small: salpi.Plan) -> None:
    assert feeding(("trials.rank",)) == ("trials",)
    assert "economy" in feeding(("manufacturing.capacity",))
    assert feeding(("nobody.x",)) == ()


def test_assumptions_are_counted(small: salpi.Plan) -> None:
    mine = [p for k, p in small.parameters.items() if small.sector_of[k] == "trials"]
    bare = sum(p.basis in ("assumption", "unverified") for p in mine)
    found = assumptions(small, ("trials.rank",))
    assert found.rests == (bare > 0)
    assert found.why.en.startswith(f"{bare} of the {len(mine)} parameters")
    assert not assumptions(small, ("nobody.x",)).rests


def test_the_scorecard_of_a_real_run_hangs_together(small: salpi.Plan, run: salpi.Run) -> None:
    card = scorecard(small, run)
    assert {r.verdict for r in card.rows} >= {"not modelled yet", "unverifiable"}
    for r in card.rows:
        assert (r.probability is None) == (r.probability_reason is not None), r.id
        if r.basis == "model" and r.probability is not None:
            assert r.forecast is not None
            assert r.probability_interval is not None
            assert r.probability_interval[0] <= r.probability <= r.probability_interval[1]
