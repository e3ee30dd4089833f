// Texts that want to hang an editor: lines of 30,000 characters, nothing closed, everything nested. An editor passes over
// longer lines; `CHOR_CASES` (see `npm run test:long`) makes them longer all the same.

import { describe, expect, test } from "vitest";
import { grammarFile, load, pieces, raw } from "./textmate.js";

const grammar = await load(raw(grammarFile));
const length = Number(process.env["CHOR_CASES"] ?? "30000");

/** Where it begins: each place of the grammar that has rules of its own. */
const beginnings = {
  top: "",
  block: "choreography X(A, B) { ",
  fields: "artifact X { ",
  type: "artifact X { a: ",
  expression: "contract C(a: A) { require ",
  record: "choreography X(A) { A -> B: L { ",
  pattern: "artifact X { a: string matches /",
};
const runs = ["(", "{", "<", "A", "a ", " ", "-> ", ": A ", '"', "/", "loop max "];

describe("a long line", () => {
  for (const [place, beginning] of Object.entries(beginnings)) {
    test(`in ${place}`, { timeout: 60_000 }, () => {
      for (const piece of runs) {
        const line = beginning + piece.repeat(length / piece.length);
        const found = pieces(grammar, line);
        expect(found.every(({ start, text }) => line.startsWith(text, start))).toBe(true);
      }
    });
  }
});

test("what is never closed ends at the next declaration", () => {
  const found = pieces(grammar, "choreography X(A) { A -> B: L(( [ {\nartifact Y { name: string }");
  expect(found.find(({ text }) => text === "name")?.scopes).toEqual(["variable.other.property.chor"]);
});

test("characters that are none are no trouble", () => {
  expect(() => pieces(grammar, "\0 \u202e 😀 \ud800 ﷽ é ∑\r\n\u2028 __proto__")).not.toThrow();
});
