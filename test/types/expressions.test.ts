// What expressions mean: the type of each operator and method, the names that they speak of, the steps that they take.

import { parse } from "@chor/grammar";
import { describe, expect, test } from "vitest";
import { namesIn } from "../../compiler/src/bind/expressions/names-in.js";
import { typeExpression, type ExpressionScope } from "../../compiler/src/bind/expressions/type-expression.js";
import type { Condition, Expression, Type } from "../../compiler/src/bind/program.js";
import { typeText } from "../../compiler/src/bind/type-text.js";
import { typed } from "./typed.js";

const PARAMETERS = `n: int(0..9), m: int(-5..5), r: number(0..2), q: number, s: string(..4), t: string(2..3), b: boolean,
  xs: int(0..3)[..4], ys: string(1..2)[1..3], rs: number[2], e: "a" | "bb", z: int(0..3) | null, k: map<int(0..9)>(..3), i: int, a: A, u: A | B, us: (A | B)[..3], p: path, w: url, y: bytes(..3)`;
const DECLARATIONS = "artifact A { x: int(0..3)  o?: string(..3) } artifact B { x: int(5..7) }";

/** The type of an expression over the parameters, as a text. */
function typeOf(expression: string): string {
  const { payloads, diagnostics } = typed({
    file: "x.chor",
    text: `${DECLARATIONS} choreography X(P, Q, ${PARAMETERS}) { P -> Q: L(${expression}) }`,
  });
  expect([expression, diagnostics.filter(({ severity }) => severity === "error")]).toEqual([expression, []]);
  const [payload] = payloads;
  return payload === undefined ? "" : typeText(payload.type);
}

function condition(expression: string): Condition {
  const { contracts, diagnostics } = typed({
    file: "x.chor",
    text: `${DECLARATIONS} contract X(${PARAMETERS}) { require ${expression} : "no" }`,
  });
  expect(diagnostics).toEqual([]);
  const [first] = contracts.get("X")?.requires ?? [];
  if (first === undefined) throw new Error("no condition");
  return first;
}

describe("the type of what comes out", () => {
  test.each([
    ["n + m", "int(-5..14)"],
    ["n - m", "int(-5..14)"],
    ["n * m", "int(-45..45)"],
    ["m * m", "int(-25..25)"],
    ["n % 4", "int(0..3)"],
    ["m % 4", "int(-3..3)"],
    ["m % n", "int(-5..5)"],
    ["-m - 1", "int(-6..4)"],
    ["i + 1", "int(-9007199254740990..)"],
    ["i * i", "int"],
    ["n + r", "number(0..11)"],
    ["n / 2", "number(0..4.5)"],
    ["n / m", "number"],
    ["q * r", "number"],
    ["1 / q", "number"],
    ["-2", "-2"],
    ["- -2", "2"],
    ["s + t", "string(2..7)"],
    ['e + "x"', "string(2..3)"],
    ["b ? n : m", "int(-5..9)"],
    ["b ? 1 : r", "number(0..2)"],
    ['b ? "x" : e', '"x" | "a" | "bb"'],
    ["b ? null : n", "int(0..9) | null"],
    ["b ? z : n", "int(0..9) | null"],
    ["b ? a : u", "A | B"],
    ["b ? p : w", "string(1..2048)"],
    ["[n, 12]", "int(0..12)[2]"],
    ['["x", "y", "x"]', '("x" | "y")[3]'],
    ["[null, n]", "(int(0..9) | null)[2]"],
    ["b ? [] : xs", "int(0..3)[..4]"],
    ["xs.length", "int(0..4)"],
    ["s.length", "int(0..4)"],
    ["e.length", "int(1..2)"],
    ["y.length", "int(0..3)"],
    ["k.length", "int(0..3)"],
    ["ys[0]", "string(1..2)"],
    ["ys[1]", "string(1..2) | null"],
    ["xs[n]", "int(0..3) | null"],
    ['k["a"]', "int(0..9) | null"],
    ["xs.length > 0 ? xs[0] : 9", "int(0..9)"],
    ["xs.length > n ? xs[n] : 9", "int(0..9)"],
    ["3 <= xs.length ? [xs[2], xs[0]] : []", "int(0..3)[..2]"],
    ["s in k ? k[s] : 0", "int(0..9)"],
    ["z == null ? 5 : z", "int(0..5)"],
    ["z != null && z > 1 ? z : 7", "int(0..7)"],
    ["!(z == null) ? z : 7", "int(0..7)"],
    ["z == 2 ? z : 7", "int(0..7)"],
    ["a.o", "string(..3) | null"],
    ['a.o == null ? "" : a.o', "string(..3)"],
    ["u.x", "int(0..7)"],
    ["u is A ? u.x : 9", "int(0..9)"],
    ["u is A ? 9 : u.x", "int(5..9)"],
    ["us.filter(v => v is B)", "B[..3]"],
    ["us.filter(v => !(v is B))", "A[..3]"],
    ["us.filter(v => v is A && v.x > 1)", "A[..3]"],
    ["us.filter(v => v.x > 1)", "(A | B)[..3]"],
    ["us.map(v => v.x)", "int(0..7)[..3]"],
    ["us.map((v, j) => j)", "int(0..2)[..3]"],
    ["xs.filter(x => x > 1)", "int(0..3)[..4]"],
    ["xs.sum()", "int(0..12)"],
    ["rs.sum()", "number"],
    ["xs.max()", "int(0..3) | null"],
    ["[n, m].min()", "int(-5..9)"],
    ["xs.length != 0 ? xs.max() : 0", "int(0..3)"],
    ["t.trim()", "string(..3)"],
    ["t.upper()", "string(2..9)"],
    ['t.split(",")', "string(..3)[1..4]"],
    ["t.split(s)", "string(..3)[..4]"],
    ['ys.join(", ")', "string(1..10)"],
    ["k.keys()", "string(..256)[..3]"],
    ["digest(a)", "digest<A>"],
    ["digest(u is A ? u : a)", "digest<A>"],
    ["20m", "duration"],
    ["p", "path"],
    ["A { x: 1 }", "A"],
  ])("%s is %s", (expression, type) => {
    expect(typeOf(expression)).toBe(type);
  });

  test("an optional field is filled by what may be null", () => {
    expect(typeOf("A { x: u.x, o: a.o }")).toBe("A");
    expect(typeOf("A { x: z == null ? 1 : z, o: null }")).toBe("A");
  });
});

describe("the names that an expression speaks of", () => {
  test("not its parameters, nor those that hide a name", () => {
    const { expression } = condition(
      "xs.every((x, j) => x > n && j < m) && us.some(n => n.x == ys[0].length) && n == 1",
    );
    expect(namesIn(expression).map(({ name }) => name)).toEqual(["xs", "n", "m", "us", "ys", "n"]);
  });

  test("each with its place", () => {
    const { expression } = condition("a.x == n");
    const text = `${DECLARATIONS} contract X(${PARAMETERS}) { require a.x == n`;
    expect(namesIn(expression)).toEqual([
      { name: "a", span: { start: text.length - 8, end: text.length - 7 } },
      { name: "n", span: { start: text.length - 1, end: text.length } },
    ]);
  });
});

describe("steps", () => {
  test.each([
    ["b", 0],
    ["!b", 1],
    ["b && !b", 2],
    ["n > 1", 1],
    ["n + m > r", 2],
    // A comparison goes through the bytes of the smaller side.
    ["n == 1", 1 + 1],
    ['s == "abcd"', 1 + 6],
    ["xs.length > 1", 2],
    // Four items, each a comparison and the call.
    ["xs.every(x => x > 1)", 1 + 4 * 2],
    ["xs.every(x => xs.every(y => y > x))", 1 + 4 * (1 + 1 + 4 * 2)],
    ["n in xs", 1 + 4 * 2],
    ["b ? n > 1 : n + m > 1", 1 + 2],
    ['t.startsWith("ab")', 1 + 3 * 2 + 2],
    ["digest(n) == digest(m)", 1 + 1 + 2 + 73],
  ])("%s", (expression, steps) => {
    expect(condition(expression).steps).toBe(steps);
  });

  test("they saturate", () => {
    const { contracts } = typed({
      file: "x.chor",
      text: `contract C(xs: int[0..1000000]) { require ${"xs.every(x => ".repeat(5)}true${")".repeat(5)} require xs == xs }`,
    });
    expect(contracts.get("C")?.steps).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe("what a `do` binds", () => {
  const types: readonly (readonly [string, Type])[] = [
    ["pact.proposal", { kind: "string", min: 0, max: 9, pattern: null }],
    ["outer.pact.proposal", { kind: "int", min: 0, max: 9 }],
    ["pact", { kind: "boolean" }],
  ];

  /** Typed in a scope that has these names; `told`: the unknown ones. */
  function inScope(written: string, names: readonly string[]) {
    const known = new Map(types.filter(([name]) => names.includes(name)));
    const told: string[] = [];
    const source = { file: "x.chor", text: `contract X() { require ${written} }` };
    const { tree } = parse(source);
    const [contract] = tree.declarations;
    const expression = contract?.kind === "contract" ? contract.requires?.[0]?.expression : undefined;
    if (expression === undefined) throw new Error("no expression");
    const { artifacts } = typed({ file: "x.chor", text: "" });
    const scope: ExpressionScope = {
      lookup: (name) => known.get(name),
      names: () => known.keys(),
      unknown: ({ text, span }) => told.push(`${text} ${source.text.slice(span.start, span.end)}`),
      types: artifacts.context,
      assumed: [],
    };
    return { typed: typeExpression(expression, scope, null), told };
  }

  test("is one name with its prefixes", () => {
    const { typed: sound } = inScope("pact.proposal.length", ["pact.proposal"]);
    expect(sound).toMatchObject({ kind: "field", of: { kind: "name", name: "pact.proposal" } });
    const { typed: nested } = inScope("outer.pact.proposal", ["pact.proposal", "outer.pact.proposal"]);
    expect(nested).toMatchObject({ kind: "name", name: "outer.pact.proposal", type: { kind: "int" } });
    expect(namesIn(nested as Expression).map(({ name }) => name)).toEqual(["outer.pact.proposal"]);
  });

  test("is told whole where it is misspelt, and a name that is bound itself counts first", () => {
    expect(inScope("pact.propsal.length", ["pact.proposal"]).told).toEqual(["pact.propsal pact.propsal"]);
    expect(inScope("outer.pact.x", ["outer.pact.proposal"]).told).toEqual(["outer.pact.x outer.pact.x"]);
    expect(inScope("zebra.proposal", ["pact.proposal"]).told).toEqual(["zebra zebra"]);
    expect(inScope("pact.proposal", ["pact", "pact.proposal"]).typed).toBeNull();
  });
});
