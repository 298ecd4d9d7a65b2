"""The numbers that reconciliation goes by, each with its reason; a YAML file may set others."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from salpi.plan.schema import Grade

MOST = 1_000_000
"""Bytes of a file of rules: it holds a dozen lines."""


class RulesFault(ValueError):
    """A file of rules that cannot be used: ``lines`` has one for each fault."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True)
class Rules:
    """When a claim is taken in without a person, and what is conspicuous. All are *assumptions* until a record of reviews
    exists.
    """

    least_score: float = 0.95
    """A claim that is less likely to be right in every field waits for review; scores are calibrated on unseen annotated text."""
    least_quality: Grade = "B"
    """A source graded worse waits for review."""
    other_quality: Grade = "C"
    """The grade of a publisher that the plan does not know: one report."""
    rate_tolerance: float = 0.10
    """An amount given in two currencies may imply a rate so far from the year's mean: daily rates move by about 5 % around it."""
    jump: float = 3.0
    """A value so many times the nearest one known, or less than its inverse, is looked at first."""
    lumpy: float = 10.0
    """A part of a year may be so many times less than its share of a neighbouring year: flows are lumpy."""
    chance: float = 4.0
    """Counts that lie no more standard deviations apart, as Poisson counts, differ by chance: 2 approvals, then 7."""
    jump_years: float = 3.0
    """Values further apart in time are not compared for jumps."""
    sum_tolerance: float = 0.02
    """Parts may exceed their whole by so much: each is rounded."""
    about: float = 0.05
    """"About" and "nearly" are off by so much at most."""
    bound: float = 0.5
    """"Over 1,000" says little of 1,600: a bound agrees with a value that lies no more than this share beyond it."""

    @classmethod
    def read(cls, path: Path) -> Rules:
        """From a YAML file with any of these names. Raises RulesFault."""
        from salpi.plan import yamlfile

        try:
            if path.exists() and not path.is_file():
                raise RulesFault(f"{path}: is no plain file; give a YAML file")
            with open(path, "rb") as file:
                raw = file.read(MOST + 1)
            if len(raw) > MOST:
                raise RulesFault(f"{path}: is larger than {MOST // 1_000_000} MB: no file of rules is")
            data, _ = yamlfile.read(raw.decode("utf-8"))
        except OSError as error:
            raise RulesFault(f"{path}: cannot be read: {(error.strerror or 'no access').lower()}") from None
        except (UnicodeDecodeError, yamlfile.YamlFault) as error:
            raise RulesFault(f"{path}: is no YAML: {getattr(error, 'what', 'not UTF-8')}") from None
        if not isinstance(data, dict):
            raise RulesFault(f"{path}: must hold names with values, e.g. least_score: 0.9")
        return cls().changed(data, str(path))

    def changed(self, values: dict[str, Any], where: str = "rules") -> Rules:
        """The same with other values. Raises RulesFault for an unknown name or a value of the wrong kind."""
        known = {field.name for field in fields(self)}
        faults: list[str] = []
        for name, value in values.items():
            if name not in known:
                from salpi.plan.problems import nearest

                near = nearest(str(name), known)
                faults.append(f"{where}: there is no rule {name!r}" + (f" (did you mean {near!r}?)" if near else ""))
                continue
            graded = name.endswith("quality")
            if graded and value not in ("A", "B", "C", "D"):
                faults.append(f"{where}: {name} must be A, B, C or D, not {value!r}")
            if not graded and (isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= 0):
                faults.append(f"{where}: {name} must be a number from 0, not {value!r}")
        if faults:
            raise RulesFault(*faults)
        return replace(self, **values)
