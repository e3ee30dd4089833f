// What an accepted message costs in the monitor, beside what people would build instead. In: the built runtime
// (`tsc -b`). Out: nanoseconds per message, ratios against the peers of the same run, heap growth per message.
//
//     node --expose-gc test/bench/monitor.mjs [messages a round]
//
// A message is an envelope (from, seq, label) and a payload of six fields; all have been parsed from JSON, and are
// used again and again. Every candidate checks label, role, sequence number and payload, and goes to its next state.

import { createRequire } from "node:module";
import { cpus } from "node:os";
import { monitor } from "../../runtime/dist/monitor/monitor.js";
import { report } from "../../runtime/dist/monitor/report.js";
import { schema } from "../../runtime/dist/schema/artifact.js";
import { fits, isRecord, pointer, wrong } from "../../runtime/dist/schema/generated.js";

const count = Number(process.argv[2] ?? 200_000);
const rounds = 40;
const warmup = 10;
const require = createRequire(import.meta.url);

// ---- the payload: as generated code has it, and as JSON Schema ---------------------------------------------

const json = {
  type: "object",
  properties: {
    name: { type: "string", minLength: 1, maxLength: 64 },
    summary: { type: "string", maxLength: 4000 },
    priority: { enum: ["low", "high"] },
    size: { type: "integer", minimum: 0, maximum: 1000 },
    done: { type: "boolean" },
    tags: { type: "array", items: { type: "string", maxLength: 40 }, minItems: 1, maxItems: 8 },
  },
  required: ["name", "summary", "priority", "size", "done", "tags"],
  additionalProperties: false,
};

function isModule(value) {
  if (typeof value !== "object" || value === null) return false;
  const { name, summary, priority, size, done, tags } = value;
  if (!isRecord(value)) return false;
  let fields = 0;
  for (const _ in value) fields++;
  if (fields !== 6) return false;
  if (typeof name !== "string" || !fits(name, 1, 64)) return false;
  if (typeof summary !== "string" || !fits(summary, 0, 4000)) return false;
  if (priority !== "low" && priority !== "high") return false;
  if (!Number.isSafeInteger(size) || size < 0 || size > 1000) return false;
  if (typeof done !== "boolean") return false;
  if (!Array.isArray(tags) || tags.length < 1 || tags.length > 8) return false;
  for (let i = 0; i < tags.length; i++) if (typeof tags[i] !== "string" || !fits(tags[i], 0, 40)) return false;
  return true;
}

function checkModule(value, at, issues) {
  if (!isRecord(value)) return wrong(issues, at, "type", "Module", value);
  for (const field in value) {
    if (!(field in json.properties)) wrong(issues, pointer(at, field), "unknown", "no such field", value[field]);
  }
  if (!Number.isSafeInteger(value.size) || value.size < 0 || value.size > 1000) {
    wrong(issues, `${at}/size`, "range", "integer from 0 to 1000", value.size);
  }
}

const Module = schema("Module", "", isModule, checkModule, json);

// ---- the protocol: Coder and Tester take turns in speaking to the Reviewer -----------------------------------

const machine = {
  role: "Reviewer",
  choreography: "Bench",
  counters: [{ loop: "round", max: 3 }],
  states: [
    { enter: "round", then: 1 },
    {
      receives: [
        { label: "Withdraw", from: "Coder", then: 4, at: "Withdraw" },
        { label: "Module", from: "Coder", artifact: Module, as: "module", then: 2, at: "Module" },
      ],
    },
    { receives: [{ label: "Result", from: "Tester", artifact: Module, as: "result", then: 3, at: "Result" }] },
    { repeat: "round", max: 3, then: 1, last: 0 },
    { ends: true },
  ],
};

const carriedBy = (name) => ({
  name,
  summary: "Reads the file once and keeps an index of its lines, so that later look-ups need no second pass.",
  priority: "high",
  size: 120,
  done: false,
  tags: ["parser", "index"],
});
const messages = Array.from({ length: 64 }, (_, i) =>
  JSON.parse(
    JSON.stringify(
      i % 2 === 0
        ? { from: "Coder", label: "Module", payload: carriedBy(`module-${i}`) }
        : { from: "Tester", label: "Result", payload: carriedBy(`result-${i}`) },
    ),
  ),
);

// ---- the candidates: each takes `n` messages and gives how many it accepted -----------------------------------

function chor() {
  const stepper = monitor(machine);
  const rows = new Int32Array(stepper.width);
  return (n) => {
    stepper.open(rows, 0);
    let accepted = 0;
    for (let i = 0; i < n; i++) {
      const message = messages[i & 63];
      if (stepper.receive(rows, 0, message.from, i >> 1, message.label, message.payload) === 0) accepted++;
    }
    return accepted;
  };
}

function validatorAlone(valid) {
  return (n) => {
    let accepted = 0;
    for (let i = 0; i < n; i++) if (valid(messages[i & 63].payload)) accepted++;
    return accepted;
  };
}

/** What one writes by hand around a validator: a switch over the state, and the next number of each sender. */
function byHand(valid) {
  return (n) => {
    let state = "awaits module";
    let round = 0;
    const next = { Coder: 0, Tester: 0 };
    let accepted = 0;
    for (let i = 0; i < n; i++) {
      const message = messages[i & 63];
      const seq = i >> 1;
      switch (state) {
        case "awaits module":
          if (message.label === "Module" && message.from === "Coder" && seq === next.Coder && valid(message.payload)) {
            next.Coder++;
            state = "awaits result";
            accepted++;
          }
          break;
        case "awaits result":
          if (
            message.label === "Result" &&
            message.from === "Tester" &&
            seq === next.Tester &&
            valid(message.payload)
          ) {
            next.Tester++;
            round = round + 1 < 3 ? round + 1 : 0;
            state = "awaits module";
            accepted++;
          }
          break;
      }
    }
    return accepted;
  };
}

/** Ajv as it is deployed: compiled beforehand to standalone code. */
function ajv() {
  const { Ajv2020 } = require("ajv/dist/2020.js");
  const standalone = require("ajv/dist/standalone/index.js").default;
  const compiler = new Ajv2020({ code: { source: true }, allErrors: false });
  const code = standalone(compiler, compiler.compile(json));
  const module = { exports: {} };
  new Function("require", "module", "exports", code)(require, module, module.exports);
  return module.exports.default ?? module.exports;
}

async function xstateAndZod() {
  const { setup, assign, initialTransition, transition } = await import("xstate");
  const { z } = await import("zod");
  const zod = z.strictObject({
    name: z.string().min(1).max(64),
    summary: z.string().max(4000),
    priority: z.enum(["low", "high"]),
    size: z.number().int().min(0).max(1000),
    done: z.boolean(),
    tags: z.array(z.string().max(40)).min(1).max(8),
  });
  const valid = (value) => zod.safeParse(value).success;
  const step = (from, target) => ({
    guard: ({ context, event }) => event.from === from && event.seq === context[from] && valid(event.payload),
    actions: assign({ [from]: ({ context }) => context[from] + 1, accepted: ({ context }) => context.accepted + 1 }),
    target,
  });
  const actor = setup({}).createMachine({
    context: { Coder: 0, Tester: 0, accepted: 0 },
    initial: "awaitsModule",
    states: {
      awaitsModule: { on: { Module: step("Coder", "awaitsResult") } },
      awaitsResult: { on: { Result: step("Tester", "awaitsModule") } },
    },
  });
  const run = (n) => {
    let [snapshot] = initialTransition(actor);
    for (let i = 0; i < n; i++) {
      const { from, label, payload } = messages[i & 63];
      [snapshot] = transition(actor, snapshot, { type: label, from, seq: i >> 1, payload });
    }
    return snapshot.context.accepted;
  };
  return { run, valid };
}

// ---- measuring ------------------------------------------------------------------------------------------------

const candidates = [
  { name: "chor: monitor", messages: count, run: chor() },
  { name: "chor: validator alone", messages: count, run: validatorAlone(Module.is) },
  { name: "chor: validator + switch by hand", messages: count, run: byHand(Module.is) },
];
const absent = [];
try {
  const valid = ajv();
  candidates.push({ name: "Ajv standalone alone", messages: count, run: validatorAlone(valid) });
  candidates.push({ name: "Ajv standalone + switch by hand", messages: count, run: byHand(valid) });
} catch (error) {
  if (error.code !== "MODULE_NOT_FOUND") throw error;
  absent.push("Ajv");
}
try {
  const { run, valid } = await xstateAndZod();
  const fewer = Math.ceil(count / 20);
  candidates.push({ name: "Zod alone", messages: fewer, run: validatorAlone(valid) });
  candidates.push({ name: "XState + Zod", messages: fewer, run });
} catch (error) {
  if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
  absent.push("XState, Zod");
}

for (const candidate of candidates) candidate.best = Infinity;
// In turn, round by round, so that what else the machine does meets all alike.
for (let round = -warmup; round < rounds; round++) {
  for (const candidate of candidates) {
    const begun = process.hrtime.bigint();
    const accepted = candidate.run(candidate.messages);
    const each = Number(process.hrtime.bigint() - begun) / candidate.messages;
    if (accepted !== candidate.messages)
      throw new Error(`${candidate.name} accepted ${accepted} of ${candidate.messages}`);
    if (round >= 0) candidate.best = Math.min(candidate.best, each);
  }
}

console.log(`node --expose-gc test/bench/monitor.mjs ${count}`);
console.log(
  `Node ${process.version}, ${cpus()[0]?.model ?? "unknown CPU"}, ${cpus().length} CPUs; best of ${rounds} rounds\n`,
);
const own = candidates[0].best;
for (const { name, best } of candidates) {
  const ratio = best / own;
  console.log(`${name.padEnd(36)}${best.toFixed(1).padStart(9)} ns   ${ratio.toFixed(2).padStart(7)} x the monitor`);
}
for (const name of absent) console.log(`${name}: not installed`);

const refused = { label: { label: "Modul" }, payload: { payload: { ...carriedBy("x"), size: -1, extra: "field" } } };
for (const [what, change] of Object.entries(refused)) {
  const stepper = monitor(machine);
  const rows = new Int32Array(stepper.width);
  stepper.open(rows, 0);
  const { from, label, payload: carried } = { ...messages[0], ...change };
  const refuse = () => {
    const verdict = stepper.receive(rows, 0, from, 0, label, carried);
    const state = stepper.state(rows, 0);
    const said = {
      machine,
      state,
      verdict,
      direction: "receive",
      peer: from,
      seq: 0,
      next: 0,
      label,
      payload: carried,
    };
    return report({ ...said, attemptsLeft: 2 }).text.length;
  };
  let best = Infinity;
  for (let round = -warmup; round < rounds; round++) {
    const begun = process.hrtime.bigint();
    for (let i = 0; i < 2_000; i++) refuse();
    if (round >= 0) best = Math.min(best, Number(process.hrtime.bigint() - begun) / 2_000);
  }
  console.log(`${`refused for its ${what}, with report`.padEnd(36)}${best.toFixed(0).padStart(9)} ns`);
}

if (globalThis.gc === undefined) console.log("\nheap growth: not measured, run with --expose-gc");
else {
  const run = chor();
  run(100_000);
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  run(1_000_000);
  const grown = process.memoryUsage().heapUsed - before;
  console.log(`\nheap growth over 1,000,000 accepted messages: ${grown} B, ${(grown / 1e6).toFixed(3)} B each`);
}
