// The knowledge stage in one call: whether everybody knows what he has to read (SPEC.md, names and knowledge). In: a
// choreography. Out: errors. What reaches the states of its automaton, for the handlers, is asked of reaching.ts.

import type { Diagnostic } from "@chor/grammar";
import type { Choice, Choreography } from "../bind/program.js";
import { tooMuchToKnow } from "../report/knowledge.js";
import { analysisOf } from "./analysis.js";
import { checkReads, whoFollows } from "./check.js";

/** Takes a choreography, gives an error for each name that a role needs somewhere and does not know there. Callees are not checked, only looked at. */
export function knowledge(choreography: Choreography): readonly Diagnostic[] {
  const { flow, solution } = analysisOf(choreography);
  if (solution === null) return [tooMuchToKnow(choreography.name, choreography.nameSpan)];
  return checkReads(flow, solution);
}

/** Takes a choice without `at` and its choreography, gives the roles that know all that decides it, by name. */
export function followersOf(choice: Choice, choreography: Choreography): readonly string[] {
  const { flow, solution } = analysisOf(choreography);
  return solution === null ? [] : whoFollows(choice, flow, solution);
}
