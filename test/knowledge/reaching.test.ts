// What each role knows, against an oracle that walks the automaton with the real bindings in its hands: every
// pair of a state and an assignment of bindings to names that some run comes to.

import { describe, expect, test } from "vitest";
import type { GlobalAutomaton, GlobalState, Transition } from "../../compiler/src/automaton/global.js";
import type { Interaction, Payload } from "../../compiler/src/bind/program.js";
import { knowledge } from "../../compiler/src/knowledge/knowledge.js";
import { reachingBindings } from "../../compiler/src/knowledge/reaching.js";
import { below, pick, randomFrom, type Random } from "../support/random.js";

const SPAN = { start: 0, end: 0 };
const ROLES = ["A", "B", "C"];
const NAMES = ["x", "constructor", "__proto__"];

describe("random automata", () => {
  test("definite, nullable and unknown are what the runs say", () => {
    const seen = { definite: 0, nullable: 0, unknown: 0 };
    const wrong: unknown[] = [];
    for (let seed = 1; seed <= 3000; seed++) {
      const automaton = randomAutomaton(randomFrom(seed));
      const { knows } = reachingBindings(automaton);
      const runs = environments(automaton);
      automaton.states.forEach((_, state) => {
        ROLES.forEach((role, number) => {
          const known = knows(number, state);
          if (new Set(known.map(({ name }) => name)).size < known.length)
            wrong.push([seed, state, role, "a name twice"]);
          for (const name of NAMES) {
            const expected = oracle(automaton, runs[state] ?? [], role, name);
            seen[expected]++;
            const found = known.find((each) => each.name === name);
            const actual = found === undefined ? "unknown" : found.definite ? "definite" : "nullable";
            if (actual !== expected) wrong.push({ seed, state, role, name, actual, expected });
          }
        });
      });
    }
    expect(wrong).toEqual([]);
    expect(Math.min(seen.definite, seen.nullable)).toBeGreaterThan(500);
  });

  test("an error comes iff some run passes on what the sender is not told of", () => {
    const counts = { wrong: 0, right: 0 };
    for (let seed = 1; seed <= 3000; seed++) {
      const automaton = randomAutomaton(randomFrom(seed));
      const runs = environments(automaton);
      const wrong = automaton.states.some(({ transitions }, state) =>
        transitions.some(({ send }) => {
          const interaction = send === null ? undefined : automaton.core.interactions[send.interaction];
          if (send === null || interaction?.payload.kind !== "forwarded" || send.copy > 0) return false;
          const { name } = interaction.payload;
          return (runs[state] ?? []).some((run) => !isParty(automaton, run.get(name), interaction.from));
        }),
      );
      expect([seed, knowledge(automaton).diagnostics.length > 0]).toEqual([seed, wrong]);
      counts[wrong ? "wrong" : "right"]++;
    }
    expect(Math.min(counts.wrong, counts.right)).toBeGreaterThan(300);
  });

  test("names come in the order in which the source binds them", () => {
    const interactions = [message(0, "A", ["B"], "later", null), message(1, "A", ["B"], "first", null)];
    const automaton = line(interactions.toReversed(), interactions);
    expect(
      reachingBindings(automaton)
        .knows(0, 2)
        .map(({ name }) => name),
    ).toEqual(["later", "first"]);
  });

  test("a multicast binds at its last message", () => {
    const multicast = message(0, "A", ["B", "C"], "x", null);
    const automaton = line([multicast], [multicast]);
    const { knows } = reachingBindings(automaton);
    expect([0, 1, 2].map((state) => knows(1, state).length)).toEqual([0, 0, 1]);
  });

  test("a choreography of ten thousand names is refused or done, and quickly", () => {
    const interactions = Array.from({ length: 10_000 }, (_, index) => message(index, "A", ["B"], `n${index}`, null));
    const { reaching, diagnostics } = knowledge(line(interactions, interactions));
    expect(diagnostics).toEqual([]);
    expect(reaching.knows(0, 10_000).length).toBe(10_000);
    const many = Array.from({ length: 60_000 }, (_, index) => message(index, "A", ["B"], `n${index}`, null));
    expect(knowledge(line(many, many)).diagnostics.map(({ code }) => code)).toEqual(["CHOR0404"]);
  });
});

// ---- the oracle ----------------------------------------------------------------------------------------

type Environment = ReadonlyMap<string, number>;

/** For each state, every assignment of bindings to names with which a run comes there. */
function environments(automaton: GlobalAutomaton): Environment[][] {
  const found: Environment[][] = automaton.states.map(() => []);
  const seen = new Set<string>();
  const visit = (state: number, environment: Environment): void => {
    const key = JSON.stringify([state, NAMES.map((name) => environment.get(name) ?? null)]);
    if (seen.has(key)) return;
    seen.add(key);
    found[state]?.push(environment);
    for (const { target, send } of automaton.states[state]?.transitions ?? []) {
      const sent = send === null ? undefined : automaton.core.interactions[send.interaction];
      const last = send !== null && sent !== undefined && send.copy === sent.to.length - 1;
      visit(target, last && sent.binds !== null ? new Map(environment).set(sent.binds, sent.index) : environment);
    }
  };
  visit(0, new Map());
  return found;
}

function oracle(
  automaton: GlobalAutomaton,
  runs: readonly Environment[],
  role: string,
  name: string,
): "definite" | "nullable" | "unknown" {
  const bindings = runs.map((run) => run.get(name));
  const bound = bindings.filter((binding) => binding !== undefined);
  if (bound.length === 0) return "unknown";
  if (bound.length === bindings.length)
    return bound.every((binding) => isParty(automaton, binding, role)) ? "definite" : "unknown";
  const all = automaton.core.interactions.filter(({ binds }) => binds === name);
  return all.every(({ index }) => isParty(automaton, index, role)) ? "nullable" : "unknown";
}

function isParty({ core }: GlobalAutomaton, binding: number | undefined, role: string): boolean {
  const interaction = binding === undefined ? undefined : core.interactions[binding];
  return interaction !== undefined && [interaction.from, ...interaction.to].includes(role);
}

// ---- automata ------------------------------------------------------------------------------------------

function message(
  index: number,
  from: string,
  to: readonly string[],
  binds: string | null,
  forwarded: string | null,
): Interaction {
  const type = { kind: "reference", artifact: "T" } as const;
  const payload: Payload =
    binds === null
      ? { kind: "none" }
      : forwarded === null
        ? { kind: "asked", type }
        : { kind: "forwarded", name: forwarded, path: [], type, span: SPAN };
  const label = `L${index}`;
  return {
    index,
    id: label,
    doc: "",
    from,
    to,
    label,
    payload,
    binds,
    handler: binds ?? label,
    text: `${from} -> ${to.join(", ")}: ${label}`,
    span: SPAN,
  };
}

function sendOf({ index, from, to, label }: Interaction, copy: number): NonNullable<Transition["send"]> {
  return {
    kind: "send",
    from: ROLES.indexOf(from),
    to: ROLES.indexOf(to[copy] ?? ""),
    label,
    interaction: index,
    copy,
    span: SPAN,
  };
}

function automatonOf(
  interactions: readonly Interaction[],
  transitions: readonly (readonly Transition[])[],
): GlobalAutomaton {
  const states: GlobalState[] = transitions.map((each) => ({
    transitions: each,
    choice: null,
    final: each.length === 0,
    span: SPAN,
  }));
  return {
    core: { name: "Test", roles: ROLES, interactions, loops: [], body: { kind: "sequence", nodes: [] }, end: SPAN },
    states,
    letters: [],
  };
}

/** The interactions one after the other. */
function line(order: readonly Interaction[], interactions: readonly Interaction[]): GlobalAutomaton {
  const transitions: Transition[][] = [];
  for (const each of order) {
    each.to.forEach((_, copy) =>
      transitions.push([{ letter: 0, target: transitions.length + 1, send: sendOf(each, copy), enters: [] }]),
    );
  }
  return automatonOf(interactions, [...transitions, []]);
}

function randomAutomaton(random: Random): GlobalAutomaton {
  const interactions = Array.from({ length: 1 + below(random, 6) }, (_, index) => {
    const from = pick(random, ROLES);
    const others = ROLES.filter((role) => role !== from);
    const to = random() < 0.5 ? others : [pick(random, others)];
    const binds = random() < 0.2 ? null : pick(random, NAMES);
    return message(index, from, to, binds, random() < 0.3 ? pick(random, NAMES) : null);
  });
  const size = 1 + below(random, 6);
  const transitions: Transition[][] = Array.from({ length: size }, () => []);
  for (let state = 0; state < size; state++) {
    for (let count = below(random, 4); count > 0; count--) {
      const sent = pick(random, interactions);
      let from = state;
      // The copies of a multicast follow one another through states of their own.
      for (let copy = 0; copy < sent.to.length - 1; copy++) {
        const between = transitions.push([]) - 1;
        transitions[from]?.push({ letter: 0, target: between, send: sendOf(sent, copy), enters: [] });
        from = between;
      }
      const target = below(random, size);
      const silent = random() < 0.1 && from === state;
      transitions[from]?.push({
        letter: 0,
        target,
        send: silent ? null : sendOf(sent, sent.to.length - 1),
        enters: [],
      });
    }
  }
  const reached = new Set([0]);
  for (const state of reached) for (const { target } of transitions[state] ?? []) reached.add(target);
  return automatonOf(
    interactions,
    transitions.map((each, state) => (reached.has(state) ? each : [])),
  );
}
