// Which messages can come first on a channel to a role while the role stands still. In: tables, the channel and
// the state behind the reception. Out: the letters that can be first, each with the transitions that lead to it.
//
//     avail(q1, p, m, B, s), the roles in B being blocked: exists s -x>y:n-> s' with
//       (x,y) = (q1,p):  true iff q1 not in B and n = m      (another message is first: stop here)
//       x in B:          avail(q1, p, m, B + {y}, s')         (y waits for a blocked role: blocked too)
//       otherwise:       avail(q1, p, m, B, s')               (letters of a loop are nobody's: always pass)
//
// Li, Stutz, Wies, Zufferey, CAV 2023. blocked.ts says why it is polynomial.

import { alone, beginAt, has, trace, visit, withRole } from "./blocked.js";
import { offersOf } from "./offers.js";
import type { Tables } from "./tables.js";

/** The letters that can be first on the channel, each with the transitions of one run that leads to it, itself included. */
export type Available = ReadonlyMap<number, readonly number[]>;

/** Takes tables, a channel `sender -> role` and a state; breadth first, so the runs it gives are short. */
export function available(tables: Tables, sender: number, role: number, start: number): Available {
  const { first, letter, target, from, to } = tables;
  const found = new Map<number, readonly number[]>();
  const visits = beginAt(start, alone(role, tables.automaton.core.roles.length));
  const { work } = visits;
  for (let i = 0; i < work.length; i++) {
    const here = work[i];
    if (here === undefined || here.dead) continue;
    for (let e = first[here.state] ?? 0; e < (first[here.state + 1] ?? 0); e++) {
      const own = letter[e] ?? 0;
      const x = from[own] ?? -1;
      const y = to[own] ?? -1;
      if (tables.failed[target[e] ?? 0] === 1) {
        // Whoever does not know of the `fail` goes on, even before it.
        if (has(here.blocked, sender)) continue;
        for (const other of offersOf(tables, sender))
          if (to[other] === role && !found.has(other)) found.set(other, [...trace(here), e]);
        continue;
      }
      const waits = x >= 0 && has(here.blocked, x);
      if (x === sender && y === role) {
        if (!waits && !found.has(own)) found.set(own, [...trace(here), e]);
        continue;
      }
      visit(visits, {
        state: target[e] ?? 0,
        blocked: waits ? withRole(here.blocked, y) : here.blocked,
        parent: here,
        edge: e,
        dead: false,
      });
    }
  }
  return found;
}
