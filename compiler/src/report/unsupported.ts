// What the language has but this compiler does not translate yet. CHOR0901 for all of it, at the construct.
// In: the construct and its place. Out: a diagnostic that names it and says how to do without.

import type { Diagnostic, Span } from "@chor/grammar";
import { error } from "./diagnostic.js";

/** Each construct: how it is called in a sentence, and what to do meanwhile. */
const CONSTRUCTS = {
  import: ["`import`", "declare what you need in this file"],
  open: ["an `open` artifact", "declare the fields that it has"],
  alias: ["an artifact that is no record", "declare a record, or write the type at the field"],
  schema: ["an artifact by JSON Schema", "declare its fields here"],
  typescript: ["an artifact by a TypeScript type", "declare its fields here"],
  invariant: [
    "a `where` in an artifact",
    "bound the fields with ranges and `matches`, or leave the condition to the agent",
  ],
  contract: ["a contract", "leave the check to the receiving agent"],
  type: ["this type", "use `string`, `int`, `number`, `boolean`, literals, lists and records"],
  union: ["a union of anything but literals", "use a record with an optional field for each case"],
  generic: ["a type with arguments", "use a type without"],
  bound: ["a value as a bound", "write a number"],
  typeParameter: ["a type parameter", "write one choreography for each artifact"],
  valueParameter: ["a value as a parameter", "send it in a first message"],
  family: ["a family of roles", "name each role"],
  optionalRole: ["an optional role", "let the role take part always"],
  within: ["`within`", "leave deadlines to the agents"],
  collects: ["collecting with `as name[]`", "send a list when it is needed"],
  quorum: ["`quorum`", "wait for every message by name"],
  where: ["`where` on a message", "bound the fields of the artifact, or let the receiver choose to refuse"],
  gate: ["`gate`", "let the receiver check and choose"],
  retry: ["`retry`", "write a loop with a choice"],
  interactionElse: ["`else` of an interaction", "let the receiver choose between going on and giving up"],
  choiceElse: ["`else` of a choice", "add a branch for giving up"],
  when: ["`when`", "let a role choose: `choice name at Role`"],
  par: ["`par`", "write the arms one after the other"],
  scatter: ["`scatter`", "write a loop, or name each part"],
  pick: ["`pick`", "choose between named roles with `choice`"],
  do: ["`do`", "write the inner choreography out"],
  saga: ["`saga`", "write the undoing out in the branches"],
  return: ["`return`", "let the choreography end at its last statement"],
  abort: ["`abort`", "end with a message that says so"],
  fail: ["`fail`", "end with a message that says so"],
  filled: ["a record that the endpoint fills", "ask the agent for the artifact: `Label(Artifact)`"],
  computed: ["a computed payload", "ask the agent for an artifact, or pass on `name` or `name.field`"],
} as const satisfies Record<string, readonly [string, string]>;

export type Construct = keyof typeof CONSTRUCTS;

/** The construct at `span` is not supported yet; `name` is added where there are several of its kind. */
export function unsupported(construct: Construct, span: Span, name: string | null = null): Diagnostic {
  const [what, meanwhile] = CONSTRUCTS[construct];
  const subject = what.charAt(0).toUpperCase() + what.slice(1);
  return error("CHOR0901", `${subject}${name === null ? "" : ` (\`${name}\`)`} is not supported yet.`, span, {
    hint: `${meanwhile.charAt(0).toUpperCase()}${meanwhile.slice(1)}, for now.`,
  });
}
