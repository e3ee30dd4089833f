// Words that hands from other languages write, and what is written here instead, as hints. In: a word. Out: a sentence.

/** Words that begin a statement in other languages, and what to do here. */
export const statementsElsewhere: ReadonlyMap<string, string> = new Map([
  ["if", "Write `choice at R when … { … } or { … }`."],
  ["switch", "Write `choice at R { … } or { … }`."],
  ["alt", "Write `choice at R { … } or { … }`."],
  ["opt", "Write `choice at R { … } or { … }`, where one of the two may say only that it is over."],
  ["try", "Write `else { … }` behind the interaction that may fail, or a `saga`."],
  ["throw", "Write `abort`, which goes on in the next `else` around, or `fail` and a reason."],
  ["let", "Name what a message carries: `Coder -> Reviewer: Module as name`."],
  ["const", "Name what a message carries: `Coder -> Reviewer: Module as name`."],
  ["var", "Name what a message carries: `Coder -> Reviewer: Module as name`."],
  ["await", "Remove it: whoever receives waits."],
  ["until", "Write `loop name max n { … }` with a `break name` in it."],
  ["match", "Write `choice at R { … } or { … }`."],
  ["while", "Write `loop name max n { … }`."],
  ["for", "Write `loop name max n { … }`, or `scatter list as element over Family { … }`."],
  ["repeat", "Write `loop name max n { … }`."],
  ["rec", "Write `loop name { … }`."],
  ["parallel", "Write `par { … } and { … }`."],
  ["send", "Write `Sender -> Receiver: Message`."],
  ["call", "Write `do Choreography(…)`."],
]);

const asArtifact = "Write `artifact Name { field: type … }`.";
const asChoreography = "Write `choreography Name(Role, Role) { … }`.";
const asContract = "Write `contract Name(value: Artifact) { require … }`.";
const asRole = "Name roles in the head of a choreography: `choreography Team(Lead, Coder) { … }`.";

/** Words that begin a declaration in other languages, and what to do here. */
export const declarationsElsewhere: ReadonlyMap<string, string> = new Map([
  ...["type", "struct", "record", "interface", "message", "class", "schema"].map((word) => [word, asArtifact] as const),
  ...["protocol", "global", "workflow", "graph", "process", "team"].map((word) => [word, asChoreography] as const),
  ...["function", "def", "rule"].map((word) => [word, asContract] as const),
  ...["role", "agent", "participant", "actor"].map((word) => [word, asRole] as const),
  ["enum", 'Write `artifact Name = "low" | "high"`.'],
  ["const", "Write it where it is used: there are no constants."],
  ["export", "Remove it: whatever a file declares can be imported."],
]);
