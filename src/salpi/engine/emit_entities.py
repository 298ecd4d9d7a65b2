"""C for a sector of entities: every life of every draw, stage by stage, with early exit; lanes are the entities of a draw.

Pairs come in the order of ``engine/entities.py`` (survivors, those that stand in the stage, arrivals), and amounts are
summed in that order, so that the bits are those of the reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from salpi.engine.declare import EntitySector
from salpi.engine.emit_c import Kernel, Loops, literal, runtime
from salpi.engine.emit_years import CHUNK, ORDER, Year
from salpi.engine.graph import DRAW, ONCE, PAIR, Graph, Input, Node, ahead, fold, given
from salpi.engine.random import purpose_key
from salpi.engine.rolled import Rolled, numbers_of, roll
from salpi.engine.trace_entities import Alike, trace_outcome, trace_stage

TURNED = 8
"""Draws whose paths are turned at once: as many as a line of the cache holds."""

HELD = 4
"""Numbers in which one of those that stand in the first stage is held, from one draw to the next."""

FIXED = 7
"""Arrays that every such kernel takes first: draws, words of the entities' numbers, entry, who stands where, intensity."""

LEVEL = """#if defined(__GNUC__) && !defined(__clang__)  /* a tenth less time for lives; months of stocks are as fast without */
#pragma GCC optimize ("O3")
#endif
"""

HELPERS = """
ONE void uniforms32(F *restrict z, u32 draw, const u32 *restrict low, const u32 *restrict high, u32 purpose, u64 seed) {
  u64 x[4 * B]; LANES { x[l] = draw; x[l + B] = low[l]; x[l + 2 * B] = high[l]; x[l + 3 * B] = purpose; }
  philox(x, seed);
  EACH(4 * B) z[l] = (flt((x[l] & 0xFFFFFFFFu) | 0x4330000000000000ull) - 4503599627370496.0 + 0.5) * 2.3283064365386963e-10;
}
/* columns of a path or table, each laid out in one piece: lives read them in any order */
ONE void turn(F *restrict to, i64 apart, const F *restrict from, i64 n, i64 size, i64 columns) {
  for (i64 j = 0; j < size; j++) {
    __builtin_prefetch(from + (j + 8) * n);  /* each line lies on another page */
    for (i64 q = 0; q < columns; q++) to[q * apart + j] = from[j * n + q];
  }
}
ONE void zero(F *to, i64 n) { for (i64 i = 0; i < n; i++) to[i] = 0.0; }
ONE void gather(F *restrict to, const F *restrict from, const u32 *restrict row) {
  for (int l = 0; l < B; l++) to[l] = from[row[l]];
}
/* a draw's counts by year, and those before; sums of members by year, added to where they belong */
ONE void tell(F *to, const u32 *counted, const F *more, i64 years) {
  for (i64 y = 0; y < years; y++) to[y] = (F)counted[y] + (more ? more[y] : 0.0);
}
ONE void flush(F *to, const F *sum, i64 size, i64 apart, i64 years) {
  for (i64 m = 0; m < size; m += years, to += apart) for (i64 y = 0; y < years; y++) to[y] += sum[m + y];
}
ONE void again(F *restrict to, const F *restrict from, i64 n) { for (i64 i = 0; i < n; i++) to[i] = from[i]; }
ONE void again32(u32 *restrict to, const u32 *restrict from, i64 n) { for (i64 i = 0; i < n; i++) to[i] = from[i]; }
FN F month_of(F month, F start, F last) {
  F x = __builtin_floor(month) - start; x = x > 0.0 ? x : 0.0; return x < last ? x : last;
}
FN F xpick(F index, const F *table) { return table[(i64)index]; }
FN F xat(F month, const F *path, F start, F last) { return path[(i64)month_of(month, start, last)]; }
#ifdef __wasm__  /* there a conversion is one number at a time: a whole number beside 2^52 has it in its low bits */
typedef u64 place;
#define PLACE(x) raw(__builtin_floor(x) + 4503599627370496.0)
#else
typedef int place;
#define PLACE(x) (int)(x)
#endif
ONE void vpick(F *restrict y, const F *restrict x, const F *table) {
  place i[B]; LANES i[l] = PLACE(x[l]);
  for (int l = 0; l < B; l++) y[l] = table[(int)i[l]];
}
ONE void vat(F *restrict y, const F *restrict x, const F *path, F start, F last) {
  place i[B]; LANES i[l] = PLACE(month_of(x[l], start, last));
  for (int l = 0; l < B; l++) y[l] = path[(int)i[l]];
}
/* the months in which a draw's arrivals come, in order: how many, or -1 where there is no room for them */
ONE i64 arrivals(F *restrict at, i64 room, const F *rate, F *level, i64 start, i64 months, u32 draw, u32 purpose, u64 seed) {
  level[0] = 0.0; for (i64 m = 0; m < months; m++) level[m + 1] = level[m] + rate[m];
  F sum = 0.0; i64 count = 0, known = 0;
  for (u32 call = 0; sum < level[months]; call += B) {
    if (known + 4 * B > room) return -1;
    u32 low[B], high[B]; F u[4 * B], wait[4 * B];
    LANES { low[l] = call + (u32)l; high[l] = 0x80000000u; }
    uniforms32(u, draw, low, high, purpose, seed);
    for (int k = 0; k < 4; k++) vlog(wait + k * B, u + k * B);
    for (int l = 0; l < B; l++) for (int k = 0; k < 4; k++) at[known++] = sum = sum + -wait[k * B + l];
  }
  for (i64 m = 0; m < months; m++) {
    const F first = (F)(start + m), before = level[m], until = level[m + 1], pace = rate[m];
    for (; count < known && at[count] < until; count++) at[count] = first + (at[count] - before) / pace;
  }
  return count;
}
FN F year_of(F month, F start, i64 years) {
  F y = __builtin_floor((month - start) / 12.0);
  return (y >= 0.0) & (y < (F)years) ? y : (F)years;  /* a place beyond the last, which nobody reads */
}
/* what arrivals at these months start with: templates in turn, their own numbers; and in which years they come */
ONE void arrived(u32 *restrict row, u32 *restrict lo, u32 *restrict hi, F *restrict first, const F *restrict at, i64 many,
                 u32 fixed, i64 templates, u32 *restrict counted, F start, i64 years) {
  for (i64 k = 0; k < many; k += templates) {
    const i64 n = many - k < templates ? many - k : templates;
    for (i64 j = 0; j < n; j++) row[k + j] = fixed + (u32)j;
  }
  for (i64 k = 0; k < many; k++) { lo[k] = (u32)k; hi[k] = 0x80000000u; first[k] = 0.0; }
  u32 run = 0; int last = 0;  /* they come in order: one count for all of a year */
  for (i64 k = 0; k < many; k += B) {
    place y[B]; LANES y[l] = PLACE(year_of(at[k + l], start, years));
    for (int l = 0; l < B && k + l < many; l++) {
      if ((int)y[l] != last) { counted[last] += run; run = 0; last = (int)y[l]; }
      run++;
    }
  }
  counted[last] += run;
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
    stages: list[Graph] = []
    since: dict[str, int] = {}

    def simple(graph: Graph) -> Graph:
        unset = {Input("carry", sector.name, c): 0.0 for c in sector.carry if f"carry.{c}" not in since}
        return ahead(fold(given(graph, unset)), PAIR)

    for k, stage in enumerate(sector.stages):
        stages.append(simple(trace_stage(sector, k, scalars, tables)))
        for field in (f"fate.{stage.name}", *(f"carry.{name}" for kind, _, name in stages[k].results if kind == "carry")):
            since.setdefault(field, k)
    outcome = roll(simple(trace_outcome(sector, scalars, tables, years, Alike())))
    return _Lives(sector, stages, outcome, since, tuple(map(int, years))).kernel()


@dataclass
class _Lives:
    sector: EntitySector
    stages: list[Graph]
    outcome: Rolled
    since: Mapping[str, int]
    years: tuple[int, ...]

    def __post_init__(self) -> None:
        graphs = (*self.stages, self.outcome.whole, self.outcome.year)
        found = {n.input for g in graphs for n in g.nodes if n.input is not None}
        paid = [n for g in graphs for kind, _, n in g.results if kind in ("amount", "give")]
        dims = {g.name: g.dim for g in self.sector.gives}
        found |= {Input("entity", self.sector.name, d) for n in paid if (d := dims.get(n))}
        self.flat = tuple(sorted(i for i in found if i.kind in ("parameter", "table", "entity", "path")))
        fates = sorted({i.name for i in found if i.kind == "fate"})
        carried = (*(f"carry.{c}" for c in self.sector.carry), *(f"fate.{s}" for s in fates))
        self.fields = ("start", "first", *carried)
        counts = [f"{self.sector.name}.{k}.{s.name}" for s in self.sector.stages for k in ("starts", "passes", "fails")]
        self.totals = {n: dims.get(n) for n in dict.fromkeys([*counts, *paid])}

    def kernel(self) -> EntityKernel:
        text = "\n".join(
            [
                LEVEL + runtime() + HELPERS,
                "int run(const void *const *in, void *const *out, const i64 *meta) {",
                "const i64 n = meta[0], months = meta[2], years = months / 12; const u64 seed = (u64)meta[3];",
                "const F t0 = (F)meta[1], t1 = (F)(meta[1] + months), last = (F)(months - 1);",
                "const i64 fixed = meta[4], templates = meta[5], room = meta[6]; const i64 *width = meta + 7;",
                "const u32 *draws = in[0], *low = in[1], *high = in[2], *standing = in[4], *ends = in[5];",
                "const F *entry = in[3], *intensity = in[6];",
                f"F *work = out[{len(self.totals) + 1}];",
                f"u32 *row = (u32 *)(work + {len(self.fields)} * room), *lo = row + room, *hi = lo + room;",
                f"F *level = work + {len(self.fields) + 2} * room, *held = level + months + 1;",
                f"F *turned = held + {HELD} * ends[0];",
                f"i64 each = templates ? months : 0, at[{max(len(self._turned()), 1)}];",
                *(f"at[{k}] = each; each += {size};" for k, (_, size) in enumerate(self._turned().items())),
                *(f"F *{self._field(f)} = work + {k} * room;" for k, f in enumerate(self.fields)),
                "int full = 0;",
                *(f"zero(out[{k}], n * {self._size(t)});" for k, t in enumerate(self.totals)),
                f"zero(out[{len(self.totals)}], n * {len(self.stages)});",
                *self._first(),
                "for (i64 d = 0; d < n; d++) {",
                "const u32 draw = draws[d]; i64 count = 0;",
                *self._turns(),
                *(line for k in range(len(self.stages)) for line in self._stage(k)),
                *self._passed(),
                "}",
                "return full;",
                "}",
                "",
            ]
        )
        graphs = (*self.stages, self.outcome.whole, self.outcome.year)
        operations = {k: sum(1 for x in g.nodes if x.args) for k, g in enumerate(graphs)}
        return EntityKernel(text, self.flat, (), (), (), operations, tuple(self.totals.items()), len(self.fields), self.years)

    def _field(self, name: str) -> str:
        return f"w{self.fields.index(name)}"

    def _known(self, stage: int) -> list[str]:
        """What an entity brings along into a stage, because an earlier one may have set it."""
        return [f for f in self.fields[2:] if self.since.get(f, stage) < stage]

    def _pointer(self, i: Input) -> str:
        return f"((const F *)in[{FIXED + self.flat.index(i)}])"

    def _turned(self) -> dict[Input, str]:
        """The paths and tables, and how many numbers of each a draw has."""
        sizes = {"path": "(width[{}] == 1 ? 0 : months)", "table": "width[{}]"}
        return {i: sizes[i.kind].format(k) for k, i in enumerate(self.flat) if i.kind in sizes}

    def _turns(self) -> list[str]:
        """Paths and tables are turned for some draws at a time, as memory is read by lines."""
        out = [f"F *rate = turned + d % {TURNED} * each, *sum = turned + {TURNED} * each;", f"if (d % {TURNED} == 0) {{"]
        out += [f"const i64 columns = n - d < {TURNED} ? n - d : {TURNED};"]
        out += ["if (templates) turn(turned, each, intensity + d, n, months, columns);"]
        for k, (i, size) in enumerate(self._turned().items()):
            out.append(f"turn(turned + at[{k}], each, {self._pointer(i)} + d, n, {size}, columns);")
        return [*out, "}"]

    def _of_draw(self, *graphs: Graph) -> list[str]:
        """The draw's own numbers, paths and tables that these graphs read."""
        found = {x.input for graph in graphs for x in graph.nodes}
        out = [f"const F {self._own(i)} = {self._pointer(i)}[d];" for i in self.flat if i in found and i.kind == "parameter"]
        for k, i in enumerate(self._turned()):
            if i in found:
                one = f"width[{self.flat.index(i)}] == 1 ? {self._pointer(i)} : " if i.kind == "path" else ""
                out.append(f"const F *{self._own(i)} = {one}rate + at[{k}];")
        return out

    def _own(self, i: Input) -> str:
        """The name of a draw's own number, path or table."""
        return f"{'p' if i.kind == 'parameter' else 'h'}{self.flat.index(i)}"

    def _read(self, node: Node) -> str:
        assert node.input is not None
        return f"{self._own(node.input)}{', t0, last' if node.op == 'at' else ''}"

    def _loops(self, graph: Graph) -> tuple[Loops, dict[Input, str]]:
        names: dict[Input, str] = {}
        for i, node in enumerate(graph.nodes):
            if node.op == "input" and node.input is not None and node.input.kind != "years":
                wide = node.input.kind != "parameter"
                names[node.input] = f"e{i}" if wide else self._own(node.input)

        def name(i: int) -> str:
            found = graph.nodes[i].input
            assert found is not None
            if found.kind == "years":
                return literal(numbers_of(found)[found.member])
            return names[found] if found.kind == "parameter" else f"{names[found]}[l]"

        return Loops(graph, ORDER, PAIR, name, self._read, CHUNK), names

    def _first(self) -> list[str]:
        """Those that stand in the first stage by the plan's data: they are the same in every draw, which begins with a copy."""
        return [
            "const i64 firsts = ends[0]; F *begins = held, *olds = held + firsts;",
            "u32 *rows = (u32 *)(held + 2 * firsts), *lows = rows + firsts, *highs = lows + firsts;",
            "u32 standing0 = 0, begun[years + 1]; for (i64 y = 0; y <= years; y++) begun[y] = 0;",
            "for (i64 j = 0; j < firsts; j++) {",
            "const u32 r = standing[j]; const F begin = entry[r] == -INF ? t0 : entry[r]; const int before = entry[r] < t0;",
            "rows[j] = r; lows[j] = low[r]; highs[j] = high[r]; begins[j] = begin; olds[j] = before ? 1.0 : 0.0;",
            "if (before) standing0++; else begun[(i64)year_of(begin, t0, years)]++;",
            "}",
        ]

    def _enter(self, stage: int, fate: bool = False) -> list[str]:
        """Those that stand in a stage by the plan's data, then the arrivals; the last chunk is filled up with copies."""
        fields = [f"{self._field(f)}[count] = {'-INF' if f.startswith('fate.') else '0.0'};" for f in self._known(stage)]
        last = f"fate.{self.sector.stages[-1].name}"
        if fate and last in self.fields:
            fields.append(f"{self._field(last)}[count] = begin;")
        out = ["u32 stood = 0, counted[3 * (years + 1)]; for (i64 y = 0; y < 3 * (years + 1); y++) counted[y] = 0;"]
        if stage == 0 and not fate:
            out += [
                "again(w0, begins, firsts); again(w1, olds, firsts); count = firsts; stood = standing0;",
                "again32(row, rows, firsts); again32(lo, lows, firsts); again32(hi, highs, firsts);",
                "for (i64 y = 0; y <= years; y++) counted[y] = begun[y];",
            ]
        else:
            out += [
                f"for (u32 j = {f'ends[{stage - 1}]' if stage else '0'}; j < ends[{stage}]; j++, count++) {{",
                "const u32 r = standing[j]; const F begin = entry[r] == -INF ? t0 : entry[r]; const int before = entry[r] < t0;",
                "row[count] = r; lo[count] = low[r]; hi[count] = high[r]; w0[count] = begin; w1[count] = before ? 1.0 : 0.0;",
                "if (before) stood++; else counted[(i64)year_of(begin, t0, years)]++;",
                *fields,
                "}",
            ]
        if stage == 0 and not fate and self.sector.arrivals is not None:
            purpose = purpose_key(f"{self.sector.name}.arrivals")
            out += [
                "if (templates) { i64 many = arrivals(w0 + count, room - count - B, rate, level, meta[1], months, draw,",
                f"{purpose}u, seed);",
                "if (many < 0) { full = 1; many = 0; }",
                "arrived(row + count, lo + count, hi + count, w1 + count, w0 + count, many, (u32)fixed, templates,",
                "counted, t0, years); count += many; }",
            ]
        all_of = ("row", "lo", "hi", "w0", "w1", *map(self._field, self._known(stage)))
        copies = " ".join(f"{x}[k] = {x}[count - 1];" for x in all_of)
        return [*out, f"for (i64 k = count; k % B; k++) {{ {copies} }}"]

    def _lanes(self, graph: Graph, names: Mapping[Input, str], purpose: str, uniforms: Sequence[str]) -> Iterator[str]:
        """Loads what a step reads of B pairs."""
        yield "const int w = count - b < B ? (int)(count - b) : B; const u32 *lo_ = lo + b, *hi_ = hi + b, *row_ = row + b;"
        for i, name in names.items():
            if i.kind == "entity":
                yield f"F {name}[B]; gather({name}, in[{FIXED + self.flat.index(i)}], row_);"
            elif i.kind in ("start", "first", "carry", "fate"):
                field = self._field(i.kind if i.kind in ("start", "first") else f"{i.kind}.{i.name}")
                yield f"const F *{name} = {field} + b;"
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
        out = ["{", *self._enter(number), *self._of_draw(graph), *loops.body(ONCE), *loops.body(DRAW), *self._clear(events)]
        out += ["i64 kept = 0; for (i64 b = 0; b < count; b += B) {"]
        out += [*self._lanes(graph, names, f"{self.sector.name}.{stage.name}", stage.uniforms), *loops.arrays()]
        out += [*loops.body(DRAW | PAIR), "const F *begin = w0 + b; F end[B]; int ended[B], stays[B];"]
        out += [f"LANES {{ end[l] = begin[l] + {loops.ref(of['duration', ''])}; }}"]
        out += [f"LANES {{ const int ok = {loops.ref(of['advance', ''])} != 0.0; stays[l] = ok & (end[l] < t1);"]
        out += ["ended[l] = (int)(year_of(end[l], t0, years) + (ok ? 2.0 : 1.0) * (F)(years + 1)); }"]
        # no branch depends on a pair's luck: lists of those that go on, and of those with an event, are made without
        out += ["u32 which[B]; int some = 0; for (int l = 0; l < w; l++) counted[ended[l]]++;"]
        if events:
            amounts = {name: (loops.ref(of["month", name]), loops.ref(of["amount", name])) for name in events}
            falls = {name: f"(({m} < end[l] + 1e-9) & ({x} != 0.0))" for name, (m, x) in amounts.items()}
            out += [f"int paid[B]; LANES paid[l] = {' | '.join(falls.values())};"]
            out += ["for (int l = 0; l < w; l++) { which[some] = (u32)l; some += paid[l]; }"]
            out += ["for (int i = 0; i < some; i++) { const u32 l = which[i];"]
            for k, (name, (month, amount)) in enumerate(amounts.items()):
                out += [f"const i64 y{k} = {falls[name]} ? (i64)year_of({month}, t0, years) : years;"]
                out += [self._add(name, events, f"y{k}", amount)]
            out += ["}", "some = 0;"]
        out += ["for (int l = 0; l < w; l++) { which[some] = (u32)l; some += stays[l]; }"]
        out += ["for (int i = 0; i < some; i++, kept++) { const u32 l = which[i], r_ = row_[l], l_ = lo_[l], h_ = hi_[l];"]
        on = self._known(number + 1)
        for k, f in enumerate(on):
            kind, _, name = f.partition(".")
            carried = loops.ref(of["carry", name]) if kind == "carry" and ("carry", name) in of else f"{self._field(f)}[b + l]"
            out += [f"const F f{k} = {'end[l]' if f == f'fate.{stage.name}' else carried};"]
        out += ["row[kept] = r_; lo[kept] = l_; hi[kept] = h_; w0[kept] = end[l]; w1[kept] = 0.0;"]
        out += [*(f"{self._field(f)}[kept] = f{k};" for k, f in enumerate(on)), "}", "}"]
        # who passed a stage starts the next: its starts are these and those that came to it from outside
        before = self.sector.stages[number - 1].name
        came = f"(F *)out[{place(f'{self.sector.name}.passes.{before}')}] + d * years" if number else "0"
        out += [f"((F *)out[{len(self.totals)}])[{number} * n + d] = stood;"]
        for k, (total, more) in enumerate(((starts, came), (fails, "0"), (passes, "0"))):
            out += [f"tell((F *)out[{total}] + d * years, counted + {k} * (years + 1), {more}, years);"]
        return [*out, "count = kept;", *self._flush(events), "}"]

    def _passed(self) -> list[str]:
        """Those who passed all stages: what all years share in one, then year after year in one loop."""
        loops, names = self._loops(self.outcome.whole)
        year = Year(self.outcome, loops, len(self.years), self._read)
        gives = [name for _, _, name in self.outcome.year.results]
        out = ["{", *self._enter(len(self.stages), True), *self._of_draw(self.outcome.whole, self.outcome.year)]
        out += [*loops.body(ONCE), *loops.body(DRAW), *year.of_draw()]
        out += [*self._clear(gives), "for (i64 b = 0; b < count; b += B) {"]
        out += [*self._lanes(self.outcome.whole, names, f"{self.sector.name}.outcome", self.sector.outcome_uniforms)]
        out += [*loops.arrays(), *loops.body(DRAW | PAIR), *year.of_pairs(), "for (int l = 0; l < w; l++) {"]
        for k, name in enumerate(gives):
            of = self.totals[name]
            each = f"for (int y = 0; y < {len(self.years)}; y++) {{}}[y] += {year.given(k)}[y * B + l];".format
            member = f"{self._pointer(Input('entity', self.sector.name, of))}[row_[l]]" if of else ""
            there = f"{{ const F of = {member}; if (of >= 0.0) {{ F *s = sum{k} + (i64)of * years; {each('s')} }} }}"
            out.append(there if of else each(f"sum{k}"))
        return [*out, "}", "}", *self._flush(gives), "}"]

    # sums of a stage, in the order of the pairs, before they go to the totals

    def _size(self, name: str) -> str:
        return "years" if self.totals[name] is None else f"years * meta[{7 + len(self.flat) + list(self.totals).index(name)}]"

    def _clear(self, names: Sequence[str]) -> list[str]:
        out, at = [], "sum"
        for k, name in enumerate(names):
            out.append(f"F *sum{k} = {at}; zero(sum{k}, {self._size(name)});")
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
            out.append(f"flush((F *)out[{place}] + d * years, sum{k}, {self._size(name)}, n * years, years);")
        return out
