// All that is wrong with one role's part, each cause once. In: the role's view. Out: counterexamples, in the order
// of the local sets (shortest observation first).

import { counterexamples, lengthOf } from "./runs.js";
import { mixedViolations } from "./mixed.js";
import { receiveViolations } from "./receive.js";
import { sendViolations } from "./send.js";
import { terminationViolations } from "./termination.js";
import type { Counterexample } from "./runs.js";
import type { Memory } from "./receive.js";
import type { View } from "./tables.js";
import type { Violation } from "./violation.js";

/** A condition on one local set of a role. */
export type Condition = (view: View, index: number) => readonly Violation[];

/** The conditions that everybody is asked where there are no arms; with a memory, so they are for one role. */
export function conditions(): readonly Condition[] {
  const memory: Memory = new Map();
  return [
    sendViolations,
    mixedViolations,
    (view, index) => receiveViolations(view, index, memory),
    terminationViolations,
  ];
}

/** How many counterexamples one role gets; who has mended these sees the next ones. */
const maximalForRole = 8;

/**
 * Takes a role's view, gives its counterexamples; none means that the role's part is coherent. Whoever announces the
 * branches of a `choice when` does not exist and is asked nothing. A cause is a place where
 * two runs part and the role is not told: where both ways out of it have been named already, what follows is left out,
 * and so is a second counterexample for the same two interactions.
 */
export function problems(view: View, asked: readonly Condition[] = conditions()): readonly Counterexample[] {
  if (view.tables.announces[view.role] === 1) return [];
  const kept: Counterexample[] = [];
  const named = new Map<number, Set<number>>();
  const pairs = new Set<string>();
  for (let index = 0; index < view.sets.length && kept.length < maximalForRole; index++) {
    const violations = asked.flatMap((condition) => condition(view, index));
    const found = counterexamples(view, index, violations).toSorted((a, b) => lengthOf(a) - lengthOf(b));
    for (const example of found) {
      const { state, edges } = example.parting;
      const ways = named.get(state) ?? new Set<number>();
      const pair = pairOf(view, example);
      if (edges.every((edge) => ways.has(edge)) || pairs.has(pair)) continue;
      pairs.add(pair);
      named.set(state, new Set([...ways, ...edges]));
      kept.push(example);
    }
  }
  return kept.slice(0, maximalForRole);
}

/** The two things the role would have to do, as messages of the core. */
export function pairOf({ tables }: View, { runs }: Counterexample): string {
  return runs
    .map(({ next }) => tables.transitions[next]?.send?.message ?? -1)
    .toSorted((a, b) => a - b)
    .join();
}
