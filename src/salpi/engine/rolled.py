"""Years rolled up: a graph with a node a year as one graph of a year, where every year does the same to other numbers.

Code that stands there once a year takes many times as long to compile and to load.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from salpi.engine.graph import ONCE, TRUTH, Builder, Graph, Input, Node, needed

Ids = tuple[int, ...]


@dataclass(frozen=True)
class Rolled:
    """``whole`` gives by number what ``year`` reads: one node for all years, or a node a year.

    ``year`` gives a year's results. Its inputs are of kind ``years`` (a column of numbers, one a year) and ``whole`` (the number
    of a result). ``levels``: what its nodes change with beside the year.
    """

    whole: Graph
    year: Graph
    levels: tuple[int, ...]


def of_year(numbers: Sequence[float], year: int, unit: str = "") -> Node:
    """One of a column of numbers: not a const, so that what is done to it is the same operation in every year."""
    return Node("input", unit=unit, input=Input("years", "", " ".join(float(x).hex() for x in numbers), year))


def numbers_of(column: Input) -> tuple[float, ...]:
    """The numbers of a column."""
    return tuple(map(float.fromhex, column.name.split(" ")))


def roll(graph: Graph) -> Rolled:
    """The same results, to the bit; every result of the graph has a node a year."""
    roller = _Roller(graph)
    results = {key: (roller.column(ids),) for key, ids in graph.results.items()}
    whole = needed(Graph(graph.nodes, {("whole", "", str(k)): ids for ids, k in roller.leaves.items()}))
    return Rolled(whole, Graph(tuple(roller.year.nodes), results), tuple(roller.levels))


@dataclass
class _Roller:
    graph: Graph
    year: Builder = field(default_factory=Builder)
    levels: list[int] = field(default_factory=list)
    leaves: dict[Ids, int] = field(default_factory=dict)
    made: dict[Ids, int] = field(default_factory=dict)

    def column(self, ids: Ids) -> int:
        """The node of a year that stands for these, one a year."""
        if ids not in self.made:
            self.made[ids] = self._made(ids)
        return self.made[ids]

    def _made(self, ids: Ids) -> int:
        nodes = [self.graph.nodes[i] for i in ids]
        first, levels = nodes[0], {self.graph.levels[i] for i in ids}
        if len(set(ids)) == 1:
            return self._add(first, ONCE) if first.op == "const" else self._leaf(ids[:1])
        alike = len({(n.op, n.input) for n in nodes}) == len(levels) == 1 and len(set(ids)) == len(ids)
        if first.args and alike:
            args = tuple(self.column(some) for some in zip(*(n.args for n in nodes), strict=True))
            return self._add(Node(first.op, args, input=first.input, where=first.where), *levels)
        if first.input and first.input.kind == "years":
            name = first.input.name
            if [n.input for n in nodes] == [Input("years", "", name, k) for k in range(len(ids))]:
                return self._add(first, ONCE)
        return self._leaf(ids)

    def _leaf(self, ids: Ids) -> int:
        """What a year reads, of one node or of one a year."""
        number = self.leaves.setdefault(ids, len(self.leaves))
        level = ONCE
        for i in ids:
            level |= self.graph.levels[i]
        leaf = self._add(Node("input", input=Input("whole", "", str(number))), level)
        if self.graph.nodes[ids[0]].op not in TRUTH:
            return leaf
        return self._add(Node("!=", (leaf, self._add(Node("const"), ONCE))), level)

    def _add(self, node: Node, level: int) -> int:
        i = self.year.add(node)
        if i == len(self.levels):
            self.levels.append(level)
        return i
