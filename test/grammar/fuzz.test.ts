// Random damage to valid programs: the parser never throws, always ends, and either understands or complains.
// Seeded, so that a failure can be seen again: the message carries seed and text.
// `CHOR_CASES=100000 CHOR_SEED=7 npx vitest run test/grammar/fuzz.test.ts` widens and reproduces the search. Small inputs
// are twenty times as many as cases: 200,000 in a normal run, ten million with `CHOR_CASES=500000`.

import { expect, onTestFinished, test } from "vitest";
import { format, parse } from "@chor/grammar";
import { cases, everything, isSentence, sharedPrograms } from "./support.js";

const rounds = Math.ceil(cases * 0.03);
const inputs = cases * 20;
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

test(
  "soup, damage, truncation, noise and depth: never an exception, never slow",
  async () => {
    const lines = [everything, ...sharedPrograms().map(({ text }) => text)].flatMap((text) => {
      const all = text.split("\n");
      return all.map((_, i) => all.slice(i, i + 4).join("\n"));
    });
    // Chevrotain throws errors at itself; without their stacks, which nobody reads, it takes half the time.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    onTestFinished(() => void (Error.stackTraceLimit = stackTraceLimit));
    const makes = [soup, snippet(lines), truncated(lines), noise, nested];
    let read = 0;
    let formatted = 0;
    for (let seed = firstSeed; seed < firstSeed + inputs; seed++) {
      const random = generator(seed);
      const text = makes[seed % makes.length]?.(random) ?? "";
      const begin = performance.now();
      const { tree, diagnostics } = attempt(seed, text);
      if (performance.now() - begin > patience) {
        expect(fastest(seed, text), `seed ${seed} is slow\n${text}`).toBeLessThanOrEqual(patience);
      }
      if (seed % 16 === 0) expect(wellFormed(tree), `seed ${seed}\n${text}`).toBe(true);
      if (diagnostics.some(({ severity }) => severity === "error")) continue;
      read++;
      if (read % 32 !== 0) continue;
      formatted++;
      const once = await format(text);
      if (!("formatted" in once)) throw new Error(`seed ${seed} is read but not formatted\n${text}`);
      expect(await format(once.formatted), `seed ${seed}\n${text}`).toEqual(once);
    }
    expect(read).toBeGreaterThan(inputs / 100);
    expect(formatted).toBeGreaterThan(inputs / 4_000);
  },
  Math.max(600_000, inputs),
);

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

/** Milliseconds that no small input may take. */
const patience = 100;

/** Of three more attempts, in time of the processor: what else the machine does is not the parser's fault. */
function fastest(seed: number, text: string): number {
  const times = Array.from({ length: 3 }, () => {
    const begin = process.cpuUsage();
    attempt(seed, text);
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}

type Make = (random: () => number) => string;

function some<T>(random: () => number, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T;
}

/** Tokens in any order, now and then inside something that is right. */
function soup(random: () => number): string {
  const words = Array.from({ length: 1 + Math.floor(random() * 24) }, () => some(random, soupPieces));
  const [begin, end] = some(random, frames);
  return begin + words.join(random() < 0.9 ? " " : "") + end;
}

const soupPieces = [
  ...pieces,
  ...'Coder Plan a.b A -> B : M ( T ) { x : 1 } retry 2 within 5m gate C ( a ) else { } break a par { } and { } pick step undo saga { do X ( A ) open contract external require import from max over after quorum all as xs [ ] when a => b ? c : null scatter xs return abort fail "why" true (x,y)=>x [ * ] ( 1 .. 5 ) map < int >'.split(
    " ",
  ),
];
const frames = [
  ["", ""],
  ["artifact A { a: ", " }"],
  ["artifact A = ", ""],
  ["contract C(a: A) { require ", " }"],
  ["choreography X(A, B) { ", " }"],
  ["choreography X(A, B) { A -> B: M(", ") }"],
  ["choreography X(A, B) { A -> B: M where ", " }"],
] as const;

/** A few lines of a program with a little damage, inside a choreography or not. */
function snippet(lines: readonly string[]): Make {
  return (random) => {
    const text = damage(some(random, lines).slice(0, 400), random);
    return random() < 0.5 ? text : `choreography X(A) {\n${text}\n}`;
  };
}

function truncated(lines: readonly string[]): Make {
  return (random) => {
    const text = some(random, lines);
    const cut = text.slice(Math.floor(random() * 10), Math.floor(random() * (text.length + 1)));
    return random() < 0.5 ? cut : `choreography X(A) { ${cut} }`;
  };
}

/** Characters: of the language, of ASCII, and any at all. */
function noise(random: () => number): string {
  const most = some(random, [0x80, 0x80, 0x250, 0x3000, 0x10000]);
  const unit = (): string =>
    random() < 0.3 ? some(random, [..."{}()[]\"'\\/*.:,->=|\n \0"]) : String.fromCharCode(Math.floor(random() * most));
  return Array.from({ length: Math.floor(random() * 60) }, unit).join("");
}

/** One opening after the other, closed or not, about as deep as is allowed. */
function nested(random: () => number): string {
  const [begin, open, inner, close, end] = some(random, nests);
  const depth = some(random, [2, 3, 5, 8, 13, 20, 62, 63, 64, 65]);
  const closers = random() < 0.8 ? depth : Math.floor(random() * depth);
  return begin + open.repeat(depth) + inner + close.repeat(closers) + end;
}

const nests = [
  ["contract C() { require ", "(", "a", ")", " }"],
  ["contract C() { require ", "[", "", "]", " }"],
  ["contract C() { require ", "f(", "", ")", " }"],
  ["contract C() { require ", "a ? ", "b", " : c", " }"],
  ["contract C() { require ", "a => ", "a", "", " }"],
  ["contract C() { require ", "!(-", "a", ")", " }"],
  ["contract C() { require ", "a[b + ", "c", "]", " }"],
  ["artifact A { a: ", "{ a: ", "int", " }", " }"],
  ["artifact A { a: ", "list<", "int", ">", " }"],
  ["artifact A { a: ", "(", "int", ")[]", " }"],
  ["choreography X(A) ", "{ loop a ", "{ }", " }", ""],
  ["choreography X(A) { ", "A -> B: M else { ", "", " }", " }"],
  ["choreography X(A) { ", "par { ", "", " } and { }", " }"],
  ["choreography X(A) { A -> B: ", "M { a: ", "b", " }", " }"],
] as const;

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
