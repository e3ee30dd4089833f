// Optional roles leave when nobody is left who could send them anything; so no two of them may wait for each other to
// leave. In: a global automaton and what its roles observe. Out: a circle of optional roles, or null.

import type { GlobalAutomaton } from "../automaton/global.js";
import type { Observation } from "../automaton/observe.js";

/**
 * Takes an automaton and the observations of its roles; gives optional roles each of which may wait for the next one to
 * leave, the last for the first, or null. Linear in the local sets; by depth-first search.
 */
export function circleOfOptional(
  automaton: GlobalAutomaton,
  observations: readonly Observation[],
): readonly number[] | null {
  const { roles } = automaton.core;
  const waits = new Map(
    observations
      .filter(({ role }) => roles[role]?.kind === "optional")
      .map((observation) => [observation.role, [...waitedFor(automaton, observation)]] as const),
  );
  const done = new Set<number>();
  for (const root of waits.keys()) {
    const path: { readonly role: number; next: number }[] = [{ role: root, next: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const other = waits.get(top.role)?.[top.next++];
      if (other === undefined) {
        done.add(top.role);
        path.pop();
      } else if (path.some(({ role }) => role === other)) {
        return path.slice(path.findIndex(({ role }) => role === other)).map(({ role }) => role);
      } else if (!done.has(other)) path.push({ role: other, next: 0 });
    }
  }
  return null;
}

/** From whom a role may still wait for a message where it may be over; behind a role of the network stands a judge. */
function waitedFor({ states, letters, core }: GlobalAutomaton, { role, sets }: Observation): ReadonlySet<number> {
  const senders = new Set<number>();
  for (const set of sets) {
    if (!set.states.some((state) => states[state]?.final === true)) continue;
    for (const { letter } of set.edges) {
      const own = letters[letter];
      if (own?.kind === "message" && own.to === role) senders.add(own.from);
    }
  }
  for (const sender of senders) {
    if (core.roles[sender]?.kind !== "network") continue;
    for (const own of letters)
      if (own.kind === "message" && own.to === sender && own.from !== role) senders.add(own.from);
  }
  return senders;
}
