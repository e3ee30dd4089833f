// What keeps two places of one role from being one state of its local automaton: CHOR0551 and up. In: the two
// interactions or decisions that the role cannot tell apart. Out: diagnostics. Found by project/draft.ts.

import type { Diagnostic, Span } from "@chor/grammar";
import type { Interaction } from "../bind/program.js";
import { error } from "./diagnostic.js";

/** What differs between two interactions that have the same sender, receiver and label. */
export type Difference = "payload" | "name" | "origin";

/** A role would send or receive one label with two meanings, and does not know which of them is meant. */
export function cannotTell(role: string, first: Interaction, second: Interaction, difference: Difference): Diagnostic {
  return error(
    "CHOR0551",
    `\`${role}\` cannot tell whether \`${second.label}\` is \`${first.text}\` or \`${second.text}\`: ${reasons[difference]}.`,
    second.span,
    {
      related: [{ message: `for all that \`${role}\` has seen it may also be here`, span: first.span }],
      hint: hints[difference],
    },
  );
}

/** Two decisions with different handlers, and a role that does not know which of them it is asked for. */
export function whichDecision(role: string, first: Place, second: Place): Diagnostic {
  return error(
    "CHOR0552",
    `\`${role}\` cannot tell whether it decides \`${first.name}\` or \`${second.name}\`: it has seen the same in both cases.`,
    second.span,
    {
      related: [{ message: `for all that \`${role}\` has seen it may also be here`, span: first.span }],
      hint: `Give both the same name, or tell \`${role}\` before which of them it is.`,
    },
  );
}

/** A decision: the handler's key, and where it stands. */
export interface Place {
  readonly name: string;
  readonly span: Span;
}

const reasons: Readonly<Record<Difference, string>> = {
  payload: "they carry different payloads",
  name: "the payload is known under different names",
  origin: "the payload comes from different places",
};

const hints: Readonly<Record<Difference, string>> = {
  payload: "Let both carry the same artifact, or give them different labels.",
  name: "Give both the same name with `as`, or give them different labels.",
  origin: "Let both be asked for, or both be passed on from the same name, or give them different labels.",
};
