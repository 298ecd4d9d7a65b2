"""The same question is asked once; what was tampered with is asked anew; another text, model or catalogue is another question."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import date

import pytest
from fake_endpoint import claim, claiming

from salpi.evidence.language_model import cache
from salpi.evidence.language_model.beside import LanguageModel
from salpi.evidence.language_model.endpoint import ModelFault
from salpi.evidence.language_model.prompt import PORTION, portions
from salpi.evidence.record import Document

LINE = "국내 바이오 기업 수는 1340으로 늘었다."
NOTE = Document("0" * 64, "note.txt", LINE + "\n")
FIRMS = claim("기업 수는 1340", LINE, 1340, "count", indicator="companies.biotech", subject="South Korea")


@pytest.fixture
def asked_once(model, fake) -> LanguageModel:
    fake.script = [claiming(FIRMS)]
    made = model()
    assert made(NOTE, ()).tally == {"portions": 1, "added": 1}
    assert len(fake.asked) == 1
    return made


def test_the_same_document_costs_no_second_call(asked_once, fake):
    again = asked_once(NOTE, ())
    assert again.tally == {"portions": 1, "cached": 1, "added": 1}
    assert [one.text for one in again.claims] == ["1340"]
    assert len(fake.asked) == 1
    assert asked_once(replace(NOTE, name="copy.txt", sha256="1" * 64), ()).tally["cached"] == 1


@pytest.mark.parametrize("change", ["text", "date", "title", "model", "catalogue"])
def test_another_question_is_another_entry(asked_once, fake, change):
    made, note = asked_once, NOTE
    if change == "text":
        note = replace(note, text=note.text.replace("늘었다", "늘어났다"))
    elif change == "date":
        note = replace(note, published=date(2025, 1, 2))
    elif change == "title":
        note = replace(note, title="바이오 기업")
    elif change == "model":
        made = replace(made, endpoint=replace(made.endpoint, model="other-model"))
    else:
        made = replace(made, ids={id: it for id, it in made.ids.items() if id != "exports.bio"})
    assert "cached" not in made(note, ()).tally
    assert len(fake.asked) == 2


@pytest.mark.parametrize("how", ["changed", "cut", "mark", "moved", "no mark"])
def test_an_entry_that_was_tampered_with_is_asked_for_anew(asked_once, fake, how):
    (file,) = asked_once.answers.glob("*.json")
    mark = file.with_suffix(".sha256")
    if how == "changed":
        file.write_bytes(file.read_bytes().replace(b"companies.biotech", b"clusters.count"))
    elif how == "cut":
        file.write_bytes(file.read_bytes()[:-3])
    elif how == "mark":
        mark.write_bytes(b"\xff" * 64)
    elif how == "moved":  # another question's entry, whole, under this name
        cache.put(asked_once.answers, "f" * 64, '{"claims": []}')
        file.write_bytes((asked_once.answers / f"{'f' * 64}.json").read_bytes())
        mark.write_bytes((asked_once.answers / f"{'f' * 64}.sha256").read_bytes())
    else:
        mark.unlink()
    assert asked_once(NOTE, ()).tally == {"portions": 1, "added": 1}
    assert len(fake.asked) == 2
    assert asked_once(NOTE, ()).tally["cached"] == 1  # mended


def test_a_forged_answer_passes_the_same_checks(asked_once, fake):
    (file,) = asked_once.answers.glob("*.json")
    cache.put(
        asked_once.answers,
        file.stem,
        '{"claims": [{"quote": "9 trillion", "context": "x", "value": 9, "unit": "USD", "status": "actual"}]}',
    )
    found = asked_once(NOTE, ())
    assert (found.claims, found.tally) == ((), {"portions": 1, "cached": 1, "dropped: quote": 1})


def test_entries_are_the_users_own_and_nothing_is_left_behind(asked_once):
    files = sorted(path.suffix for path in asked_once.answers.iterdir())
    assert files == [".json", ".sha256"]
    assert stat.S_IMODE(asked_once.answers.stat().st_mode) == 0o700
    assert all(not path.stat().st_mode & 0o077 for path in asked_once.answers.iterdir())


def test_a_cache_that_takes_nothing_costs_the_next_run_a_call(asked_once, fake, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache, "keep", full)
    tally = asked_once(replace(NOTE, title="other"), ()).tally
    assert tally == {"portions": 1, "not kept": 1, "added": 1}


def test_a_folder_that_others_may_write_to_is_refused(tmp_path, monkeypatch):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o777)
    monkeypatch.setenv("SALPI_CACHE", str(tmp_path / "shared"))
    with pytest.raises(ModelFault, match="others may write"):
        cache.folder()


def test_portions_hold_whole_sentences_in_order():
    sentences = [(at, at + 900) for at in range(0, 20_000, 1000)]
    found = portions(sentences)
    assert found[0][0] == 0
    assert found[-1][1] == sentences[-1][1]
    assert all(end - start <= PORTION for start, end in found)
    assert all(any((start, end) == (a, b) or (start <= a and b <= end) for start, end in found) for a, b in sentences)
    assert portions([(0, 3 * PORTION)]) == [(0, 3 * PORTION)]


def test_a_long_document_is_asked_about_in_portions_and_the_rest_is_counted(model, fake, monkeypatch):
    monkeypatch.setattr("salpi.evidence.language_model.beside.PORTIONS", 2)
    fake.script = [claiming()]
    text = "".join(f"{number} paragraphs hold words of no weight whatsoever, and then some more.\n" for number in range(10, 400))
    tally = model()(replace(NOTE, text=text), ()).tally
    assert tally["portions"] == 2
    assert tally["left out"] >= 2
