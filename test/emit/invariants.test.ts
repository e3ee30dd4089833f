// Invariants as generated code: random expressions, compiled and run, against a direct evaluation of the same typed
// expression. What is generated type-checks. `CHOR_CASES` and `CHOR_SEED` choose how many expressions and which.

import { describe, expect, test } from "vitest";
import { check } from "@chor/compiler";
import type { Schema } from "@chor/runtime";
import { artifactOf, artifactsOf, type Artifacts } from "../../compiler/src/bind/artifact-table.js";
import type { Artifact, Type } from "../../compiler/src/bind/program.js";
import { emit } from "../../compiler/src/emit/emit.js";
import { below, randomFrom } from "../support/random.js";
import { evaluate, isRecord, Refusal, show, type Value } from "../types/evaluate.js";
import { DECLARATIONS, PARAMETERS, valueOf, written } from "../types/random-expressions.js";
import { emitText, load, textOf, typeErrors } from "./helpers.js";

const cases = Math.ceil(Number(process.env["CHOR_CASES"] ?? 10_000) / 100);
const seed = Number(process.env["CHOR_SEED"] ?? 1);
const rounds = 20;

const fields = PARAMETERS.replaceAll(", ", "\n  ");
const source = (expressions: readonly string[]): string =>
  `${DECLARATIONS}${expressions.map((each, i) => `artifact A${i} {\n  ${fields}\n  where ${each}\n}\n`).join("")}`;

/** A value as it travels: a member of a union has its label beside its fields. */
function json(value: Value, type: Type, artifacts: Artifacts): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value))
    return value.map((item) => json(item as Value, type.kind === "list" ? type.item : type, artifacts));
  switch (type.kind) {
    case "nullable":
      return json(value, type.of, artifacts);
    case "list":
      return [];
    case "map":
      return value instanceof Map
        ? Object.fromEntries([...value].map(([key, inside]) => [key, json(inside as Value, type.value, artifacts)]))
        : value;
    case "union": {
      const member = isRecord(value) ? type.members.find(({ artifact }) => artifact === value.artifact) : undefined;
      return { label: member?.artifact, ...(json(value, member ?? type.members[0]!, artifacts) as object) };
    }
    case "reference":
      return json(value, artifactOf(type, artifacts)?.type ?? type, artifacts);
    case "record":
      return Object.fromEntries(
        type.fields.flatMap((field) => {
          const inside = isRecord(value) ? value.fields.get(field.name) : undefined;
          return inside === undefined ? [] : [[field.name, json(inside, field.type, artifacts)]];
        }),
      );
    default:
      return value;
  }
}

describe("invariants", () => {
  test(`${cases} random ones hold when their expressions do`, async () => {
    const random = randomFrom(seed * 7919);
    const expressions: string[] = [];
    while (expressions.length < cases) {
      const expression = written(random, "bool", 1 + below(random, 4));
      const { diagnostics } = check({ file: "x.chor", text: source([expression]) });
      if (diagnostics.every(({ severity }) => severity !== "error")) expressions.push(expression);
    }
    const count = { holds: 0, broken: 0 };
    for (let first = 0; first < expressions.length; first += 50) {
      const text = source(expressions.slice(first, first + 50));
      const { program } = check({ file: "x.chor", text });
      const files = await emit(program, []);
      expect(first > 0 ? [] : typeErrors(files)).toEqual([]);
      const module = load(files)("x/artifacts.ts") as { readonly [name: string]: Schema<unknown> };
      const artifacts = artifactsOf([program]);
      for (const artifact of program.artifacts.filter(({ invariants }) => invariants.length > 0)) {
        for (let round = 0; round < rounds; round++) {
          const values = valuesOf(artifact, artifacts);
          const expected = holds(artifact, values, artifacts);
          const value = json({ artifact: artifact.name, fields: values }, artifact.type, artifacts);
          const schema = module[artifact.name]!;
          count[expected ? "holds" : "broken"]++;
          const said = [
            schema.is(value),
            schema
              .issues(value)
              .map(({ code }) => code)
              .join(),
          ];
          if (said[0] !== expected || said[1] !== (expected ? "" : "invariant")) {
            const shown = [...values].map(([name, inside]) => `${name} = ${show(inside)}`).join("\n");
            expect.fail(
              `${expressions[Number(artifact.name.slice(1)) + first]}\n${shown}\n${said.join(" ")}, not ${expected}`,
            );
          }
        }
      }
    }
    expect(Math.min(count.holds, count.broken)).toBeGreaterThan(cases * 2);

    function valuesOf({ type }: Artifact, artifacts: Artifacts): Map<string, Value> {
      if (type.kind !== "record") throw new Error("no record");
      return new Map(type.fields.map((field) => [field.name, valueOf(field.type, random, artifacts)]));
    }
  });

  test("as deep as they may be are written once each, not twice for each level", async () => {
    const equal = Array.from({ length: 28 }).reduce<string>((inner) => `(${inner} == b)`, "b");
    const filtered = `xs${".filter(x => x > 0)".repeat(28)}.length >= 0`;
    const files = await emitText(
      `artifact A { b: boolean  xs: int[..3]  where ${equal}  where ${filtered} }`,
      "a.chor",
    );
    expect(typeErrors(files)).toEqual([]);
    const { A } = load(files)("a/artifacts.ts") as { A: Schema<unknown> };
    expect([true, false].map((b) => A.is({ b, xs: [1, -1] }))).toEqual([true, false]);
  });

  test("tell what does not hold, in their words and with the values that they read", async () => {
    const files = await emitText(
      `artifact Ticket {
        severity: "low" | "high"
        labels: string(1..9)[..3]
        estimate?: int(1..100)
        where severity != "high" || labels.length > 0 : "say in which part it is"
        where estimate == null || 100 / (estimate - 5) < 200
      }
      choreography Report(User, Desk) { User -> Desk: Ticket }`,
      "ticket.chor",
    );
    expect(typeErrors(files)).toEqual([]);
    const { Ticket } = load(files)("ticket/artifacts.ts") as { Ticket: Schema<unknown> };
    expect(Ticket.is({ severity: "low", labels: [] })).toBe(true);
    const issues = (value: unknown): readonly string[] =>
      Ticket.issues(value).map(({ pointer, code, expected, actual }) => `${pointer} ${code}: ${expected}; ${actual}`);
    expect(issues({ severity: "high", labels: [] })).toEqual([
      ' invariant: say in which part it is (severity != "high" || labels.length > 0); {"severity":"high","labels":[]}',
    ]);
    // What cannot be computed does not hold.
    expect(issues({ severity: "low", labels: [], estimate: 5 })).toEqual([
      ' invariant: estimate == null || 100 / (estimate - 5) < 200; {"estimate":5}',
    ]);
    // Of a value that has not its type, nothing more is said.
    expect(issues({ severity: "high", labels: [1] }).map((issue) => issue.split(":")[0])).toEqual(["/labels/0 type"]);
    expect(textOf(files, "ticket/artifacts.ts")).toContain('return severity !== "high" || labels.length > 0;');
  });
});

function holds({ invariants }: Artifact, values: ReadonlyMap<string, Value>, artifacts: Artifacts): boolean {
  try {
    return invariants.every(({ expression }) => evaluate(expression, values, artifacts) === true);
  } catch (problem) {
    if (problem instanceof Refusal) return false;
    throw problem;
  }
}
