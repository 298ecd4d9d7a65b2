"""Which language model is asked, and where: checked before anything is sent."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from salpi.evidence.documents.refused import MB
from salpi.evidence.printable import printable

KEY = "SALPI_ENDPOINT_KEY"
"""The variable that holds the key: never an option (others see those), never a file."""
PATH = "/chat/completions"


class ModelFault(ValueError):
    """A language model that cannot be asked as it was named; the message is one line."""


@dataclass(frozen=True)
class Bounds:
    """What a question may cost. Seconds, bytes, tries. *Assumptions*: a portion's answer takes a hosted model 5 to 20 s."""

    connect: float = 10.0
    answer: float = 90.0
    """One question with all its tries."""
    document: float = 300.0
    """All questions about one document."""
    bytes: int = 4 * MB
    """Of one answer: a portion's claims have a few thousand."""
    tries: int = 4
    """Of a question that the server puts off (429) or fails at (5xx)."""
    first_wait: float = 0.5
    """Before the second try; doubled before each further one."""
    longest_wait: float = 20.0
    """A server that asks for more patience is taken at its word for so long at most."""


@dataclass(frozen=True)
class Endpoint:
    """``url`` is that of the chat completions. The key is in no message and no ``repr``."""

    model: str
    url: str
    key: str | None = field(default=None, repr=False)
    bounds: Bounds = field(default_factory=Bounds)


def endpoint(model: str | None, url: str | None, environment: Mapping[str, str], bounds: Bounds | None = None) -> Endpoint | None:
    """The endpoint that was named, None where none was. Raises ModelFault."""
    if not model and not url:
        return None
    if not model or not url:
        missing = "--endpoint URL" if model else "--language-model NAME"
        raise ModelFault(f"--language-model and --endpoint belong together: {missing} is missing")
    if len(model) > 200 or printable(model) != model:
        raise ModelFault("--language-model must be the model's name in one line")
    key = environment.get(KEY) or None
    if key is not None and not (key.isascii() and key.isprintable() and " " not in key):
        raise ModelFault(f"{KEY} holds characters that no key has (blanks, line ends); set it to the key alone")
    return Endpoint(model, _checked(url), key, bounds or Bounds())


def _checked(url: str) -> str:
    shown = printable(url) if "@" not in url else "the address"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ModelFault(f"--endpoint {shown} is no address; write e.g. https://models.example/v1") from None
    if parts.username or parts.password or "@" in parts.netloc:
        raise ModelFault(f"--endpoint holds a user name or a password; the key belongs into {KEY}")
    if parts.scheme not in ("http", "https") or not host or not url.isascii() or not url.isprintable() or " " in url:
        raise ModelFault(f"--endpoint {shown} is no http or https address; write e.g. https://models.example/v1")
    if parts.query or parts.fragment:
        raise ModelFault(f"--endpoint must end with its path, without ? or #; a key belongs into {KEY}")
    if parts.scheme == "http" and not is_loopback(host):
        raise ModelFault(f"--endpoint {shown}: http is for this machine only (localhost); elsewhere use https")
    path = parts.path.rstrip("/")
    return parts._replace(path=path if path.endswith(PATH) else path + PATH).geturl()


def is_loopback(host: str) -> bool:
    """Whether a name or an address is this machine, by its letters alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
