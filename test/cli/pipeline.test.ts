// The line of stages: independence of choreographies, order, and no noise that follows from a syntax error.

import { check } from "@chor/compiler";
import { expect, test } from "vitest";

const codes = (text: string): readonly string[] => check({ file: "x.chor", text }).diagnostics.map(({ code }) => code);

const talk = (name: string): string => `choreography ${name}(Lead, Coder, Reviewer) {
  choice at Lead {
    Lead -> Coder: Go()
    Coder -> Reviewer: Look()
  } or {
    Lead -> Coder: Stop()
  }
}
`;
const fine = (name: string): string =>
  `choreography ${name}(Lead, Coder) { Lead -> Coder: Hello()  Coder -> Lead: Bye() }\n`;

test("a good source comes out with a local automaton for every role", () => {
  const { choreographies, diagnostics, program } = check({ file: "x.chor", text: fine("One") + fine("Two") });
  expect(diagnostics).toEqual([]);
  expect(program.choreographies.map(({ name }) => name)).toEqual(["One", "Two"]);
  expect(choreographies.map(({ locals }) => locals.map(({ role }) => role))).toEqual([
    ["Lead", "Coder"],
    ["Lead", "Coder"],
  ]);
});

test("an empty source is no error of any stage but its own", () => {
  expect(check({ file: "x.chor", text: "" }).choreographies).toEqual([]);
});

test("each choreography is judged by itself", () => {
  const { choreographies, diagnostics } = check({ file: "x.chor", text: talk("A") + fine("B") + talk("C") });
  expect(diagnostics.filter(({ severity }) => severity === "error").length).toBeGreaterThanOrEqual(2);
  expect(choreographies.map(({ locals }) => locals.length)).toEqual([0, 2, 0]);
});

test("errors of all stages come in the order of their places", () => {
  const { diagnostics } = check({
    file: "x.chor",
    text: `${talk("A")}artifact X { a: strng }\nchoreography B(P, Q) { P -> R: Hello() }\nchoreography C(P, Q) { P -> : Oops }\n${talk("D")}`,
  });
  const starts = diagnostics.map(({ span }) => span.start);
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  const stages = new Set(diagnostics.map(({ code }) => code.slice(4, 6)));
  for (const stage of ["01", "02", "06"]) expect([...stages]).toContain(stage);
});

test("what a syntax error has swallowed is not missed again", () => {
  const lost = codes("artifact Brief { title: }\nchoreography A(B, C) { B -> C: Brief }\n");
  expect(lost.length).toBeGreaterThan(0);
  expect(lost.every((code) => code.startsWith("CHOR01"))).toBe(true);

  const inside = codes(
    "choreography A(B, C) {\n B -> C: Draft(, )\n C -> B: Back(draft)\n loop x { C -> B: L() break x }\n}\nartifact Draft { a: int }",
  );
  expect(inside.length).toBeGreaterThan(0);
  expect(inside.every((code) => code.startsWith("CHOR01"))).toBe(true);
});

test("a syntax error elsewhere silences nothing", () => {
  expect(codes("choreography A(B, C) { B -> : X }\nchoreography D(E, F) { E -> G: L()  F -> E: Fine() }\n")).toContain(
    "CHOR0203",
  );
  expect(codes("artifact A { a: }\nchoreography D(E, F) { E -> F: Brif }\n")).toContain("CHOR0204");
});

test("thousands of errors are told in time", () => {
  const wrong = Array.from({ length: 3_000 }, (_, i) => `choreography C${i}(A, B) { A -> B: T${i}  A -> X: L() }`).join(
    "\n",
  );
  const started = performance.now();
  expect(codes(wrong).length).toBeGreaterThanOrEqual(6_000);
  // Quadratic behaviour takes minutes; this bound only tells the two apart.
  expect(performance.now() - started).toBeLessThan(30_000);
});
