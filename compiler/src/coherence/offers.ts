// What a role may still do when the session has failed and it does not know. In: tables and a role. Out: the letters
// with which it may send.

import { observe } from "../automaton/observe.js";
import type { Tables } from "./tables.js";

/**
 * The letters that a role may send from some local set that holds a state behind a `fail`, or from one that is reached
 * from such a set: what it takes in there may come from others that do not know either. Computed once for each role.
 */
export function offersOf(tables: Tables, role: number): ReadonlySet<number> {
  const byRole = known.get(tables) ?? new Map<number, ReadonlySet<number>>();
  known.set(tables, byRole);
  const offers = byRole.get(role) ?? computed(tables, role);
  byRole.set(role, offers);
  return offers;
}

const known = new WeakMap<Tables, Map<number, ReadonlySet<number>>>();

function computed({ automaton, failed, from }: Tables, role: number): ReadonlySet<number> {
  const { sets, diagnostics } = observe(automaton, role);
  if (diagnostics.length > 0) return new Set([...from.keys()].filter((letter) => from[letter] === role));
  const reached = new Set([...sets.keys()].filter((i) => sets[i]?.states.some((state) => failed[state] === 1)));
  for (const i of reached) for (const { target } of sets[i]?.edges ?? []) reached.add(target);
  const letters = [...reached].flatMap((i) => sets[i]?.edges.map(({ letter }) => letter) ?? []);
  return new Set(letters.filter((letter) => from[letter] === role));
}
