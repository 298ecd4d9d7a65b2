"""Each way in which an endpoint fails is one clear line, in bounded time and memory, and the key is in none of them."""

from __future__ import annotations

import json
import logging
import socket

import pytest
from fake_endpoint import SECRET, claiming, saying, sending

from salpi.evidence.documents.refused import Refused
from salpi.evidence.language_model.prompt import schema
from salpi.evidence.record import Added, Document

NOTE = Document("0" * 64, "note.txt", "The drug makers are at 1,340.\n")


def refused(model, document: Document = NOTE) -> str:
    with pytest.raises(Refused) as caught:
        model(document, ())
    line = str(caught.value)
    assert "\n" not in line
    assert SECRET not in line
    assert line.startswith("note.txt: not taken in: the language model at http")
    assert line.endswith("run the same command again, or without the model")
    return line


def test_the_question_has_key_model_schema_and_text(model, fake):
    fake.script = [claiming()]
    model()(NOTE, ())
    assert fake.paths == ["/v1/chat/completions"]
    assert fake.headers[0]["Authorization"] == f"Bearer {SECRET}"
    (asked,) = fake.asked
    assert (asked["model"], asked["temperature"]) == ("test-model", 0)
    assert asked["response_format"]["json_schema"]["schema"] == schema()
    assert "- exports.pharma: money; Pharma exports\n" in asked["messages"][0]["content"]
    assert json.loads(asked["messages"][1]["content"]) == {"title": None, "published": None, "text": NOTE.text.rstrip("\n")}


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_put_off_once_it_is_asked_again(model, fake, waits, status):
    fake.script = [sending(status), claiming()]
    assert model()(NOTE, ()).tally == {"portions": 1}
    assert len(fake.asked) == 2
    assert waits.seconds == [0.5]


def test_the_server_says_how_long_to_wait_within_reason(model, fake, waits):
    fake.script = [sending(429, Retry_After="3"), sending(429, Retry_After="86400"), sending(429, Retry_After="soon"), claiming()]
    model()(NOTE, ())
    assert waits.seconds == [3, 20, 2]


def test_a_server_that_fails_for_ever_is_given_up(model, fake, waits):
    fake.script = [sending(500)]
    made = model()
    assert "still answers 500 after 4 tries" in refused(made)
    assert len(fake.asked) == 4
    assert waits.seconds == [0.5, 1, 2]
    refused(made)
    refused(made)
    asked = len(fake.asked)
    refused(made)
    assert len(fake.asked) == asked  # after three questions in a row without an answer no more are put


def test_no_try_begins_that_could_not_end_in_time(model, fake, waits):
    fake.script = [sending(503, Retry_After="15")]
    refused(model(answer=10.0))
    assert waits.seconds == []


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (
            sending(401, json.dumps({"error": {"message": f"bad key {SECRET}"}}).encode()),
            "refuses the key (401); set SALPI_ENDPOINT_KEY",
        ),
        (
            sending(404, b'{"error": {"message": "no model test-model"}}'),
            "knows no such address or model (404): no model test-model",
        ),
        (sending(404, b"<html>gone</html>"), "knows no such address or model (404)"),
        (sending(302, Location="http://127.0.0.1:1/"), "leads elsewhere (302)"),
        (sending(200, b"<html>Welcome</html>"), "does not answer as an OpenAI-compatible endpoint does"),
        (sending(200, b'{"choices": []}'), "does not answer as an OpenAI-compatible endpoint does"),
        (sending(200, b"[" * 100_000), "does not answer as an OpenAI-compatible endpoint does"),
        (sending(200, b'{"choices": [7]}'), "does not answer as an OpenAI-compatible endpoint does"),
    ],
)
def test_a_wrong_endpoint_is_one_line_and_asked_once(model, fake, script, words):
    fake.script = [script]
    made = model()
    assert words in refused(made)
    refused(made)
    assert len(fake.asked) == 1


def test_a_question_that_is_refused_says_why_and_does_not_cost_the_next_document(model, fake):
    fake.script = [sending(400, json.dumps({"error": f"wrong\n\x1b[31m {SECRET}"}).encode()), claiming()]
    made = model()
    assert "refuses the question (400): wrong\\n\\x1b[31m …" in refused(made)
    assert made(NOTE, ()).tally == {"portions": 1}


def test_a_refused_connection_is_one_line(model):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert "cannot be reached (ConnectError)" in refused(model(f"http://127.0.0.1:{port}/v1"))


def test_a_server_that_says_nothing_ends_in_time(model, fake):
    fake.script = [lambda handler, body: fake.stop.wait(30)]
    assert "took longer than 0.3 seconds" in refused(model(answer=0.3))


def test_a_server_that_drips_ends_in_time(model, fake):
    def drip(handler, body):
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
        while not fake.stop.wait(0.05):
            handler.wfile.write(b"X-A: 1\r\n")
            handler.wfile.flush()

    fake.script = [drip]
    assert "took longer than 0.4 seconds" in refused(model(answer=0.4))


def test_a_document_has_a_time_of_its_own(model, fake):
    fake.script = [lambda handler, body: fake.stop.wait(30)]
    assert "took longer" in refused(model(document=0.3))


def test_an_answer_without_end_is_cut(model, fake):
    def endless(handler, body):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b" " * 100_000)

    fake.script = [endless]
    assert "answers with more than 1 MB" in refused(model(bytes=1_000_000))


@pytest.mark.parametrize(
    "script",
    [
        saying("I could not find any claims."),
        saying(""),
        saying('{"claims": [{"quote": "1,340", "con'),
        saying('{"claims": []}', finish="length"),
        saying('{"claims": {"quote": "1,340"}}'),
        saying('[{"quote": "1,340"}]'),
        saying("null"),
        saying('{"claims": [NaN]}'),
        saying("[" * 100_000),
        saying('{"claims": [' + "9" * 10_000 + "]}"),
        sending(200, b'{"choices": [{"message": {"content": null}}]}'),
    ],
)
def test_an_answer_that_cannot_be_read_adds_nothing_is_counted_and_not_kept(model, fake, script):
    """The document goes in with what the grammar found: the model's words would be no better the next time."""
    fake.script = [script]
    made = model()
    for _ in range(2):
        assert made(NOTE, ()) == Added((), {"portions": 1, "unreadable": 1})
    assert len(fake.asked) == 2


def test_a_fence_around_the_answer_is_taken_off(model, fake):
    fake.script = [saying('```json\n{"claims": ["none"]}\n```')]
    assert model()(NOTE, ()).tally == {"portions": 1, "dropped: form": 1}


def test_the_key_is_in_no_log(model, fake, caplog):
    caplog.set_level(logging.DEBUG)
    fake.script = [sending(500), claiming()]
    made = model()
    made(NOTE, ())
    assert SECRET not in caplog.text
    assert SECRET not in repr(made)
