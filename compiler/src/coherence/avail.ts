// Which messages can come first on a channel to a role while the role stands still. In: tables, the channel and
// the state behind the reception. Out: the letters that can be first, each with the transitions that lead to it.
//
//     avail(q1, p, m, B, s), the roles in B being blocked: exists s -x>y:n-> s' with
//       (x,y) = (q1,p):  true iff q1 not in B and n = m      (another message is first: stop here)
//       x in B:          avail(q1, p, m, B + {y}, s')         (y waits for a blocked role: blocked too)
//       otherwise:       avail(q1, p, m, B, s')               (letters of a loop are nobody's: always pass)
//
// Li, Stutz, Wies, Zufferey, CAV 2023. Fewer blocked roles can do more, so for each state the smallest blocked sets
// are enough; where they are more than 32, their intersection stands for them: polynomial, and sound, since it only
// makes more messages available.

import { offersOf } from "./offers.js";
import type { Tables } from "./tables.js";

/** The letters that can be first on the channel, each with the transitions of one run that leads to it, itself included. */
export type Available = ReadonlyMap<number, readonly number[]>;

const maximalBlockedSets = 32;

/** A state with a set of blocked roles, and how the search came there. */
interface Visit {
  readonly state: number;
  readonly blocked: Uint32Array;
  readonly parent: Visit | null;
  readonly edge: number;
  /** Another visit of the state, with fewer blocked roles, has taken its place. */
  dead: boolean;
}

/** Takes tables, a channel `sender -> role` and a state; breadth first, so the runs it gives are short. */
export function available(tables: Tables, sender: number, role: number, start: number): Available {
  const { first, letter, target, from, to } = tables;
  const found = new Map<number, readonly number[]>();
  const visits: (Visit[] | undefined)[] = [];
  const work: Visit[] = [];
  visit(visits, work, {
    state: start,
    blocked: withRole(new Uint32Array((tables.automaton.core.roles.length >> 5) + 1), role),
    parent: null,
    edge: -1,
    dead: false,
  });
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
      visit(visits, work, {
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

/** Adds a visit, unless one of its state has no more blocked roles; takes out those that have more. */
function visit(visits: (Visit[] | undefined)[], work: Visit[], next: Visit): void {
  const here = visits[next.state] ?? [];
  if (here.some((v) => within(v.blocked, next.blocked))) return;
  const kept = here.filter((v) => !within(next.blocked, v.blocked));
  for (const v of here) if (!kept.includes(v)) v.dead = true;
  if (kept.length < maximalBlockedSets) {
    visits[next.state] = [...kept, next];
    work.push(next);
    return;
  }
  for (const v of kept) v.dead = true;
  const one = {
    ...next,
    blocked: kept.reduce((common, v) => common.map((word, i) => word & (v.blocked[i] ?? 0)), next.blocked),
  };
  visits[next.state] = [one];
  work.push(one);
}

function trace(end: Visit): readonly number[] {
  const edges: number[] = [];
  for (let v: Visit | null = end; v !== null && v.edge >= 0; v = v.parent) edges.push(v.edge);
  return edges.toReversed();
}

function has(roles: Uint32Array, role: number): boolean {
  return (((roles[role >> 5] ?? 0) >>> (role & 31)) & 1) === 1;
}

function withRole(roles: Uint32Array, role: number): Uint32Array {
  if (has(roles, role)) return roles;
  const more = roles.slice();
  more[role >> 5] = (more[role >> 5] ?? 0) | (1 << (role & 31));
  return more;
}

/** Whether all of `a` are in `b`. */
function within(a: Uint32Array, b: Uint32Array): boolean {
  for (let i = 0; i < a.length; i++) if (((a[i] ?? 0) & ~(b[i] ?? 0)) !== 0) return false;
  return true;
}
