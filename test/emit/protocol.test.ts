// The local protocol at the top of a role's file means what the role's automaton means: read back by an interpreter of
// the notation, it allows the same steps for ever, whichever way is taken.
// `CHOR_CASES=100000 CHOR_SEED=7 npx vitest run test/emit/protocol.test.ts` for a wider search.

import { describe, expect, it } from "vitest";
import type { LocalAutomaton } from "../../compiler/src/project/local.js";
import { protocolLines } from "../../compiler/src/emit/protocol.js";
import { build } from "../support/build.js";
import { randomSketch, type Sizes } from "../support/random-core.js";
import { systemOf } from "../system/system.js";
import { desugar } from "../../compiler/src/core/desugar.js";
import { interpret, type Place } from "./comment.js";

const cases = Number(process.env["CHOR_CASES"] ?? "1000");
const seed = Number(process.env["CHOR_SEED"] ?? "1");
const mostPairs = 3000;

/** The automaton itself, stepped by its definition. */
function automaton({ states, counters }: LocalAutomaton) {
  const settled = ({ at, rounds }: Place): Place => {
    const now = counters.map((_, index) => rounds[index] ?? 0);
    for (;;) {
      const state = states[at];
      if (state?.kind === "enter") {
        now[state.counter] = 0;
        at = state.then;
      } else if (state?.kind === "repeat") {
        const done = (now[state.counter] ?? 0) + 1;
        const isLast = done >= (counters[state.counter]?.max ?? 1);
        now[state.counter] = isLast ? 0 : done;
        at = isLast ? state.last : state.then;
      } else return { at, rounds: now };
    }
  };
  return {
    start: settled({ at: 0, rounds: [] }),
    isOver: ({ at }: Place): boolean => states[at]?.kind === "end",
    steps({ at, rounds }: Place): ReadonlyMap<string, Place> {
      const state = states[at];
      if (state?.kind === "sends")
        return new Map(state.sends.map((send) => [`! ${send.label} ${send.to}`, settled({ at: send.then, rounds })]));
      if (state?.kind !== "receives") return new Map();
      return new Map(state.receives.map((one) => [`? ${one.label} ${one.from}`, settled({ at: one.then, rounds })]));
    },
  };
}

/** The shortest run after which text and automaton differ, with what each allows; null: there is none. */
function difference(lines: readonly string[], local: LocalAutomaton): string | null {
  const text = interpret(lines);
  const truth = automaton(local);
  const told = (words: Iterable<string>, isOver: boolean): string =>
    [...words].toSorted().join(", ") + (isOver ? " end" : "");
  const work: { readonly said: Place; readonly is: Place; readonly run: readonly string[] }[] = [
    { said: text.start, is: truth.start, run: [] },
  ];
  const seen = new Set<string>();
  for (let i = 0; i < work.length && i < mostPairs; i++) {
    const { said, is, run } = work[i]!;
    const [mine, its] = [text.steps(said), truth.steps(is)];
    const [a, b] = [told(mine.keys(), text.isOver(said)), told(its.keys(), truth.isOver(is))];
    if (a !== b) return `after ${run.join("; ")}: the text allows ${a}; the automaton ${b}`;
    for (const [word, next] of its) {
      const pair = { said: mine.get(word)!, is: next, run: [...run, word] };
      const key = JSON.stringify([pair.said, pair.is]);
      if (!seen.has(key)) work.push(pair);
      seen.add(key);
    }
  }
  return null;
}

function sizesOf(number: number): Sizes {
  return {
    roles: 2 + (number % 3),
    labels: 3 + (number % 4),
    statements: 2 + (number % 4),
    depth: 2 + (number % 3),
    loops: number % 5 === 0 ? "uncounted" : number % 5 === 1 ? "counted" : "both",
    payloads: number % 2 === 0,
    leaving: (number % 4) / 4,
  };
}

describe(`the local protocols of the accepted among ${cases} programs, seed ${seed}`, () => {
  it("mean what the automata mean, and mostly read like programs", () => {
    const count = { roles: 0, branching: 0, loops: 0, numbered: 0 };
    for (let number = 0; number < cases; number++) {
      const { choreography } = build(randomSketch(seed * 1_000_000 + number, sizesOf(number)));
      const system = systemOf(desugar(choreography));
      for (const local of system?.locals ?? []) {
        const lines = protocolLines(local, choreography);
        const found = difference(lines, local);
        if (found !== null) expect.fail([`seed ${seed}, case ${number}, ${local.role}, ${found}`, ...lines].join("\n"));
        count.roles++;
        if (lines.some((line) => line.includes("| "))) count.branching++;
        if (lines.some((line) => line.includes("loop "))) count.loops++;
        if (interpret(lines).isNumbered) count.numbered++;
      }
    }
    expect(count.branching).toBeGreaterThan(cases / 10);
    expect(count.loops).toBeGreaterThan(cases / 10);
    expect(count.numbered).toBeLessThan(count.roles / 20);
  });
});
