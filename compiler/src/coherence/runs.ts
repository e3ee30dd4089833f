// The counterexample: global runs that a role cannot tell apart. In: a role's view and a violation. Out: for each
// side the transitions of a shortest run to it, and the place where the two part.

import type { Side, Violation } from "./violation.js";
import type { View } from "./tables.js";

export interface Counterexample {
  readonly violation: Violation;
  readonly runs: readonly [GlobalRun, GlobalRun];
  /** How many transitions the runs have in common at their beginning. */
  readonly common: number;
  /** The state in which they part, and the transitions they take there; -1 where a run has come to its end. */
  readonly parting: { readonly state: number; readonly edges: readonly [number, number] };
}

export interface GlobalRun {
  /** The transitions from the initial state, as indices into the tables. */
  readonly edges: readonly number[];
  /** The state it leads to. */
  readonly state: number;
  /** The transition the role would have to take part in there; -1: none. */
  readonly next: number;
  /** What follows without the role, where a message overtakes the one it waits for. */
  readonly overtaking: readonly number[];
}

/**
 * Takes a view and violations of one local set, gives their counterexamples. The observation is a shortest word to
 * the set, and each run is a shortest one with that observation: breadth first over pairs of a global state and
 * a position in the word.
 */
export function counterexamples(
  view: View,
  index: number,
  violations: readonly Violation[],
): readonly Counterexample[] {
  if (violations.length === 0) return [];
  const search = shortestRuns(view, wordTo(view, index));
  return violations.map((violation) => counterexample(view, violation, search));
}

/** How long the runs of a counterexample are together. */
export function lengthOf(example: Counterexample): number {
  return example.runs[0].edges.length + example.runs[1].edges.length;
}

/** The letters of the role on a shortest way to the set. */
function wordTo(view: View, index: number): readonly number[] {
  const word: number[] = [];
  for (let i = index; i > 0;) {
    const set = view.sets[i];
    if (set === undefined) break;
    word.push(set.letter);
    i = set.parent;
  }
  return word.toReversed();
}

interface Visit {
  readonly state: number;
  readonly position: number;
  readonly parent: number;
  readonly edge: number;
}

interface Search {
  readonly visits: readonly Visit[];
  /** By global state: the visit that reaches it at the end of the word; the smaller, the shorter its run. */
  readonly last: ReadonlyMap<number, number>;
}

function shortestRuns(view: View, word: readonly number[]): Search {
  const { tables, sees } = view;
  const visits: Visit[] = [{ state: 0, position: 0, parent: -1, edge: -1 }];
  const seen = new Set([0]);
  const last = new Map<number, number>();
  for (let i = 0; i < visits.length; i++) {
    const here = visits[i];
    if (here === undefined) break;
    if (here.position === word.length) last.set(here.state, i);
    for (let edge = tables.first[here.state] ?? 0; edge < (tables.first[here.state + 1] ?? 0); edge++) {
      const letter = tables.letter[edge] ?? 0;
      const seesIt = sees[letter] === 1;
      if (seesIt && letter !== word[here.position]) continue;
      const state = tables.target[edge] ?? 0;
      const position = here.position + (seesIt ? 1 : 0);
      const key = position * tables.states + state;
      if (seen.has(key)) continue;
      seen.add(key);
      visits.push({ state, position, parent: i, edge });
    }
  }
  return { visits, last };
}

function counterexample(view: View, violation: Violation, search: Search): Counterexample {
  const one = runTo(view, violation.one, search);
  const other = runTo(view, violation.other, search);
  const a = one.next < 0 ? one.edges : [...one.edges, one.next];
  const b = other.next < 0 ? other.edges : [...other.edges, other.next];
  let common = 0;
  while (common < a.length && common < b.length && a[common] === b[common]) common++;
  const state = common === 0 ? 0 : (view.tables.target[a[common - 1] ?? 0] ?? 0);
  return { violation, runs: [one, other], common, parting: { state, edges: [a[common] ?? -1, b[common] ?? -1] } };
}

function runTo(view: View, side: Side, search: Search): GlobalRun {
  const nearest = side.states.reduce((best, state) =>
    (search.last.get(state) ?? 0) < (search.last.get(best) ?? 0) ? state : best,
  );
  const edges: number[] = [];
  for (let i = search.last.get(nearest) ?? 0; i > 0;) {
    const visit = search.visits[i];
    if (visit === undefined) break;
    edges.push(visit.edge);
    i = visit.parent;
  }
  return {
    edges: edges.toReversed(),
    state: nearest,
    next: edgeOf(view, nearest, side.letter),
    overtaking: side.overtaking,
  };
}

function edgeOf(view: View, state: number, wanted: number | null): number {
  const { first, letter } = view.tables;
  for (let e = first[state] ?? 0; e < (first[state + 1] ?? 0); e++) if (letter[e] === wanted) return e;
  return -1;
}
