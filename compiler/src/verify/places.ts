// Short names for places: the same for places from which the same can follow, and only for those. In: a play, places. Out:
// texts. They say what `keyOf` of the team says; threads and inboxes, which most acts leave alone, are looked at once.

import { isBetweenRoles, type Sent, type Situation } from "../team/situation.js";
import type { Thread } from "../team/thread.js";
import type { At, Play } from "./play.js";

/** A function that names places. It remembers what it has seen: one for each search. */
export function namesOfPlaces({ team, network }: Play): (at: At) => string {
  const numbers = new Map<string, number>();
  const numberOf = (text: string): number => {
    const known = numbers.get(text) ?? numbers.size;
    if (known === numbers.size) numbers.set(text, known);
    return known;
  };
  const thread = remembered((of: Thread): number => {
    const { machine, role, path, state, counters, entries, inside } = of;
    const entered = Object.entries(entries).map(([construct, count]) => `${construct}.${count}`);
    const own = `${machine} ${role} ${path} ${state} ${counters.join()} ${entered.join()}`;
    if (inside === null) return numberOf(own);
    const { construct, entry, then, threads } = inside;
    return numberOf(`${own} (${construct} ${entry} ${then} ${threads.map(thread).toSorted().join()})`);
  });
  const inbox = remembered((of: readonly Sent[]): number => numberOf(`> ${inOrder(of).map(sentKey).join()}`));
  const carriers = remembered((of: Situation["network"]): number =>
    numberOf(
      `~ ${sorted(of)
        .map(([key, carrier]) => `${key}:${thread(carrier)}`)
        .join()}`,
    ),
  );
  const claims = remembered((of: Situation["claims"]): number => numberOf(`# ${sorted(of).join()}`));

  /** The order does not count between channels, nor in a bag; in a mailbox it does. */
  function inOrder(of: readonly Sent[]): readonly Sent[] {
    if (network === "mailbox" || of.length < 2) return of;
    const keepsOrder = (sent: Sent): boolean => network === "fifo" || !isBetweenRoles(team, sent);
    return of.toSorted((a, b) =>
      a.from !== b.from || keepsOrder(a) ? a.from - b.from : sentKey(a) < sentKey(b) ? -1 : 1,
    );
  }

  return ({ situation, lost }) => {
    if (situation.failed) return "failed";
    const parts: number[] = [];
    for (const of of situation.threads) parts.push(of === null ? -1 : thread(of));
    for (const of of situation.inboxes) parts.push(of.length === 0 ? -1 : inbox(of));
    const rest = `${carriers(situation.network)},${claims(situation.claims)}`;
    return `${parts.join()},${rest}${lost.length === 0 ? "" : `!${lost.join()}`}`;
  };
}

function sentKey({ from, label, path }: Sent): string {
  return `${from}.${label}@${path}`;
}

function sorted<T>(of: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(of).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** What is made of an object, made once: nothing of a situation is changed in place. */
function remembered<T extends object>(make: (of: T) => number): (of: T) => number {
  const known = new WeakMap<T, number>();
  return (of) => {
    const before = known.get(of);
    if (before !== undefined) return before;
    const made = make(of);
    known.set(of, made);
    return made;
  };
}
