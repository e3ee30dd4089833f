// The projection: the local automaton of one role of a coherent program. In: the global automaton, what the role
// observes of it, and what is known where. Out: the smallest local automaton, numbered as a reader meets its
// states, and diagnostics where the role would have to do one thing with two meanings.

import type { Diagnostic } from "@chor/grammar";
import type { GlobalAutomaton } from "../automaton/global.js";
import type { Observation } from "../automaton/observe.js";
import type { Interaction } from "../bind/program.js";
import { knownText, typeText } from "./canonical.js";
import { draftOf, meet, originText, type Knows } from "./draft.js";
import {
  targetsOf,
  type Known,
  type LocalAutomaton,
  type LocalReceive,
  type LocalSend,
  type LocalState,
} from "./local.js";
import { minimise } from "./minimise.js";

export type { Knows } from "./draft.js";

export interface Projected {
  /** Of use only if there are no diagnostics. */
  readonly local: LocalAutomaton;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Projects a program on one role. Takes an automaton that is coherent for the role and the role's observation of
 * it. Two states become one if all that the table shows of them is alike: what is sent and received, with payloads
 * and names, the decision with what is known there, the counters, and where they lead. Errors: CHOR0551, CHOR0552.
 */
export function project(automaton: GlobalAutomaton, observation: Observation, knows: Knows): Projected {
  const draft = draftOf(automaton, observation, knows);
  const classes = minimise(draft.states.map((state) => ({ shows: shown(state), targets: targetsOf(state) })));
  const local: LocalAutomaton = {
    role: automaton.core.roles[observation.role]?.name ?? "",
    states: inReadingOrder(merged(draft.states, classes)),
    counters: draft.counters,
    knowsAtEnd: knownAtEnd(automaton, observation, knows),
  };
  return { local, diagnostics: draft.diagnostics };
}

/** Everything that is seen of a state, but not where it leads and which interactions of the source it is. */
function shown(state: LocalState): string {
  switch (state.kind) {
    case "sends": {
      const { decision, sends } = state;
      const asked = decision === null ? "" : `${decision.name} ${decision.kind} ${knownText(decision.knows)}`;
      return ["sends", asked, ...sends.map((send) => `${send.to} ${originText(send.origin)} ${stepText(send)}`)].join(
        "\n",
      );
    }
    case "receives":
      return ["receives", ...state.receives.map((receive) => `${receive.from} ${stepText(receive)}`)].join("\n");
    case "enter":
    case "repeat":
      return `${state.kind} ${state.counter}`;
    case "end":
      return state.kind;
  }
}

function stepText({ label, payload, binds }: LocalSend | LocalReceive): string {
  return `${label} ${binds ?? ""} ${typeText(payload)}`;
}

/** The same state with other numbers behind it. */
function retarget(state: LocalState, number: (target: number) => number): LocalState {
  switch (state.kind) {
    case "sends":
      return { ...state, sends: state.sends.map((send) => ({ ...send, then: number(send.then) })) };
    case "receives":
      return { ...state, receives: state.receives.map((receive) => ({ ...receive, then: number(receive.then) })) };
    case "enter":
      return { ...state, then: number(state.then) };
    case "repeat":
      return { ...state, then: number(state.then), last: number(state.last) };
    case "end":
      return state;
  }
}

/** One state for each class: its first, with the interactions of all. State 0 stays state 0. */
function merged(states: readonly LocalState[], classes: readonly number[]): readonly LocalState[] {
  const members: LocalState[][] = [];
  classes.forEach((number, i) => {
    const state = states[i];
    if (state !== undefined) (members[number] ??= []).push(state);
  });
  return members.map((alike) => {
    const [first = { kind: "end" } as const] = alike;
    const united = alike.length === 1 ? first : withInteractions(first, alike);
    return retarget(united, (target) => classes[target] ?? 0);
  });
}

function withInteractions(first: LocalState, alike: readonly LocalState[]): LocalState {
  const united = (lists: readonly (readonly Interaction[] | undefined)[]): readonly Interaction[] =>
    [...new Set(lists.flatMap((list) => list ?? []))].sort((a, b) => a.index - b.index);
  if (first.kind === "sends") {
    return {
      ...first,
      sends: first.sends.map((send, i) => ({
        ...send,
        interactions: united(alike.map((state) => (state.kind === "sends" ? state.sends[i]?.interactions : []))),
      })),
    };
  }
  if (first.kind === "receives") {
    return {
      ...first,
      receives: first.receives.map((step, i) => ({
        ...step,
        interactions: united(alike.map((state) => (state.kind === "receives" ? state.receives[i]?.interactions : []))),
      })),
    };
  }
  return first;
}

/** Numbers the states depth first, the steps of a state in the order of the source, and the end last. */
function inReadingOrder(states: readonly LocalState[]): readonly LocalState[] {
  const sorted = states.map(inSourceOrder);
  const order: number[] = [];
  const seen = new Set<number>();
  const work = [0];
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    const state = sorted[at];
    if (state === undefined || seen.has(at)) continue;
    seen.add(at);
    order.push(at);
    for (const target of targetsOf(state).toReversed()) work.push(target);
  }
  const ordered = order.toSorted((a, b) => Number(sorted[a]?.kind === "end") - Number(sorted[b]?.kind === "end"));
  const numbers = new Map(ordered.map((at, number) => [at, number]));
  return ordered.flatMap((at) => {
    const state = sorted[at];
    return state === undefined ? [] : [retarget(state, (target) => numbers.get(target) ?? 0)];
  });
}

function inSourceOrder(state: LocalState): LocalState {
  if (state.kind === "sends") return { ...state, sends: state.sends.toSorted(byInteraction) };
  if (state.kind === "receives") return { ...state, receives: state.receives.toSorted(byInteraction) };
  return state;
}

function byInteraction(
  a: { readonly interactions: readonly Interaction[] },
  b: { readonly interactions: readonly Interaction[] },
): number {
  return (a.interactions[0]?.index ?? 0) - (b.interactions[0]?.index ?? 0);
}

/** What the role knows when the program is over; if only the role itself is ever over, what it knows from then on. */
function knownAtEnd(automaton: GlobalAutomaton, observation: Observation, knows: Knows): readonly Known[] {
  const finals = new Set<number>();
  for (const set of observation.sets)
    for (const state of set.states) if (automaton.states[state]?.final === true) finals.add(state);
  const last =
    finals.size > 0 ? [...finals] : observation.sets.flatMap((set) => (set.edges.length === 0 ? [...set.states] : []));
  return meet([...new Set(last)].map((state) => knows(observation.role, state)));
}
