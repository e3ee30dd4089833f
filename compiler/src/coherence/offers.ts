// What roles may still do when the session has failed and they do not know. In: tables, and what the roles observe. Out:
// for each role the letters with which it may act.

import { observe, type LocalSet } from "../automaton/observe.js";
import type { Tables } from "./tables.js";

/** By role: letters. */
export type Offers = ReadonlyMap<number, ReadonlySet<number>>;

/** The letters that a role may send; see `offersAmong`. Computed once for all roles. */
export function offersOf(tables: Tables, role: number): ReadonlySet<number> {
  const all = known.get(tables) ?? computed(tables);
  known.set(tables, all);
  return all.get(role) ?? new Set();
}

const known = new WeakMap<Tables, Offers>();

function computed(tables: Tables): Offers {
  const { automaton, from } = tables;
  const observations = automaton.core.roles.map((_, role) => observe(automaton, role));
  const large = observations.filter(({ diagnostics }) => diagnostics.length > 0);
  const letters = [...from.keys()];
  const everything = large.map(
    ({ role }) => [role, new Set(letters.filter((letter) => from[letter] === role))] as const,
  );
  const sets = new Map(observations.map(({ role, sets: own }) => [role, own]));
  return new Map([...offersAmong(tables, sets, new Map(everything)), ...everything]);
}

/**
 * Takes the local sets of all roles. A role that does not know of the failure is in a set that holds the state behind it;
 * from there it goes on by its own acts, and by receptions of what another such role may send. `before`: what is offered
 * in any case. Letters that are nobody's message count as acts of whoever sees them.
 */
export function offersAmong(
  { failed, from, to }: Tables,
  sets: ReadonlyMap<number, readonly LocalSet[]>,
  before: Offers = new Map(),
): Offers {
  const offers = new Map([...sets.keys()].map((role) => [role, new Set<number>()]));
  const offered = new Set([...before.values()].flatMap((own) => [...own]));
  const reached = new Map(
    [...sets].map(([role, own]) => [
      role,
      new Set([...own.keys()].filter((i) => own[i]?.states.some((s) => failed[s] === 1))),
    ]),
  );
  for (let more = true; more;) {
    more = false;
    for (const [role, own] of reached) {
      const size = own.size + offered.size;
      for (const i of own) {
        for (const { letter, target } of sets.get(role)?.[i]?.edges ?? []) {
          const receives = to[letter] === role && from[letter] !== role;
          if (!receives) offers.get(role)?.add(letter);
          if (!receives) offered.add(letter);
          if (offered.has(letter)) own.add(target);
        }
      }
      more ||= own.size + offered.size > size;
    }
  }
  return offers;
}
