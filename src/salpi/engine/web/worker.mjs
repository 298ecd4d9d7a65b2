// A worker that runs kernels beside a page: new Worker("worker.mjs", { type: "module" }).
//
//   worker.postMessage({ id, name, module })                  loads a kernel (bytes) under a name
//   worker.postMessage({ id, name, inputs, sizes, meta })     runs it
//
// Each message is answered, in order, by { id, outputs, milliseconds } or { id, error }.

import { Kernel } from "./kernel.mjs";

const kernels = new Map();
let before = Promise.resolve();

async function answer({ id, name, module, inputs, sizes, meta }) {
  const began = performance.now();
  try {
    if (module) kernels.set(name, await Kernel.load(module));
    const outputs = inputs ? kernels.get(name).run(inputs, sizes, meta) : [];
    const milliseconds = performance.now() - began;
    postMessage({ id, outputs, milliseconds }, outputs.map((a) => a.buffer));
  } catch (error) {
    postMessage({ id, error: `${name}: ${error.message}` });
  }
}

onmessage = ({ data }) => {
  before = before.then(() => answer(data));
};
