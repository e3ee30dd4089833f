// What types mean: of each construct the exact type, its bytes, its depth; over files, too. And that no input makes the
// binder throw or be slow.

import { describe, expect, test } from "vitest";
import { typeText } from "../../compiler/src/bind/type-text.js";
import type { Field, Program } from "../../compiler/src/bind/program.js";
import { typed } from "./typed.js";

const INNER =
  "artifact Inner { text: string(..10) } artifact Other { n: int(0..9) } artifact Names = string(1..4)[..3]";

function fieldsOf(fields: string): readonly Field[] {
  const { artifacts, diagnostics } = typed({ file: "test.chor", text: `artifact T { ${fields} } ${INNER}` });
  expect(diagnostics).toEqual([]);
  const type = artifacts.byName.get("T")?.type;
  return type?.kind === "record" ? type.fields : [];
}

function codesOf(text: string): readonly string[] {
  return typed({ file: "test.chor", text }).diagnostics.map(({ code }) => code);
}

function many(count: number, make: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => make(i)).join("\n");
}

const inner = { kind: "reference", artifact: "Inner", file: "test.chor" };
const other = { kind: "reference", artifact: "Other", file: "test.chor" };

describe("types", () => {
  test.each([
    ["string", { kind: "string", min: 0, max: 65_536, pattern: null }],
    ["string(1..120)", { kind: "string", min: 1, max: 120, pattern: null }],
    ["string(5)", { kind: "string", min: 5, max: 5, pattern: null }],
    ["string(5..)", { kind: "string", min: 5, max: 65_536, pattern: null }],
    ["string matches /^[a-z]\\/$/", { kind: "string", min: 0, max: 65_536, pattern: "^[a-z]\\/$" }],
    ["int", { kind: "int", min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }],
    ["int(-0..0)", { kind: "int", min: 0, max: 0 }],
    ["number(..0.5)", { kind: "number", min: null, max: 0.5 }],
    ["boolean", { kind: "boolean" }],
    ['"a" | 1 | true | -2', { kind: "literals", values: ["a", 1, true, -2] }],
    ["-0", { kind: "literals", values: [0] }],
    ["uuid", { kind: "format", format: "uuid", min: 36, max: 36 }],
    ["datetime", { kind: "format", format: "datetime", min: 20, max: 35 }],
    ["url(..80)", { kind: "format", format: "url", min: 1, max: 80 }],
    ["path", { kind: "format", format: "path", min: 1, max: 1_024 }],
    ["bytes(4)", { kind: "format", format: "bytes", min: 4, max: 4 }],
    ["typescript", { kind: "format", format: "typescript", min: 0, max: 262_144 }],
    ["json", { kind: "json", max: 65_536 }],
    ["json(..7)", { kind: "json", max: 7 }],
    ["map<boolean>(1..2)", { kind: "map", value: { kind: "boolean" }, min: 1, max: 2 }],
    ["digest", { kind: "digest", of: null }],
    ["digest<Inner>", { kind: "digest", of: inner }],
    ["digest<T>", { kind: "digest", of: { ...inner, artifact: "T" } }],
    ["Inner", inner],
    ["Inner | Other", { kind: "union", members: [inner, other] }],
    ["(Other | null) | Inner", { kind: "nullable", of: { kind: "union", members: [other, inner] } }],
    ['"a" | null', { kind: "nullable", of: { kind: "literals", values: ["a"] } }],
    [
      "boolean[2][1..3]",
      { kind: "list", item: { kind: "list", item: { kind: "boolean" }, min: 2, max: 2 }, min: 1, max: 3 },
    ],
  ])("%s", (written, type) => {
    const [field] = fieldsOf(`x: ${written}`);
    expect(field?.type).toEqual(type);
    expect(JSON.stringify(field?.type)).toBe(JSON.stringify(type));
  });

  test("a type's text is a type again, and the same", () => {
    const types = [
      "string", "string(5)", "string(..5)", "string(5..)", "string(1..3) matches /^a/", "int", "int(3)", "int(-5..)", "number", "number(0.5..)",
      'true | "x" | 0', "uuid", "url(..80)", "bytes", "json(..7)", "map<int>(3)", "map<(Inner | null)[]>", "digest<digest>", "digest<Inner | Other>",
      "Inner | Other | null", "(Inner | Other)[2]", '("a" | "b")[..3]', "(int | null)[]", "{ x?: int  y: { z: string[] } }", "{}", "Names",
    ]; // prettier-ignore
    for (const written of types) {
      const [field] = fieldsOf(`x: ${written}`);
      const text = field === undefined ? "" : typeText(field.type);
      const [again] = fieldsOf(`x: ${text}`);
      expect([written, again?.type]).toEqual([written, field?.type]);
      expect(text).toBe(written);
    }
  });

  test("a union of unions is flat, in whatever order they are declared", () => {
    const { artifacts, diagnostics } = typed({
      file: "u.chor",
      text: "artifact All = Some | C artifact Some = Alias | B artifact Alias = A artifact A {} artifact B {} artifact C {}",
    });
    expect(diagnostics).toEqual([]);
    const type = artifacts.byName.get("All")?.type;
    expect(type?.kind === "union" && type.members.map(({ artifact }) => artifact)).toEqual(["A", "B", "C"]);
  });

  test("artifacts count as used where others speak of them, if only by digest or in an invariant", () => {
    const { artifacts } = typed({
      file: "u.chor",
      text: "artifact A { self: digest<A>  b: digest<B>  u: C | D  where u is C } artifact B {} artifact C {} artifact D {} artifact E {}",
    });
    expect([...artifacts.used].toSorted()).toEqual(["B", "C", "D"]);
  });
});

describe("bytes", () => {
  test.each([
    ["x: boolean", '{"x":false}'.length],
    ["x: string(..2)", '{"x":"\\u0001\\u0001"}'.length],
    ["x: int(-10..5)", '{"x":-10}'.length],
    ['x: "é" | "a"', '{"x":""}'.length + 2],
    ["x: boolean[3]", '{"x":[false,false,false]}'.length],
    ["x: bytes(4)", '{"x":"AAAAAA=="}'.length],
    ["x: uuid  y?: boolean", `{"x":"${"0".repeat(36)}","y":false}`.length],
    ["x: datetime", `{"x":"${"0".repeat(35)}"}`.length],
    ["x: digest", `{"x":"sha256:${"0".repeat(64)}"}`.length],
    ["x: int(1) | null", '{"x":null}'.length],
    ["x: map<boolean>(1)", `{"x":{"${"\\u0001".repeat(256)}":false}}`.length],
    ["x: Other | Inner", `{"x":{"label":"Inner","text":"${"\\u0001".repeat(10)}"}}`.length],
    ["x: json(..7)", '{"x":}'.length + 7],
    ["x: string(16777216)[1000000]", 16_777_216 * 1_000_000 * 6 + 2_000_000 + 1_000_001 + '{"x":}'.length],
    ["x: string(16777216)[1000000][1000000]", Number.MAX_SAFE_INTEGER],
  ])("%s", (fields, bytes) => {
    const { artifacts } = typed({ file: "test.chor", text: `artifact T { ${fields} } ${INNER}` });
    expect(artifacts.byName.get("T")?.bytes).toBe(bytes);
  });

  test("what is open or comes from elsewhere is not bounded, nor is what contains it", () => {
    const { artifacts } = typed({
      file: "test.chor",
      text: 'open artifact A { x: int } artifact B = schema "./b.json" artifact C { a: A[] } artifact D { b: B } artifact E { a: digest<A> }',
    });
    expect([...artifacts.byName.values()].map((artifact) => artifact?.bytes === null)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});

describe("over files", () => {
  const far: Program = typed({
    file: "far.chor",
    text: "artifact Deep { x: int(0..3)  away?: Yes | No } artifact Yes {} artifact No { why: string(..5) }",
  }).program;
  const near: Program = typed(
    {
      file: "near.chor",
      text: 'import { Deep as D } from "./far.chor" artifact Here { d: D } artifact Yes { k: int }',
    },
    new Map([["./far.chor", far]]),
  ).program;

  test("a reference means its artifact, whatever it is called, and leads on", () => {
    const { artifacts, contracts, diagnostics } = typed(
      {
        file: "main.chor",
        text: `import { Here as There, Yes } from "./near.chor"
          artifact T { here: There  yes: Yes }
          contract C(t: T) {
            require t.here.d.x == 1 && t.yes.k == 1
            require t.here.d.away == null || t.here.d.away != t.here.d.away
            require t.here.d.away == t.yes
          }`,
      },
      new Map([["./near.chor", near]]),
    );
    expect(artifacts.byName.get("T")?.type).toMatchObject({
      fields: [
        { type: { kind: "reference", artifact: "Here", file: "near.chor" } },
        { type: { kind: "reference", artifact: "Yes", file: "near.chor" } },
      ],
    });
    // The two `Yes` are two artifacts.
    expect(diagnostics.map(({ code }) => code)).toEqual(["CHOR0282"]);
    expect(contracts.get("C")).toBeNull();
    expect(artifacts.byName.get("T")?.bytes).toBeGreaterThan(30);
    expect(artifacts.others.map(({ name, source }) => `${source.file} ${name}`).toSorted()).toEqual([
      "far.chor Deep",
      "far.chor No",
      "far.chor Yes",
      "near.chor Here",
      "near.chor Yes",
    ]);
  });

  test("of what could not be loaded nothing is said", () => {
    const text =
      'import { A, B } from "./gone.chor" artifact T { a: A  b: B | C  c: digest<A> } artifact C {} contract X(a: A) { require a.x == 1 }';
    expect(typed({ file: "main.chor", text }, new Map([["./gone.chor", null]])).diagnostics).toEqual([]);
  });

  test("depth counts through imports", () => {
    const deep = typed({ file: "deep.chor", text: `artifact A { x: int${"[]".repeat(40)} }` }).program;
    const text = (more: number): string => `import { A } from "./deep.chor" artifact T { a: A${"[]".repeat(more)} }`;
    const codes = (more: number) =>
      typed({ file: "main.chor", text: text(more) }, new Map([["./deep.chor", deep]])).diagnostics.map(
        ({ code }) => code,
      );
    expect(codes(20)).toEqual([]);
    expect(codes(25)).toEqual(["CHOR0263"]);
  });
});

describe("hostile input", () => {
  const row = (length: number): string =>
    many(length, (i) => `artifact A${i} { ${i + 1 < length ? `x: A${i + 1}` : "x: int"} }`);

  test("a deep row of artifacts is refused, one just at the bound is not", () => {
    expect(codesOf(row(64))).toEqual([]);
    expect(codesOf(row(65))).toEqual(["CHOR0263"]);
    expect(codesOf(row(20_000)).every((code) => code === "CHOR0263")).toBe(true);
    expect(codesOf(`artifact A { x: int${"[]".repeat(62)} }`)).toEqual([]);
    expect(codesOf(`artifact A { x: int${"[]".repeat(80)} }`)).toEqual(["CHOR0263"]);
  });

  test("long rows of names for names, long circles, wide unions", () => {
    expect(codesOf(`${many(3_000, (i) => `artifact A${i} = A${i + 1}`)} artifact A3000 {}`)).toEqual([]);
    expect(codesOf(many(3_000, (i) => `artifact A${i} = A${(i + 1) % 3_000}`))).toEqual(["CHOR0262"]);
    expect(
      codesOf(`${many(3_000, (i) => `artifact A${i} {}`)} artifact U = ${many(3_000, (i) => `A${i} |`)} A0`),
    ).toEqual(["CHOR0264"]);
    expect(codesOf(`artifact A { x: ${many(20_000, (i) => `"${i}" |`)} "last" }`)).toEqual([]);
  });

  test("large and deep expressions", () => {
    const contract = (expression: string): readonly string[] =>
      codesOf(`artifact O { o: int } contract C(n: int, xs: int[..9999], s: string, o: O) { require ${expression} }`);
    expect(contract(`n in [${many(20_000, (i) => `${i},`)} 1]`)).toEqual([]);
    expect(contract(`s in [${many(20_000, (i) => `"${i}",`)} s]`)).toEqual([]);
    expect(contract(`[${many(3_000, (i) => `n + ${i},`)} n] == xs`)).toEqual([]);
    expect(contract(`${"n + ".repeat(490)} n > 1`)).toEqual([]);
    expect(contract(`${"n > 1 && ".repeat(240)} n > 1`)).toEqual([]);
    expect(contract(`${"!".repeat(490)}(n == 1)`)).toEqual([]);
    expect(contract(`x${".y".repeat(490)} == 1`)).toEqual(["CHOR0298"]);
    expect(contract(`${"(".repeat(60)}n${")".repeat(60)} == 1`)).toEqual([]);
    expect(contract(`${"xs.every(x => ".repeat(30)}x > 1${")".repeat(30)}`)).toEqual([]);
    expect(contract(`${"n == 1 ? ".repeat(60)}true${" : false".repeat(60)}`)).toEqual([]);
  });

  test("names that JavaScript knows", () => {
    const text = `artifact T { toString: int  constructor?: int  hasOwnProperty: int  valueOf: string }
      contract C(constructor: T, toString: int) { require constructor.toString == toString && constructor.constructor == null }
      contract D(t: T) { require t.hasOwnProperty() == 1 }
      contract E(t: T) { require t.prototype == 1 || constructor == 1 || toString(1) }`;
    expect(codesOf(text)).toEqual(["CHOR0285", "CHOR0210", "CHOR0298", "CHOR0288"]);
  });
});
