// What the back end carries, and what it says of the rest: each construct once, proved, or refused at its place.

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { unwrittenIn } from "../../compiler/src/carried/written.js";
import { check, type Checked } from "../../compiler/src/check.js";
import { table } from "../support/table.js";

const artifacts = `
artifact Text { body: string(1..100)  size: int(0..9) }
artifact Texts { all: string(1..100)[0..9] }
contract Good(text: Text) external
`;

function checked(body: string, head = "Sketch(A, B, C)"): Checked {
  return check({ file: "sketch.chor", text: `${artifacts}\nchoreography ${head} {\n${body}\n}\n` });
}

/** Code and message of each diagnostic, without warnings. */
function errors({ diagnostics }: Checked): readonly string[] {
  return diagnostics.filter(({ severity }) => severity === "error").map(({ code, message }) => `${code} ${message}`);
}

describe("proved", () => {
  const programs: readonly (readonly [string, string, string])[] = [
    ["where", `A -> B: Text where text.size > 1`, "Sketch(A, B)"],
    ["gate and retry", `A -> B: Text gate Good(text) retry 3`, "Sketch(A, B)"],
    [
      "a computed payload",
      `A -> B: Text B -> C: Size(text.size + 1) B -> C: Filled(Texts { all: [text.body] })`,
      "Sketch(A, B, C)",
    ],
    ["collecting", `loop l max 3 { A -> B: Text as texts[] B -> A: All(texts) }`, "Sketch(A, B)"],
    ["a value parameter", `loop l max n { A -> B: Text where text.size > n }`, "Sketch(A, B, n: int(1..5))"],
    ["the deadline of the whole", `A -> B: Text`, "Sketch(A, B) within 2h"],
    [
      "a choice by data",
      `A -> B: Text choice at B when text.size > 3 { B -> A: Big() } or { B -> A: Small() }`,
      "Sketch(A, B)",
    ],
    [
      "rounds that end in silence",
      `loop l max 3 { A -> B: Text B -> A: Y() choice at A { A -> B: Good() break l } or { } } else { A -> B: Enough() }`,
      "Sketch(A, B)",
    ],
    ["return", `choice at A { A -> B: End() return } or { A -> B: Go() } B -> A: Text`, "Sketch(A, B)"],
  ];

  test.each(programs)("%s", (_, body, head) => {
    const found = checked(body, head);
    expect(errors(found)).toEqual([]);
    expect(found.choreographies[0]?.locals.length).toBe(head.includes("C") ? 3 : 2);
  });

  const saga = `
    saga {
      step { A -> B: Book() } undo { A -> B: Unbook() }
      step {
        choice at B { B -> A: Fine() } or { B -> A: Bad() abort }
      }
    } else { A -> B: Lost() }`;

  test("a saga undoes what is done, and goes on", () => {
    const found = checked(`${saga}\nB -> A: Over()`, "Sketch(A, B)");
    expect(errors(found)).toEqual([]);
    const [a] = found.choreographies[0]?.locals ?? [];
    expect(a === undefined ? [] : table(a)).toEqual([
      "0 book (forced) !Book to B -> 1 at Book",
      "1 ?Fine from B -> 2 at Fine | ?Bad from B -> 3 at Bad",
      "2 ?Over from B -> 5 at Over",
      "3 unbook (forced) !Unbook to B -> 4 at Unbook",
      "4 lost (forced) !Lost to B -> 2 at Lost",
      "5 end",
    ]);
  });

  test("`do` puts in the callee, with its roles and under its prefix", () => {
    const callee = `choreography Ask<T>(P, Q) { P -> Q: Draft(T)  choice at Q { Q -> P: Take() } or { Q -> P: Refuse() abort } }\n`;
    const found = check({
      file: "sketch.chor",
      text: `${artifacts}${callee}choreography Sketch(A, B) { do Ask<Text>(B, A) as first else { A -> B: Again() }  A -> B: Over() }`,
    });
    expect(errors(found)).toEqual([]);
    const [, b] = found.choreographies[1]?.locals ?? [];
    expect(b === undefined ? [] : table(b)).toEqual([
      "0 first.draft (payload) !first.Draft(Text as first.draft) to A -> 1 at Draft",
      "1 ?first.Take from A -> 2 at Take | ?first.Refuse from A -> 3 at Refuse",
      "2 ?Over from A -> 4 at Over",
      "3 ?Again from A -> 2 at Again",
      "4 end",
    ]);
  });

  test("coherence is asked of what is put in", () => {
    const callee = `choreography Ask(P, Q, R) { choice at P { P -> Q: Yes() Q -> R: Yes() } or { P -> Q: No() } }\n`;
    const found = check({
      file: "sketch.chor",
      text: `${callee}choreography Sketch(A, B, C) { do Ask(A, B, C) as ask  A -> B: Over() }`,
    });
    // Once, where it is: not again from where it is called.
    expect(found.diagnostics.map(({ code }) => code)).toEqual(["CHOR0604"]);
  });
});

describe("proved, without local automata", () => {
  const late = `A -> B: Text within 5m else { B -> A: Late() }`;
  const constructs: readonly (readonly [string, string, string])[] = [
    ["a family", `A -> F[*]: Text`, "Sketch(A, F[2..3])"],
    ["an optional role", `choice at A { A -> B: Text A -> C: Also() } or { A -> B: No() }`, "Sketch(A, B, C?)"],
    ["a wait with `else`", late, "Sketch(A, B)"],
    ["a wait that is refused", `A -> B: Text gate Good(text) else { fail "bad" }`, "Sketch(A, B)"],
    [
      "a choice with `else`",
      `choice at A { A -> B: X() } or { A -> B: Y() } else { B -> C: Z() } `,
      "Sketch(A, B, C?)",
    ],
    ["`choice when`", `A -> B: Text choice when text.size > 1 { A -> B: X() } or { B -> A: Y() }`, "Sketch(A, B)"],
    [
      "`choice when` in a branch",
      `choice at A { A -> B: Text choice when text.size > 1 { A -> B: X() } or { B -> A: Y() } } or { A -> B: Z() }`,
      "Sketch(A, B)",
    ],
    [
      "a quorum",
      `F[*] -> A: Text as texts[] quorum 2 within 5m else { fail "none" }  A -> F[*]: Over()`,
      "Sketch(A, F[3..9])",
    ],
    ["`pick`", `pick F at A { A -> F: Do() F -> A: Text } A -> F[*]: Over()`, "Sketch(A, F[1..5])"],
    [
      "many families of varying size",
      Array.from("FGHIJKLM", (f) => `A -> ${f}[*]: Text  ${f}[*] -> A: Ok()`).join(" "),
      `Sketch(A, ${Array.from("FGHIJKLM", (f) => `${f}[1..9]`).join(", ")})`,
    ],
    ["`fail`", `choice at A { A -> B: X() } or { A -> B: Y() fail "why" }`, "Sketch(A, B)"],
    ["`par`", `par { A -> B: Text } and { B -> A: Y() }`, "Sketch(A, B)"],
  ];

  test.each(constructs)("%s", (_, body, head) => {
    const found = checked(body, head);
    expect(errors(found)).toEqual([]);
    expect(found.choreographies[0]?.locals).toEqual([]);
    expect(unwrittenIn(found.program).length).toBeGreaterThan(0);
  });

  test("a deadline without an `else` asks nothing of anybody", () => {
    expect(errors(checked(`A -> B: Text within 5m`, "Sketch(A, B)"))).toEqual([]);
    expect(errors(checked(`choice at A within 5m { A -> B: X() } or { A -> B: Y() }`, "Sketch(A, B)"))).toEqual([]);
  });
});

describe("refused", () => {
  const wrong: readonly (readonly [string, string, string, string])[] = [
    ["who is not told of a deadline", `A -> B: Text within 5m else { B -> C: Late() }`, "Sketch(A, B, C)", "CHOR0604"],
    [
      "a judge that may not have to wait",
      `choice at A { A -> C: X() C -> B: Text within 5m else { } } or { A -> C: Y() C -> B: Z() }`,
      "Sketch(A, B, C)",
      "CHOR0602",
    ],
    [
      "who decides by data without knowing that it is asked",
      `A -> B: Text choice at A { A -> C: X() choice when text.size > 1 { B -> C: P() } or { B -> C: Q() } } or { A -> C: Y() }`,
      "Sketch(A, B, C)",
      "CHOR0601",
    ],
    ["who is not picked and not told", `pick F at A { A -> F: Do() F -> A: Text }`, "Sketch(A, F[2..5])", "CHOR0604"],
    [
      "a `fail` of who does not know",
      `choice at A { A -> B: X() C -> A: Text fail "why" } or { A -> B: Y() }`,
      "Sketch(A, B, C)",
      "CHOR0601",
    ],
  ];

  test.each(wrong)("%s", (_, body, head, code) => {
    const { diagnostics } = checked(body, head);
    const found = diagnostics.filter(({ severity }) => severity === "error");
    expect(found.map((each) => each.code)).toContain(code);
    // The roles of the network, and their words, are nobody's business.
    for (const { message, hint, related, runs } of found) {
      const said = [
        message,
        hint,
        ...related.map((each) => each.message),
        ...(runs?.runs ?? []).flatMap(({ steps, then }) => [then, ...steps.map(({ text }) => text)]),
      ];
      expect(said.join("\n")).not.toMatch(/~|: (ok|late|pass|refused|counted|not|skip|branch \d)\b|\?[A-Za-z]+\d/);
    }
  });

  test("with the smallest number of members with which it is wrong", () => {
    const [found] = errors(checked(`pick F at A { A -> F: Do() F -> A: Text }`, "Sketch(A, F[1..5])"));
    expect(found).toMatch(/^CHOR0604 With 2 members of `F`, `F\[1\]` /);
  });

  test("optional roles that wait for each other to leave", () => {
    const body = `choice at A { A -> B: X() B -> C: Y() } or { A -> C: Z() C -> B: V() } or { A -> D: W() }`;
    expect(errors(checked(body, "Sketch(A, B?, C?, D?)")).filter((one) => one.startsWith("CHOR0630"))).toHaveLength(1);
  });
});

describe("not written", () => {
  /** What is said of a program that is checked without errors. */
  function unwritten(text: string): readonly string[] {
    const found = check({ file: "sketch.chor", text });
    expect(errors(found)).toEqual([]);
    return unwrittenIn(found.program).map(({ message, span }) => {
      expect(message).toMatch(/^.* is checked, but code is not generated for it yet\.$/);
      return `${message.slice(0, message.indexOf(" is checked"))} | ${text.slice(span.start, span.end)}`;
    });
  }

  test("of artifacts and contracts", () => {
    expect(
      unwritten(`
open artifact Loose { a: string }
artifact Kinds { a: uuid  b: map<int>  c: (string | null)[]  d: digest  e: int }
artifact Either = Loose | Kinds
artifact Level = "low" | "high"
artifact Checked { a: int  where a > 0 }
artifact Elsewhere = type "./types.ts#Elsewhere"
contract Good(it: Checked) external
choreography Sketch(A, B) { A -> B: Either  A -> B: Level  A -> B: Checked  A -> B: Elsewhere }`),
    ).toEqual(["An artifact that is declared elsewhere (`Elsewhere`) | Elsewhere", "A contract (`Good`) | Good"]);
  });

  test("of choreographies", () => {
    const said = unwritten(`
artifact Text { body: string  size: int(0..9) }
choreography Sketch(A, B, n: int(1..3)) within 1h {
  loop l max n {
    A -> B: Text as texts[] where text.size > 1 retry 1
    A -> B: Sum(1 + 1)
    choice at B when texts.length > 1 { B -> A: Enough() return } or { B -> A: More() }
  }
  saga { step { A -> B: Do() } undo { A -> B: Undo() } step { choice at B { B -> A: Fine() } or { B -> A: Bad() abort } } } else { }
}`);
    expect(said.map((one) => one.slice(0, one.indexOf(" | ")))).toEqual([
      "The deadline of a choreography (`Sketch`)",
      "A value as a parameter (`n`)",
      "A value as the bound of a loop (`l`)",
      "Collecting with `as name[]`",
      "`where` on a message",
      "A computed payload",
      "A choice that the endpoint takes by data",
      "`return`",
      "`saga`",
      "`abort`",
    ]);
  });

  test("nothing of what is written", () => {
    expect(
      unwritten(`artifact Text { body: string  parts: int[0..3] }
choreography Sketch(A, B, C) { loop l max 2 { A -> B, C: Text  B -> C: Parts(text.parts) } }`),
    ).toEqual([]);
  });
});

// ---- the programs of the design documents ---------------------------------------------------------------

const shared = new URL("../../../shared/lang/", import.meta.url);

interface Twin {
  readonly file: string;
  readonly line: number;
  readonly delete: string | null;
  readonly expected: "accept" | "reject";
  readonly why?: string;
}

describe.skipIf(!existsSync(shared))("real programs (skipped without ../shared)", () => {
  const read = (file: string): string => readFileSync(new URL(file, shared), "utf8");
  const imported = (): Checked => check({ file: "agree-freeze.chor", text: read("agree-freeze.chor") });
  const told = (file: string, text: string, agree: Checked): readonly string[] =>
    errors(check({ file, text }, { imports: new Map([["./agree-freeze.chor", agree.program]]) }));

  /** Where the verdict is not the one of the model, by file and line, and why the model's is not followed. */
  const differs: Readonly<Record<string, string>> = {
    "interface-first.chor:47":
      "the quorum can do without one of the coders, so that `Complete` reaches it before the next `Propose` (test/oracle/judges.test.ts)",
    "interface-first.chor:52":
      "`User` is told of a failure only, and cannot tell in the runs without one that nothing more comes",
  };

  test("are accepted, and their twins with a line deleted have the verdict that they are to have", () => {
    const agree = imported();
    const twins = read("twins.jsonl")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Twin);
    let refused = 0;
    const found: string[] = [];
    for (const twin of twins) {
      const lines = read(twin.file).split("\n");
      const line = lines[twin.line - 1] ?? "";
      const whole = twin.delete === null;
      const text = (whole ? lines : lines.with(twin.line - 1, line.replace(twin.delete, ""))).join("\n");
      const wrong = told(twin.file, text, agree);
      expect(wrong.filter((one) => one.startsWith("CHOR0901 "))).toEqual([]);
      if ((wrong.length > 0 ? "reject" : "accept") !== twin.expected) found.push(`${twin.file}:${twin.line}`);
      if (wrong.length > 0) refused++;
    }
    console.log(`${twins.length} programs: ${refused} refused, ${found.length} otherwise than the model`);
    expect(found).toEqual(Object.keys(differs));
    expect(twins.length).toBe(202);
  });
});
