// The roles of the network: what each stands for. In: the automata of all blocks. Out: by role, the wait with its judge
// and its sender, or who is told the branches of a `choice when`.

import type { Stage } from "../arms/views.js";
import type { Core } from "../core/core.js";
import { waitsOf, type Wait } from "../report/waits.js";

export type Network =
  /** Carries the messages of one sender to the judge of one wait, and the answer back. It acts by itself. */
  | { readonly kind: "wait"; readonly wait: Wait }
  /** Tells the branches of a `choice when`. It does not exist: whoever comes to the choice first takes a branch for all. */
  | { readonly kind: "data"; readonly knowers: readonly number[] };

/** By role of the network that occurs in some run. */
export function networkOf({ built }: Stage, core: Core): ReadonlyMap<number, Network> {
  const found = new Map<number, Network>();
  for (const { tables } of built) {
    const { automaton } = tables;
    for (const [role, wait] of waitsOf(automaton)) found.set(role, { kind: "wait", wait });
    const knowers = new Map<number, Set<number>>();
    for (const letter of automaton.letters) {
      if (letter.kind !== "message" || core.roles[letter.from]?.kind !== "network") continue;
      if (tables.announces[letter.from] !== 1) continue;
      knowers.set(letter.from, (knowers.get(letter.from) ?? new Set()).add(letter.to));
    }
    for (const [role, told] of knowers) found.set(role, { kind: "data", knowers: [...told] });
  }
  return found;
}
