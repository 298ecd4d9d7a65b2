"""What a worker needs to run any shard of an ensemble: a spec and the plan's text, each checked before anything runs."""

from __future__ import annotations

import hashlib
import json
import threading
import zlib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import salpi
from salpi.decide.scorecard import questions
from salpi.ensemble.faults import EnsembleFault
from salpi.ensemble.parts import CardPart, FanPart, card_part, fan_part
from salpi.model.scenario import Scenario
from salpi.model.shards import Shards
from salpi.model.simulate import package_version
from salpi.plan import Plan
from salpi.plan.carry import from_text, to_text

Kind = Literal["fan", "card"]
SHOWN = 12
"""Digits of a hash that a message shows."""


@dataclass(frozen=True)
class Spec:
    """An ensemble: ``kind`` says which outputs are wanted (``fan``: every indicator by year; ``card``: what targets ask).

    ``plan`` is the hash of the plan's content, ``text`` the hash of its text, ``code`` that of this package's code.
    """

    kind: Kind
    plan: str
    text: str
    scenario: str
    seed: int
    draws: int
    version: str
    code: str
    engine: str = "auto"

    @staticmethod
    def of(kind: Kind, plan: Plan, scenario: Scenario, draws: int, seed: int) -> tuple[Spec, bytes]:
        """The spec, and the plan's text, packed."""
        text = to_text(plan).encode()
        made = Spec(kind, plan.hash, _sha(text), scenario.key(), seed, draws, package_version(), code())
        return made, zlib.compress(text)

    def to_text(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)

    @staticmethod
    def from_text(text: str) -> Spec:
        found: dict[str, Any] = json.loads(text)
        return Spec(**found)


@cache
def code() -> str:
    """The hash of this package's code: two machines with one hash run the same equations."""
    root = Path(salpi.__file__).parent
    made = hashlib.sha256()
    for file in sorted(root.rglob("*.py")):
        made.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n"))
    return made.hexdigest()


class Session:
    """A spec made ready in a process: any of its shards can be asked for, from several threads."""

    def __init__(self, spec: Spec, plan: Plan) -> None:
        self.spec, self.plan = spec, plan
        self._shards = Shards(plan, Scenario.from_json(json.loads(spec.scenario)), spec.draws, spec.seed, spec.engine)
        self._asked = questions(plan) if spec.kind == "card" else ()

    def part(self, first: int, last: int) -> FanPart | CardPart:
        """What the draws first … last-1 give, of the outputs that are wanted."""
        if self.spec.kind == "fan":
            return fan_part(self._shards, first, last)
        return card_part(self._shards, self._asked, first, last)


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
            _sessions.clear()  # a worker runs one ensemble after the other
            _sessions[spec] = Session(asked, data)
        return _sessions[spec]


def _fitting(text: str) -> Spec:
    """The spec, if this worker's salpi is the one that wrote it."""
    told: dict[str, Any] = json.loads(text)
    mine = {"version": package_version(), "code": code()}
    if any(told.get(k) != v for k, v in mine.items()):
        theirs = f"{told.get('version')} (code {str(told.get('code'))[:SHOWN]})"
        raise EnsembleFault(
            f"a worker has salpi {mine['version']} (code {mine['code'][:SHOWN]}), this is salpi {theirs}: "
            "install the same on both, and start the workers again"
        )
    return Spec.from_text(text)


def _sha(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()
