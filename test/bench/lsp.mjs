// How soon the language server answers after an edit of a file of 2,000 lines: `node test/bench/lsp.mjs`. It starts the
// server as an editor does, edits, asks at once, and prints medians and worst cases in milliseconds; beside them what
// parsing and checking such a file takes. Nothing but what it prints comes out of it.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
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
measured("parse", () => parse({ file: "bench.chor", text }));
measured("check", () => check({ file: "bench.chor", text }));

const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
const uri = "file:///bench.chor";
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

for (const [name, method, params] of [
  ["hover", "hover", { position: place }],
  ["completion", "completion", { position: behind }],
  ["definition", "definition", { position: place }],
  ["references", "references", { position: place, context: { includeDeclaration: true } }],
  ["semantic tokens", "semanticTokens/full", {}],
  ["outline", "documentSymbol", {}],
  ["inlay hints", "inlayHint", { range: everything }],
]) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    await edit();
    const begin = performance.now();
    await connection.sendRequest(`textDocument/${method}`, { textDocument, ...params });
    times.push(performance.now() - begin);
  }
  print(`${name} after an edit`, times);
}

const times = [];
for (let round = 0; round < 8; round++) {
  const begin = performance.now();
  const came = new Promise((resolve) => published.set(version + 1, resolve));
  await edit();
  await came;
  times.push(performance.now() - begin);
}
print("diagnostics after an edit, the pause of 200 ms among it", times);

await connection.sendRequest("shutdown");
await connection.sendNotification("exit");
connection.dispose();
rmSync(folder, { recursive: true, force: true });

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
  const times = Array.from({ length: rounds }, () => {
    const begin = performance.now();
    act();
    return performance.now() - begin;
  });
  print(name, times);
}

function print(name, times) {
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? 0;
  console.log(`${name.padEnd(58)} ${median.toFixed(1).padStart(8)} ${(sorted.at(-1) ?? 0).toFixed(1).padStart(8)}`);
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
