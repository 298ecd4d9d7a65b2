"""What pydantic found, in our words: where, what is wrong, what may stand there, the nearest valid name."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from salpi.plan.files import Texts
from salpi.plan.problems import Problem, nearest
from salpi.plan.schema import Text
from salpi.plan.shape import Model, defaults, fields_of
from salpi.plan.written import plainly

Path = tuple[str | int, ...]

UNKNOWN_KEY = "unexpected_keyword_argument"
"""What pydantic calls a key that a record has not."""
LANGUAGES = "salpi reads and writes English (`en`) and Korean (`ko`)"
_ID = "an id has lower-case letters, digits, dots, hyphens and underscores, and may carry a definition after `@`"


def explain(errors: Iterable[Mapping[str, Any]], annotation: Any, file: str, texts: Texts, prefix: Path = ()) -> list[Problem]:
    """Problems for the errors of one validation of an ``annotation`` that stands at ``prefix`` in the file."""
    groups: dict[Path, list[Mapping[str, Any]]] = {}
    for error in errors:
        groups.setdefault(real(error["loc"], annotation), []).append(error)
    return [_problem(path, found, annotation, file, texts, prefix) for path, found in groups.items()]


def real(loc: Path, annotation: Any) -> Path:
    """The location without the names that pydantic adds for the branches of a union and for keys."""
    out: list[str | int] = []
    for step in loc:
        if step == "[key]":
            continue
        below = _below(annotation, step)
        if below is None and not _is_field(annotation, step):
            continue
        out.append(step)
        annotation = below
    return tuple(out)


def _branches(annotation: Any) -> list[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _branches(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [inner for branch in get_args(annotation) for inner in _branches(branch)]
    return [annotation]


def models(annotation: Any) -> list[type[Model]]:
    """The models that may stand at an annotation."""
    return [branch for branch in _branches(annotation) if isinstance(branch, type) and issubclass(branch, Model)]


def _is_field(annotation: Any, step: str | int) -> bool:
    """A key that the error is about, known to the schema or not; names of union branches are no such keys."""
    found = models(annotation)
    if not found or len(_branches(annotation)) == 1:
        return bool(found)
    named = {branch.__name__ for branch in found}
    return step not in named and not str(step).startswith(("literal[", "function-"))


def _below(annotation: Any, step: str | int) -> Any:
    for branch in _branches(annotation):
        origin, args = get_origin(branch), get_args(branch)
        if isinstance(step, int) and origin in (tuple, list):
            return args[min(step, len(args) - 1)] if args[-1] is not ... else args[0]
        if isinstance(step, str) and origin is dict:
            return args[1]
        if isinstance(branch, type) and issubclass(branch, Model) and step in fields_of(branch):
            return fields_of(branch)[str(step)]
    return None


def _at(annotation: Any, path: Path) -> Any:
    for step in path:
        annotation = _below(annotation, step)
    return annotation


def _problem(path: Path, errors: list[Mapping[str, Any]], annotation: Any, file: str, texts: Texts, prefix: Path) -> Problem:
    line = texts.line(file, *prefix, *path)
    name = _name(path[1:] if file.endswith(".csv") else path)  # of a row the line says which it is
    error = errors[0]
    kind, context, value = error["type"], error.get("ctx", {}), error.get("input")
    if kind == "literal_error" and error["loc"][-1] == "[key]":
        return _wrong_key(name, path, annotation, file, line)
    if kind == UNKNOWN_KEY:
        fields = [key for model in models(_at(annotation, path[:-1])) for key in fields_of(model)]
        near = nearest(str(path[-1]), fields)
        mend = "rename or remove it"
        if value is None and near is None:
            mend = 'put a text with commas in "quotes", or remove it'
        elif any(model is Text for model in models(_at(annotation, path[:-1]))):
            mend = f"{LANGUAGES}; remove it"
        return Problem(file, line, f"unknown key `{name}`", "nothing would read it", mend, near)
    if kind == "missing":
        fields_at = _at(annotation, path)
        return Problem(file, line, f"required key `{name}` is missing", "", f"add it: {_wanted(fields_at)}")
    if kind == "value_error":
        return Problem(file, line, f"`{name}` is not sound" if name else "is not sound", str(context["error"]))
    if kind == "string_pattern_mismatch":
        return Problem(file, line, f"`{value}` is no id" if value else "an empty text is no id", _ID, "write it so")
    choices = [
        choice for branch in _branches(_at(annotation, path)) if get_origin(branch) is Literal for choice in get_args(branch)
    ]
    wanted = _wanted(_at(annotation, path))
    if kind in _LIMITS:
        wanted = _LIMITS[kind].format(**context)
    if isinstance(value, str) and (plain := plainly(value)) is not None and wanted in ("a number", "a whole number"):
        return Problem(file, line, f"`{name}` is {_shown(value)}", f"expected {plain[0]}", plain[1])
    near = nearest(value, [c for c in choices if isinstance(c, str)]) if isinstance(value, str) else None
    what = f"`{name}` is {_shown(value)}" if name else f"is {_shown(value)}"
    return Problem(file, line, what, f"expected {wanted}", "", near)


def _wrong_key(name: str, path: Path, annotation: Any, file: str, line: int | None) -> Problem:
    """A key of a mapping that may only hold some."""
    keys = next(get_args(get_args(b)[0]) for b in _branches(_at(annotation, path[:-1])) if get_origin(b) is dict)
    why = LANGUAGES if keys == ("en", "ko") else f"expected {' or '.join(keys)}"
    return Problem(file, line, f"unknown key `{name}`", why, "rename or remove it", nearest(str(path[-1]), keys))


_LIMITS = {
    "greater_than": "a number above {gt}",
    "greater_than_equal": "a number of at least {ge}",
    "less_than": "a number below {lt}",
    "less_than_equal": "a number of at most {le}",
    "finite_number": "a finite number",
    "string_too_long": "a text of at most {max_length} characters",
    "string_too_short": "a text that is not empty",
    "too_short": "at least {min_length} of them",
    "too_long": "at most {max_length} of them",
    "int_from_float": "a whole number",
}


def _name(path: Path) -> str:
    out = ""
    for step in path:
        out += f"[{step}]" if isinstance(step, int) else f".{step}" if out else step
    return out


def _shown(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, str):
        return f"'{value if len(value) <= 60 else value[:57] + '...'}'"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _wanted(annotation: Any) -> str:
    """What may stand at an annotation, for people."""
    parts = [part for part in (_one(branch) for branch in _branches(annotation)) if part]
    return " or ".join(dict.fromkeys(parts)) or "a value"


def _one(branch: Any) -> str:
    origin, args = get_origin(branch), get_args(branch)
    if origin is Literal:
        return " | ".join(repr(arg) if arg == "" else str(arg) for arg in args)
    if origin is dict:
        return "a mapping"
    if origin in (tuple, list):
        if args[-1] is not ... and origin is tuple:
            return f"a list of {len(args)}"
        return f"a list of {_wanted(args[0]).replace('a text', 'texts').replace('a mapping', 'mappings')}"
    if isinstance(branch, type) and issubclass(branch, Model):
        return "a mapping with " + ", ".join(f"`{key}`" for key in fields_of(branch) if key not in defaults(branch))
    return {str: "a text (in quotes)", int: "a whole number", float: "a number", bool: "true or false"}.get(branch, "")
