// The global automaton against the reference interpreter: the same words, where the automaton does not count.

import { describe, expect, test } from "vitest";
import { globalAutomaton } from "../../compiler/src/automaton/build.js";
import type { GlobalAutomaton, Transition } from "../../compiler/src/automaton/global.js";
import { enabled, over, start, step } from "../../compiler/src/reference/interpret.js";
import type { Core } from "../../compiler/src/core/core.js";
import { pick, randomFrom, type Random } from "../support/random.js";
import { randomCore, smallSizes } from "../support/random-core.js";

/** A place in the automaton with the counters that an observer of all letters keeps. */
interface Place {
  readonly state: number;
  readonly counters: readonly number[];
}

/** Follows the letters of loops with real counters: resets where the automaton says so. */
function settle(automaton: GlobalAutomaton, place: Place): Place {
  let { state, counters } = place;
  for (;;) {
    const first = automaton.states[state]?.transitions[0];
    const letter = automaton.letters[first?.letter ?? -1];
    if (first === undefined || letter === undefined || !("loop" in letter)) return { state, counters };
    const { loop } = letter;
    const rounds = (counters[loop] ?? 0) + 1;
    const last = rounds === automaton.core.loops[loop]?.max;
    const taken = automaton.states[state]?.transitions[last ? 1 : 0];
    counters = entering(counters.with(loop, last ? 0 : rounds), taken);
    state = taken?.target ?? 0;
  }
}

function entering(counters: readonly number[], transition: Transition | undefined): readonly number[] {
  return counters.map((count, loop) => (transition?.enters.includes(loop) === true ? 0 : count));
}

function shown(core: Core, send: { from: number; to: number; label: string }): string {
  return `${core.roles[send.from]?.name}->${core.roles[send.to]?.name}:${send.label}`;
}

/** Walks both side by side at random, and compares at each place what can be next. Gives the steps and the counters begun anew. */
function walk(
  automaton: GlobalAutomaton,
  random: Random,
  length: number,
): { readonly steps: number; readonly anew: number } {
  const { core } = automaton;
  let place = settle(automaton, { state: 0, counters: core.loops.map(() => 0) });
  let configuration = start(core);
  let anew = 0;
  const word: string[] = [];
  while (word.length < length) {
    const state = automaton.states[place.state];
    const sends = (state?.transitions ?? []).flatMap((t) => (t.send === null ? [] : [{ t, send: t.send }]));
    const reference = enabled(core, configuration);
    // Two branches may go on at one place after the last round: one way of the automaton, two of the reference.
    expect(sends.map(({ send }) => shown(core, send)).toSorted(), word.join(" ")).toEqual(
      [...new Set(reference)].map((send) => shown(core, send)).toSorted(),
    );
    expect(state?.final, word.join(" ")).toBe(over(core, configuration));
    if (sends.length === 0) break;
    const { t, send } = pick(random, sends);
    const next = step(core, configuration, send);
    if (next === null) throw new Error("not enabled");
    if (t.enters.some((loop) => (place.counters[loop] ?? 0) > 0)) anew++;
    place = settle(automaton, { state: t.target, counters: entering(place.counters, t) });
    configuration = next;
    word.push(shown(core, send));
  }
  return { steps: word.length, anew };
}

describe("global automaton", () => {
  test("says the same words as the reference interpreter, with counters kept beside it", () => {
    let steps = 0;
    let anew = 0;
    for (const sizes of [
      smallSizes,
      { ...smallSizes, statements: 3, loops: "counted", leaving: 0.7 },
      { ...smallSizes, statements: 3, loops: "counted", silent: 0.8 },
      { roles: 2, labels: 4, statements: 2, depth: 5, loops: "both", leaving: 1 },
    ] as const) {
      for (let seed = 1; seed <= 300; seed++) {
        const { automaton } = globalAutomaton(randomCore(seed, sizes));
        if (automaton === null) throw new Error("not well formed");
        const random = randomFrom(seed);
        for (let i = 0; i < 5; i++) {
          const walked = walk(automaton, random, 60);
          steps += walked.steps;
          anew += walked.anew;
        }
      }
    }
    expect(steps).toBeGreaterThan(10_000);
    expect(anew).toBeGreaterThan(10);
  });
});
