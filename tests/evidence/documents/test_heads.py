"""Title, publisher and date of whole documents as they come: releases with forms, wire copy, pages, front matter, bulletins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from salpi.evidence.documents import Raw, read

HEADS = Path(__file__).parent / "heads"


def heads() -> Iterator[tuple[str, dict[str, str], str]]:
    for path in sorted(HEADS.glob("*.txt")):
        for part in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
            name, _, rest = part.partition("\n")
            said, _, text = rest.partition("\n---\n")
            lines = (line.partition(":") for line in said.splitlines())
            yield name.strip(), {key: value.strip() for key, _, value in lines}, text


@pytest.mark.parametrize(("name", "said", "text"), [pytest.param(*head, id=head[0]) for head in heads()])
def test_what_a_document_says_of_itself(name: str, said: dict[str, str], text: str) -> None:
    document = read(Raw(name, text.encode()))
    found = {"title": document.title, "publisher": document.publisher, "date": document.published}
    assert {key: str(value or "") for key, value in found.items()} == said
