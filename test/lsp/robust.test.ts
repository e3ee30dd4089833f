// Whatever is typed, the server goes on, says the same as one that has just been started, and keeps nothing. Random edits
// of real programs, seeded: `CHOR_CASES=1 npx vitest run test/lsp/robust.test.ts` takes a minute instead of seconds, and
// `CHOR_SEED=7` another way.

import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lineStarts, positionAt } from "@chor/grammar";
import { below, pick, randomFrom } from "../support/random.js";
import type { Random } from "../support/random.js";
import { bundled, placeOf, start } from "./client.js";
import type { Client } from "./client.js";
import { agree, build, review } from "./programs.js";

const seed = Number(process.env["CHOR_SEED"] ?? "1");
const rounds = process.env["CHOR_CASES"] === undefined ? 400 : 20_000;
const compareEvery = 40;
/** What a heap may grow by between the first third of the edits and the last, in bytes. */
const maxGrowth = 12_000_000;

let server = { file: "", remove: (): void => {} };
beforeAll(async () => {
  server = await bundled();
});
afterAll(() => server.remove());

const shared = new URL("../../../shared/lang/", import.meta.url);
const programs = [
  review,
  build,
  agree,
  ...(existsSync(fileURLToPath(shared))
    ? readdirSync(shared)
        .filter((name) => name.endsWith(".chor"))
        .map((name) => readFileSync(new URL(name, shared), "utf8"))
    : []),
];
const pieces = [
  ...'{ } ( ) [ ] < > -> : , . .. ? = == | * " / // /* */ \\ & \0 \u202E é 😀 A b 1 20m 1.5 as where else or and at when loop break choice artifact choreography import do scatter'.split(
    " ",
  ),
  "\n",
  "\r\n",
  "  ",
  "A -> B: C\n",
  "loop x max 2 {",
  "where a.b == c",
];

/** Requests about a place, and about a document. */
const abouts = [
  "hover",
  "completion",
  "signatureHelp",
  "definition",
  "documentHighlight",
  "prepareRename",
  "references",
];
const wholes = ["documentSymbol", "foldingRange", "documentLink", "codeLens", "semanticTokens/full"];

function edited(random: Random, text: string) {
  const from = below(random, text.length + 1);
  const to = Math.min(text.length, from + (random() < 0.5 ? 0 : below(random, 30)));
  const insert = random() < 0.3 ? "" : pick(random, pieces);
  const range = { start: edge(text, from), end: edge(text, to) };
  const [start, end] = [offsetOf(text, range.start), offsetOf(text, range.end)];
  return { change: { range, text: insert }, text: text.slice(0, start) + insert + text.slice(end) };
}

/** A position that the protocol has: none in the middle of a line break. */
function edge(text: string, offset: number) {
  const split = text.charAt(offset - 1) === "\r" && text.charAt(offset) === "\n";
  return placeOf(text, split ? offset - 1 : offset);
}

function offsetOf(text: string, { line, character }: ReturnType<typeof placeOf>): number {
  return (lineStarts(text)[line] ?? text.length) + character;
}

async function everything(client: Client, name: string): Promise<unknown> {
  const textDocument = { uri: client.uri(name) };
  const answers = [];
  for (const method of wholes) {
    const answer = await client.ask<unknown>(`textDocument/${method}`, { textDocument });
    answers.push(
      JSON.parse(
        JSON.stringify(answer ?? null)
          .replaceAll(textDocument.uri, "")
          .replace(/"resultId":"\d+"/, "")
          .replace("{,", "{"),
      ) as unknown,
    );
  }
  return answers;
}

test("random edits", async () => {
  const heapFile = join(mkdtempSync(join(tmpdir(), "chor-heap-")), "heap");
  process.env["CHOR_HEAP_FILE"] = heapFile;
  const probe = fileURLToPath(new URL("./probe.cjs", import.meta.url));
  const client = await start(server.file, { node: ["--expose-gc", "-r", probe] });
  client.write("agree.chor", agree);
  client.write("agree-freeze.chor", agree);
  const random = randomFrom(seed);
  let text = pick(random, programs);
  let version = 1;
  const heaps: number[] = [];
  client.open("edited.chor", text);
  for (let round = 0; round < rounds; round++) {
    // Now and then somebody starts afresh.
    if (random() < 0.02 || text.length > 8_000) {
      text = pick(random, programs);
      client.change("edited.chor", ++version, [{ text }]);
    }
    const changes = Array.from({ length: 1 + below(random, 3) }, () => {
      const { change, text: next } = edited(random, text);
      text = next;
      return change;
    });
    client.change("edited.chor", ++version, changes);
    const position = edge(text, below(random, text.length + 1));
    const more = { context: { includeDeclaration: true } };
    await client.at(`textDocument/${pick(random, abouts)}`, "edited.chor", position, more);
    if (round % 10 === 0) {
      const range = { start: position, end: edge(text, text.length) };
      const textDocument = { uri: client.uri("edited.chor") };
      await client.ask("textDocument/codeAction", { textDocument, range, context: { diagnostics: [] } });
      await client.at("textDocument/rename", "edited.chor", position, { newName: "Other" }).catch(() => null);
    }
    if (round % compareEvery === 0) {
      client.open("fresh.chor", text);
      expect(await everything(client, "edited.chor"), `seed ${seed} round ${round}`).toEqual(
        await everything(client, "fresh.chor"),
      );
      const uri = client.uri("fresh.chor");
      await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    }
    if (round > rounds / 3 && round % Math.ceil(rounds / 8) === 0) heaps.push(await heapOf(client, heapFile));
  }
  const found = await client.diagnostics("edited.chor", version);
  client.open("last.chor", text);
  const fresh = await client.diagnostics("last.chor");
  expect(found.map(({ code, range }) => [code, range])).toEqual(fresh.map(({ code, range }) => [code, range]));
  expect(client.complaints).toEqual([]);
  expect(await client.stop()).toBe(0);
  rmSync(join(heapFile, ".."), { recursive: true, force: true });
  expect((heaps.at(-1) ?? 0) - (heaps[0] ?? 0)).toBeLessThan(maxGrowth);
});

async function heapOf(client: Client, file: string): Promise<number> {
  if (process.platform === "win32") return 0;
  rmSync(file, { force: true });
  client.server.kill("SIGUSR2");
  for (let waited = 0; waited < 200; waited++) {
    const size = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
    if (size > 0) return size;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("the heap was not measured");
}

test("the places that `edge` gives are in the text", () => {
  const text = "a\r\nb";
  expect(edge(text, 2)).toEqual(edge(text, 1));
  expect(positionAt(lineStarts(text), 3)).toEqual({ line: 2, column: 1 });
});
