// Who is told of a `choice when`: who takes part in everything that binds its names.

import { describe, expect, test } from "vitest";
import { check } from "../../compiler/src/check.js";

/** The roles that the announcer of the only `choice when` tells. */
function told(body: string, before = "", head = "Sketch(A, B, C)"): readonly string[] {
  const text = `artifact Flag { on: boolean }\n${before}\nchoreography ${head} {\n${body}\n}\n`;
  const core = check({ file: "sketch.chor", text }).choreographies.at(-1)?.core;
  if (core === null || core === undefined) throw new Error("There is no core.");
  const announcers = new Set(core.roles.flatMap(({ kind }, role) => (kind === "network" ? [role] : [])));
  const sends = [...JSON.stringify(core.body).matchAll(/"from":(\d+),"to":(\d+),"label":"branch 1"/g)];
  return sends.filter(([, from]) => announcers.has(Number(from))).map(([, , to]) => core.roles[Number(to)]?.name ?? "");
}

const choose = (name: string): string => `choice when ${name} { A -> B: Yes() } or { A -> B: No() }`;

describe("a `choice when`", () => {
  test("is told to those who know its names", () => {
    expect(told(`A -> B: Flag  B -> C: Other()  ${choose("flag.on")}`)).toEqual(["A", "B"]);
    expect(told(`A -> *: Flag  ${choose("flag.on")}`)).toEqual(["A", "B", "C"]);
  });

  test("is told only to those who take part in every binding", () => {
    expect(told(`A -> B, C: Flag  A -> B: Flag  C -> A: Other()  ${choose("flag.on")}`)).toEqual(["A", "B"]);
  });

  test("is told to all where it asks of a value", () => {
    expect(told(`A -> C: Other()  ${choose("wanted")}`, "", "Sketch(A, B, C, wanted: boolean)")).toEqual([
      "A",
      "B",
      "C",
    ]);
  });

  test("looks into what is called", () => {
    const callee = "choreography In(P, Q) { P -> Q: Flag }";
    expect(told(`do In(B, A) as first  A -> C: Other()  ${choose("first.flag.on")}`, callee)).toEqual(["A", "B"]);
  });
});
