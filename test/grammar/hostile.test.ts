// Input that means harm: huge, deep, invisible, broken. The answer is always a diagnostic, never an exception,
// and nothing of it reaches a terminal as it is.

import { describe, expect, test } from "vitest";
import { parse, type Diagnostic } from "@chor/grammar";
import { lex } from "../../grammar/src/lex.js";
import { cases, shown } from "./support.js";

/** Enough to overflow the stack of a parser that recurses; `CHOR_CASES` makes it enough to see what is quadratic. */
const many = Math.min(20_000, Math.max(5_000, cases / 5));

function told(text: string): readonly Diagnostic[] {
  const { tree, diagnostics } = parse({ file: "hostile.chor", text });
  JSON.stringify(tree);
  expect(diagnostics.length).toBeLessThanOrEqual(101);
  for (const { message, hint, span } of diagnostics) {
    expect(`${message} ${hint}`).not.toMatch(/(?! )[\p{C}\p{Z}]/u);
    expect(0 <= span.start && span.start <= span.end && span.end <= text.length).toBe(true);
  }
  return diagnostics;
}

function codes(text: string): readonly string[] {
  return [...new Set(told(text).map(({ code }) => code))];
}

describe("depth and length", () => {
  test("many imports are not one that is long", () => {
    expect(codes('import { A, B } from "./a.chor"\n'.repeat(many))).toEqual([]);
  });

  const requires = (expression: string): string => `contract C(a: A) { require ${expression} }`;
  test.each([
    ["braces", "{".repeat(many)],
    ["parentheses", requires("(".repeat(many) + "a" + ")".repeat(many))],
    ["blocks", "choreography X(A) { " + "loop a { ".repeat(many) + "}".repeat(many + 1)],
    ["records", "artifact A { " + "a: { ".repeat(many) + "}".repeat(many + 1)],
    ["type arguments", "artifact A { a: " + "list<".repeat(many) + "int" + ">".repeat(many) + " }"],
    ["conditionals", requires("a ? b : ".repeat(many) + "c")],
    ["conditionals inside", requires("a ? ".repeat(many) + "b" + " : c".repeat(many))],
    ["functions", requires("a => ".repeat(many) + "b")],
    ["a mixture", "artifact A { a: " + ("{ a: " + "list<".repeat(60)).repeat(many / 100)],
  ])("%s nest at most 64 levels", (_, text) => {
    expect(codes(text)).toContain("CHOR0114");
  });

  test.each([
    ["sums", requires("a" + " + 1".repeat(many))],
    ["fields", requires("a" + ".b".repeat(many))],
    ["hard words as fields", requires("a" + ".where".repeat(many))],
    ["negations", requires("!".repeat(many) + "a")],
    ["indices", requires("a" + "[0]".repeat(many))],
    ["calls", requires("a" + "()".repeat(many))],
    ["tests", requires("a" + " is T".repeat(many))],
    ["lists", "artifact A { a: int" + "[]".repeat(many) + " }"],
    ["lists of lists", "artifact A { a: " + "{ a: ".repeat(30) + "int" + ("[]".repeat(99) + " }").repeat(31)],
    ["sums in sums", requires("(".repeat(30) + "a" + ("+ 1".repeat(99) + ")").repeat(30))],
  ])("%s are a chain of at most 500", (_, text) => {
    expect(codes(text)).toEqual(["CHOR0115"]);
  });

  test("what is just within the bounds is read; the declarations around the rest, too", () => {
    const deep = (n: number): string => `contract D() { require ${"(".repeat(n)}a${")".repeat(n)} }`;
    const long = (n: number): string => `contract D() { require a${" + 1".repeat(n)} }`;
    expect(told(deep(63))).toEqual([]);
    expect(codes(deep(64))).toEqual(["CHOR0114"]);
    expect(told(long(498))).toEqual([]);
    expect(codes(long(501))).toEqual(["CHOR0115"]);
    const { tree, diagnostics } = parse({ file: "", text: `artifact A { } ${deep(99)} artifact B { ` });
    expect(tree.declarations.map(({ name }) => name.text)).toEqual(["A", "B"]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["CHOR0114", "CHOR0120"]);
  });

  test.each([
    ["fields", "artifact A { " + "a: string ".repeat(many) + "}"],
    ["members of a union", "artifact A = " + "B | ".repeat(many) + "C"],
    ["receivers", "choreography X(A) { A -> " + "B, ".repeat(many) + "C: M }"],
    ["clauses", "choreography X(A) { A -> B: M " + "where a.b == 1 ".repeat(many) + "}"],
    ["contracts", "choreography X(A) { A -> B: M gate " + "C(a), ".repeat(many) + "C(a) }"],
    ["negative numbers", "contract C() { require [" + "-1, ".repeat(many) + "1] }"],
    ["conditions", "contract C() { " + "require a < b && c.d ".repeat(many / 2) + "}"],
    ["branches", "choreography X(A) { choice at A { }" + " or { A -> B: M }".repeat(many / 5) + " }"],
    ["declarations", "artifact A { } ".repeat(many)],
  ])("many %s are no trouble", (_, text) => {
    expect(told(text)).toEqual([]);
  });
});

describe("size and number", () => {
  test("a file of more than one MiB is not read", () => {
    const { tree, diagnostics } = parse({ file: "", text: "artifact A { }".padEnd(1_048_577) });
    expect(diagnostics.map(shown)).toEqual(["CHOR0113 This file is larger than 1 MiB and is not read. (0..0)"]);
    expect(tree.declarations).toEqual([]);
    expect(told("artifact A { }".padEnd(1_048_576))).toEqual([]);
  });

  test("of many diagnostics the first hundred are shown, and how many are left", () => {
    const diagnostics = told("artifact A { " + ", ".repeat(150) + "}");
    expect(diagnostics).toHaveLength(101);
    expect(diagnostics.at(-1)?.message).toBe("50 more problems are not shown.");
  });

  test.each([
    ["closing braces", "}".repeat(many)],
    ["open comments", "/*\n".repeat(many)],
    ["open strings", '"\n'.repeat(many)],
    ["open regular expressions", "matches /\n".repeat(many)],
    ["a long regular expression", "artifact A { a: string matches /" + "[a".repeat(many)],
    ["a long string", 'artifact A = "' + "\\a".repeat(many)],
    ["semicolons", "; a ".repeat(many)],
    ["colons", ": ".repeat(many)],
    ["capitals", "A ".repeat(many)],
    ["arrows", "choreography X(A) { " + "A -> ".repeat(many) + "}"],
    ["half interactions", "choreography X(A) { " + "A -> B: ".repeat(many) + "}"],
    ["open messages", "choreography X(A) { " + "A -> B: M( ".repeat(many) + "}"],
    ["fields without a colon", "artifact A { " + "a string ".repeat(many) + "}"],
    ["fields without a type", "artifact A { " + "a: ".repeat(many) + "}"],
    ["open declarations", "artifact A { ".repeat(many)],
    ["wrong conditions", "choreography X(A) { " + "A -> B: M where a and b ".repeat(many / 5) + "}"],
    ["misspelt words", "choreography X(A) { " + "loopp ".repeat(many) + "}"],
    ["breaks without a name", "choreography X(A) { " + "break ".repeat(many) + "}"],
    ["stray blocks", "choreography X(A) { " + "else { } ".repeat(many) + "}"],
    ["braces the wrong way round", "artifact A {" + "} {".repeat(many)],
    ["doubled clauses", "choreography X(A) { A -> B: M " + "retry 1 within 2m ".repeat(many / 5) + "}"],
    ["digits", "contract C() { require " + "1".repeat(many) + " }"],
  ])("%s without end", (_, text) => {
    expect(told(text).length).toBeGreaterThan(0);
  });
});

describe("characters", () => {
  const hidden = [
    "\0",
    "\x07",
    "\x1B",
    "\x0B",
    "\x7F",
    "\x9B",
    "\u2028",
    "\u202A",
    "\u202E",
    "\u2066",
    "\u2069",
    "\uD800",
    "\uDC00",
  ];
  const places = (unit: string): readonly string[] => [
    `artifact A { ${unit} }`,
    `artifact A = "a${unit}b"`,
    `// a${unit}b\nartifact A { }`,
    `/* a${unit}b */ artifact A { }`,
    `/** a${unit}b */ artifact A { }`,
    `artifact A { a: string matches /a${unit}b/ }`,
  ];

  test.each(hidden.map((unit) => [unit.charCodeAt(0).toString(16), unit]))(
    "U+%s is told wherever it stands",
    (_, unit) => {
      for (const text of places(unit)) {
        const [diagnostic, ...others] = told(text);
        expect(diagnostic?.code, text).toBe("CHOR0102");
        expect(diagnostic?.span.start, text).toBe(text.indexOf(unit));
        expect(others.map(shown), text).toEqual([]);
      }
    },
  );

  test("other scripts are at home in strings and comments, and nowhere else", () => {
    expect(told('/* größe → 大きさ 😀 */ artifact A = "größe 大きさ 😀" // €')).toEqual([]);
    expect(codes("artifact Größe { 大きさ: int }")).toEqual(["CHOR0111"]);
    expect(codes("artifact A { 😀: int }")).toContain("CHOR0101");
    expect(codes("artifact\u00A0A { }")).toEqual(["CHOR0101"]);
  });

  test("no character makes the lexer throw or pass over in silence", () => {
    const step = cases < 100_000 ? 13 : 1;
    for (let code = 0; code < 0x10000; code += code < 0x3000 ? 1 : step) {
      const unit = String.fromCharCode(code);
      const { tokens, diagnostics } = lex(`a ${unit} b`);
      const made = tokens.length - 2 + diagnostics.length;
      if (!/[ \t\r\n]/.test(unit) && made < 1) throw new Error(`U+${code.toString(16)} is passed over`);
    }
  });

  test("a message shows what nobody could see, and nothing that a terminal obeys", () => {
    expect(told("artifact A = '\x1B[2J'").find(({ code }) => code === "CHOR0104")?.hint).toBe('Write `"\\u{1b}[2J"`.');
    expect(told("\u200B artifact A { }")[0]?.message).toBe("`\\u{200b}` means nothing here.");
  });
});

test("`__proto__` is no name of a field, a value, an entry or a loop", () => {
  const text = `artifact A { __proto__: int  a: { __proto__: int } }
    contract C(__proto__: A) { require __proto__.a == a.__proto__ }
    choreography X(A) { loop __proto__ { A -> B: L(T { __proto__: 1 }) } }`;
  expect(told(text).map(({ code }) => code)).toEqual(Array(7).fill("CHOR0112"));
});
