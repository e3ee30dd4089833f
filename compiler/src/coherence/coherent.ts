// The coherence check: whether every role can always know from what it has sent and received what to do next.
// In: the global automaton and what each role observes of it. Out: diagnostics with two runs each; none means that
// the endpoints together do exactly what the choreography says, without deadlock, orphan or unexpected message.

import { incoherent } from "../report/coherence.js";
import { mendFor, waysOf } from "./mend.js";
import { problems } from "./problems.js";
import { tablesOf, viewOf } from "./tables.js";
import type { Counterexample } from "./runs.js";
import type { Effort } from "./mend.js";
import type { GlobalAutomaton } from "../automaton/global.js";
import type { Observation } from "../automaton/observe.js";
import type { View } from "./tables.js";
import type { Diagnostic } from "@chor/grammar";

/** How many states may be built again in search of mends; what is left after that gets its hint in general words. */
const effortForMends = 50_000;

/**
 * Takes a global automaton (eligible, so without diagnostics of its own) and the observations of its roles; a role
 * without an observation is not checked. Gives errors, ordered by place and role. Source of the conditions: Li,
 * Stutz, Wies, Zufferey (CAV 2023; OOPSLA 2025); each is in the file of its name.
 */
export function coherence(automaton: GlobalAutomaton, observations: readonly Observation[]): readonly Diagnostic[] {
  const tables = tablesOf(automaton);
  const found = observations.map((observation) => {
    const view = viewOf(tables, observation);
    return { view, examples: problems(view) };
  });
  const counts = new Map(found.map(({ view, examples }) => [view.role, examples.length]));
  const effort = { states: effortForMends };
  const diagnostics = found.flatMap(({ view, examples }) => withMends(view, examples, counts, effort));
  return diagnostics.toSorted((a, b) => a.span.start - b.span.start);
}

/** What the mend of one counterexample mends as well has the same cause and is left out. */
function withMends(
  view: View,
  examples: readonly Counterexample[],
  counts: ReadonlyMap<number, number>,
  effort: Effort,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  let open = examples;
  for (let example = open[0]; example !== undefined; example = open[0]) {
    const mended = mendFor(view, example, counts, effort);
    diagnostics.push(incoherent(view, example, mended?.mend ?? null));
    open = open.slice(1).filter((other) => mended === null || mended.left.has(waysOf(view, other)));
  }
  return diagnostics;
}
