// What should be going on in an endpoint, from its state alone and from what only this process knows: which of
// its messages are decided by their receivers, and which notification has run. The shell starts what is missing
// and stops what is no longer wanted.

import { automaton, type State } from "./state.js";

export type Want =
  /** The agent is to be asked. */
  | {
      readonly want: "ask";
      readonly handler: string;
      readonly asks: Asks;
      readonly point: number;
      readonly attempt: number;
    }
  /** There is one thing to send and nobody to ask. */
  | { readonly want: "send"; readonly point: number }
  /** The notification of the message at this step is to run, before anything else is done. */
  | { readonly want: "hear"; readonly step: number }
  /** Messages may be taken. */
  | { readonly want: "take" }
  /** This message is to be offered, again and again. `peer` is an index into `monitor.peers`. */
  | { readonly want: "offer"; readonly peer: number; readonly seq: number }
  | { readonly want: "close" }
  /** Too much was refused: the session cannot go on without somebody who looks at it. */
  | { readonly want: "fault" };

export type Asks = "choice" | "payload" | "forced";

/** How many messages of a channel may be undecided at a time. */
export const window = 16;

/** How often an answer, or the message of a slot, may be refused; one more is a fault. */
export const retries = 2;

export interface Volatile {
  /** By peer: all messages to it below this number are decided. */
  readonly upTo: readonly number[];
  /** The step of the last message whose notification has run here; -1 for none. */
  readonly heard: number;
}

/** What is wanted. Order: offers first, as they are what others wait for; then at most one thing of its own. */
export function wants(state: State, { upTo, heard }: Volatile): readonly Want[] {
  if (state.era % 2 === 1 || state.closed !== null) return [];
  const offers: Want[] = state.sent.flatMap((sent, peer) => {
    // After a restart all are undecided until the first answer says how many are not.
    const undecided = Math.min(window, Math.max(0, sent.length - upTo[peer]!));
    return Array.from({ length: undecided }, (_, index): Want => ({ want: "offer", peer, seq: upTo[peer]! + index }));
  });
  const own = next(state, heard, upTo);
  return own === null ? offers : [...offers, own];
}

function next(state: State, heard: number, upTo: readonly number[]): Want | null {
  if (state.spent > retries || state.poisoned > retries) return { want: "fault" };
  if (state.unheard !== null && state.unheard !== heard) return { want: "hear", step: state.unheard };
  const { point, attempt } = state;
  const here = automaton(state);
  if ("receives" in here) return { want: "take" };
  if ("sends" in here) {
    // Whoever could be sent to must have room: nobody is asked for what cannot leave.
    const full = here.sends.some(({ to }) => isFull(state, state.monitor.peers.indexOf(to), upTo));
    if (full) return null;
    if (here.handler === undefined) return { want: "send", point };
    return { want: "ask", handler: here.handler, asks: here.asks ?? "payload", point, attempt };
  }
  const decided = state.sent.every((sent, peer) => sent.length <= upTo[peer]!);
  return "ends" in here && decided ? { want: "close" } : null;
}

function isFull(state: State, peer: number, upTo: readonly number[]): boolean {
  return state.sent[peer]!.length - upTo[peer]! >= window;
}
