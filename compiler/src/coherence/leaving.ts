// Optional roles leave when nobody is left who could send them anything; so no two of them may wait for each other to
// leave. In: a global automaton and what its roles observe. Out: for whom an optional role waits, and a circle of them, or
// null.

import type { GlobalAutomaton } from "../automaton/global.js";
import type { Observation } from "../automaton/observe.js";

/** By optional role: for whom it may still wait where it may be over. */
export type Leaving = ReadonlyMap<number, readonly number[]>;

/** Takes an automaton and the observations of its roles. Linear in the local sets. */
export function leavingOf(automaton: GlobalAutomaton, observations: readonly Observation[]): Leaving {
  const { roles } = automaton.core;
  return new Map(
    observations
      .filter(({ role }) => roles[role]?.kind === "optional")
      .map((observation) => [observation.role, [...waitedFor(automaton, observation)]] as const),
  );
}

/**
 * Gives optional roles each of which may wait for the next one to leave, the last for the first, or null. By
 * depth-first search.
 */
export function circleOfOptional(waits: Leaving): readonly number[] | null {
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

function waitedFor(automaton: GlobalAutomaton, { role, sets }: Observation): ReadonlySet<number> {
  const { states, letters } = automaton;
  const senders = new Set<number>();
  for (const set of sets) {
    if (!set.states.some((state) => states[state]?.final === true)) continue;
    for (const { letter } of set.edges) {
      const own = letters[letter];
      if (own?.kind === "message" && own.to === role) senders.add(own.from);
    }
  }
  return new Set([...senders].flatMap((sender) => speakersOf(automaton, sender, role)));
}

/** Who stands behind the sender of a message to a role: behind a role of the network a judge. */
export function speakersOf({ core, letters }: GlobalAutomaton, sender: number, role: number): readonly number[] {
  if (core.roles[sender]?.kind !== "network") return [sender];
  return letters.flatMap((own) => (own.kind === "message" && own.to === sender && own.from !== role ? [own.from] : []));
}
