// What tests around a place have shown there, before anything has a type. In: the trees of tests and how they came out.
// Out: their parts that are known for themselves, for the typing of expressions behind them.

import type { ExpressionTree } from "@chor/grammar";
import { namesInTrees } from "./trees.js";

/** A test that came out as `truth` wherever the place is reached, about values that have not changed since. */
export interface Assumed {
  readonly test: ExpressionTree;
  readonly truth: boolean;
  /** Names of values that it speaks of. */
  readonly names: ReadonlySet<string>;
}

/** Tests that a place remembers, the latest: every expression behind them looks at them again. */
const ASSUMED_LIMIT = 32;

/** Takes what is known and a test, gives what is known behind it. Recursive over operators, which the parser bounds. */
export function withTest(assumed: readonly Assumed[], test: ExpressionTree, truth: boolean): readonly Assumed[] {
  const parts = partsOf(test, truth);
  return parts.length === 0 ? assumed : [...assumed, ...parts].slice(-ASSUMED_LIMIT);
}

/** What is still known once these names may stand for other values. */
export function withoutNames(assumed: readonly Assumed[], changed: ReadonlySet<string>): readonly Assumed[] {
  const isKept = ({ names }: Assumed): boolean => [...names].every((name) => !changed.has(name));
  return assumed.every(isKept) ? assumed : assumed.filter(isKept);
}

/** `a && b` that is true says both; so does `a || b` that is false. */
function partsOf(test: ExpressionTree, truth: boolean): readonly Assumed[] {
  if (test.kind === "unary" && test.operator === "!") return partsOf(test.operand, !truth);
  if (test.kind === "binary" && test.operator === (truth ? "&&" : "||"))
    return [...partsOf(test.left, truth), ...partsOf(test.right, truth)];
  if (test.kind !== "binary" && test.kind !== "is" && test.kind !== "call") return [];
  return [{ test, truth, names: new Set(namesInTrees([test]).free.map(({ text }) => text)) }];
}
