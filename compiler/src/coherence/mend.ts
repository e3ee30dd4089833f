// The mend for a counterexample, tried before it is offered. In: a role's view and a counterexample. Out: messages to
// add, after which the two runs are told apart and nobody is worse off; or none.

import { globalAutomaton } from "../automaton/build.js";
import { observe } from "../automaton/observe.js";
import { candidates } from "./tells.js";
import { pairOf, problems } from "./problems.js";
import { tablesOf, viewOf } from "./tables.js";
import { withMend } from "./addition.js";
import type { GlobalAutomaton } from "../automaton/global.js";
import type { Counterexample } from "./runs.js";
import type { Mend } from "./tells.js";
import type { Tables, View } from "./tables.js";

/** No mend is looked for in a larger automaton. */
const maximalStates = 5_000;
/** How many automata are built for one counterexample, and how many mends are put together. */
const maximalTries = 24;
const maximalTogether = 3;

/** What may still be spent on the search for mends, in states that are built. */
export interface Effort {
  states: number;
}

export interface Mended {
  readonly mend: Mend;
  /** What is left of the role's counterexamples afterwards, by their ways. */
  readonly left: ReadonlySet<string>;
}

/**
 * Takes a role's view, one of its counterexamples, the number of counterexamples by role, and the effort that is left,
 * from which it takes what it needs. Gives the first mend that helps, or null.
 */
export function mendFor(
  view: View,
  example: Counterexample,
  counts: ReadonlyMap<number, number>,
  effort: Effort,
): Mended | null {
  const { states, core } = view.tables.automaton;
  // Nothing can be written that is said to one member, or by one.
  if (states.length > maximalStates || core.roles[view.role]?.member !== null) return null;
  const tries = Math.min(maximalTries, Math.floor(effort.states / states.length));
  const search: Search = { counts, messages: core.messages.length, tries };
  const mend = firstThatHelps(view, example, search, maximalTogether);
  effort.states -= (tries - search.tries) * states.length;
  return mend;
}

interface Search {
  readonly counts: ReadonlyMap<number, number>;
  /** How many messages the source has; the others have been added in the search. */
  readonly messages: number;
  tries: number;
}

/**
 * A mend helps if the two ways are told apart afterwards, and no role that it concerns has more to complain of than
 * before. Where there are more branches than two and others still look alike, it is put together with a mend for these.
 */
function firstThatHelps(view: View, example: Counterexample, search: Search, together: number): Mended | null {
  const { role } = view;
  for (const mend of candidates(view, example)) {
    if (search.tries <= 0) return null;
    if (mend.some(({ place }) => place.kind === "behind" && place.message >= search.messages)) continue;
    search.tries--;
    const { automaton } = globalAutomaton(withMend(view.tables.automaton.core, mend));
    if (automaton === null) continue;
    const tables = tablesOf(automaton);
    const after = viewOf(tables, observe(automaton, role));
    const problemsLeft = problems(after);
    const left = new Set(problemsLeft.map((other) => waysOf(after, other)));
    if (
      problemsLeft.some((other) => causeOf(after, other) === causeOf(view, example)) ||
      complains(mend, automaton, tables, search)
    )
      continue;
    const open = left.has(waysOf(view, example));
    if (!open && problemsLeft.length <= (search.counts.get(role) ?? 0)) return { mend, left };
    const next = problemsLeft.find((other) => sameChoice(view, example, after, other));
    const more = next === undefined || together <= 1 ? null : firstThatHelps(after, next, search, together - 1);
    if (more !== null) return { mend: [...mend, ...more.mend], left: more.left };
  }
  return null;
}

/** Whether one of those who are to tell would then have more to complain of than before. */
function complains(mend: Mend, automaton: GlobalAutomaton, tables: Tables, { counts }: Search): boolean {
  const tellers = new Set(mend.map(({ teller }) => teller));
  return [...tellers].some(
    (teller) => problems(viewOf(tables, observe(automaton, teller))).length > (counts.get(teller) ?? 0),
  );
}

/** The two ways out of the parting of a counterexample, by what they say: the same before and after a mend. */
export function waysOf({ tables }: View, { parting }: Counterexample): string {
  const ways = parting.edges.map((edge) => {
    const send = tables.transitions[edge]?.send ?? null;
    return send === null ? `letter ${tables.letter[edge] ?? -1}` : `message ${send.message} ${send.copy}`;
  });
  return ways.toSorted().join();
}

/** The ways, and what the role would have to do in each. */
function causeOf(view: View, example: Counterexample): string {
  return `${waysOf(view, example)} ${pairOf(view, example)}`;
}

function sameChoice(view: View, example: Counterexample, after: View, other: Counterexample): boolean {
  const before = view.tables.automaton.states[example.parting.state]?.choice ?? null;
  const behind = after.tables.automaton.states[other.parting.state]?.choice ?? null;
  return before !== null && before.span === behind?.span;
}
