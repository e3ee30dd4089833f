// Narrowing, against an oracle that evaluates: whatever is said to be bound where an expression is true or false is
// bound in every assignment in which it is, and no name that is called guarded is read while it is not bound.

import { describe, expect, test } from "vitest";
import type { Expression, Type } from "../../compiler/src/bind/program.js";
import { readingOf } from "../../compiler/src/knowledge/narrow.js";
import { below, pick, randomFrom, type Random } from "../support/random.js";

const NAMES = ["x", "y", "z"];
const SPAN = { start: 0, end: 0 };
const TRUTH: Type = { kind: "boolean" };

describe("random conditions", () => {
  test("facts hold in every assignment, and guards keep", () => {
    let facts = 0;
    let guarded = 0;
    for (let seed = 1; seed <= 3000; seed++) {
      const condition = randomCondition(randomFrom(seed), 4, { next: 0 });
      const { uses, whenTrue, whenFalse } = readingOf(condition);
      facts += whenTrue.size + whenFalse.size;
      const safe = new Set(uses.flatMap(({ kind, span }) => (kind === "guarded" ? [span.start] : [])));
      guarded += safe.size;
      for (const bound of subsets(NAMES)) {
        const unsafe: number[] = [];
        const result = evaluate(condition, bound, unsafe);
        expect([seed, unsafe.filter((place) => safe.has(place))]).toEqual([seed, []]);
        // Where a name is read that is not bound, nothing follows.
        if (unsafe.length > 0) continue;
        for (const name of result ? whenTrue : whenFalse)
          expect([seed, name, bound.has(name)]).toEqual([seed, name, true]);
      }
    }
    expect(Math.min(facts, guarded)).toBeGreaterThan(500);
  });
});

describe("what TypeScript narrows", () => {
  const value = (name: string): Expression => node({ kind: "field", of: read(name), field: "f", fieldSpan: SPAN });
  const kinds = (condition: Expression): readonly string[] =>
    readingOf(condition).uses.map(({ name, kind }) => `${name} ${kind}`);

  test("`x == null || x.f`", () => {
    expect(kinds(binary("||", isNull("x"), value("x")))).toEqual(["x tested", "x guarded"]);
  });

  test("`x != null && x.f`, and not the other way round", () => {
    expect(kinds(binary("&&", isBound("x"), value("x")))).toEqual(["x tested", "x guarded"]);
    expect(kinds(binary("&&", value("x"), isBound("x")))).toEqual(["x value", "x tested"]);
  });

  test("`!(x == null) ? x.f : x.f`", () => {
    const test = node({ kind: "unary", operator: "!", operand: isNull("x") });
    expect(kinds(node({ kind: "conditional", test, then: value("x"), otherwise: value("x") }))).toEqual([
      "x tested",
      "x guarded",
      "x value",
    ]);
  });

  test("inside a function, where its parameters hide names", () => {
    const parameter = { name: "y", type: TRUTH, span: SPAN };
    const body = binary("==", value("x"), value("y"));
    const some = node({
      kind: "method",
      of: read("z"),
      method: "some",
      arguments: [node({ kind: "function", parameters: [parameter], body })],
      methodSpan: SPAN,
    });
    expect(kinds(binary("&&", isBound("x"), some))).toEqual(["x tested", "z value", "x guarded"]);
  });

  test("what was known before", () => {
    expect(readingOf(value("x"), new Set(["x"])).uses.map(({ kind }) => kind)).toEqual(["guarded"]);
  });
});

/** A node without its type and place, which do not matter here. */
type Bare = Expression extends infer Each ? (Each extends Expression ? Omit<Each, "type" | "span"> : never) : never;

function node(bare: Bare, start = 0): Expression {
  return { ...bare, type: TRUTH, span: { start, end: start } };
}

function read(name: string, start = 0): Expression {
  return node({ kind: "name", name }, start);
}

function binary(operator: "&&" | "||" | "==" | "!=", left: Expression, right: Expression): Expression {
  return node({ kind: "binary", operator, left, right });
}

const NULL = node({ kind: "literal", value: null });

function isNull(name: string): Expression {
  return binary("==", read(name), NULL);
}

function isBound(name: string): Expression {
  return binary("!=", NULL, read(name));
}

/** Every read of a value has a place of its own. */
function randomCondition(random: Random, depth: number, count: { next: number }): Expression {
  const inner = (): Expression => randomCondition(random, depth - 1, count);
  if (depth === 0 || random() < 0.25) {
    const name = pick(random, NAMES);
    if (random() < 0.35) return isNull(name);
    return random() < 0.5 ? isBound(name) : read(name, ++count.next);
  }
  switch (below(random, 5)) {
    case 0:
      return node({ kind: "unary", operator: "!", operand: inner() });
    case 1:
      return node({ kind: "conditional", test: inner(), then: inner(), otherwise: inner() });
    case 2:
      return binary("==", inner(), inner());
    case 3:
      return binary("||", inner(), inner());
    default:
      return binary("&&", inner(), inner());
  }
}

function* subsets(names: readonly string[]): Generator<ReadonlySet<string>> {
  for (let bits = 0; bits < 1 << names.length; bits++) yield new Set(names.filter((_, i) => (bits >> i) & 1));
}

/** `unsafe` gets the places at which a name is read that is not bound. A bound name is true. */
function evaluate(expression: Expression, bound: ReadonlySet<string>, unsafe: number[]): boolean {
  const value = (inner: Expression): boolean => evaluate(inner, bound, unsafe);
  switch (expression.kind) {
    case "name":
      if (!bound.has(expression.name)) unsafe.push(expression.span.start);
      return true;
    case "unary":
      return !value(expression.operand);
    case "conditional":
      return value(expression.test) ? value(expression.then) : value(expression.otherwise);
    case "binary": {
      const { operator, left, right } = expression;
      if (operator === "&&") return value(left) && value(right);
      if (operator === "||") return value(left) || value(right);
      const tested = left === NULL ? right : right === NULL ? left : null;
      if (tested?.kind === "name") return bound.has(tested.name) === (operator === "!=");
      return value(left) === value(right);
    }
    default:
      throw new Error(`not in these conditions: ${expression.kind}`);
  }
}
