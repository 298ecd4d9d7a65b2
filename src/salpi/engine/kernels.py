"""Which reading runs a group of sectors: a native kernel, a WebAssembly module, or the NumPy reference.

All give the same bits. Where a kernel cannot be had the reason is one line, and the next reading runs; an output that is
not finite is explained by the reference, which knows every input.
"""

from __future__ import annotations

import hashlib
import logging
import os
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from salpi.engine import drawing, entity_kernels, native, wasm
from salpi.engine.block import Context, Made, run_stocks
from salpi.engine.declare import Bound, EntitySector, Sector
from salpi.engine.emit_c import Kernel, emit
from salpi.engine.emit_entities import EntityKernel
from salpi.engine.native import KernelError
from salpi.engine.trace import TraceError
from salpi.kept import PACKAGE, kept

if TYPE_CHECKING:
    from salpi.engine.entities import EntityContext
    from salpi.engine.run import Model

Array = NDArray[np.float64]
Group = tuple[Sector | EntitySector, ...]
Call = Callable[[Sequence[Any], Sequence[Array], NDArray[np.int64]], int]


@dataclass(frozen=True)
class Kernels:
    """Kernels by the names of a group's sectors; ``engine`` names the reading, ``notes`` say why it is no faster one."""

    engine: str
    calls: Mapping[str, tuple[Kernel, Call]]
    notes: tuple[str, ...] = ()

    def parameters(self, model: Model, draws: NDArray[np.int64]) -> Mapping[str, Array]:
        """A model's parameters in a block: drawn by a kernel where there is one, and the model says how they are drawn."""
        kernel, call = self.calls.get(drawing.NAME, (None, None))
        ids, given = model.parameter_ids(), model.parameters
        return given(ids, draws, call) if isinstance(given, drawing.Drawn) and kernel is drawing.KERNEL else given(ids, draws)

    def run(self, sectors: Sequence[Sector], context: Context, months: Mapping[str, Array]) -> Made | None:
        """What a group gives in a block; None where it has no kernel. Raises NotFinite."""
        found = self.calls.get(_name(sectors))
        if found is None:
            return None
        kernel, call = found
        arrays, meta = _inputs(kernel, sectors, context, months)
        made, outs = _outputs(kernel, context)
        bad = call(arrays, outs, meta)
        if bad:
            reference = run_stocks(list(sectors), context, months)  # raises NotFinite with the place and the inputs
            if any(v.tobytes() != made.years[k].tobytes() for k, v in reference.years.items()):  # else a sum left the numbers
                raise KernelError(f"the kernel of {_name(sectors)} gives values that are not finite, the reference none")
        return made

    def lives(
        self, sector: EntitySector, bound: Bound, context: EntityContext, once: entity_kernels.Once
    ) -> dict[str, Array] | None:
        """What a sector of entities gives by year (see ``entity_kernels.run``); None where it has no kernel for these years."""
        found = self.calls.get(sector.name)
        if found is None or not isinstance(found[0], EntityKernel) or found[0].years != tuple(map(int, context.years)):
            return None
        return entity_kernels.run(found[0], found[1], sector, bound, context, once)


NUMPY = Kernels("numpy", {})
WORTH = 2000
"""Draws from which compiling pays over some runs; for fewer, what is there already is taken."""
ENGINES = ("auto", "native", "wasm", "numpy")
Modules = Callable[[str, str], bytes | None]
Emitted = Callable[[str], Kernel | None]
_loaded: dict[str, Call] = {}
_built: dict[str, Call] = {}


def _name(sectors: Sequence[Sector | EntitySector]) -> str:
    return "+".join(s.name for s in sectors)


_emitted: dict[tuple[Any, ...], Kernel] = {}


def sources(
    model: Model, years: Sequence[int] = (), notes: list[str] | None = None, emitted: Emitted | None = None
) -> dict[str, Kernel]:
    """The kernel of every group of stock-and-flow sectors and, for a run of these years, of entities; and what draws parameters.

    A group that leaves the language raises TraceError, or with ``notes`` is left out and noted.
    ``emitted(key)`` gives a kernel that this same code emitted before (see ``keys``), or None.
    """
    out: dict[str, Kernel] = {}
    for group in model.groups:
        asked = _asked(model, group, tuple(years))
        if asked is None:
            continue
        try:
            if asked.key not in _emitted:
                _emitted[asked.key] = _kept(asked.plain, asked.functions, asked.emit, emitted)
        except TraceError as error:
            if notes is None:
                raise
            notes.append(f"{_name(group)} runs on NumPy, with the same results but slower: {error}")
        else:
            out[_name(group)] = _emitted[asked.key]
    return out | ({drawing.NAME: drawing.KERNEL} if isinstance(model.parameters, drawing.Drawn) else {})


def keys(model: Model, years: Sequence[int] = ()) -> dict[str, str]:
    """By group what its kernel depends on beside the code, as a hash: the key under which ``emitted`` is asked for it."""
    found = {_name(group): _asked(model, group, tuple(years)) for group in model.groups}
    return {name: _hash(asked.plain) for name, asked in found.items() if asked is not None}


@dataclass(frozen=True)
class _Asked:
    """A kernel that is wanted: ``key`` in this process, ``plain`` values that say the same in another."""

    key: tuple[Any, ...]
    plain: tuple[Any, ...]
    functions: tuple[Any, ...]
    emit: Callable[[], Kernel]


def _asked(model: Model, group: Group, years: tuple[int, ...]) -> _Asked | None:
    first = group[0]
    if isinstance(first, EntitySector):
        bound = model.bound[first.name]
        sizes = tuple((d, len(m)) for d, m in bound.dims.items())
        functions = (*(stage.step for stage in first.stages), first.outcome)
        of_years = np.array(years, dtype=np.int64)
        emitting = _Asked(
            (first, sizes, years), (first.name, sizes, years), functions, lambda: entity_kernels.emit(first, bound, of_years)
        )
        return emitting if years else None
    needed = {n.name for s in model.sectors for n in s.needs}
    stocks = tuple(s for s in group if isinstance(s, Sector))
    yearly = {g.name for s in model.sectors if isinstance(s, EntitySector) for g in s.gives}
    yearly &= {n.name for s in stocks for n in s.needs}
    key = (*_shape(stocks, model.bound, needed), frozenset(yearly))
    plain = (tuple(s.name for s in stocks), key[1], key[2], tuple(sorted(key[3])), tuple(sorted(yearly)))
    those = tuple(function for s in stocks for function in (s.step, s.init))
    return _Asked(key, plain, those, lambda: emit(stocks, model.bound, needed, yearly))


def _kept(plain: tuple[Any, ...], functions: Iterable[Any], emit: Callable[[], Kernel], emitted: Emitted | None = None) -> Kernel:
    """The kernel of a key of plain values: tracing a large model takes a second, reading its C none.

    Sectors from outside the package are never kept: their code is not in the key.
    """
    if not all(str(getattr(f, "__module__", "")).startswith(f"{PACKAGE.name}.") for f in functions):
        return emit()
    return kept("emitted", repr(plain), Kernel, lambda: (emitted(_hash(plain)) if emitted is not None else None) or emit())


def _hash(plain: tuple[Any, ...]) -> str:
    return hashlib.sha256(repr(plain).encode()).hexdigest()


def _shape(sectors: tuple[Sector, ...], bound: Mapping[str, Bound], needed: set[str]) -> tuple[Any, ...]:
    """All that a kernel's text depends on: the sectors, the sizes of dims, what belongs to what, what others need."""
    sizes = tuple((name, d, len(m)) for name, b in sorted(bound.items()) for d, m in b.dims.items())
    index = tuple(
        (s.name, a.name, np.asarray(bound[s.name].attributes[a.name], dtype=np.float64).tobytes())
        for s in sectors
        for a in s.attributes
        if a.unit == "index"
    )
    return sectors, sizes, index, frozenset(needed & {g.name for s in sectors for g in s.gives})


def prepare(
    model: Model,
    engine: str = "auto",
    modules: Modules | None = None,
    years: Sequence[int] = (),
    draws: int | None = None,
    emitted: Emitted | None = None,
) -> Kernels:
    """The fastest reading that can be had: ``auto``, or one by name (``native``, ``wasm``, ``numpy``).

    ``years``: those of the run, without which sectors of entities have no kernel.
    ``modules(group, hash of its source)`` gives a WebAssembly module that was built before, or None; ``emitted`` see ``sources``.
    ``draws``: how many will be run; for fewer than WORTH, ``auto`` compiles nothing and takes what is there.
    Raises KernelError where a reading that was asked for by name cannot be had, ValueError for a name that is none.
    """
    if engine not in ENGINES:
        raise ValueError(f"no engine is called {engine!r}; known are {', '.join(ENGINES)}")
    if engine == "numpy":
        return NUMPY
    notes: list[str] = []
    try:
        found = sources(model, years, notes if engine == "auto" else None, emitted)
    except TraceError as error:
        raise KernelError(str(error)) from error
    if engine != "auto":
        return _natives(found) if engine == "native" else _modules(found, modules, True)
    why: list[str] = []
    few = draws is not None and draws < WORTH
    attempts: tuple[Callable[[], Kernels], ...] = (lambda: _natives(found, few), lambda: _modules(found, modules, False, few))
    for attempt in attempts:
        try:
            made = attempt()
            return Kernels(made.engine, made.calls, (*notes, *made.notes))
        except KernelError as error:
            why.append(str(error))
    slow = f"the model runs on NumPy, with the same results but slower: {'; '.join(why)}"
    return Kernels("numpy", {}, (*notes,) if few else (*notes, slow))


def _natives(found: Mapping[str, Kernel], ready: bool = False) -> Kernels:
    """Native kernels; with ``ready`` only if all are built already."""
    new = {name: kernel for name, kernel in found.items() if kernel.hash not in _built}
    slow = [name for name, kernel in new.items() if not native.is_built(kernel.source)]
    if slow and ready:
        raise KernelError(f"{', '.join(slow)} would have to be compiled first")
    if slow:
        logging.getLogger("salpi").warning("compiling the model for this machine, once: %s", ", ".join(slow))
    with ThreadPoolExecutor(2) as pool:
        calls = list(pool.map(lambda k: _native(native.build(k.source)), new.values()))
    _built.update(zip((k.hash for k in new.values()), calls, strict=True))
    return Kernels("native", {name: (kernel, _built[kernel.hash]) for name, kernel in found.items()})


def _modules(found: Mapping[str, Kernel], modules: Modules | None, make: bool, whole: bool = False) -> Kernels:
    """Modules that were built before; one that is missing is built where ``make`` says so, else its group runs on NumPy.

    With ``whole`` a missing one raises KernelError.
    """
    new = {name: kernel for name, kernel in found.items() if kernel.hash not in _loaded}
    data = {name: modules(name, kernel.hash) if modules is not None else None for name, kernel in new.items()}
    missing = [name for name, module in data.items() if module is None and not make]

    def load(name: str) -> Call:
        module = data[name]
        return wasm.load(module if module is not None else wasm.build(new[name].source))

    ready = sorted((name for name in new if name not in missing), key=lambda name: -len(data[name] or b""))  # the longest first
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # a module that this machine sees for the first time is compiled
        _loaded.update(zip((new[name].hash for name in ready), pool.map(load, ready), strict=True))
    calls = {name: (kernel, _loaded[kernel.hash]) for name, kernel in found.items() if name not in missing}
    if not calls or (missing and whole):
        raise KernelError("no WebAssembly module fits these sectors")
    if not missing:
        return Kernels("wasm", calls)
    changed = ", ".join(missing)
    return Kernels(
        "wasm",
        calls,
        (f"{changed}: no module fits the edited sector, it runs on NumPy; pip install 'salpi[compiler]' is faster",),
    )


def _native(function: Callable[..., int]) -> Call:
    def call(arrays: Sequence[Any], outs: Sequence[Array], meta: NDArray[np.int64]) -> int:
        pointers = [np.array([a.ctypes.data for a in group], dtype=np.uintp) for group in (arrays, outs)]
        return function(pointers[0].ctypes.data, pointers[1].ctypes.data, meta.ctypes.data)

    return call


def _inputs(
    kernel: Kernel, sectors: Sequence[Sector], context: Context, months: Mapping[str, Array]
) -> tuple[list[Any], NDArray[np.int64]]:
    """The arrays of a kernel in its order, and its meta numbers."""
    by_name = {s.name: s for s in sectors}
    members = {(s.name, q.id): context.model.members(s, q) for s in sectors for q in s.parameters}
    keys = [_member_key(by_name[i.sector], i.name, i.member, context.bound(by_name[i.sector])) for i in kernel.keys]
    arrays: list[Any] = [context.draws.astype(np.uint32), np.array([*keys, 0], dtype=np.uint32)]
    widths = []
    for i in kernel.inputs:
        if i.kind == "parameter":
            value: Any = context.parameters[members[i.sector, i.name][i.member]]
        elif i.kind == "attribute":
            value = np.atleast_1d(context.bound(by_name[i.sector]).attributes[i.name])
        elif i.kind == "channel":
            value = context.channels[i.name]
        else:
            value = months[i.name][:: 12 if i.kind == "yearly" else 1]
        wide = 1 if value.ndim < 3 else value.shape[1]
        widths.append(int(value.shape[1] != 1) if i.kind == "channel" else wide)
        arrays.append(np.ascontiguousarray(value, dtype=np.float64))
    meta = [len(context.draws), context.start, context.months, _signed(context.model.seed), *widths]
    return arrays, np.array(meta, dtype=np.int64)


def _member_key(sector: Sector, shock: str, member: int, bound: Bound) -> int:
    """The key of a member among the random numbers: 0 without a dim, else the hash of its name."""
    dim = next(z.dim for z in sector.shocks if z.name == shock)
    return 0 if dim is None else zlib.crc32(bound.dims[dim][member].encode("utf-8"))


def _signed(seed: int) -> int:
    word = seed & 0xFFFF_FFFF_FFFF_FFFF
    return word - (1 << 64) if word >> 63 else word


def _outputs(kernel: Kernel, context: Context) -> tuple[Made, list[Array]]:
    """Empty arrays for what comes out: years of every give, months of those that are kept."""
    made, draws = Made(), len(context.draws)
    sectors = {s.name: s for s in context.model.sectors}
    for sector, give in kernel.gives:
        size = () if give.dim is None else (len(context.bound(sectors[sector]).dims[give.dim]),)
        made.years[give.name] = np.empty((*size, draws, context.months // 12))
    for sector, give in kernel.kept:
        size = () if give.dim is None else (len(context.bound(sectors[sector]).dims[give.dim]),)
        made.months[give.name] = np.empty((context.months, *size, draws))
    return made, [*made.years.values(), *made.months.values()]
