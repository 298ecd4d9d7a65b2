// Runs recorded calls of kernels and writes what came out: node run_calls.mjs kernel.mjs folder [turns first]
// With turns, each call from the first on runs that often after one to warm up; the median milliseconds, by the clock and of the processor,
// summed by kernel, go to standard output.
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [loader, folder, turns, first] = process.argv.slice(2);
const { Kernel } = await import(pathToFileURL(resolve(loader)));
const processor = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
function timed(action) {
  const [clock, used] = [performance.now(), processor()];
  action();
  return [performance.now() - clock, processor() - used];
}
const median = (times) => [0, 1].map((k) => times.map((t) => t[k]).sort((a, b) => a - b)[times.length >> 1]);

const calls = JSON.parse(readFileSync(join(folder, "calls.json"), "utf-8"));
const data = readFileSync(join(folder, "data.bin"));
const kernels = {}, took = {}, made = [];
for (const [number, { name, inputs, sizes, meta }] of calls.entries()) {
  kernels[name] ??= await Kernel.load(readFileSync(join(folder, `${name}.wasm`)));
  const arrays = inputs.map((place) => place && data.subarray(place[0], place[0] + place[1]));
  const numbers = BigInt64Array.from(meta.map(BigInt));
  const before = kernels[name].run(arrays, sizes, numbers);
  const once = () => kernels[name].run(arrays, sizes, numbers, before);
  made.push(...before);
  if (turns && number >= Number(first)) {
    const its = median(Array.from({ length: Number(turns) }, () => timed(once)));
    took[name] = (took[name] ?? [0, 0]).map((t, k) => t + its[k]);
  }
}
writeFileSync(join(folder, "out.bin"), Buffer.concat(made.map((a) => new Uint8Array(a.buffer))));
if (turns) console.log(JSON.stringify(took));
