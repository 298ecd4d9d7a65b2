// Runs a kernel of the engine: a WebAssembly module that imports nothing and works on its own memory. The same file
// serves a page, a worker and Node; the bits are those of every other reading (docs/engine.md).
//
//   const kernel = await Kernel.load(bytes);
//   const outputs = kernel.run(inputs, sizes, meta);
//
// inputs: typed arrays in the kernel's order, null for one that is as it was in the run before (a moved lever changes few);
// sizes: bytes of each output; meta: a BigInt64Array of its numbers. A fourth argument, outputs of an earlier run, are
// written over and given back: where a slider moves many times, fresh memory costs more than the copies.

const PAGE = 65536;
const LINE = 64; // arrays start at a line of the cache

export class Kernel {
  static async load(bytes) {
    return new Kernel(await WebAssembly.compile(bytes));
  }

  constructor(module) {
    const wanted = ["run", "memory", "__heap_base"];
    const found = WebAssembly.Module.exports(module).map((e) => e.name);
    if (WebAssembly.Module.imports(module).length || wanted.some((name) => !found.includes(name))) {
      throw new Error(`no kernel: a module must import nothing and export ${wanted.join(", ")}`);
    }
    this.exports = new WebAssembly.Instance(module).exports;
    this.lengths = []; // bytes of the inputs of the run before, which still lie in memory
  }

  // What comes out, a Float64Array for each size. They are copies: the next run uses the same memory.
  run(inputs, sizes, meta, into = []) {
    const { memory, run, __heap_base } = this.exports;
    let end = __heap_base.value;
    const place = (size) => {
      const at = Math.ceil(end / LINE) * LINE;
      end = at + size;
      return at;
    };
    const lengths = inputs.map((a, i) => a?.byteLength ?? this.lengths[i]);
    const moved = lengths.some((length, i) => length !== this.lengths[i]);
    if (moved && inputs.includes(null)) throw new Error("an input is to be kept, but the run before had others");
    const ins = lengths.map(place);
    const outs = sizes.map(place);
    const numbers = place(meta.byteLength);
    const table = place(4 * (ins.length + outs.length)); // where each array lies
    if (end > memory.buffer.byteLength) memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE));

    const whole = new Uint8Array(memory.buffer);
    const put = (a, at) => whole.set(new Uint8Array(a.buffer, a.byteOffset, a.byteLength), at);
    this.lengths = lengths;
    inputs.forEach((a, i) => a && put(a, ins[i]));
    put(meta, numbers);
    new Uint32Array(memory.buffer, table).set([...ins, ...outs]);
    const bad = run(table, table + 4 * ins.length, numbers);
    if (bad) throw new Error(`${bad} values are not finite`);
    return outs.map((at, i) => {
      const made = into[i]?.byteLength === sizes[i] ? into[i] : new Float64Array(sizes[i] / 8);
      made.set(new Float64Array(memory.buffer, at, made.length));
      return made;
    });
  }
}
