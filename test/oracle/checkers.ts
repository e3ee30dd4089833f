// The checker under test, and wrong ones that the comparison has to catch: each leaves out one thing that matters.

import { coherence } from "../../compiler/src/coherence/coherent.js";
import { mixedViolations } from "../../compiler/src/coherence/mixed.js";
import { observe } from "../../compiler/src/automaton/observe.js";
import { receiveViolations } from "../../compiler/src/coherence/receive.js";
import { sendViolations } from "../../compiler/src/coherence/send.js";
import { tablesOf, viewOf } from "../../compiler/src/coherence/tables.js";
import { terminationViolations } from "../../compiler/src/coherence/termination.js";
import type { Available } from "../../compiler/src/coherence/avail.js";
import type { GlobalAutomaton } from "../../compiler/src/automaton/global.js";
import type { Memory } from "../../compiler/src/coherence/receive.js";
import type { View } from "../../compiler/src/coherence/tables.js";
import type { Violation } from "../../compiler/src/coherence/violation.js";
import type { Checker } from "./compare.js";

/** The real one. */
export const accepts: Checker = (automaton) =>
  coherence(automaton, observations(automaton)).every((d) => d.severity !== "error");

type Condition = (view: View, index: number, memory: Memory) => readonly Violation[];

/** Wrong checkers by name. */
export const wrongCheckers: Readonly<Record<string, Checker>> = {
  "no mixed choice is not asked": checking([sendViolations, receiveViolations, terminationViolations]),
  "send validity is not asked": checking([mixedViolations, receiveViolations, terminationViolations]),
  "receive validity is not asked": checking([sendViolations, mixedViolations, terminationViolations]),
  "termination is not asked": checking([sendViolations, mixedViolations, receiveViolations]),
  "nobody is blocked behind a reception": checking([
    sendViolations,
    mixedViolations,
    receiveUnblocked,
    terminationViolations,
  ]),
  "the last branch is ignored": (automaton) => accepts(withoutLastBranches(automaton)),
  "loops are counted by everybody": (automaton) => countedByAll(automaton),
};

function checking(conditions: readonly Condition[]): Checker {
  return (automaton) => {
    const tables = tablesOf(automaton);
    return observations(automaton).every((observation) => {
      const view = viewOf(tables, observation);
      return view.sets.every((_, index) =>
        conditions.every((condition) => condition(view, index, new Map()).length === 0),
      );
    });
  };
}

function observations(automaton: GlobalAutomaton): ReturnType<typeof observe>[] {
  return automaton.core.roles.map((_, role) => observe(automaton, role));
}

/** Receive validity with a memory that says of every message that can be first if nobody waits for the role that it can. */
function receiveUnblocked(view: View, index: number): readonly Violation[] {
  const { tables, role } = view;
  const unblocked = (sender: number, start: number): Available => {
    const found = new Map<number, readonly number[]>();
    const seen = new Set([start]);
    for (const state of seen) {
      for (let e = tables.first[state] ?? 0; e < (tables.first[state + 1] ?? 0); e++) {
        const letter = tables.letter[e] ?? 0;
        if (tables.from[letter] === sender && tables.to[letter] === role) found.set(letter, [e]);
        else seen.add(tables.target[e] ?? 0);
      }
    }
    return found;
  };
  const memory: Memory = new Map();
  tables.automaton.core.roles.forEach((_, sender) => {
    for (let state = 0; state < tables.states; state++)
      memory.set(sender * tables.states + state, unblocked(sender, state));
  });
  return receiveViolations(view, index, memory);
}

function withoutLastBranches(automaton: GlobalAutomaton): GlobalAutomaton {
  const states = automaton.states.map((state) => {
    const isChoice = state.transitions.length > 1 && state.transitions[0]?.send !== null;
    return isChoice ? { ...state, transitions: state.transitions.slice(0, -1) } : state;
  });
  return { ...automaton, states };
}

/** As if every role knew when a round is over, because everybody hears the letters of every counted loop. */
function countedByAll(automaton: GlobalAutomaton): boolean {
  const { core } = automaton;
  const letters = automaton.letters.map((letter) => letter);
  const roles = core.roles.map((_, role) => role);
  const tables = tablesOf(automaton);
  return roles.every((role) => {
    const heard = letters.map((letter) =>
      !("loop" in letter)
        ? letter
        : { kind: "message" as const, from: -2, to: role, label: `${letter.kind}${letter.loop}` },
    );
    const observation = observe({ ...automaton, letters: heard }, role);
    const view = {
      ...viewOf(tables, observation),
      sees: Uint8Array.from(heard, (l) => (l.from === role || ("to" in l && l.to === role) ? 1 : 0)),
    };
    return view.sets.every((_, index) =>
      [sendViolations, mixedViolations, receiveViolations, terminationViolations].every(
        (condition) => condition(view, index, new Map()).length === 0,
      ),
    );
  });
}
