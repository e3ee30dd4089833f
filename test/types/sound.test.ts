// What is well typed never goes wrong: random expressions that the typing accepts are evaluated over random values, and
// every value on the way has the type of its expression. What is refused was not all of it, and a wrong type put into a
// sound expression is refused.

import { describe, expect, test } from "vitest";
import { artifactOf } from "../../compiler/src/bind/artifact-table.js";
import { bytesOfType } from "../../compiler/src/bind/bytes.js";
import { assignable, comparable } from "../../compiler/src/bind/type-relations.js";
import { below, pick, randomFrom, type Random } from "../support/random.js";
import { conforms, evaluate, isRecord, Refusal, show, type Value } from "./evaluate.js";
import { DECLARATIONS, PARAMETERS, valueOf, written } from "./random-expressions.js";
import { typed } from "./typed.js";

function contractOf(expression: string) {
  const text = `${DECLARATIONS}contract C(${PARAMETERS}) { require ${expression} }`;
  const { contracts, artifacts, diagnostics } = typed({ file: "x.chor", text });
  return { contract: contracts.get("C") ?? null, artifacts: artifacts.context.artifacts, diagnostics, text };
}

/** A test, mostly of whether something is there, and what may rely on it. */
const BOTH: readonly ((random: Random) => readonly [string, string])[] = [
  (random) => [joined(random, "z != null"), "z + n > 1"],
  (random) => [joined(random, "o.a != null"), "o.a * 2 > n"],
  (random) => [joined(random, "!(o.deep == null)"), "o.deep.l.every(q => q == s)"],
  (random) => [joined(random, "v is Yes"), pick(random, ["v.k > 1", "v.l.length > 0"])],
  (random) => [joined(random, "!(v is No)"), pick(random, ["v.k > 1", "v.l.length > 0"])],
  (random) => [joined(random, `xs.length > ${below(random, 3)}`), `xs[${below(random, 4)}] > 1`],
  (random) => [joined(random, "n < xs.length"), pick(random, ["xs[n] > 1", "xs[m] > 1"])],
  (random) => [joined(random, "s in mp"), pick(random, ["mp[s] > 1", "mp[t] > 1"])],
  (random) => [joined(random, "os.some(q => q.a != null)"), pick(random, ["os[0].c == null", "os[0].a > 1"])],
  (random) => [written(random, "bool", 3), written(random, "bool", 3)],
];

/** The test as it is, with something beside it, or the other way round: some of them say nothing any more. */
function joined(random: Random, test: string): string {
  const other = written(random, "bool", 1);
  return pick(random, [
    test,
    test,
    `${test} && ${other}`,
    `${other} && ${test}`,
    `(${test} || ${other})`,
    `!(${test})`,
  ]);
}

describe("what is well typed does not go wrong", () => {
  test("random expressions over random values", () => {
    const random = randomFrom(20_261_124);
    let [accepted, evaluated, refused] = [0, 0, 0];
    for (let i = 0; i < 1_200; i++) {
      const expression = written(random, "bool", 1 + below(random, 4));
      const { contract, artifacts, diagnostics } = contractOf(expression);
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      // Every refusal is told, and nothing is told of what is accepted.
      expect([expression, contract === null]).toEqual([expression, errors.length > 0]);
      expect(errors.filter(({ code }) => code < "CHOR0200").map(({ message }) => [expression, message])).toEqual([]);
      if (contract === null || contract.requires === null) {
        refused++;
        continue;
      }
      accepted++;
      const [condition] = contract.requires;
      if (condition === undefined) throw new Error("no condition");
      for (let round = 0; round < 8; round++) {
        const values = new Map(contract.parameters.map(({ name, type }) => [name, valueOf(type, random, artifacts)]));
        try {
          evaluate(condition.expression, values, artifacts);
          evaluated++;
        } catch (thrown) {
          if (thrown instanceof Refusal) continue;
          const shown = [...values].map(([name, value]) => `${name} = ${show(value)}`).join("\n");
          throw new Error(`${expression}\n${shown}\n${String(thrown)}`, { cause: thrown });
        }
      }
    }
    expect(accepted).toBeGreaterThan(700);
    expect(refused).toBeGreaterThan(80);
    expect(evaluated).toBeGreaterThan(5_000);
  }, 60_000);

  test("a condition relies on those before it only where they hold", () => {
    const random = randomFrom(11);
    let [relied, evaluated] = [0, 0];
    for (let i = 0; i < 2_000; i++) {
      const [first, second] = pick(random, BOTH)(random);
      const both = contractOf(`${first} require ${second}`);
      const [before, behind] = both.contract?.requires ?? [];
      if (before === undefined || behind === undefined) continue;
      if (contractOf(second).contract === null) relied++;
      for (let round = 0; round < 8; round++) {
        const { parameters } = both.contract ?? { parameters: [] };
        const values = new Map(parameters.map(({ name, type }) => [name, valueOf(type, random, both.artifacts)]));
        try {
          if (evaluate(before.expression, values, both.artifacts) !== true) continue;
          evaluate(behind.expression, values, both.artifacts);
          evaluated++;
        } catch (thrown) {
          if (thrown instanceof Refusal) continue;
          const shown = [...values].map(([name, value]) => `${name} = ${show(value)}`).join("\n");
          throw new Error(`${first}\n${second}\n${shown}\n${String(thrown)}`, { cause: thrown });
        }
      }
    }
    expect(relied).toBeGreaterThan(300);
    expect(evaluated).toBeGreaterThan(1_500);
  }, 60_000);

  test("a value of another kind in a sound expression is refused", () => {
    const random = randomFrom(7);
    const holes: readonly (readonly [string, readonly string[]])[] = [
      ["HOLE + 1 > n", ["s", "b", "xs", "v", "o", "z", "mp", "e", "ys[0]", "digest(v)", "null"]],
      ["s + HOLE == t", ["n", "b", "ys", "v", "z", "o.c", "null", "mp", "digest(s)"]],
      ["b && HOLE", ["n", "s", "xs", "v", "z", "null", "e", "o.a"]],
      ["xs.every(q => q == HOLE)", ["s", "b", "xs", "v", "mp", "e", "4", "0.5"]],
      ["v == HOLE", ["n", "s", "o", "d", "xs", "e", "digest(v)"]],
      ["HOLE.length > 1", ["n", "b", "v", "o", "z", "r", "o.c", "d"]],
      ["HOLE.sum() > 1", ["n", "s", "ys", "vs", "mp", "o"]],
      ["HOLE in mp", ["n", "b", "xs", "o.c", "v"]],
      ["HOLE is Yes", ["n", "s", "o", "d", "xs", "vs"]],
      ["xs[HOLE] == null", ["s", "r", "b", "z", "5", "-1"]],
    ];
    for (const [around, wrong] of holes)
      for (const inside of wrong) {
        const guarded = pick(random, ["", "b || ", "n > 3 && "]) + around.replace("HOLE", inside);
        expect([guarded, contractOf(guarded).contract]).toEqual([guarded, null]);
      }
  });
});

describe("types and values", () => {
  const types = [
    ...'string(..3)|string(2..4)|int(0..3)|int(2..9)|number|number(0.5..2)|boolean|"aa"|3|Opt|Yes|No|Maybe|Few|int(0..3)[..2]|int(1..2)[1..3]|string(..2)[]|map<int>(..2)|map<int(0..3)>(1..3)'.split(
      "|",
    ),
    '"a" | "bb"',
    "2 | 3",
    "Yes | null",
    "Yes | No | null",
    "int(0..3) | null",
  ];
  const { contracts, artifacts } = typed({
    file: "x.chor",
    text: `${DECLARATIONS}contract C(${types.map((type, i) => `p${i}: ${type}`).join(", ")}) external`,
  });
  const table = artifacts.context.artifacts;
  const bound = contracts.get("C")?.parameters.map(({ type }) => type) ?? [];

  test("what can be equal is comparable, and what fits is comparable", () => {
    const random = randomFrom(99);
    expect(bound).toHaveLength(types.length);
    // Two empty lists are equal, but nobody compares lists of different things for that.
    const isEmpty = (value: string): boolean => value === "[]" || value === "map []";
    const samples = bound.map((type) => Array.from({ length: 60 }, () => show(valueOf(type, random, table))));
    bound.forEach((a, i) =>
      bound.forEach((b, j) => {
        const pair = [types[i], types[j]];
        expect([...pair, comparable(a, b, table)]).toEqual([...pair, comparable(b, a, table)]);
        if (assignable(a, b, table)) expect([...pair, comparable(a, b, table)]).toEqual([...pair, true]);
        const others = new Set(samples[j]);
        if (samples[i]?.some((value) => !isEmpty(value) && others.has(value)))
          expect([...pair, comparable(a, b, table)]).toEqual([...pair, true]);
      }),
    );
  });

  test("no value takes more bytes than its type says", () => {
    const random = randomFrom(5);
    const json = (value: Value): unknown => {
      if (value instanceof Map) return Object.fromEntries([...value].map(([key, inside]) => [key, json(inside)]));
      if (isRecord(value)) return Object.fromEntries([...value.fields].map(([key, inside]) => [key, json(inside)]));
      return Array.isArray(value) ? value.map(json) : value;
    };
    for (const [index, type] of bound.entries()) {
      const most = bytesOfType(type, (reference) => artifactOf(reference, table)?.bytes ?? null);
      for (let i = 0; i < 100; i++) {
        const value = valueOf(type, random, table);
        expect(conforms(value, type, table)).toBe(true);
        const taken = new TextEncoder().encode(JSON.stringify(json(value))).length;
        expect([types[index], taken <= (most ?? 0)]).toEqual([types[index], true]);
      }
    }
  });
});
