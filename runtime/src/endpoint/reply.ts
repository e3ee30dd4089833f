// What an endpoint has decided about a message that is offered to it: read from its state, the same for ever.

import type { Report } from "./agent.js";
import { get } from "./list.js";
import type { State } from "./state.js";

export interface Slot {
  readonly from: string;
  readonly seq: number;
  readonly digest: string;
}

export interface Reply {
  readonly outcome: "accepted" | "rejected";
  /** Of the message that was taken, or of the one that was rejected. */
  readonly digest: string;
  readonly report: Report | null;
  /** All messages of the channel below this number are decided. */
  readonly upTo: number;
}

/** The reply, or null where nothing is decided yet. A taken slot is `accepted` whatever is offered for it now. */
export function reply(state: State, { from, seq, digest }: Slot): Reply | null {
  const received = state.received[state.monitor.peers.indexOf(from)];
  if (received === undefined) return null;
  const upTo = received.length;
  const taken = get(received, seq);
  if (taken !== undefined) return { outcome: "accepted", digest: taken, report: null, upTo };
  for (let index = 0; index < state.refusals.length; index++) {
    const refusal = get(state.refusals, index)!;
    if (refusal.from !== from || refusal.seq !== seq || refusal.digest !== digest) continue;
    return { outcome: "rejected", digest, report: refusal.report, upTo };
  }
  return null;
}
