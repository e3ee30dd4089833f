// The mend that a message proposes, put into the program, mends it: the name is known then at that place.

import { parse, type Diagnostic } from "@chor/grammar";
import { describe, expect, test } from "vitest";
import { bind } from "../../compiler/src/bind/bind.js";
import { knowledge } from "../../compiler/src/knowledge/knowledge.js";

const head = "artifact T { n: int(0..9) }\nartifact Doc { n: int(0..9) }\ncontract Fits(doc: Doc, t: T) external\n";

const programs: Record<string, string> = {
  "a receiver more": `choreography X(A, B, C) {
  A -> B: T
  B -> C: Doc where doc.n == t.n
}`,
  "a receiver more, of a message with another name": `choreography X(A, B, C) {
  A -> B: Long(T) as t
  C -> B: Echo(t)
}`,
  "a message more, for what has a judge": `choreography X(A, B, C) {
  A -> B: T where t.n > 2
  B -> C: Doc gate Fits(doc, t)
}`,
  "a message more, under the name that is read": `choreography X(A, B, C) {
  A -> B: Long(T) as t where t.n > 2
  C -> B: Echo(t)
}`,
  "a family": `choreography X(A, B, F[1..3]) {
  A -> B: T
  scatter [t.n] as each over F {
    F -> B: Doc
  }
}`,
  "several who lack it": `choreography X(A, B, F[1..3]) {
  A -> B: Doc
  B -> A: T where t.n > 2
  A -> F[*]: Go()
  F[*] -> B: Sum(t) as sums[]
}`,
  "a member": `choreography X(A, B, F[1..3]) {
  scatter [1] as each over F {
    F -> B: T where t.n > 2
    B -> A: Go()
    A -> F: Echo(t)
  }
}`,
};

describe("a mend", () => {
  test.each(Object.entries(programs))("%s", (_, body) => {
    const text = head + body;
    const [wrong, ...others] = errorsIn(text);
    expect([wrong?.code, others]).toEqual(["CHOR0401", []]);
    expect(errorsIn(mended(text, wrong?.hint ?? "")).map(({ message }) => message)).toEqual([]);
  });
});

/** The source with what stands in backticks in a hint: instead of the message it changes, or before the line that is wrong. */
function mended(text: string, hint: string): string {
  const line = /: (?:add )?`(.*)`/.exec(hint)?.[1] ?? "";
  const lines = text.split("\n");
  const { span } = errorsIn(text)[0] ?? { span: { start: 0 } };
  const at = text.slice(0, span.start).split("\n").length - 1;
  if (hint.includes(": add `")) return [...lines.slice(0, at), line, ...lines.slice(at)].join("\n");
  const [, message = ""] = /: (.*)$/.exec(line) ?? [];
  return lines.map((each) => (each.endsWith(`: ${message}`) ? line : each)).join("\n");
}

function errorsIn(text: string): readonly Diagnostic[] {
  const file = { file: "x.chor", text };
  const { tree, diagnostics } = parse(file);
  const bound = bind(file, tree, new Map());
  const known = bound.program.choreographies.flatMap(knowledge);
  return [...diagnostics, ...bound.diagnostics, ...known].filter(({ severity }) => severity === "error");
}
