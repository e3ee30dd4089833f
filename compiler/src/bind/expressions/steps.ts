// The most steps that evaluating an expression takes. In: a typed expression and the artifacts that its types lead to.
// Out: a number: one for each operator, access and call, as often as it can run; `==`, `in` and `digest` by the bytes
// that they go through, methods of text by its length, functions by the length of their list. Sums saturate.

import { artifactOf, type Artifacts } from "../artifact-table.js";
import { bytesOfType, plus, times } from "../bytes.js";
import { STRING_LIMIT } from "../limits.js";
import type { Expression, Type } from "../program.js";
import { lengthsOf, shapeOf } from "../type-shapes.js";
import { partsOf } from "./names-in.js";

/** Takes a typed expression, gives the most steps that it takes; saturates at the largest safe integer. */
export function stepsOf(expression: Expression, artifacts: Artifacts): number {
  const parts = partsOf(expression).map((part) => stepsOf(part, artifacts));
  const all = plus(...parts);
  switch (expression.kind) {
    case "name":
    case "literal":
      return 0;
    case "function":
      return all;
    case "list":
      return plus(all, expression.items.length);
    case "record":
      return plus(all, expression.entries.length);
    case "digest":
      return plus(all, sizeOf(expression.of.type, artifacts));
    case "conditional": {
      const [test = 0, then = 0, otherwise = 0] = parts;
      return plus(1, test, Math.max(then, otherwise));
    }
    case "binary":
      return plus(all, operatorSteps(expression, artifacts));
    case "method":
      return plus(1, methodSteps(expression, parts, artifacts));
    default:
      return plus(all, 1);
  }
}

function operatorSteps(
  { operator, left, right }: Extract<Expression, { readonly kind: "binary" }>,
  artifacts: Artifacts,
): number {
  const compared = (a: Type, b: Type): number => plus(1, Math.min(sizeOf(a, artifacts), sizeOf(b, artifacts)));
  if (operator === "==" || operator === "!=") return compared(left.type, right.type);
  if (operator === "+") return plus(1, lengthOf(left.type, artifacts), lengthOf(right.type, artifacts));
  if (operator !== "in") return 1;
  const shape = shapeOf(right.type, artifacts);
  return shape?.kind === "list" ? plus(1, times(shape.max, compared(left.type, shape.item))) : 1;
}

function methodSteps(
  { of, method, arguments: given }: Extract<Expression, { readonly kind: "method" }>,
  parts: readonly number[],
  artifacts: Artifacts,
): number {
  const [before = 0, inside = 0] = parts;
  const [argument] = given;
  const shape = shapeOf(of.type, artifacts);
  const count = shape?.kind === "list" || shape?.kind === "map" ? shape.max : lengthOf(of.type, artifacts);
  if (argument?.kind === "function") return plus(before, times(count, plus(1, inside)));
  if (argument === undefined) return plus(before, count);
  if (method === "join" && shape?.kind === "list")
    return plus(
      before,
      inside,
      times(count, plus(1, lengthOf(shape.item, artifacts), lengthOf(argument.type, artifacts))),
    );
  const each = shape?.kind === "list" ? Math.min(sizeOf(argument.type, artifacts), sizeOf(shape.item, artifacts)) : 1;
  return plus(before, inside, times(count, plus(1, each)), lengthOf(argument.type, artifacts));
}

/** The bytes of a value; of what is not bounded, as many as one message can have. */
function sizeOf(type: Type, artifacts: Artifacts): number {
  return bytesOfType(type, (reference) => artifactOf(reference, artifacts)?.bytes ?? null) ?? STRING_LIMIT;
}

function lengthOf(type: Type, artifacts: Artifacts): number {
  return lengthsOf(shapeOf(type, artifacts) ?? type).max;
}
