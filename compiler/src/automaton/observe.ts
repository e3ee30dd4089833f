// What one role sees of the global automaton: everything that does not concern it is erased, and the rest is
// made deterministic by the subset construction. In: a global automaton and a role. Out: its local sets (the
// global states it cannot tell apart), joined by what it does, and the counted loops whose rounds it counts.

import type { Diagnostic } from "@chor/grammar";
import { tooManySets } from "../report/form.js";
import { entered, miscounted } from "./counting.js";
import type { GlobalAutomaton } from "./global.js";
import { concerning, graphOf, subsets, type DraftSet, type Graph } from "./subsets.js";

export interface Observation {
  readonly role: number;
  /** By loop: whether the role counts its rounds. Only then `round` and `over` of that loop are letters on its edges. */
  readonly counts: readonly boolean[];
  /** Set 0 is the initial one; numbered breadth first, so `parent` is always smaller. */
  readonly sets: readonly LocalSet[];
  /** Empty, or the one error that there are too many sets; then `sets` is empty. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The global states the program may be in, as far as the role can tell. */
export interface LocalSet {
  /** Ascending, without doubles: the kernel and all that is reached from it without the role. */
  readonly states: Int32Array;
  /** Ascending: the states in which the role's own step (`letter` from `parent`) can end; for set 0 the initial one. */
  readonly kernel: Int32Array;
  /** One for each letter that concerns the role, in the order of the letters. */
  readonly edges: readonly LocalEdge[];
  /** The set before this one on a shortest observable word from set 0, and the last letter of that word; -1 for set 0. */
  readonly parent: number;
  readonly letter: number;
}

export interface LocalEdge {
  /** Index into `GlobalAutomaton.letters`. */
  readonly letter: number;
  readonly target: number;
  /** Loops that the role counts and that may be entered on this edge or silently behind it: their counters begin anew. */
  readonly enters: readonly number[];
}

/**
 * The subset construction for one role (Li, Stutz, Wies, Zufferey, CAV 2023), with counted loops: the role counts
 * a loop if it always knows for certain that a round is over, and its counter is never one of two visits at once.
 * Where it does not, the loop's letters are erased like a foreign message. A count once lost is lost, and may
 * take others with it, so the construction is repeated until all that are left hold.
 * Takes a global automaton, an index into `core.roles`, and letters that the role sees besides its own messages (arms
 * that it takes part in). Never fails; see `Observation.diagnostics`.
 */
export function observe(automaton: GlobalAutomaton, role: number, joins: ReadonlySet<number> = new Set()): Observation {
  const graph = graphOf(automaton);
  const counts = [...graph.counted];
  for (;;) {
    const sets = subsets(graph, concerning(graph, role, counts, joins));
    if (sets === null) return { role, counts, sets: [], diagnostics: [tooManySets(automaton.core, role)] };
    const lost = miscounted(graph, sets, counts);
    if (lost.length === 0)
      return { role, counts, sets: sets.map((set) => seal(set, sets, counts, graph)), diagnostics: [] };
    for (const loop of lost) counts[loop] = false;
  }
}

function seal(set: DraftSet, sets: readonly DraftSet[], counts: readonly boolean[], graph: Graph): LocalSet {
  const edges = set.edges.map((edge) => ({
    letter: edge.letter,
    target: edge.target,
    enters: entered(edge, graph, sets, counts),
  }));
  return { states: set.states, kernel: set.kernel, edges, parent: set.parent, letter: set.letter };
}
