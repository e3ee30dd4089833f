// After what time a session of a choreography is over at the latest. In: a program. Out: for each choreography the
// deadline of the whole, its own or that of whoever calls it.

import type { Choreography, Program } from "../bind/program.js";
import { callsOf } from "../core/measure.js";

/** Milliseconds, `Infinity` where a parameter says how many; null: there is no deadline. */
export type Limits = ReadonlyMap<Choreography, number | null>;

/**
 * The limits of all choreographies of a program. What is called in the same file lasts as long as its callers; what
 * nobody calls there is a session of its own.
 */
export function limitsOf({ choreographies }: Program): Limits {
  const limits = new Map<Choreography, number | null>();
  const callers = new Map<Choreography, Choreography[]>();
  for (const caller of choreographies)
    for (const callee of callsOf(caller)) callers.set(callee, [...(callers.get(callee) ?? []), caller]);
  // Callers first: what has been settled settles what it calls. No circle is left by the binder.
  const waiting = new Map(choreographies.map((each) => [each, callers.get(each)?.length ?? 0]));
  const work = choreographies.filter((each) => waiting.get(each) === 0);
  for (const each of work) {
    limits.set(each, limitOf(each, callers.get(each) ?? [], limits));
    for (const callee of callsOf(each)) {
      const left = (waiting.get(callee) ?? 0) - 1;
      waiting.set(callee, left);
      if (left === 0) work.push(callee);
    }
  }
  return limits;
}

function limitOf({ within }: Choreography, callers: readonly Choreography[], limits: Limits): number | null {
  if (within !== null) return typeof within === "number" ? within : Infinity;
  if (callers.length === 0) return null;
  return callers
    .map((caller) => limits.get(caller) ?? null)
    .reduce((one, other) => (one === null || other === null ? null : Math.max(one, other)));
}
