// What the language has but this compiler does not write as TypeScript yet: CHOR0901 for all of it, at the construct. In: the construct and its place. Out: a diagnostic that names it and says how to do without.

import type { Diagnostic, Span } from "@chor/grammar";
import { error } from "./diagnostic.js";

/** What generated code does not carry yet: how it is called in a sentence, and what to do meanwhile. */
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
  foreign: ["an artifact that is declared elsewhere", "declare its fields here"],
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

export type Unwritten = keyof typeof UNWRITTEN;

/** The construct at `span` cannot be written as TypeScript yet; `name` is added where there are several of its kind. */
export function unwritten(construct: Unwritten, span: Span, name: string | null = null): Diagnostic {
  const [what, meanwhile] = UNWRITTEN[construct];
  const named = name === null ? "" : ` (\`${name}\`)`;
  return error("CHOR0901", `${capital(what)}${named} is checked, but code is not generated for it yet.`, span, {
    hint: `${capital(meanwhile)}, for now.`,
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
