// Programs that are made to take long, or deep: the lints and the figures come to an end with them.

import { describe, expect, test } from "vitest";
import { artifactsOf } from "../../compiler/src/bind/artifact-table.js";
import { check } from "../../compiler/src/check.js";
import { figuresOf } from "../../compiler/src/figures/figures.js";
import { lint, LINT_CODES } from "../../compiler/src/lints/lint.js";

const nested = (depth: number, open: (i: number) => string, inner: string, close: (i: number) => string): string => {
  const levels = Array.from({ length: depth }, (_, i) => i);
  return `${levels.map(open).join("")} ${inner} ${levels.toReversed().map(close).join("")}`;
};

const programs: Readonly<Record<string, string>> = {
  "counted loops in each other": `choreography X(A, B, C) {
    ${nested(
      12,
      (i) => `loop l${i} max 1000000 { `,
      "A -> B: P() B -> C: Q()",
      (i) => ` C -> A: R${i}() choice at A { A -> C: M${i}() break l${i} } or { A -> C: N${i}() } }`,
    )}
  }`,
  "loops without a bound in each other": `choreography X(A, B, C) {
    ${nested(
      12,
      (i) => `loop l${i} { `,
      "A -> B: P() B -> C: Q() C -> A: R()",
      (i) => ` choice at A { A -> B: M${i}() A -> C: M${i}() break l${i} } or { A -> B: N${i}() A -> C: N${i}() } }`,
    )}
  }`,
  "a condition that is deep": `artifact T { a: int(0..9)  b: boolean }
  choreography X(A, B) { A -> B: T where ${"!(".repeat(40)}t.b && t.a > 3${")".repeat(40)} }`,
  "a condition that is long": `artifact T { a: int(0..9)  b: boolean }
  choreography X(A, B) { A -> B: T where ${Array.from({ length: 400 }, (_, i) => `(t.a > ${i % 9} || t.b)`).join(" && ")} }`,
  "a condition that takes turns": `artifact T { a: int(0..9)  b: boolean }
  choreography X(A, B) { A -> B: T where ${nested(
    24,
    () => "((",
    "t.b",
    (i) => ` || t.a > ${i % 8}) && t.a != ${i % 9})`,
  )} }`,
  "artifacts of artifacts": `${Array.from({ length: 30 }, (_, i) => `artifact T${i} { ${i === 0 ? "x: int" : `a: T${i - 1}  b: T${i - 1}`} }`).join("\n")}
  choreography X(A, B) { A -> B: T29 }`,
  "names that mean something elsewhere": `artifact T { toString: int(0..3)  constructor: "__proto__" | "b" }
  choreography X(A, B) { A -> B: T where t.constructor == "__proto__" || t.toString > 1 }`,
};

describe("hostile programs", () => {
  test.each(Object.entries(programs))("%s", (_, text) => {
    const checked = check({ file: "hostile.chor", text });
    expect(lint(checked, new Set(LINT_CODES)).every(({ code }) => LINT_CODES.includes(code))).toBe(true);
    const artifacts = artifactsOf([checked.program]);
    for (const choreography of checked.program.choreographies) {
      const figures = figuresOf(choreography, artifacts);
      const numbers = figures === null ? [] : [figures.messages.low, figures.messages.high, figures.path.length];
      expect(numbers.some(Number.isNaN)).toBe(false);
    }
  });
});
