// No mixed choice. In: a role's view and one of its local sets. Out: the pairs of global states in it of which the
// role must send in one and receive in the other.
//
//     not: (a,b) in prodreach_p, a -p>_:_->, b -_>p:_->
//
// Li, Stutz, Wies, Zufferey, on coherence conditions and Sprout (OOPSLA 2025). Send and receive validity alone accept
// wrong protocols: a send that can be reached silently from a reception is valid, and yet the role cannot know.

import { maximalInSet, side } from "./violation.js";
import { actionsOf } from "./tables.js";
import { statesWith } from "./send.js";
import type { View } from "./tables.js";
import type { Violation } from "./violation.js";

/** Takes a view and the index of a local set; gives the violations, one for each pair of a send and a reception. */
export function mixedViolations(view: View, index: number): readonly Violation[] {
  const set = view.sets[index];
  if (set === undefined || set.edges.length < 2) return [];
  const { sends, receives, decides } = actionsOf(view, set);
  const found: Violation[] = [];
  for (const send of [...sends, ...decides]) {
    for (const receive of receives) {
      const one = side(statesWith(view, set, send), send);
      const other = side(statesWith(view, set, receive), receive);
      found.push({ condition: "mixed", role: view.role, set: index, one, other });
      if (found.length >= maximalInSet) return found;
    }
  }
  return found;
}
