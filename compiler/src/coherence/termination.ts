// Termination awareness. In: a role's view and one of its local sets. Out: the pairs of global states in it of which
// one is the end and in the other the role waits for a message. It cannot tell "done" from "wait".
//
//     not: (a,b) in prodreach_p, a -_>p:_->, b in F
//
// Not asked of optional roles, which wait for what may never come, and of roles of the network, which have no endpoint.
// A set that holds the end and sends violates send validity already.

import { maximalInSet, side } from "./violation.js";
import { actionsOf } from "./tables.js";
import { statesWith } from "./send.js";
import type { View } from "./tables.js";
import type { Violation } from "./violation.js";

/** Takes a view and the index of a local set; gives the violations, one for each message that may still come. */
export function terminationViolations(view: View, index: number): readonly Violation[] {
  const set = view.sets[index];
  const { kind } = view.tables.automaton.core.roles[view.role] ?? { kind: "plain" };
  if (set === undefined || set.states.length < 2 || kind !== "plain") return [];
  const { sends, receives } = actionsOf(view, set);
  if (sends.length > 0 || receives.length === 0) return [];
  const ends: number[] = [];
  for (const state of set.states) if (view.tables.final[state] === 1) ends.push(state);
  if (ends.length === 0) return [];
  return receives.slice(0, maximalInSet).map((letter) => ({
    condition: "termination",
    role: view.role,
    set: index,
    one: side(statesWith(view, set, letter), letter),
    other: side(ends, null),
  }));
}
