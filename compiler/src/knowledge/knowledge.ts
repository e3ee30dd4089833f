// The knowledge stage in one call: who knows what where (SPEC.md, names and knowledge), and whether everybody
// knows what he passes on. In: a global automaton. Out: the answer to the first, and the errors.

import type { Diagnostic } from "@chor/grammar";
import type { GlobalAutomaton } from "../automaton/global.js";
import { tooMuchToKnow } from "../report/knowledge.js";
import { checkKnowledge } from "./check.js";
import { reachingBindings, tableSize, type Reaching } from "./reaching.js";

/** Words of the table of reaching bindings; 200 MB. Larger choreographies are refused. */
const TABLE_LIMIT = 50_000_000;

/** Takes a global automaton, gives what reaches each state and an error for each value passed on unknown. */
export function knowledge(automaton: GlobalAutomaton): {
  readonly reaching: Reaching;
  readonly diagnostics: readonly Diagnostic[];
} {
  if (tableSize(automaton) > TABLE_LIMIT) {
    const nothing: Reaching = { knows: () => [], reaching: () => ({ bindings: [], unbound: true }) };
    return { reaching: nothing, diagnostics: [tooMuchToKnow(automaton.core.name, automaton.core.end)] };
  }
  const reaching = reachingBindings(automaton);
  return { reaching, diagnostics: checkKnowledge(automaton, reaching) };
}
