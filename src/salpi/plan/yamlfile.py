"""YAML read safely: plain data only, within limits, and every key with its line.

Plain scalars are null, true/false, whole numbers and decimals (YAML 1.2); dates, ``yes`` and ``no`` stay text.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from salpi.plan import yamlwords

MAX_DEPTH = 40
MAX_ALIASES = 100

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[+-]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[+-]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][+-]?[0-9]+)?")
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}

Path = tuple[str | int, ...]


class YamlFault(Exception):
    """A file that cannot be read as a plan's YAML; line from 1 where known."""

    def __init__(self, what: str, line: int | None = None, why: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what, self.line, self.why, self.mend = what, line, why, mend


class _Loader(_Base):  # type: ignore[misc]
    """Composes nodes only; resolution of plain scalars is ours."""

    depth = 0

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return "plain" if kind is yaml.ScalarNode and implicit[0] else "text"

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise YamlFault(f"nested deeper than {MAX_DEPTH} levels", _line(current_node), mend="flatten it")

    def ascend_resolver(self) -> None:
        self.depth -= 1


def _line(node: Any) -> int | None:
    return None if node is None else int(node.start_mark.line) + 1


def compose(text: str) -> Any:
    """The node tree of one document, None for an empty one. Raises YamlFault."""
    loader = _Loader(text)
    try:
        return loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark, opened = error.problem_mark or error.context_mark, error.context_mark
        problem = (error.problem or "it cannot be read").strip()
        if mark is None:
            raise YamlFault(f"not valid YAML: {problem}") from None
        what, mend = yamlwords.told(problem, text, mark.line, mark.column, None if opened is None else opened.line)
        raise YamlFault(f"not valid YAML: {what}", mark.line + 1, mend=mend) from None
    except yaml.YAMLError as error:
        raise YamlFault(f"not valid YAML: {str(error).splitlines()[0]}") from None
    except RecursionError:
        raise YamlFault(f"nested deeper than {MAX_DEPTH} levels", mend="flatten it") from None
    finally:
        loader.dispose()


class _Reader:
    def __init__(self) -> None:
        self.seen: set[int] = set()
        self.aliases = 0
        self.duplicates: list[tuple[str, int, int]] = []

    def value(self, node: Any, depth: int) -> Any:
        if node.__class__ is yaml.ScalarNode:
            text = node.value
            if node.tag == "plain":
                return _plain(text)
            if node.tag != "text":
                self.tag(node)
            return text
        if depth > MAX_DEPTH:
            raise YamlFault(f"nested deeper than {MAX_DEPTH} levels", _line(node), mend="flatten it")
        if id(node) in self.seen:
            self.aliases += 1
            if self.aliases > MAX_ALIASES:
                raise YamlFault(f"more than {MAX_ALIASES} aliases", _line(node), mend="write the values out")
        self.seen.add(id(node))
        if node.tag != "text":
            self.tag(node)
        if node.__class__ is yaml.SequenceNode:
            return [self.value(child, depth + 1) for child in node.value]
        out: dict[Any, Any] = {}
        for key_node, child in node.value:
            if key_node.__class__ is not yaml.ScalarNode:
                raise YamlFault("a key must be a word", _line(key_node), mend="write `key: value`")
            key = key_node.value
            if key in out:
                self.duplicates.append((key, _line(key_node) or 0, _first(node, key)))
                continue
            out[key] = self.value(child, depth + 1)
        return out

    def tag(self, node: Any) -> None:
        raise YamlFault(f"the tag `{node.tag}` is not allowed", _line(node), "a plan is plain data", "remove it")


def _first(node: Any, key: str) -> int:
    return next(_line(k) or 0 for k, _ in node.value if k.value == key)


def _plain(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "0123456789+-.":
        if _INT.fullmatch(text):
            return int(text) if len(text) < 40 else text
        if _FLOAT.fullmatch(text):
            return float(text)
    return text


def read(text: str) -> tuple[Any, list[tuple[str, int, int]]]:
    """Plain data of one document, and its duplicate keys as (key, line, line of the first). Raises YamlFault."""
    node = compose(text)
    reader = _Reader()
    return (None if node is None else reader.value(node, 0)), reader.duplicates


def locate(node: Any, path: Path) -> int:
    """Line of the key or item at ``path``; where the path leads nowhere, of the last step that exists."""
    line = _line(node) or 1
    for step in path:
        if node.__class__ is yaml.MappingNode:
            pair = next(((k, v) for k, v in node.value if k.value == step), None)
            if pair is None:
                continue
            line, node = _line(pair[0]) or line, pair[1]
        elif node.__class__ is yaml.SequenceNode and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = _line(node) or line
    return line
