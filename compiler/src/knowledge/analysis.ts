// What is known of a choreography when all callees have been looked at: its flow and what reaches every place. In: a
// choreography. Out: its analysis, made once for each choreography, since a bound choreography never changes.

import type { Block, Choreography } from "../bind/program.js";
import { callsIn } from "../core/walk.js";
import { flowOf } from "./flow-of.js";
import type { Flow } from "./flow.js";
import { resultsOf, UNKNOWN, type Results } from "./results.js";
import { solve, type Solution } from "./solve.js";

export interface Analysis {
  readonly flow: Flow;
  /** null: the choreography is too large. */
  readonly solution: Solution | null;
  readonly results: Results;
}

const analyses = new WeakMap<Choreography, Analysis>();

/** Takes a choreography, gives what reaches its places. */
export function analysisOf(choreography: Choreography): Analysis {
  for (const each of calleesFirst(choreography)) {
    if (!analyses.has(each)) analyses.set(each, analyse(each));
  }
  return analyses.get(choreography) ?? analyse(choreography);
}

function analyse(choreography: Choreography): Analysis {
  const flow = flowOf(choreography, (callee) => analyses.get(callee)?.results);
  const solution = flow.whole ? solve(flow) : null;
  return { flow, solution, results: solution === null ? UNKNOWN : resultsOf(flow, solution) };
}

/** The choreography and all that it calls, every callee before its callers. Without recursion: calls may be many. */
function calleesFirst(choreography: Choreography): readonly Choreography[] {
  const order: Choreography[] = [];
  const seen = new Set<Choreography>([choreography]);
  const open = [{ choreography, callees: calleesIn(choreography.body) }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const next = top.callees.pop();
    if (next === undefined) {
      order.push(top.choreography);
      open.pop();
    } else if (!seen.has(next) && !analyses.has(next)) {
      seen.add(next);
      open.push({ choreography: next, callees: calleesIn(next.body) });
    }
  }
  return order;
}

function calleesIn(body: Block): Choreography[] {
  return [...new Set(callsIn(body).map(({ callee }) => callee))];
}
