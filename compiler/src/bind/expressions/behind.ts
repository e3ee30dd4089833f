// Expressions behind tests that stand elsewhere: in a `when` around them, in a `where` or `require` before. In: a scope
// with what is assumed in it, and what is to be typed. Out: the same, typed with what follows from that. It may only
// help: what is right without it is not wrong because of it, and what is wrong is told as if it were not there.

import type { ConditionTree, Diagnostic, ExpressionTree } from "@chor/grammar";
import { unknownValue } from "../../report/values.js";
import { withTest } from "../assumed.js";
import { namesInTrees } from "../trees.js";
import type { Reference } from "../type-context.js";
import { assume } from "./narrow.js";
import { environmentIn, type Environment, type ExpressionScope, type Facts } from "./scope.js";
import { typeIn } from "./typing.js";

/** Takes the trees that `work` types, gives what it gives in the scope; null: an error was told. */
export function typeBehind<T>(
  trees: readonly ExpressionTree[],
  scope: ExpressionScope,
  work: (environment: Environment) => T | null,
): T | null {
  const facts = factsFor(trees, scope);
  if (facts === null) return work(environmentIn(scope));
  const { quiet, sink, references } = silenced(scope);
  const typed = work({ ...environmentIn(quiet), facts });
  if (typed === null || sink.some(({ severity }) => severity === "error")) return work(environmentIn(scope));
  scope.types.sink.push(...sink);
  scope.types.references.push(...references);
  return typed;
}

/** What is assumed of names that the trees read: those have their types already. Null: nothing is. */
function factsFor(trees: readonly ExpressionTree[], scope: ExpressionScope): Facts | null {
  if (scope.assumed.length === 0) return null;
  const read = new Set(namesInTrees(trees).free.map(({ text }) => text));
  const relevant = scope.assumed.filter(({ names }) => [...names].every((name) => read.has(name)));
  if (relevant.length === 0) return null;
  let environment = environmentIn(silenced(scope).quiet);
  for (const { test, truth } of relevant) {
    const typed = typeIn(test, environment, { kind: "boolean" });
    if (typed !== null) environment = assume(typed, truth, environment);
  }
  return environment.facts;
}

/** A scope of the same names that keeps to itself what is said in it. */
function silenced(scope: ExpressionScope) {
  const sink: Diagnostic[] = [];
  const references: Reference[] = [];
  const unknown: ExpressionScope["unknown"] = ({ span, text }) => sink.push(unknownValue({ span, text }, null, null));
  const quiet: ExpressionScope = { ...scope, unknown, types: { ...scope.types, sink, references } };
  return { quiet, sink, references };
}

/** The scope behind a condition that holds. */
export function behind({ expression }: ConditionTree, scope: ExpressionScope): ExpressionScope {
  return { ...scope, assumed: withTest(scope.assumed, expression, true) };
}
