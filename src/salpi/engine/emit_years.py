"""C for a year of entities' outcomes that is rolled up (see ``rolled.py``): one loop over years inside that over pairs."""

from __future__ import annotations

from collections.abc import Callable

from salpi.engine.emit_c import Loops, literal
from salpi.engine.graph import DRAW, ONCE, PAIR, Node
from salpi.engine.rolled import Rolled, numbers_of

ORDER = (ONCE, DRAW, DRAW | PAIR)
CHUNK = 40
"""Operations in one loop: what one entity's luck waits for is long, and short loops let several be under way at once."""


class Year:
    """The text of a rolled year: its loops, where it reads what the years share, where its gives lie.

    ``whole``: the loops of what the years share; ``read(node)``: the pointer of a table or path.
    """

    def __init__(self, rolled: Rolled, whole: Loops, years: int, read: Callable[[Node], str]) -> None:
        self._whole, self._years = whole, years
        self._graph, self._levels = rolled.year, rolled.levels
        self._gives = [i for (i,) in self._graph.results.values()]
        self._shared = {int(k): ids for (_, _, k), ids in rolled.whole.results.items()}
        columns = {x.input: None for x in self._graph.nodes if x.input and x.input.kind == "years"}
        self._columns = {column: f"c{k}" for k, column in enumerate(columns) if column}
        self.loops = Loops(self._graph, ORDER, PAIR, self._name, read, CHUNK, levels=self._levels, mark="y")
        wide = [i for i, x in enumerate(self._graph.nodes) if self._levels[i] & PAIR]
        asked = {a for i in wide for a in self._graph.nodes[i].args} | set(self._gives)
        self._ahead = [i for i in sorted(asked) if not self._levels[i] & PAIR and self._graph.nodes[i].args]

    def _name(self, i: int) -> str:
        its = self._graph.nodes[i].input
        assert its is not None
        if its.kind == "years":
            return f"{self._columns[its]}[y]"
        ids = self._shared[int(its.name)]
        if len(ids) == 1:
            return self._whole.ref(ids[0])
        return f"s{its.name}[y][l]" if self._levels[i] & PAIR else f"s{its.name}[y]"

    def _several(self, wide: int) -> list[str]:
        """Arrays, by year, of what is no column of like operations."""
        out = []
        for k, ids in self._shared.items():
            if len(ids) == 1 or max(self._whole.levels[i] & PAIR for i in ids) != wide:
                continue
            of = [self._whole.ref(i) for i in ids]
            if wide:  # each a line of lanes
                alone = {y: x for y, x in enumerate(of) if not x.endswith("[l]")}
                out += [f"F s{k}_{y}[B]; LANES s{k}_{y}[l] = {x};" for y, x in alone.items()]
                of = [f"s{k}_{y}" if y in alone else x.removesuffix("[l]") for y, x in enumerate(of)]
            out.append(f"const F {'*' if wide else ''}s{k}[] = {{ {', '.join(of)} }};")
        return out

    def of_draw(self) -> list[str]:
        """What does not change with the pair, for all years of a draw."""
        columns = (
            f"static const F {name}[] = {{ {', '.join(map(literal, numbers_of(of)))} }};" for of, name in self._columns.items()
        )
        out = [*columns, *self._several(0), *(f"F q{i}[{self._years}];" for i in self._ahead)]
        body = [*self.loops.body(ONCE), *self.loops.body(DRAW), *(f"q{i}[y] = {self.loops.ref(i)};" for i in self._ahead)]
        return [*out, f"for (int y = 0; y < {self._years}; y++) {{", *body, "}"] if self._ahead else out

    def given(self, give: int) -> str:
        """Where a give's numbers of B pairs lie: (year, pair)."""
        return f"g{self._gives[give]}"

    def of_pairs(self) -> list[str]:
        """The loop over years for B pairs, which leaves what is given in arrays."""
        own = {i for i in self._gives if i in self.loops.place and self._levels[i] & PAIR}
        out = [*self._several(PAIR), *(f"F g{i}[{self._years} * B];" for i in sorted(set(self._gives)))]
        out += [f"for (int y = 0; y < {self._years}; y++) {{", *(f"const F yv{i} = q{i}[y];" for i in self._ahead)]
        out += [f"F *const {self.loops.array(i)} = g{i} + y * B;" for i in sorted(own)]
        mine = {f"F {self.loops.array(i)}[B];" for i in own}
        out += [*(a for a in self.loops.arrays() if a not in mine), *self.loops.body(DRAW | PAIR)]
        return [*out, *(f"LANES g{i}[y * B + l] = {self.loops.ref(i)};" for i in sorted({*self._gives} - own)), "}"]
