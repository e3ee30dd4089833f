// The door of this folder: expressions, conditions, filled records and the arguments of contracts. In: trees and the
// scope around them. Out: what they mean, typed; null where something is wrong (the scope's sink has it then).

import type { ConditionTree, ExpressionTree, Name, RecordTree } from "@chor/grammar";
import { wrongArgumentCount } from "../../report/expressions.js";
import type { Condition, Expression, Type, Value } from "../program.js";
import { refuse } from "../type-context.js";
import { recordExpressions } from "../trees.js";
import { behind, typeBehind } from "./behind.js";
import { recordIn } from "./records.js";
import { fits, truth } from "./require.js";
import type { ExpressionScope } from "./scope.js";
import { stepsOf } from "./steps.js";
import { typeIn } from "./typing.js";

export type { ExpressionScope } from "./scope.js";

/**
 * Takes an expression, gives it typed; null: an error was told. `expected` is the type that is needed where it stands:
 * it gives `[]` its items. Whether the expression fits it is asked by `typeFitting`.
 */
export function typeExpression(tree: ExpressionTree, scope: ExpressionScope, expected: Type | null): Expression | null {
  return typeBehind([tree], scope, (environment) => typeIn(tree, environment, expected));
}

/** The same, for a place that needs `type`; `what` is that place, at the beginning of a sentence: "The value `x` of `Y`". */
export function typeFitting(tree: ExpressionTree, scope: ExpressionScope, type: Type, what: string): Expression | null {
  return typeBehind([tree], scope, (environment) => {
    const value = typeIn(tree, environment, type);
    return value !== null && fits(value, type, what, environment) ? value : null;
  });
}

/** Takes what stands behind `where` and `require`, gives it typed, with its steps; null: an error was told. */
function typeCondition(tree: ConditionTree, scope: ExpressionScope): Condition | null {
  const expression = typeTest(tree.expression, scope);
  if (expression === null) return null;
  const steps = stepsOf(expression, scope.types.artifacts);
  return { expression, message: tree.message?.value ?? null, steps, span: tree.span };
}

/** Conditions that are asked one after the other: each may rely on those before it. Gives the scope behind them, too. */
export function typeConditions(
  trees: readonly ConditionTree[],
  scope: ExpressionScope,
): { readonly conditions: readonly (Condition | null)[]; readonly scope: ExpressionScope } {
  let known = scope;
  const conditions = trees.map((tree) => {
    const condition = typeCondition(tree, known);
    known = behind(tree, known);
    return condition;
  });
  return { conditions, scope: known };
}

/** Takes what stands behind `when`: true or false; null: an error was told. */
export function typeTest(tree: ExpressionTree, scope: ExpressionScope): Expression | null {
  return typeBehind([tree], scope, (environment) => {
    const expression = typeIn(tree, environment, { kind: "boolean" });
    return expression !== null && truth(expression, environment) ? expression : null;
  });
}

/** Takes an artifact and its entries (`Stall { name: spec.name }`), gives the record; null: an error was told. */
export function typeRecord(artifact: Name, record: RecordTree, scope: ExpressionScope): Expression | null {
  const span = { start: artifact.span.start, end: record.span.end };
  return typeBehind(recordExpressions(record), scope, (environment) => recordIn(artifact, record, span, environment));
}

/** Takes the arguments of `callee` (a contract), gives them typed, one for each parameter; null: an error was told. */
export function checkArguments(
  callee: Name,
  parameters: readonly Value[],
  given: readonly ExpressionTree[],
  scope: ExpressionScope,
): readonly Expression[] | null {
  const typed: Expression[] = [];
  for (const [index, tree] of given.entries()) {
    const parameter = parameters[index];
    const value =
      parameter === undefined
        ? typeExpression(tree, scope, null)
        : typeFitting(tree, scope, parameter.type, `The parameter \`${parameter.name}\` of \`${callee.text}\``);
    if (value !== null) typed.push(value);
  }
  if (given.length !== parameters.length)
    return refuse(wrongArgumentCount(callee.text, parameters.length, given.length, callee.span), scope.types);
  return typed.length < given.length ? null : typed;
}
