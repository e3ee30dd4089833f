// What the language has but this compiler does not prove, or does not write as TypeScript, yet: CHOR0901 for all of it,
// at the construct. In: the construct and its place. Out: a diagnostic that names it and says how to do without.

import type { Diagnostic, Span } from "@chor/grammar";
import type { ChoiceNode, Core, CoreLoop } from "../core/core.js";
import { error } from "./diagnostic.js";

/** What the checker does not prove yet: how it is called in a sentence, and what to do meanwhile. */
const UNPROVED = {
  waitInArm: [
    "an `else`, a quorum or a `choice when` in a choreography with arms side by side",
    "let one choreography have either",
  ],
  failInArm: ["`fail` in a choreography with arms side by side", "end with a message that says so"],
  optionalInArm: ["an optional role where there are arms", "let the role take part always"],
  sizes: ["a choreography with so many families of varying size", "give some of the families one size"],
} as const satisfies Record<string, readonly [string, string]>;

/** What generated code does not carry yet, likewise. */
const UNWRITTEN = {
  family: ["a family of roles", "name each role"],
  optional: ["an optional role", "let the role take part always"],
  interactionElse: ["a wait with `else`", "let the receiver choose between going on and giving up"],
  interactionWithin: ["a deadline of a message", "leave the deadline to the agent"],
  quorum: ["a quorum", "wait for every message by name"],
  choiceElse: ["a choice with `else`", "add a branch for giving up"],
  choiceWithin: ["a deadline of a choice", "leave the deadline to the agent"],
  choiceWhen: ["`choice when`", "let a role choose and tell the others: `choice at Role when …`"],
  par: ["`par`", "write the arms one after the other"],
  scatter: ["`scatter`", "write a loop, or name each part"],
  pick: ["`pick`", "choose between named roles with `choice`"],
  fail: ["`fail`", "end with a message that says so"],
  import: ["an import", "declare what you need in this file"],
  open: ["an `open` artifact", "declare the fields that it has"],
  alias: ["an artifact that is no record", "declare a record, or write the type at the field"],
  union: ["a union of artifacts", "use a record with an optional field for each case"],
  foreign: ["an artifact that is declared elsewhere", "declare its fields here"],
  invariant: ["a `where` in an artifact", "bound the fields with ranges and `matches`"],
  type: ["the type of this field", "use `string`, `int`, `number`, `boolean`, literals, lists and records"],
  contract: ["a contract", "leave the check to the receiving agent"],
  typeParameter: ["a type parameter", "write one choreography for each artifact"],
  value: ["a value as a parameter", "send it in a first message"],
  within: ["the deadline of a choreography", "leave deadlines to the agents"],
  bound: ["a value as the bound of a loop", "write a number"],
  computed: ["a computed payload", "ask the agent for an artifact, or pass on `name` or `name.field`"],
  collects: ["collecting with `as name[]`", "send a list when it is needed"],
  where: ["`where` on a message", "bound the fields of the artifact, or let the receiver choose to refuse"],
  gate: ["`gate`", "let the receiver check and choose"],
  retry: ["`retry`", "write a loop with a choice"],
  when: ["a choice that the endpoint takes by data", "let the agent choose: `choice name at Role`"],
  do: ["`do`", "write the inner choreography out"],
  saga: ["`saga`", "write the undoing out in the branches"],
  return: ["`return`", "let the choreography end at its last statement"],
  abort: ["`abort`", "end with a message that says so"],
} as const satisfies Record<string, readonly [string, string]>;

export type Unproved = keyof typeof UNPROVED;
export type Unwritten = keyof typeof UNWRITTEN;

/** The construct at `span` cannot be proved yet; `name` is added where there are several of its kind. */
export function unproved(construct: Unproved, span: Span, name: string | null = null): Diagnostic {
  return notYet(UNPROVED[construct], "is bound and typed, but not proved yet", span, name);
}

/** What is called at `span` holds something that cannot be proved yet. */
export function unprovedCall(callee: string, span: Span): Diagnostic {
  return error("CHOR0901", `\`do ${callee}\` is bound and typed, but \`${callee}\` is not proved yet.`, span, {
    hint: `See what is said of \`${callee}\` itself; it can be called once that is proved.`,
  });
}

/** The construct at `span` cannot be written as TypeScript yet. */
export function unwritten(construct: Unwritten, span: Span, name: string | null = null): Diagnostic {
  return notYet(UNWRITTEN[construct], "is checked, but code is not generated for it yet", span, name);
}

function notYet(
  [what, meanwhile]: readonly [string, string],
  state: string,
  span: Span,
  name: string | null,
): Diagnostic {
  const subject = what.charAt(0).toUpperCase() + what.slice(1);
  return error("CHOR0901", `${subject}${name === null ? "" : ` (\`${name}\`)`} ${state}.`, span, {
    hint: `${meanwhile.charAt(0).toUpperCase()}${meanwhile.slice(1)}, for now.`,
  });
}

/**
 * In a branch a counted round is over without a message, and it is the decider who speaks next: right by its form, but
 * the rounds cannot be counted in the automaton yet.
 */
export function unprovedTail(core: Core, choice: ChoiceNode, branch: Span, loop: CoreLoop): Diagnostic {
  const decider = core.roles[choice.at]?.name ?? "";
  return error(
    "CHOR0901",
    `A round of \`${loop.name}\` that is over in silence, as in this branch, is bound and typed, but not proved yet.`,
    branch,
    { hint: `Let \`${decider}\` say in this branch that the round is over, for now.` },
  );
}
