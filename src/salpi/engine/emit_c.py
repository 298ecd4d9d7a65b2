"""C from a graph: fused, in blocks of draws with all months inside, in strict IEEE arithmetic.

One text for every compiler. Each operation is the one of ``engine/functions.py``, ``special.py`` and ``random.py``, in
the same order, without fused multiply-add or reassociation, so that all readings give the same bits. What changes with
nothing, the draw, or the year only is worked out once, once a block, once a year.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from salpi.engine import functions, special
from salpi.engine.declare import Bound, Give, Sector
from salpi.engine.graph import DRAW, MONTH, ONCE, TRUTH, YEAR, Graph, Input, Node, fold, still
from salpi.engine.random import purpose_key
from salpi.engine.trace import trace

LANES = 32
"""Draws in a block: a value of a block is half a page's line of cache, and a few hundred stay in L1 and L2."""

CHUNK = 80
"""Operations in one loop: more would spill registers anyway, and read more lines of cache at a time than L1 holds."""

CALLS = ("exp", "log", "pick", "at")
LINES = ("channel", "need")
GIVEN = ("parameter", "attribute", "opening", "yearly", *LINES)
EMPTY = {"sum": "-0.0", "mean": "-0.0", "max": "-INF"}
"""What a year's amount starts from, by kind: it changes no number that comes to it."""
END = DRAW | YEAR | MONTH
"""What changes with the month, but is wanted in a year's last month only."""
LEVELS = (ONCE, DRAW, DRAW | YEAR, MONTH, DRAW | MONTH, END)


def literal(x: float) -> str:
    """A number as it is written in C."""
    if math.isinf(x) or math.isnan(x):
        return "(-INF)" if x < 0 else "INF" if x == x else "(INF-INF)"
    return f"({x!r})" if math.copysign(1.0, x) < 0 else repr(x)


def _horner(top: Sequence[float], x: str) -> str:
    out = literal(top[-1])
    for a in reversed(top[:-1]):
        out = f"({out}*{x}+{literal(a)})"
    return out


def runtime() -> str:
    """What every kernel brings along: exp, log, the normal quantile, the keyed generator."""
    e, g = functions._EXP, functions._LG
    a, b, c, d, far, near = special._A, special._B, special._C, special._D, special._E, special._F
    return f"""#if defined(__FLT_EVAL_METHOD__) && __FLT_EVAL_METHOD__ != 0
#error "this target rounds intermediate results otherwise"
#endif
typedef double F; typedef unsigned int u32; typedef unsigned long long u64; typedef long long i64;
enum {{ B = {LANES} }};
#define INF __builtin_inf()
#define FN static inline __attribute__((always_inline))
#define ONE static __attribute__((noinline))
#ifdef __clang__
#define EACH(n) _Pragma("clang loop vectorize(assume_safety)") for (int l = 0; l < n; l++)
#else
#define EACH(n) _Pragma("GCC ivdep") for (int l = 0; l < n; l++)
#endif
#define LANES EACH(B)
#ifdef __wasm__  /* one thread an instance: where a value lies is a number in the instruction */
#define ROOM static
#else
#define ROOM
#endif
#if defined(__AVX2__) && !defined(__clang__)  /* GCC does not see by itself that only low halves are multiplied */
enum {{ WIDE = 4 }}; typedef u64 wide __attribute__((vector_size(32), aligned(8), may_alias));
typedef int half __attribute__((vector_size(32)));
#define TIMES(x, m) (wide)__builtin_ia32_pmuludq256((half)(x), (half)((wide){{m, m, m, m}}))
#else
enum {{ WIDE = 1 }}; typedef u64 wide;
#define TIMES(x, m) ((x & 0xFFFFFFFFu) * m)
#endif
/* NaN beside a number gives NaN; where one of the two is a constant, the compiler needs no look for it */
#define NUMBER(b) (__builtin_constant_p(b) && (b) == (b))
#define MIN(a, b) (NUMBER(b) ? ((b) <= (a) ? (b) : (a)) : (a) != (a) ? (a) : (a) < (b) ? (a) : (b))
#define MAX(a, b) (NUMBER(b) ? ((b) >= (a) ? (b) : (a)) : (a) != (a) ? (a) : (a) > (b) ? (a) : (b))
FN F flt(u64 x) {{ union {{ u64 i; F f; }} u; u.i = x; return u.f; }}
FN u64 raw(F x) {{ union {{ u64 i; F f; }} u; u.f = x; return u.i; }}
#define MAGIC 6755399441055744.0
#define MAGICBITS 0x4338000000000000ull
FN F growth(F s, F k) {{
  F hi = s - k * {literal(functions._LN2_HI)}, lo = k * {literal(functions._LN2_LO)};
  F r = hi - lo, t = r * r;
  F c = r - t * ({literal(e[0])} + t * ({literal(e[1])} + t * ({literal(e[2])} + t * ({literal(e[3])} + t * {literal(e[4])}))));
  return 1.0 - ((lo - (r * c) / (2.0 - c)) - hi);
}}
FN F xexp(F x) {{
  F s = x != x ? 0.0 : x; s = s < -746.0 ? -746.0 : s; s = s > 710.0 ? 710.0 : s;
  F km = s * {literal(functions._INV_LN2)} + MAGIC, k = km - MAGIC, y = growth(s, k);
  u64 n = raw(km) - MAGICBITS, half = raw(k * 0.5 + MAGIC) - MAGICBITS;
  y = y * flt((half + 1023) << 52) * flt((n - half + 1023) << 52);
  y = x > {literal(functions._MAX_EXP)} ? INF : x < {literal(functions._MIN_EXP)} ? 0.0 : y;
  return x != x ? x : y;
}}
FN F plainlog(F s, F shift) {{
  u64 w = raw(s), k = (w - {int(functions._SQRT_HALF_BITS)}ull + (1024ull << 52)) >> 52;
  F m = flt(w - ((k - 1024) << 52));
  F f = m - 1.0, q = f / (2.0 + f), z = q * q, v = z * z;
  F odd = z * ({literal(g[0])} + v * ({literal(g[2])} + v * ({literal(g[4])} + v * {literal(g[6])})));
  F even = v * ({literal(g[1])} + v * ({literal(g[3])} + v * {literal(g[5])}));
  F rest = odd + even, half = 0.5 * f * f;
  F n = flt(k | 0x4330000000000000ull) - 4503599627370496.0 - 1024.0 - shift;
  return n * {literal(functions._LN2_HI)} - ((half - (q * (half + rest) + n * {literal(functions._LN2_LO)})) - f);
}}
FN F xlog(F x) {{
  F small = (x > 0.0) & (x < 2.2250738585072014e-308) ? 1.0 : 0.0;
  F s = small > 0.0 ? x * 18014398509481984.0 : x; s = (x > 0.0) & (x < INF) ? s : 1.0;
  F y = plainlog(s, small * 54.0);
  y = x == INF ? INF : x == 0.0 ? -INF : y;
  return (x < 0.0) | (x != x) ? INF - INF : y;
}}
FN F xtail(F u) {{ F q = u - 0.5, size = __builtin_fabs(q), w = q < 0.0 ? u : 1.0 - u; return size <= 0.425 ? 0.05 : w; }}
FN F xnormal(F u, F logtail, int far) {{
  F q = u - 0.5, size = __builtin_fabs(q);
  F x = size <= 0.425 ? 0.180625 - q * q : 0.0;
  F centre = q * ({_horner(a, "x")} / {_horner(b, "x")});
  F r = __builtin_sqrt(-logtail);
  F n = (r < 5.0 ? r : 5.0) - 1.6, m = (r > 5.0 ? r : 5.0) - 5.0;
  F tail = {_horner(c, "n")} / {_horner(d, "n")};
  if (far) tail = r <= 5.0 ? tail : {_horner(far, "m")} / {_horner(near, "m")};
  tail = q < 0.0 ? -tail : tail;
  return size <= 0.425 ? centre : tail;
}}
/* almost always no lane is near an end of the range: then what the ends ask for is left out */
ONE void vexp(F *restrict y, const F *restrict x) {{
  u64 middle = ~0ull;
  LANES {{
    F km = x[l] * {literal(functions._INV_LN2)} + MAGIC;
    y[l] = growth(x[l], km - MAGIC) * flt((raw(km) - MAGICBITS + 1023) << 52);
    middle &= __builtin_fabs(x[l]) < 708.0 ? ~0ull : 0ull;
  }}
  if (!middle) LANES y[l] = xexp(x[l]);
}}
ONE void vlog(F *restrict y, const F *restrict x) {{
  u64 ends = 0;  /* in whole numbers: a comparison of two ends keeps clang from taking lanes together */
  LANES {{ u64 w = raw(x[l]) - (1ull << 52); y[l] = plainlog(x[l], 0.0); ends |= w | (w + (2ull << 52)); }}
  if (ends >> 63) LANES y[l] = xlog(x[l]);  /* some lane is not from 2^-1022 up to what is finite */
}}
ONE void load(F *restrict y, const F *restrict q, int w) {{ LANES y[l] = q[l < w ? l : w - 1]; }}
FN const F *line(F *y, const F *q, int w, i64 ahead) {{  /* a whole one where it lies; the next month's is asked for by now */
  for (int l = 0; l < B; l += 8) __builtin_prefetch(q + ahead + l);
  if (w == B) return q;
  load(y, q, w);
  return y;
}}
#ifdef __wasm_simd128__  /* four lanes side by side: there, 32 by 32 bits are one instruction, 64 by 64 are many */
typedef u32 four __attribute__((vector_size(16))); typedef u64 two __attribute__((vector_size(16), may_alias));
#define TWO(x, i) __builtin_convertvector(__builtin_shufflevector(x, x, i, i + 1), two)
#define HALVES(p, q, i) __builtin_shufflevector((four)(p), (four)(q), i, i + 2, i + 4, i + 6)
#define ROUND(i) {{ \
  two p = TWO(a, 0) * TWO(m, 0), q = TWO(a, 2) * TWO(m, 2), r = TWO(c, 0) * TWO(n, 0), s = TWO(c, 2) * TWO(n, 2); \
  a = HALVES(r, s, 1) ^ b ^ (k0 + i * 0x9E3779B9u); c = HALVES(p, q, 1) ^ d ^ (k1 + i * 0xBB67AE85u); \
  b = HALVES(r, s, 0); d = HALVES(p, q, 0); }}
/* the compiler widens constants, and a factor ahead of the loop, and then multiplies all 64 bits: so it may know neither */
#define FACTORS four m = {{0xD2511F53u, 0xD2511F53u, 0xD2511F53u, 0xD2511F53u}}, \
  n = {{0xCD9E8D57u, 0xCD9E8D57u, 0xCD9E8D57u, 0xCD9E8D57u}}; __asm__ volatile("" : "+r"(m), "+r"(n));
enum {{ STEP = 4 }}; typedef four words;
#define TAKE(l) HALVES(*(two *)(x + (l)), *(two *)(x + (l) + 2), 0)
#define PUT(l, y) *(two *)(x + (l)) = TWO(y, 0); *(two *)(x + (l) + 2) = TWO(y, 2);
#else
#define ROUND(i) {{ wide p = TIMES(a, 0xD2511F53ull), q = TIMES(c, 0xCD9E8D57ull); \
  a = (q >> 32) ^ b ^ (u64)(k0 + i * 0x9E3779B9u); c = (p >> 32) ^ d ^ (u64)(k1 + i * 0xBB67AE85u); b = q; d = p; }}
#define FACTORS
enum {{ STEP = WIDE }}; typedef wide words;
#define TAKE(l) *(wide *)(x + (l))
#define PUT(l, y) *(wide *)(x + (l)) = y;
#endif
ONE void philox(u64 *x, u64 seed) {{  /* four words a lane, in the low halves */
  const u32 k0 = (u32)seed, k1 = (u32)(seed >> 32);
  EACH(B / STEP) {{
    FACTORS const int i = l * STEP;
    words a = TAKE(i), b = TAKE(i + B), c = TAKE(i + 2 * B), d = TAKE(i + 3 * B);
    {" ".join(f"ROUND({i}u)" for i in range(10))}
    PUT(i, a) PUT(i + B, b) PUT(i + 2 * B, c) PUT(i + 3 * B, d)
  }}
}}
ONE void uniform(F *restrict z, const u32 *restrict draw, u32 entity, u32 index, u32 purpose, u64 seed) {{
  u64 x[4 * B]; LANES {{ x[l] = draw[l]; x[l + B] = entity; x[l + 2 * B] = index; x[l + 3 * B] = purpose; }}
  philox(x, seed);
  LANES {{
    u64 k = ((x[l] & 0xFFFFFFFFu) << 20) | ((x[l + B] & 0xFFFFFFFFu) >> 12);
    z[l] = (flt(k | 0x4330000000000000ull) - 4503599627370496.0 + 0.5) * 2.220446049250313e-16;
  }}
}}
ONE void vnormal(F *restrict z, const F *restrict u) {{
  F w[B], r[B];
  LANES w[l] = xtail(u[l]);
  vlog(r, w);
  u64 far = 0;
  LANES {{ z[l] = xnormal(u[l], r[l], 0); far |= r[l] < -25.0 ? 1ull : 0ull; }}
  if (far) LANES z[l] = xnormal(u[l], r[l], 1);
}}
ONE void shock(F *restrict z, const u32 *restrict draw, u32 entity, u32 index, u32 purpose, u64 seed) {{
  F u[B];
  uniform(u, draw, entity, index, purpose, seed);
  vnormal(z, u);
}}
"""


@dataclass(frozen=True)
class Kernel:
    """A group of sectors as C, and the order in which its function takes arrays.

    ``int run(const void *const *in, void *const *out, const long long *meta)`` gives the number of draws in which
    an output is not finite. ``meta``: draws, first month, months, seed, then for each input its width: of a channel
    0 where it is the same in every draw, of a need its members. ``in``: draw
    numbers (u32), keys of members (u32), then ``inputs`` in order (of ``yearly`` needs a line a year). ``out``: for each
    give its years ``([member,] draw, year)``, then for each of ``kept`` its months ``(month, [member,] draw)``.
    """

    source: str
    inputs: tuple[Input, ...]
    keys: tuple[Input, ...]
    gives: tuple[tuple[str, Give], ...]
    kept: tuple[tuple[str, Give], ...]
    operations: Mapping[int, int]

    @cached_property
    def hash(self) -> str:
        return hashlib.sha256(self.source.encode()).hexdigest()


def emit(
    sectors: Sequence[Sector], bound: Mapping[str, Bound], keep: Iterable[str], yearly: Collection[str] = frozenset()
) -> Kernel:
    """The kernel of a group of sectors. Raises TraceError.

    ``keep`` names the gives whose months others need, ``yearly`` the needs that are the same in each month of a year.
    """
    graph = fold(still(fold(trace(sectors, bound, True, yearly))))
    gives = tuple((s.name, g) for s in sectors for g in s.gives)
    names = frozenset(keep)
    return _Emitter(graph, gives, tuple(x for x in gives if x[1].name in names or x[1].monthly)).kernel()


@dataclass(frozen=True)
class Sink:
    """What is done with a node's value in the innermost level: ``text`` with the value for ``{0}``.

    ``over`` is the input whose memory it changes: everything else that reads the input comes before.
    """

    node: int
    text: str
    over: int = -1


@dataclass
class Loops:
    """The statements of a graph, level by level: scalars, and loops over lanes for what changes with the bit ``wide``.

    ``name(i)`` is the text of an input, ``read(node)`` the pointer of a table or path; ``outside`` are the nodes that are read
    from memory beside the loops (unless given, all results). ``sinks`` go into the loop of their node, while its value is in
    a register; ``left`` are those for which that is not possible, to be put after the loops. ``late``: each node is worked out
    as late as can be, which pays where loops are long (stocks), not where many tables are read (lives of entities). ``levels``
    are the nodes' own unless given. ``mark`` begins the names of values, where two graphs stand in one place.
    """

    graph: Graph
    order: Sequence[int]
    wide: int
    name: Callable[[int], str]
    read: Callable[[Node], str] = lambda node: ""
    chunk: int = CHUNK
    outside: Collection[int] | None = None
    sinks: Sequence[Sink] = ()
    late: bool = False
    levels: Sequence[int] = ()
    mark: str = ""

    def __post_init__(self) -> None:
        self.levels, self.place = self.levels or self.graph.levels, dict[int, int]()
        self.chunks = list(self._chunks())
        for chunk, (_, nodes) in enumerate(self.chunks):
            self.place |= dict.fromkeys(nodes, chunk)
        results = {i for ids in self.graph.results.values() for i in ids}
        outside = results if self.outside is None else set(self.outside)
        self.after, self.left = self._sunk(outside)
        self.stored = outside | {s.node for s in self.left}
        for i, node in enumerate(self.graph.nodes):
            self.stored |= {a for a in node.args if self.place.get(a) != self.place.get(i)}

    def _sunk(self, outside: Collection[int]) -> tuple[Mapping[int, Sequence[Sink]], Sequence[Sink]]:
        """Sinks by the node after whose statement they stand, and those that stand in no loop."""
        turn = {i: k for k, i in enumerate(self.place)}
        readers: dict[int, list[int]] = {}
        for i, node in enumerate(self.graph.nodes):
            for a in node.args:
                readers.setdefault(a, []).append(i)
        after: dict[int, list[Sink]] = {}
        left = []
        for sink in self.sinks:
            node, inner = self.graph.nodes[sink.node], self.levels[sink.node] & (self.wide | MONTH) == self.wide | MONTH
            last = max((sink.node, *readers.get(sink.over, ())), key=lambda i: turn.get(i, -1))
            together = node.args and node.op not in CALLS and self.place[last] == self.place[sink.node]
            if inner and together and sink.over not in outside:
                after.setdefault(last, []).append(sink)
            else:
                left.append(sink)
        return after, left

    def _chunks(self) -> Iterator[tuple[int, list[int]]]:
        """Levels in order; within one, loops: first what needs no call of the level, then these, then what needs them."""
        for level in self.order:
            nodes = [i for i, n in enumerate(self.graph.nodes) if self.levels[i] == level and n.args]
            if not level & self.wide:
                yield level, nodes
                continue
            turns = self._late(nodes) if self.late else self._early(nodes)
            for k in sorted(set(turns.values())):
                here = self._nearby([i for i in nodes if turns[i] == k])
                for lo in range(0, len(here), self.chunk):
                    yield level, here[lo : lo + self.chunk]

    def _early(self, nodes: Sequence[int]) -> dict[int, int]:
        """In which turn each node of a level is worked out, even for loops and odd for calls: as soon as it can be."""
        turns: dict[int, int] = {}
        for i in nodes:
            depth = max((turns.get(a, 0) for a in self.graph.nodes[i].args), default=0)
            turns[i] = depth + (depth % 2 != (self.graph.nodes[i].op in CALLS))
        return turns

    def _late(self, nodes: Sequence[int]) -> dict[int, int]:
        """The same, but as late as a node's users allow, so that few values wait in memory from one loop to another."""
        calls, turns = {i for i in nodes if self.graph.nodes[i].op in CALLS}, dict.fromkeys(nodes, 0)
        for i in reversed(nodes):
            turns[i] -= turns[i] % 2 != (i in calls)
            for a in self.graph.nodes[i].args:
                if a in turns:
                    turns[a] = min(turns[a], turns[i] - ((i in calls) != (a in calls)))
        return turns

    def _nearby(self, nodes: Sequence[int]) -> list[int]:
        """Nodes of one loop in an order in which each stands right after what it needs, so that few values wait at once."""
        inside = set(nodes)
        needs = {i: [a for a in self.graph.nodes[i].args if a in inside] for i in nodes}
        used = {a for those in needs.values() for a in those}
        out: dict[int, None] = {}
        todo = [i for i in reversed(nodes) if i not in used]
        while todo:
            missing = [a for a in needs[todo[-1]] if a not in out]
            if missing:
                todo += reversed(missing)
            else:
                out[todo.pop()] = None
        return list(out)

    def body(self, level: int) -> list[str]:
        out: list[str] = []
        for _, nodes in (c for c in self.chunks if c[0] == level):
            if level & self.wide and nodes and self.graph.nodes[nodes[0]].op in CALLS:
                out += [self._call(i) for i in nodes]
                continue
            lines = [self._statement(i) for i in nodes]
            out += ["LANES {", *("  " + x for x in lines), "}"] if level & self.wide and lines else lines
        return out

    def arrays(self) -> list[str]:
        nodes = self.graph.nodes
        wide = [i for i in self.place if self.levels[i] & self.wide and (i in self.stored or nodes[i].op in CALLS)]
        return [f"F {self.array(i)}[B];" for i in wide]

    def array(self, i: int) -> str:
        return f"{self.mark}a{i}"

    def value(self, i: int) -> str:
        return f"{self.mark}v{i}"

    def ref(self, i: int) -> str:
        """A node's value as read from another loop."""
        node = self.graph.nodes[i]
        if node.op == "const":
            return literal(node.value)
        if node.op == "input":
            return self.name(i)
        return f"{self.array(i)}[l]" if self.levels[i] & self.wide else self.value(i)

    def _call(self, i: int) -> str:
        """Calls go over all lanes at once: their code is there once, whatever the number of calls."""
        node = self.graph.nodes[i]
        x = self.ref(node.args[0]).removesuffix("[l]")
        return f"v{node.op}({self.array(i)}, {x}{', ' + self.read(node) if node.input else ''});"

    def _statement(self, i: int) -> str:
        node, here = self.graph.nodes[i], self.place[i]

        def value(a: int) -> str:
            same = self.graph.nodes[a].args and self.place.get(a) == here
            text = self.value(a) if same else self.ref(a)
            return f"({text} != 0.0)" if self.graph.nodes[a].op in TRUTH and not same else text

        values = [value(a) for a in node.args]
        known = [self.graph.nodes[a].value if self.graph.nodes[a].op == "const" else None for a in node.args]
        expression = f"x{node.op}({values[0]}, {self.read(node)})" if node.input else _expression(node, values, known)
        truth = node.op in TRUTH
        line = f"{'const int' if truth else 'const F'} {self.value(i)} = {expression};"
        if i in self.stored and self.levels[i] & self.wide:
            line += f" {self.array(i)}[l] = {self.value(i)}{' ? 1.0 : 0.0' if truth else ''};"
        return " ".join([line, *(sink.text.format(self.value(sink.node)) for sink in self.after.get(i, ()))])


@dataclass
class _Emitter:
    graph: Graph
    gives: tuple[tuple[str, Give], ...]
    kept: tuple[tuple[str, Give], ...]

    def __post_init__(self) -> None:
        self.found = self.graph.inputs()
        self.inputs = sorted(i for i in self.found if i.kind in GIVEN)
        self.flat = self._flat_inputs()
        self.monthly, self.updates = self._sinks()
        sinks = (*self.monthly, *self.updates)
        self.levels = self._levels()
        self.loops = Loops(
            self.graph, LEVELS, DRAW, self._input, outside=self._outside(), sinks=sinks, late=True, levels=self.levels
        )
        self._ref = self.loops.ref

    def _flat_inputs(self) -> tuple[Input, ...]:
        """One array for each name: members of attributes and needs lie in one array, parameters one by one."""
        return tuple(dict.fromkeys(map(_flat, self.inputs)))

    def kernel(self) -> Kernel:
        body = {level: self.loops.body(level) for level in LEVELS}
        arrays = self.loops.arrays()
        keys = tuple(sorted(i for i in self.found if i.kind == "shock"))
        kinds = {k: [i for i in self.found if i.kind == k] for k in (*GIVEN, "state", "last", "shock") if k != "attribute"}
        arrays += [f"F {'of_' * (i.kind in LINES)}{self._name(i)}[B];" for group in kinds.values() for i in group]
        arrays += [f"F of_o{tag}[B];" for tag, *_ in self._kept()]
        arrays += [f"F y{k}[B];" for k, (_, give, *_) in self._outputs() if give.annual in EMPTY]
        source = "\n".join(
            [
                runtime(),
                "int run(const void *const *in, void *const *out, const i64 *meta) {",
                "const i64 n = meta[0], start = meta[1], months = meta[2], years = months / 12; const u64 seed = (u64)meta[3];",
                "const u32 *draws = in[0], *keys = in[1]; int bad = 0;",
                *self._pointers(),
                *(f"const F f{self.found[i]} = {self._pointer(i)}[{i.member}];" for i in self.inputs if i.kind == "attribute"),
                *body[ONCE],
                "for (i64 first = 0; first < n; first += B) {",
                "const int w = n - first < B ? (int)(n - first) : B;",
                "u32 draw[B]; LANES draw[l] = draws[first + (l < w ? l : w - 1)];",
                "F odd[B]; LANES odd[l] = 0.0;",
                *(f"ROOM {array}" for array in arrays),
                *(f"load({self._name(i)}, {self._pointer(i)} + first, w);" for i in kinds["parameter"]),
                *(f"load({self._name(i)}, {self._pointer(i)} + {i.member} * n + first, w);" for i in kinds["opening"]),
                *self._shocks(keys, "once"),
                *body[DRAW],
                *(f"LANES {self._name(i)}[l] = {self._ref(start)};" for i, start, _ in self._states()),
                *(f"LANES {self._name(i)}[l] = 0.0;" for i in kinds["last"]),
                "for (i64 m = 0; m < months; m++) {",
                "const int of_year = (int)(m % 12); const F t = (F)(start + m);",
                "if (of_year == 0) {",
                *_together([f"y{k}[l] = {EMPTY[give.annual]};" for k, (_, give, *_) in self._outputs() if give.annual in EMPTY]),
                *self._shocks(keys, "year"),
                *(f"load({self._name(i)}, {self._pointer(i)} + {self._row(i, 'm / 12')}, w);" for i in kinds["yearly"]),
                *body[DRAW | YEAR],
                "}",
                *self._shocks(keys, "month"),
                *self._lines(kinds["channel"], kinds["need"]),
                *body[MONTH],
                *body[DRAW | MONTH],
                *self._give(body[END]),
                *self._update(),
                "}",
                "for (int l = 0; l < w; l++) bad += !(odd[l] == 0.0);",
                "}",
                "return bad;",
                "}",
                "",
            ]
        )
        counts = {k: sum(1 for i, n in enumerate(self.graph.nodes) if n.args and self.levels[i] == k) for k in LEVELS}
        return Kernel(source, self.flat, keys, self.gives, self.kept, counts)

    # names of what is in memory

    def _name(self, i: Input) -> str:
        return f"{i.kind[0]}{self.found[i]}_"

    def _states(self) -> list[tuple[Input, int, int]]:
        """Each state that is read, with the node of its start and that of its change."""
        out = []
        for (kind, sector, name), ids in self.graph.results.items():
            if kind == "state":
                starts = self.graph.results["init", sector, name]
                out += [(Input(kind, sector, name, k), *both) for k, both in enumerate(zip(starts, ids, strict=True))]
        return [x for x in out if x[0] in self.found]

    def _pointer(self, i: Input) -> str:
        return f"in{2 + self.flat.index(_flat(i))}"

    def _size(self, i: Input) -> str:
        """The members of a need."""
        return f"meta[{4 + self.flat.index(_flat(i))}]"

    def _row(self, i: Input, at: str) -> str:
        """Where a need's line lies of a month or year, counted from the first."""
        return f"({at} * {self._size(i)} + {i.member}) * n + first"

    def _pointers(self) -> list[str]:
        return [f"const F *in{2 + k} = in[{2 + k}];" for k in range(len(self.flat))]

    def _input(self, i: int) -> str:
        """An input as read in a loop over lanes."""
        found = self.graph.nodes[i].input
        assert found is not None
        if found.kind == "time":
            return "t"
        return f"f{i}" if found.kind == "attribute" else f"{self._name(found)}[l]"

    def _shocks(self, keys: tuple[Input, ...], every: str) -> list[str]:
        index = {"once": "0", "year": "(u32)((start + m) / 12)", "month": "(u32)(start + m)"}[every]
        return [
            f"shock({self._name(i)}, draw, keys[{k}], {index}, {purpose_key(f'{i.sector}.{i.name}')}u, seed);"
            for k, i in enumerate(keys)
            if i.every == every
        ]

    def _lines(self, channels: Iterable[Input], needs: Iterable[Input]) -> list[str]:
        """This month's lines of what is read and written by month: where they lie, if they are whole."""
        out = []
        for i in channels:
            k, name, at = 4 + self.flat.index(i), self._name(i), self._pointer(i)
            out.append(f"const F *{name} = of_{name};")
            out.append(f"if (meta[{k}]) {name} = line(of_{name}, {at} + m * n + first, w, n);")
            out.append(f"else {{ const F q = {at}[m]; LANES of_{name}[l] = q; }}")
        for i in needs:
            lag, name = int(i.every), self._name(i)
            line = f"{name} = line(of_{name}, {self._pointer(i)} + {self._row(i, f'(m - {lag})')}, w, {self._size(i)} * n);"
            early = f"const F *{name} = of_{name}; if (m < {lag}) LANES of_{name}[l] = 0.0; else {line}"
            out.append(early if lag else f"const F *{line}")
        return [*out, *(f"F *const o{tag} = w == B ? {row} : of_o{tag};" for tag, _, row in self._kept())]

    def _kept(self) -> list[tuple[str, int, str]]:
        """Of each member of a give whose months are kept: its tag, its node, and where this month's line lies."""
        kept = {give.name: len(self.gives) + k for k, (_, give) in enumerate(self.kept)}
        sizes = {give.name: len(self.graph.results["give", sector, give.name]) for sector, give in self.gives}
        return [
            (tag, node, f"(F *)out[{kept[give.name]}] + (m * {sizes[give.name]} + {member}) * n + first")
            for tag, (_, give, _, member, node) in self._outputs()
            if give.name in kept
        ]

    def _levels(self) -> list[int]:
        """The nodes' levels; what only a year's last month asks for is of its end."""
        asked = {s.node for s in (*self.monthly, *self.updates)}
        for i in range(len(self.graph.nodes) - 1, -1, -1):
            if i in asked:
                asked.update(self.graph.nodes[i].args)
        return [x if x != DRAW | MONTH or i in asked else END for i, x in enumerate(self.graph.levels)]

    def _sinks(self) -> tuple[list[Sink], list[Sink]]:
        """What a month's values go to: lines that are kept, the year's amounts; then states and last values.

        What is not finite stays so in a year's sum, which is looked at once a year (``_give``); in others it may not.
        """
        monthly, updates = [Sink(node, f"o{tag}[l] = {{0}};") for tag, node, _ in self._kept()], []
        kept = {tag for tag, *_ in self._kept()}
        for tag, (_, give, *_, node) in self._outputs():
            if give.annual in EMPTY:
                y = f"y{tag}[l]"
                monthly.append(Sink(node, f"{y} = MAX({y}, {{0}});" if give.annual == "max" else f"{y} = {y} + {{0}};"))
            if give.annual == "max" or (give.annual == "end" and tag in kept):
                monthly.append(Sink(node, "odd[l] += {0} - {0};"))
        for i in (i for i in self.found if i.kind == "last"):
            given = self.graph.results["give", i.sector, i.name][i.member]
            updates.append(Sink(given, f"{self._name(i)}[l] = {{0}};", self.found[i]))
        for i, _, change in self._states():
            updates.append(Sink(change, f"{self._name(i)}[l] = {self._name(i)}[l] + {{0}};", self.found[i]))
        return monthly, updates

    def _outside(self) -> set[int]:
        """Nodes that are read beside the loops: starts of states, what comes out, inputs that others take over as they are."""
        starts = {start for _, start, _ in self._states()}
        out = {node for _, (_, give, *_, node) in self._outputs() if give.annual == "end"}
        return starts | out | {s.node for s in (*self.monthly, *self.updates) if not self.graph.nodes[s.node].args}

    def _update(self) -> list[str]:
        """Next month's states and last values; one that is another's value of this month is copied before any changes."""
        new = [s for s in self.updates if s in self.loops.left]
        aside = {s.node for s in new if (node := self.graph.nodes[s.node]).input and node.input.kind in ("state", "last")}
        copies = [f"F c{i}[B]; LANES c{i}[l] = {self._ref(i)};" for i in sorted(aside)]
        return [*copies, *_together([s.text.format(f"c{s.node}[l]" if s.node in aside else self._ref(s.node)) for s in new])]

    def _outputs(self) -> Iterator[tuple[str, tuple[str, Give, int, int, int]]]:
        """For each member of each give: its tag, and (sector, give, place in out, member, node)."""
        for k, (sector, give) in enumerate(self.gives):
            for m, node in enumerate(self.graph.results["give", sector, give.name]):
                yield f"{k}_{m}", (sector, give, k, m, node)

    def _give(self, end: Sequence[str]) -> list[str]:
        """What a month gives where no loop did yet, and in the last month of a year its amounts, which are looked at."""
        years, looks = [], dict[str, None]()
        for tag, (_, give, k, member, node) in self._outputs():
            value = f"y{tag}[l]" if give.annual in EMPTY else self._ref(node)
            looks[f"odd[l] += {value} - {value};"] = None
            row = f"(F *)out[{k}] + ({member} * n + first) * years + m / 12"
            given = f"{value} / 12.0" if give.annual == "mean" else value
            years.append(f"{{ F *q = {row}; for (int l = 0; l < w; l++) q[l * years] = {given}; }}")
        left = _together([s.text.format(self._ref(s.node)) for s in self.monthly if s in self.loops.left])
        part = [f"{{ F *q = {row}; for (int l = 0; l < w; l++) q[l] = o{tag}[l]; }}" for tag, _, row in self._kept()]
        lines = ["if (w != B) {", *part, "}"] if part else []
        return [*left, *lines, "if (of_year == 11) {", *end, *_together(list(looks)), *years, "}"]


def _flat(i: Input) -> Input:
    """The array in which an input lies; what others give in the first month, where all their months or years lie."""
    if i.kind == "opening":
        return Input(i.every, i.sector, i.name, 0, "0")
    return i if i.kind == "parameter" else replace(i, member=0)


def _together(statements: Sequence[str]) -> list[str]:
    """Statements over lanes, in loops of CHUNK."""
    loops = [statements[lo : lo + CHUNK] for lo in range(0, len(statements), CHUNK)]
    return [f"LANES {{ {' '.join(some)} }}" for some in loops]


def _extreme(node: Node, x: list[str], known: Sequence[float | None]) -> str:
    """The smaller or larger of two; where one is a number written down, it cannot be NaN, and one comparison is enough."""
    less, more = ("<", ">=") if node.op == "min" else (">", "<=")
    if known[1] is None:
        return f"{x[0]} {less} {x[1]} ? {x[0]} : {x[1]}" if known[0] is not None else f"{node.op.upper()}({x[0]}, {x[1]})"
    if known[1] != 0.0:
        return f"{x[1]} {less} {x[0]} ? {x[1]} : {x[0]}"
    return f"{x[0]} {more} {x[1]} ? {x[1]} : {x[0]}"  # 0, not -0, where both are zeros


def _expression(node: Node, x: list[str], known: Sequence[float | None]) -> str:
    if node.op in ("+", "-", "*", "/", "<", "<=", "==", "!="):
        return f"{x[0]} {node.op} {x[1]}"
    if node.op in ("min", "max"):
        return _extreme(node, x, known)
    if node.op == "where":
        return f"{x[0]} ? {x[1]} : {x[2]}"
    if node.op in ("and", "or"):
        return f"{x[0]} {'&' if node.op == 'and' else '|'} {x[1]}"
    if node.op == "not":
        return f"!{x[0]}"
    return {"neg": "-{}", "abs": "__builtin_fabs({})", "sqrt": "__builtin_sqrt({})", "exp": "xexp({})", "log": "xlog({})"}[
        node.op
    ].format(x[0])
