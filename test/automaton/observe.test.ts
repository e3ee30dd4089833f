// What a role observes, against the reference interpreter (which really counts), and the counted loops that a
// role can and cannot count, one program each.

import { describe, expect, test } from "vitest";
import { globalAutomaton } from "../../compiler/src/automaton/build.js";
import type { GlobalAutomaton, Letter } from "../../compiler/src/automaton/global.js";
import { observe, type LocalEdge, type Observation } from "../../compiler/src/automaton/observe.js";
import type { Core, Send } from "../../compiler/src/core/core.js";
import { enabled, over, start, step, type Configuration } from "../../compiler/src/reference/interpret.js";
import { keyOf } from "../../compiler/src/reference/run.js";
import { again, choice, core, leave, loop, send, seq, type Part } from "../support/build.js";
import { pick, randomFrom, type Random } from "../support/random.js";
import { randomCore, smallSizes, type Sizes } from "../support/random-core.js";

function automatonOf(program: Core): GlobalAutomaton {
  const { automaton, diagnostics } = globalAutomaton(program);
  if (automaton === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return automaton;
}

interface Place {
  readonly set: number;
  /** By loop: rounds that are over. */
  readonly counters: readonly number[];
}

function along(edge: LocalEdge, counters: readonly number[]): Place {
  return { set: edge.target, counters: counters.map((count, loop) => (edge.enters.includes(loop) ? 0 : count)) };
}

/** Passes the ends of rounds by the counters. */
function settle(automaton: GlobalAutomaton, observation: Observation, from: Place): Place {
  for (let place = from; ;) {
    const [round, over] = observation.sets[place.set]?.edges ?? [];
    const letter = automaton.letters[round?.letter ?? -1];
    if (round === undefined || over === undefined || letter?.kind !== "round") return place;
    const count = (place.counters[letter.loop] ?? 0) + 1;
    const last = count === automaton.core.loops[letter.loop]?.max;
    place = along(last ? over : round, place.counters.with(letter.loop, last ? 0 : count));
  }
}

/** All configurations that are reached from some without the role. */
function closed(
  program: Core,
  role: number,
  from: readonly Configuration[],
  keys: Map<object, number>,
): readonly Configuration[] {
  const known = new Map<string, Configuration>();
  const work = [...from];
  for (let configuration = work.pop(); configuration !== undefined; configuration = work.pop()) {
    const key = keyOf(configuration.rest, keys);
    if (known.has(key)) continue;
    known.set(key, configuration);
    for (const send of enabled(program, configuration)) {
      if (send.from === role || send.to === role) continue;
      const next = step(program, configuration, send);
      if (next !== null) work.push(next);
    }
  }
  return [...known.values()];
}

/** Walks the observation and the reference at random side by side; gives the steps, the counters begun anew, and whether the role counts everything. */
function walk(
  program: Core,
  role: number,
  random: Random,
  length: number,
): { readonly steps: number; readonly anew: number; readonly exact: boolean } {
  const automaton = automatonOf(program);
  const observation = observe(automaton, role);
  const exact = automaton.letters.every((letter) => !("loop" in letter) || observation.counts[letter.loop] === true);
  const keys = new Map<object, number>();
  let place = settle(automaton, observation, { set: 0, counters: program.loops.map(() => 0) });
  let configurations = closed(program, role, [start(program)], keys);
  let anew = 0;
  const word: string[] = [];
  while (word.length < length) {
    const set = observation.sets[place.set];
    const own = new Map((set?.edges ?? []).map((edge) => [shown(automaton.letters[edge.letter]), edge]));
    const reference = new Map<string, Configuration[]>();
    for (const configuration of configurations) {
      for (const send of enabled(program, configuration)) {
        if (send.from !== role && send.to !== role) continue;
        const next = step(program, configuration, send);
        if (next !== null) reference.set(shown(send), [...(reference.get(shown(send)) ?? []), next]);
      }
    }
    const final = [...(set?.states ?? [])].some((state) => automaton.states[state]?.final);
    const missing = [...reference.keys()].filter((letter) => !own.has(letter));
    expect(missing, word.join(" ")).toEqual([]);
    if (configurations.some((each) => over(program, each))) expect(final, word.join(" ")).toBe(true);
    if (exact)
      expect([own.size, final], word.join(" ")).toEqual([
        reference.size,
        configurations.some((each) => over(program, each)),
      ]);
    if (reference.size === 0) break;
    const [letter, next] = pick(random, [...reference]);
    const edge = own.get(letter);
    if (edge === undefined) break;
    if (edge.enters.some((loop) => (place.counters[loop] ?? 0) > 0)) anew++;
    place = settle(automaton, observation, along(edge, place.counters));
    configurations = closed(program, role, next, keys);
    word.push(letter);
  }
  return { steps: word.length, anew, exact };
}

function shown(letter: Letter | Send | undefined): string {
  if (letter === undefined || !("label" in letter)) return "";
  return `${letter.from}->${letter.to}:${letter.label}`;
}

/** The names of the loops that each role counts. */
function counting(roles: readonly string[], body: Part): Record<string, readonly string[]> {
  const automaton = automatonOf(core({ roles, body }));
  return Object.fromEntries(
    roles.map((role, i) => [
      role,
      observe(automaton, i).counts.flatMap((counts, loop) => (counts ? [automaton.core.loops[loop]?.name ?? ""] : [])),
    ]),
  );
}

describe("observation", () => {
  const cases: readonly [string, Sizes][] = [
    ["all kinds of loops", smallSizes],
    ["two roles, deep", { ...smallSizes, roles: 2, statements: 2, depth: 5, leaving: 0.7 }],
    ["nested counted loops", { ...smallSizes, statements: 3, loops: "counted", leaving: 0.7 }],
    ["rounds that end in silence", { ...smallSizes, statements: 3, loops: "counted", silent: 0.8 }],
  ];
  const sum = { steps: 0, exact: 0, anew: 0 };
  test.each(cases)("sees what the reference interpreter does: %s", (_, sizes) => {
    for (let seed = 1; seed <= 500; seed++) {
      const program = randomCore(seed, sizes);
      const random = randomFrom(seed);
      for (let role = 0; role < program.roles.length; role++) {
        const { steps, anew, exact } = walk(program, role, random, 40);
        sum.steps += steps;
        sum.anew += anew;
        if (exact && program.loops.some(({ max }) => max !== null)) sum.exact += steps;
      }
    }
  });

  test("and that was worth looking at", () => {
    expect(sum.steps).toBeGreaterThan(10_000);
    expect(sum.exact).toBeGreaterThan(2_000);
    expect(sum.anew).toBeGreaterThan(20);
  });

  test("roles that take part in every round count", () => {
    const body = loop(
      "x",
      { max: 3 },
      send("A", "B", "L"),
      choice("A", seq(send("A", "B", "Stop"), send("A", "C", "Stop"), leave("x")), send("A", "B", "More")),
    );
    expect(counting(["A", "B", "C"], body)).toEqual({ A: ["x"], B: ["x"], C: [] });
  });

  test("a role that cannot tell whether a round is over does not count", () => {
    // B's second message is in some rounds only.
    const body = loop(
      "x",
      { max: 3 },
      send("A", "B", "L"),
      choice("A", seq(send("A", "C", "One"), send("C", "B", "L")), send("A", "C", "Two")),
    );
    expect(counting(["A", "B", "C"], body)).toEqual({ A: ["x"], B: [], C: ["x"] });
  });

  test("an inner loop is counted with its outer loop, or alone", () => {
    const inner = loop("y", { max: 2 }, send("A", "B", "In"));
    // B counts x too: after the last In of y the round of x will be over, whatever the others still say.
    expect(counting(["A", "B", "C"], loop("x", { max: 2 }, inner, send("A", "C", "Out")))).toEqual({
      A: ["x", "y"],
      B: ["x", "y"],
      C: ["x"],
    });
    const maybe = loop(
      "y",
      { max: 2 },
      send("A", "B", "In"),
      choice("A", seq(send("A", "C", "Enough"), leave("y")), send("A", "C", "More")),
    );
    expect(counting(["A", "B", "C"], loop("x", { max: 2 }, maybe))).toEqual({ A: ["x", "y"], B: [], C: ["x", "y"] });
  });

  test("a counter that would be fresh in one run and stale in the other is lost", () => {
    // B cannot tell whether C's silent decision left y and entered it again.
    const body = loop(
      "x",
      {},
      loop(
        "y",
        { max: 3 },
        send("A", "B", "L"),
        choice(
          "A",
          seq(send("A", "C", "Anew"), leave("y")),
          send("A", "C", "Same"),
          seq(send("A", "B", "End"), leave("x")),
        ),
      ),
    );
    const counts = counting(["A", "B", "C"], body);
    expect(counts.A).toEqual(["y"]);
    expect(counts.B).toEqual([]);
  });

  test("a loop that is left by break and entered again begins anew", () => {
    const inner = loop(
      "y",
      { max: 2, otherwise: send("A", "B", "Enough") },
      choice("A", seq(send("A", "B", "Out"), leave("y")), seq(send("A", "B", "More"), again("y"))),
    );
    const program = core({ roles: ["A", "B"], body: loop("x", { max: 3 }, send("A", "B", "Begin"), inner) });
    const random = randomFrom(1);
    for (let i = 0; i < 100; i++) expect(walk(program, i % 2, random, 100)).toMatchObject({ exact: true });
  });

  test("sets are numbered breadth first and know a shortest word", () => {
    const { sets } = observe(automatonOf(randomCore(7, { ...smallSizes, statements: 8 })), 0);
    sets.forEach((set, i) => {
      if (i === 0) return;
      const before = sets[set.parent];
      expect(set.parent).toBeLessThan(i);
      expect(before?.edges.find((edge) => edge.letter === set.letter)?.target).toBe(i);
    });
  });

  test("too many sets are an error, not an endless run", () => {
    // B cannot tell which of the last n messages was the one that began A's countdown: 2^n sets.
    const n = 20;
    const tail = Array.from({ length: n }, () => choice("A", send("A", "B", "Zero"), send("A", "B", "One")));
    const body = seq(
      loop(
        "x",
        {},
        choice(
          "A",
          send("A", "B", "Zero"),
          send("A", "B", "One"),
          seq(send("A", "C", "Now"), send("A", "B", "One"), leave("x")),
        ),
      ),
      ...tail,
    );
    const { diagnostics } = observe(automatonOf(core({ roles: ["A", "B", "C"], body })), 1);
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      [
        "CHOR0510",
        "The choreography `Sketch` is too large to be checked: there are too many situations that `B` would have to tell apart.",
      ],
    ]);
  });
});
