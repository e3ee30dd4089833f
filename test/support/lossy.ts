// A carrier that keeps its promise and no more: by a seed it loses, doubles, delays and reorders frames, and now and
// then adds a piece of one.

import { inProcess, type Carrier, type World } from "@chor/runtime";
import { randomFrom } from "./random.js";

export interface Rates {
  readonly loss: number;
  readonly doubling: number;
  readonly delay: number;
  readonly damage: number;
}

const rough: Rates = { loss: 0.4, doubling: 0.3, delay: 0.4, damage: 0.1 };

/** Delays are of `world`, up to 2 s. */
export function lossy(world: World, seed: number, rates: Rates = rough): Carrier {
  const inner = inProcess();
  const random = randomFrom(seed);
  return {
    listen: (to, on) => inner.listen(to, on),
    send(to, frame) {
      if (random() < rates.loss) return;
      const times = random() < rates.doubling ? 2 : 1;
      for (let time = 0; time < times; time++) {
        if (random() < rates.delay)
          void world.sleep(random() * 2_000, new AbortController().signal).then(() => inner.send(to, frame));
        else inner.send(to, frame);
      }
      if (random() < rates.damage) inner.send(to, frame.slice(0, Math.floor(random() * frame.length)));
    },
  };
}
