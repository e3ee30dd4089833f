// What syntax errors have taken away is not missed a second time: of such a file only the syntax errors are told.

import { parse } from "@chor/grammar";
import { expect, test } from "vitest";
import { bind } from "../../compiler/src/bind/bind.js";
import { lostBySyntax } from "../../compiler/src/lost.js";

const ARTIFACTS = "artifact T { text: string list: string[] } artifact U { text: string }";

test.each([
  ["a name in other capitals", "choreography X(A, b) { A -> b: zebra A -> B: T B -> A: U }"],
  ["a contract", "contract Good(t: T { } choreography X(A, B) { A -> B: T gate Good(t) B -> A: U }"],
  ["a choreography", "choreography Y(A, { A -> B: T } choreography X(A, B) { A -> B: U do Y(A, B) B -> A: Back(y.t) }"],
  ["the use of an artifact", "choreography X(A, B) { A -> B: T B -> : U }"],
  ["a parameter", "choreography X(A, B, n: int(, m: int) { A -> B: T retry n B -> A: U within m }"],
  ["the use of a parameter", "choreography X<V>(A, B, n: int) { A -> B: V B -> A: U retry A -> B: T where n > }"],
  [
    "the first message of a branch",
    "choreography X(A, B) { choice c at A within 5m { A -> : T } or { A -> B: U } else { } }",
  ],
  ["the first message of a pick", "choreography X(A, F[1..2]) { pick F at A { A -> F T F -> A: Yes() } A -> F[*]: U }"],
  ["an abort", "choreography X(A, B) { saga { step { A -> B: T abrt } } else { A -> B: U } }"],
  [
    "a scatter",
    "choreography X(A, F[1..2]) { A -> F[*]: T scatter t.list as x ovr F { A -> F: U break x } A -> F[*]: L(x) }",
  ],
])("%s", (_, text) => {
  const source = { file: "lost.chor", text: `${ARTIFACTS} ${text}` };
  const parsed = parse(source);
  expect(parsed.diagnostics).not.toEqual([]);
  const lost = lostBySyntax(source, parsed);
  const { diagnostics } = bind(source, parsed.tree, new Map());
  expect(diagnostics.filter((each) => !lost.explains(each)).map(({ code, message }) => [code, message])).toEqual([]);
});
