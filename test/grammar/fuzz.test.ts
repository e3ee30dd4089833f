// Random damage to valid programs: the parser never throws, always ends, and either understands or complains.
// Seeded, so that a failure can be seen again: the message carries seed and text.
// `CHOR_CASES=100000 CHOR_SEED=7 npx vitest run test/grammar/fuzz.test.ts` widens and reproduces the search.

import { expect, test } from "vitest";
import { parse } from "@chor/grammar";
import { cases, everything, isSentence, sharedPrograms } from "./support.js";

const rounds = Math.ceil(cases * 0.03);
const firstSeed = Number(process.env["CHOR_SEED"] ?? "1");
const pieces =
  '{ } ( ) [ ] < > -> => : , . .. ? ! = == | * - + / % ; # @ " \' ` /* */ // \\ & && \n \0 \u202E é 😀 A b 1 20m 1.5 "s" /r/ matches where as else or and at when loop break choice artifact choreography is in __proto__'.split(
    " ",
  );

test("damaged programs are answered", () => {
  const programs = [everything, ...sharedPrograms().map(({ text }) => text)].map((text) => text.slice(0, 3_000));
  let complaints = 0;
  for (let seed = firstSeed; seed < firstSeed + rounds; seed++) {
    const random = generator(seed);
    const text = damage(programs[Math.floor(random() * programs.length)] ?? "", random);
    const { tree, diagnostics } = attempt(seed, text);
    for (const { message, hint, span } of diagnostics) {
      const inside = 0 <= span.start && span.start <= span.end && span.end <= text.length;
      const fine = inside && isSentence(message) && isSentence(hint);
      expect(fine && !/undefined|NaN|\[object/.test(`${message} ${hint}`), `seed ${seed}: ${message}\n${text}`).toBe(
        true,
      );
    }
    expect(wellFormed(tree), `seed ${seed}\n${text}`).toBe(true);
    if (diagnostics.length > 0) complaints++;
  }
  expect(complaints).toBeGreaterThan(rounds / 2);
});

test("deleting any one token of a program costs a diagnostic or leaves a program, never the other declarations", () => {
  const text = `artifact First { a: string(1..9)  b: int }
choreography Middle(A, B) { loop round max 3 { A -> B: M(T { a, b: c.d }) as e where a == 1 : "x" else { break round } } else { } }
artifact Last { a: { b: int }[1..3] }`;
  const tokens = [...text.matchAll(/"[^"]*"|\w+|\.\.|->|==|[^\s\w]/g)];
  const inMiddle = tokens.filter(
    ({ index }) => index > text.indexOf("choreography") && index < text.indexOf("artifact Last"),
  );
  expect(inMiddle.length).toBeGreaterThan(40);
  for (const { 0: token, index } of inMiddle) {
    const damaged = text.slice(0, index) + " " + text.slice(index + token.length);
    const { tree, diagnostics } = parse({ file: "", text: damaged });
    const names = tree.declarations.map(({ name }) => name.text);
    expect(names, damaged).toContain("First");
    expect(names, damaged).toContain("Last");
    expect(
      diagnostics.length,
      `${damaged}\n${diagnostics.map(({ message }) => message).join("\n")}`,
    ).toBeLessThanOrEqual(/[(){}[\]]/.test(token) ? 5 : 2);
  }
});

function attempt(seed: number, text: string): ReturnType<typeof parse> {
  try {
    return parse({ file: "fuzz.chor", text });
  } catch (thrown) {
    throw new Error(`seed ${seed} throws: ${String(thrown)}\n${text}`, { cause: thrown });
  }
}

/** What is in a tree is well formed: no holes, no names without text, no places outside. */
function wellFormed(tree: unknown): boolean {
  return !/"(?:name|label|from|message|body|type|expression|loop|artifact)":(?:undefined|\{"text":"")|:\s*(?:undefined|NaN)|"(?:start|end)":null/.test(
    JSON.stringify(tree),
  );
}

function damage(text: string, random: () => number): string {
  let damaged = text;
  const times = 1 + Math.floor(random() * 4);
  for (let i = 0; i < times; i++) {
    const tokens = [...damaged.matchAll(/"[^"\n]*"|\w+|->|[^\s\w]/g)];
    const { 0: token, index } = tokens[Math.floor(random() * tokens.length)] ?? { 0: "", index: 0 };
    const piece = pieces[Math.floor(random() * pieces.length)] ?? "";
    const end = index + token.length;
    const at = Math.floor(random() * damaged.length);
    const edits = [
      () => damaged.slice(0, index) + damaged.slice(end),
      () => `${damaged.slice(0, index)} ${piece} ${damaged.slice(index)}`,
      () => `${damaged.slice(0, index)} ${piece} ${damaged.slice(end)}`,
      () => damaged.slice(0, at) + piece + damaged.slice(at + 1),
      () => damaged.slice(0, end) + damaged.slice(index),
      () => damaged.slice(0, at),
    ];
    damaged = (edits[Math.floor(random() * edits.length)] ?? edits[0])?.() ?? damaged;
  }
  return damaged;
}

/** Numbers in [0, 1) from a seed: mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
