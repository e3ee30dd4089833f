// What is well typed never goes wrong: random expressions that the typing accepts are evaluated over random values, and
// every value on the way has the type of its expression. What is refused was not all of it, and a wrong type put into a
// sound expression is refused.

import { describe, expect, test } from "vitest";
import type { Artifacts } from "../../compiler/src/bind/artifact-table.js";
import { artifactOf } from "../../compiler/src/bind/artifact-table.js";
import { bytesOfType } from "../../compiler/src/bind/bytes.js";
import type { Type } from "../../compiler/src/bind/program.js";
import { assignable, comparable } from "../../compiler/src/bind/type-relations.js";
import { below, pick, randomFrom, type Random } from "../support/random.js";
import { conforms, evaluate, isRecord, Refusal, show, type Value } from "./evaluate.js";
import { typed } from "./typed.js";

const DECLARATIONS = `
artifact Opt { a?: int(1..5)  c: string(..2) | null  inner: int(0..3)[2]  deep?: Deep }
artifact Deep { k: int(0..3)  l: string(..2)[..2] }
artifact Yes { h: string(1..2)  k: int(0..3) }
artifact No { h: string(1..2)  l: int(0..3)[0..3] }
artifact Maybe = Yes | No
artifact Few = int(0..3)[0..4]
`;
const PARAMETERS =
  'n: int(0..9), m: int(-5..5), r: number(-2..2), s: string(0..4), t: string(2..3), b: boolean, xs: Few, ys: string(1..2)[1..3], o: Opt, os: Opt[0..3], v: Maybe, w: Yes | No, vs: Maybe[..3], mp: map<int(0..9)>(0..3), e: "a" | "b" | "c", z: int(0..3) | null, d: Deep | null';

/** An expression of a kind, mostly well typed: what is needed to be there is sometimes tested and sometimes not. */
function written(
  random: Random,
  kind: "bool" | "int" | "text" | "ints",
  fuel: number,
  locals: readonly string[] = [],
): string {
  const go = (of: typeof kind, also: readonly string[] = locals): string => written(random, of, fuel - 1, also);
  const ints = ["n", "m", "1", "0", "3", "-2", "xs.length", "ys.length", "o.inner[0]", "v.h.length", ...locals];
  const texts = ["s", "t", "e", '"a"', '""', '"b"', "ys[0]", "v.h", "w.h"];
  const lists = ["xs", "o.inner", "[1, n]", "[]", "[m]"];
  if (fuel <= 0) {
    if (kind === "bool") return pick(random, ["b", "true", "z == null", "v is Yes", "o.a != null", "xs.length > 0"]);
    return pick(random, kind === "int" ? ints : kind === "text" ? texts : lists);
  }
  switch (kind) {
    case "bool":
      return pick<() => string>(random, [
        () => `${go("bool")} && ${go("bool")}`,
        () => `(${go("bool")} || ${go("bool")})`,
        () => `!(${go("bool")})`,
        () => `${go("int")} ${pick(random, ["<", "<=", ">", ">=", "==", "!="])} ${go("int")}`,
        () => `${go("text")} ${pick(random, ["==", "!="])} ${go("text")}`,
        () => `${go("text")}.${pick(random, ["startsWith", "endsWith", "includes"])}(${go("text")})`,
        () => `${go("int")} in ${go("ints")}`,
        () => `${go("text")} in ${pick(random, ["ys", "mp", "mp.keys()"])}`,
        () => `z != null && z + ${go("int")} > 1`,
        () => `(z == null || ${go("bool")} || z < 2)`,
        () => `o.a == null || o.a * 2 > ${go("int")}`,
        () => `o.deep != null && o.deep.l.every(q => q == ${go("text")})`,
        () => `xs.length > ${below(random, 3)} && xs[${below(random, 4)}] > 1`,
        () => `(xs.length == 0 || xs[0] == ${go("int")})`,
        () => `n < xs.length && xs[n] >= 0`,
        () => `${go("text")} in mp && mp["a"] != 3`,
        () => `s in mp && mp[s] < 4`,
        () => `(v is Yes ? v.k : v.l.length) > ${go("int")}`,
        () => `v is No && v.l.some(q => q > 0)`,
        () => `vs.filter(q => q is No).every(q => q.l.length ${pick(random, ["<", ">"])} 2)`,
        () => `vs.every(q => q is Yes || q.l.sum() >= ${go("int")})`,
        () => `vs.filter(q => !(q is No)).map(q => q.k).includes(n)`,
        () => `v == w || digest(v) != digest(w)`,
        () => `${go("ints")}.${pick(random, ["every", "some"])}(q${fuel} => ${go("bool", [...locals, `q${fuel}`])})`,
        () => `xs.every((q, i) => xs[i] == q && xs[0] >= 0 && xs.max() >= q)`,
        () => `os.some(q => q.a != null && q.a > q.inner[1])`,
        () => `(d == null ? ${go("int")} : d.k) == ${go("int")}`,
        () => `${go("ints")} == ${go("ints")}`,
        () => `z == ${go("int")} && z > 0`,
      ])();
    case "int":
      return pick<() => string>(random, [
        () => pick(random, ints),
        () => `(${go("int")} ${pick(random, ["+", "-", "*", "%"])} ${go("int")})`,
        () => `-${go("int")}`,
        () => `${go("ints")}.length`,
        () => `${go("ints")}.sum()`,
        () => `${go("text")}.length`,
        () => `(${go("bool")} ? ${go("int")} : ${go("int")})`,
        () => `ys.map(q => q.length).${pick(random, ["min", "max", "sum"])}()`,
        () => `${go("ints")}.max()`,
        () => `mp["a"]`,
        () => `o.inner[${below(random, 3)}]`,
      ])();
    case "text":
      return pick<() => string>(random, [
        () => pick(random, texts),
        () => `(${go("text")} + ${go("text")})`,
        () => `${go("text")}.${pick(random, ["trim", "lower", "upper"])}()`,
        () => `ys.join(${go("text")})`,
        () => `${go("text")}.split(${go("text")}).join("")`,
        () => `${go("text")}.split(",")[0]`,
        () => `(${go("bool")} ? ${go("text")} : ${go("text")})`,
        () => `(o.c == null ? ${go("text")} : o.c)`,
      ])();
    case "ints":
      return pick<() => string>(random, [
        () => pick(random, lists),
        () => `${go("ints")}.filter(q${fuel} => ${go("bool", [...locals, `q${fuel}`])})`,
        () => `${go("ints")}.map((q${fuel}, i) => ${go("int", [...locals, `q${fuel}`, "i"])})`,
        () => `[${go("int")}, ${go("int")}]`,
        () => `(${go("bool")} ? ${go("ints")} : ${go("ints")})`,
        () => `ys.map(q => q.length)`,
      ])();
  }
}

/** A random value of a type. */
function valueOf(type: Type, random: Random, artifacts: Artifacts): Value {
  const between = (min: number, max: number): number => min + below(random, max - min + 1);
  switch (type.kind) {
    case "string":
      return Array.from({ length: between(type.min, Math.min(type.max, type.min + 4)) }, () =>
        pick(random, ["a", "b", "c", " ", ",", "ß", "😀", "\u0001", '"']),
      ).join("");
    case "int":
      return between(Math.max(type.min, -1000), Math.min(type.max, 1000));
    case "number":
      return Math.min(type.max ?? 1e9, Math.max(type.min ?? -1e9, (random() - 0.5) * 5));
    case "boolean":
      return random() < 0.5;
    case "literals":
      return pick(random, type.values);
    case "nullable":
      return random() < 0.4 ? null : valueOf(type.of, random, artifacts);
    case "list":
      return Array.from({ length: between(type.min, Math.min(type.max, type.min + 4)) }, () =>
        valueOf(type.item, random, artifacts),
      );
    case "map": {
      const names = ["a", "b", "c", ""].slice(0, between(type.min, type.max));
      return new Map(names.map((name) => [name, valueOf(type.value, random, artifacts)]));
    }
    case "union":
      return valueOf(pick(random, type.members), random, artifacts);
    case "reference": {
      const artifact = artifactOf(type, artifacts);
      if (artifact === null) throw new Error("no artifact");
      if (artifact.type.kind !== "record") return valueOf(artifact.type, random, artifacts);
      const fields = artifact.type.fields.filter(({ optional }) => !optional || random() < 0.5);
      return {
        artifact: artifact.name,
        fields: new Map(fields.map((field) => [field.name, valueOf(field.type, random, artifacts)])),
      };
    }
    default:
      throw new Error(`no values of ${type.kind} here`);
  }
}

function contractOf(expression: string) {
  const text = `${DECLARATIONS}contract C(${PARAMETERS}) { require ${expression} }`;
  const { contracts, artifacts, diagnostics } = typed({ file: "x.chor", text });
  return { contract: contracts.get("C") ?? null, artifacts: artifacts.context.artifacts, diagnostics, text };
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
