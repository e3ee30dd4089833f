// What the lints say of conditions is true: random conditions over small ranges, evaluated on every value. And most of
// what could be said is said.

import { expect, test } from "vitest";
import { check } from "../../compiler/src/check.js";
import { artifactsOf, type Artifacts } from "../../compiler/src/bind/artifact-table.js";
import type { Expression } from "../../compiler/src/bind/program.js";
import { assume, type Facts } from "../../compiler/src/lints/facts.js";
import { below, pick, randomFrom, type Random } from "../support/random.js";
import { evaluate, type RecordValue, type Value } from "../types/evaluate.js";

const cases = Math.min(Number(process.env["CHOR_CASES"] ?? 400), 5_000);

/** So many values are gone through. */
const most = 1_000;

const fields: Readonly<Record<string, readonly Value[]>> = {
  a: [0, 1, 2, 3, 4],
  b: [2, 3, 4, 5],
  w: [0, 0.5, 1, 1.5, 2],
  k: ["x", "y", "z"],
  t: ["p", "q", ""],
  f: [true, false],
  n: [null, 0, 1, 2],
  s: [null, "p", "q"],
};

const artifact = `artifact R {
  a: int(0..4)  b: int(2..5)  w: number(0..2)  k: "x" | "y" | "z"  t: string(0..3)  f: boolean  n?: int(0..2)  s?: string(1..3)
}`;

function condition(random: Random, depth: number): string {
  if (depth > 0 && random() < 0.6) {
    const inner = (): string => condition(random, depth - 1);
    return pick(random, [
      () => `(${inner()} && ${inner()})`,
      () => `(${inner()} || ${inner()})`,
      () => `!(${inner()})`,
      () => `(${inner()} ? ${inner()} : ${inner()})`,
    ])();
  }
  const operator = pick(random, ["<", "<=", ">", ">=", "==", "!="]);
  return pick(random, [
    () => `r.a ${operator} ${below(random, 6) - 1}`,
    () => `r.a ${operator} r.b`,
    () => `${below(random, 6)} ${operator} r.b`,
    () => `r.a + 1 ${operator} r.b`,
    () => `r.w ${operator} ${below(random, 5) / 2}`,
    () => `r.a ${operator} ${below(random, 5)}.5`,
    () => `r.k ${pick(random, ["==", "!="])} "${pick(random, ["x", "y", "z"])}"`,
    () => `r.t ${pick(random, ["==", "!="])} "${pick(random, ["p", "q"])}"`,
    () => `r.s ${pick(random, ["==", "!="])} "${pick(random, ["p", "q"])}"`,
    () => `r.n ${pick(random, ["==", "!="])} ${below(random, 3)}`,
    () => "r.f",
    () => `(r.n != null && r.n ${operator} ${below(random, 3)})`,
  ])();
}

/** Every value of `R`, of those fields that are spoken of. */
function values(text: string): readonly RecordValue[] {
  const names = Object.keys(fields).filter((name) => text.includes(`r.${name}`));
  return names.reduce<readonly RecordValue[]>(
    (all, name) =>
      all.flatMap((one) =>
        (fields[name] ?? []).map((value) => ({ ...one, fields: withField(one.fields, name, value) })),
      ),
    [
      {
        artifact: "R",
        fields: Object.keys(fields).reduce<Fields>((all, name) => withField(all, name, fields[name]?.[0]), new Map()),
      },
    ],
  );
}

type Fields = RecordValue["fields"];

/** What is `null` is not there. */
function withField(all: Fields, name: string, value: Value | undefined): Fields {
  const changed = new Map(all);
  changed.delete(name);
  return value === null || value === undefined ? changed : changed.set(name, value);
}

function typed(texts: readonly string[]): { readonly all: readonly Expression[]; readonly artifacts: Artifacts } {
  const text = `${artifact}\ncontract C(r: R) {\n${texts.map((each) => `  require ${each}`).join("\n")}\n}
choreography X(A, B) within 1h { A -> B: R gate C(r) }`;
  const { program } = check({ file: "facts.chor", text });
  return {
    all: (program.contracts[0]?.requires ?? []).map(({ expression }) => expression),
    artifacts: artifactsOf([program]),
  };
}

test("nothing is said to be impossible that some value makes true, with one condition behind another", () => {
  let impossible = 0;
  let said = 0;
  for (let seed = 1; seed <= cases; seed++) {
    const random = randomFrom(seed);
    const texts = [condition(random, 2), condition(random, 2)];
    const { all, artifacts } = typed(texts);
    const [first, second] = all;
    // Two values that can never be equal are no comparison: the binder has refused it.
    if (first === undefined || second === undefined) continue;
    const everything = values(texts.join(" "));
    if (everything.length > most) continue;
    const holds = (expression: Expression, value: RecordValue): boolean =>
      evaluate(expression, new Map([["r", value]]), artifacts) === true;
    // What stands behind a condition may rely on it; what is asked where it does not hold may not.
    const [alone] = typed(texts.slice(1)).all;
    for (const truth of [true, false]) {
      const behind = truth ? second : alone;
      if (behind === undefined) continue;
      const facts: Facts | null = assume(first, truth, new Map(), artifacts);
      const left = everything.filter((value) => holds(first, value) === truth);
      if (facts === null) expect([texts[0], truth, left]).toEqual([texts[0], truth, []]);
      if (facts === null || left.length === 0) continue;
      for (const then of [true, false]) {
        const possible = left.some((value) => holds(behind, value) === then);
        const told = assume(behind, then, facts, artifacts) === null;
        if (told && possible) expect.fail(`seed ${seed}: ${texts.join(` is ${truth}, then `)} cannot be ${then}`);
        if (!possible) impossible++;
        if (told) said++;
      }
    }
  }
  expect(impossible).toBeGreaterThan(cases * 0.1);
  // The rest is about relations between two fields, or about cases that were put together.
  expect(said / impossible).toBeGreaterThan(0.5);
});
