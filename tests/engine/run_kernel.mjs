// Runs a kernel's module on a saved call, and writes what came out: node run_kernel.mjs module.wasm call.bin call.json out.bin
import { readFileSync, writeFileSync } from "node:fs";

const [module, data, layout, out] = process.argv.slice(2);
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(module)));
const bytes = readFileSync(data);
const { inputs, outputs, meta } = JSON.parse(readFileSync(layout, "utf-8")); // [offset in the file, bytes]; outputs: bytes

let at = exports.__heap_base.value;
const place = (size) => { at = (at + 63) & ~63; const here = at; at += size; return here; };
const ins = inputs.map(([, size]) => place(size));
const outs = outputs.map(place);
const numbers = place(meta[1]);
const tables = place(4 * (ins.length + outs.length));
exports.memory.grow(Math.max(0, Math.ceil((at - exports.memory.buffer.byteLength) / 65536)));
const memory = new Uint8Array(exports.memory.buffer);
inputs.forEach(([from, size], i) => memory.set(bytes.subarray(from, from + size), ins[i]));
memory.set(bytes.subarray(meta[0], meta[0] + meta[1]), numbers);
new Uint32Array(exports.memory.buffer, tables, ins.length + outs.length).set([...ins, ...outs]);
const bad = exports.run(tables, tables + 4 * ins.length, numbers);
if (bad) throw new Error(`${bad} values are not finite`);
writeFileSync(out, Buffer.concat(outs.map((p, i) => memory.subarray(p, p + outputs[i]))));
