// The projection of random programs: it behaves as the observation does, and no two of its states are alike.

import { describe, expect, test } from "vitest";
import { globalAutomaton } from "../../compiler/src/automaton/build.js";
import type { GlobalAutomaton } from "../../compiler/src/automaton/global.js";
import { observe, type LocalEdge, type Observation } from "../../compiler/src/automaton/observe.js";
import { desugar } from "../../compiler/src/core/desugar.js";
import type { LocalAutomaton, LocalState } from "../../compiler/src/project/local.js";
import { minimise, type Node } from "../../compiler/src/project/minimise.js";
import { project } from "../../compiler/src/project/project.js";
import { build, choice, core, leave, loop, named, send, seq, type Part } from "../support/build.js";
import { below, pick, randomFrom, type Random } from "../support/random.js";
import { randomCore, smallSizes, type Sizes } from "../support/random-core.js";
import { table } from "../support/table.js";

/** The program of a seed, if no set of any role both sends and receives: the others are not coherent. */
function unmixed(
  seed: number,
  sizes: Sizes,
): { readonly automaton: GlobalAutomaton; readonly observations: readonly Observation[] } | null {
  const program = randomCore(seed, sizes);
  const { automaton } = globalAutomaton(program);
  if (automaton === null) throw new Error("not well formed");
  const observations = program.roles.map((_, role) => observe(automaton, role));
  const mixed = observations.some(({ role, sets }) =>
    sets.some(({ edges }) => {
      const letters = edges.flatMap(({ letter }) => automaton.letters[letter] ?? []);
      const sends = letters.filter((letter) => letter.kind === "message" && letter.from === role).length;
      return sends > 0 && sends < letters.length;
    }),
  );
  return mixed ? null : { automaton, observations };
}

/** Passes the states that keep counters. */
function passed(
  local: LocalAutomaton,
  at: number,
  counts: readonly number[],
): { readonly at: number; readonly counts: readonly number[] } {
  const state = local.states[at];
  if (state?.kind === "enter") return passed(local, state.then, counts.with(state.counter, 0));
  if (state?.kind !== "repeat") return { at, counts };
  const rounds = (counts[state.counter] ?? 0) + 1;
  const last = rounds === local.counters[state.counter]?.max;
  return passed(local, last ? state.last : state.then, counts.with(state.counter, last ? 0 : rounds));
}

interface Place {
  readonly set: number;
  /** By loop: rounds that are over. */
  readonly rounds: readonly number[];
}

function settled(automaton: GlobalAutomaton, observation: Observation, place: Place): Place {
  const [round, over] = observation.sets[place.set]?.edges ?? [];
  const letter = automaton.letters[round?.letter ?? -1];
  if (round === undefined || over === undefined || letter?.kind !== "round") return place;
  const count = (place.rounds[letter.loop] ?? 0) + 1;
  const last = count === automaton.core.loops[letter.loop]?.max;
  return settled(automaton, observation, along(last ? over : round, place.rounds.with(letter.loop, last ? 0 : count)));
}

function along(edge: LocalEdge, rounds: readonly number[]): Place {
  return { set: edge.target, rounds: rounds.map((count, loop) => (edge.enters.includes(loop) ? 0 : count)) };
}

/** Walks both at random; at each place both must offer the same. */
function walk(automaton: GlobalAutomaton, observation: Observation, local: LocalAutomaton, random: Random): number {
  const { roles, loops } = automaton.core;
  let place = settled(automaton, observation, { set: 0, rounds: loops.map(() => 0) });
  let here = passed(
    local,
    0,
    local.counters.map(() => 0),
  );
  for (let steps = 0; ; steps++) {
    const edges = observation.sets[place.set]?.edges.flatMap((edge) => {
      const letter = automaton.letters[edge.letter];
      return letter?.kind === "message"
        ? [{ edge, text: `${roles[letter.from]?.name} ${roles[letter.to]?.name} ${letter.label}` }]
        : [];
    });
    const offers = new Map(steps0(local, local.states[here.at]).map(({ text, then }) => [text, then]));
    expect([...offers.keys()].toSorted()).toEqual((edges ?? []).map(({ text }) => text).toSorted());
    if (edges === undefined || edges.length === 0 || steps === 40) return steps;
    const { edge, text } = pick(random, edges);
    place = settled(automaton, observation, along(edge, place.rounds));
    here = passed(local, offers.get(text) ?? 0, here.counts);
  }
}

function steps0(
  local: LocalAutomaton,
  state: LocalState | undefined,
): readonly { readonly text: string; readonly then: number }[] {
  if (state?.kind === "sends")
    return state.sends.map(({ label, to, then }) => ({ text: `${local.role} ${to} ${label}`, then }));
  if (state?.kind === "receives")
    return state.receives.map(({ label, from, then }) => ({ text: `${from} ${local.role} ${label}`, then }));
  return [];
}

/** Whether some two states show the same and lead to states that cannot be told apart: pairs are marked until nothing changes. */
function alike(nodes: readonly Node[]): boolean[][] {
  const apart = nodes.map((a) => nodes.map((b) => a.shows !== b.shows));
  for (let changed = true; changed;) {
    changed = false;
    nodes.forEach((a, i) =>
      nodes.forEach((b, j) => {
        if (apart[i]?.[j] === true || !a.targets.some((target, k) => apart[target]?.[b.targets[k] ?? 0] === true))
          return;
        (apart[i] ?? [])[j] = true;
        changed = true;
      }),
    );
  }
  return apart.map((row) => row.map((is) => !is));
}

function nodesOf(local: LocalAutomaton): readonly Node[] {
  return local.states.map((state): Node => {
    const steps = state.kind === "sends" ? state.sends : state.kind === "receives" ? state.receives : [];
    const targets =
      state.kind === "enter"
        ? [state.then]
        : state.kind === "repeat"
          ? [state.then, state.last]
          : steps.map(({ then }) => then);
    const shows = JSON.stringify([
      state.kind,
      "counter" in state ? state.counter : null,
      state.kind === "sends" ? state.decision?.name : null,
      steps0(local, state).map(({ text }) => text),
    ]);
    return { shows, targets };
  });
}

function projections(
  roles: readonly string[],
  body: Part,
): { readonly tables: Record<string, readonly string[]>; readonly messages: readonly string[] } {
  const { choreography, source } = build({ roles, body });
  const { automaton, diagnostics } = globalAutomaton(desugar(choreography));
  expect(diagnostics).toEqual([]);
  if (automaton === null) throw new Error("not well formed");
  const projected = roles.map((_, role) => project(automaton, observe(automaton, role), () => []));
  return {
    tables: Object.fromEntries(projected.map(({ local }) => [local.role, table(local)])),
    messages: projected.flatMap(({ diagnostics }) =>
      diagnostics.map(({ code, message, span }) => `${code} ${source.text.slice(span.start, span.end)}\n${message}`),
    ),
  };
}

describe("projection of random programs", () => {
  const cases: readonly [string, Sizes][] = [
    ["all kinds of loops", smallSizes],
    ["nested counted loops", { ...smallSizes, roles: 2, labels: 4, statements: 2, depth: 4, leaving: 0.7 }],
    ["rounds that end in silence", { ...smallSizes, statements: 3, loops: "counted", silent: 0.8 }],
  ];
  test.each(cases)("behaves as the observation and is minimal: %s", (_, sizes) => {
    let programs = 0;
    let steps = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const program = unmixed(seed, sizes);
      if (program === null) continue;
      programs++;
      const random = randomFrom(seed);
      for (const observation of program.observations) {
        const { local } = project(program.automaton, observation, () => []);
        for (let i = 0; i < 3; i++) steps += walk(program.automaton, observation, local, random);
        const nodes = nodesOf(local);
        expect(alike(nodes).every((row, i) => row.every((is, j) => !is || i === j))).toBe(true);
      }
    }
    expect(programs).toBeGreaterThan(100);
    expect(steps).toBeGreaterThan(1_000);
  });

  test("the partition is the coarsest: against pairs marked until nothing changes", () => {
    const random = randomFrom(5);
    for (let i = 0; i < 300; i++) {
      const size = 1 + below(random, 12);
      const nodes = Array.from({ length: size }, (): Node => {
        const out = below(random, 3);
        return { shows: `${out}${below(random, 2)}`, targets: Array.from({ length: out }, () => below(random, size)) };
      });
      const classes = minimise(nodes);
      expect(nodes.map((_, a) => nodes.map((__, b) => classes[a] === classes[b]))).toEqual(alike(nodes));
    }
  });

  test("a long row of one message is minimised in time", () => {
    const length = 50_000;
    const nodes = Array.from({ length }, (_, i): Node =>
      i + 1 < length ? { shows: "a", targets: [i + 1] } : { shows: "end", targets: [] },
    );
    expect(new Set(minimise(nodes)).size).toBe(length);
  });
});

describe("what is merged", () => {
  test("the same tail in two branches is one state, with the interactions of both", () => {
    const body = choice(
      "A",
      seq(send("A", "B", "X"), send("B", "A", "Done")),
      seq(send("A", "B", "Y"), send("B", "A", "Done")),
    );
    expect(projections(["A", "B"], body).tables.B).toEqual([
      "0 ?X from A -> 1 at X | ?Y from A -> 1 at Y",
      "1 done (forced) !Done to A -> 2 at Done, Done#2",
      "2 end",
    ]);
  });

  test("decisions with different names stay apart where the role can tell them apart", () => {
    const decide = (name: string): Part => named(name, "B", send("B", "A", "Yes"), send("B", "A", "No"));
    const { tables, messages } = projections(
      ["A", "B"],
      choice("A", seq(send("A", "B", "X"), decide("one")), seq(send("A", "B", "Y"), decide("two"))),
    );
    expect(messages).toEqual([]);
    expect(tables.B).toHaveLength(4);
  });

  test("decisions with different names are an error where it cannot", () => {
    const decide = (name: string): Part => named(name, "B", send("B", "A", "Yes"), send("B", "A", "No"));
    const { messages } = projections(
      ["A", "B", "C"],
      choice("A", seq(send("A", "C", "X"), decide("one")), seq(send("A", "C", "Y"), decide("two"))),
    );
    expect(messages).toEqual([
      "CHOR0552 choice two at B\n`B` cannot tell whether it decides `one` or `two`: it has seen the same in both cases.",
    ]);
  });

  test("one label with two payloads, names or origins is an error where the role cannot tell which", () => {
    const either = (one: Part, two: Part): readonly string[] =>
      projections(
        ["A", "B", "C"],
        seq(
          send("B", "A", "P", { asked: "T" }),
          choice("A", seq(send("A", "C", "X"), one), seq(send("A", "C", "Y"), two)),
        ),
      ).messages;
    expect(either(send("B", "C", "M", { asked: "T" }), send("B", "C", "M", { asked: "U" }))).toEqual([
      "CHOR0551 B -> C: M(U)\n`B` cannot tell whether `M` is `B -> C: M(T)` or `B -> C: M(U)`: they carry different payloads.",
    ]);
    expect(either(send("B", "C", "M", { asked: "T" }), send("B", "C", "M", { asked: "T", as: "n" }))).toEqual([
      "CHOR0551 B -> C: M(T) as n\n`B` cannot tell whether `M` is `B -> C: M(T)` or `B -> C: M(T) as n`: the payload is known under different names.",
    ]);
    expect(either(send("B", "C", "M", { asked: "T" }), send("B", "C", "M", { forwarded: "p" }))).toEqual([
      "CHOR0551 B -> C: M(p)\n`B` cannot tell whether `M` is `B -> C: M(T)` or `B -> C: M(p)`: the payload comes from different places.",
    ]);
    expect(either(send("B", "C", "M", { asked: "T" }), send("B", "C", "M", { asked: "T" }))).toEqual([]);
  });

  test("a receiver that cannot tell which is an error too", () => {
    const body = choice(
      "A",
      seq(send("A", "B", "X"), send("B", "C", "M", { asked: "T" })),
      seq(send("A", "B", "Y"), send("B", "C", "M", { asked: "U" })),
    );
    expect(projections(["A", "B", "C"], body).messages).toEqual([
      "CHOR0551 B -> C: M(U)\n`C` cannot tell whether `M` is `B -> C: M(T)` or `B -> C: M(U)`: they carry different payloads.",
    ]);
  });
});

describe("counters", () => {
  const inner = loop(
    "y",
    { max: 2, otherwise: send("A", "B", "Enough") },
    choice("A", seq(send("A", "B", "Out"), leave("y")), send("A", "B", "More")),
  );

  test("a loop inside another is entered anew", () => {
    expect(projections(["A", "B"], loop("x", { max: 3 }, send("A", "B", "Begin"), inner)).tables.B)
      .toMatchInlineSnapshot(`
      [
        "0 ?Begin from A -> 1 at Begin",
        "1 enter y -> 2",
        "2 ?Out from A -> 3 at Out | ?More from A -> 4 at More",
        "3 repeat x -> 0, last 6",
        "4 repeat y -> 2, last 5",
        "5 ?Enough from A -> 3 at Enough",
        "6 end",
      ]
    `);
  });

  test("a role that cannot count waits in the same state for both", () => {
    const body = loop(
      "x",
      { max: 3, otherwise: send("A", "C", "Stop") },
      send("A", "B", "L"),
      choice("A", seq(send("A", "B", "Out"), send("A", "C", "Out"), leave("x")), send("A", "B", "On")),
    );
    expect(projections(["A", "B", "C"], body).tables.C).toEqual([
      "0 ?Out from A -> 1 at Out#2 | ?Stop from A -> 1 at Stop",
      "1 end",
    ]);
  });

  test("two loops with one name have a counter each", () => {
    const body = seq(loop("x", { max: 2 }, send("A", "B", "L")), loop("x", { max: 3 }, send("A", "B", "M")));
    const { automaton } = globalAutomaton(core({ roles: ["A", "B"], body }));
    if (automaton === null) throw new Error("not well formed");
    const { local } = project(automaton, observe(automaton, 0), () => []);
    expect(local.counters).toEqual([
      { loop: "x", max: 2 },
      { loop: "x", max: 3 },
    ]);
  });
});
