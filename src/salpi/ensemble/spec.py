"""What a worker needs to run any shard of a job: a spec and the plan's text, each checked before anything runs."""

from __future__ import annotations

import hashlib
import json
import threading
import zlib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import salpi
from salpi.decide.outlook import Question
from salpi.ensemble.faults import EnsembleFault
from salpi.ensemble.job import Job, Session
from salpi.ensemble.parts import CardPart, FanPart
from salpi.model.scenario import Scenario
from salpi.plan import Plan
from salpi.plan.carry import from_text, to_text

DIGITS = 12
"""Of a hash, in a message."""
KEPT = 4
"""Sessions that a worker keeps: as many ensembles can run on it side by side."""


@dataclass(frozen=True)
class Spec:
    """A job as plain JSON; the plan's text goes beside it.

    ``plan`` is the hash of the plan's content, ``text`` that of its text, ``code`` that of this package's code.
    """

    plan: str
    text: str
    scenario: str
    seed: int
    draws: int
    asked: tuple[Question, ...] | None
    version: str
    code: str

    @staticmethod
    def of(job: Job) -> tuple[Spec, bytes]:
        """The spec, and the plan's text, packed."""
        text = to_text(job.plan).encode()
        made = Spec(
            plan=job.plan.hash,
            text=_sha(text),
            scenario=job.scenario.key(),
            seed=job.seed,
            draws=job.draws,
            asked=job.asked,
            version=salpi.__version__,
            code=code(),
        )
        return made, zlib.compress(text)

    def to_text(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)

    @staticmethod
    def from_text(text: str) -> Spec:
        found: dict[str, Any] = json.loads(text)
        asked = found.pop("asked")
        return Spec(**found, asked=None if asked is None else tuple(Question(**q) for q in asked))

    def job(self, plan: Plan) -> Job:
        return Job(plan, Scenario.from_json(json.loads(self.scenario)), self.draws, self.seed, self.asked)


@cache
def code() -> str:
    """The hash of this package's code: two machines with one hash run the same equations."""
    root = Path(salpi.__file__).parent
    made = hashlib.sha256()
    for file in sorted(root.rglob("*.py")):
        made.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n"))
    return made.hexdigest()


_sessions: dict[str, Session] = {}
_lock = threading.Lock()


def shard(spec: str, plan: bytes, first: int, last: int) -> FanPart | CardPart:
    """One shard on a worker, from texts alone. Raises EnsembleFault where spec and worker do not fit, or the model fails."""
    from salpi.engine.block import NotFinite
    from salpi.engine.run import ModelError
    from salpi.engine.wiring import WiringError

    try:
        return _session(spec, plan).part(first, last)
    except (NotFinite, ModelError, WiringError) as error:
        raise EnsembleFault(str(error)) from None


def _session(spec: str, plan: bytes) -> Session:
    with _lock:
        if spec not in _sessions:
            asked = _fitting(spec)
            text = zlib.decompress(plan)
            if _sha(text) != asked.text:
                raise EnsembleFault("the plan's text came over changed: its hash is another; run the command again")
            data = from_text(text.decode())
            if data.hash != asked.plan:
                raise EnsembleFault("the plan's text is of another plan than the spec; run the command again")
            while len(_sessions) >= KEPT:
                _sessions.pop(next(iter(_sessions)))
            _sessions[spec] = Session(asked.job(data))
        return _sessions[spec]


def _fitting(text: str) -> Spec:
    """The spec, if this worker's salpi is the one that wrote it."""
    told: dict[str, Any] = json.loads(text)
    mine = {"version": salpi.__version__, "code": code()}
    if any(told.get(k) != v for k, v in mine.items()):
        theirs = f"{told.get('version')} (code {str(told.get('code'))[:DIGITS]})"
        raise EnsembleFault(
            f"a worker has salpi {mine['version']} (code {mine['code'][:DIGITS]}), this is salpi {theirs}: "
            "install the same on both, and start the workers again"
        )
    return Spec.from_text(text)


def _sha(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()
