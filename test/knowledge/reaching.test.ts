// What each role knows, against an oracle that walks the automaton with the real bindings in its hands: every
// pair of a state and an assignment of bindings to names that some run comes to.

import { describe, expect, test } from "vitest";
import type { GlobalAutomaton, GlobalState, Transition } from "../../compiler/src/automaton/global.js";
import type { Interaction } from "../../compiler/src/bind/program.js";
import type { Core, Send } from "../../compiler/src/core/core.js";
import { reachingBindings, reachingOf } from "../../compiler/src/knowledge/reaching.js";
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

  test("names come in the order in which the source binds them", () => {
    const messages = [message(0, "A", ["B"], "later"), message(1, "A", ["B"], "first")];
    const automaton = line(messages.toReversed(), messages);
    expect(
      reachingBindings(automaton)
        .knows(0, 2)
        .map(({ name }) => name),
    ).toEqual(["later", "first"]);
  });

  test("a multicast binds at its last message", () => {
    const multicast = message(0, "A", ["B", "C"], "x");
    const automaton = line([multicast], [multicast]);
    const { knows } = reachingBindings(automaton);
    expect([0, 1, 2].map((state) => knows(1, state).length)).toEqual([0, 0, 1]);
  });

  test("a choreography of ten thousand names is refused or done, and quickly", () => {
    const messages = Array.from({ length: 10_000 }, (_, index) => message(index, "A", ["B"], `n${index}`));
    const { reaching, diagnostics } = reachingOf(line(messages, messages));
    expect(diagnostics).toEqual([]);
    expect(reaching.knows(0, 10_000).length).toBe(10_000);
    const many = Array.from({ length: 60_000 }, (_, index) => message(index, "A", ["B"], `n${index}`));
    expect(reachingOf(line(many, many)).diagnostics.map(({ code }) => code)).toEqual(["CHOR0404"]);
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
      const sent = send === null ? null : (automaton.core.messages[send.message]?.interaction ?? null);
      const isLast = send !== null && sent !== null && send.copy === sent.to.length - 1;
      visit(target, isLast && sent.binds !== null ? new Map(environment).set(sent.binds, sent.index) : environment);
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
  const all = automaton.core.messages.flatMap(({ interaction }, index) => (interaction?.binds === name ? [index] : []));
  return all.every((index) => isParty(automaton, index, role)) ? "nullable" : "unknown";
}

function isParty({ core }: GlobalAutomaton, binding: number | undefined, role: string): boolean {
  const interaction = binding === undefined ? null : (core.messages[binding]?.interaction ?? null);
  return interaction !== null && [interaction.from, ...interaction.to].some((party) => party.role === role);
}

// ---- automata ------------------------------------------------------------------------------------------

/** A message: who, to whom, what it binds. `index` is its number in the core. */
interface Sent {
  readonly index: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly binds: string | null;
}

function message(index: number, from: string, to: readonly string[], binds: string | null): Sent {
  return { index, from, to, binds };
}

function interactionOf({ index, from, to, binds }: Sent): Interaction {
  const label = `L${index}`;
  return {
    index,
    id: label,
    doc: "",
    from: { role: from, all: false, span: SPAN },
    to: to.map((role) => ({ role, all: false, span: SPAN })),
    label,
    labelSpan: SPAN,
    payload:
      binds === null ? { kind: "none" } : { kind: "asked", type: { kind: "reference", artifact: "T", file: "" } },
    binds,
    collects: false,
    own: binds,
    handler: binds ?? label,
    quorum: null,
    where: [],
    gates: [],
    retry: null,
    within: null,
    otherwise: null,
    text: `${from} -> ${to.join(", ")}: ${label}`,
    span: SPAN,
  };
}

function sendOf({ index, from, to }: Sent, copy: number): Send {
  return {
    kind: "send",
    from: ROLES.indexOf(from),
    to: ROLES.indexOf(to[copy] ?? ""),
    label: `L${index}`,
    message: index,
    copy,
    span: SPAN,
  };
}

function automatonOf(sent: readonly Sent[], transitions: readonly (readonly Transition[])[]): GlobalAutomaton {
  const states: GlobalState[] = transitions.map((each) => ({
    transitions: each,
    choice: null,
    final: each.length === 0,
    span: SPAN,
  }));
  const core: Core = {
    name: "Test",
    roles: ROLES.map((name) => ({ name, role: name, member: null, kind: "plain" })),
    messages: sent.map((each) => ({
      label: `L${each.index}`,
      prefix: "",
      interaction: interactionOf(each),
      substitution: { types: new Map(), values: new Map() },
      span: SPAN,
    })),
    loops: [],
    blocks: 0,
    body: { kind: "sequence", nodes: sent.flatMap((each) => each.to.map((_, copy) => sendOf(each, copy))) },
    end: SPAN,
  };
  return { core, states, letters: [] };
}

/** The messages one after the other. */
function line(order: readonly Sent[], sent: readonly Sent[]): GlobalAutomaton {
  const transitions: Transition[][] = [];
  for (const each of order) {
    each.to.forEach((_, copy) =>
      transitions.push([{ letter: 0, target: transitions.length + 1, send: sendOf(each, copy), enters: [] }]),
    );
  }
  return automatonOf(sent, [...transitions, []]);
}

function randomAutomaton(random: Random): GlobalAutomaton {
  const messages = Array.from({ length: 1 + below(random, 6) }, (_, index) => {
    const from = pick(random, ROLES);
    const others = ROLES.filter((role) => role !== from);
    const to = random() < 0.5 ? others : [pick(random, others)];
    const binds = random() < 0.2 ? null : pick(random, NAMES);
    return message(index, from, to, binds);
  });
  const size = 1 + below(random, 6);
  const transitions: Transition[][] = Array.from({ length: size }, () => []);
  for (let state = 0; state < size; state++) {
    for (let count = below(random, 4); count > 0; count--) {
      const sent = pick(random, messages);
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
    messages,
    transitions.map((each, state) => (reached.has(state) ? each : [])),
  );
}
