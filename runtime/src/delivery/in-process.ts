// The carrier for roles that live in one process: loses nothing, keeps the order, delivers in the next turn of the
// event loop. What is sent to somebody who does not listen is gone.

import type { EndpointId } from "../journal/journal.js";
import { afterThisTurn } from "../run/world.js";
import type { Carrier } from "./carrier.js";

type Listener = (frame: Uint8Array) => void;

/**
 * A carrier of its own: only those who were given it hear each other. They trust each other that far: whoever can
 * send can also send in the name of another role, as frames in one process bear no signature.
 */
export function inProcess(): Carrier {
  const listeners = new Map<string, Set<Listener>>();
  let waiting: { readonly to: string; readonly frame: Uint8Array }[] = [];

  const deliver = (): void => {
    const frames = waiting;
    waiting = [];
    for (const { to, frame } of frames) for (const on of listeners.get(to) ?? []) on(frame);
  };

  return {
    send(to, frame) {
      if (waiting.push({ to: address(to), frame }) === 1) afterThisTurn(deliver);
    },
    listen(to, on) {
      const key = address(to);
      // A function of its own for each call: the same `on` twice listens twice.
      const listener: Listener = (frame) => on(frame);
      const all = listeners.get(key) ?? new Set();
      listeners.set(key, all.add(listener));
      return () => {
        all.delete(listener);
        if (all.size === 0 && listeners.get(key) === all) listeners.delete(key);
      };
    },
  };
}

function address({ session, owner }: EndpointId): string {
  return JSON.stringify([session, owner]);
}
