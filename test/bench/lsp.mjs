// How soon the language server answers after an edit of a file of 2,000 lines: `node test/bench/lsp.mjs`. It starts the
// server as an editor does, edits, asks at once, and prints medians and worst cases in milliseconds; the median of what
// the thread that answers has computed, where the system tells (Linux); and how many times a parse of the file that is.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "chor-bench-"));
const rounds = 40;
const lines = 2_000;

const options = {
  absWorkingDir: root,
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  external: ["ts-morph"],
  banner: { js: 'const benchUrl = require("node:url").pathToFileURL(__filename).href;' },
  define: { "import.meta.url": "benchUrl" },
  alias: { "@chor/grammar": join(root, "grammar/src/index.ts") },
};
const server = join(folder, "server.cjs");
const stages = join(folder, "stages.cjs");
await build({ ...options, entryPoints: ["compiler/src/lsp/process.ts"], outfile: server });
await build({
  ...options,
  stdin: {
    contents: 'export { parse } from "@chor/grammar"; export { check } from "./compiler/src/check.ts";',
    resolveDir: root,
  },
  outfile: stages,
});

const text = program();
console.log(`${text.split("\n").length} lines, ${text.length} characters, ${rounds} rounds each`);

const { parse, check } = createRequire(import.meta.url)(stages);
let parsing = null;
console.log(`${"".padEnd(50)} ${"median".padStart(8)} ${"worst".padStart(8)} ${"computed".padStart(9)}  × parse`);
parsing = measured("parse", () => parse({ file: "bench.chor", text }));
measured("check", () => check({ file: "bench.chor", text }));

const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
const uri = pathToFileURL(join(folder, "bench.chor")).href;
const published = new Map();
connection.onNotification("textDocument/publishDiagnostics", ({ version }) => published.get(version)?.());
connection.listen();
await connection.sendRequest("initialize", { processId: process.pid, rootUri: null, capabilities: {} });
await connection.sendNotification("initialized", {});
await connection.sendNotification("textDocument/didOpen", {
  textDocument: { uri, languageId: "chor", version: 1, text },
});
const textDocument = { uri };
let version = 1;
const middle = Math.floor(lines / 2);
const interaction = text.split("\n").findIndex((line, i) => i > middle && line.includes("Deliver(patch)"));
const place = { line: interaction, character: text.split("\n")[interaction].indexOf("patch") };
const behind = { line: interaction, character: text.split("\n")[interaction].indexOf(")") };
const everything = { start: { line: 0, character: 0 }, end: { line: lines, character: 0 } };

await answer("hover", { position: place }, "the first hover of all", 1);
for (const [name, method, params] of [
  ["hover", "hover", { position: place }],
  ["completion", "completion", { position: behind }],
  ["definition", "definition", { position: place }],
  ["references", "references", { position: place, context: { includeDeclaration: true } }],
  ["semantic tokens", "semanticTokens/full", {}],
  ["outline", "documentSymbol", {}],
  ["inlay hints", "inlayHint", { range: everything }],
]) {
  await answer(method, params, `${name} after an edit`, rounds);
}

const times = [];
for (let round = 0; round < 8; round++) {
  const begin = performance.now();
  const came = new Promise((resolve) => published.set(version + 1, resolve));
  await edit();
  await came;
  times.push(performance.now() - begin);
}
print("diagnostics after an edit, a pause of 200 ms", times, []);

await connection.sendRequest("shutdown");
await connection.sendNotification("exit");
connection.dispose();
rmSync(folder, { recursive: true, force: true });

async function answer(method, params, name, count) {
  const times = [];
  const computed = [];
  for (let round = 0; round < count; round++) {
    await edit();
    const before = computing();
    const begin = performance.now();
    await connection.sendRequest(`textDocument/${method}`, { textDocument, ...params });
    times.push(performance.now() - begin);
    if (before !== null) computed.push(computing() - before);
  }
  print(name, times, computed);
}

/** How long the first thread of the server has had a processor, in milliseconds; null where that is not told. */
function computing() {
  try {
    return Number(readFileSync(`/proc/${child.pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
  } catch {
    return null;
  }
}

/** Types a character into a comment at the beginning, or takes it away again. */
async function edit() {
  version++;
  const even = version % 2 === 0;
  const range = { start: { line: 0, character: 3 }, end: { line: 0, character: even ? 3 : 4 } };
  await connection.sendNotification("textDocument/didChange", {
    textDocument: { uri, version },
    contentChanges: [{ range, text: even ? "x" : "" }],
  });
}

function measured(name, act) {
  const times = [];
  const computed = [];
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    const begin = performance.now();
    act();
    times.push(performance.now() - begin);
    const { user, system } = process.cpuUsage(before);
    computed.push((user + system) / 1000);
  }
  return print(name, times, computed);
}

/** Gives the median. */
function print(name, times, computed) {
  const median = medianOf(times);
  const columns = [median, Math.max(...times)].map((time) => time.toFixed(1).padStart(8));
  const thread = computed.length === 0 ? "" : medianOf(computed).toFixed(1);
  const ratio = parsing === null ? "" : (median / parsing).toFixed(1);
  console.log(`${name.padEnd(50)} ${columns.join(" ")} ${thread.padStart(9)} ${ratio.padStart(8)}`);
  return median;
}

function medianOf(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

function program() {
  const parts = ["// \n"];
  for (let i = 0; parts.join("").split("\n").length < lines; i++) {
    parts.push(`artifact Task${i} { title: string(1..80) }
artifact Patch${i} { diff: string(1..2000) }
artifact Review${i} { findings: string(1..200)[1..20] }

choreography Team${i}(Lead, Coder, Reviewer, Tester) {
  Lead -> Coder, Reviewer: Task${i} as task
  loop attempt max 3 {
    Coder -> Reviewer: Patch${i} as patch
    choice verdict at Reviewer {
      Reviewer -> Coder: Approve()
      Reviewer -> Lead: Deliver(patch)
      Reviewer -> Tester: Test(patch)
      break attempt
    } or {
      Reviewer -> Coder: Revise(Review${i}) as review
    }
  } else {
    Reviewer -> Lead: GiveUp()
    Reviewer -> Tester: Stop()
  }
}

`);
  }
  return parts.join("");
}
