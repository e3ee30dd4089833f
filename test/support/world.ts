// A world without waiting: its clock stands still until nothing else is to be done, then goes on to the next sleeper.

import type { World } from "@chor/runtime";
import { randomFrom } from "./random.js";

export interface TestWorld extends World {
  /** How many sleep now: nothing may be left when a run is over. */
  sleepers(): number;
}

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** How many turns of the event loop nothing may come of before time goes on. */
const quietTurns = 4;

export function testWorld(seed = 1): TestWorld {
  const random = randomFrom(seed);
  const sleepers = new Set<Sleeper>();
  let now = 1_700_000_000_000;
  let ticking = false;

  const tick = (turns: number): void => {
    if (sleepers.size === 0) ticking = false;
    else if (turns > 0) setImmediate(tick, turns - 1);
    else {
      const next = [...sleepers].reduce((a, b) => (b.due < a.due ? b : a));
      now = Math.max(now, next.due);
      next.wake();
      setImmediate(tick, quietTurns);
    }
  };

  return {
    now: () => now,
    random,
    sleepers: () => sleepers.size,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const sleeper: Sleeper = {
          due: now + ms,
          wake() {
            sleepers.delete(sleeper);
            signal.removeEventListener("abort", sleeper.wake);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal.addEventListener("abort", sleeper.wake);
        if (!ticking) {
          ticking = true;
          setImmediate(tick, quietTurns);
        }
      }),
  };
}
