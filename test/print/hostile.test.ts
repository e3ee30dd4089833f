// What is just within the parser's bounds is formatted, too: depth, chains, length. Never an overflow of the stack, and
// never a time that grows faster than the text.

import { expect, test } from "vitest";
import { format } from "@chor/grammar";
import { formatted } from "./support.js";

const requires = (expression: string): string => `contract C(a: A) { require ${expression} }`;

test.each([
  ["parentheses", requires(`!(${"-(".repeat(61)}a${")".repeat(62)}`)],
  ["lists", requires("[".repeat(63) + "]".repeat(63))],
  ["functions", requires("a => ".repeat(62) + "b")],
  ["conditionals", requires("a ? b : ".repeat(62) + "c")],
  ["sums", requires(`a${" + 1".repeat(490)}`)],
  ["fields", requires(`a${".b".repeat(490)}`)],
  ["blocks", `choreography X(A) ${"{ loop a ".repeat(62)}{ }${" }".repeat(62)}`],
  ["alternatives", `choreography X(A, B) ${"{ A -> B: M else ".repeat(62)}{ }${" }".repeat(62)}`],
  ["records", `artifact A { a: ${"{ a: ".repeat(62)}int${" }".repeat(62)} }`],
])("%s", async (_, text) => {
  const once = await formatted(text, { printWidth: 40 });
  expect(await formatted(once, { printWidth: 40 })).toBe(once);
});

test("a file of two hundred kilobytes", async () => {
  const interaction = "  A -> B: Message(a.b + 1) where message.a == 1 && message.b == 2 // c\n";
  const text = `choreography X(A, B) {\n${interaction.repeat(3_000)}}\n`;
  expect(await formatted(text, { printWidth: 120 })).toBe(text);
});

test("what is beyond the bounds is a diagnostic", async () => {
  const result = await format(requires("(".repeat(100) + "a" + ")".repeat(100)));
  expect("diagnostics" in result && result.diagnostics.map(({ code }) => code)).toEqual(["CHOR0114"]);
});
