// What the check says: of wrong choreographies as their authors see it, and of random ones that what it says is true.

import { describe, expect, test } from "vitest";
import { action, isRun, runsOf } from "../oracle/unroll.js";
import { build, choice, core, loop, seq, send } from "../support/build.js";
import { check, shown } from "./told.js";
import { desugar } from "../../compiler/src/core/desugar.js";
import { randomCore } from "../support/random-core.js";
import { wrongPrograms } from "./wrong.js";
import type { Core } from "../../compiler/src/core/core.js";
import type { RunStep, TwoRuns } from "@chor/grammar";

describe("a wrong choreography is told as its author can read it:", () => {
  test.each(wrongPrograms)("$name", async ({ name, sketch, codes }) => {
    const { choreography, source } = build(sketch);
    const diagnostics = check(desugar(choreography));
    expect(diagnostics.map(({ code }) => code)).toEqual(codes);
    const text = [source.text, ...diagnostics.map((diagnostic) => shown(diagnostic, source))].join("\n");
    await expect(`${text}\n`).toMatchFileSnapshot(`./told/${name.replaceAll(/\W+/g, "-")}.txt`);
  });
});

describe("the two runs of a counterexample", () => {
  const programs = Array.from({ length: 400 }, (_, seed) =>
    randomCore(seed, { roles: 4, labels: 4, statements: 5, depth: 3, loops: "uncounted" }),
  );
  const found = programs.flatMap((program) => check(program).map((diagnostic) => ({ program, diagnostic })));

  test("are found in many programs", () => {
    expect(found.length).toBeGreaterThan(200);
    expect(new Set(found.map(({ diagnostic }) => diagnostic.code))).toEqual(
      new Set(["CHOR0601", "CHOR0602", "CHOR0603", "CHOR0604"]),
    );
  });

  test("look the same to the role", () => {
    for (const { diagnostic } of found) {
      const [one, other] = runsIn(diagnostic.runs).map(seenIn);
      expect(one).toEqual(other);
    }
  });

  test("are runs of the choreography", () => {
    for (const { program, diagnostic } of found) {
      const runs = runsOf(program, 10_000);
      if (runs === null || diagnostic.runs === undefined) throw new Error("no runs");
      for (const steps of runsIn(diagnostic.runs)) {
        if (steps.some(({ text }) => text.startsWith("…"))) continue;
        expect(isRun(runs, wordsOf(program, steps, diagnostic.runs.role), true)).toBe(true);
      }
    }
  });

  test("differ", () => {
    for (const { diagnostic } of found) {
      const [one, other] = diagnostic.runs?.runs ?? [];
      expect(one?.then).not.toBe(other?.then);
    }
  });
});

test("nearly every counterexample gets a mend that was tried", () => {
  const hints = Array.from({ length: 300 }, (_, seed) =>
    check(randomCore(seed, { roles: 4, labels: 6, statements: 6, depth: 3, loops: "both" })),
  ).flatMap((diagnostics) => diagnostics.map(({ hint }) => hint ?? ""));
  expect(hints.length).toBeGreaterThan(150);
  expect(hints.filter((hint) => hint.includes(": add `")).length / hints.length).toBeGreaterThan(0.9);
});

test("the same program is told in the same words", () => {
  for (let seed = 0; seed < 50; seed++) {
    const sizes = { roles: 4, labels: 4, statements: 5, depth: 3, loops: "both" } as const;
    expect(check(randomCore(seed, sizes))).toEqual(check(randomCore(seed, sizes)));
  }
});

test("a role that is told late, but in time, is fine", () => {
  const program = core({
    roles: ["A", "B", "C"],
    body: choice(
      "A",
      seq(send("A", "B", "X"), send("B", "C", "Work")),
      seq(send("A", "B", "Y"), send("B", "C", "Rest")),
    ),
  });
  expect(check(program)).toEqual([]);
});

test("who takes part in every round may count them, also where others end the round", () => {
  const program = core({
    roles: ["A", "B", "C"],
    body: loop("x", { max: 3 }, send("A", "B", "L"), send("A", "C", "L")),
  });
  expect(check(program)).toEqual([]);
});

test("a long way to a mistake does not make a long message", () => {
  const steps = Array.from({ length: 2_000 }, (_, i) => send("A", "B", `Step${i}`));
  const program = core({
    roles: ["A", "B", "C"],
    body: seq(...steps, choice("A", seq(send("A", "B", "X"), send("C", "B", "Work")), send("A", "B", "Y"))),
  });
  const [diagnostic] = check(program);
  expect(diagnostic?.code).toBe("CHOR0601");
  expect(runsIn(diagnostic?.runs).every((run) => run.length < 100)).toBe(true);
});

function runsIn(runs: TwoRuns | undefined): readonly (readonly RunStep[])[] {
  return (runs?.runs ?? []).map(({ steps }) => steps);
}

function seenIn(steps: readonly RunStep[]): readonly string[] {
  return steps.filter((step) => step.seen).map(({ text }) => text);
}

/**
 * The steps as the words of the roles. From the first message to `role` on that it has not seen, messages may lie in
 * their channels: then only those roles have received theirs that send later.
 */
function wordsOf(program: Core, steps: readonly RunStep[], role: string): string[][] {
  const words: string[][] = program.roles.map(() => []);
  const messages = steps.map(({ text, seen }) => {
    const [, from = "", to = "", label = ""] = /^(\w+) -> (\w+): (\w+)$/.exec(text) ?? [];
    return { from, to, label, seen };
  });
  const waiting = messages.findIndex(({ to, seen }) => to === role && !seen);
  messages.forEach(({ from, to, label }, i) => {
    const sender = program.roles.findIndex(({ name }) => name === from);
    const receiver = program.roles.findIndex(({ name }) => name === to);
    words[sender]?.push(action("!", sender, receiver, label));
    const received = waiting < 0 || i < waiting || messages.slice(i + 1).some((later) => later.from === to);
    if (received) words[receiver]?.push(action("?", sender, receiver, label));
  });
  return words;
}
