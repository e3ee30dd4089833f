// Checks beside the server: what comes later replaces what waits, and a thread that cannot be had is no failure.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { analyse } from "../../compiler/src/lsp/analysis.js";
import { checker } from "../../compiler/src/lsp/checker.js";
import type { Checker } from "../../compiler/src/lsp/checker.js";
import { SAMPLE, warmUp } from "../../compiler/src/lsp/warm.js";
import { review } from "./programs.js";

let checks: Checker | null = null;
const problems: unknown[] = [];
const made = (program: string | null): Checker => (checks = checker(program, (problem) => problems.push(problem)));

afterEach(() => {
  checks?.close();
  problems.length = 0;
});

test.each([
  ["in this thread", null, 0],
  ["where the program of the thread is not there", "/no/such/program.js", 1],
])("checks %s", async (_, program, complaints) => {
  const { check } = made(program);
  const first = await check({ source: { file: "a.chor", text: review }, others: [], mendsWithin: null });
  expect(first?.diagnostics).toEqual([]);
  expect(first?.protocols.map(({ role }) => role)).toEqual(["Lead", "Coder", "Reviewer"]);
  expect(first?.known.some(({ role, names }) => role === "Reviewer" && names.includes("patch"))).toBe(true);
  const second = await check({
    source: { file: "a.chor", text: review.replace("Deliver(patch)", "Deliver(pach)") },
    others: [],
    mendsWithin: null,
  });
  expect(second?.diagnostics.map(({ code }) => code)).toContain("CHOR0205");
  expect(problems).toHaveLength(complaints);
});

test("of one file only the last is checked, of two files both", async () => {
  const { check } = made(null);
  const answers = await Promise.all([
    check({ source: { file: "a.chor", text: review }, others: [], mendsWithin: null }),
    check({ source: { file: "b.chor", text: "" }, others: [], mendsWithin: null }),
    check({ source: { file: "b.chor", text: review }, others: [], mendsWithin: null }),
    check({ source: { file: "b.chor", text: `${review} artifact Spare { a: int }` }, others: [], mendsWithin: null }),
  ]);
  expect(answers.map((answer) => answer?.diagnostics.length ?? null)).toEqual([0, null, null, 1]);
});

test("mends are looked for where they are asked for, and who asks for them takes no check away", async () => {
  const { check } = made(null);
  const text = `choreography X(A, B, C) {
  choice at A {
    A -> B: Go()
    B -> C: Work()
  } or {
    A -> B: Stop()
  }
}
`;
  const source = { file: "a.chor", text };
  const whole = { start: 0, end: text.length };
  const [, plain, mended] = await Promise.all([
    check({ source: { file: "b.chor", text: "" }, others: [], mendsWithin: null }),
    check({ source, others: [], mendsWithin: null }),
    check({ source, others: [], mendsWithin: whole }),
  ]);
  expect(plain?.diagnostics.map(({ fix }) => fix?.length)).toEqual([1]);
  expect(mended?.diagnostics[0]?.fix?.length).toBeGreaterThan(2);
  const elsewhere = await check({ source, others: [], mendsWithin: { start: 0, end: 5 } });
  expect(elsewhere?.diagnostics).toEqual(plain?.diagnostics);
});

test("what is waiting when it closes is answered", async () => {
  const { check, close } = made(null);
  const answers = ["a", "b", "c"].map((file) =>
    check({ source: { file, text: review }, others: [], mendsWithin: null }),
  );
  close();
  expect((await Promise.all(answers)).slice(1)).toEqual([null, null]);
});

test("what warms a thread is a program without faults", () => {
  expect(analyse({ source: { file: "/warm.chor", text: SAMPLE }, others: [], mendsWithin: null }).diagnostics).toEqual(
    [],
  );
  expect(warmUp).not.toThrow();
});

test("warming asks the thread something before anybody else does", async () => {
  const folder = mkdtempSync(join(tmpdir(), "chor-warm-"));
  const program = join(folder, "thread.cjs");
  writeFileSync(
    program,
    `const { parentPort } = require("node:worker_threads");
parentPort.on("message", ({ source }) => parentPort.postMessage({ analysis: null, problem: source.file }));`,
  );
  const { check, warm } = made(program);
  warm();
  expect(await check({ source: { file: "a.chor", text: review }, others: [], mendsWithin: null })).toBeNull();
  expect(problems).toEqual(["/warm.chor", "a.chor"]);
  rmSync(folder, { recursive: true, force: true });
});
