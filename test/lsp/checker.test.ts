// Checks beside the server: what comes later replaces what waits, and a thread that cannot be had is no failure.

import { afterEach, expect, test } from "vitest";
import { checker } from "../../compiler/src/lsp/checker.js";
import type { Checker } from "../../compiler/src/lsp/checker.js";
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
  const first = await check({ source: { file: "a.chor", text: review }, others: [] });
  expect(first?.diagnostics).toEqual([]);
  expect(first?.protocols.map(({ role }) => role)).toEqual(["Lead", "Coder", "Reviewer"]);
  expect(first?.known.some(({ role, names }) => role === "Reviewer" && names.includes("patch"))).toBe(true);
  const second = await check({
    source: { file: "a.chor", text: review.replace("Deliver(patch)", "Deliver(pach)") },
    others: [],
  });
  expect(second?.diagnostics.map(({ code }) => code)).toContain("CHOR0205");
  expect(problems).toHaveLength(complaints);
});

test("of one file only the last is checked, of two files both", async () => {
  const { check } = made(null);
  const answers = await Promise.all([
    check({ source: { file: "a.chor", text: review }, others: [] }),
    check({ source: { file: "b.chor", text: "" }, others: [] }),
    check({ source: { file: "b.chor", text: review }, others: [] }),
    check({ source: { file: "b.chor", text: `${review} artifact Spare { a: int }` }, others: [] }),
  ]);
  expect(answers.map((answer) => answer?.diagnostics.length ?? null)).toEqual([0, null, null, 1]);
});

test("what is waiting when it closes is answered", async () => {
  const { check, close } = made(null);
  const answers = ["a", "b", "c"].map((file) => check({ source: { file, text: review }, others: [] }));
  close();
  expect((await Promise.all(answers)).slice(1)).toEqual([null, null]);
});
