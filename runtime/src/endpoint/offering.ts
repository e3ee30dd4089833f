// Offers are repeated until they are not wanted any more, with back-off and jitter. In: which offers are wanted.
// Out: calls to send one, and a call to look again when the next is due. At most one timer at a time.

import { backOff } from "./back-off.js";
import type { World } from "../run/world.js";

export interface Offered {
  readonly peer: number;
  readonly seq: number;
}

export interface Offering {
  /** Sends what is due of these, and forgets all others. */
  want(offers: readonly Offered[], send: (offer: Offered) => void): void;
  /** This offer was rejected; gives how many times it was, one for each time that it was sent. */
  rejected(offer: Offered): number;
  stop(): void;
}

/** In milliseconds: within one process the first offer arrives, so the first repetition is seldom needed. */
const first = 250;
const longest = 15_000;

/** `wake` is called when something may be due. */
export function offering(world: World, wake: () => void): Offering {
  let repetitions = new Map<string, Repetition>();
  let alarm: { readonly due: number; readonly controller: AbortController } | null = null;

  const silence = (): void => {
    alarm?.controller.abort(null);
    alarm = null;
  };

  const arm = (due: number): void => {
    if (alarm !== null && alarm.due <= due) return;
    silence();
    const mine = { due, controller: new AbortController() };
    alarm = mine;
    void world.sleep(Math.max(0, due - world.now()), mine.controller.signal).then(() => {
      if (alarm !== mine) return;
      alarm = null;
      wake();
    });
  };

  return {
    want(offers, send) {
      const now = world.now();
      const before = repetitions;
      repetitions = new Map();
      for (const offer of offers) {
        const key = keyOf(offer);
        const last = before.get(key);
        if (last !== undefined && last.due > now) {
          repetitions.set(key, last);
          continue;
        }
        const times = last === undefined ? 0 : last.times + 1;
        const due = now + backOff(times, first, longest, world.random());
        repetitions.set(key, { due, times, rejections: last?.rejections ?? 0 });
        send(offer);
      }
      // Where nothing is left to repeat the alarm rings once more, for nothing: cheaper than one for each message.
      if (repetitions.size > 0) arm(Math.min(...[...repetitions.values()].map(({ due }) => due)));
    },
    rejected(offer) {
      const last = repetitions.get(keyOf(offer));
      if (last !== undefined && last.rejections <= last.times) last.rejections++;
      return last?.rejections ?? 0;
    },
    stop() {
      repetitions.clear();
      silence();
    },
  };
}

interface Repetition {
  readonly due: number;
  /** How often it was sent again. */
  readonly times: number;
  rejections: number;
}

function keyOf({ peer, seq }: Offered): string {
  return `${peer} ${seq}`;
}
