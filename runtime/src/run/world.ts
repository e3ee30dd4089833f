// The edge: the only file of the runtime that knows a clock, a timer and chance. Everything else is handed a
// `World`, so that a test plays a whole session, back-off included, without waiting and with a seed.

export interface World {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`, or as soon as the signal aborts; leaves no timer and no listener behind. Never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 up to, not including, 1: jitter and names of writers, nothing else. */
  random(): number;
}

/** The clock, the timers and the chance of this process. */
export const system: World = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener("abort", done);
    }),
};

/** Calls `work` in a later turn of the event loop, after all that this turn still has to do. */
export function afterThisTurn(work: () => void): void {
  if (typeof setImmediate === "function") setImmediate(work);
  else setTimeout(work, 0);
}
