// Whether a message that does not fit now may be right when others have spoken first. Where a role waits for several
// senders, one of them can be further than the role: its next message overtakes the one that is due. In: a compiled
// machine, a state, a message. Out: yes or no, counters left aside (so a yes may be one too many, a no never is).

import { enter, receives, repeat, type Table } from "./compile.js";

/** Whether the next message of a peer may have this label, on some way from a state on which nothing of that peer is taken before. */
export function mayComeFirst(table: Table, from: number, peer: string, label: string): boolean {
  const { kind, first, labels, partners, then, last, thens } = table;
  const seen = new Set([from]);
  // A set is walked in the order of insertion, what is added meanwhile included.
  for (const state of seen) {
    if (kind[state] === enter || kind[state] === repeat) seen.add(then[state]!);
    if (kind[state] === repeat) seen.add(last[state]!);
    for (let step = first[state]!; step < first[state + 1]!; step++) {
      if (kind[state] !== receives || partners[step] !== peer) seen.add(thens[step]!);
      else if (labels[step] === label) return true;
    }
  }
  return false;
}
