"""An endpoint is checked before anything is sent: https, or http on this machine; a key from the environment only."""

from __future__ import annotations

import pytest
from fake_endpoint import SECRET

from salpi.evidence.language_model.endpoint import ModelFault, endpoint


def test_off_unless_named():
    assert endpoint(None, None, {"SALPI_ENDPOINT_KEY": SECRET}) is None
    assert endpoint("", "", {}) is None


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://models.example/v1", "https://models.example/v1/chat/completions"),
        ("https://models.example/v1/", "https://models.example/v1/chat/completions"),
        ("https://models.example:8443/v1/chat/completions", "https://models.example:8443/v1/chat/completions"),
        ("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions"),
        ("http://127.0.0.2:1/v1", "http://127.0.0.2:1/v1/chat/completions"),
        ("http://[::1]:1/v1", "http://[::1]:1/v1/chat/completions"),
    ],
)
def test_the_address_that_is_asked(url, asked):
    assert endpoint("m", url, {}).url == asked


@pytest.mark.parametrize(
    ("model", "url", "words"),
    [
        ("m", None, "--endpoint URL is missing"),
        (None, "https://models.example/v1", "--language-model NAME is missing"),
        ("m", "http://models.example/v1", "use https"),
        ("m", "http://10.0.0.8/v1", "use https"),
        ("m", "http://localhost.example/v1", "use https"),
        ("m", "http://127.0.0.1.example/v1", "use https"),
        ("m", "ftp://models.example/v1", "no http or https address"),
        ("m", "models.example/v1", "no http or https address"),
        ("m", "https://", "no http or https address"),
        ("m", "https://models.example:99999/v1", "is no address"),
        ("m", "https://models.example/v1\r\nX-Other: 1", "no http or https address"),
        ("m", f"https://user:{SECRET}@models.example/v1", "SALPI_ENDPOINT_KEY"),
        ("m", f"https://models.example/v1?key={SECRET}", "SALPI_ENDPOINT_KEY"),
        ("m\nn", "https://models.example/v1", "one line"),
    ],
)
def test_what_cannot_be_asked_is_one_line_without_secrets(model, url, words):
    with pytest.raises(ModelFault, match=r".") as caught:
        endpoint(model, url, {})
    message = str(caught.value)
    assert words in message
    assert "\n" not in message
    assert SECRET not in message


def test_a_key_that_would_break_the_header_is_refused_unshown():
    with pytest.raises(ModelFault) as caught:
        endpoint("m", "https://models.example/v1", {"SALPI_ENDPOINT_KEY": f"{SECRET}\r\nX-Other: 1"})
    assert SECRET not in str(caught.value)


def test_the_key_is_in_no_repr():
    assert SECRET not in repr(endpoint("m", "https://models.example/v1", {"SALPI_ENDPOINT_KEY": SECRET}))
