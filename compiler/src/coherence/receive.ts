// Receive validity. In: a role's view and one of its local sets. Out: the pairs of global states in it of which the
// role waits for one sender in one and for another in the other, and cannot rely on what comes first.
//
//     (a,b) in prodreach_p, a -q1>p:m1->, b -q2>p:m2-> b', q1 != q2   then not avail(q1, p, m1, {p}, b')
//
// Li, Stutz, Wies, Zufferey, CAV 2023. If `m1` can arrive although `m2` is due, the role takes it for that of the
// other run.

import { actionsOf } from "./tables.js";
import { available } from "./avail.js";
import { maximalInSet, side } from "./violation.js";
import { statesWith } from "./send.js";
import type { Available } from "./avail.js";
import type { View } from "./tables.js";
import type { Violation } from "./violation.js";

/** What is available behind a reception, by sender and state; the sets of one role ask for the same again and again. */
export type Memory = Map<number, Available>;

/** Takes a view, the index of a local set and a memory for this role; gives the violations, one for each pair of messages. */
export function receiveViolations(view: View, index: number, memory: Memory): readonly Violation[] {
  const set = view.sets[index];
  if (set === undefined || set.states.length < 2) return [];
  const { tables, role } = view;
  const { receives } = actionsOf(view, set);
  const senders = [...new Set(receives.map((letter) => tables.from[letter] ?? 0))];
  if (senders.length < 2) return [];
  const found: Violation[] = [];
  for (const due of receives) {
    for (const state of statesWith(view, set, due)) {
      const behind = targetOf(view, state, due);
      for (const sender of senders) {
        if (sender === tables.from[due]) continue;
        for (const [early, overtaking] of availableBehind(view, sender, behind, memory)) {
          if (!receives.includes(early) || found.some((v) => v.one.letter === early && v.other.letter === due))
            continue;
          const one = side(statesWith(view, set, early), early);
          found.push({
            condition: "receive",
            role,
            set: index,
            one,
            other: { states: [state], letter: due, overtaking },
          });
          if (found.length >= maximalInSet) return found;
        }
      }
    }
  }
  return found;
}

function availableBehind(view: View, sender: number, state: number, memory: Memory): Available {
  const key = sender * view.tables.states + state;
  const known = memory.get(key);
  if (known !== undefined) return known;
  const found = available(view.tables, sender, view.role, state);
  memory.set(key, found);
  return found;
}

function targetOf(view: View, state: number, wanted: number): number {
  const { first, letter, target } = view.tables;
  for (let e = first[state] ?? 0; e < (first[state + 1] ?? 0); e++) if (letter[e] === wanted) return target[e] ?? 0;
  return state;
}
