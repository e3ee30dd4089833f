// What sound programs mean: names, ids, types, receivers, spans. And that no input makes the binder throw.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parse } from "@chor/grammar";
import { describe, expect, test } from "vitest";
import { bind } from "../../compiler/src/bind/bind.js";
import type { Artifact, Choice, Choreography, Field, Interaction, Loop } from "../../compiler/src/bind/program.js";
import { below, pick, randomFrom } from "../support/random.js";

function bound(text: string): {
  readonly artifacts: readonly Artifact[];
  readonly choreographies: readonly Choreography[];
  readonly codes: readonly string[];
} {
  const source = { file: "test.chor", text };
  const parsed = parse(source);
  expect(parsed.diagnostics).toEqual([]);
  const { program, diagnostics } = bind(source, parsed.tree);
  return { ...program, codes: diagnostics.map(({ code }) => code) };
}

function only(text: string): Choreography {
  const { choreographies, codes } = bound(text);
  expect(codes).toEqual([]);
  const [choreography] = choreographies;
  if (choreography === undefined) throw new Error("no choreography");
  return choreography;
}

function fieldsOf(fields: string): readonly Field[] {
  const { artifacts, codes } = bound(`artifact T { ${fields} } artifact Inner { text: string }`);
  expect(codes).toEqual([]);
  return artifacts[0]?.type.fields ?? [];
}

function many(count: number, make: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => make(i)).join("\n");
}

/** So many artifacts, each in the one before. */
function row(length: number): string {
  return many(length, (i) => `artifact A${i} { ${i + 1 < length ? `x: A${i + 1}` : "x: int"} }`);
}

describe("types", () => {
  test.each([
    ["string", { kind: "string", min: 0, max: 65_536, pattern: null }],
    ["string(1..120)", { kind: "string", min: 1, max: 120, pattern: null }],
    ["string(5)", { kind: "string", min: 5, max: 5, pattern: null }],
    ["string(..5)", { kind: "string", min: 0, max: 5, pattern: null }],
    ["string(5..)", { kind: "string", min: 5, max: 65_536, pattern: null }],
    ["string matches /^[a-z]\\/$/", { kind: "string", min: 0, max: 65_536, pattern: "^[a-z]\\/$" }],
    ["int", { kind: "int", min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }],
    ["int(-5..)", { kind: "int", min: -5, max: Number.MAX_SAFE_INTEGER }],
    ["int(3)", { kind: "int", min: 3, max: 3 }],
    ["int(-0..0)", { kind: "int", min: 0, max: 0 }],
    ["number", { kind: "number", min: null, max: null }],
    ["number(..0.5)", { kind: "number", min: null, max: 0.5 }],
    ["boolean", { kind: "boolean" }],
    ['"a" | 1 | true | -2', { kind: "literals", values: ["a", 1, true, -2] }],
    ['"a"', { kind: "literals", values: ["a"] }],
    ["-0", { kind: "literals", values: [0] }],
    ["Inner", { kind: "reference", artifact: "Inner" }],
    [
      "int[]",
      {
        kind: "list",
        item: { kind: "int", min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER },
        min: 0,
        max: 1_000,
      },
    ],
    [
      "boolean[2][1..3]",
      { kind: "list", item: { kind: "list", item: { kind: "boolean" }, min: 2, max: 2 }, min: 1, max: 3 },
    ],
    [
      "{ x?: boolean }",
      { kind: "record", fields: [{ name: "x", doc: "", optional: true, type: { kind: "boolean" } }] },
    ],
  ])("%s", (written, type) => {
    const [field] = fieldsOf(`x: ${written}`);
    expect(field?.type).toEqual(type);
    expect(Object.is(JSON.stringify(field?.type), JSON.stringify(type))).toBe(true);
  });

  test("fields keep their order, their doc comments, and names that JavaScript knows", () => {
    const fields = fieldsOf("toString: int constructor?: int hasOwnProperty: int /** the last */ artifact: int");
    expect(fields.map(({ name, optional, doc }) => [name, optional, doc])).toEqual([
      ["toString", false, ""],
      ["constructor", true, ""],
      ["hasOwnProperty", false, ""],
      ["artifact", false, "the last"],
    ]);
  });

  test("a deep row of artifacts is refused, one just at the bound is not", () => {
    expect(bound(row(64)).codes).toEqual([]);
    expect(bound(row(65)).codes).toEqual(["CHOR0263"]);
    expect(bound(row(20_000)).codes.every((code) => code === "CHOR0263")).toBe(true);
    expect(bound(`artifact A { x: int${"[]".repeat(62)} }`).codes).toEqual([]);
    expect(bound(`artifact A { x: int${"[]".repeat(80)} }`).codes).toEqual(["CHOR0263"]);
  });
});

describe("interactions", () => {
  const brief = "artifact Brief { plan: Plan  names: string[2] } artifact Plan { steps: { done: boolean } }";

  test("names, ids, handlers, receivers, text", () => {
    const { interactions, roles } = only(`${brief}
      choreography Talk(A, B, C) {
        /** to all */
        A -> *: Brief
        B -> C, A: /* again */ Brief
          as again
        C -> A: CIReport(Brief)
        C -> A: Brief() // nothing
      }`);
    expect(roles).toEqual(["A", "B", "C"]);
    expect(
      interactions.map(({ index, id, doc, from, to, label, binds, handler, text }) => [
        index,
        id,
        doc,
        from,
        to,
        label,
        binds,
        handler,
        text,
      ]),
    ).toEqual([
      [0, "Brief", "to all", "A", ["B", "C"], "Brief", "brief", "brief", "A -> *: Brief"],
      [1, "Brief#2", "", "B", ["C", "A"], "Brief", "again", "again", "B -> C, A: Brief as again"],
      [2, "CIReport", "", "C", ["A"], "CIReport", "ciReport", "ciReport", "C -> A: CIReport(Brief)"],
      [3, "Brief#3", "", "C", ["A"], "Brief", null, "brief", "C -> A: Brief()"],
    ]);
  });

  test("what is passed on has the type of what it was", () => {
    const payloads = only(`${brief}
      choreography Talk(A, B) {
        A -> B: Brief
        B -> A: Whole(brief)
        A -> B: Part(whole.plan)
        B -> A: Inner(part.steps)
        A -> B: Deep(whole.plan.steps.done)
        B -> A: Names(brief.names)
      }`).interactions.map(({ payload }) => payload);
    expect(
      payloads.map((payload) =>
        payload.kind === "forwarded" ? [payload.name, payload.path, payload.type] : payload.kind,
      ),
    ).toEqual([
      "asked",
      ["brief", [], { kind: "reference", artifact: "Brief" }],
      ["whole", ["plan"], { kind: "reference", artifact: "Plan" }],
      [
        "part",
        ["steps"],
        { kind: "record", fields: [{ name: "done", doc: "", optional: false, type: { kind: "boolean" } }] },
      ],
      ["whole", ["plan", "steps", "done"], { kind: "boolean" }],
      [
        "brief",
        ["names"],
        { kind: "list", item: { kind: "string", min: 0, max: 65_536, pattern: null }, min: 2, max: 2 },
      ],
    ]);
  });

  test("a name bound behind the place that passes it on has its type there", () => {
    const { interactions } = only(`${brief} choreography Talk(A, B) { loop l { A -> B: Pass(brief) B -> A: Brief } }`);
    expect(interactions.map((each) => (each as Interaction).payload.kind)).toEqual(["forwarded", "asked"]);
  });
});

describe("choices and loops", () => {
  test("names, heads, bodies", () => {
    const text = `choreography Talk(A, B) {
      loop round max 5 {
        choice at A { A -> B: Approve() break round } or { A -> B: Revise() continue round } or { break round }
      } else { loop more { choice last at B { B -> A: PRD() } or { loop x max 1 { B -> A: Z() } break more } } }
    }`;
    const [loop] = only(text).body.statements as [Loop];
    const cut = ({ start, end }: { readonly start: number; readonly end: number }): string => text.slice(start, end);
    expect([loop.name, loop.max, cut(loop.headSpan)]).toEqual(["round", 5, "loop round max 5"]);
    const [choice] = loop.body.statements as [Choice];
    expect([choice.name, choice.at, cut(choice.headSpan)]).toEqual(["approveOrRevise", "A", "choice at A"]);
    expect(choice.branches.map(({ statements }) => statements.map(({ kind }) => kind))).toEqual([
      ["interaction", "break"],
      ["interaction", "continue"],
      ["break"],
    ]);
    const [more] = (loop.otherwise?.statements ?? []) as unknown as [Loop];
    expect([more.max, cut(more.headSpan)]).toEqual([null, "loop more"]);
    expect(more.body.statements.map((each) => each.kind === "choice" && [each.name, cut(each.headSpan)])).toEqual([
      ["last", "choice last at B"],
    ]);
  });
});

const shared = new URL("../../../shared/lang/", import.meta.url);

describe.skipIf(!existsSync(shared))("programs of the whole language (skipped where ../shared/lang is absent)", () => {
  const files = existsSync(shared) ? readdirSync(shared).filter((file) => file.endsWith(".chor")) : [];

  test.each(files)("%s: nothing is said but what is not supported yet", (file) => {
    const source = { file, text: readFileSync(new URL(file, shared), "utf8") };
    const { diagnostics } = bind(source, parse(source).tree);
    expect(diagnostics.filter(({ code }) => code !== "CHOR0901")).toEqual([]);
  });
});

describe("hostile input", () => {
  test("an error in one choreography leaves the others alone", () => {
    const { choreographies, codes } = bound(
      "choreography Bad(A, B) { A -> C: X() } choreography Good(A, B) { A -> B: X() }",
    );
    expect(codes).toEqual(["CHOR0203"]);
    expect(choreographies.map(({ name }) => name)).toEqual(["Good"]);
  });

  test("large files are bound in time", () => {
    for (const text of [
      `choreography X(A, B) {\n${many(10_000, (i) => `A -> B: L${i}(v${i})`)}\n}`,
      `artifact T { x: ${many(20_000, (i) => `"v${i}"`).replaceAll("\n", " | ")} } choreography X(A, B) { A -> B: T }`,
      `choreography X(A, B) { A -> B: Brief(zero0)\n${many(10_000, (i) => `A -> B: Zero${i}(zero${i + 1})`)} }`,
      many(5_000, (i) => `artifact T${i} { x: T${(i * 7919) % 5_000} y: T${(i * 104_729) % 5_000} }`),
      `choreography X(A, B) {\n${many(2_000, (i) => `choice c at A { A -> B: L${i}() } or { }`)}\nA -> B: End() }`,
    ]) {
      const source = { file: "large.chor", text };
      const { program, diagnostics } = bind(source, parse(source).tree);
      expect(program.choreographies.length + diagnostics.length).toBeGreaterThan(0);
    }
  });

  test("no mutilated program makes it throw", () => {
    const text = `artifact Brief { a: string(1..5) matches /^a+$/ b?: { c: "x" | 1 }[2] d: Plan } artifact Plan { x: int }
      choreography Talk(A, B, C) { A -> *: Brief loop l max 3 { choice v at B { B -> A: Yes(brief.d) break l } or { B -> A, C: No() as n } } else { A -> B: End(yes) } }`;
    const words = text.match(/\w+|\S/g) ?? [];
    for (let seed = 1; seed <= 300; seed++) {
      const random = randomFrom(seed);
      const broken = [...words];
      for (let n = 1 + below(random, 4); n > 0; n--)
        broken.splice(below(random, broken.length), below(random, 3), ...(random() < 0.7 ? [pick(random, words)] : []));
      const source = { file: "broken.chor", text: broken.join(" ") };
      const { program, diagnostics } = bind(source, parse(source).tree);
      expect(
        diagnostics.every(({ span }) => span.start >= 0 && span.start <= span.end && span.end <= source.text.length),
      ).toBe(true);
      for (const { interactions, body } of program.choreographies)
        expect(interactions.length === 0 || body.statements.length > 0).toBe(true);
    }
  });
});
