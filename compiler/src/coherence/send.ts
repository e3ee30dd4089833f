// Send validity. In: a role's view and one of its local sets. Out: the pairs of global states in it of which the
// role must send in one and cannot come to send the same in the other.
//
//     (a,b) in prodreach_p and a -p>q:m->   then from b, by transitions without p, some state has p>q:m
//
// Li, Stutz, Wies, Zufferey, "Complete Multiparty Session Type Projection with Automata", CAV 2023. prodreach_p is
// the union of S × S over the local sets S, so one backward walk within S for each letter decides it for all pairs.
//
// A state behind a `fail` offers everything. To decide a `choice when` counts as a send: of all branches as one, since
// which of them is taken is in the data; but nobody tells the role that it is asked.

import { maximalInSet, side } from "./violation.js";
import { actionsOf } from "./tables.js";
import type { LocalSet } from "../automaton/observe.js";
import type { View } from "./tables.js";
import type { Side, Violation } from "./violation.js";

/** Takes a view and the index of a local set; gives the violations, for each letter and each different thing to do one. */
export function sendViolations(view: View, index: number): readonly Violation[] {
  const set = view.sets[index];
  if (set === undefined || set.states.length < 2) return [];
  const { sends, decides } = actionsOf(view, set);
  if (sends.length + decides.length === 0) return [];
  const found: Violation[] = [];
  const { failed } = view.tables;
  const exempt: number[] = [];
  for (const state of set.states) if (failed[state] === 1) exempt.push(state);
  for (const letters of [...sends.map((letter) => [letter]), ...byAnnouncer(view, decides)]) {
    const [letter = -1] = letters;
    const senders = statesWith(view, set, letter);
    const all = letters.length === 1 ? senders : letters.flatMap((each) => statesWith(view, set, each));
    const reaching = walkBack(view, set.states, [...all, ...exempt]);
    if (!reaching.includes(0)) continue;
    for (const other of differing(view, set, reaching)) {
      found.push({ condition: "send", role: view.role, set: index, one: side(senders, letter), other });
      if (found.length >= maximalInSet) return found;
    }
  }
  return found;
}

/** The branches of each `choice when`. */
function byAnnouncer({ tables }: View, decides: readonly number[]): readonly (readonly number[])[] {
  const letters = new Map<number, number[]>();
  for (const letter of decides) {
    const announcer = tables.from[letter] ?? -1;
    const known = letters.get(announcer);
    if (known === undefined) letters.set(announcer, [letter]);
    else known.push(letter);
  }
  return [...letters.values()];
}

/** The states of a set that have a transition with this letter, ascending. */
export function statesWith(view: View, set: LocalSet, letter: number): readonly number[] {
  const { first, letter: letters } = view.tables;
  const states: number[] = [];
  for (const state of set.states) {
    for (let e = first[state] ?? 0; e < (first[state + 1] ?? 0); e++) {
      if (letters[e] !== letter) continue;
      states.push(state);
      break;
    }
  }
  return states;
}

/** By place in the set, 1 for the states from which one of `goals` is reached without the role. */
function walkBack(view: View, states: Int32Array, goals: readonly number[]): Uint8Array {
  const { firstInto, into, source, letter } = view.tables;
  const reaching = new Uint8Array(states.length);
  const work: number[] = [];
  const reach = (state: number): void => {
    const place = placeIn(states, state);
    if (place < 0 || reaching[place] === 1) return;
    reaching[place] = 1;
    work.push(state);
  };
  goals.forEach(reach);
  for (let state = work.pop(); state !== undefined; state = work.pop()) {
    for (let i = firstInto[state] ?? 0; i < (firstInto[state + 1] ?? 0); i++) {
      const e = into[i] ?? 0;
      if (view.sees[letter[e] ?? 0] === 0) reach(source[e] ?? 0);
    }
  }
  return reaching;
}

/** Where a number stands in an ascending list; -1: nowhere. */
function placeIn(ascending: Int32Array, wanted: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return ascending[low] === wanted ? low : -1;
}

/**
 * What the role would have to do in the states outside `reaching`, each thing once. There is always something: where
 * such a state neither ends nor asks the role for anything, the others go on for ever without it.
 */
function differing(view: View, set: LocalSet, reaching: Uint8Array): readonly Side[] {
  const { first, letter, final } = view.tables;
  const found = new Map<number | null, number[]>();
  const note = (act: number | null, state: number): void => {
    const states = found.get(act);
    if (states === undefined) found.set(act, [state]);
    else if (states[states.length - 1] !== state) states.push(state);
  };
  const outside = [...set.states].filter((_, place) => reaching[place] === 0);
  for (const state of outside) {
    if (final[state] === 1) note(null, state);
    for (let e = first[state] ?? 0; e < (first[state + 1] ?? 0); e++) {
      const own = letter[e] ?? 0;
      if (view.sees[own] === 1) note(own, state);
    }
  }
  if (found.size === 0) return [side(outside, null)];
  return [...found].map(([act, states]) => side(states, act));
}
