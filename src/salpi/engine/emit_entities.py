"""C for a sector of entities: every life of every draw, stage by stage, with early exit; lanes are the entities of a draw.

Pairs come in the order of ``engine/entities.py`` (survivors, those that stand in the stage, arrivals), and amounts are
summed in that order, so that the bits are those of the reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from salpi.engine.declare import EntitySector
from salpi.engine.emit_c import Kernel, Loops, runtime
from salpi.engine.graph import DRAW, ONCE, PAIR, Graph, Input, Node, fold
from salpi.engine.random import purpose_key
from salpi.engine.trace_entities import trace_outcome, trace_stage

ORDER = (ONCE, DRAW, DRAW | PAIR)
FIXED = 7
"""Arrays that every such kernel takes first: draws, words of the entities' numbers, entry, who stands where, intensity."""

HELPERS = """
ONE void uniforms32(F *restrict z, u32 draw, const u32 *restrict low, const u32 *restrict high, u32 purpose, u64 seed) {
  const u32 k0 = (u32)seed, k1 = (u32)(seed >> 32);
  LANES {
    u32 a = draw, b = low[l], c = high[l], d = purpose;
    ROUND(0u) ROUND(1u) ROUND(2u) ROUND(3u) ROUND(4u) ROUND(5u) ROUND(6u) ROUND(7u) ROUND(8u) ROUND(9u)
    z[l] = (flt(a | 0x4330000000000000ull) - 4503599627370496.0 + 0.5) * 2.3283064365386963e-10;
    z[B + l] = (flt(b | 0x4330000000000000ull) - 4503599627370496.0 + 0.5) * 2.3283064365386963e-10;
    z[2 * B + l] = (flt(c | 0x4330000000000000ull) - 4503599627370496.0 + 0.5) * 2.3283064365386963e-10;
    z[3 * B + l] = (flt(d | 0x4330000000000000ull) - 4503599627370496.0 + 0.5) * 2.3283064365386963e-10;
  }
}
FN F xpick(F index, const F *table, i64 n) { return table[(i64)index * n]; }
FN F xat(F month, const F *path, i64 width, F start, F last) {
  F x = __builtin_floor(month) - start; x = x > 0.0 ? x : 0.0; x = x < last ? x : last;
  return path[(i64)x * width];
}
ONE void vpick(F *restrict y, const F *restrict x, const F *table, i64 n) {
  for (int l = 0; l < B; l++) y[l] = xpick(x[l], table, n);
}
ONE void vat(F *restrict y, const F *restrict x, const F *path, i64 width, F start, F last) {
  for (int l = 0; l < B; l++) y[l] = xat(x[l], path, width, start, last);
}
struct arrivals { u32 draw, purpose, call; u64 seed; int next; i64 month; F sum, wait[4 * B]; };
FN struct arrivals begun(u32 draw, u32 purpose, u64 seed) {
  struct arrivals a; a.draw = draw; a.purpose = purpose; a.call = 0; a.seed = seed; a.next = 4 * B; a.month = 0; a.sum = 0.0;
  return a;
}
ONE int arrival(struct arrivals *a, const F *intensity, i64 n, i64 months, F *level) {
  if (a->call == 0) { level[0] = 0.0; for (i64 m = 0; m < months; m++) level[m + 1] = level[m] + intensity[m * n]; }
  if (a->next == 4 * B) {
    u32 low[B], high[B]; F u[4 * B], w[4 * B];
    LANES { low[l] = a->call + (u32)l; high[l] = 0x80000000u; }
    uniforms32(u, a->draw, low, high, a->purpose, a->seed);
    for (int k = 0; k < 4; k++) vlog(w + k * B, u + k * B);
    for (int k = 0; k < 4; k++) for (int l = 0; l < B; l++) a->wait[4 * l + k] = -w[k * B + l];
    a->call += B; a->next = 0;
  }
  a->sum = a->sum + a->wait[a->next++];
  if (!(a->sum < level[months])) return 0;
  while (level[a->month + 1] <= a->sum) a->month++;
  return 1;
}
FN F year_of(F month, F start, i64 years) {
  F y = __builtin_floor((month - start) / 12.0);
  return (y >= 0.0) & (y < (F)years) ? y : (F)years;  /* a place beyond the last, which nobody reads */
}
"""


@dataclass(frozen=True)
class EntityKernel(Kernel):
    """``totals``: the amounts that come out, by name and dim, each ``([member,] draw, year)``, then ``(stage, draw)`` who stood
    at the start, then room to work in: ``fields`` numbers and three words for each pair, ``sums`` numbers beside."""

    totals: tuple[tuple[str, str | None], ...] = ()
    fields: int = 0
    years: tuple[int, ...] = ()


def emit_entities(sector: EntitySector, scalars: Sequence[str], tables: Sequence[str], years: Any) -> EntityKernel:
    """The kernel of a sector of entities. Raises TraceError."""
    stages = [fold(trace_stage(sector, k, scalars, tables)) for k in range(len(sector.stages))]
    return _Lives(sector, stages, fold(trace_outcome(sector, scalars, tables, years)), tuple(map(int, years))).kernel()


@dataclass
class _Lives:
    sector: EntitySector
    stages: list[Graph]
    outcome: Graph
    years: tuple[int, ...]

    def __post_init__(self) -> None:
        found = {n.input for g in (*self.stages, self.outcome) for n in g.nodes if n.input is not None}
        paid = [n for g in (*self.stages, self.outcome) for kind, _, n in g.results if kind in ("amount", "give")]
        dims = {g.name: g.dim for g in self.sector.gives}
        found |= {Input("entity", self.sector.name, d) for n in paid if (d := dims.get(n))}
        self.flat = tuple(sorted(i for i in found if i.kind in ("parameter", "table", "entity", "path")))
        fates = sorted({i.name for i in found if i.kind == "fate"})
        self.fields = ("start", "first", *(f"carry.{c}" for c in self.sector.carry), *(f"fate.{s}" for s in fates))
        counts = [f"{self.sector.name}.{k}.{s.name}" for s in self.sector.stages for k in ("starts", "passes", "fails")]
        self.totals = {n: dims.get(n) for n in dict.fromkeys([*counts, *paid])}

    def kernel(self) -> EntityKernel:
        text = "\n".join(
            [
                runtime() + HELPERS,
                "int run(const void *const *in, void *const *out, const i64 *meta) {",
                "const i64 n = meta[0], months = meta[2], years = months / 12; const u64 seed = (u64)meta[3];",
                "const F t0 = (F)meta[1], t1 = (F)(meta[1] + months), last = (F)(months - 1);",
                "const i64 fixed = meta[4], templates = meta[5], room = meta[6]; const i64 *width = meta + 7;",
                "const u32 *draws = in[0], *low = in[1], *high = in[2], *standing = in[4], *ends = in[5];",
                "const F *entry = in[3], *intensity = in[6];",
                *(f"const F *in{FIXED + k} = in[{FIXED + k}];" for k in range(len(self.flat))),
                *(f"F *out{k} = out[{k}];" for k in range(len(self.totals) + 2)),
                f"F *work = out[{len(self.totals) + 1}];",
                f"u32 *row = (u32 *)(work + {len(self.fields)} * room), *lo = row + room, *hi = lo + room;",
                f"F *level = work + {len(self.fields) + 2} * room, *sum = level + months + 1;",
                *(f"F *{self._field(f)} = work + {k} * room;" for k, f in enumerate(self.fields)),
                "int full = 0;",
                *(f"for (i64 i = 0; i < n * {self._size(t)}; i++) out{k}[i] = 0.0;" for k, t in enumerate(self.totals)),
                f"for (i64 i = 0; i < n * {len(self.stages)}; i++) out{len(self.totals)}[i] = 0.0;",
                "for (i64 d = 0; d < n; d++) {",
                "const u32 draw = draws[d]; i64 count = 0;",
                *self._parameters(),
                *(line for k in range(len(self.stages)) for line in self._stage(k)),
                *self._passed(),
                "}",
                "return full;",
                "}",
                "",
            ]
        )
        operations = {k: sum(1 for i, x in enumerate(g.nodes) if x.args) for k, g in enumerate((*self.stages, self.outcome))}
        return EntityKernel(text, self.flat, (), (), (), operations, tuple(self.totals.items()), len(self.fields), self.years)

    def _field(self, name: str) -> str:
        return f"w{self.fields.index(name)}"

    def _pointer(self, i: Input) -> str:
        return f"in{FIXED + self.flat.index(i)}"

    def _parameters(self) -> list[str]:
        return [f"const F p{k} = in{FIXED + k}[d];" for k, i in enumerate(self.flat) if i.kind == "parameter"]

    def _read(self, node: Node) -> str:
        assert node.input is not None
        k = self.flat.index(node.input)
        if node.op == "pick":
            return f"in{FIXED + k} + d, n"
        return f"in{FIXED + k} + (width[{k}] > 1 ? d : 0), width[{k}], t0, last"

    def _loops(self, graph: Graph) -> tuple[Loops, dict[Input, str]]:
        names: dict[Input, str] = {}
        for i, node in enumerate(graph.nodes):
            if node.op == "input" and node.input is not None:
                wide = node.input.kind != "parameter"
                names[node.input] = f"e{i}" if wide else f"p{self.flat.index(node.input)}"

        def name(i: int) -> str:
            found = graph.nodes[i].input
            assert found is not None
            return names[found] if found.kind == "parameter" else f"{names[found]}[l]"

        return Loops(graph, ORDER, PAIR, name, self._read), names

    def _enter(self, stage: int, fate: bool = False) -> list[str]:
        """Those that stand in a stage by the plan's data, then the arrivals."""
        fields = [f"{self._field(f)}[count] = {'-INF' if f.startswith('fate.') else '0.0'};" for f in self.fields[2:]]
        last = f"fate.{self.sector.stages[-1].name}"
        if fate and last in self.fields:
            fields.append(f"{self._field(last)}[count] = begin;")
        out = [
            f"for (u32 j = {f'ends[{stage - 1}]' if stage else '0'}; j < ends[{stage}]; j++, count++) {{",
            "const u32 r = standing[j]; const F begin = entry[r] == -INF ? t0 : entry[r];",
            "row[count] = r; lo[count] = low[r]; hi[count] = high[r]; w0[count] = begin; w1[count] = entry[r] < t0 ? 1.0 : 0.0;",
            *fields,
            "}",
        ]
        if stage == 0 and not fate and self.sector.arrivals is not None:
            out += [
                f"if (templates) {{ struct arrivals a = begun(draw, {purpose_key(f'{self.sector.name}.arrivals')}u, seed);",
                "for (i64 k = 0; arrival(&a, intensity + d, n, months, level); k++, count++) {",
                "if (count == room) { full = 1; break; }",
                "row[count] = (u32)(fixed + k % templates); lo[count] = (u32)k; hi[count] = 0x80000000u;",
                "w0[count] = (F)(meta[1] + a.month) + (a.sum - level[a.month]) / intensity[a.month * n + d]; w1[count] = 0.0;",
                *fields,
                "} }",
            ]
        return out

    def _lanes(self, graph: Graph, names: Mapping[Input, str], purpose: str, uniforms: Sequence[str]) -> Iterator[str]:
        """Loads what a step reads of B pairs."""
        yield "const int w = count - b < B ? (int)(count - b) : B; u32 at[B]; LANES at[l] = (u32)(b + (l < w ? l : w - 1));"
        yield "u32 lo_[B], hi_[B], row_[B];"
        yield "for (int l = 0; l < B; l++) { lo_[l] = lo[at[l]]; hi_[l] = hi[at[l]]; row_[l] = row[at[l]]; }"
        for i, name in names.items():
            if i.kind == "entity":
                yield f"F {name}[B]; for (int l = 0; l < B; l++) {name}[l] = {self._pointer(i)}[row_[l]];"
            elif i.kind in ("start", "first", "carry", "fate"):
                field = self._field(i.kind if i.kind in ("start", "first") else f"{i.kind}.{i.name}")
                yield f"F {name}[B]; load({name}, {field} + b, w);"
        groups = sorted({uniforms.index(i.name) // 4 for i in names if i.kind == "uniform"})
        for g in groups:
            key = purpose_key(purpose if g == 0 else f"{purpose}.{g}")
            yield f"F u{g}[4 * B]; uniforms32(u{g}, draw, lo_, hi_, {key}u, seed);"
        for i, name in names.items():
            if i.kind == "uniform":
                g, lane = divmod(uniforms.index(i.name), 4)
                yield f"const F *{name} = u{g} + {lane} * B;"

    def _stage(self, number: int) -> list[str]:
        graph, stage = self.stages[number], self.sector.stages[number]
        loops, names = self._loops(graph)
        of = {(kind, name): ids[0] for (kind, _, name), ids in graph.results.items()}
        events = [name for kind, name in of if kind == "amount"]
        place = list(self.totals).index
        starts, passes, fails = (place(f"{self.sector.name}.{k}.{stage.name}") for k in ("starts", "passes", "fails"))
        out = ["{", *self._enter(number), *loops.body(ONCE), *loops.body(DRAW), *self._clear(events)]
        out += ["F stood = 0.0, count_[3 * (years + 1)]; for (i64 y = 0; y < 3 * (years + 1); y++) count_[y] = 0.0;"]
        out += ["i64 kept = 0; for (i64 b = 0; b < count; b += B) {"]
        out += [*self._lanes(graph, names, f"{self.sector.name}.{stage.name}", stage.uniforms), *loops.arrays()]
        out += [*loops.body(DRAW | PAIR), "F begin[B], end[B], ended[B], entered[B], passed[B]; load(begin, w0 + b, w);"]
        out += [f"LANES {{ end[l] = begin[l] + {loops.ref(of['duration', ''])}; passed[l] = {loops.ref(of['advance', ''])}; }}"]
        out += ["F stands[B]; load(stands, w1 + b, w); LANES ended[l] = year_of(end[l], t0, years);"]
        out += ["LANES { const F y = year_of(begin[l], t0, years); entered[l] = stands[l] != 0.0 ? (F)years : y; }"]
        for k, name in enumerate(events):
            month, amount = loops.ref(of["month", name]), loops.ref(of["amount", name])
            out += [f"F paid{k}[B]; LANES {{ const F m = {month}, x = {amount}, s = year_of(m, t0, years);"]
            out += [f"paid{k}[l] = (m < end[l] + 1e-9) & (x != 0.0) ? s : (F)years; }}"]
        # no branch depends on a pair's luck: amounts outside the run go to a place that nobody reads, the dead are overwritten
        out += ["for (int l = 0; l < w; l++) {", "const i64 j = b + l; const int ok = passed[l] != 0.0;"]
        out += ["stood += w1[j]; count_[(i64)entered[l]] += 1.0; count_[(ok + 1) * (years + 1) + (i64)ended[l]] += 1.0;"]
        out += [self._add(n, events, f"(i64)paid{k}[l]", loops.ref(of["amount", n])) for k, n in enumerate(events)]
        out += ["const F e_ = end[l]; row[kept] = row[j]; lo[kept] = lo[j]; hi[kept] = hi[j];"]
        for f in self.fields[2:]:
            kind, _, name = f.partition(".")
            if ("carry", name) in of and kind == "carry":
                out += [f"{self._field(f)}[kept] = {loops.ref(of['carry', name])};"]
            else:
                out += [f"{self._field(f)}[kept] = {'e_' if f == f'fate.{stage.name}' else f'{self._field(f)}[j]'};"]
        out += [
            "w0[kept] = e_; w1[kept] = 0.0; kept += ok & (e_ < t1);",
            "}",
            "}",
            f"out{len(self.totals)}[{number} * n + d] = stood;",
        ]
        for k, total in enumerate((starts, fails, passes)):
            out += [f"for (i64 y = 0; y < years; y++) out{total}[d * years + y] = count_[{k} * (years + 1) + y];"]
        return [*out, "count = kept;", *self._flush(events), "}"]

    def _passed(self) -> list[str]:
        graph = self.outcome
        loops, names = self._loops(graph)
        gives = {name: ids for (_, _, name), ids in graph.results.items()}
        out = ["{", *self._enter(len(self.stages), True), *loops.body(ONCE), *loops.body(DRAW), *self._clear(list(gives))]
        out += ["for (i64 b = 0; b < count; b += B) {"]
        out += [*self._lanes(graph, names, f"{self.sector.name}.outcome", self.sector.outcome_uniforms), *loops.arrays()]
        out += loops.body(DRAW | PAIR)
        for name, ids in gives.items():
            for y, i in enumerate(ids):
                line = self._add(name, list(gives), str(y), loops.ref(i))
                out += [f"for (int l = 0; l < w; l++) {line}"]
        return [*out, "}", *self._flush(list(gives)), "}"]

    # sums of a stage, in the order of the pairs, before they go to the totals

    def _size(self, name: str) -> str:
        return "years" if self.totals[name] is None else f"years * meta[{7 + len(self.flat) + list(self.totals).index(name)}]"

    def _clear(self, names: Sequence[str]) -> list[str]:
        out, at = [], "sum"
        for k, name in enumerate(names):
            out.append(f"F *sum{k} = {at}; for (i64 i = 0; i < {self._size(name)}; i++) sum{k}[i] = 0.0;")
            at = f"sum{k} + {self._size(name)} + 1"
        return out

    def _add(self, name: str, names: Sequence[str], year: str, amount: str) -> str:
        k, dim = names.index(name), self.totals[name]
        if dim is None:
            return f"sum{k}[{year}] += {amount};"
        member = f"{self._pointer(Input('entity', self.sector.name, dim))}[row_[l]]"
        return f"{{ const F of = {member}; if (of >= 0.0 && {year} < years) sum{k}[(i64)of * years + {year}] += {amount}; }}"

    def _flush(self, names: Sequence[str]) -> list[str]:
        out = []
        for k, name in enumerate(names):
            place = list(self.totals).index(name)
            out.append(
                f"for (i64 m = 0; m < {self._size(name)} / years; m++) for (i64 y = 0; y < years; y++) "
                f"out{place}[(m * n + d) * years + y] += sum{k}[m * years + y];"
            )
        return out
