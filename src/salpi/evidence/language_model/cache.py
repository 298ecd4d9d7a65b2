"""Answers that were given before, by the question: the same document costs no second call.

They lie in the folder of the user's own that also keeps kernels (``SALPI_CACHE`` sets another), with the hash of their bytes
beside them; an answer that differs from its hash, or stands under another question's name, is asked for anew. What is kept is the
model's words, which pass all checks each time: whoever forges an answer gains no more than the model could say.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from salpi.engine.native import KernelError, intact, keep, safe_folder
from salpi.evidence.language_model.endpoint import ModelFault


def key(body: bytes) -> str:
    """The name of a question: the hash of all that is sent, that is of text, title, date, model, prompt and catalogue."""
    return hashlib.sha256(body).hexdigest()


def folder() -> Path:
    """The folder of answers, made if missing. Raises ModelFault where it cannot be written, or others may write to it."""
    try:
        made = safe_folder() / "answers"
        made.mkdir(mode=0o700, exist_ok=True)
    except KernelError as error:
        raise ModelFault(str(error)) from None
    except OSError as error:
        raise ModelFault(f"the cache folder cannot be made ({error.strerror}); set SALPI_CACHE to a folder of yours") from None
    return made


def get(place: Path, name: str) -> str | None:
    """The answer that is kept under a name, None where there is none or it is not what was put there."""
    file = place / f"{name}.json"
    if not intact(file, place / f"{name}.sha256"):
        return None
    try:
        entry = json.loads(file.read_bytes())
        return entry["answer"] if entry["question"] == name and isinstance(entry["answer"], str) else None
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None


def put(place: Path, name: str, answer: str) -> bool:
    """Keep an answer; False where the folder takes none (a full disk), which costs the next run a call."""
    data = json.dumps({"question": name, "answer": answer}).encode("ascii")
    try:
        keep(place, name, ".json", data)
    except OSError:
        return False
    return True
