"""The judges: sums and shares as said, ids taken apart and put together, names and times as candidates."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salpi.evidence.claims.page import Page
from salpi.evidence.extract import Extraction, extract_claims
from salpi.evidence.judges import lexicon, nets
from salpi.evidence.judges.cast import Cast
from salpi.evidence.judges.index import Index
from salpi.evidence.judges.indicator import join, split
from salpi.evidence.judges.kernel import total
from salpi.evidence.judges.lexicon import Lexicon
from salpi.evidence.judges.memo import Memo
from salpi.evidence.judges.moments import grain, tense
from salpi.evidence.judges.names import canonical, linked, runs
from salpi.evidence.judges.nets import Candidate, Choosing, Group, Layer, place
from salpi.evidence.judges.persons import people
from salpi.evidence.judges.roles import ROLES, WHOLE, in_role
from salpi.evidence.judges.rows import Held, Rows
from salpi.evidence.judges.seeing import Seeing
from salpi.evidence.judges.senses import senses
from salpi.evidence.judges.tables import best, best_of_many, runner_up
from salpi.evidence.judges.traits import named
from salpi.evidence.judges.weights import STEPS, bundled, pack, unpack
from salpi.evidence.judges.words import Words
from salpi.evidence.record import Document


def layer(*names: str, columns: list[list[float]]) -> Layer:
    """A layer of these names; the last column counts them."""
    rows = np.array([[*row, 1.0] for row in columns], np.float32)
    return Layer(Index.of(names), Rows.of(rows))


def test_a_candidate_adds_to_the_layer_what_the_number_says_beside_it():
    net = Choosing(
        own=layer("a", "b", "c", columns=[[1, 0, 10], [3, -9, 20], [0, 2, 30]]),  # two of the layer, one straight
        about=layer("x", "y", columns=[[0, 1], [0, 3]]),
        bias=np.array([0, -1], np.float32),
        out=np.array([1, 100], np.float32),
    )
    shared = Group([(named, "a", "b")])
    candidates = [
        Candidate([shared], [(named, "unknown")]),
        Candidate([], []),
        Candidate([], [(named, "c"), (named, "c")]),
        Candidate([shared], []),
    ]
    heard = 4 / np.sqrt(2) - 1
    of_shared = 30 + 4 / np.sqrt(2) + 100 * max(0.0, -9 / np.sqrt(2) + heard)
    for _ in range(2):  # what is remembered says the same
        scores = net.scores(candidates, [(named, "x"), (named, "y", "unknown")])
        wanted = [of_shared, 100 * heard, 60 + 100 * (4 / np.sqrt(2) + heard), of_shared]
        assert scores == pytest.approx(wanted, rel=1e-6)


@pytest.mark.uncompiled
def test_a_layer_forgets_without_harm_to_who_still_counts_on_it(monkeypatch):
    monkeypatch.setattr(nets, "ROOM", 0)
    found = layer("a", "b", columns=[[1], [2]])
    group = Group([(named, "a"), (named, "b")])
    memo = found.memo()
    place([group], memo)
    places = group.at
    again = found.memo()
    assert again is not memo
    assert memo.sums[places].tolist() == [[1, 1], [2, 1]]
    place([group], again)
    assert again.sums[group.at].tolist() == [[1, 1], [2, 1]]
    memo = found.memo()
    places = memo.places([(named, "b", "b"), (named, "a")])
    assert total(memo.held, places) == [5, 3]


def test_a_memo_learns_a_key_once_as_long_as_it_is_asked_for():
    learned = list[str]()

    def learn(into: Held, keys: dict[str, int]) -> None:
        learned.extend(keys)
        for key, at in keys.items():
            into.array[2 * at : 2 * at + 2] = [[len(key)], [-len(key)]]

    memo = Memo(learn, columns=1, rows=2, room=2 * 408)
    for each in (["a", "bb", "a"], ["ccc"], ["dddd", "bb"], ["a"], ["bb"], ["eeeee"], ["a", "bb", "dddd"]):
        memo = memo.young()
        at = np.array(memo.places(each))
        assert memo.sums[2 * at, 0].tolist() == [len(key) for key in each]
        assert memo.sums[2 * at + 1, 0].tolist() == [-len(key) for key in each]
        assert memo.before is None or memo.before.before is None
    assert learned == ["a", "bb", "ccc", "dddd", "a", "eeeee", "dddd"]  # "bb" has never been long away
    at = np.array(memo.places([str(10 * key) for key in range(9_000)]))  # it grows, and keeps what it has
    assert set(memo.sums[2 * at, 0]) == {1, 2, 3, 4, 5}
    assert memo.sums[2 * np.array(memo.places(["a", "dddd"])), 0].tolist() == [1, 4]


@pytest.mark.uncompiled
def test_a_lexicon_adds_what_a_word_is_in_its_role_and_forgets_without_harm(monkeypatch):
    monkeypatch.setattr(lexicon, "ROOM", 0)
    index = Index.of(["l=a", "r=a", "any=a", "any=b"])
    rows = np.array([[1, 0], [0, 10], [100, 0], [100, 0]], np.float32)
    parts = ((WHOLE, "l="),), ((WHOLE, "r="),), ((WHOLE, "any="),)
    found = Lexicon(index, Rows.of(rows), parts, ((0,), (1, 2)))
    words, sums = found.of(["a", "b", "a"])
    at = 2 * np.array(words)
    assert sums.array[at].tolist() == [[1, 0], [0, 0], [1, 0]]
    assert sums.array[at + 1].tolist() == [[100, 10], [100, 0], [100, 10]]
    again, anew = found.of(["e", "b", "a"])  # too many: it begins anew
    assert anew.array is not sums.array
    assert anew.array[2 * np.array(again)].tolist() == [[0, 0], [0, 0], [1, 0]]
    assert sums.array[at].tolist() == [[1, 0], [0, 0], [1, 0]]


def test_a_word_has_the_same_names_in_a_role_as_the_sums_of_its_pieces():
    words = ["order book", "수출액은", "약", "#", "$", "order-book", "선"]
    seeing = Seeing(bundled())
    known, held = seeing.lexicon.of(words)
    index, rows = seeing.around.index, seeing.around.rows
    for word, number in zip(words, known, strict=True):
        for role in range(len(ROLES)):
            known = [row for row in index.find(in_role(role, word)) if row >= 0]
            assert held.array[number * len(ROLES) + role] == pytest.approx(rows.at(known).sum(axis=0), abs=1e-5)


@given(st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=9))
def test_the_best_has_its_share_of_all(scores):
    place, sure = best(scores)
    assert place == scores.index(max(scores))
    shares = np.exp(np.array(scores) - max(scores))
    assert sure == pytest.approx(1 / shares.sum(), rel=1e-5)
    many, as_sure = best_of_many(np.array(scores, np.float32))
    assert many == place
    assert as_sure == pytest.approx(sure, rel=1e-5)
    next_best = runner_up(scores, place)
    assert (next_best is None) == (len(scores) == 1)
    assert next_best is None or (next_best != place and scores[next_best] == sorted(scores)[-2])


def test_calibration_keeps_the_order_and_brings_down_what_is_too_sure():
    said = [0.0, 0.1, 0.5, 0.9, 0.99, 1.0]
    found = [bundled().honest(sure) for sure in said]
    assert found == sorted(found)
    assert all(0 < one < 1 for one in found)
    assert found[-2] < 0.99


def test_words_stand_in_their_classes():
    known = senses()
    assert "sell-abroad" in known.of("exports")
    assert "sell-abroad" in known.of("수출액은")
    assert {"medicine", "sell-abroad"} <= set(known.of("의약품수출이"))
    assert "order-contract" in known.of("수주") or "order-contract" in known.of("누적수주")
    assert known.of("of") == known.of("zzz") == ()
    words = Words.of("The order book held $5 billion, a record.")
    assert words.words[1:4] == ["order", "order book", "held"]
    assert "#" in words.words


def test_the_archive_keeps_what_was_packed_and_is_the_same_each_time():
    def sparse(array):
        places = np.flatnonzero(array.ravel())
        return array.shape, places, array.ravel()[places]

    rows = np.array([[0.31, -0.02, 0], [-3.1, 0.1, 1.5]], np.float32)
    two = np.array([[0.5, 0], [0, -2]], np.float32)
    tables = {
        "around": (["a", "b"], rows),
        "around.bias": ([], sparse(np.array([[0.5, 0, 1]], np.float32))),
        "around.bases": ([], sparse(two)),
        "around.forms": ([], sparse(two)),
        "shared": (["lit", "C0"], sparse(np.array([[1.5], [0.25]], np.float32))),
        "status": (["a", "b"], sparse(two)),
    }
    for name in ("subject", "period", "unit"):
        tables |= {name: (["a", "b"], rows), f"{name}.asked": (["", "w"], rows[:, :2]), f"{name}.layer": ([], sparse(two))}
    meta = {"bases": ["", "exports"], "concepts": ["none", "c:exports"], "forms": ["none", "level"]}
    data = pack(tables, meta)
    assert data == pack(tables, meta)
    found = unpack(data)
    step = np.abs(rows).max(axis=1, keepdims=True) / STEPS
    measuring = found.measuring.rows.at([0, 1])
    assert (np.abs(measuring[:, :-1] - rows) <= step * 0.51).all()
    assert measuring[:, -1].tolist() == [1, 1]
    assert found.measuring.bias.tolist() == [0.5, 0, 1]
    assert found.status.rows.at([0, 1]).tolist() == two.tolist()
    assert found.shared.weights == {"lit": 1.5, "C0": 0.25}
    assert found.subject.about.rows.at([0, 1]).shape == (2, 3)
    assert (found.period.bias.tolist(), found.period.out.tolist()) == ([0.5, 0], [0, -2])


def test_the_bundled_weights_know_the_plans_ids(catalogue):
    weights = bundled()
    assert {split(id, catalogue.ids)[0] for id in catalogue.ids} <= set(weights.bases)


def test_ids_are_taken_apart_and_put_together(catalogue):
    for id in catalogue.ids:
        assert join(*split(id, catalogue.ids), catalogue.ids) == id
        if id != "investment.bio":  # its growth has an id of its own in the catalogue
            assert join(*split(f"{id}.growth", catalogue.ids), catalogue.ids) == f"{id}.growth"
    assert join("investment.bio", "growth", catalogue.ids) == "investment.growth"
    assert split("exports.pharma.share.change", catalogue.ids) == ("exports.pharma", "share.change")
    assert join("", "level", catalogue.ids) is None


def test_capitals_make_names_and_short_forms_stand_for_long_ones():
    text = "Tarn Bio Works (TBW) said so. Shares of Tarn rose. The Ministry and Outlook are no firms. On Monday TBW fell."
    found = [name for _, _, name in runs(text, [])]
    links = linked(Counter(canonical(name) for name in found))
    assert links["Tarn"] == links["TBW"] == "Tarn Bio Works"
    assert "Monday" not in found
    assert all(text[start:end] == name for start, end, name in runs(text, []))


@pytest.mark.parametrize(
    ("names", "links"),
    [
        (["Caligen", "Caligen Cellworks"], {"Caligen": "Caligen Cellworks"}),
        (["Viatris", "Viatris Korea"], {}),  # another company
        (["Tarn", "Tarn Vaccines", "Tarn Genetics"], {}),  # which of the two?
        (["Northern Reach", "Northern Reach & Medtrex"], {}),
        (["Tarn", "Quillmoor & Tarn"], {"Tarn": "Quillmoor & Tarn"}),
        (["Tarn", "Quillmoor", "Quillmoor & Tarn"], {}),  # two that stand together
        (["Serrano", "Laboratório Serrano"], {"Serrano": "Laboratório Serrano"}),
    ],
)
def test_a_short_name_stands_for_the_one_that_it_begins(names, links):
    assert {name: full for name, full in linked(names, {"Korea"}).items() if name != full} == links


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rival Siegfrid kept its sales flat.", ["Siegfrid"]),
        ("We've got Pelivant, and Twenty people.", ["Pelivant"]),
        ("They sell Tarnex's Rosuvet in Spain.", ["Tarnex", "Rosuvet", "Spain"]),
        ("Helixa Announces Results.", ["Helixa"]),
        ("It had EBITDA of CHF 20 million.", []),
        ("Quillmoor        Madison", ["Quillmoor", "Madison"]),
        ("Quillmoor Works -- Facts at a glance", ["Quillmoor Works", "Facts"]),
        ("Mainz-based Quillmoor sold more. Family-owned firms did not.", ["Quillmoor"]),
        ("UPDATE 2-Quillmoor trims outlook", ["Quillmoor"]),
        ("The Department of Economic Affairs met Quillmoor of Leeds.", ["Quillmoor", "Leeds"]),
        ("Financial Results of Quillmoor Lifesciences", ["Quillmoor Lifesciences"]),
        ("Quillmoor Fact Sheet", ["Quillmoor"]),
        ("QX-07은 임상에 들었다. K-바이오가 뜬다.", ["QX-07"]),
    ],
)
def test_names_end_where_others_begin(text, names):
    assert [name for _, _, name in runs(text, [])] == names


def test_people_are_told_by_their_role_their_speech_and_their_part_in_a_conversation():
    text = (
        "Ada: How was it?\nTarn: It was well.\nAda: Thanks.\nTarn: Gladly.\n"
        "With Bo Tarn was Cy Dorn, the chief economist, said Park Ga-on. Quillmoor Works and Dorn agreed."
    )
    found = runs(text, [])
    assert people(text, found) == {"Ada", "Tarn", "Bo Tarn", "Cy Dorn", "Dorn", "Park Ga-on"}
    assert people(text, found, {"Dorn Pharma"}) == {"Ada", "Tarn", "Bo Tarn", "Cy Dorn", "Park Ga-on"}


def test_a_name_that_heads_lines_is_what_they_are_about(catalogue):
    page = Page("Trials by country\n\nSpain\nOvertook Germany. In all, 834 studies.\n\nJapan\n500 studies.", catalogue)
    cast = Cast.of(page)
    assert cast.section(page.text.index("834")) == "Spain"
    assert cast.section(page.text.index("500")) == "Japan"
    assert cast.section(3) is None


def test_an_owner_is_no_part_of_a_companys_name(catalogue):
    page = Page("They sold Ireland's Shannonside Biologics to Corral Pharma Solutions plc. Corral paid.", catalogue)
    assert {"Shannonside Biologics", "Corral Pharma Solutions"} <= set(Cast.of(page).by)


def test_the_next_number_hears_how_sure_the_one_before_was(catalogue):
    text = "SEOUL, Feb. 3, 2025 -- Denmark exported medicines worth $24 billion in 2024, and imported some for $9 billion."
    extraction = Extraction(Document("0" * 64, "n", text), catalogue)
    extraction.claims()
    assert len(extraction.judge.said.named) == 2
    for decided in extraction.judge.said.named:
        assert all(doubt in "012" for doubt in decided.doubts)
        for doubt, rival in zip(decided.doubts, decided.rivals, strict=True):
            assert doubt != "0" or rival is None


def test_a_place_that_heads_a_report_is_no_subject(catalogue):
    page = Page("SEOUL, Feb. 3, 2025 -- Exports of medicines from Busan came to $2 billion.", catalogue)
    assert "Seoul" not in Cast.of(page).by
    assert "Busan" in Cast.of(page).by


@pytest.mark.parametrize(
    ("found", "size", "when"),
    [("2024", "Y", "-1"), ("2025-H1", "H", "0f"), ("2025-01", "M", "0p"), ("2026/2030", "R", "+"), (None, "N", "n")],
)
def test_grain_and_tense(catalogue, found, size, when):
    page = Page("A note.", catalogue, date(2025, 2, 3))
    assert (grain(found), tense(page, found)) == (size, when)


def test_each_decision_is_told_to_the_next_and_scores_are_probabilities(catalogue):
    text = "SEOUL, Feb. 3, 2025 -- Denmark exported medicines worth $24 billion in 2024, up from $20 billion the year before."
    extraction = Extraction(Document("0" * 64, "n", text), catalogue)
    found = extraction.claims()
    assert [(claim.indicator, claim.subject) for claim in found] == [("exports.pharma", "Denmark")] * 2
    assert len(extraction.judge.said.named) == 2
    assert all(0 < claim.score <= 1 for claim in found)


def test_the_order_of_documents_does_not_matter(catalogue):
    one = Document("1" * 64, "one", "SEOUL, Feb. 3, 2025 -- Celltrion had sales of 3.5 trillion won in 2024.")
    two = Document("2" * 64, "two", "2025. 2. 3.\n\n지난해 의약품 수출은 92억 달러였다.")
    forth = [extract_claims(document, catalogue) for document in (one, two)]
    back = [extract_claims(document, catalogue) for document in (two, one)]
    assert forth == back[::-1]
