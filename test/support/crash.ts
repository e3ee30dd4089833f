// A process that dies: at the n-th thing that it does to the outside (an append, before or after it is durable; a
// frame; a handler or a piece of work, before or after it has answered) all is over at once. What was durable stays.

import type { Carrier, Journal } from "@chor/runtime";

export class Crash extends Error {
  override readonly name = "Crash";
}

export interface Doomed {
  readonly journal: Journal;
  readonly carrier: Carrier;
  /** Aborts with the crash: a run that still waits would wait for ever. */
  readonly signal: AbortSignal;
  /** A function that dies with its process. */
  work<A extends readonly any[], R>(work: (...values: A) => R | Promise<R>): (...values: A) => Promise<R>;
  /** How many effects there were. */
  effects(): number;
}

/** The process dies at effect number `at`, counted from 0; never, if there are not so many. */
export function doomed(journal: Journal, carrier: Carrier, at: number): Doomed {
  const controller = new AbortController();
  const crash = new Crash(`Crash at effect ${at}.`);
  let effects = 0;
  /** Throws if the process is dead, or dies now. */
  const effect = (): void => {
    if (!controller.signal.aborted && effects++ === at) controller.abort(crash);
    controller.signal.throwIfAborted();
  };
  return {
    signal: controller.signal,
    effects: () => effects,
    work:
      (work) =>
      async (...values) => {
        effect();
        const result = await work(...values);
        effect();
        return result;
      },
    journal: {
      ...journal,
      async append(of, step, batch) {
        effect();
        await journal.append(of, step, batch);
        effect();
      },
    },
    carrier: {
      send(to, frame) {
        try {
          effect();
        } catch {
          return;
        }
        carrier.send(to, frame);
      },
      listen: (to, on) => carrier.listen(to, (frame) => (controller.signal.aborted ? undefined : on(frame))),
    },
  };
}
