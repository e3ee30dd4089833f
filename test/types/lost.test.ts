// What syntax errors have taken away from artifacts and contracts is not missed a second time.

import { parse } from "@chor/grammar";
import { expect, test } from "vitest";
import { lostBySyntax } from "../../compiler/src/lost.js";
import { typed } from "./typed.js";

test.each([
  [
    "a field",
    "artifact T { text: string name string  n: int where name.length > 1 } contract C(t: T) { require t.name == t.text }",
  ],
  ["a parameter", "artifact T { text: string } contract C(t: T, u T) { require t.text == u.text }"],
  ["the rest of a condition", "artifact T { text: string where text. } contract C(t: T) { require t.text == }"],
  ["an artifact", "artifact { text: string } artifact U { t: int } contract C(u: U) { require u.t == 1 }"],
])("%s", (_, text) => {
  const source = { file: "lost.chor", text };
  const parsed = parse(source);
  expect(parsed.diagnostics).not.toEqual([]);
  const lost = lostBySyntax(source, parsed);
  const later = typed(source).diagnostics.filter((each) => !parsed.diagnostics.some(({ code }) => code === each.code));
  expect(later.filter((each) => !lost.explains(each)).map(({ code, message }) => [code, message])).toEqual([]);
});

test("what no syntax error has taken away is missed", () => {
  const source = {
    file: "lost.chor",
    text: "artifact T { text: string } contract C(t: T) { require t.name == 1 && u } contract D(x) external",
  };
  const parsed = parse(source);
  const lost = lostBySyntax(source, parsed);
  const codes = typed(source)
    .diagnostics.filter((each) => !lost.explains(each))
    .map(({ code }) => code);
  expect(codes).toContain("CHOR0210");
});
